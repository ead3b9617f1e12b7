#pragma once

#include "core/trace/spans.h"

#include <optional>
#include <string>
#include <vector>

namespace loopscope {

/// How long a task lived in one run, from its creation to its end.
struct TaskLife {
    TaskId task;
    Duration takes{0};
    LaneEnd::Kind end = LaneEnd::Kind::Open; ///< Open: up to the end of the record

    friend bool operator==(const TaskLife&, const TaskLife&) = default;
};

/// One task in both runs, matched by its name.
struct TaskDifference {
    std::string name;
    std::optional<TaskLife> a; ///< nothing when only the other run has it
    std::optional<TaskLife> b;

    /// B's time less A's; nothing when one of them is missing.
    [[nodiscard]] std::optional<Duration> change() const;
};

/// The tasks of both runs, those of A first and in its order, then those that only B has. Requires
/// spans of these traces.
[[nodiscard]] std::vector<TaskDifference> task_differences(const Trace& a, const RunSpans& spans_a, const Trace& b,
                                                           const RunSpans& spans_b);

} // namespace loopscope
