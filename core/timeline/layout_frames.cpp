#include "core/base/format.h"
#include "core/timeline/labels.h"
#include "core/timeline/layout_parts.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace loopscope::detail {
namespace {

constexpr std::size_t most_rows = 3;  ///< of titles above one lane
constexpr double title_height = 12;
constexpr double title_inset = 7;     ///< from a frame's left edge to its title
constexpr double narrowest = 6;
constexpr double frame_foot = 5;      ///< between what is printed in a lane and the frame's lower edge

std::string title_of(const BlockSpan& block)
{
    switch (block.kind) {
    case BlockSpan::Kind::TaskGroup: return "TaskGroup";
    case BlockSpan::Kind::AsyncWith: return "async with";
    case BlockSpan::Kind::Timeout:
        return block.deadline ? "timeout " + format_duration(*block.deadline - block.from) : "timeout: none";
    }
    return {};
}

Frame::Kind kind_of(BlockSpan::Kind kind)
{
    switch (kind) {
    case BlockSpan::Kind::TaskGroup: return Frame::Kind::TaskGroup;
    case BlockSpan::Kind::Timeout: return Frame::Kind::Timeout;
    case BlockSpan::Kind::AsyncWith: return Frame::Kind::AsyncWith;
    }
    return Frame::Kind::TaskGroup;
}

/// Lanes that lie beside each other, and where the first of their tasks came into the block.
struct Stretch {
    std::size_t first = 0;
    std::size_t last = 0;
    std::size_t begin = 0;
};

std::vector<Stretch> stretches_of(const Draft& draft, const BlockSpan& block, std::size_t own)
{
    std::map<std::size_t, std::size_t> lanes{{own, block.begin}}; // since which fact it belongs to the block
    for (const BlockSpan::Member& member : block.members)
        lanes.emplace(draft.task_lanes[member.task.value - 1], member.step);
    std::vector<Stretch> stretches;
    for (const auto& [lane, begin] : lanes) {
        if (!stretches.empty() && stretches.back().last + 1 == lane) {
            stretches.back().last = lane;
            stretches.back().begin = std::min(stretches.back().begin, begin);
        } else {
            stretches.push_back({lane, lane, begin});
        }
    }
    return stretches;
}

/// Sets where a frame begins and ends; false when nothing of it is in view.
bool place(const Draft& draft, Frame& frame, bool ends)
{
    if (frame.begin >= draft.shown_steps)
        return false;
    const double begin = draft.scene.axis.x(static_cast<double>(frame.begin));
    frame.open = !ends || (draft.scene.cut_x && frame.end >= draft.shown_steps);
    const double end = std::max(frame.open ? draft.end_x() : draft.x_after(frame.end), begin + narrowest);
    if (end < draft.left || begin > draft.right)
        return false;
    frame.comes_from_left = begin < draft.left - 0.5;
    frame.open = frame.open || end > draft.right;
    const double x0 = std::max(begin, draft.left);
    frame.box.x = x0;
    frame.box.width = std::max(0.0, std::min(end, draft.right) - x0);
    return true;
}

void put_title(const Draft& draft, Frame& frame, double row_top)
{
    constexpr std::string_view limit = "timeout ";
    std::vector<std::string> words{frame.label};
    if (frame.kind == Frame::Kind::Timeout && frame.label.starts_with(limit))
        words.push_back(frame.label.substr(limit.size()));
    for (const std::string& word : words) {
        const double width = text_width(draft, word);
        if (title_inset + width + 4 > frame.box.width)
            continue;
        frame.label = word;
        frame.label_box = {frame.box.x + title_inset, row_top, width, title_height};
        return;
    }
}

/// A frame holds the marks at the ends of its tasks: none of them outlives the block.
void hold_end_marks(const Draft& draft, Frame& frame, const BlockSpan& block, const Stretch& stretch)
{
    if (frame.open)
        return;
    for (const BlockSpan::Member& member : block.members) {
        const TaskLane& lane = draft.spans.tasks[member.task.value - 1];
        const std::size_t row = draft.task_lanes[member.task.value - 1];
        if (row < stretch.first || row > stretch.last || lane.end.kind == LaneEnd::Kind::Open || lane.end.step > block.end)
            continue;
        const double reach = draft.x_after(lane.end.step) + 2 * draft.metrics.mark_radius + 5;
        frame.box.width = std::max(frame.box.width, std::min(reach, draft.right) - frame.box.x);
    }
}

void add_block(Draft& draft, const BlockSpan& block)
{
    if (!block.task || draft.is_folded(block.task))
        return;
    const LayoutMetrics& m = draft.metrics;
    const std::size_t own = draft.task_lanes[block.task.value - 1];
    const std::size_t row = std::min(block.depth, most_rows - 1);
    for (const Stretch& stretch : stretches_of(draft, block, own)) {
        const LaneRow& first = draft.scene.lanes[stretch.first];
        const LaneRow& last = draft.scene.lanes[stretch.last];
        const bool part = own < stretch.first || own > stretch.last;
        Frame frame{.kind = kind_of(block.kind), .box = {}, .task = block.task, .color = draft.color_of(block.task),
                    .begin = part ? stretch.begin : block.begin, .end = block.end, .part = part, .label = {}, .label_box = {}};
        const double inset = 2 + 3 * static_cast<double>(row);
        // The owner's title stands in the row that its lane keeps for it.
        const double top = first.headroom > 0 && !part && own == stretch.first
            ? first.box.y + 1 + m.frame_row * static_cast<double>(row)
            : first.box.y + inset;
        frame.box.y = top;
        // What is printed stands at the foot of a lane, above the edge.
        frame.box.height = last.box.bottom() - 0.5 - 2 * static_cast<double>(row) - top;
        if (!place(draft, frame, block.left))
            continue;
        hold_end_marks(draft, frame, block, stretch);
        const LaneRow& lane = draft.scene.lanes[own];
        const double row_top = lane.box.y + 1.5 + m.frame_row * static_cast<double>(row);
        if (!part) {
            frame.label = title_of(block);
            if (lane.headroom > 0)
                put_title(draft, frame, row_top);
            if (block.kind == BlockSpan::Kind::Timeout)
                add_flag(draft, block, frame, row_top);
        }
        draft.scene.frames.push_back(std::move(frame));
    }
}

/// From where the loop begins to run to where it is closed.
void add_loop_life(Draft& draft)
{
    const LaneRow& lane = draft.scene.lanes[draft.loop_lane];
    Frame life{.kind = Frame::Kind::Loop, .box = {}, .task = {}, .begin = 0, .end = draft.trace.size(), .label = {},
               .label_box = {}};
    bool closed = false;
    for (const PhaseStep& phase : draft.spans.shared.phases) {
        if (phase.phase == LoopPhase::Running)
            life.begin = phase.step;
        closed = closed || phase.phase == LoopPhase::Closed;
        if (phase.phase == LoopPhase::Closed)
            life.end = phase.step;
    }
    life.box = {0, lane.box.y + 1, 0, lane.box.height - 1.5};
    if (!draft.trace.empty() && place(draft, life, closed))
        draft.scene.frames.push_back(std::move(life));
}

} // namespace

