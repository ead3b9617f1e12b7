#pragma once

#include "core/asyncio/waiter.h"

#include <deque>
#include <string>

namespace loopscope {

/// A number of places. As asyncio.Semaphore of CPython 3.13: a place promised to a woken waiter
/// cannot be taken by a newcomer.
class Semaphore {
public:
    /// Throws ValueError below zero.
    explicit Semaphore(int value = 1, std::string name = "semaphore");
    Semaphore(const Semaphore&) = delete;
    Semaphore& operator=(const Semaphore&) = delete;
    virtual ~Semaphore() = default;

    /// A newcomer would have to wait.
    [[nodiscard]] bool locked() const;
    Coro<void> acquire();
    virtual void release(Where at = Where::current());

    Coro<void> aenter() { return acquire(); }
    Coro<bool> aexit(std::exception_ptr);

protected:
    int value_;

private:
    bool wake_up_next();
    void note_acquired(int free_before);
    void note_released(const Where& at);
    [[nodiscard]] ResourceId id(EventLoop& loop, int free);

    std::string name_;
    std::deque<Future<void>> waiters_;
    int initial_;
    TraceNumber<ResourceId> number_;
};

/// Throws ValueError when it is released more often than it was acquired.
class BoundedSemaphore final : public Semaphore {
public:
    explicit BoundedSemaphore(int value = 1, std::string name = "semaphore")
        : Semaphore(value, std::move(name)), bound_(value)
    {
    }
    void release(Where at = Where::current()) override;

private:
    int bound_;
};

} // namespace loopscope
