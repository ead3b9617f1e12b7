#include "core/asyncio.h"
#include "core/lesson/run.h"
#include "tests/support/catch.h"

#include <string>
#include <vector>

namespace loopscope::tests {
namespace {

using lines = std::vector<std::string>;

Coro<int> answer()
{
    co_await sleep(1);
    co_return 42;
}

Coro<void> linger(lines* log, std::string name)
{
    try {
        co_await sleep(100);
    } catch (const CancelledError&) {
        log->push_back(name + " cancelled");
        throw;
    }
}

Coro<void> leave_two(lines* log)
{
    create_task(linger(log, "first"));
    create_task(linger(log, "second"));
    co_await sleep(0);
    log->push_back("main ends");
}

Coro<void> fail()
{
    throw ValueError("boom");
    co_return;
}

Coro<void> begin(lines* log)
{
    log->push_back("began");
    co_return;
}

// What a second way to start a coroutine says inside a running loop.
Coro<void> start_inside(lines* log, void (*start)(Coro<void>))
{
    try {
        start(begin(log));
    } catch (const RuntimeError& e) {
        log->push_back(e.what());
    }
    co_await sleep(1); // what had become a task would run now
}

lines inside(void (*start)(Coro<void>))
{
    lines log;
    EventLoop loop;
    loop.run_until_complete(start_inside(&log, start));
    lines stepped;
    EventLoop other;
    CHECK(run_program(other, [&] { return start_inside(&stepped, start); }) == Outcome{});
    CHECK(stepped == log);
    return log;
}

TEST_CASE("run() gives what main returns", "[core][asyncio][runner]") { CHECK(run(answer()) == 42); }

TEST_CASE("run() throws what main throws", "[core][asyncio][runner]") { CHECK_THROWS_AS(run(fail()), ValueError); }

TEST_CASE("run() cancels what main leaves, in the order of creation", "[core][asyncio][runner]")
{
    lines log;
    run(leave_two(&log));
    CHECK(log == lines{"main ends", "first cancelled", "second cancelled"});
}

TEST_CASE("inside a running loop no other way to run one starts anything", "[core][asyncio][runner]")
{
    CHECK(inside([](Coro<void> coroutine) { run(std::move(coroutine)); })
          == lines{"asyncio.run() cannot be called from a running event loop"});
    CHECK(inside([](Coro<void> coroutine) { Runner().run(std::move(coroutine)); })
          == lines{"Runner.run() cannot be called from a running event loop"});
    CHECK(inside([](Coro<void> coroutine) { get_running_loop().run_until_complete(std::move(coroutine)); })
          == lines{"This event loop is already running"});
    CHECK(inside([](Coro<void> coroutine) { EventLoop().run_until_complete(std::move(coroutine)); })
          == lines{"Cannot run the event loop while another loop is running"});
}

TEST_CASE("a loop is running for the program whose turns somebody steps", "[core][asyncio][runner]")
{
    EventLoop loop;
    std::vector<bool> running = {loop.is_running()};
    loop.call_soon([&] { running.push_back(loop.is_running()); });
    (void)loop.step();
    running.push_back(loop.is_running());
    CHECK(running == std::vector<bool>{false, true, false});
}

TEST_CASE("a runner keeps its loop, its clock and its context between runs", "[core][asyncio][runner]")
{
    static const ContextVar<std::string> var("var", "unset");
    struct Story {
        static Coro<void> set() { var.set("set"); co_return; }
        static Coro<std::string> get() { co_return var.get(); }
    };
    Runner runner;
    CHECK(runner.run(answer()) == 42);
    CHECK(runner.get_loop().time() == 1.0);
    CHECK(runner.run(answer()) == 42);
    CHECK(runner.get_loop().time() == 2.0);
    runner.run(Story::set());
    // A task has a context of its own, so that main cannot change the runner's.
    CHECK(runner.run(Story::get()) == "unset");
}

TEST_CASE("a closed runner runs nothing", "[core][asyncio][runner]")
{
    Runner runner;
    EventLoop& loop = runner.get_loop();
    runner.close();
    CHECK(loop.is_closed());
    CHECK_THROWS_AS(runner.run(answer()), RuntimeError);
    CHECK_THROWS_AS(runner.get_loop(), RuntimeError);
    runner.close(); // again does nothing
}

TEST_CASE("a closed loop takes no callbacks and no tasks", "[core][asyncio][runner]")
{
    EventLoop loop;
    loop.close();
    CHECK_THROWS_AS(loop.call_soon([] {}), RuntimeError);
    CHECK_THROWS_AS(loop.call_later(1, [] {}), RuntimeError);
    CHECK_THROWS_AS(loop.call_at(1, [] {}), RuntimeError);
    CHECK_THROWS_AS(loop.call_soon_threadsafe([] {}), RuntimeError);
    CHECK_THROWS_AS(loop.create_task(answer()), RuntimeError);
    CHECK_THROWS_AS(loop.run_forever(), RuntimeError);
}

TEST_CASE("what a callback throws goes to the exception handler, with the callback's name", "[core][asyncio][runner]")
{
    EventLoop loop;
    lines told;
    loop.set_exception_handler([&](EventLoop&, const ExceptionContext& context) {
        told.push_back(context.message + ": " + describe_error(context.exception).message);
    });
    loop.call_soon([] { throw ValueError("one"); }, "tick");
    loop.run_once();
    CHECK(told == lines{"Exception in callback tick: one"});
}

TEST_CASE("a failure that nobody asked for goes to the exception handler when it is dropped", "[core][asyncio][runner]")
{
    lines told;
    struct Story {
        static Coro<void> drop(lines* told)
        {
            get_running_loop().set_exception_handler(
                [told](EventLoop&, const ExceptionContext& context) { told->push_back(context.message); });
            create_task(fail());
            co_await sleep(1);
            Future<int> future = get_running_loop().create_future<int>();
            future.set_exception(ValueError("unseen"));
            future = {};
            co_await sleep(1);
        }
    };
    run(Story::drop(&told), {.debug = false, .recording = EventLoop::Recording::Off});
    CHECK(told == lines{"Task exception was never retrieved", "Future exception was never retrieved"});
}

TEST_CASE("an exception handler that throws is itself logged, and the loop goes on", "[core][asyncio][runner]")
{
    EventLoop loop;
    lines logged;
    loop.set_logger([&](std::string_view line) { logged.emplace_back(line); });
    loop.set_exception_handler([](EventLoop&, const ExceptionContext&) { throw RuntimeError("handler broke"); });
    loop.call_soon([] { throw ValueError("one"); });
    bool later = false;
    loop.call_soon([&] { later = true; });
    loop.run_once();
    CHECK(logged == lines{"Unhandled error in exception handler: RuntimeError: handler broke"});
    CHECK(later);
}

TEST_CASE("debug mode reports turns that hold the thread from a tenth of a second on", "[core][asyncio][debug]")
{
    struct Story {
        static Coro<void> work()
        {
            cpu(0.099);
            co_await sleep(0);
            cpu(0.1);
            get_running_loop().call_soon([] { block(0.25); }, "save");
            co_await sleep(0);
        }
    };
    EventLoop loop;
    loop.set_debug(true);
    lines logged;
    loop.set_logger([&](std::string_view line) { logged.emplace_back(line); });
    loop.run_until_complete(Story::work());
    CHECK(logged == lines{"Executing <Task Task-1> took 0.100 seconds", "Executing <Handle save> took 0.250 seconds"});
    std::vector<Duration> reported;
    for (std::size_t i = 0; i < loop.trace()->size(); ++i)
        if (const TraceEvent event = (*loop.trace())[i]; const auto* slow = std::get_if<SlowTurnReported>(&event.fact))
            reported.push_back(slow->span);
    CHECK(reported == std::vector<Duration>{seconds(0.1), seconds(0.25)});
}

TEST_CASE("without debug mode nothing is reported", "[core][asyncio][debug]")
{
    EventLoop loop;
    lines logged;
    loop.set_logger([&](std::string_view line) { logged.emplace_back(line); });
    loop.call_soon([] { cpu(5); });
    loop.run_once();
    CHECK(logged.empty());
}

TEST_CASE("what is slow can be set", "[core][asyncio][debug]")
{
    EventLoop loop;
    loop.set_debug(true);
    loop.set_slow_callback_duration(1);
    lines logged;
    loop.set_logger([&](std::string_view line) { logged.emplace_back(line); });
    loop.call_soon([] { cpu(0.9); });
    loop.call_soon([] { cpu(1); });
    loop.run_once();
    CHECK(logged == lines{"Executing <Handle > took 1.000 seconds"});
}

Coro<int> low() { co_return co_await answer(); }

TEST_CASE("a task's stack is its awaits, outermost first", "[core][asyncio]")
{
    EventLoop loop;
    Task<int> task = loop.create_task(low());
    std::vector<Where> stack = task.base().get_stack();
    REQUIRE(stack.size() == 1); // it has not begun: where it was made
    CHECK(function_name(stack[0].function_name()) == "low");
    loop.run_once();
    stack = task.base().get_stack();
    REQUIRE(stack.size() == 2);
    CHECK(function_name(stack[0].function_name()) == "low");
    CHECK(function_name(stack[1].function_name()) == "answer");
    loop.run_until_complete(task);
    CHECK(task.base().get_stack().empty());
}

TEST_CASE("step_to_switch goes on to the next task's turn", "[core][asyncio]")
{
    EventLoop loop;
    lines turns;
    struct Story {
        static Coro<void> say(lines* turns, std::string name)
        {
            for (int i = 0; i < 2; ++i) {
                turns->push_back(name);
                co_await sleep(0);
            }
        }
    };
    loop.create_task(Story::say(&turns, "a"));
    loop.call_soon([] {});
    loop.create_task(Story::say(&turns, "b"));
    CHECK(loop.step_to_switch() == EventLoop::Stepped::Ran);
    CHECK(turns == lines{"a"});
    loop.step_to_switch(); // over the callback
    CHECK(turns == lines{"a", "b"});
    CHECK(loop.step_until([&] { return turns.size() == 4; }) == EventLoop::Stepped::Ran);
    CHECK(turns == lines{"a", "b", "a", "b"});
    CHECK(loop.step_until([] { return false; }) == EventLoop::Stepped::Stuck);
}

} // namespace
} // namespace loopscope::tests
