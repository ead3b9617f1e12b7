#include "core/trace/cause_hops.h"

#include <algorithm>
#include <vector>

namespace loopscope {
namespace {

/// Giving up the turn is no cause that one could go to.
bool leads_back(const Cause& cause) { return cause.kind != Cause::Kind::Turn && cause.from_step < cause.to_step; }

/// After how many facts something of a lane begins or ends, in order.
std::vector<std::size_t> stops_of(const RunSpans& spans, TaskId task)
{
    std::vector<std::size_t> stops;
    const auto add = [&](std::size_t fact) {
        if (fact < spans.facts)
            stops.push_back(fact + 1);
    };
    const auto add_all = [&](const std::vector<Span>& lane) {
        for (const Span& span : lane) {
            add(span.begin);
            add(span.end);
        }
    };
    if (!task)
        add_all(spans.loop);
    for (const TaskLane& lane : spans.tasks) {
        if (lane.task != task)
            continue;
        add(lane.created);
        add_all(lane.spans);
        if (lane.end.kind != LaneEnd::Kind::Open)
            add(lane.end.step);
    }
    std::sort(stops.begin(), stops.end());
    return stops;
}

} // namespace

std::optional<CauseHop> hop_back(const RunSpans& spans, std::size_t step, TaskId task)
{
    const auto fits = [&](const Cause& cause) {
        return leads_back(cause) && cause.to_step < step && cause.from_step + 1 < step
            && (!task || cause.to_task == task);
    };
    const auto found = std::find_if(spans.causes.rbegin(), spans.causes.rend(), fits);
    if (found == spans.causes.rend())
        return std::nullopt;
    return CauseHop{found->from_step + 1, found->from_task ? found->from_task : found->to_task};
}

std::optional<CauseHop> hop_on(const RunSpans& spans, std::size_t step, TaskId task)
{
    const Cause* next = nullptr;
    for (const Cause& cause : spans.causes) { // in the order of what they led to
        if (!leads_back(cause) || cause.to_step < step)
            continue;
        if (cause.from_step + 1 == step) {
            next = &cause;
            break;
        }
        const bool of_task = !task || cause.from_task == task || cause.to_task == task;
        if (!next && of_task)
            next = &cause;
    }
    if (!next)
        return std::nullopt;
    return CauseHop{next->to_step + 1, next->to_task};
}

std::optional<std::size_t> next_on_lane(const RunSpans& spans, TaskId task, std::size_t step)
{
    const std::vector<std::size_t> stops = stops_of(spans, task);
    const auto next = std::upper_bound(stops.begin(), stops.end(), step);
    return next == stops.end() ? std::nullopt : std::optional(*next);
}

std::optional<std::size_t> previous_on_lane(const RunSpans& spans, TaskId task, std::size_t step)
{
    const std::vector<std::size_t> stops = stops_of(spans, task);
    const auto from = std::lower_bound(stops.begin(), stops.end(), step);
    return from == stops.begin() ? std::nullopt : std::optional(*std::prev(from));
}

} // namespace loopscope
