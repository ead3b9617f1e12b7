#pragma once

#include "core/asyncio/future.h"
#include "core/base/where.h"

#include <cassert>
#include <coroutine>
#include <cstdint>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace loopscope {

template <class T>
class Coro;
class TaskBase;

/// What the loop knows about a coroutine that runs: who awaits it, and at which line it awaits.
/// Together these links are the await stack.
class PromiseBase {
public:
    explicit PromiseBase(Where made) : made_at(made) {}

    static void* operator new(std::size_t bytes) { return pool_allocate_frame(bytes); }
    static void operator delete(void* block, std::size_t bytes) noexcept { pool_release(block, bytes); }

    [[nodiscard]] std::coroutine_handle<> handle() noexcept
    {
        return std::coroutine_handle<PromiseBase>::from_promise(*this);
    }

    [[nodiscard]] std::suspend_always initial_suspend() const noexcept { return {}; }
    void unhandled_exception() noexcept { error = std::current_exception(); }

    PromiseBase* awaiter = nullptr; ///< the coroutine that awaits this one; null for a task's own
    TaskBase* task = nullptr;       ///< who drives it; null before it is awaited or wrapped
    Where made_at;                  ///< names the coroutine's function
    Where awaits_at;                ///< the await in progress
    std::exception_ptr error;
    StackId outer_stack = StackId::Empty; ///< the awaits outside this coroutine, once they are known
    bool outer_known = false;
    bool over = false;
};

namespace detail {

/// Gives the turn back to the task's trampoline, which goes on with whoever awaited.
struct FinalAwaiter {
    [[nodiscard]] bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> coroutine) const noexcept;
    void await_resume() const noexcept {}

    PromiseBase* promise;
};

template <class T>
class Promise;

/// Runs a child coroutine in the awaiting coroutine's task: no turn of the loop, no other task.
template <class T>
class CoroAwaiter {
public:
    explicit CoroAwaiter(Coro<T>&& coroutine);
    CoroAwaiter(CoroAwaiter&& other) noexcept : child_(std::exchange(other.child_, nullptr)) {}
    ~CoroAwaiter();

    [[nodiscard]] bool await_ready() const noexcept { return false; }

    template <class P>
    void await_suspend(std::coroutine_handle<P> parent)
    {
        enter(parent.promise(), *child_);
    }

    T await_resume();

private:
    static void enter(PromiseBase& parent, PromiseBase& child);

    Promise<T>* child_;
};

void enter_coroutine(PromiseBase& parent, PromiseBase& child);
void leave_coroutine(PromiseBase& child);
/// The task's trampoline goes on with `promise` next.
void go_on(PromiseBase& promise) noexcept;
/// True while the frames of a task that will never go on are destroyed, innermost first: then an
/// await must not destroy the frame that it waits for.
extern constinit thread_local int unwinding_frames;
[[nodiscard]] inline bool unwinding() noexcept { return unwinding_frames > 0; }
void record_entered(PromiseBase& parent, PromiseBase& child);
void record_left(PromiseBase& child);
void destroy_unawaited(PromiseBase& promise) noexcept;

template <class T>
concept Awaiter = requires(T t) { t.await_ready(); t.await_resume(); };

class PromiseAwaits : public PromiseBase {
public:
    using PromiseBase::PromiseBase;

    template <class T>
    CoroAwaiter<T> await_transform(Coro<T>&& coroutine, Where at = Where::current())
    {
        awaits_at = at;
        return CoroAwaiter<T>(std::move(coroutine));
    }
    /// Awaiting a named coroutine uses it up; awaiting it again throws RuntimeError, as in Python.
    template <class T>
    CoroAwaiter<T> await_transform(Coro<T>& coroutine, Where at = Where::current())
    {
        awaits_at = at;
        return CoroAwaiter<T>(std::move(coroutine));
    }
    template <class F>
        requires std::is_base_of_v<Future<typename F::value_type>, F>
    FutureAwaiter<typename F::value_type> await_transform(const F& future, Where at = Where::current())
    {
        awaits_at = at;
        return FutureAwaiter<typename F::value_type>(future.state());
    }
    /// Anything else that says how it is awaited.
    template <class A>
        requires requires(A&& a) { std::forward<A>(a).operator co_await(); }
    auto await_transform(A&& awaitable, Where at = Where::current())
    {
        awaits_at = at;
        return std::forward<A>(awaitable).operator co_await();
    }
};

