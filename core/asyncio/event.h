#pragma once

#include "core/asyncio/waiter.h"

#include <deque>
#include <string>

namespace loopscope {

/// A flag that tasks wait for. As asyncio.Event.
class Event {
public:
    explicit Event(std::string name = "event") : name_(std::move(name)) {}
    Event(const Event&) = delete;
    Event& operator=(const Event&) = delete;

    [[nodiscard]] bool is_set() const { return set_; }
    /// Wakes all who wait, in the order in which they began; they run in their own turns.
    void set(Where at = Where::current());
    void clear(Where at = Where::current());
    Coro<void> wait();

private:
    [[nodiscard]] ResourceId id(EventLoop& loop);

    std::string name_;
    bool set_ = false;
    std::deque<Future<void>> waiters_;
    TraceNumber<ResourceId> number_;
};

} // namespace loopscope
