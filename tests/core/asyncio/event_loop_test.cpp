#include "core/asyncio.h"
#include "tests/support/catch.h"
#include "tests/support/run_scenario.h"

#include <string>
#include <utility>
#include <vector>

namespace loopscope::tests {
namespace {

using lines = std::vector<std::string>;

Coro<int> square(int n) { co_return n * n; }

Coro<void> say_later(std::string text, double delay)
{
    co_await sleep(delay);
    print(text);
}

Coro<int> depth(int levels)
{
    if (levels == 0) {
        co_await sleep(0.5);
        co_return 0;
    }
    const int below = co_await depth(levels - 1);
    co_return below + 1;
}

Coro<void> fail(std::string message)
{
    co_await sleep(0.1);
    throw ValueError(message);
}

Coro<void> never()
{
    const Future<void> nobody = get_running_loop().create_future<void>();
    co_await nobody;
}

// Counts the objects that are alive, to see that frames are destroyed.
struct Alive {
    static inline int count = 0;
    Alive() { ++count; }
    Alive(const Alive&) { ++count; }
    ~Alive() { --count; }
};

TEST_CASE("run_until_complete gives the coroutine's result", "[core][asyncio]")
{
    EventLoop loop;
    CHECK(loop.run_until_complete(square(7)) == 49);
    CHECK(loop.time() == 0.0);
}

TEST_CASE("what a coroutine throws comes out of run_until_complete", "[core][asyncio]")
{
    EventLoop loop;
    CHECK_THROWS_AS(loop.run_until_complete(fail("boom")), ValueError);
    CHECK(loop.time() == 0.1);
}

TEST_CASE("step() runs exactly one handle", "[core][asyncio]")
{
    EventLoop loop;
    int ran = 0;
    for (int i = 0; i < 3; ++i)
        loop.call_soon([&ran] { ++ran; });
    CHECK(loop.step() == EventLoop::Stepped::Ran);
    CHECK(ran == 1);
    CHECK(loop.step() == EventLoop::Stepped::Ran);
    CHECK(ran == 2);
    CHECK(loop.step() == EventLoop::Stepped::Ran);
    CHECK(ran == 3);
    CHECK(loop.step() == EventLoop::Stepped::Stuck);
}

TEST_CASE("stepping a program and running it leave the same trace", "[core][asyncio]")
{
    const auto program = []() -> Coro<void> {
        const Task<void> a = create_task(say_later("a", 0.2));
        const Task<void> b = create_task(say_later("b", 0.1));
        co_await a;
        co_await b;
    };
    EventLoop stepped;
    const Task<void> main = stepped.create_task(program());
    stepped.stop_when_done(*main.state());
    while (stepped.step() != EventLoop::Stepped::Stopped) { }
    EventLoop ran;
    ran.run_until_complete(program());

    REQUIRE(stepped.trace()->size() == ran.trace()->size());
    CHECK(printed(*stepped.trace()) == printed(*ran.trace()));
    CHECK(printed(*ran.trace()) == lines{"0.1 say_later-2: b", "0.2 say_later-1: a"});
}

TEST_CASE("an iteration runs what was ready when it began, and no more", "[core][asyncio]")
{
    EventLoop loop;
    lines order;
    loop.call_soon([&] {
        order.push_back("first");
        loop.call_soon([&] { order.push_back("added"); });
    });
    loop.call_soon([&] { order.push_back("second"); });
    REQUIRE(loop.run_once());
    CHECK(order == lines{"first", "second"});
    REQUIRE(loop.run_once());
    CHECK(order == lines{"first", "second", "added"});
}

TEST_CASE("a cancelled callback keeps its place and is not called", "[core][asyncio]")
{
    EventLoop loop;
    lines order;
    loop.call_soon([&] { order.push_back("a"); });
    const Ref<Handle> b = loop.call_soon([&] { order.push_back("b"); });
    loop.call_soon([&] { order.push_back("c"); });
    b->cancel();
    REQUIRE(loop.run_once());
    CHECK(order == lines{"a", "c"});
    CHECK(count_of<CallbackSkipped>(*loop.trace()) == 1);
}

TEST_CASE("a timer cancelled in the iteration in which it fired is told as a callback in the queue", "[core][asyncio]")
{
    EventLoop loop;
    lines order;
    Ref<TimerHandle> second;
    loop.call_later(1, [&] { second->cancel(); });
    second = loop.call_later(1, [&] { order.push_back("second"); });
    REQUIRE(loop.run_once());
    CHECK(order.empty());
    CHECK(count_of<TimerFired>(*loop.trace()) == 2);
    CHECK(count_of<CallbackCancelled>(*loop.trace()) == 1);
    CHECK(count_of<TimerCancelled>(*loop.trace()) == 0);
    CHECK(count_of<CallbackSkipped>(*loop.trace()) == 1);
}

TEST_CASE("awaiting a coroutine is no switch, awaiting a task is", "[core][asyncio]")
{
    const Ran direct = run_main([]() -> Coro<void> {
        const int nine = co_await square(3);
        print(std::to_string(nine));
    });
    CHECK(steps_of(*direct.trace) == lines{"main"});
    CHECK(count_of<CoroutineEntered>(*direct.trace) == 1);

    const Ran task = run_main([]() -> Coro<void> {
        const Task<int> t = create_task(square(3));
        const int nine = co_await t;
        print(std::to_string(nine));
    });
    CHECK(steps_of(*task.trace) == lines{"main", "square", "main"});
    CHECK(printed(*task.trace) == printed(*direct.trace));
}

TEST_CASE("a chain of a hundred thousand awaits needs no stack", "[core][asyncio]")
{
    EventLoop loop(EventLoop::Recording::Off);
    CHECK(loop.run_until_complete(depth(100'000)) == 100'000);
    CHECK(loop.time() == 0.5);
}

TEST_CASE("a chain of a hundred thousand awaits can be thrown away while it waits", "[core][asyncio]")
{
    EventLoop loop(EventLoop::Recording::Off);
    const Task<int> task = loop.create_task(depth(100'000));
    REQUIRE(loop.run_once());
    CHECK_FALSE(task.done());
}

TEST_CASE("awaits in a long loop that never wait need no stack", "[core][asyncio]")
{
    EventLoop loop(EventLoop::Recording::Off);
    const auto sum = []() -> Coro<long> {
        long total = 0;
        for (int i = 0; i < 300'000; ++i) {
            const int v = co_await square(i % 3);
            total += v;
        }
        co_return total;
    };
    CHECK(loop.run_until_complete(sum()) == 500'000);
}

TEST_CASE("a loop destroys the frames of what never ended, the innermost first", "[core][asyncio]")
{
    const auto outer = []() -> Coro<void> {
        const Alive here;
        const auto inner = []() -> Coro<void> {
            const Alive there;
            co_await never();
        };
        co_await inner();
    };
    {
        EventLoop loop;
        loop.create_task(outer());
        REQUIRE(loop.run_once());
        CHECK(Alive::count == 2);
    }
    CHECK(Alive::count == 0);
}

/// A parameter that says when it goes.
class Going {
public:
    Going(lines& log, int level) : log_(&log), level_(level) {}
    Going(Going&& other) noexcept : log_(std::exchange(other.log_, nullptr)), level_(other.level_) {}
    Going(const Going&) = delete;
    Going& operator=(const Going&) = delete;
    ~Going()
    {
        if (log_)
            log_->push_back("goes " + std::to_string(level_));
    }

private:
    lines* log_;
    int level_;
};

enum class Bottom { Returns, Waits, Throws };

Coro<void> go_down([[maybe_unused]] Going parameter, lines& log, int level, Bottom bottom)
{
    if (level == 0) {
        if (bottom == Bottom::Waits)
            co_await sleep(0.1);
        if (bottom == Bottom::Throws)
            throw ValueError("at the bottom");
        co_return;
    }
    Going own(log, level - 1);
    Coro<void> below = go_down(std::move(own), log, level - 1, bottom);
    try {
        co_await std::move(below);
    } catch (const ValueError&) {
        log.push_back("hears at " + std::to_string(level));
        throw;
    }
    log.push_back("goes on at " + std::to_string(level));
}

TEST_CASE("what a coroutine was given is gone before whoever awaits it goes on", "[core][asyncio]")
{
    constexpr int levels = 40;
    const Bottom bottom = GENERATE(Bottom::Returns, Bottom::Waits, Bottom::Throws);
    lines log;
    lines expected{"goes 0"};
    for (int level = 1; level <= levels; ++level) {
        expected.push_back((bottom == Bottom::Throws ? "hears at " : "goes on at ") + std::to_string(level));
        expected.push_back("goes " + std::to_string(level));
    }
    EventLoop loop;
    const Task<void> task = loop.create_task(go_down(Going(log, levels), log, levels, bottom));
    task.add_done_callback([&log](FutureBase&) { log.push_back("is done"); });
    expected.push_back("is done");
    while (!task.done() || log.back() != "is done")
        loop.run_once();
    CHECK(log == expected);
    CHECK((task.exception() != nullptr) == (bottom == Bottom::Throws));
}

TEST_CASE("a program that nothing can wake is a deadlock with the names of who waits", "[core][asyncio]")
{
    const Ran ran = run_main([]() -> Coro<void> {
        const Task<void> t = create_task(never(), "lonely");
        co_await t;
    });
    CHECK(ran.outcome.kind == Outcome::Kind::Deadlock);
    CHECK(ran.outcome.waiting == lines{"Task-1", "lonely"});
    CHECK(count_of<LoopStuck>(*ran.trace) == 1);
}

TEST_CASE("a program that never ends is stopped at its limits, and its trace stays", "[core][asyncio]")
{
    const auto forever = []() -> Coro<void> {
        for (;;)
            co_await sleep(0);
    };
    const Ran facts = run_main(forever, {.facts = 1000});
    CHECK(facts.outcome.kind == Outcome::Kind::GaveUp);
    CHECK(facts.trace->size() > 1000);
    CHECK(facts.trace->size() < 1010);

    const auto for_years = []() -> Coro<void> {
        for (;;)
            co_await sleep(1000.0);
    };
    const Ran time = run_main(for_years, {.facts = 1'000'000, .time = std::chrono::hours(1)});
    CHECK(time.outcome.kind == Outcome::Kind::GaveUp);
    CHECK(to_seconds(time.trace->end_time()) == 4000.0);
}

TEST_CASE("tasks left over are cancelled when main ends", "[core][asyncio]")
{
    const Ran ran = run_main([]() -> Coro<void> {
        create_task(say_later("too late", 10));
        co_await sleep(0.5);
        print("main ends");
    });
    CHECK(ran.outcome == Outcome{});
    CHECK(printed(*ran.trace) == lines{"0.5 main: main ends"});
    CHECK(count_of<TaskCancelled>(*ran.trace) == 1);
    CHECK(to_seconds(ran.trace->end_time()) == 0.5);
}

TEST_CASE("a coroutine that is dropped without an await is a fact", "[core][asyncio]")
{
    const Ran ran = run_main([]() -> Coro<void> {
        { const Coro<int> forgotten = square(2); }
        co_return;
    });
    CHECK(count_of<CoroutineNeverAwaited>(*ran.trace) == 1);
}

TEST_CASE("awaiting a coroutine twice is a RuntimeError", "[core][asyncio]")
{
    const Ran ran = run_main([]() -> Coro<void> {
        Coro<int> once = square(2);
        const int four = co_await once;
        print(std::to_string(four));
        co_await once;
    });
    CHECK(ran.outcome.type == "RuntimeError");
    CHECK(ran.outcome.message == "cannot reuse already awaited coroutine");
}

TEST_CASE("every suspension carries its await stack, outermost first", "[core][asyncio]")
{
    const auto inner = []() -> Coro<void> { co_await sleep(1); };
    const auto middle = [&]() -> Coro<void> { co_await inner(); };
    EventLoop loop;
    loop.run_until_complete(middle());
    const Trace& trace = *loop.trace();
    std::vector<PlaceId> stack;
    for (std::size_t i = 0; i < trace.size(); ++i) {
        const TraceEvent event = trace[i];
        if (const auto* s = std::get_if<TaskSuspended>(&event.fact))
            stack = trace.stack(s->stack);
    }
    REQUIRE(stack.size() == 2);
    CHECK(trace.place(stack[0]).line == trace.place(stack[1]).line + 1);
    CHECK(trace.place(stack[0]).file == "tests/core/asyncio/event_loop_test.cpp");
}

TEST_CASE("without recording a program runs the same and leaves no trace", "[core][asyncio]")
{
    EventLoop loop(EventLoop::Recording::Off);
    loop.network().set_latency("x", 1.25);
    const auto program = []() -> Coro<void> {
        ClientSession session;
        const Response response = co_await session.get("x");
        cpu(0.25);
    };
    loop.run_until_complete(program());
    CHECK(loop.time() == 1.5);
    CHECK(loop.trace() == nullptr);
}

TEST_CASE("sockets are read before timers of the same moment", "[core][asyncio]")
{
    EventLoop loop;
    loop.network().set_latency("x", 1.0);
    const auto request = []() -> Coro<void> {
        ClientSession session;
        co_await session.get("x");
        print("socket");
    };
    const auto program = [&]() -> Coro<void> {
        const Task<void> timer = create_task(say_later("timer", 1.0));
        const Task<void> socket = create_task(request(), "request");
        co_await timer;
        co_await socket;
    };
    loop.run_until_complete(program());
    CHECK(printed(*loop.trace()).front() == "1 request: socket");
}

TEST_CASE("cancelling tasks that await each other in a circle is a RecursionError", "[core][asyncio]")
{
    const auto wait_for_it = [](const Task<void>* other) -> Coro<void> {
        const Task<void> awaited = *other;
        co_await awaited;
    };
    EventLoop loop;
    Task<void> a;
    Task<void> b;
    a = loop.create_task(wait_for_it(&b));
    b = loop.create_task(wait_for_it(&a));
    REQUIRE(loop.run_once());
    CHECK_THROWS_AS(a.cancel(), RecursionError);
    CHECK_THROWS_AS(b.cancel(), RecursionError);
    CHECK_FALSE(loop.run_once()); // nobody got anything
    CHECK_FALSE(a.done());
}

TEST_CASE("a circle through a gather cannot be cancelled either", "[core][asyncio]")
{
    const auto gathers = [](const Task<void>* other) -> Coro<void> {
        std::vector<Task<void>> children{*other};
        co_await gather(std::move(children));
    };
    EventLoop loop;
    Task<void> itself;
    itself = loop.create_task(gathers(&itself));
    REQUIRE(loop.run_once());
    CHECK_THROWS_AS(itself.cancel(), RecursionError);
}

TEST_CASE("a request to cancel goes down a chain of a hundred thousand tasks", "[core][asyncio]")
{
    const auto awaits = [](Task<void> other) -> Coro<void> { co_await other; };
    EventLoop loop(EventLoop::Recording::Off);
    std::vector<Task<void>> chain{loop.create_task(never())};
    for (int i = 0; i < 100'000; ++i)
        chain.push_back(loop.create_task(awaits(chain.back())));
    REQUIRE(loop.run_once());
    CHECK(chain.back().cancel());
    while (!chain.back().done() && loop.run_once()) { }
    CHECK(chain.back().cancelled());
    CHECK(chain.front().cancelled());
    CHECK(loop.all_tasks().empty());
}

} // namespace
} // namespace loopscope::tests
