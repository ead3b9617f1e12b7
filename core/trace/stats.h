#pragma once

#include "core/trace/spans.h"

#include <cstddef>
#include <vector>

namespace loopscope {

struct TaskStats {
    TaskId task = {};
    Duration busy{0};    ///< held the thread
    Duration ready{0};   ///< waited for its turn
    Duration waiting{0}; ///< suspended
    std::size_t steps = 0;
};

/// A run in numbers.
struct RunStats {
    Duration makespan{0};   ///< first fact to last fact
    Duration total{0};      ///< until main ended; the makespan when it never did
    Duration busy{0};       ///< somebody held the thread
    Duration computing{0};  ///< … and used it
    Duration idle{0};       ///< the loop slept in the selector
    Duration waiting{0};    ///< sum over all tasks
    Duration largest_gap{0};///< longest time for which nobody else could run
    std::size_t switches = 0;   ///< steps of tasks
    std::size_t iterations = 0;
    std::size_t tasks = 0;
    std::size_t timers = 0;
    std::size_t peak_in_flight = 0;
    std::vector<TaskStats> per_task;
};

/// How many of these go on together at most. One that begins where another ends does not meet it.
[[nodiscard]] std::size_t most_at_once(const std::vector<Span>& spans);

/// Requires `spans` of this trace.
[[nodiscard]] RunStats stats_of(const Trace& trace, const RunSpans& spans);

} // namespace loopscope
