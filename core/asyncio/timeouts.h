#pragma once

#include "core/asyncio/async_with.h"
#include "core/asyncio/event_loop.h"

#include <optional>
#include <utility>

namespace loopscope {

/// A limit on how long a block of a task may take. At the deadline it cancels the task from inside;
/// the block's end makes a TimeoutError of that CancelledError. As asyncio.timeout of CPython 3.13.
///
///     Timeout limit = timeout(1.0);
///     auto block = [&]() -> Coro<void> { co_await fetch("a"); };
///     co_await async_with(limit, block());
class Timeout {
public:
    /// `when` in seconds on the loop's clock; never when there is none.
    explicit Timeout(std::optional<double> when) : when_(when) {}
    Timeout(Timeout&&) = default;

    [[nodiscard]] std::optional<double> when() const { return when_; }
    /// Moves the deadline. Throws RuntimeError unless the block is running.
    void reschedule(std::optional<double> when, Where at = Where::current());
    /// The deadline has cut the block off.
    [[nodiscard]] bool expired() const { return state_ == State::Expiring || state_ == State::Expired; }

    /// Throws RuntimeError the second time, and outside a task.
    Coro<void> aenter();
    Coro<bool> aexit(std::exception_ptr error);

private:
    enum class State { Created, Entered, Expiring, Expired, Exited };

    void expire();
    void note_left(bool throws) const;

    std::optional<double> when_;
    State state_ = State::Created;
    TaskBase* task_ = nullptr;
    ScopeId id_; ///< given when it is entered, if the loop records
    std::uint32_t cancelling_ = 0;
    Ref<Handle> handle_;
};

/// A limit of `delay` seconds from now. Requires a running loop.
[[nodiscard]] Timeout timeout(std::optional<double> delay);
[[nodiscard]] inline Timeout timeout_at(std::optional<double> when) { return Timeout(when); }

namespace detail {

Coro<void> cancel_and_wait(Ref<FutureBase> future);

template <class T>
Coro<T> await_future(Future<T> future)
{
    co_return co_await future;
}
template <>
inline Coro<void> await_future(Future<void> future)
{
    co_await future;
}

template <class T>
Coro<T> wait_for_coroutine(Coro<T> coroutine, double delay)
{
    Timeout limit = timeout(delay);
    Coro<T> limited = async_with(limit, std::move(coroutine));
    if constexpr (std::is_void_v<T>) {
        co_await std::move(limited);
    } else {
        T result = co_await std::move(limited);
        co_return result;
    }
}

template <class T>
Coro<T> wait_for_at_once(Future<T> future)
{
    if (!future.done()) {
        co_await cancel_and_wait(future.state());
        if (future.cancelled())
            throw TimeoutError();
    }
    co_return future.result();
}
template <>
inline Coro<void> wait_for_at_once(Future<void> future)
{
    if (!future.done()) {
        co_await cancel_and_wait(future.state());
        if (future.cancelled())
            throw TimeoutError();
    }
    future.result();
}

} // namespace detail

/// The result, if it comes within `delay` seconds; otherwise what was awaited is cancelled and
/// TimeoutError thrown. A coroutine is awaited inline, as from Python 3.12 on; with a delay not
/// above zero it does not get to run.
template <class T>
Coro<T> wait_for(Coro<T> coroutine, double delay, Where at = Where::current())
{
    if (delay <= 0)
        return detail::wait_for_at_once<T>(get_running_loop().create_task(std::move(coroutine), {}, at));
    return detail::wait_for_coroutine(std::move(coroutine), delay);
}
template <class F>
    requires std::is_base_of_v<Future<typename F::value_type>, F>
Coro<typename F::value_type> wait_for(F future, double delay)
{
    using T = typename F::value_type;
    if (delay <= 0)
        return detail::wait_for_at_once<T>(future);
    return detail::wait_for_coroutine(detail::await_future<T>(future), delay);
}

} // namespace loopscope
