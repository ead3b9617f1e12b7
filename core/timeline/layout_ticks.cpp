#include "core/timeline/labels.h"
#include "core/timeline/layout_parts.h"
#include "core/timeline/ticks.h"

#include <algorithm>
#include <cmath>

namespace loopscope::detail {
namespace {

constexpr double mostly_steps = 0.95; ///< from this blend on time has no length to speak of
constexpr std::size_t most_ticks = 400;

/// The first fact that does not come before `when`; size() when there is none.
std::size_t first_at(const Trace& trace, TimePoint when)
{
    std::size_t low = 0;
    std::size_t high = trace.size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (trace.when(middle) < when)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/// Where the scale has a moment: between the facts around it in proportion to time, and at the
/// first of those that share it.
double x_of_time(const Draft& draft, TimePoint when)
{
    if (draft.scale.blend() == 0)
        return draft.left + draft.scale.x({when, 0});
    const std::size_t next = first_at(draft.trace, when);
    const RunPosition before = position_of(draft.trace, next);
    if (next == draft.trace.size() || before.when >= when)
        return draft.left + draft.scale.x(before);
    const RunPosition after = position_of(draft.trace, next + 1);
    const double part = to_seconds(when - before.when) / to_seconds(after.when - before.when);
    const double x0 = draft.scale.x(before);
    return draft.left + x0 + part * (draft.scale.x(after) - x0);
}

void add_tick(Draft& draft, double x, std::string text)
{
    const double half = static_cast<double>(char_count(text)) * draft.metrics.char_width / 2;
    std::vector<Tick>& ticks = draft.scene.ticks;
    if (x < draft.left - 0.5 || x > draft.left + draft.scale.width() + 0.5)
        return;
    if (!ticks.empty()) {
        const Tick& last = ticks.back();
        const double taken = last.x + static_cast<double>(char_count(last.text)) * draft.metrics.char_width / 2;
        if (x - half < taken + 8)
            return;
    }
    ticks.push_back({x, std::move(text), true});
}

void add_step_ticks(Draft& draft, double least)
{
    const TimeScale& scale = draft.scale;
    // A run in which no time passes has no other length than its steps, see TimeScale.
    const double weight = scale.end() == TimePoint{} ? 1 : scale.blend();
    const double pixels_per_step =
        weight / static_cast<double>(scale.steps()) / (scale.high() - scale.low()) * scale.width();
    const auto step = static_cast<std::size_t>(std::max(1.0, nice_step(least / pixels_per_step)));
    std::size_t at = draft.scene.axis.step_at(draft.left - 1) / step * step;
    for (; at <= draft.trace.size() && draft.scene.ticks.size() < most_ticks; at += step)
        add_tick(draft, draft.left + scale.x(position_of(draft.trace, at)), "#" + std::to_string(at));
}

void add_time_ticks(Draft& draft, double least)
{
    const TimeScale& scale = draft.scale;
    const double seconds_per_pixel =
        to_seconds(scale.end()) * (scale.high() - scale.low()) / ((1 - scale.blend()) * scale.width());
    const Duration step = nice_step(seconds(least * seconds_per_pixel));

    TimePoint from;
    if (scale.blend() == 0) {
        from = TimePoint{seconds(std::max(0.0, scale.low()) * to_seconds(scale.end()))};
    } else if (const std::size_t first = draft.scene.axis.step_at(draft.left - 1); first > 0) {
        from = draft.trace.when(first - 1);
    }
    TimePoint at{from.since_start / step * step};
    for (std::size_t made = 0; at <= scale.end() && made < most_ticks; at = at + step, ++made)
        add_tick(draft, x_of_time(draft, at), tick_label(at, step));
}

} // namespace

void add_ticks(Draft& draft)
{
    const double least = draft.metrics.tick_chars * draft.metrics.char_width;
    if (draft.trace.empty())
        return;
    if (draft.scale.blend() > mostly_steps || draft.scale.end() == TimePoint{})
        add_step_ticks(draft, least);
    else
        add_time_ticks(draft, least);
}

} // namespace loopscope::detail
