#include "core/asyncio/lock.h"

#include <algorithm>

namespace loopscope {

ResourceId Lock::id(EventLoop& loop)
{
    return number_.in(loop, [&](Trace& trace) {
        return trace.add_resource({.kind = ResourceKind::Lock, .label = name_, .count = locked_ ? 0u : 1u});
    });
}

Coro<void> Lock::acquire()
{
    const bool free_for_all =
        std::all_of(waiters_.begin(), waiters_.end(), [](const Future<void>& w) { return w.cancelled(); });
    if (!locked_ && free_for_all) {
        take();
        co_return;
    }
    EventLoop* recorder = silent_ ? nullptr : recording_loop();
    const Future<void> waiter = make_waiter(FutureKind::Lock, name_, recorder ? id(*recorder) : ResourceId{});
    waiters_.push_back(waiter);
    try {
        co_await waiter;
    } catch (...) {
        std::erase(waiters_, waiter);
        // It may have been handed to this task, which will not take it: somebody else must.
        if (!locked_)
            wake_up_first();
        throw;
    }
    std::erase(waiters_, waiter);
    take();
}

void Lock::take()
{
    if (EventLoop* loop = recording_loop(); loop && !silent_)
        loop->record(ResourceAcquired{id(*loop), current_task_id(*loop), 0}, loop->place(Where::current()));
    locked_ = true;
}

void Lock::release(Where at)
{
    if (!locked_)
        throw RuntimeError("Lock is not acquired.");
    if (EventLoop* loop = recording_loop(); loop && !silent_)
        loop->record(ResourceReleased{id(*loop), 1}, loop->place(at));
    locked_ = false;
    wake_up_first();
}

Coro<bool> Lock::aexit(std::exception_ptr)
{
    release();
    co_return false;
}

void Lock::wake_up_first()
{
    if (!waiters_.empty() && !waiters_.front().done())
        waiters_.front().set_result();
}

} // namespace loopscope
