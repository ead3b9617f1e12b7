#pragma once

#include "core/trace/spans.h"

#include <string>

namespace loopscope {

/// How many waits for the world outside go on at once in a run, in a sentence: whether they overlap is
/// what most comparisons are about. Empty where fewer than two things are waited for.
[[nodiscard]] std::string overlap_note(const Trace& trace, const RunSpans& spans);

} // namespace loopscope
