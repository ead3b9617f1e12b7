#include "core/asyncio/semaphore.h"

#include <algorithm>

namespace loopscope {

Semaphore::Semaphore(int value, std::string name) : value_(value), name_(std::move(name))
{
    if (value < 0)
        throw ValueError("Semaphore initial value must be >= 0");
}

bool Semaphore::locked() const
{
    return value_ == 0
        || std::any_of(waiters_.begin(), waiters_.end(), [](const Future<void>& w) { return !w.cancelled(); });
}

Coro<void> Semaphore::acquire()
{
    if (!locked()) {
        --value_;
        co_return;
    }
    const Future<void> waiter = make_waiter(FutureKind::Semaphore, name_);
    waiters_.push_back(waiter);
    std::exception_ptr error;
    try {
        co_await waiter;
    } catch (...) {
        error = std::current_exception();
    }
    std::erase(waiters_, waiter);
    if (error && waiter.done() && !waiter.cancelled())
        ++value_; // the place it was given goes back
    // Newcomers may have queued up behind a place that was promised; let in as many as there is
    // room for.
    while (value_ > 0 && wake_up_next()) { }
    if (error)
        std::rethrow_exception(error);
}

void Semaphore::release()
{
    ++value_;
    wake_up_next();
}

Coro<bool> Semaphore::aexit(std::exception_ptr)
{
    release();
    co_return false;
}

bool Semaphore::wake_up_next()
{
    for (const Future<void>& waiter : waiters_) {
        if (!waiter.done()) {
            --value_;
            waiter.set_result();
            return true;
        }
    }
    return false;
}

void BoundedSemaphore::release()
{
    if (value_ >= bound_)
        throw ValueError("BoundedSemaphore released too many times");
    Semaphore::release();
}

} // namespace loopscope
