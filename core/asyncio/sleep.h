#pragma once

#include "core/asyncio/event_loop.h"

#include <coroutine>

namespace loopscope {

namespace detail {

/// The future of a sleep and the timer that fills it: one object, since they live together.
class SleepState final : public WithValue<void, FutureBase> {
public:
    explicit SleepState(EventLoop& loop) : WithValue(loop, FutureKind::Sleep) {}

    [[nodiscard]] std::string label() const override;
    void start(Duration delay, PlaceId place);
    /// The timer is not needed any more.
    void stop();

private:
    friend class loopscope::EventLoop;

    /// Its turn as a timer.
    void fire()
    {
        if (!done()) // else it was cancelled in this very iteration
            set_result({});
    }

    HandleId timer_; ///< given when it is recorded
    bool timer_cancelled_ : 1 = false;
    bool in_heap_ : 1 = false;
    bool queued_ : 1 = false; ///< stands in the ready queue
};

/// The delay of a sleep that only lets the others go first.
inline constexpr Duration no_delay{-1};

class SleepAwaiter {
public:
    explicit SleepAwaiter(Duration delay) : delay_(delay) {}
    SleepAwaiter(const SleepAwaiter&) = delete;
    SleepAwaiter& operator=(const SleepAwaiter&) = delete;
    ~SleepAwaiter()
    {
        if (sleeps() && state_)
            abandon();
    }

    [[nodiscard]] bool await_ready() const noexcept { return false; }
    template <class P>
    void await_suspend(std::coroutine_handle<P> coroutine)
    {
        TaskBase* const task = coroutine.promise().task;
        if (sleeps()) {
            suspend(*task, coroutine.promise().awaits_at);
        } else {
            task_ = task;
            task->yield();
        }
    }
    void await_resume()
    {
        if (sleeps())
            wake();
        else
            task_->deliver();
    }

private:
    [[nodiscard]] bool sleeps() const { return delay_ >= Duration::zero(); }
    void suspend(TaskBase& task, const Where& at);
    void wake();
    void abandon();

    Duration delay_;
    union {
        TaskBase* task_;               ///< of a yield
        SleepState* state_ = nullptr; ///< of a sleep, while it lasts; holds a reference
    };
};

} // namespace detail

/// A pause of the awaiting task; the loop is free meanwhile. With a delay that is not above zero
/// the task only lets the others go first, for one turn.
class [[nodiscard]] Sleep {
public:
    using value_type = void;

    explicit Sleep(Duration delay) : delay_(delay > Duration::zero() ? delay : detail::no_delay) {}
    explicit Sleep(double delay) : delay_(delay <= 0 ? detail::no_delay : length(delay)) {}

    [[nodiscard]] detail::SleepAwaiter operator co_await() const { return detail::SleepAwaiter(delay_); }

    /// As a coroutine of its own, for whoever wants to make a task of it.
    operator Coro<void>() const;

private:
    [[nodiscard]] static Duration length(double delay);

    Duration delay_;
};

/// `delay` in seconds. Throws ValueError when it is not a number.
[[nodiscard]] inline Sleep sleep(double delay) { return Sleep(delay); }
[[nodiscard]] inline Sleep sleep(Duration delay) { return Sleep(delay); }

namespace detail {
inline Ref<FutureBase> ensure_future(EventLoop& loop, const Sleep& pause, const Where& at)
{
    return loop.create_task(static_cast<Coro<void>>(pause), {}, at).state();
}
} // namespace detail

} // namespace loopscope
