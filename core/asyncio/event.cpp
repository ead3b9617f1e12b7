#include "core/asyncio/event.h"

namespace loopscope {

void Event::set()
{
    if (set_)
        return;
    set_ = true;
    for (const Future<void>& waiter : waiters_)
        if (!waiter.done())
            waiter.set_result();
}

Coro<void> Event::wait()
{
    if (set_)
        co_return;
    const Future<void> waiter = make_waiter(FutureKind::Event, name_);
    waiters_.push_back(waiter);
    try {
        co_await waiter;
    } catch (...) {
        std::erase(waiters_, waiter);
        throw;
    }
    std::erase(waiters_, waiter);
}

} // namespace loopscope
