#include "core/asyncio/barrier.h"

namespace loopscope {

Barrier::Barrier(int parties, std::string name) : condition_(*this, name), parties_(parties), name_(std::move(name))
{
    if (parties < 1)
        throw ValueError("parties must be >= 1");
}

ResourceId Barrier::id(EventLoop& loop)
{
    return number_.in(loop, [&](Trace& trace) {
        return trace.add_resource({.kind = ResourceKind::Barrier,
                                   .label = name_,
                                   .capacity = static_cast<std::uint32_t>(parties_),
                                   .count = static_cast<std::uint32_t>(count_),
                                   .shut_down = broken()});
    });
}

void Barrier::come_in()
{
    if (EventLoop* loop = recording_loop())
        loop->record(BarrierArrived{id(*loop), current_task_id(*loop), static_cast<std::uint32_t>(count_ + 1)},
                     loop->place(Where::current()));
    ++count_;
}

void Barrier::go_out()
{
    if (EventLoop* loop = recording_loop())
        loop->record(BarrierLeft{id(*loop), current_task_id(*loop), static_cast<std::uint32_t>(count_ - 1)},
                     loop->place(Where::current()));
    --count_;
}

void Barrier::note_reset(bool broken)
{
    if (EventLoop* loop = recording_loop())
        loop->record(BarrierReset{id(*loop), broken}, loop->place(Where::current()));
}

// No async_with, which a reader of the record would take for one of the program's.
Coro<int> Barrier::wait()
{
    co_await condition_.acquire();
    int index = 0;
    std::exception_ptr error;
    try {
        index = co_await arrive();
    } catch (...) {
        error = std::current_exception();
    }
    condition_.release();
    if (error)
        std::rethrow_exception(error);
    co_return index;
}

Coro<int> Barrier::arrive()
{
    co_await condition_.wait_for([this] { return state_ != State::Draining && state_ != State::Resetting; });
    if (state_ == State::Broken)
        throw BrokenBarrierError("Barrier aborted");
    const int index = count_;
    come_in();
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
    go_out();
    if (count_ == 0) {
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
    note_reset(false);
    state_ = count_ > 0 ? State::Resetting : State::Filling;
    condition_.notify_all();
    condition_.release();
}

Coro<void> Barrier::abort()
{
    co_await condition_.acquire();
    note_reset(true);
    state_ = State::Broken;
    condition_.notify_all();
    condition_.release();
}

} // namespace loopscope
