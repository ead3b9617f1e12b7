#pragma once

#include <benchmark/benchmark.h>

#include <malloc.h>

#include <cstddef>

// What the measured programs have in common: how much of the same work each of them does. A row's
// time is that of one unit of its work; a program does many units, so that starting it counts little.
namespace bench {

inline constexpr int units = 100'000;       ///< of a row, in one run of its program
inline constexpr int neighbours = 100;      ///< tasks that take turns, children of one gather
inline constexpr int timers_at_once = 1000; ///< in the heap
inline constexpr int sleepers = 20'000;     ///< tasks that sleep while their memory is counted

/// Where each of `timers_at_once` timers stands among them: all different, in no order.
constexpr int place_of_timer(int i)
{
    return i * 387 % timers_at_once;
}

/// Says that the program did `units` units each time. The table wants the time of the processor:
/// nothing here waits for anything, and what else the machine does is not ours to count.
inline void count_units(benchmark::State& state)
{
    state.SetItemsProcessed(state.iterations() * units);
}

/// Bytes that the heap has given out.
inline double heap_in_use()
{
    const auto heap = mallinfo2();
    return static_cast<double>(heap.uordblks + heap.hblkhd);
}

} // namespace bench