template <class T>
class Promise final : public PromiseAwaits {
public:
    explicit Promise(Where made = Where::current()) : PromiseAwaits(made) {}

    Coro<T> get_return_object(Where made = Where::current());
    [[nodiscard]] FinalAwaiter final_suspend() noexcept { return {this}; }

    template <class U = T>
        requires std::is_convertible_v<U&&, T>
    void return_value(U&& v)
    {
        value.emplace(std::forward<U>(v));
    }

    T take()
    {
        if (error)
            std::rethrow_exception(std::exchange(error, nullptr));
        return std::move(*value);
    }

    std::optional<T> value;
};

template <>
class Promise<void> final : public PromiseAwaits {
public:
    explicit Promise(Where made = Where::current()) : PromiseAwaits(made) {}

    Coro<void> get_return_object(Where made = Where::current());
    [[nodiscard]] FinalAwaiter final_suspend() noexcept { return {this}; }
    void return_void() noexcept {}

    void take()
    {
        if (error)
            std::rethrow_exception(std::exchange(error, nullptr));
    }
};

} // namespace detail

/// A coroutine object, as a call of an `async def` gives it: nothing of it runs until it is
/// awaited or made a task. Awaited, it runs inside the awaiting task, on the spot; a task's step
/// resumes it by a trampoline, so that the depth of awaits never costs stack.
template <class T = void>
class [[nodiscard]] Coro {
public:
    using value_type = T;
    using promise_type = detail::Promise<T>;

    Coro() = default;
    explicit Coro(promise_type& promise) : promise_(&promise) {}
    Coro(Coro&& other) noexcept : promise_(std::exchange(other.promise_, nullptr)) {}
    Coro& operator=(Coro&& other) noexcept
    {
        if (this != &other) {
            drop();
            promise_ = std::exchange(other.promise_, nullptr);
        }
        return *this;
    }
    ~Coro() { drop(); }

    /// False once it was awaited, made a task or moved away.
    explicit operator bool() const { return promise_ != nullptr; }

    /// Hands the frame over to whoever will run it; null when it is used up.
    [[nodiscard]] promise_type* release() { return std::exchange(promise_, nullptr); }

    /// Gives it up on purpose: nobody forgot to await it.
    void close()
    {
        if (promise_)
            std::exchange(promise_, nullptr)->handle().destroy();
    }

    [[nodiscard]] Where made_at() const { return promise_->made_at; }

private:
    void drop()
    {
        if (promise_)
            detail::destroy_unawaited(*std::exchange(promise_, nullptr));
    }

    promise_type* promise_ = nullptr;
};

namespace detail {

template <class T>
Coro<T> Promise<T>::get_return_object(Where made)
{
    static_assert(alignof(Promise) <= 2 * sizeof(void*), "PromiseBase::handle() relies on the frame's layout");
    made_at = made;
    return Coro<T>(*this);
}

inline Coro<void> Promise<void>::get_return_object(Where made)
{
    made_at = made;
    return Coro<void>(*this);
}

template <class T>
CoroAwaiter<T>::CoroAwaiter(Coro<T>&& coroutine) : child_(coroutine.release())
{
    if (!child_)
        throw RuntimeError("cannot reuse already awaited coroutine");
}

template <class T>
CoroAwaiter<T>::~CoroAwaiter()
{
    if (child_ && !unwinding())
        child_->handle().destroy();
}

template <class T>
void CoroAwaiter<T>::enter(PromiseBase& parent, PromiseBase& child)
{
    enter_coroutine(parent, child);
}

template <class T>
T CoroAwaiter<T>::await_resume()
{
    leave_coroutine(*child_);
    return child_->take();
}

} // namespace detail
} // namespace loopscope
