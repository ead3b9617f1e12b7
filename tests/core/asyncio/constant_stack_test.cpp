#include "core/asyncio.h"
#include "tests/support/catch.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>

// Awaits cost no stack, however deep or many they are, at every level of optimisation and under
// sanitizers: a few coroutines at most run inside each other, and all others are resumed by the
// trampoline of their task's step, where symmetric transfer would rely on the optimiser.
namespace loopscope::tests {
namespace {

constexpr int deep = 100'000;

/// Measures from its own frame, since a sanitizer may keep locals elsewhere.
[[gnu::noinline]] std::uintptr_t stack_pointer()
{
    return reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
}

/// The part of the stack that was in use wherever it was measured, in bytes.
class Reach {
public:
    void measure()
    {
        const std::uintptr_t here = stack_pointer();
        lowest_ = std::min(lowest_, here);
        highest_ = std::max(highest_, here);
    }
    [[nodiscard]] std::uintptr_t bytes() const { return highest_ - lowest_; }

private:
    std::uintptr_t lowest_ = std::numeric_limits<std::uintptr_t>::max();
    std::uintptr_t highest_ = 0;
};

/// Two calls may differ by so much: what GCC makes of a coroutine's first and later parts. A hundred
/// thousand levels would need megabytes.
constexpr std::uintptr_t a_few_frames = 4096;

/// Counts its frames that are alive.
struct Alive {
    static inline int count = 0;
    Alive() { ++count; }
    Alive(const Alive&) = delete;
    Alive& operator=(const Alive&) = delete;
    ~Alive() { --count; }
};

enum class End { Returns, Waits, Throws };

/// Awaits itself `levels` deep, and measures on the way down, at the bottom and on the way up.
Coro<int> descend(int levels, End end, Reach& reach)
{
    const Alive alive;
    reach.measure();
    if (levels == 0) {
        if (end == End::Waits)
            co_await sleep(1.0);
        if (end == End::Throws)
            throw ValueError("from the bottom");
        reach.measure();
        co_return 0;
    }
    const int below = co_await descend(levels - 1, end, reach);
    reach.measure();
    co_return below + 1;
}

AsyncGenerator<int> nested(int levels, Reach& reach)
{
    reach.measure();
    if (levels == 0) {
        co_yield 0;
    } else {
        AsyncGenerator<int> inner = nested(levels - 1, reach);
        while (const std::optional<int> item = co_await inner.next()) {
            reach.measure();
            co_yield *item + 1;
        }
    }
}

EventLoop::Recording recording(bool on) { return on ? EventLoop::Recording::On : EventLoop::Recording::Off; }

TEST_CASE("a chain of a hundred thousand awaits runs in constant stack", "[core][stack]")
{
    const bool recorded = GENERATE(false, true);
    CAPTURE(recorded);
    const End end = GENERATE(End::Returns, End::Waits);
    Reach reach;
    EventLoop loop(recording(recorded));
    CHECK(loop.run_until_complete(descend(deep, end, reach)) == deep);
    CHECK(reach.bytes() <= a_few_frames);
    CHECK(Alive::count == 0);
}

TEST_CASE("an exception passes through a hundred thousand awaits in constant stack", "[core][stack]")
{
    Reach reach;
    EventLoop loop(EventLoop::Recording::Off);
    CHECK_THROWS_AS(loop.run_until_complete(descend(deep, End::Throws, reach)), ValueError);
    CHECK(reach.bytes() <= a_few_frames);
    CHECK(Alive::count == 0);
}

TEST_CASE("a cancellation passes through a hundred thousand awaits in constant stack", "[core][stack]")
{
    Reach reach;
    EventLoop loop;
    const Task<int> task = loop.create_task(descend(deep, End::Waits, reach));
    loop.call_soon([&task] { task.cancel(); });
    CHECK_THROWS_AS(loop.run_until_complete(Future<int>(task)), CancelledError);
    CHECK(reach.bytes() <= a_few_frames);
    CHECK(Alive::count == 0);
}

TEST_CASE("a chain of a hundred thousand frames is destroyed with its loop", "[core][stack]")
{
    Reach reach;
    {
        EventLoop loop(EventLoop::Recording::Off);
        const Task<int> task = loop.create_task(descend(deep, End::Waits, reach));
        REQUIRE(loop.run_once());
        CHECK(Alive::count == deep + 1);
    }
    CHECK(Alive::count == 0);
}

TEST_CASE("generators that consume generators cost no stack", "[core][stack]")
{
    constexpr int levels = 10'000;
    Reach reach;
    int got = 0;
    auto consume = [&]() -> Coro<void> {
        AsyncGenerator<int> outermost = nested(levels, reach);
        while (const std::optional<int> item = co_await outermost.next())
            got = *item;
    };
    EventLoop loop(EventLoop::Recording::Off);
    loop.run_until_complete(consume());
    CHECK(got == levels);
    CHECK(reach.bytes() <= a_few_frames);
}

Coro<int> at_once(int n, Reach& reach)
{
    reach.measure();
    co_return n;
}

TEST_CASE("five million awaits that never wait run in constant stack", "[core][stack]")
{
    constexpr int awaits = 5'000'000;
    Reach reach;
    auto loops = [&]() -> Coro<std::int64_t> {
        std::int64_t sum = 0;
        for (int i = 0; i < awaits; ++i)
            sum += co_await at_once(i, reach);
        co_return sum;
    };
    EventLoop loop(EventLoop::Recording::Off);
    CHECK(loop.run_until_complete(loops()) == std::int64_t{awaits} * (awaits - 1) / 2);
    CHECK(reach.bytes() <= a_few_frames);
}

TEST_CASE("a million awaits of what is done already run in constant stack", "[core][stack]")
{
    constexpr int awaits = 1'000'000;
    Reach reach;
    auto loops = [&]() -> Coro<int> {
        const Future<int> done = get_running_loop().create_future<int>();
        done.set_result(1);
        int sum = 0;
        for (int i = 0; i < awaits; ++i) {
            sum += co_await done;
            reach.measure();
        }
        co_return sum;
    };
    EventLoop loop(EventLoop::Recording::Off);
    CHECK(loop.run_until_complete(loops()) == awaits);
    CHECK(reach.bytes() <= a_few_frames);
}

} // namespace
} // namespace loopscope::tests
