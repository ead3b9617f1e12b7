#pragma once

#include "core/asyncio.h"
#include "core/trace/snapshot.h"

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace loopscope::samples {

/// The trace of a story that runs to its end, its leftovers cancelled as asyncio.run() does it.
/// What the story throws, and a deadlock, are part of the record and go no further.
std::shared_ptr<const Trace> trace_of(Coro<void> (*story)(EventLoop&));

/// Three pages at once: the lesson's program, with latencies of 1.0, 2.0 and 0.5 s.
Coro<void> three_pages(EventLoop& loop);

/// A program made of sleeps, turns, computing, tasks, gathers, timers and cancellations, chosen by
/// a dice: the same seed gives the same run.
std::shared_ptr<const Trace> random_run(std::uint32_t seed);

/// Indexes of all facts of one kind, in order.
template <class F>
std::vector<std::size_t> all(const Trace& trace)
{
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < trace.size(); ++i)
        if (std::holds_alternative<F>(trace[i].fact))
            found.push_back(i);
    return found;
}

/// The state after `step` facts, folded from the start.
Snapshot plain_fold(const Trace& trace, std::size_t step);

/// The states of all tasks in one word each: "Task-1 waiting, t ready".
std::string states_of(const Trace& trace, const Snapshot& state);

} // namespace loopscope::samples
