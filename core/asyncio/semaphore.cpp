#include "core/asyncio/semaphore.h"

#include <algorithm>

namespace loopscope {

Semaphore::Semaphore(int value, std::string name) : value_(value), name_(std::move(name)), initial_(value)
{
    if (value < 0)
        throw ValueError("Semaphore initial value must be >= 0");
}

ResourceId Semaphore::id(EventLoop& loop, int free)
{
    return number_.in(loop, [&](Trace& trace) {
        return trace.add_resource({.kind = ResourceKind::Semaphore,
                                   .label = name_,
                                   .capacity = static_cast<std::uint32_t>(initial_),
                                   .count = static_cast<std::uint32_t>(free)});
    });
}

void Semaphore::note_acquired(int free_before)
{
    if (EventLoop* loop = recording_loop())
        loop->record(ResourceAcquired{id(*loop, free_before), current_task_id(*loop), static_cast<std::uint32_t>(value_)},
                     loop->place(Where::current()));
}

void Semaphore::note_released(const Where& at)
{
    if (EventLoop* loop = recording_loop())
        loop->record(ResourceReleased{id(*loop, value_ - 1), static_cast<std::uint32_t>(value_)}, loop->place(at));
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
        note_acquired(value_ + 1);
        co_return;
    }
    EventLoop* recorder = recording_loop();
    const Future<void> waiter
        = make_waiter(FutureKind::Semaphore, name_, recorder ? id(*recorder, value_) : ResourceId{});
    waiters_.push_back(waiter);
    std::exception_ptr error;
    try {
        co_await waiter;
    } catch (...) {
        error = std::current_exception();
    }
    std::erase(waiters_, waiter);
    const bool promised = waiter.done() && !waiter.cancelled();
    if (error && promised) { // the place it was given goes back
        ++value_;
        note_released(Where::current());
    } else if (!error) {
        note_acquired(value_);
    }
    // Newcomers may have queued up behind a place that was promised; let in as many as there is
    // room for.
    while (value_ > 0 && wake_up_next()) { }
    if (error)
        std::rethrow_exception(error);
}

void Semaphore::release(Where at)
{
    ++value_;
    note_released(at);
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

void BoundedSemaphore::release(Where at)
{
    if (value_ >= bound_)
        throw ValueError("BoundedSemaphore released too many times");
    Semaphore::release(at);
}

} // namespace loopscope
