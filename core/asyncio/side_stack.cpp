#include "core/asyncio/side_stack.h"

#include "core/asyncio/errors.h"

#include <cassert>
#include <exception>
#include <system_error>

namespace loopscope {

SideStack::SideStack(std::function<void()> body) : body_(std::move(body))
{
    try {
        thread_ = std::thread([this] { run(); });
    } catch (const std::system_error&) {
        throw RuntimeError("can't start new thread");
    }
}

SideStack::~SideStack()
{
    if (!over_) {
        unwind_ = true;
        pool_ = &detail::pool;
        hand_over(Turn::Body);
    }
    thread_.join();
}

void SideStack::resume()
{
    assert(!over_);
    pool_ = &detail::pool;
    hand_over(Turn::Body);
}

void SideStack::pause()
{
    if (!unwind_) {
        detail::pool_give_back(*pool_);
        hand_over(Turn::Owner);
        detail::pool_borrow(*pool_);
    }
    // A destructor on the way out must not throw.
    if (unwind_ && std::uncaught_exceptions() == 0)
        throw Unwinding();
}

void SideStack::run()
{
    {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return turn_ == Turn::Body; });
    }
    detail::pool_borrow(*pool_);
    if (!unwind_) {
        try {
            body_();
        } catch (const Unwinding&) { // nobody waits for what it would have given
        }
    }
    detail::pool_give_back(*pool_);
    const std::lock_guard lock(mutex_);
    over_ = true;
    turn_ = Turn::Owner;
    changed_.notify_all();
}

void SideStack::hand_over(Turn to)
{
    std::unique_lock lock(mutex_);
    const Turn mine = turn_;
    turn_ = to;
    changed_.notify_all();
    changed_.wait(lock, [&] { return turn_ == mine; });
}

} // namespace loopscope
