#include "core/timeline/layout_parts.h"

#include <algorithm>

namespace loopscope::detail {
namespace {

bool comes_from_outside(FutureKind kind)
{
    return kind == FutureKind::Io || kind == FutureKind::Thread || kind == FutureKind::Process;
}

/// Whether a task stood in the queue during a stretch, or its answer, which lay ready nobody knows how long, was
/// heard as soon as the stretch was over.
bool was_kept_waiting(const Trace& trace, const TaskLane& lane, const Bar& by)
{
    auto span = std::lower_bound(lane.spans.begin(), lane.spans.end(), by.begin,
                                 [](const Span& s, std::size_t step) { return s.end <= step; });
    for (; span != lane.spans.end() && span->from < by.to; ++span) {
        if (span->kind == SpanKind::Ready && span->to > by.from)
            return true;
        if (span->kind == SpanKind::Waiting && span->on && span->to == by.to && comes_from_outside(trace.future(span->on).kind))
            return true;
    }
    return false;
}

/// Whether anybody else could have had the thread meanwhile.
bool keeps_waiting(const Draft& draft, const Bar& bar)
{
    const std::vector<LateWait>& late = draft.spans.shared.late;
    return std::any_of(late.begin(), late.end(),
                       [&](const LateWait& wait) { return wait.task != bar.task && wait.due < bar.to && wait.end >= bar.end; })
        || std::any_of(draft.spans.tasks.begin(), draft.spans.tasks.end(), [&](const TaskLane& lane) {
               return lane.task != bar.task && was_kept_waiting(draft.trace, lane, bar);
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
            || bar.to <= bar.from || !keeps_waiting(draft, bar))
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
