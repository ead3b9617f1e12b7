#pragma once

#include "core/timeline/scene.h"
#include "core/timeline/time_scale.h"
#include "core/trace/trace.h"

#include <cstddef>
#include <vector>

namespace loopscope {

/// One axis for two runs: every moment begins and ends at the same x in both, so that one playhead
/// serves both and equal waits are equally long. Where blocks that take no time need room in one
/// run, the other run leaves the same room free. What two runs do alike is drawn alike.
struct SharedAxis {
    /// Where a moment of either run is drawn: from its first block to behind its last one.
    struct Moment {
        TimePoint when;
        double start = 0;
        double end = 0;
    };

    std::vector<Moment> moments; ///< of both runs, in order
    StepAxis a, b;

    /// The x behind all that happens at a moment; between two moments time passes evenly.
    [[nodiscard]] double x(TimePoint when) const;
    /// The x before anything has happened.
    [[nodiscard]] double begin() const { return moments.empty() ? 0 : moments.front().start; }
    /// How many of the moments lie left of an x, or nearest to it: 0 is before the first one.
    [[nodiscard]] std::size_t moments_until(double x) const;
};

/// Brings the axes of two runs together. Requires axes that step_axis() made for this scale, whose
/// blend is 0. Nothing moves left of its moment, nor further right of it than `max_shift`.
[[nodiscard]] SharedAxis shared_axis(const Trace& a, const StepAxis& axis_a, const Trace& b, const StepAxis& axis_b,
                                     const TimeScale& scale, double max_shift);

} // namespace loopscope
