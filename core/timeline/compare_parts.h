#pragma once

#include "core/timeline/scene.h"
#include "core/trace/spans.h"
#include "core/trace/trace.h"

#include <vector>

// Who of one run has the part of whom in another.

namespace loopscope::detail {

/// For each task of the second run, by id - 1, the one of the first that has its part there: that of
/// the same name; else, where a row of tasks has another name and as many members ("save-1" and
/// "save_or_skip-1"), that of the same place in the row.
[[nodiscard]] std::vector<TaskId> parts_of(const Trace& a, const Trace& b);

/// The second run's spans, its tasks in the order that their parts have in the first.
[[nodiscard]] RunSpans in_order_of(const RunSpans& spans_a, const std::vector<TaskId>& parts, RunSpans spans_b);

/// Gives tasks, and requests, of the second run the colours that their part has in the first.
void match_colors(const Trace& a, const Trace& b, const std::vector<TaskId>& parts, TimelineScene& scene);

} // namespace loopscope::detail
