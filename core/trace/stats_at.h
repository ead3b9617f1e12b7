#pragma once

#include "core/trace/stats.h"

#include <cstddef>

namespace loopscope {

/// The numbers of a run for its first `step` facts: what a person who stands there has seen, and no
/// more. What is under way counts as far as it has come. Requires `spans` of this trace and
/// step <= trace.size().
[[nodiscard]] RunStats stats_at(const Trace& trace, const RunSpans& spans, std::size_t step);

} // namespace loopscope
