#include "core/timeline/stretch.h"

#include "core/timeline/layout.h"

#include <algorithm>
#include <cmath>

namespace loopscope {
namespace {

RunPosition after(const Trace& trace, std::size_t fact, TimePoint when)
{
    return {when, static_cast<double>(std::min(fact + 1, trace.size()))};
}

/// The position between facts, with a fraction, that an axis draws at x.
double step_at_x(const StepAxis& axis, double x)
{
    const std::vector<StepAxis::Stop>& stops = axis.stops();
    if (stops.empty())
        return 0;
    const auto next = std::upper_bound(stops.begin(), stops.end(), x,
                                       [](double px, const StepAxis::Stop& stop) { return px < stop.x; });
    if (next == stops.begin())
        return static_cast<double>(stops.front().step);
    const StepAxis::Stop& last = *std::prev(next);
    if (next == stops.end())
        return static_cast<double>(last.step);
    const double part = (x - last.x) / (next->x - last.x);
    return static_cast<double>(last.step) + part * static_cast<double>(next->step - last.step);
}

} // namespace

Stretch stretch_between(RunPosition a, RunPosition b)
{
    return a.step <= b.step ? Stretch{a, b} : Stretch{b, a};
}

Stretch stretch_of(const Span& span, const Trace& trace)
{
    return {after(trace, span.begin, span.from), after(trace, span.end, span.to)};
}

StretchNumbers measure(const Trace& trace, const RunSpans& spans, const Stretch& stretch)
{
    StretchNumbers numbers;
    numbers.length = stretch.to.when - stretch.from.when;
    const auto first = static_cast<std::size_t>(std::max(0.0, std::floor(stretch.from.step + 1e-9)));
    const auto last = std::min(static_cast<std::size_t>(std::max(0.0, stretch.to.step + 1e-9)), trace.size());
    numbers.events = last > first ? last - first : 0;
    for (std::size_t i = first; i < last; ++i)
        if (std::holds_alternative<TaskStepped>(trace[i].fact))
            ++numbers.switches;
    for (const Span& turn : spans.loop) {
        if (turn.from >= stretch.to.when)
            break;
        if (turn.kind != SpanKind::Selecting && turn.to > stretch.from.when)
            numbers.busy += std::min(turn.to, stretch.to.when) - std::max(turn.from, stretch.from.when);
    }
    return numbers;
}

RunPosition position_at_x(const Trace& trace, const StepAxis& axis, double x)
{
    const double step = std::min(step_at_x(axis, x), static_cast<double>(trace.size()));
    const auto facts = static_cast<std::size_t>(step);
    RunPosition here = position_of(trace, facts);
    if (facts < trace.size()) {
        const Duration gap = trace.when(facts) - here.when;
        here.when = here.when + seconds(to_seconds(gap) * (step - static_cast<double>(facts)));
    }
    here.step = step;
    return here;
}

} // namespace loopscope
