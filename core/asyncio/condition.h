#pragma once

#include "core/asyncio/lock.h"

#include <deque>
#include <functional>
#include <memory>
#include <string>

namespace loopscope {

class Barrier;

/// Tasks that hold a lock wait here until another one notifies them. As asyncio.Condition of
/// CPython 3.13: a notified waiter that is cancelled passes the notification on.
class Condition {
public:
    explicit Condition(std::string name = "condition") : Condition(std::make_shared<Lock>(name), name) {}
    /// Shares a lock with others.
    explicit Condition(std::shared_ptr<Lock> lock, std::string name = "condition")
        : name_(std::move(name)), lock_(std::move(lock))
    {
    }
    Condition(const Condition&) = delete;
    Condition& operator=(const Condition&) = delete;

    [[nodiscard]] bool locked() const { return lock_->locked(); }
    Coro<void> acquire();
    void release(Where at = Where::current()) { lock_->release(at); }

    /// Gives the lock up, waits for a notification, and takes the lock again, also when it is
    /// cancelled meanwhile. Throws RuntimeError without the lock.
    Coro<void> wait();
    /// Waits until `predicate` holds.
    Coro<void> wait_for(std::function<bool()> predicate);
    /// Wakes at most `n` waiters, in the order of waiting. Throws RuntimeError without the lock.
    void notify(std::size_t n = 1, Where at = Where::current());
    void notify_all(Where at = Where::current()) { notify(waiters_.size(), at); }

    Coro<void> aenter() { return acquire(); }
    Coro<bool> aexit(std::exception_ptr error) { return lock_->aexit(error); }

private:
    friend class Barrier;

    /// What a barrier is made of: to a trace, who waits here waits at the barrier, and nobody hears
    /// of the lock.
    Condition(Barrier& barrier, std::string name);

    void wake(std::size_t n);
    Coro<void> take_back();
    [[nodiscard]] Future<void> make_place();
    [[nodiscard]] ResourceId id(EventLoop& loop);

    std::string name_;
    std::shared_ptr<Lock> lock_;
    std::deque<Future<void>> waiters_;
    Barrier* barrier_ = nullptr;
    TraceNumber<ResourceId> number_;
};

} // namespace loopscope
