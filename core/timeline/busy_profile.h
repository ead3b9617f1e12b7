#pragma once

#include "core/timeline/time_scale.h"
#include "core/trace/spans.h"

#include <cstddef>
#include <vector>

namespace loopscope {

/// How much of each of `columns` equal parts of the axis somebody held the thread, 0 to 1. `whole` is
/// the axis of the run; its zoom does not matter. Requires columns > 0.
[[nodiscard]] std::vector<double> busy_profile(const RunSpans& spans, const TimeScale& whole, std::size_t columns);

} // namespace loopscope
