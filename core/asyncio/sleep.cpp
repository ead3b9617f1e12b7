#include "core/asyncio/sleep.h"

#include "core/base/format.h"

#include <cmath>

namespace loopscope {
namespace detail {

std::string SleepState::label() const
{
    return has_id() && loop().recording() ? std::string(loop().trace()->future(known_id()).label) : "sleep";
}

void SleepState::start(Duration delay, PlaceId place)
{
    const TimePoint when = loop().now() + delay;
    if (loop().recording()) {
        const std::string_view label = loop().sleep_label(delay);
        give_id(label);
        timer_ = loop().number_callback(CallbackKind::SleepEnds, label, when, id());
    }
    loop().schedule_sleep(*this, when, place);
}

void SleepState::stop()
{
    if (!done() || cancelled())
        loop().cancel_timer(*this);
}

void SleepAwaiter::suspend(TaskBase& task, const Where& at)
{
    Ref<SleepState> state = make_ref<SleepState>(task.loop());
    state->start(delay_, task.loop().place(at));
    state_ = state.get();
    state_->retain();
    task.suspend_on(*state_);
}

void SleepAwaiter::wake()
{
    const Ref<SleepState> state(state_);
    std::exchange(state_, nullptr)->release();
    // Python's sleep() cancels its timer in a finally: at its own turn, not at the request.
    state->stop();
    state->loop().current_task()->deliver();
    state->rethrow();
}

// The frame goes away in the middle of the sleep.
void SleepAwaiter::abandon()
{
    state_->forget_waiters();
    state_->stop();
    state_->release();
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
