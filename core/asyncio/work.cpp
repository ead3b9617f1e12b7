#include "core/asyncio/work.h"

#include "core/asyncio/recorder.h"

namespace loopscope {
namespace {

void hold_the_thread(WorkKind kind, double span_seconds, const Where& at)
{
    EventLoop& loop = get_running_loop();
    loop.check_limits();
    const Duration span = seconds(span_seconds);
    if (loop.recording())
        loop.record(WorkBegan{current_task_id(loop), kind, span}, loop.place(at));
    loop.clock().advance(span);
    if (loop.recording())
        loop.record(WorkEnded{current_task_id(loop), kind}, loop.place(at));
}

} // namespace

void cpu(double seconds, Where at) { hold_the_thread(WorkKind::Computing, seconds, at); }
void block(double seconds, Where at) { hold_the_thread(WorkKind::Blocking, seconds, at); }

void print(std::string_view text, Where at)
{
    EventLoop& loop = get_running_loop();
    loop.check_limits();
    if (loop.recording())
        loop.record(Noted{current_task_id(loop), text}, loop.place(at));
}

} // namespace loopscope
