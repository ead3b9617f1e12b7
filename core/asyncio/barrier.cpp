#include "core/asyncio/barrier.h"

#include "core/asyncio/async_with.h"

namespace loopscope {

Barrier::Barrier(int parties, std::string name) : condition_(std::move(name)), parties_(parties)
{
    if (parties < 1)
        throw ValueError("parties must be >= 1");
}

Coro<int> Barrier::wait() { return async_with(condition_, arrive()); }

Coro<int> Barrier::arrive()
{
    co_await condition_.wait_for([this] { return state_ != State::Draining && state_ != State::Resetting; });
    if (state_ == State::Broken)
        throw BrokenBarrierError("Barrier aborted");
    const int index = count_++;
    std::exception_ptr error;
    try {
        if (index + 1 == parties_) {
            state_ = State::Draining;
            condition_.notify_all();
        } else {
            co_await wait_for_the_others();
        }
    } catch (...) {
        error = std::current_exception();
    }
    if (--count_ == 0) {
        if (state_ == State::Resetting || state_ == State::Draining)
            state_ = State::Filling;
        condition_.notify_all();
    }
    if (error)
        std::rethrow_exception(error);
    co_return index;
}

Coro<void> Barrier::wait_for_the_others()
{
    co_await condition_.wait_for([this] { return state_ != State::Filling; });
    if (state_ == State::Broken || state_ == State::Resetting)
        throw BrokenBarrierError("Abort or reset of barrier");
}

Coro<void> Barrier::reset()
{
    co_await condition_.acquire();
    state_ = count_ > 0 ? State::Resetting : State::Filling;
    condition_.notify_all();
    condition_.release();
}

Coro<void> Barrier::abort()
{
    co_await condition_.acquire();
    state_ = State::Broken;
    condition_.notify_all();
    condition_.release();
}

} // namespace loopscope
