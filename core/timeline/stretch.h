#pragma once

#include "core/timeline/scene.h"
#include "core/timeline/time_scale.h"
#include "core/trace/spans.h"
#include "core/trace/trace.h"

#include <cstddef>

namespace loopscope {

/// A part of a run that was marked by hand. `from` does not lie behind `to`.
struct Stretch {
    RunPosition from;
    RunPosition to;

    friend bool operator==(const Stretch& a, const Stretch& b)
    {
        return a.from.when == b.from.when && a.from.step == b.from.step && a.to.when == b.to.when
            && a.to.step == b.to.step;
    }
};

/// What is between its two ends.
struct StretchNumbers {
    Duration length{0};
    std::size_t events = 0;
    std::size_t switches = 0;   ///< steps of tasks that begin in it
    Duration busy{0};           ///< of its length, somebody held the thread
};

/// The stretch between two positions, whichever comes first.
[[nodiscard]] Stretch stretch_between(RunPosition a, RunPosition b);

/// What a bar covers.
[[nodiscard]] Stretch stretch_of(const Span& span, const Trace& trace);

/// Requires `spans` of this trace.
[[nodiscard]] StretchNumbers measure(const Trace& trace, const RunSpans& spans, const Stretch& stretch);

/// The position drawn at an x of an axis: between two facts, time passes evenly.
[[nodiscard]] RunPosition position_at_x(const Trace& trace, const StepAxis& axis, double x);

} // namespace loopscope
