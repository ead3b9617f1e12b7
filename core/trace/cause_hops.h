#pragma once

#include "core/trace/spans.h"

#include <cstddef>
#include <optional>

namespace loopscope {

/// Where following a cause leads.
struct CauseHop {
    std::size_t step = 0; ///< facts that have happened there: the one it is about is the last of them
    TaskId task;          ///< on whose lane

    friend bool operator==(const CauseHop&, const CauseHop&) = default;
};

/// From what has happened after `step` facts back to why: to the fact by which the task became ready
/// the last time; without a task, to what woke anybody. A chain of hops ends where nothing is known.
[[nodiscard]] std::optional<CauseHop> hop_back(const RunSpans& spans, std::size_t step, TaskId task);

/// On to what the last fact led to; where it led to nothing, to the next thing that the task caused or
/// that made it ready. Of several, the one that came first.
[[nodiscard]] std::optional<CauseHop> hop_on(const RunSpans& spans, std::size_t step, TaskId task);

/// The next position at which something of the task's lane begins or ends, or of the loop's lane when
/// there is no task; nothing behind its end.
[[nodiscard]] std::optional<std::size_t> next_on_lane(const RunSpans& spans, TaskId task, std::size_t step);
[[nodiscard]] std::optional<std::size_t> previous_on_lane(const RunSpans& spans, TaskId task, std::size_t step);

} // namespace loopscope
