#include "core/timeline/labels.h"
#include "core/timeline/layout_parts.h"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace loopscope {
namespace {

constexpr double last_block = 18;  ///< pixels for a turn in a run's last moment …
constexpr double last_blocks = 0.11; ///< … and of the picture's width for all of them
constexpr double most_room = 0.25; ///< of the picture's width, right of the axis
constexpr std::size_t longest = 26; ///< letters for which room is kept; longer texts go to the left, or are cut
constexpr std::string_view left_behind = "left behind";
constexpr double near_the_end = 0.75; ///< of the axis: what is printed before has room at its right

/// The letters that a fact leaves to be read right of it, and how far from it they begin.
struct Words {
    std::size_t letters = 0;
    double gap = 0;
};

Words words_of(const TraceEvent& event, const LayoutMetrics& m)
{
    if (const auto* noted = std::get_if<Noted>(&event.fact); noted && m.notes)
        return {std::min(detail::char_count(noted->text), longest), 7};
    if (const auto* failed = std::get_if<TaskFailed>(&event.fact); failed && m.notes)
        return {std::min(detail::char_count(failed->type), longest), 2 * m.mark_radius + 7};
    return {};
}

/// How far what belongs to the last moments reaches right of what is free in the picture.
double overflow(const Trace& trace, const RunSpans& spans, const StepAxis& axis, const LayoutMetrics& m, double axis_length, double width)
{
    const double free = width - m.word_margin - m.label_width;
    const double end = axis.x(static_cast<double>(trace.size()));
    double reach = end + 2 * m.mark_radius + 4;
    for (std::size_t step = trace.size(); step-- > 0;) {
        const double x = axis.x(static_cast<double>(step + 1));
        if (x < near_the_end * axis_length)
            break;
        if (!detail::has_note_line(m))
            continue;
        if (const Words words = words_of(trace[step], m); words.letters > 0)
            reach = std::max(reach, x + words.gap + static_cast<double>(words.letters) * m.char_width + 2);
    }
    // Values that are there for a moment only are written behind the end of their line.
    for (const ValueLine& line : spans.shared.values) {
        if (line.steps.size() < 2)
            continue;
        const std::size_t letters = detail::char_count(line.steps.back().text) + 3 + detail::char_count((line.steps.end() - 2)->text);
        const double length = static_cast<double>(std::min(letters, longest)) * m.char_width + 10;
        if (axis.x(static_cast<double>(line.steps.back().step + 1)) > end - length)
            reach = std::max(reach, end + 4 + length + 2);
    }
    const bool closed = std::any_of(spans.shared.phases.begin(), spans.shared.phases.end(),
                                    [](const PhaseStep& phase) { return phase.phase == LoopPhase::Closed; });
    const bool leaves = closed && m.notes && detail::has_note_line(m)
        && std::any_of(spans.tasks.begin(), spans.tasks.end(), [](const TaskLane& lane) { return lane.end.kind == LaneEnd::Kind::Open; });
    if (leaves)
        reach = std::max(reach, end + 2 * m.mark_radius + 9 + static_cast<double>(detail::char_count(left_behind)) * m.char_width);
    return reach - free;
}

} // namespace

double picture_margin(double width) { return std::clamp(width / 37.5, 12.0, 32.0); }

LayoutMetrics picture_metrics(double lane, double width, double char_width)
{
    LayoutMetrics m;
    const double margin = picture_margin(width);
    m.char_width = char_width;
    m.label_inset = margin;
    m.label_width = std::min(margin + 126, width * 0.32);
    m.right_margin = std::max(m.right_margin + 14, margin);
    m.lane_height = lane;
    m.bar_height = std::round(std::clamp(lane * 0.54, 8.0, 40.0));
    m.pill_height = std::min(m.pill_height, lane - 3);
    m.mark_radius = std::clamp(lane * 0.15, 4.0, 8.0);
    m.channel_gap = std::clamp(lane * 0.12, 2.0, 6.0);
    m.channel_height = std::clamp(lane * 0.12, 3.0, 7.0);
    m.word_margin = margin / 2;
    m.tick_chars = 14;
    m.passes = true;
    return m;
}

LayoutMetrics with_room(LayoutMetrics metrics, const RunSpans& spans, double width)
{
    constexpr double part = 0.3; // of what the axis would have
    if (spans.shared.stuck && metrics.frames)
        metrics.right_margin = std::max(metrics.right_margin, part * axis_width(width, metrics));
    return metrics;
}

LayoutMetrics with_last_words(LayoutMetrics metrics, const Trace& trace, const RunSpans& spans, double width, double blend)
{
    if (trace.empty() || spans.shared.stuck)
        return metrics;
    metrics.last_block_width = std::max(metrics.block_width, last_block);
    metrics.last_shift = std::max(metrics.max_shift, last_blocks * width);
    const double most = std::max(metrics.right_margin, most_room * width);
    for (int round = 0; round < 3; ++round) { // a narrower axis moves what is near its end
        const double length = axis_width(width, metrics);
        const StepAxis axis = step_axis(trace, spans, TimeScale(trace.end_time(), trace.size(), length, blend), metrics);
        const double missing = overflow(trace, spans, axis, metrics, length, width);
        if (missing <= 0 || metrics.right_margin >= most)
            break;
        metrics.right_margin = std::min(most, metrics.right_margin + missing);
    }
    return metrics;
}

double fitting_blend(const Trace& trace, const RunSpans& spans)
{
    constexpr double mostly_steps = 0.85;
    constexpr std::size_t most_turns = 60; // more are not told apart on steps either
    std::size_t callbacks = 0;
    std::size_t turns = 0;
    for (const Span& span : spans.loop) {
        turns += span.task ? 1 : 0;
        if (!span.task && span.handle && trace.handle(span.handle).kind == CallbackKind::Plain)
            ++callbacks;
    }
    return callbacks > turns && callbacks + turns <= most_turns ? mostly_steps : 0;
}

} // namespace loopscope
