#include "core/asyncio/queue.h"

namespace loopscope::detail {

void QueueBase::wake_next(std::deque<Future<void>>& waiters)
{
    while (!waiters.empty()) {
        const Future<void> waiter = waiters.front();
        waiters.pop_front();
        if (!waiter.done()) {
            waiter.set_result();
            break;
        }
    }
}

Coro<void> QueueBase::wait_for_room()
{
    while (full()) {
        if (shut_down_)
            throw QueueShutDown();
        const Future<void> putter = make_waiter(FutureKind::Queue, name_ + ".put");
        putters_.push_back(putter);
        try {
            co_await putter;
        } catch (...) {
            putter.cancel();
            std::erase(putters_, putter);
            // It was woken for a place that it will not use.
            if (!full() && !putter.cancelled())
                wake_next(putters_);
            throw;
        }
    }
}

Coro<void> QueueBase::wait_for_item()
{
    while (empty()) {
        if (shut_down_)
            throw QueueShutDown();
        const Future<void> getter = make_waiter(FutureKind::Queue, name_ + ".get");
        getters_.push_back(getter);
        try {
            co_await getter;
        } catch (...) {
            getter.cancel();
            std::erase(getters_, getter);
            if (!empty() && !getter.cancelled())
                wake_next(getters_);
            throw;
        }
    }
}

void QueueBase::check_put() const
{
    if (shut_down_)
        throw QueueShutDown();
    if (full())
        throw QueueFull();
}

void QueueBase::check_get() const
{
    if (!empty())
        return;
    if (shut_down_)
        throw QueueShutDown();
    throw QueueEmpty();
}

void QueueBase::item_was_put()
{
    ++unfinished_;
    finished_.clear();
    wake_next(getters_);
}

void QueueBase::task_done()
{
    if (unfinished_ == 0)
        throw ValueError("task_done() called too many times");
    if (--unfinished_ == 0)
        finished_.set();
}

Coro<void> QueueBase::join()
{
    if (unfinished_ > 0)
        co_await finished_.wait();
}

void QueueBase::shutdown(bool immediate)
{
    shut_down_ = true;
    if (immediate) {
        while (!empty()) {
            drop_item();
            if (unfinished_ > 0)
                --unfinished_;
        }
        if (unfinished_ == 0)
            finished_.set();
    }
    // Everybody looks again, and finds that nothing will come.
    while (!getters_.empty())
        wake_next(getters_);
    while (!putters_.empty())
        wake_next(putters_);
}

} // namespace loopscope::detail