std::vector<std::size_t> frame_depths(const Trace& trace, const RunSpans& spans)
{
    std::vector<std::size_t> depths(trace.task_count());
    for (const BlockSpan& block : spans.shared.blocks)
        if (block.task) {
            std::size_t& depth = depths[block.task.value - 1];
            depth = std::max(depth, std::min(block.depth + 1, most_rows));
        }
    return depths;
}

std::vector<double> footrooms_of(const Draft& draft)
{
    std::size_t count = draft.loop_lane + 1;
    for (const std::size_t lane : draft.task_lanes)
        count = std::max(count, lane + 1);
    std::vector<double> rooms(count);
    if (!has_note_line(draft.metrics))
        return rooms;
    if (keeps_rows(draft.metrics)) {
        // What is printed stands above the edge of a frame, not on it.
        rooms[draft.loop_lane] = frame_foot;
        for (const BlockSpan& block : draft.spans.shared.blocks)
            if (block.task)
                for (const Stretch& stretch : stretches_of(draft, block, draft.task_lanes[block.task.value - 1])) {
                    const auto row = static_cast<double>(std::min(block.depth, most_rows - 1));
                    rooms[stretch.last] = std::max(rooms[stretch.last], frame_foot + 2 * row);
                }
    }
    std::set<std::size_t> dropping;
    if (draft.metrics.notes)
        for (const std::size_t step : draft.spans.shared.dropped)
            dropping.insert(lane_at(draft, step));
    for (const std::size_t lane : dropping)
        rooms[lane] += capsule_row;
    return rooms;
}

double footroom_of(const Draft& draft, std::size_t lane) { return lane < draft.footrooms.size() ? draft.footrooms[lane] : 0; }

bool keeps_rows(const LayoutMetrics& m) { return m.frames && m.frame_row > 0 && m.lane_height >= m.least_framed; }

void add_frames(Draft& draft)
{
    if (!draft.metrics.frames)
        return;
    add_loop_life(draft);
    for (const BlockSpan& block : draft.spans.shared.blocks)
        add_block(draft, block);
}

} // namespace loopscope::detail
