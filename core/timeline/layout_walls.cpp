#include "core/timeline/layout_parts.h"

#include <algorithm>

namespace loopscope::detail {
namespace {

/// Whether somebody else is there between two facts, who could have had the thread.
bool others_live(const Draft& draft, TaskId task, std::size_t begin, std::size_t end)
{
    return std::any_of(draft.spans.tasks.begin(), draft.spans.tasks.end(), [&](const TaskLane& lane) {
        const bool over = lane.end.kind != LaneEnd::Kind::Open && lane.end.step <= begin;
        return lane.task != task && lane.created < end && !over;
    });
}

} // namespace

void add_walls(Draft& draft)
{
    // Those that follow each other without time between them are one.
    const TimelineScene& scene = draft.scene;
    std::vector<Wall>& walls = draft.scene.walls;
    TimePoint until;
    for (const Bar& bar : scene.bars) {
        if (bar.lane != draft.loop_lane || (bar.kind != SpanKind::Blocking && bar.kind != SpanKind::Computing)
            || bar.to <= bar.from || !others_live(draft, bar.task, bar.begin, bar.end))
            continue;
        if (!walls.empty() && bar.from == until) {
            walls.back().box.width = std::max(walls.back().box.width, bar.box.right() - walls.back().box.x);
            walls.back().task = walls.back().task == bar.task ? bar.task : TaskId{};
        } else {
            walls.push_back({{bar.box.x, scene.ruler_height, bar.box.width, draft.end_of_tasks - scene.ruler_height}, bar.task});
        }
        until = bar.to;
    }
}

} // namespace loopscope::detail
