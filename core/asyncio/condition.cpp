#include "core/asyncio/condition.h"

namespace loopscope {

Coro<void> Condition::wait()
{
    if (!locked())
        throw RuntimeError("cannot wait on un-acquired lock");
    const Future<void> waiter = make_waiter(FutureKind::Condition, name_);
    release();
    std::exception_ptr error;
    waiters_.push_back(waiter);
    try {
        co_await waiter;
    } catch (...) {
        error = std::current_exception();
    }
    std::erase(waiters_, waiter);
    try {
        co_await take_back();
    } catch (...) {
        error = std::current_exception();
    }
    if (error) {
        // This task may have been notified; then the notification belongs to somebody else.
        wake(1);
        std::rethrow_exception(error);
    }
}

Coro<void> Condition::take_back()
{
    std::exception_ptr cancelled;
    for (bool taken = false; !taken;) {
        try {
            co_await acquire();
            taken = true;
        } catch (const CancelledError&) {
            cancelled = std::current_exception();
        }
    }
    if (cancelled)
        std::rethrow_exception(cancelled);
}

Coro<void> Condition::wait_for(std::function<bool()> predicate)
{
    while (!predicate())
        co_await wait();
}

void Condition::notify(std::size_t n)
{
    if (!locked())
        throw RuntimeError("cannot notify on un-acquired lock");
    wake(n);
}

void Condition::wake(std::size_t n)
{
    for (const Future<void>& waiter : waiters_) {
        if (n == 0)
            break;
        if (waiter.done())
            continue;
        --n;
        waiter.set_result();
    }
}

} // namespace loopscope
