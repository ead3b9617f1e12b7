#include "core/timeline/time_scale.h"

#include <algorithm>

namespace loopscope {
namespace {

// One fact, or one microsecond, may become this wide and no wider: beyond it there is nothing to see.
constexpr double widest_unit = 240;

} // namespace

TimeScale::TimeScale(TimePoint end, std::size_t steps, double width, double blend)
    : end_(end)
    , steps_(std::max<std::size_t>(steps, 1))
    , width_(std::max(width, 1.0))
    , blend_(std::clamp(blend, 0.0, 1.0))
{
}

double TimeScale::u(RunPosition p) const
{
    const double step = p.step / static_cast<double>(steps_);
    if (end_.since_start <= Duration::zero())
        return step; // no time passes in this run, so it has no other length
    const double time = to_seconds(p.when) / to_seconds(end_);
    return (1 - blend_) * time + blend_ * step;
}

double TimeScale::x_of_u(double u) const { return (u - low_) / (high_ - low_) * width_; }
double TimeScale::u_at(double x) const { return low_ + x / width_ * (high_ - low_); }
double TimeScale::x(RunPosition p) const { return x_of_u(u(p)); }

TimeScale TimeScale::showing(double u_low, double u_high) const
{
    const double one_step = 1.0 / static_cast<double>(steps_);
    const double unit = end_.since_start <= Duration::zero()
        ? one_step
        : std::max((1 - blend_) / static_cast<double>(end_.since_start.count()), blend_ * one_step);
    const double least = std::min(1.0, unit * width_ / widest_unit);
    const double span = std::clamp(u_high - u_low, least, 1.0);
    // A span that is too short grows around its middle, one that sticks out is moved inside.
    const double low = std::clamp((u_low + u_high - span) / 2, 0.0, 1.0 - span);
    TimeScale shown = *this;
    shown.low_ = low;
    shown.high_ = low + span;
    return shown;
}

TimeScale TimeScale::zoomed(double factor, double anchor_x) const
{
    const double anchor = u_at(anchor_x);
    const TimeScale sized = showing(anchor - (anchor - low_) / factor, anchor + (high_ - anchor) / factor);
    // The least span may have been met, so the anchor is placed anew with the span there is.
    const double span = sized.high_ - sized.low_;
    const double low = anchor - anchor_x / width_ * span;
    return showing(low, low + span);
}

TimeScale TimeScale::panned(double pixels) const
{
    const double by = pixels / width_ * (high_ - low_);
    return showing(low_ + by, high_ + by);
}

TimeScale TimeScale::with_width(double width) const
{
    TimeScale changed = *this;
    changed.width_ = std::max(width, 1.0);
    return changed;
}

TimeScale TimeScale::with_blend(double blend) const
{
    TimeScale changed(end_, steps_, width_, blend);
    changed.low_ = low_;
    changed.high_ = high_;
    return changed;
}

} // namespace loopscope
