#pragma once

#include "core/base/clock.h"
#include "core/trace/trace.h"

#include <cstddef>

namespace loopscope {

/// Where in a run something lies: a moment, and how many facts came before it. Callbacks take no
/// virtual time, so the moment alone would put all that happens at one instant on one pixel; and
/// counting facts alone would give waiting no length.
struct RunPosition {
    TimePoint when;
    double step = 0; ///< facts before it; fractions lie between two facts
};

/// Run position ↔ x, in pixels. Immutable; zoomed() and panned() give a new one.
///
/// The axis is a blend: x = time · a + position · b. `blend` goes from 0 (time only) to 1 (steps
/// only). Requires for all members: a span of the run [0, end] that is not empty, width > 0.
class TimeScale {
public:
    TimeScale() = default;

    /// Shows all of a run of `end` seconds and `steps` facts on `width` pixels.
    TimeScale(TimePoint end, std::size_t steps, double width, double blend);

    [[nodiscard]] double x(RunPosition p) const;

    /// The axis coordinate u in [0, 1] over the whole run, before zoom: what x() is linear in.
    [[nodiscard]] double u(RunPosition p) const;
    [[nodiscard]] double u_at(double x) const;
    [[nodiscard]] double x_of_u(double u) const;

    /// `factor` > 1 shows less of the run; what lies at `anchor_x` stays where it is. Clamped to
    /// the run on one side and to a readable minimum on the other.
    [[nodiscard]] TimeScale zoomed(double factor, double anchor_x) const;
    [[nodiscard]] TimeScale panned(double pixels) const;
    [[nodiscard]] TimeScale with_width(double width) const;
    [[nodiscard]] TimeScale with_blend(double blend) const;
    /// Shows exactly [u_low, u_high].
    [[nodiscard]] TimeScale showing(double u_low, double u_high) const;

    [[nodiscard]] double width() const { return width_; }
    [[nodiscard]] double blend() const { return blend_; }
    [[nodiscard]] double low() const { return low_; }   ///< u at the left edge
    [[nodiscard]] double high() const { return high_; } ///< u at the right edge
    [[nodiscard]] TimePoint end() const { return end_; }
    [[nodiscard]] std::size_t steps() const { return steps_; }

    friend bool operator==(const TimeScale&, const TimeScale&) = default;

private:
    TimePoint end_{Duration{1}};
    std::size_t steps_ = 1;
    double width_ = 1;
    double blend_ = 0;
    double low_ = 0;
    double high_ = 1;
};

} // namespace loopscope
