#include "core/asyncio.h"
#include "tests/support/catch.h"
#include "tests/support/run_scenario.h"

#include <cmath>
#include <random>
#include <string>
#include <vector>

namespace loopscope::tests {
namespace {

using lines = std::vector<std::string>;

double main_ended(const Trace& trace)
{
    for (std::size_t i = 0; i < trace.size(); ++i) {
        const TraceEvent event = trace[i];
        const auto* finished = std::get_if<TaskFinished>(&event.fact);
        const auto* failed = std::get_if<TaskFailed>(&event.fact);
        if ((finished && finished->task.value == 1) || (failed && failed->task.value == 1))
            return to_seconds(event.when);
    }
    return -1;
}

/// The largest time between two of the texts.
double largest_gap(const Trace& trace, std::string_view text)
{
    double gap = 0;
    std::optional<double> before;
    for (const Note& note : notes_of(trace)) {
        if (note.text != text)
            continue;
        if (before)
            gap = std::max(gap, to_seconds(note.when) - *before);
        before = to_seconds(note.when);
    }
    return gap;
}

template <class F>
std::size_t count_of(const Trace& trace)
{
    std::size_t count = 0;
    for (std::size_t i = 0; i < trace.size(); ++i)
        count += std::holds_alternative<F>(trace[i].fact);
    return count;
}

Ran run_staged(const std::function<Coro<void>(EventLoop&)>& main, RunLimits limits = {})
{
    EventLoop loop;
    Ran ran{loop.trace(), {}};
    ran.outcome = run_program(loop, [&] { return main(loop); }, limits);
    return ran;
}

Coro<void> heartbeat(double period)
{
    for (;;) {
        print("tick");
        co_await sleep(period);
    }
}

Coro<void> many_in_threads(int calls, void (*work)(double, Where), double length)
{
    std::vector<Coro<void>> all;
    for (int i = 0; i < calls; ++i)
        all.push_back(to_thread(work, length));
    const auto together = gather(std::move(all));
    co_await together;
}

Coro<void> many_in(EventLoop& loop, ProcessPoolExecutor pool, int calls, double cost)
{
    std::vector<Future<void>> all;
    for (int i = 0; i < calls; ++i)
        all.push_back(loop.run_in_executor(pool, cpu, cost));
    const auto together = gather(std::move(all));
    co_await together;
}

Ran blocking_calls(int calls, double length, int pool)
{
    return run_staged([=](EventLoop& loop) {
        loop.set_default_executor(ThreadPoolExecutor(pool));
        return many_in_threads(calls, block, length);
    });
}

struct Cruncher {
    int jobs = 4;
    double cost = 1.0;
    int cores = 4;
    bool free_threaded = false;
    double heartbeat = 0;
};

Coro<void> crunch(Cruncher c)
{
    if (c.heartbeat > 0)
        create_task(heartbeat(c.heartbeat), "heart");
    co_await many_in_threads(c.jobs, cpu, c.cost);
}

Ran crunching(Cruncher c)
{
    return run_staged([=](EventLoop& loop) {
        loop.machine().set_cores(c.cores);
        loop.machine().set_free_threaded(c.free_threaded);
        loop.set_default_executor(ThreadPoolExecutor(c.jobs));
        return crunch(c);
    });
}

int twice(int n)
{
    cpu(0.1);
    return 2 * n;
}

TEST_CASE("a function in a thread gives its result, while the loop is free", "[core][executor]")
{
    const auto main = []() -> Coro<void> {
        create_task(heartbeat(0.05), "heart");
        const int n = co_await to_thread(twice, 21);
        print("got " + std::to_string(n));
    };
    const Ran ran = run_main(main);
    CHECK(ran.outcome == Outcome());
    CHECK(printed(*ran.trace) == lines{"0 heart: tick", "0.055 heart: tick", "0.1 main: got 42"});
}

TEST_CASE("calls go through a pool in waves", "[core][executor][lesson20]")
{
    CHECK(main_ended(*blocking_calls(8, 0.5, 2).trace) == Approx(2.0));
    CHECK(main_ended(*blocking_calls(8, 0.5, 4).trace) == Approx(1.0));
    CHECK(main_ended(*blocking_calls(8, 0.5, 8).trace) == Approx(0.5));

    std::mt19937 dice(20);
    for (int round = 0; round < 30; ++round) {
        const int calls = 1 + static_cast<int>(dice() % 20);
        const int pool = 1 + static_cast<int>(dice() % 16);
        const double length = 0.1 + 0.01 * static_cast<double>(dice() % 190);
        CAPTURE(calls, pool, length);
        const Ran ran = blocking_calls(calls, length, pool);
        CHECK(main_ended(*ran.trace) == Approx(std::ceil(calls / static_cast<double>(pool)) * length));
        CHECK(ran.trace->worker_count() == static_cast<std::size_t>(std::min(calls, pool)));
        CHECK(count_of<GilTaken>(*ran.trace) == 0); // who only waits needs no interpreter
    }
}

TEST_CASE("a timeout ends the wait but not the thread, and the run waits for it", "[core][executor][lesson20]")
{
    const auto work = [] {
        block(0.5);
        print("the thread is done");
    };
    const auto main = [work]() -> Coro<void> {
        try {
            co_await wait_for(to_thread(work), 0.2);
        } catch (const TimeoutError&) {
            print("too late");
        }
    };
    const Ran ran = run_main(main);
    CHECK(ran.outcome == Outcome());
    CHECK(printed(*ran.trace) == lines{"0.2 main: too late", "0.5 asyncio_0: the thread is done"});
    CHECK(main_ended(*ran.trace) == Approx(0.2));
    CHECK(to_seconds(ran.trace->end_time()) == Approx(0.5));
}

Coro<void> wait_for_call_back(bool safe)
{
    EventLoop& loop = get_running_loop();
    const auto answer = [] { print("called back"); };
    const auto work = [&loop, answer, safe] {
        block(0.2);
        if (safe)
            loop.call_soon_threadsafe(answer);
        else
            loop.call_soon(answer);
        block(5.0); // so that the end of the call is not what wakes the loop
    };
    const auto thread = loop.run_in_executor(nullptr, work);
    co_await sleep(0.8);
}

TEST_CASE("a callback posted without waking the loop waits until it wakes by itself", "[core][executor][lesson20]")
{
    const Ran unsafe = run_main([] { return wait_for_call_back(false); });
    CHECK(printed(*unsafe.trace) == lines{"0.8 -: called back"});
    const Ran safe = run_main([] { return wait_for_call_back(true); });
    CHECK(printed(*safe.trace) == lines{"0.2 -: called back"});
}

TEST_CASE("a blocking call in a thread leaves the heartbeat alone", "[core][executor][lesson16]")
{
    const auto main = []() -> Coro<void> {
        create_task(heartbeat(0.1), "heart");
        co_await sleep(0.25);
        co_await to_thread(block, 1.0);
    };
    const Ran ran = run_main(main);
    CHECK(main_ended(*ran.trace) == Approx(1.25));
    CHECK(largest_gap(*ran.trace, "tick") == Approx(0.1));
    CHECK(printed(*ran.trace).size() == 13);
}

TEST_CASE("threads that compute take turns at the interpreter", "[core][executor][lesson21]")
{
    const Ran standard = crunching({.heartbeat = 0.1});
    CHECK(main_ended(*standard.trace) == Approx(4.0));
    CHECK(largest_gap(*standard.trace, "tick") <= 0.15);
    CHECK(printed(*standard.trace).size() > 30);
    // 4 s in slices of 5 ms, and a visit of the loop for each turn of the heart.
    CHECK(count_of<GilTaken>(*standard.trace) > 700);
    CHECK(count_of<GilTaken>(*standard.trace) < 1000);

    CHECK(main_ended(*crunching({.free_threaded = true}).trace) == Approx(1.0));
    CHECK(main_ended(*crunching({.jobs = 8, .free_threaded = true}).trace) == Approx(2.0));
    CHECK(main_ended(*crunching({.jobs = 6, .free_threaded = true}).trace) == Approx(1.5));
    CHECK(main_ended(*crunching({.jobs = 2, .cores = 1, .free_threaded = true}).trace) == Approx(2.0));

    std::mt19937 dice(21);
    for (int round = 0; round < 20; ++round) {
        Cruncher c{.jobs = 1 + static_cast<int>(dice() % 8),
                   .cost = 0.1 + 0.01 * static_cast<double>(dice() % 60),
                   .cores = 1 + static_cast<int>(dice() % 8),
                   .free_threaded = false,
                   .heartbeat = 0};
        CAPTURE(c.jobs, c.cost, c.cores);
        CHECK(main_ended(*crunching(c).trace) == Approx(c.jobs * c.cost));
        c.free_threaded = true;
        const double each = c.jobs <= c.cores ? c.cost : c.cost * c.jobs / c.cores;
        CHECK(main_ended(*crunching(c).trace) == Approx(each));
    }
}

TEST_CASE("the loop's own computing shares the interpreter, or has a core of its own", "[core][executor]")
{
    const auto main = []() -> Coro<void> {
        const Task<void> other = create_task(to_thread(cpu, 1.0));
        co_await sleep(0);
        cpu(1.0);
        print("computed");
        co_await other;
    };
    const Ran standard = run_main(main);
    CHECK(printed(*standard.trace) == lines{"1.995 main: computed"});
    CHECK(main_ended(*standard.trace) == Approx(2.0));

    const Ran free_threaded = run_staged([&](EventLoop& loop) {
        loop.machine().set_free_threaded(true);
        return main();
    });
    CHECK(printed(*free_threaded.trace) == lines{"1 main: computed"});
    CHECK(main_ended(*free_threaded.trace) == Approx(1.0));
}

double through_processes(int calls, double cost, int workers, double start_up, double transfer)
{
    const Ran ran = run_staged([=](EventLoop& loop) {
        return many_in(loop, ProcessPoolExecutor(workers, start_up, transfer), calls, cost);
    });
    return main_ended(*ran.trace);
}

TEST_CASE("processes cost their start-up, the transfer of each input, and waves of work", "[core][executor][lesson22]")
{
    CHECK(through_processes(8, 0.5, 4, 0.3, 0.02) == Approx(1.46));
    CHECK(through_processes(8, 0.02, 4, 0.3, 0.02) == Approx(0.50));
    CHECK(through_processes(8, 0.08, 4, 0.3, 0.02) == Approx(0.62));

    std::mt19937 dice(22);
    for (int round = 0; round < 40; ++round) {
        const int calls = 1 + static_cast<int>(dice() % 32);
        const int workers = 1 + static_cast<int>(dice() % 8);
        const double cost = 0.01 + 0.01 * static_cast<double>(dice() % 200);
        const double start_up = 0.1 * static_cast<double>(dice() % 11);
        const double transfer = 0.01 * static_cast<double>(dice() % 11);
        CAPTURE(calls, workers, cost, start_up, transfer);
        const double expected = start_up + calls * transfer + std::ceil(calls / static_cast<double>(workers)) * cost;
        CHECK(through_processes(calls, cost, workers, start_up, transfer) == Approx(expected));
    }
}

Ran model(ThreadPoolExecutor pool, int calls, void (*work)(double, Where), double length)
{
    return run_staged([=](EventLoop& loop) -> Coro<void> {
        block(0.05); // what it costs to set up
        loop.set_default_executor(pool);
        co_await many_in_threads(calls, work, length);
    });
}

TEST_CASE("the models of lesson 23 give its table", "[core][executor][lesson23]")
{
    CHECK(main_ended(*model(ThreadPoolExecutor(8), 40, block, 0.5).trace) == Approx(2.55));
    CHECK(main_ended(*model(ThreadPoolExecutor(8), 4, cpu, 1.0).trace) == Approx(4.05));
    CHECK(main_ended(*model(ThreadPoolExecutor(8), 6, block, 0.3).trace) == Approx(0.35));
    CHECK(through_processes(4, 1.0, 4, 0.3, 0) == Approx(1.30));

    const auto processes = [](int calls, double length) {
        const Ran ran = run_staged([=](EventLoop& loop) -> Coro<void> {
            ProcessPoolExecutor pool(4, 0.3, 0);
            std::vector<Future<void>> all;
            for (int i = 0; i < calls; ++i)
                all.push_back(loop.run_in_executor(pool, block, length));
            const auto together = gather(std::move(all));
            co_await together;
        });
        return main_ended(*ran.trace);
    };
    CHECK(processes(40, 0.5) == Approx(5.30));
    CHECK(processes(6, 0.3) == Approx(0.90));
}

} // namespace
} // namespace loopscope::tests
