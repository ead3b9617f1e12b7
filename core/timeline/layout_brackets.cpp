#include "core/timeline/labels.h"
#include "core/timeline/layout_parts.h"

#include <algorithm>

namespace loopscope::detail {
namespace {

constexpr double words_height = 11;
constexpr double foot = 4;    ///< how far the ends of a bracket go down
constexpr double padding = 4; ///< between the words and the line on both sides
constexpr double least_line = 5;

} // namespace

void add_brackets(Draft& draft)
{
    const LayoutMetrics& m = draft.metrics;
    if (!m.frames || m.lane_height < m.bar_height + 2 * words_height)
        return;
    for (const CoroutineSpan& inside : draft.spans.shared.coroutines) {
        if (inside.begin >= draft.shown_steps || draft.is_folded(inside.task))
            continue;
        const bool open = inside.end >= draft.shown_steps;
        const double left = draft.x_after(inside.begin);
        const double right = open ? draft.end_x() : draft.x_after(inside.end);
        const std::string words = std::string(inside.name) + "()";
        const double width = static_cast<double>(char_count(words)) * m.char_width;
        const double seen_left = std::max(left, draft.left);
        const double seen_right = std::min(right, draft.right);
        // Without its name a bracket says nothing.
        if (seen_right - seen_left < width + 2 * (padding + least_line))
            continue;
        const std::size_t row = draft.task_lanes[inside.task.value - 1];
        const LaneRow& lane = draft.scene.lanes[row];
        const double y = lane.middle() - m.bar_height / 2 - foot - 2;
        Bracket bracket{.box = {seen_left, y, seen_right - seen_left, foot}, .color = lane.color, .task = inside.task,
                        .begin = inside.begin, .end = inside.end, .lane = row, .comes_from_left = left < draft.left - 0.5,
                        .open = open || right > draft.right + 0.5, .label = words,
                        .label_box = {(seen_left + seen_right - width) / 2, y - words_height / 2, width, words_height}};
        draft.scene.brackets.push_back(std::move(bracket));
    }
}

} // namespace loopscope::detail
