#include "core/base/format.h"
#include "core/timeline/labels.h"
#include "core/timeline/layout_parts.h"

#include <algorithm>
#include <map>

namespace loopscope::detail {
namespace {

constexpr std::size_t most_rows = 3;  ///< of titles above one lane
constexpr double title_height = 12;
constexpr double title_inset = 7;     ///< from a frame's left edge to its title
constexpr double narrowest = 6;

double width_of(const Draft& draft, const std::string& text)
{
    return static_cast<double>(char_count(text)) * draft.metrics.char_width;
}

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
    const double width = width_of(draft, frame.label);
    if (title_inset + width + 4 <= frame.box.width)
        frame.label_box = {frame.box.x + title_inset, row_top, width, title_height};
}

void add_flag(Draft& draft, const BlockSpan& block, const Frame& frame, double row_top)
{
    if (!block.deadline || (!block.left && !block.expired))
        return;
    const double due = draft.x_at(*block.deadline);
    const double end = draft.x_after(block.end);
    Flag flag{.x = due, .top = frame.box.y, .bottom = frame.box.bottom(), .spare_from = due, .task = block.task,
              .step = block.expired.value_or(block.end), .expired = block.expired.has_value(), .label = {}, .label_box = {}};
    if (flag.step >= draft.shown_steps || due < draft.left)
        return;
    const bool spare = !flag.expired && block.left && *block.deadline > block.to;
    if (flag.expired) {
        flag.label = block.threw ? "expired" : "expired, seen to";
    } else if (spare) {
        flag.label = format_duration(*block.deadline - block.to) + " to spare";
        flag.spare_from = end;
    } else {
        flag.label = "time was up";
    }
    const double edge = draft.scene.width - 6;
    if (flag.spare_from > edge || (flag.expired && due > edge))
        return;
    flag.x = std::min(due, edge);
    if (spare) // only a small sign, and none beyond the picture
        flag.bottom = due > edge ? flag.top : flag.top + title_height;
    const double width = width_of(draft, flag.label);
    const double taken = frame.label_box.width > 0 ? frame.label_box.right() + 8 : frame.box.x + title_inset;
    if (draft.metrics.lane_height >= draft.metrics.least_framed && draft.metrics.frame_row > 0) {
        if (!spare && flag.x - 5 - width >= taken)
            flag.label_box = {flag.x - 5 - width, row_top, width, title_height};
        else if (spare && flag.spare_from + 5 + width <= edge)
            flag.label_box = {flag.spare_from + 5, row_top, width, title_height};
    }
    draft.scene.flags.push_back(std::move(flag));
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

/// Where the loop, with main done, cancels what is left.
void add_edge(Draft& draft)
{
    for (const PhaseStep& phase : draft.spans.shared.phases) {
        if (phase.phase != LoopPhase::CancellingLeftovers || phase.step >= draft.shown_steps)
            continue;
        const double x = draft.scene.axis.x(static_cast<double>(phase.step));
        if (!draft.in_view(x))
            continue;
        const LaneRow& loop = draft.scene.lanes[draft.loop_lane];
        Edge edge{.x = x, .top = draft.scene.ruler_height, .bottom = loop.box.bottom(), .step = phase.step, .label = {},
                  .label_box = {}};
        for (const std::size_t lane : draft.task_lanes)
            edge.bottom = std::max(edge.bottom, draft.scene.lanes[lane].box.bottom());
        const double room = (loop.box.height - draft.metrics.bar_height) / 2;
        for (const char* words : {"main is done: the rest is cancelled", "the rest is cancelled"}) {
            edge.label = words;
            const double width = width_of(draft, edge.label);
            if (room < title_height - 2 || x - 6 - width < draft.left)
                continue;
            edge.label_box = {x - 6 - width, loop.box.bottom() - room / 2 - title_height / 2 - 1, width, title_height};
            break;
        }
        draft.scene.edges.push_back(std::move(edge));
    }
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

void add_frames(Draft& draft)
{
    if (!draft.metrics.frames)
        return;
    add_loop_life(draft);
    for (const BlockSpan& block : draft.spans.shared.blocks)
        add_block(draft, block);
    add_edge(draft);
}

} // namespace loopscope::detail
