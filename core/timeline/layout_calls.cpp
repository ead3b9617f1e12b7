#include "core/timeline/layout_parts.h"

#include <algorithm>
#include <variant>

namespace loopscope::detail {
namespace {

constexpr auto nowhere = static_cast<std::size_t>(-1);

void add_arrow(Draft& draft, const Arrow& arrow)
{
    if (draft.in_view(arrow.x1) && draft.in_view(arrow.x2))
        draft.scene.arrows.push_back(arrow);
}

/// From the task that asked to where the call waits, and from there to who runs it; to that at once
/// when it need not wait.
void add_way(Draft& draft, const Span& begun, std::size_t asked)
{
    const double reach = draft.metrics.bar_height / 2;
    const double waits_at = draft.call_y[begun.call.value - 1];
    const double task_y = draft.middle_of(draft.task_lanes[begun.task.value - 1]) + reach;
    const double worker_y = draft.middle_of(draft.worker_lanes[begun.worker.value - 1]) - reach * 0.75;
    Arrow arrow{.kind = Cause::Kind::Worker, .x1 = draft.x_after(asked), .y1 = task_y, .x2 = draft.x_after(begun.end),
                .y2 = worker_y, .color = draft.color_of(begun.task), .from_task = begun.task, .to_task = begun.task,
                .from_step = asked, .to_step = begun.end};
    if (waits_at <= 0)
        return add_arrow(draft, arrow);
    arrow.x2 = arrow.x1;
    arrow.y2 = waits_at - draft.metrics.channel_height / 2;
    arrow.to_step = asked;
    add_arrow(draft, arrow);
    arrow.x1 = arrow.x2 = draft.x_after(begun.end);
    arrow.y1 = waits_at;
    arrow.y2 = worker_y;
    arrow.from_step = arrow.to_step = begun.end;
    add_arrow(draft, arrow);
}

/// What a thread put in the loop's queue of its own doing, rather than the end of its function.
const HandleInfo* news_of(const Trace& trace, const CallbackScheduled& fact)
{
    if (!fact.by)
        return nullptr;
    const HandleInfo& handle = trace.handle(fact.handle);
    const bool plain = handle.kind == CallbackKind::Plain;
    const bool safe = handle.kind == CallbackKind::Thread && !handle.future && handle.label != "shutdown_default_executor";
    return plain || safe ? &handle : nullptr;
}

/// From the thread to where the loop runs the callback: at once when it is woken; else it lies in the
/// queue until the loop happens to look.
void add_news(Draft& draft, std::size_t step, const CallbackScheduled& fact)
{
    const HandleInfo* handle = news_of(draft.trace, fact);
    if (!handle)
        return;
    std::size_t ran = nowhere;
    for (std::size_t later = step + 1; later < draft.shown_steps && ran == nowhere; ++later) {
        const TraceEvent event = draft.trace[later];
        if (const auto* run = std::get_if<CallbackRan>(&event.fact); run && run->handle == fact.handle)
            ran = later;
    }
    if (ran == nowhere)
        return;
    const double reach = draft.metrics.bar_height / 2;
    add_arrow(draft, {.kind = Cause::Kind::Worker, .x1 = draft.x_after(step),
                      .y1 = draft.middle_of(draft.worker_lanes[fact.by.value - 1]) - reach, .x2 = draft.x_after(ran),
                      .y2 = draft.middle_of(draft.loop_lane) + reach * 0.75, .color = -1, .from_task = {}, .to_task = {},
                      .from_step = step, .to_step = ran, .unheard = handle->kind == CallbackKind::Plain});
}

} // namespace

void add_calls(Draft& draft)
{
    std::vector<std::size_t> asked(draft.trace.call_count() + 1, nowhere);
    for (const Span& span : draft.spans.calls)
        asked[span.call.value] = std::min(asked[span.call.value], span.begin);
    for (const Span& span : draft.spans.calls)
        if (span.worker && span.task && span.end < draft.shown_steps)
            add_way(draft, span, asked[span.call.value]);
    if (draft.spans.workers.empty())
        return;
    for (std::size_t step = draft.first_step; step < draft.last_step; ++step) {
        const TraceEvent event = draft.trace[step];
        if (const auto* scheduled = std::get_if<CallbackScheduled>(&event.fact))
            add_news(draft, step, *scheduled);
    }
}

std::vector<Remark> remarks_at(const Draft& draft, std::size_t step)
{
    const TraceEvent event = draft.trace[step];
    if (const auto* scheduled = std::get_if<CallbackScheduled>(&event.fact)) {
        const HandleInfo* handle = news_of(draft.trace, *scheduled);
        if (!handle)
            return {};
        return {{.task = {}, .lane = draft.loop_lane,
                 .text = handle->kind == CallbackKind::Plain ? "in the queue, but the loop sleeps on" : "a thread wakes the loop"}};
    }
    const auto* resolved = std::get_if<FutureResolved>(&event.fact);
    if (!resolved || resolved->how == FutureEnd::Result)
        return {};
    const FutureKind kind = draft.trace.future(resolved->future).kind;
    const bool kept_off = kind == FutureKind::Shield && resolved->how == FutureEnd::Cancelled;
    const bool left_alone = kind == FutureKind::Gather && resolved->how == FutureEnd::Exception;
    if (!kept_off && !left_alone)
        return {};
    std::vector<Remark> remarks;
    for (const FutureId part : draft.trace.parts(resolved->future)) {
        const TaskId task = draft.trace.future(part).task;
        if (!task || draft.is_folded(task))
            continue;
        const LaneEnd& end = life_of(draft.spans, task).end;
        if (end.kind == LaneEnd::Kind::Open || end.step > step)
            remarks.push_back({.task = task, .lane = draft.task_lanes[task.value - 1],
                               .text = kept_off ? "the shield keeps it off: goes on" : "goes on, nobody listens"});
    }
    return remarks;
}

} // namespace loopscope::detail
