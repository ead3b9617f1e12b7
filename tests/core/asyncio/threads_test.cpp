#include "core/asyncio.h"
#include "tests/support/catch.h"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

// Real threads, so that ThreadSanitizer can see what it sees.

namespace loopscope::tests {
namespace {

TEST_CASE("call_soon_threadsafe runs callbacks of several threads on the loop's", "[core][asyncio][threads]")
{
    EventLoop loop;
    constexpr int threads = 4;
    constexpr int calls = 500;
    std::vector<int> last(threads, 0);
    bool in_order = true;
    int called = 0;
    const std::thread::id own = std::this_thread::get_id();
    bool on_own_thread = true;
    const EventLoop::OtherThreads expected(loop);
    std::vector<std::thread> others;
    for (int t = 0; t < threads; ++t)
        others.emplace_back([&, t] {
            for (int i = 1; i <= calls; ++i)
                loop.call_soon_threadsafe([&, t, i] {
                    std::size_t index = static_cast<std::size_t>(t);
                    in_order = in_order && last[index] == i - 1;
                    last[index] = i;
                    on_own_thread = on_own_thread && std::this_thread::get_id() == own;
                    if (++called == threads * calls)
                        loop.stop();
                });
        });
    loop.run_forever();
    for (std::thread& other : others)
        other.join();
    CHECK(called == threads * calls);
    CHECK(in_order);
    CHECK(on_own_thread);
}

TEST_CASE("a loop that has nothing to do sleeps until another thread wakes it", "[core][asyncio][threads]")
{
    EventLoop loop;
    const Future<int> result = loop.create_future<int>();
    const EventLoop::OtherThreads expected(loop);
    std::thread other([&] { loop.call_soon_threadsafe([&] { result.set_result(7); }, "hand over"); });
    CHECK(loop.run_until_complete(result) == 7);
    other.join();
    CHECK(loop.time() == 0.0);
    const Trace& trace = *loop.trace();
    bool from_thread = false;
    for (std::uint32_t h = 1; h <= trace.handle_count(); ++h)
        from_thread = from_thread || (trace.handle({h}).kind == CallbackKind::Thread && trace.handle({h}).label == "hand over");
    CHECK(from_thread);
}

TEST_CASE("from the loop's own thread call_soon_threadsafe is call_soon", "[core][asyncio][threads]")
{
    EventLoop loop;
    std::vector<std::string> order;
    loop.call_soon([&] {
        loop.call_soon_threadsafe([&] { order.push_back("first"); });
        loop.call_soon([&] { order.push_back("second"); });
    });
    loop.run_once();
    CHECK(order.empty());
    loop.run_once();
    CHECK(order == std::vector<std::string>{"first", "second"});
}

TEST_CASE("in debug mode call_soon from another thread is an error", "[core][asyncio][threads]")
{
    EventLoop loop;
    loop.set_debug(true);
    loop.call_soon([] {});
    loop.run_once();
    std::string said;
    std::thread other([&] {
        try {
            loop.call_soon([] {});
        } catch (const RuntimeError& e) {
            said = e.what();
        }
    });
    other.join();
    CHECK(said == "Non-thread-safe operation invoked on an event loop other than the current one");
}

} // namespace
} // namespace loopscope::tests
