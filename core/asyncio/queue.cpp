#include "core/asyncio/queue.h"

namespace loopscope::detail {

ResourceId QueueBase::id(EventLoop& loop, std::size_t items)
{
    return number_.in(loop, [&](Trace& trace) {
        return trace.add_resource({.kind = ResourceKind::Queue,
                                   .label = name_,
                                   .capacity = static_cast<std::uint32_t>(maxsize_),
                                   .count = static_cast<std::uint32_t>(items),
                                   .unfinished = static_cast<std::uint32_t>(unfinished_),
                                   .shut_down = shut_down_});
    });
}

Future<void> QueueBase::make_place(QueueEnd end)
{
    EventLoop* recorder = recording_loop();
    const char* method = end == QueueEnd::Get ? ".get" : end == QueueEnd::Put ? ".put" : ".join";
    return make_waiter(FutureKind::Queue, name_ + method, recorder ? id(*recorder, qsize()) : ResourceId{}, end);
}

void QueueBase::wake_next(Waiters& waiters)
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

void QueueBase::wake_all(Waiters& waiters)
{
    while (!waiters.empty())
        wake_next(waiters);
}

Coro<void> QueueBase::wait_for_room()
{
    while (full()) {
        if (shut_down_)
            throw QueueShutDown();
        const Future<void> putter = make_place(QueueEnd::Put);
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
        const Future<void> getter = make_place(QueueEnd::Get);
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

void QueueBase::item_was_put(const Where& at)
{
    if (EventLoop* loop = recording_loop())
        loop->record(ItemPut{id(*loop, qsize() - 1), static_cast<std::uint32_t>(qsize())}, loop->place(at));
    ++unfinished_;
    wake_next(getters_);
}

void QueueBase::item_was_taken(const Where& at)
{
    if (EventLoop* loop = recording_loop())
        loop->record(ItemTaken{id(*loop, qsize() + 1), static_cast<std::uint32_t>(qsize())}, loop->place(at));
    wake_next(putters_);
}

void QueueBase::task_done(Where at)
{
    if (unfinished_ == 0)
        throw ValueError("task_done() called too many times");
    if (EventLoop* loop = recording_loop())
        loop->record(ItemDone{id(*loop, qsize()), static_cast<std::uint32_t>(unfinished_ - 1)}, loop->place(at));
    if (--unfinished_ == 0)
        wake_all(joiners_);
}

Coro<void> QueueBase::join()
{
    if (unfinished_ == 0)
        co_return;
    const Future<void> joiner = make_place(QueueEnd::Join);
    joiners_.push_back(joiner);
    try {
        co_await joiner;
    } catch (...) {
        std::erase(joiners_, joiner);
        throw;
    }
}

void QueueBase::shutdown(bool immediate, Where at)
{
    EventLoop* recorder = recording_loop();
    const ResourceId id = recorder ? this->id(*recorder, qsize()) : ResourceId{};
    shut_down_ = true;
    if (immediate) {
        while (!empty()) {
            drop_item();
            if (unfinished_ > 0)
                --unfinished_;
        }
    }
    if (recorder)
        recorder->record(QueueClosed{id, static_cast<std::uint32_t>(qsize()), static_cast<std::uint32_t>(unfinished_)},
                         recorder->place(at));
    if (immediate && unfinished_ == 0)
        wake_all(joiners_);
    // Everybody looks again, and finds that nothing will come.
    wake_all(getters_);
    wake_all(putters_);
}

} // namespace loopscope::detail
