#include "core/asyncio/condition.h"

#include "core/asyncio/barrier.h"

#include <algorithm>

namespace loopscope {

Condition::Condition(Barrier& barrier, std::string name) : Condition(std::move(name))
{
    barrier_ = &barrier;
    lock_->silent_ = true;
}

ResourceId Condition::id(EventLoop& loop)
{
    return number_.in(loop, [&](Trace& trace) {
        const ResourceId lock = lock_->id(loop);
        return trace.add_resource({.kind = ResourceKind::Condition, .label = name_, .lock = lock});
    });
}

Future<void> Condition::make_place()
{
    EventLoop* recorder = recording_loop();
    if (!barrier_)
        return make_waiter(FutureKind::Condition, name_, recorder ? id(*recorder) : ResourceId{});
    return make_waiter(FutureKind::Barrier, name_, recorder ? barrier_->id(*recorder) : ResourceId{});
}

Coro<void> Condition::acquire()
{
    if (EventLoop* loop = recording_loop(); loop && !barrier_)
        (void)id(*loop); // the trace knows whose lock it is from the start
    return lock_->acquire();
}

Coro<void> Condition::wait()
{
    if (!locked())
        throw RuntimeError("cannot wait on un-acquired lock");
    const Future<void> waiter = make_place();
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

void Condition::notify(std::size_t n, Where at)
{
    if (!locked())
        throw RuntimeError("cannot notify on un-acquired lock");
    if (EventLoop* loop = recording_loop(); loop && !barrier_) {
        const auto asleep = std::count_if(waiters_.begin(), waiters_.end(),
                                          [](const Future<void>& waiter) { return !waiter.done(); });
        const std::size_t woken = std::min(n, static_cast<std::size_t>(asleep));
        loop->record(ConditionNotified{id(*loop), static_cast<std::uint32_t>(woken)}, loop->place(at));
    }
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
