#include "core/asyncio/sleep.h"

#include "core/base/format.h"

#include <cmath>

namespace loopscope {
namespace detail {

class SleepState::Timer final : public TimerHandle {
public:
    Timer(EventLoop& loop, TimePoint when, Ref<SleepState> sleep)
        : TimerHandle(loop, CallbackKind::SleepEnds, when), sleep_(std::move(sleep))
    {
    }

protected:
    void call() override
    {
        // A sleep that was cancelled in this very iteration is over already.
        if (!sleep_->done())
            sleep_->set_result({});
    }
    [[nodiscard]] std::string_view label() const override { return loop().sleep_label(sleep_->delay_); }
    [[nodiscard]] FutureBase* about() const override { return sleep_.get(); }

private:
    Ref<SleepState> sleep_;
};

SleepState::SleepState(EventLoop& loop, Duration delay) : WithValue(loop, FutureKind::Sleep), delay_(delay) {}

std::string SleepState::label() const { return std::string(loop().sleep_label(delay_)); }

void SleepState::start(PlaceId place)
{
    timer_ = make_ref<Timer>(loop(), loop().now() + delay_, Ref<SleepState>(this));
    loop().schedule_timer(timer_, place);
}

void SleepState::stop()
{
    if (const Ref<TimerHandle> timer = std::exchange(timer_, {}))
        if (!done() || cancelled())
            timer->cancel();
}

void SleepAwaiter::suspend(const Where& at)
{
    state_ = make_ref<SleepState>(task_->loop(), delay_);
    state_->start(task_->loop().place(at));
    task_->suspend_on(*state_);
}

void SleepAwaiter::wake()
{
    const Ref<SleepState> state = std::exchange(state_, {});
    // Python's sleep() cancels its timer in a finally: at its own turn, not at the request.
    state->stop();
    task_->deliver();
    state->rethrow();
}

// The frame goes away in the middle of the sleep.
void SleepAwaiter::abandon()
{
    if (!state_->done())
        state_->remove_waiter(*task_);
    state_->stop();
}

} // namespace detail

Duration Sleep::length(double delay)
{
    if (std::isnan(delay))
        throw ValueError("Invalid delay: NaN (not a number)");
    return seconds(delay);
}

namespace as_coroutine {
namespace {

// Has asyncio's own name, since a trace shows it as the task's coroutine.
Coro<void> sleep(Sleep pause) { co_await pause; }

} // namespace
} // namespace as_coroutine

Sleep::operator Coro<void>() const { return as_coroutine::sleep(*this); }

} // namespace loopscope
