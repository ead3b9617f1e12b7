#include "core/trace/subject.h"

#include <concepts>
#include <variant>

namespace loopscope {

TaskId subject_of(const Fact& fact)
{
    return std::visit(
        [](const auto& f) {
            if constexpr (requires { { f.task } -> std::convertible_to<TaskId>; })
                return TaskId(f.task);
            else
                return TaskId{};
        },
        fact);
}

bool is_beside_the_loop(const Fact& fact)
{
    return std::visit(
        Overloaded{
            [](const WorkerStarted&) { return false; }, // by whoever hands the pool a call
            [](const CallSent&) { return true; },
            [](const CallArrived&) { return true; },
            [](const LoopWoken&) { return true; },
            [](const CallbackScheduled& f) { return f.by != WorkerId{}; },
            [](const auto& f) {
                if constexpr (requires { f.worker; })
                    return f.worker != WorkerId{};
                else
                    return false;
            },
        },
        fact);
}

} // namespace loopscope
