#include "core/asyncio/recorder.h"

namespace loopscope {

EventLoop* recording_loop() noexcept
{
    EventLoop* loop = running_loop_or_null();
    return loop && loop->recording() ? loop : nullptr;
}

TaskId current_task_id(const EventLoop& loop)
{
    const TaskBase* task = loop.current_task();
    return task ? task->task_id() : TaskId{};
}

} // namespace loopscope
