#include "core/timeline/shared_axis.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace loopscope {
namespace {

/// A moment of one run, on that run's own axis.
struct Own {
    TimePoint when;
    std::size_t last = 0; ///< how many facts have happened behind it
    double x = 0;
    double length = 0;
    double start = 0;     ///< where the shared axis puts it …
    double factor = 1;    ///< … and what becomes of its length there
};

std::vector<Own> moments_of(const Trace& trace, const StepAxis& axis)
{
    std::vector<Own> moments;
    for (std::size_t i = 0; i < trace.size(); i = trace.end_of_moment(i)) {
        const std::size_t last = trace.end_of_moment(i);
        const double x = axis.x(static_cast<double>(i == 0 ? 0 : i + 1));
        moments.push_back({.when = trace.when(i), .last = last, .x = x, .length = axis.x(static_cast<double>(last)) - x});
    }
    return moments;
}

StepAxis moved(const StepAxis& axis, const std::vector<Own>& moments)
{
    std::vector<StepAxis::Stop> stops;
    std::size_t at = 0;
    double reached = -std::numeric_limits<double>::infinity();
    for (const StepAxis::Stop& stop : axis.stops()) {
        while (at + 1 < moments.size() && moments[at].last < stop.step)
            ++at;
        double x = stop.x;
        if (at < moments.size())
            x = moments[at].start + std::max(0.0, stop.x - moments[at].x) * moments[at].factor;
        reached = std::max(reached, x);
        stops.push_back({stop.step, reached});
    }
    return StepAxis(std::move(stops));
}

} // namespace

SharedAxis shared_axis(const Trace& a, const StepAxis& axis_a, const Trace& b, const StepAxis& axis_b,
                       const TimeScale& scale, double max_shift)
{
    std::vector<Own> of_a = moments_of(a, axis_a);
    std::vector<Own> of_b = moments_of(b, axis_b);
    const bool time_passes = scale.end().since_start > Duration::zero();

    SharedAxis shared;
    double reached = -std::numeric_limits<double>::infinity();
    for (auto in_a = of_a.begin(), in_b = of_b.begin(); in_a != of_a.end() || in_b != of_b.end();) {
        const bool has_a = in_a != of_a.end() && (in_b == of_b.end() || in_a->when <= in_b->when);
        const bool has_b = in_b != of_b.end() && (in_a == of_a.end() || in_b->when <= in_a->when);
        const TimePoint when = has_a ? in_a->when : in_b->when;
        const double x = scale.x({when, 0});
        // What is far out of view has no exact place, and needs none.
        const bool in_view = x > -2 * max_shift - 1 && x < scale.width() + 2 * max_shift + 1;
        const double length = in_view || !time_passes
            ? std::max({0.0, has_a ? in_a->length : 0.0, has_b ? in_b->length : 0.0})
            : 0.0;
        const double start = std::max(x, reached);
        const double end = time_passes ? std::clamp(start + length, start, std::max(start, x + max_shift)) : start + length;
        reached = end;
        for (Own* own : {has_a ? &*in_a : nullptr, has_b ? &*in_b : nullptr}) {
            if (!own)
                continue;
            own->start = start;
            own->factor = length > 0 ? (end - start) / length : 0;
        }
        shared.moments.push_back({when, start, end});
        if (has_a)
            ++in_a;
        if (has_b)
            ++in_b;
    }
    shared.a = moved(axis_a, of_a);
    shared.b = moved(axis_b, of_b);
    return shared;
}

double SharedAxis::x(TimePoint when) const
{
    const auto after = std::upper_bound(moments.begin(), moments.end(), when,
                                        [](TimePoint t, const Moment& moment) { return t < moment.when; });
    if (after == moments.begin())
        return begin();
    const Moment& before = *std::prev(after);
    if (after == moments.end() || before.when == when)
        return before.end;
    const double part = to_seconds(when - before.when) / to_seconds(after->when - before.when);
    return before.end + part * (after->start - before.end);
}

std::size_t SharedAxis::moments_until(double x) const
{
    if (moments.empty() || x < moments.front().start)
        return 0;
    std::size_t best = 0;
    double nearest = std::abs(begin() - x);
    for (std::size_t i = 0; i < moments.size(); ++i) {
        const Moment& moment = moments[i];
        const double away = x < moment.start ? moment.start - x : x > moment.end ? x - moment.end : 0;
        if (away <= nearest) {
            nearest = away;
            best = i + 1;
        }
    }
    return best;
}

} // namespace loopscope
