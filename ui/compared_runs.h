#pragma once

#include "core/lesson/comparison.h"
#include "core/lesson/task_differences.h"

#include <cstddef>
#include <memory>
#include <vector>

namespace loopscope::ui {

struct RunData;

/// The moments at which something happens in either run, in order.
[[nodiscard]] std::vector<TimePoint> momentsOf(const Trace& a, const Trace& b);

/// One side of a comparison: a variant with the values of now, or the run that was kept.
struct CompareSide {
    std::size_t variant = 0;
    bool before = false; ///< the run that was kept as "before"; `variant` is then that run's

    friend bool operator==(const CompareSide&, const CompareSide&) = default;
};

/// A run that was kept to be compared with what comes of a change.
struct KeptRun {
    std::size_t variant = 0;
    std::shared_ptr<const RunData> run;
    std::size_t reached = 0; ///< how much of it had been seen by then, in facts
};

/// Two runs of one lesson on one axis of time.
struct ComparedRuns {
    ComparedRuns(std::shared_ptr<const RunData> first, std::shared_ptr<const RunData> second,
                 const RunNames& names);

    std::shared_ptr<const RunData> a;
    std::shared_ptr<const RunData> b;
    Comparison numbers;
    std::vector<TaskDifference> tasks;
    std::vector<TimePoint> moments; ///< see momentsOf()
};

} // namespace loopscope::ui
