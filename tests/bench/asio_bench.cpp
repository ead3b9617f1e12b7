#include "tests/bench/measure.h"

#include <utility> // Boost 1.74 uses std::exchange without it

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <exception>
#include <memory>
#include <vector>

// Boost.Asio's coroutines at the work of core_bench.cpp: awaitable<> as its documentation writes it, on
// a context that is told of its one thread, so that it may leave out what only several need.
namespace {

namespace asio = boost::asio;
using asio::awaitable;
using asio::use_awaitable;

awaitable<void> yields(int n)
{
    for (int i = 0; i < n; ++i)
        co_await asio::post(use_awaitable);
}

awaitable<void> yield_alone()
{
    co_await yields(bench::units);
}

// Asio has no gather: its own way is to count the completions of what was spawned, and to let the
// last of them resume the one who waits. Nothing else is allocated or posted for it.
template <class Start>
awaitable<void> all_of(int children, Start start)
{
    const auto executor = co_await asio::this_coro::executor;
    auto initiate = [&](auto handler) {
        auto waiter = std::make_shared<decltype(handler)>(std::move(handler));
        auto left = std::make_shared<int>(children);
        for (int i = 0; i < children; ++i)
            asio::co_spawn(executor, start(), [waiter, left](std::exception_ptr) {
                if (--*left == 0)
                    (*waiter)();
            });
    };
    co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(initiate, use_awaitable);
}

awaitable<void> yield_among_many()
{
    auto start = [] { return yields(bench::units / bench::neighbours); };
    co_await all_of(bench::neighbours, start);
}

awaitable<int> child(int i)
{
    co_return i;
}

awaitable<void> await_child()
{
    long sum = 0;
    for (int i = 0; i < bench::units; ++i)
        sum += co_await child(i);
    benchmark::DoNotOptimize(sum);
}

awaitable<void> nothing()
{
    co_return;
}

awaitable<void> spawn_and_finish()
{
    const auto executor = co_await asio::this_coro::executor;
    for (int i = 0; i < bench::units; ++i)
        co_await asio::co_spawn(executor, nothing(), use_awaitable);
}

awaitable<void> gather_children()
{
    for (int i = 0; i < bench::units / bench::neighbours; ++i)
        co_await all_of(bench::neighbours, nothing);
}

// The delays are so short that all have passed when the loop looks.
awaitable<void> timers()
{
    const auto executor = co_await asio::this_coro::executor;
    for (int i = 0; i < bench::units / bench::timers_at_once; ++i) {
        auto initiate = [&](auto handler) {
            struct Round {
                explicit Round(decltype(handler) h) : waiter(std::move(h)) {}
                decltype(handler) waiter;
                std::vector<asio::steady_timer> timers;
                int left = bench::timers_at_once;
            };
            auto round = std::make_shared<Round>(std::move(handler));
            round->timers.reserve(bench::timers_at_once);
            for (int k = 0; k < bench::timers_at_once; ++k) {
                round->timers.emplace_back(executor, std::chrono::nanoseconds(bench::place_of_timer(k)));
                round->timers.back().async_wait([round](boost::system::error_code) {
                    if (--round->left == 0)
                        round->waiter();
                });
            }
        };
        co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(initiate, use_awaitable);
    }
}

template <awaitable<void> (*program)()>
void row(benchmark::State& state)
{
    for (auto _ : state) {
        asio::io_context context(1);
        asio::co_spawn(context, program(), asio::detached);
        context.run();
    }
    bench::count_units(state);
}

awaitable<void> sleeper()
{
    asio::steady_timer timer(co_await asio::this_coro::executor, std::chrono::seconds(1000));
    co_await timer.async_wait(use_awaitable);
}

void memory(benchmark::State& state)
{
    for (auto _ : state) {
        asio::io_context context(1);
        const double before = bench::heap_in_use();
        for (int i = 0; i < bench::sleepers; ++i)
            asio::co_spawn(context, sleeper(), asio::detached);
        context.poll();
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
