#pragma once

#include "core/asyncio/lock.h"

#include <deque>
#include <functional>
#include <memory>
#include <string>

namespace loopscope {

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
    Coro<void> acquire() { return lock_->acquire(); }
    void release() { lock_->release(); }

    /// Gives the lock up, waits for a notification, and takes the lock again, also when it is
    /// cancelled meanwhile. Throws RuntimeError without the lock.
    Coro<void> wait();
    /// Waits until `predicate` holds.
    Coro<void> wait_for(std::function<bool()> predicate);
    /// Wakes at most `n` waiters, in the order of waiting. Throws RuntimeError without the lock.
    void notify(std::size_t n = 1);
    void notify_all() { notify(waiters_.size()); }

    Coro<void> aenter() { return acquire(); }
    Coro<bool> aexit(std::exception_ptr error) { return lock_->aexit(error); }

private:
    void wake(std::size_t n);
    Coro<void> take_back();

    std::string name_;
    std::shared_ptr<Lock> lock_;
    std::deque<Future<void>> waiters_;
};

} // namespace loopscope
