#pragma once

#include "core/asyncio/condition.h"

#include <string>

namespace loopscope {

/// Opens when a number of parties wait at it. As asyncio.Barrier.
class Barrier {
public:
    /// Throws ValueError below one.
    explicit Barrier(int parties, std::string name = "barrier");

    /// A number from 0 for each party, the last to arrive having the highest. Throws
    /// BrokenBarrierError when the barrier was reset or aborted meanwhile.
    Coro<int> wait();
    /// Throws out who waits; then it can be used again.
    Coro<void> reset();
    /// Throws out who waits, and whoever comes later.
    Coro<void> abort();

    [[nodiscard]] int parties() const { return parties_; }
    [[nodiscard]] int n_waiting() const { return state_ == State::Filling ? count_ : 0; }
    [[nodiscard]] bool broken() const { return state_ == State::Broken; }

private:
    enum class State { Filling, Draining, Resetting, Broken };

    friend class Condition;

    Coro<int> arrive();
    Coro<void> wait_for_the_others();
    void come_in();
    void go_out();
    void note_reset(bool broken);
    [[nodiscard]] ResourceId id(EventLoop& loop);

    Condition condition_;
    int parties_;
    int count_ = 0;
    State state_ = State::Filling;
    std::string name_;
    TraceNumber<ResourceId> number_;
};

} // namespace loopscope
