#include "core/asyncio/work.h"

#include "core/asyncio/machine.h"
#include "core/asyncio/recorder.h"

#include <algorithm>
#include <exception>

namespace loopscope {
namespace {

// A worker's function may run a loop of its own, to which its calls belong then.
Machine::Worker* worker_here() { return running_loop_or_null() ? nullptr : Machine::current(); }

void hold(EventLoop& loop, WorkKind kind, Duration span)
{
    Meanwhile* others = loop.others();
    if (!others)
        loop.clock().advance(span);
    else if (kind == WorkKind::Computing)
        others->compute(span);
    else
        (void)others->rest(loop.now() + std::max(span, Duration::zero()), [] { return false; });
}

void hold_the_thread(WorkKind kind, double span_seconds, const Where& at)
{
    const Duration span = seconds(span_seconds);
    if (Machine::Worker* worker = worker_here()) {
        worker->machine().work(*worker, kind, span, worker->machine().loop().place(at));
        return;
    }
    EventLoop& loop = get_running_loop();
    loop.check_limits();
    if (loop.recording())
        loop.record(WorkBegan{current_task_id(loop), kind, span}, loop.place(at));
    hold(loop, kind, span);
    if (loop.recording())
        loop.record(WorkEnded{current_task_id(loop), kind}, loop.place(at));
}

} // namespace

void cpu(double seconds, Where at) { hold_the_thread(WorkKind::Computing, seconds, at); }
void block(double seconds, Where at) { hold_the_thread(WorkKind::Blocking, seconds, at); }

void print(std::string_view text, Where at)
{
    if (const Machine::Worker* worker = worker_here()) {
        EventLoop& loop = worker->machine().loop();
        if (std::uncaught_exceptions() == 0)
            loop.check_limits();
        if (loop.recording())
            loop.record(Noted{{}, text, worker->id}, loop.place(at));
        return;
    }
    EventLoop& loop = get_running_loop();
    loop.check_limits();
    if (loop.recording())
        loop.record(Noted{current_task_id(loop), text}, loop.place(at));
}

} // namespace loopscope
