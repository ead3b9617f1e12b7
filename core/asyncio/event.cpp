#include "core/asyncio/event.h"

namespace loopscope {

ResourceId Event::id(EventLoop& loop)
{
    return number_.in(loop, [&](Trace& trace) {
        return trace.add_resource({.kind = ResourceKind::Event, .label = name_, .count = set_ ? 1u : 0u});
    });
}

void Event::set(Where at)
{
    if (set_)
        return;
    if (EventLoop* loop = recording_loop())
        loop->record(EventSet{id(*loop)}, loop->place(at));
    set_ = true;
    for (const Future<void>& waiter : waiters_)
        if (!waiter.done())
            waiter.set_result();
}

void Event::clear(Where at)
{
    if (!set_)
        return;
    if (EventLoop* loop = recording_loop())
        loop->record(EventCleared{id(*loop)}, loop->place(at));
    set_ = false;
}

Coro<void> Event::wait()
{
    if (set_)
        co_return;
    EventLoop* recorder = recording_loop();
    const Future<void> waiter = make_waiter(FutureKind::Event, name_, recorder ? id(*recorder) : ResourceId{});
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
