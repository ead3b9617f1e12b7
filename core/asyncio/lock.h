#pragma once

#include "core/asyncio/waiter.h"

#include <deque>
#include <string>

namespace loopscope {

/// One holder at a time; waiters get it in the order in which they asked. As asyncio.Lock of
/// CPython 3.13: it does not know its owner, so a task that takes it twice waits for itself.
class Lock {
public:
    /// `name` is what a trace calls it.
    explicit Lock(std::string name = "lock") : name_(std::move(name)) {}
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;

    [[nodiscard]] bool locked() const { return locked_; }

    /// A free lock that nobody waits for is taken without a turn of the loop.
    Coro<void> acquire();
    /// Throws RuntimeError when nobody holds it.
    void release(Where at = Where::current());

    Coro<void> aenter() { return acquire(); }
    Coro<bool> aexit(std::exception_ptr);

private:
    friend class Barrier;
    friend class Condition;

    void take();
    void wake_up_first();
    [[nodiscard]] ResourceId id(EventLoop& loop);

    std::string name_;
    bool locked_ = false;
    bool silent_ = false; ///< a part of something that speaks for it
    std::deque<Future<void>> waiters_;
    TraceNumber<ResourceId> number_;
};

} // namespace loopscope
