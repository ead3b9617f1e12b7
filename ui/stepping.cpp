#include "ui/stepping.h"

#include <algorithm>

namespace loopscope::ui {

bool isStop(const Trace& trace, std::size_t index, StepBy by)
{
    switch (by) {
    case StepBy::Event:
        return true;
    case StepBy::Switch:
        return std::holds_alternative<TaskStepped>(trace[index].fact);
    case StepBy::Iteration:
        return std::holds_alternative<IterationBegan>(trace[index].fact);
    }
    return true;
}

std::size_t nextStop(const Trace& trace, std::size_t step, StepBy by)
{
    for (std::size_t i = step; i < trace.size(); ++i)
        if (isStop(trace, i, by))
            return i + 1;
    return trace.size();
}

std::size_t previousStop(const Trace& trace, std::size_t step, StepBy by)
{
    for (std::size_t i = step; i > 1; --i)
        if (isStop(trace, i - 2, by))
            return i - 1;
    return 0;
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
