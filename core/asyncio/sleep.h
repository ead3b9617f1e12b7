#pragma once

#include "core/asyncio/event_loop.h"

#include <coroutine>

namespace loopscope {

namespace detail {

/// The future of a sleep and the timer that fills it: one object, since they live together.
class SleepState final : public WithValue<void, FutureBase> {
public:
    SleepState(EventLoop& loop, Duration delay);

    [[nodiscard]] std::string label() const override;
    void start(PlaceId place);
    /// The timer is not needed any more.
    void stop();

private:
    class Timer;

    Duration delay_;
    Ref<TimerHandle> timer_;
};

class SleepAwaiter {
public:
    SleepAwaiter(Duration delay, bool yields) : delay_(delay), yields_(yields) {}
    SleepAwaiter(SleepAwaiter&&) noexcept = default;
    ~SleepAwaiter();

    [[nodiscard]] bool await_ready() const noexcept { return false; }
    template <class P>
    void await_suspend(std::coroutine_handle<P> coroutine)
    {
        suspend(*coroutine.promise().task, coroutine.promise().awaits_at);
    }
    void await_resume();

private:
    void suspend(TaskBase& task, const Where& at);

    Duration delay_;
    bool yields_;
    TaskBase* task_ = nullptr;
    Ref<SleepState> state_;
};

} // namespace detail

/// A pause of the awaiting task; the loop is free meanwhile. With a delay that is not above zero
/// the task only lets the others go first, for one turn.
class [[nodiscard]] Sleep {
public:
    using value_type = void;

    explicit Sleep(Duration delay) : delay_(delay), yields_(delay <= Duration::zero()) {}
    explicit Sleep(double delay);

    [[nodiscard]] detail::SleepAwaiter operator co_await() const { return {delay_, yields_}; }

    /// As a coroutine of its own, for whoever wants to make a task of it.
    operator Coro<void>() const;

private:
    Duration delay_;
    bool yields_;
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
