#include "core/asyncio/lock.h"

#include <algorithm>

namespace loopscope {

Coro<void> Lock::acquire()
{
    const bool free_for_all =
        std::all_of(waiters_.begin(), waiters_.end(), [](const Future<void>& w) { return w.cancelled(); });
    if (!locked_ && free_for_all) {
        locked_ = true;
        co_return;
    }
    const Future<void> waiter = make_waiter(FutureKind::Lock, name_);
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
    locked_ = true;
}

void Lock::release()
{
    if (!locked_)
        throw RuntimeError("Lock is not acquired.");
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
