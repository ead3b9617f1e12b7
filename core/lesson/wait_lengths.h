#pragma once

#include "core/lesson/run.h"
#include "core/trace/spans.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace loopscope {

/// A stretch of a run whose length a parameter gives.
struct GivenWait {
    SpanKind kind = SpanKind::Waiting;
    std::size_t begin = 0; ///< as its Span has it: index of the fact that opened it
    std::size_t end = 0;
    TaskId task = {};      ///< whose lane it lies on; none for a request
    ChannelId channel = {};
    const Parameter* parameter = nullptr;
    double length = 0;   ///< seconds
    double per_unit = 1; ///< seconds by which it grows when the parameter grows by one

    /// The value that comes nearest to giving it this length, within the parameter's range and on its
    /// steps.
    [[nodiscard]] double value_for(double seconds, double value_now) const;
};

/// The sleeps, answers and pieces of work of a run whose length follows one parameter, found out by
/// running it with each parameter a step smaller and a step larger: what then changes in proportion,
/// and by that parameter alone, is given by it. Requires a run of this lesson, which outlives the
/// result; makes two runs for each parameter that counts.
[[nodiscard]] std::vector<GivenWait> given_waits(const Lesson& lesson, const Run& run);

} // namespace loopscope
