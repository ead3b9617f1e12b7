#include "ui/stepping.h"

#include "core/trace/one_of.h"

#include <algorithm>
#include <type_traits>

namespace loopscope::ui {
namespace {

/// Whether a fact changes the state of this task.
bool isStationOf(const Fact& fact, TaskId followed)
{
    return std::visit(
        [followed](const auto& happened) {
            using F = std::decay_t<decltype(happened)>;
            if constexpr (OneOf<F, TaskCreated, TaskStepped, TaskSuspended, TaskYielded, TaskWoken, TaskFinished,
                                TaskFailed, TaskCancelled, CancelRequested>)
                return happened.task == followed;
            else
                return false;
        },
        fact);
}

} // namespace

bool isStop(const Trace& trace, std::size_t index, StepBy by, TaskId followed)
{
    switch (by) {
    case StepBy::Event:
        return true;
    case StepBy::Switch:
        return std::holds_alternative<TaskStepped>(trace[index].fact);
    case StepBy::Iteration:
        return std::holds_alternative<IterationBegan>(trace[index].fact);
    case StepBy::Task:
        return isStationOf(trace[index].fact, followed);
    }
    return true;
}

std::size_t nextStop(const Trace& trace, std::size_t step, StepBy by, TaskId followed)
{
    for (std::size_t i = step; i < trace.size(); ++i)
        if (isStop(trace, i, by, followed))
            return i + 1;
    return trace.size();
}

std::size_t previousStop(const Trace& trace, std::size_t step, StepBy by, TaskId followed)
{
    for (std::size_t i = step; i > 1; --i)
        if (isStop(trace, i - 2, by, followed))
            return i - 1;
    return 0;
}

TaskId taskToFollow(const Trace& trace, std::size_t step)
{
    const auto turn = [&](std::size_t i) {
        const auto fact = trace[i].fact;
        const auto* stepped = std::get_if<TaskStepped>(&fact);
        return stepped ? stepped->task : TaskId{};
    };
    for (std::size_t i = step; i > 0; --i)
        if (const TaskId task = turn(i - 1))
            return task;
    for (std::size_t i = step; i < trace.size(); ++i)
        if (const TaskId task = turn(i))
            return task;
    return {};
}

std::chrono::milliseconds paceOf(Duration passing, bool stop)
{
    constexpr double reading = 320; // milliseconds for one fact, told in one sentence
    constexpr double glance = 70;
    constexpr double longest = 2600;
    const double waiting = to_seconds(passing) * 1400;
    return std::chrono::milliseconds(
        static_cast<int>(std::min((stop ? reading : glance) + waiting, longest)));
}

} // namespace loopscope::ui
