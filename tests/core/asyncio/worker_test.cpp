#include "core/asyncio.h"
#include "core/trace/explain.h"
#include "core/trace/replay.h"
#include "core/trace/spans.h"
#include "tests/support/catch.h"
#include "tests/support/run_scenario.h"

#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

// The orders that are expected here are those of the same programs on CPython.

namespace loopscope::tests {
namespace {

using lines = std::vector<std::string>;

/// The texts alone, in order.
lines texts_of(const Trace& trace)
{
    lines texts;
    for (const Note& note : notes_of(trace))
        texts.emplace_back(note.text);
    return texts;
}

std::string this_worker()
{
    const Machine::Worker* worker = Machine::current();
    return worker ? "worker " + std::to_string(worker->id.value) : "no worker";
}

struct Alive {
    static inline int count = 0;
    Alive() { ++count; }
    Alive(const Alive&) { ++count; }
    ~Alive() { --count; }
};

TEST_CASE("what a worker posts runs in its order, before its result arrives", "[core][executor]")
{
    const auto main = []() -> Coro<void> {
        EventLoop& loop = get_running_loop();
        const auto work = [&loop] {
            block(0.05);
            loop.call_soon_threadsafe([] { print("first"); });
            loop.call_soon_threadsafe([] { print("second"); });
            return std::string("result");
        };
        const auto future = loop.run_in_executor(nullptr, work);
        future.add_done_callback([](FutureBase&) { print("done callback"); });
        const std::string result = co_await future;
        print(result);
    };
    const Ran ran = run_main(main);
    CHECK(texts_of(*ran.trace) == lines{"first", "second", "done callback", "result"});
}

TEST_CASE("what workers post while the loop is held comes before the timers that became due", "[core][executor]")
{
    const auto main = []() -> Coro<void> {
        EventLoop& loop = get_running_loop();
        const auto post = [&loop](double after, std::string text) {
            block(after);
            loop.call_soon_threadsafe([text] { print(text); });
        };
        loop.call_later(0.03, [] { print("timer"); });
        const auto one = loop.run_in_executor(nullptr, post, 0.05, std::string("posted 1"));
        const auto two = loop.run_in_executor(nullptr, post, 0.1, std::string("posted 2"));
        loop.call_soon([] { print("soon"); });
        co_await sleep(0);
        print("block");
        block(0.2);
        print("blocked");
        const auto both = gather(one, two);
        co_await both;
        print("end");
    };
    const Ran ran = run_main(main);
    CHECK(texts_of(*ran.trace) == lines{"soon", "block", "blocked", "posted 1", "posted 2", "timer", "end"});
}

TEST_CASE("cancelling gives up a call that has not begun; one that has goes on", "[core][executor]")
{
    const auto main = []() -> Coro<void> {
        EventLoop& loop = get_running_loop();
        ThreadPoolExecutor pool(1);
        const auto work = [](int n) {
            print("begin " + std::to_string(n));
            block(0.1);
            print("end " + std::to_string(n));
            return n;
        };
        std::vector<Future<int>> calls;
        for (int i = 0; i < 3; ++i)
            calls.push_back(loop.run_in_executor(pool, work, i));
        co_await sleep(0.05);
        CHECK(calls[0].cancel());
        CHECK(calls[1].cancel());
        const int last = co_await calls[2];
        print("got " + std::to_string(last));
        CHECK(calls[0].cancelled());
        try {
            co_await calls[0];
        } catch (const CancelledError&) {
            print("the first is cancelled");
        }
        pool.shutdown();
        try {
            (void)loop.run_in_executor(pool, work, 9);
        } catch (const RuntimeError& e) {
            print(e.what());
        }
    };
    const Ran ran = run_main(main);
    CHECK(ran.outcome == Outcome());
    CHECK(texts_of(*ran.trace)
          == lines{"begin 0", "end 0", "begin 2", "end 2", "got 2", "the first is cancelled",
                   "cannot schedule new futures after shutdown"});
    CHECK(to_seconds(ran.trace->end_time()) == Approx(0.2));
}

TEST_CASE("an exception in a thread is thrown at the await", "[core][executor]")
{
    const auto main = []() -> Coro<void> {
        EventLoop& loop = get_running_loop();
        const auto work = [] {
            try {
                (void)get_running_loop();
            } catch (const RuntimeError& e) {
                print(e.what());
            }
            throw ValueError("boom");
        };
        for (int i = 0; i < 2; ++i) {
            try {
                co_await to_thread(work);
            } catch (const ValueError& e) {
                print(e.what());
            }
        }
        co_await loop.shutdown_default_executor();
        try {
            co_await to_thread(work);
        } catch (const RuntimeError& e) {
            print(e.what());
        }
    };
    const Ran ran = run_main(main);
    CHECK(printed(*ran.trace)
          == lines{"0 asyncio_0: no running event loop", "0 main: boom", "0 asyncio_0: no running event loop",
                   "0 main: boom", "0 main: Executor shutdown has been called"});
}

const ContextVar<std::string> who("who", "none");

TEST_CASE("to_thread copies the context, run_in_executor sees the thread's own", "[core][executor]")
{
    const auto main = []() -> Coro<void> {
        EventLoop& loop = get_running_loop();
        const auto work = [] {
            print("in: " + who.get());
            who.set("worker");
            print("set: " + who.get());
        };
        who.set("main");
        co_await to_thread(work);
        print(who.get());
        for (int i = 0; i < 2; ++i) {
            const auto call = loop.run_in_executor(nullptr, work);
            co_await call;
            print(who.get());
        }
        const auto post = [&loop] { loop.call_soon_threadsafe([] { print("callback: " + who.get()); }); };
        co_await to_thread(post);
    };
    const Ran ran = run_main(main);
    CHECK(texts_of(*ran.trace)
          == lines{"in: main", "set: worker", "main", "in: none", "set: worker", "main", "in: worker", "set: worker",
                   "main", "callback: main"});
}

TEST_CASE("a fresh thread begins before its caller goes on, an idle one after", "[core][executor]")
{
    const auto main = []() -> Coro<void> {
        EventLoop& loop = get_running_loop();
        const auto work = [](std::string name) { print(name + " in " + this_worker()); };
        const auto first = loop.run_in_executor(nullptr, work, std::string("a"));
        print("asked for a");
        co_await first;
        const auto second = loop.run_in_executor(nullptr, work, std::string("b"));
        print("asked for b");
        const auto third = loop.run_in_executor(nullptr, work, std::string("c"));
        print("asked for c");
        const auto both = gather(second, third);
        co_await both;
    };
    const Ran ran = run_main(main);
    CHECK(texts_of(*ran.trace)
          == lines{"a in worker 1", "asked for a", "asked for b", "b in worker 2", "c in worker 2", "asked for c"});
    // b was for the idle thread, but the fresh one that was started for c comes first to the line.
}

TEST_CASE("a read, a computation and a write in two threads lose an update", "[core][executor]")
{
    const auto counter = std::make_shared<int>(0);
    const auto main = [counter]() -> Coro<void> {
        const auto increment = [counter] {
            const int read = *counter;
            cpu(0.02);
            *counter = read + 1;
        };
        const auto both = gather(to_thread(increment), to_thread(increment));
        co_await both;
    };
    CHECK(run_main(main).outcome == Outcome());
    CHECK(*counter == 1);
}

TEST_CASE("shutdown of a pool holds the loop's thread until all calls are done", "[core][executor]")
{
    const auto main = []() -> Coro<void> {
        EventLoop& loop = get_running_loop();
        ThreadPoolExecutor pool(1);
        const auto one = loop.run_in_executor(pool, block, 0.3);
        const auto two = loop.run_in_executor(pool, block, 0.3);
        pool.shutdown();
        print("all done: " + std::to_string(loop.time()));
        CHECK(!one.done()); // the loop had no turn to hear of it
        co_await two;
    };
    const Ran ran = run_main(main);
    CHECK(printed(*ran.trace) == lines{"0.6 main: all done: 0.600000"});
}

TEST_CASE("a pool that is shut down can give up what has not begun", "[core][executor]")
{
    const auto main = []() -> Coro<void> {
        EventLoop& loop = get_running_loop();
        ThreadPoolExecutor pool(1);
        const auto one = loop.run_in_executor(pool, block, 0.3);
        const auto two = loop.run_in_executor(pool, block, 0.3);
        pool.shutdown(false, true);
        co_await one;
        CHECK(loop.time() == Approx(0.3));
        CHECK(!two.done()); // as in CPython: the executor gave it up, and told nobody
    };
    const Ran ran = run_main(main);
    CHECK(ran.outcome == Outcome());
    CHECK(to_seconds(ran.trace->end_time()) == Approx(0.3));
}

TEST_CASE("an executor that outlives its loop serves the next one", "[core][executor]")
{
    ThreadPoolExecutor pool(1, "pool");
    const auto main = [&pool]() -> Coro<void> {
        EventLoop& loop = get_running_loop();
        const auto one = loop.run_in_executor(pool, block, 0.3);
        const auto two = loop.run_in_executor(pool, block, 0.3); // still in line when the loop goes away
        co_await one;
    };
    for (int round = 0; round < 2; ++round) {
        const Ran ran = run_main(main);
        CHECK(ran.outcome == Outcome());
        CHECK(ran.trace->worker_count() == 1);
        CHECK(ran.trace->worker(WorkerId{1}).name == "pool_0");
    }
    pool.shutdown();
    CHECK(run_main(main).outcome.message == "cannot schedule new futures after shutdown");
}

TEST_CASE("a loop whose workers are done still waits for threads of the program", "[core][executor][threads]")
{
    EventLoop loop;
    const EventLoop::OtherThreads others(loop);
    std::thread real;
    const auto main = [&]() -> Coro<void> {
        const Future<void> future = loop.create_future<void>();
        ThreadPoolExecutor pool(1);
        const auto call = loop.run_in_executor(pool, block, 1.0);
        call.cancel();
        real = std::thread([&loop, &future] { loop.call_soon_threadsafe([&future] { future.set_result(); }); });
        co_await future;
    };
    CHECK(run_program(loop, main) == Outcome());
    real.join();
}

TEST_CASE("executors refuse what Python's refuse", "[core][executor]")
{
    CHECK_THROWS_AS(ThreadPoolExecutor(0), ValueError);
    CHECK_THROWS_AS(ProcessPoolExecutor(0), ValueError);
    EventLoop loop;
    CHECK_THROWS_AS(loop.set_default_executor(ProcessPoolExecutor(1)), TypeError);
    loop.close();
    CHECK_THROWS_AS(loop.run_in_executor(nullptr, block, 1.0), RuntimeError);
}

TEST_CASE("the same program has the same trace every time", "[core][executor]")
{
    const auto main = []() -> Coro<void> {
        EventLoop& loop = get_running_loop();
        std::vector<Coro<void>> all;
        for (int i = 0; i < 6; ++i) {
            const auto work = [&loop, i] {
                for (int k = 0; k < 5; ++k) {
                    cpu(0.003 * (i + 1));
                    block(0.01 * (k + 1));
                    loop.call_soon_threadsafe([] { print("posted"); });
                }
            };
            all.push_back(to_thread(work));
        }
        cpu(0.05);
        const auto together = gather(std::move(all));
        co_await together;
    };
    const Ran first = run_main(main);
    const Ran second = run_main(main);
    REQUIRE(first.trace->size() == second.trace->size());
    for (std::size_t i = 0; i < first.trace->size(); ++i) {
        REQUIRE(first.trace->when(i) == second.trace->when(i));
        REQUIRE(explain((*first.trace), i).sentence == explain((*second.trace), i).sentence);
    }
}

TEST_CASE("a loop that goes away unwinds functions that are in their middle", "[core][executor]")
{
    {
        EventLoop loop;
        const auto main = []() -> Coro<void> {
            const auto work = [alive = Alive()] {
                const Alive local;
                for (;;)
                    cpu(0.01);
            };
            std::vector<Task<void>> all;
            for (int i = 0; i < 3; ++i)
                all.push_back(create_task(to_thread(work)));
            for (;;)
                co_await sleep(0.1);
        };
        const Task<void> task = loop.create_task(main());
        while (loop.time() < 0.5)
            loop.step();
        CHECK(Alive::count > 3);
    }
    CHECK(Alive::count == 0);
}

TEST_CASE("a worker that never ends is stopped by the limits of the run", "[core][executor]")
{
    const RunLimits limits{.facts = 5000};
    SECTION("in time")
    {
        const auto main = []() -> Coro<void> {
            const auto work = [] {
                for (;;)
                    cpu(0.001);
            };
            co_await to_thread(work);
        };
        const Ran ran = run_main(main, limits);
        CHECK(ran.outcome.kind == Outcome::Kind::GaveUp);
        CHECK(ran.outcome.message == "gave up after 5000 events");
    }
    SECTION("in no time")
    {
        const auto main = []() -> Coro<void> {
            const auto work = [] {
                for (;;)
                    print("again");
            };
            co_await to_thread(work);
        };
        CHECK(run_main(main, limits).outcome.kind == Outcome::Kind::GaveUp);
    }
    SECTION("in pauses of no length, beside a loop that computes")
    {
        const auto main = []() -> Coro<void> {
            const auto work = [] {
                for (;;)
                    block(0);
            };
            const Task<void> thread = create_task(to_thread(work));
            co_await sleep(0);
            cpu(1.0);
            co_await thread;
        };
        CHECK(run_main(main, limits).outcome.kind == Outcome::Kind::GaveUp);
    }
    SECTION("in virtual time")
    {
        const auto main = []() -> Coro<void> {
            const auto work = [] {
                for (;;)
                    block(1000.0);
            };
            co_await to_thread(work);
        };
        RunLimits hour;
        hour.time = std::chrono::hours(1);
        CHECK(run_main(main, hour).outcome.kind == Outcome::Kind::GaveUp);
    }
    SECTION("after main")
    {
        const auto main = []() -> Coro<void> {
            const auto work = [] {
                for (;;)
                    block(1.0);
            };
            const auto future = get_running_loop().run_in_executor(nullptr, work);
            co_await sleep(0.5);
        };
        const Ran ran = run_main(main);
        CHECK(to_seconds(ran.trace->end_time()) == Approx(300.5));
        CHECK(texts_of(*ran.trace)
              == lines{"RuntimeWarning: The executor did not finishing joining its threads within 300 seconds."});
    }
}

TEST_CASE("a program whose threads end without waking it is stuck", "[core][executor]")
{
    const auto main = []() -> Coro<void> {
        EventLoop& loop = get_running_loop();
        const Future<void> future = loop.create_future<void>();
        ThreadPoolExecutor pool(1);
        const auto work = [future] {
            block(1.0);
            future.set_result(); // not from this thread!
        };
        const auto call = loop.run_in_executor(pool, work);
        call.cancel();
        co_await future;
    };
    const Ran ran = run_main(main);
    // The end of the call wakes the loop by chance, and so the mistake goes unseen.
    CHECK(ran.outcome == Outcome());

    const auto forgotten = []() -> Coro<void> {
        EventLoop& loop = get_running_loop();
        const Future<void> future = loop.create_future<void>();
        ThreadPoolExecutor pool(1);
        const auto call = loop.run_in_executor(pool, block, 1.0);
        co_await future;
    };
    const Ran stuck = run_main(forgotten);
    CHECK(stuck.outcome.kind == Outcome::Kind::Deadlock);
    CHECK(to_seconds(stuck.trace->end_time()) == Approx(1.0));
}

/// A program made from dice: threads and processes that compute, block, post and throw, while the
/// loop sleeps, computes and cancels.
Coro<void> mixture(std::uint32_t seed)
{
    EventLoop& loop = get_running_loop();
    const auto dice = std::make_shared<std::mt19937>(seed);
    const auto roll = [dice](unsigned sides) { return static_cast<unsigned>((*dice)()) % sides; };
    loop.machine().set_cores(1 + static_cast<int>(roll(4)));
    loop.machine().set_free_threaded(roll(2) == 0);
    loop.machine().set_switch_interval(0.001 * (1 + roll(8)));
    ThreadPoolExecutor threads(1 + static_cast<int>(roll(4)));
    ProcessPoolExecutor processes(1 + static_cast<int>(roll(3)), 0.01 * roll(5), 0.001 * roll(3));
    const auto work = [&loop, roll](bool posts) {
        for (unsigned i = roll(5); i > 0; --i) {
            const unsigned what = roll(5);
            if (what < 2)
                cpu(0.001 * roll(40));
            else if (what == 2)
                block(0.001 * roll(60));
            else if (what == 3 && posts)
                loop.call_soon_threadsafe([] { print("posted"); });
            else
                print("at work");
        }
        if (roll(6) == 0)
            throw ValueError("unlucky");
    };
    std::vector<Future<void>> calls;
    for (unsigned i = 5 + roll(10); i > 0; --i) {
        switch (roll(5)) {
        case 0:
            calls.push_back(loop.run_in_executor(threads, work, true));
            break;
        case 1:
            calls.push_back(loop.run_in_executor(processes, work, false));
            break;
        case 2:
            cpu(0.001 * roll(30));
            break;
        case 3:
            if (!calls.empty())
                calls[roll(static_cast<unsigned>(calls.size()))].cancel();
            break;
        default: {
            const double pause = 0.001 * roll(30);
            co_await sleep(pause);
        }
        }
    }
    const auto rest = gather(return_exceptions, calls);
    co_await rest;
    threads.shutdown(); // functions whose wait was cancelled may still be running
    processes.shutdown();
    co_await sleep(0.01);
}

TEST_CASE("whatever threads and processes do, time passes forwards and every fact has its state and its words",
          "[core][executor]")
{
    for (std::uint32_t seed = 1; seed <= 60; ++seed) {
        CAPTURE(seed);
        const Ran ran = run_main([seed] { return mixture(seed); });
        REQUIRE(ran.outcome == Outcome());
        const Trace& trace = *ran.trace;
        const RunSpans spans = spans_of(trace);
        Snapshot state;
        for (std::size_t i = 0; i < trace.size(); ++i) {
            apply(state, trace);
            std::size_t with_interpreter = 0;
            for (const WorkerSnapshot& w : state.workers)
                with_interpreter += trace.worker(w.id).shares_gil && w.state == WorkerState::Computing;
            REQUIRE(with_interpreter <= 1);
            REQUIRE(!explain(trace, i, state, spans.causes).sentence.empty());
        }
        for (const WorkerSnapshot& w : state.workers)
            CHECK((w.state == WorkerState::Idle || w.state == WorkerState::Ended));
        CHECK(state.queued_calls.empty());
        CHECK(state.ready.empty());
        for (const WorkerLane& lane : spans.workers)
            for (std::size_t i = 1; i < lane.spans.size(); ++i)
                REQUIRE(lane.spans[i - 1].end <= lane.spans[i].begin);
        const Replay replay(ran.trace, 7);
        CHECK(replay.at(trace.size()) == state);
    }
}

} // namespace
} // namespace loopscope::tests
