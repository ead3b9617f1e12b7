#include "core/timeline/scene.h"

#include <algorithm>
#include <cmath>

namespace loopscope {

double StepAxis::x(double step) const
{
    if (stops_.empty())
        return 0;
    const auto after = std::upper_bound(stops_.begin(), stops_.end(), step, [](double s, const Stop& stop) {
        return s < static_cast<double>(stop.step);
    });
    if (after == stops_.begin())
        return stops_.front().x;
    const Stop& a = *std::prev(after);
    if (after == stops_.end())
        return a.x;
    const double part = (step - static_cast<double>(a.step)) / static_cast<double>(after->step - a.step);
    return a.x + part * (after->x - a.x);
}

std::size_t StepAxis::step_at(double x) const
{
    if (stops_.empty())
        return 0;
    const auto after = std::upper_bound(stops_.begin(), stops_.end(), x,
                                        [](double px, const Stop& stop) { return px < stop.x; });
    if (after == stops_.begin())
        return stops_.front().step;
    const Stop& a = *std::prev(after);
    if (after == stops_.end())
        return a.step;
    const double part = (x - a.x) / (after->x - a.x);
    // Rounding must not lose the step that lies exactly at x.
    return a.step + static_cast<std::size_t>(part * static_cast<double>(after->step - a.step) + 1e-9);
}

const Bar* TimelineScene::bar_at(double x, double y) const
{
    const auto hit = std::find_if(bars.rbegin(), bars.rend(), [&](const Bar& bar) { return bar.box.contains(x, y); });
    return hit == bars.rend() ? nullptr : &*hit;
}

const Mark* TimelineScene::mark_at(double x, double y) const
{
    // A little more than the mark itself, for fingers.
    const auto hit = std::find_if(marks.rbegin(), marks.rend(), [&](const Mark& mark) {
        return std::hypot(mark.x - x, mark.y - y) <= mark.radius + 2;
    });
    return hit == marks.rend() ? nullptr : &*hit;
}

const LaneRow* TimelineScene::lane_at(double y) const
{
    const auto hit = std::find_if(lanes.begin(), lanes.end(), [&](const LaneRow& lane) {
        return y >= lane.box.y && y < lane.box.bottom();
    });
    return hit == lanes.end() ? nullptr : &*hit;
}

} // namespace loopscope
