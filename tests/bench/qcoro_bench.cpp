#include "tests/bench/measure.h"

#include <QCoroTask>
#include <QCoroTimer>

#include <QCoreApplication>
#include <QTimer>

#include <chrono>
#include <coroutine>
#include <vector>

// QCoro at the work of core_bench.cpp, on Qt's event loop. It has no tasks of its own: a coroutine
// that is called starts at once. What is measured as a task here lets the loop go once and then ends,
// which is the least that has its turn from the loop.
namespace {

using QCoro::Task;

/// QCoro's own way to let the loop go once. A posted event that resumes the coroutine was tried too: it
/// takes a little less among many, and half as long again when it is alone.
Task<> yields(int n)
{
    for (int i = 0; i < n; ++i)
        co_await QCoro::sleepFor(std::chrono::milliseconds(0));
}

Task<> yield_alone()
{
    co_await yields(bench::units);
}

Task<> yield_among_many()
{
    std::vector<Task<>> tasks;
    for (int i = 0; i < bench::neighbours; ++i)
        tasks.push_back(yields(bench::units / bench::neighbours));
    for (Task<>& task : tasks)
        co_await task;
}

Task<int> child(int i)
{
    co_return i;
}

Task<> await_child()
{
    long sum = 0;
    for (int i = 0; i < bench::units; ++i)
        sum += co_await child(i);
    benchmark::DoNotOptimize(sum);
}

Task<> one_turn()
{
    co_await QCoro::sleepFor(std::chrono::milliseconds(0));
}

Task<> spawn_and_finish()
{
    for (int i = 0; i < bench::units; ++i)
        co_await one_turn();
}

Task<> gather_children()
{
    for (int i = 0; i < bench::units / bench::neighbours; ++i) {
        std::vector<Task<>> children;
        for (int k = 0; k < bench::neighbours; ++k)
            children.push_back(one_turn());
        for (Task<>& c : children)
            co_await c;
    }
}

/// Qt counts milliseconds, and takes a timer of none for a posted event, which is quicker than one
/// in its list could be; all others would have to wait.
struct AllFired {
    [[nodiscard]] bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> coroutine)
    {
        for (int k = 0; k < bench::timers_at_once; ++k)
            QTimer::singleShot(std::chrono::milliseconds(0), QCoreApplication::instance(), [this, coroutine] {
                if (--left == 0)
                    coroutine.resume();
            });
    }
    void await_resume() const noexcept {}

    int left = bench::timers_at_once;
};

Task<> timers()
{
    for (int i = 0; i < bench::units / bench::timers_at_once; ++i) {
        AllFired all_fired;
        co_await all_fired;
    }
}

template <Task<> (*program)()>
void row(benchmark::State& state)
{
    for (auto _ : state)
        QCoro::waitFor(program());
    bench::count_units(state);
}

Task<> sleeper()
{
    co_await QCoro::sleepFor(std::chrono::seconds(1000));
}

/// They never end: a coroutine of QCoro that waits cannot be destroyed, only left behind.
void memory(benchmark::State& state)
{
    for (auto _ : state) {
        const double before = bench::heap_in_use();
        for (int i = 0; i < bench::sleepers; ++i)
            sleeper();
        state.counters["bytes"] = (bench::heap_in_use() - before) / bench::sleepers;
    }
}

BENCHMARK(row<yield_alone>)->Name("yield alone");
BENCHMARK(row<yield_among_many>)->Name("yield among 100");
BENCHMARK(row<await_child>)->Name("await a child");
BENCHMARK(row<spawn_and_finish>)->Name("spawn and finish");
BENCHMARK(row<gather_children>)->Name("gather, a child");
BENCHMARK(row<timers>)->Name("timer set and fired");
BENCHMARK(memory)->Name("memory")->Iterations(1);

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
}
