#include "core/timeline/labels.h"
#include "core/timeline/layout_parts.h"

#include <algorithm>
#include <map>
#include <utility>

namespace loopscope::detail {
namespace {

constexpr double words_height = 12;
constexpr double gap = 8; ///< between an arrival and its words

/// Refusals by lane, in the order of time, so that those on the same pixels are one; the network's first.
using Refusals = std::map<std::pair<bool, std::size_t>, std::vector<Mark>>; // of a task, lane

/// A request that failed is marked where it ends, and so is the lane of whose it was.
void find_refusal(const Draft& draft, const Span& span, Refusals& refusals)
{
    const std::vector<bool>& refused = draft.spans.shared.refused;
    const std::size_t channel = span.channel.value - 1;
    const bool failed = channel < refused.size() && refused[channel];
    const bool turned_away = draft.trace.channel(span.channel).label == "refusal";
    if ((!failed && !turned_away) || span.end >= draft.shown_steps)
        return;
    const double x = draft.x_after(span.end);
    if (!draft.in_view(x))
        return;
    const double height = std::max(1.5, draft.metrics.channel_height);
    Mark mark{.kind = Mark::Kind::Refused, .x = x, .y = draft.channel_y[channel], .color = draft.channel_colors[channel],
              .task = span.task, .step = span.end, .text = turned_away ? "refused" : "failed", .lane = draft.network_lane,
              .label = {}, .label_box = {}, .radius = std::max(3.0, height * 0.8)};
    refusals[{false, mark.lane}].push_back(mark);
    if (!span.task)
        return;
    mark.lane = draft.task_lanes[span.task.value - 1];
    const LaneRow& lane = draft.scene.lanes[mark.lane];
    mark.y = lane.box.y + lane.headroom + 6;
    mark.radius = 4;
    refusals[{true, mark.lane}].push_back(std::move(mark));
}

/// Crosses that would cover one another are one, and words say how many.
void fold_refusals(Draft& draft, std::vector<Mark> marks)
{
    std::vector<Mark> kept;
    double last_x = 0;
    for (Mark& mark : marks) {
        const bool same = !kept.empty() && mark.text == kept.back().text && mark.x - last_x < 2 * mark.radius;
        last_x = mark.x;
        if (!same) {
            kept.push_back(std::move(mark));
            continue;
        }
        Mark& one = kept.back();
        one.x = (one.x * one.folded + mark.x) / (one.folded + 1);
        one.y = (one.y * one.folded + mark.y) / (one.folded + 1);
        one.folded += 1;
        one.step = mark.step;
    }
    for (Mark& mark : kept) {
        if (mark.folded > 1) {
            mark.radius = std::max(mark.radius, 5.0);
            mark.text = std::to_string(mark.folded) + ' ' + mark.text;
            const double width = static_cast<double>(char_count(mark.text)) * draft.metrics.char_width;
            const double left = mark.x + mark.radius + 4;
            if (left + width <= draft.right) {
                mark.label = mark.text;
                mark.label_box = {left, mark.y - words_height / 2, width, words_height};
            }
        }
        draft.scene.marks.push_back(std::move(mark));
    }
}

/// Bytes of a stream are marked where they have come, and what they are stands on their line.
void add_arrival(Draft& draft, const Flight& flight)
{
    const Span& span = flight.span;
    if (!flight.stream || !flight.shown || span.cancelling || span.end >= draft.shown_steps)
        return;
    const ChannelInfo& channel = draft.trace.channel(span.channel);
    const double x = draft.x_after(span.end);
    if (!is_stream(channel) || !draft.in_view(x))
        return;
    Mark mark{.kind = Mark::Kind::Arrived, .x = x, .y = draft.channel_y[span.channel.value - 1],
              .color = draft.channel_colors[span.channel.value - 1], .task = span.task, .step = span.end,
              .text = arrival_words(channel), .lane = draft.network_lane, .label = {}, .label_box = {}, .radius = 3.5};
    const double width = static_cast<double>(char_count(mark.text)) * draft.metrics.char_width + 6;
    const double right = x - gap;
    const bool fits = right - width >= std::max(draft.left, draft.x_after(span.begin)) + gap;
    if (fits && draft.scene.lanes[draft.network_lane].box.height >= words_height * static_cast<double>(draft.flights.rows)) {
        mark.label = mark.text;
        mark.label_box = {right - width, mark.y - words_height / 2, width, words_height};
    }
    draft.scene.marks.push_back(std::move(mark));
}

} // namespace

void add_arrivals(Draft& draft)
{
    Refusals refusals;
    for (const Flight& flight : draft.flights.flights) {
        find_refusal(draft, flight.span, refusals);
        add_arrival(draft, flight);
    }
    for (auto& [place, marks] : refusals)
        fold_refusals(draft, std::move(marks));
}

} // namespace loopscope::detail
