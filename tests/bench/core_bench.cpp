#include "core/asyncio.h"

#include "tests/bench/measure.h"

#include <vector>

// Loopscope's own figures. The programs are written as a user of asyncio would write them; each runs
// on a fresh loop, whose making and destruction count, as does the trace's.
namespace loopscope {
namespace {

/// One task that lets the others go first, when there are none: every turn is an iteration.
Coro<void> yields(int n)
{
    for (int i = 0; i < n; ++i)
        co_await sleep(0);
}

Coro<void> yield_alone()
{
    Coro<void> turns = yields(bench::units);
    co_await std::move(turns);
}

/// A hundred tasks that take turns: a hundred turns an iteration.
Coro<void> yield_among_many()
{
    std::vector<Task<void>> tasks;
    for (int i = 0; i < bench::neighbours; ++i)
        tasks.push_back(create_task(yields(bench::units / bench::neighbours)));
    for (Task<void>& task : tasks)
        co_await task;
}

Coro<int> child(int i)
{
    co_return i;
}

/// A coroutine that waits for nothing: its frame is made, it runs, its result is taken.
Coro<void> await_child()
{
    long sum = 0;
    for (int i = 0; i < bench::units; ++i)
        sum += co_await child(i);
    benchmark::DoNotOptimize(sum);
}

Coro<void> nothing()
{
    co_return;
}

/// A task is made, gets its turn, ends, and wakes the one who awaits it.
Coro<void> spawn_and_finish()
{
    for (int i = 0; i < bench::units; ++i) {
        Task<void> task = create_task(nothing());
        co_await task;
    }
}

Coro<void> gather_children()
{
    for (int i = 0; i < bench::units / bench::neighbours; ++i) {
        std::vector<Coro<void>> children;
        for (int k = 0; k < bench::neighbours; ++k)
            children.push_back(nothing());
        co_await gather(std::move(children));
    }
}

/// A thousand timers are set in no order; then the time of all of them has come.
Coro<void> timers()
{
    EventLoop& loop = get_running_loop();
    for (int i = 0; i < bench::units / bench::timers_at_once; ++i) {
        int left = bench::timers_at_once;
        Future<void> all_fired = loop.create_future();
        for (int k = 0; k < bench::timers_at_once; ++k)
            loop.call_later(1e-6 * bench::place_of_timer(k), [&left, all_fired] {
                if (--left == 0)
                    all_fired.set_result();
            });
        cpu(1e-6 * bench::timers_at_once);
        co_await all_fired;
    }
}

template <Coro<void> (*program)()>
void row(benchmark::State& state)
{
    const auto recording = state.range(0) != 0 ? EventLoop::Recording::On : EventLoop::Recording::Off;
    for (auto _ : state) {
        EventLoop loop(recording);
        loop.run_until_complete(program());
        if (loop.trace()) {
            const auto facts = static_cast<double>(loop.trace()->size());
            state.counters["facts"] = facts / bench::units;
            state.counters["trace_bytes"] = static_cast<double>(loop.trace()->memory()) / facts;
        }
    }
    bench::count_units(state);
}

Coro<void> sleeper()
{
    co_await sleep(1000);
}

Coro<void> make_sleepers(benchmark::State& state)
{
    std::vector<Task<void>> tasks;
    tasks.reserve(bench::sleepers);
    const double before = bench::heap_in_use();
    for (int i = 0; i < bench::sleepers; ++i)
        tasks.push_back(create_task(sleeper()));
    co_await sleep(1); // all of them have begun to sleep
    state.counters["bytes"] = (bench::heap_in_use() - before) / bench::sleepers;
}

void memory(benchmark::State& state)
{
    for (auto _ : state) {
        EventLoop loop(EventLoop::Recording::Off);
        loop.run_until_complete(make_sleepers(state));
    }
}

BENCHMARK(row<yield_alone>)->Name("yield alone")->Arg(0)->Arg(1);
BENCHMARK(row<yield_among_many>)->Name("yield among 100")->Arg(0)->Arg(1);
BENCHMARK(row<await_child>)->Name("await a child")->Arg(0)->Arg(1);
BENCHMARK(row<spawn_and_finish>)->Name("spawn and finish")->Arg(0)->Arg(1);
BENCHMARK(row<gather_children>)->Name("gather, a child")->Arg(0)->Arg(1);
BENCHMARK(row<timers>)->Name("timer set and fired")->Arg(0)->Arg(1);
BENCHMARK(memory)->Name("memory")->Iterations(1);

} // namespace
} // namespace loopscope
