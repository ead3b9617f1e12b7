#include "core/lesson/task_differences.h"

#include <unordered_map>

namespace loopscope {
namespace {

TaskLife life_of(const Trace& trace, const TaskLane& lane)
{
    const bool open = lane.end.kind == LaneEnd::Kind::Open;
    return {.task = lane.task, .takes = (open ? trace.end_time() : lane.end.when) - lane.created_at, .end = lane.end.kind};
}

} // namespace

std::optional<Duration> TaskDifference::change() const
{
    if (!a || !b)
        return std::nullopt;
    return b->takes - a->takes;
}

std::vector<TaskDifference> task_differences(const Trace& a, const RunSpans& spans_a, const Trace& b,
                                             const RunSpans& spans_b)
{
    std::vector<TaskDifference> tasks;
    std::unordered_map<std::string, std::size_t> place;
    for (const TaskLane& lane : spans_a.tasks) {
        const std::string name = a.display_name(lane.task);
        place.emplace(name, tasks.size());
        tasks.push_back({.name = name, .a = life_of(a, lane), .b = std::nullopt});
    }
    for (const TaskLane& lane : spans_b.tasks) {
        const std::string name = b.display_name(lane.task);
        const auto same = place.find(name);
        if (same != place.end() && !tasks[same->second].b)
            tasks[same->second].b = life_of(b, lane);
        else
            tasks.push_back({.name = name, .a = std::nullopt, .b = life_of(b, lane)});
    }
    return tasks;
}

} // namespace loopscope
