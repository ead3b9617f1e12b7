#include "core/timeline/labels.h"
#include "core/timeline/layout_parts.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace loopscope::detail {
namespace {

constexpr double edge = 10;         ///< between a tail's end and the picture's
constexpr double pill_padding = 11;
constexpr double circle_room = 72;  ///< of a tail's end, for the arrows between lanes
constexpr double clear_of_playhead = 4;
constexpr double words_height = 12;

/// Writes the longest of these that a tail holds, left of what is reserved at its end.
void put_words(const Draft& draft, Tail& tail, const std::vector<std::string>& wordings, double reserved)
{
    const double height = std::min(draft.metrics.pill_height, draft.scene.lanes[tail.lane].box.height - 3);
    const double room = tail.box.width - reserved - 12;
    for (const std::string& words : wordings) {
        const double width = text_width(draft, words) + 2 * pill_padding;
        tail.label = words;
        if (width > room)
            continue;
        tail.label_box = {tail.box.x + 12 + (room - width) / 2, tail.box.y + (tail.box.height - height) / 2, width, height};
        return;
    }
}

/// "gather" of "gather(a, b)": what is waited for, without by whom.
std::string plain_name(const std::string& what) { return what.substr(0, what.find('(')); }

/// The loop sleeps, and nothing will wake it: no word of spinning.
void add_sleep(Draft& draft, double begin, double end)
{
    const double height = std::round(draft.metrics.bar_height * 0.75);
    Tail tail{.box = {begin, draft.middle_of(draft.loop_lane) - height / 2, end - begin, height}, .color = -1, .task = {},
              .lane = draft.loop_lane, .step = *draft.spans.shared.stuck, .label = {}, .label_box = {}};
    // In the row above, so that its pattern stays in view.
    const LaneRow& loop = draft.scene.lanes[draft.loop_lane];
    for (const char* words : {"asleep for ever: nothing ready, no timer, no socket", "asleep for ever: nothing is due",
                              "asleep for ever", "for ever"}) {
        tail.label = words;
        const double width = text_width(draft, words);
        if (loop.headroom <= 0 || end - width < begin + clear_of_playhead)
            continue;
        tail.label_box = {end - width, loop.box.y + 2.5, width, 11};
        break;
    }
    if (loop.headroom <= 0)
        put_words(draft, tail, {"asleep for ever: nothing is due", "asleep for ever", "for ever", "∞"}, 0);
    draft.scene.tails.push_back(std::move(tail));
}

/// Says what a circle is, at the head of the lower of two lanes and left of the arrows.
void put_circle_words(const Draft& draft, WaitArrow& arrow, std::size_t tasks, double left, double right)
{
    if (!keeps_rows(draft.metrics))
        return;
    const std::size_t lane = std::max(draft.task_lanes[arrow.from.value - 1], draft.task_lanes[arrow.to.value - 1]);
    const LaneRow& row = draft.scene.lanes[lane];
    for (const char* words : {tasks == 2 ? "each waits for the other" : "each waits for the next", "a circle"}) {
        const double width = text_width(draft, words);
        if (right - width < left)
            continue;
        arrow.label = words;
        // Clear of what says for whom the lane waits.
        const double middle = row.box.y + row.headroom + (row.box.height - row.headroom) / 2;
        const double pill = middle - draft.metrics.pill_height / 2;
        const double high = std::min(row.box.y + row.headroom + 1, pill - words_height - 2);
        if (high < row.box.y - words_height / 2)
            return;
        arrow.label_box = {right - width, high, width, words_height};
        return;
    }
}

} // namespace

void add_tails(Draft& draft)
{
    const SharedSpans& shared = draft.spans.shared;
    if (!draft.metrics.frames || !shared.stuck || *shared.stuck >= draft.shown_steps)
        return;
    const double begin = draft.end_x();
    const double end = draft.scene.width - edge;
    if (end - begin < 4 || begin < draft.left)
        return;
    add_sleep(draft, begin, end);
    const double reserved = shared.circles.empty() ? 0 : std::min(circle_room, (end - begin) / 3);
    for (const TaskLane& lane : draft.spans.tasks) {
        if (lane.spans.empty() || lane.end.kind != LaneEnd::Kind::Open || draft.is_folded(lane.task))
            continue;
        const Span& last = lane.spans.back();
        if (last.kind != SpanKind::Waiting || last.end < draft.trace.size())
            continue;
        const std::size_t row = draft.task_lanes[lane.task.value - 1];
        const double height = std::round(draft.metrics.bar_height * 0.75);
        Tail tail{.box = {begin, draft.middle_of(row) - height / 2, end - begin, height},
                  .color = draft.scene.lanes[row].color, .task = lane.task, .lane = row, .step = *shared.stuck,
                  .label = {}, .label_box = {}};
        const std::string what = wait_label(draft.trace, last.on);
        put_words(draft, tail,
                  {what + ": for ever ∞", plain_name(what) + ": for ever ∞", plain_name(what) + " ∞", plain_name(what), "∞"},
                  reserved);
        draft.scene.tails.push_back(std::move(tail));
    }
    for (const std::vector<TaskId>& circle : shared.circles)
        for (std::size_t i = 0; i < circle.size(); ++i) {
            const TaskId from = circle[i];
            const TaskId to = circle[(i + 1) % circle.size()];
            if (from == to)
                continue;
            const double y1 = draft.middle_of(draft.task_lanes[from.value - 1]);
            const double y2 = draft.middle_of(draft.task_lanes[to.value - 1]);
            const double down = y2 > y1 ? 1 : -1;
            const double lean = std::min(reserved * 0.3, 10 + std::abs(y2 - y1) * 0.12);
            draft.scene.wait_arrows.push_back({.x = end - reserved * 0.5, .y1 = y1 + down * 5, .y2 = y2 - down * 5,
                                               .bend = down * lean, .from = from, .to = to,
                                               .color = draft.color_of(from), .step = *shared.stuck});
            if (i == 0)
                put_circle_words(draft, draft.scene.wait_arrows.back(), circle.size(), begin + 4, end - reserved);
        }
}

} // namespace loopscope::detail
