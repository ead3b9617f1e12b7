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

    PromiseBase* awaiter = nullptr; ///< the coroutine that awaits this one; null for a task's own
    TaskBase* task = nullptr;       ///< who drives it; null before it is awaited or wrapped
    Where made_at;                  ///< names the coroutine's function
    Where awaits_at;                ///< the await in progress
    StackId outer_stack = StackId::Empty; ///< the awaits outside this coroutine, once they are known
    bool outer_known = false;
    std::uint8_t nesting = 0; ///< how many coroutines below it on the stack await each other
};

namespace detail {

/// The end of a coroutine: its frame goes at once, and whoever awaited it goes on. What it gave lies
/// with its awaiter, or with its task, by then.
struct FinalAwaiter {
    [[nodiscard]] bool await_ready() const noexcept { return false; }
    template <class P>
    bool await_suspend(std::coroutine_handle<P> coroutine) const noexcept
    {
        end_coroutine(coroutine.promise());
        return false;
    }
    void await_resume() const noexcept {}

private:
    static void end_coroutine(PromiseBase& promise) noexcept;
};

template <class T>
class Promise;

/// Runs a child coroutine in the awaiting coroutine's task: no turn of the loop, no other task.
template <class T>
class CoroAwaiter {
public:
    CoroAwaiter(PromiseBase& parent, Coro<T>&& coroutine);
    CoroAwaiter(const CoroAwaiter&) = delete;
    CoroAwaiter& operator=(const CoroAwaiter&) = delete;
    ~CoroAwaiter();

    /// A child that waits for nothing has ended here, before its parent would have to be suspended.
    [[nodiscard]] bool await_ready();
    void await_suspend(std::coroutine_handle<>) const noexcept {}
    T await_resume();

private:
    Promise<T>* child_; ///< null once it is over
    std::optional<ValueOf<T>> result_;
};

/// Runs `child`, whose awaiter is known, until it ends or waits. True when it has ended.
[[nodiscard]] bool run_coroutine(PromiseBase& child);
/// The trampoline goes on with `child`.
void enter_coroutine(PromiseBase& parent, PromiseBase& child);
/// How a coroutine hands its task back to its awaiter: for good, or as an async generator, which stands
/// at a `co_yield` from then on or has come to its end.
enum class Leaving : std::uint8_t { Return, Yield, End };
void leave_coroutine(PromiseBase& child, bool failed, Leaving how = Leaving::Return);
/// The task's trampoline goes on with `promise` next.
void go_on(PromiseBase& promise) noexcept;
/// True while the frames of a task that will never go on are destroyed, innermost first: then an
/// await must not destroy the frame that it waits for.
extern constinit thread_local int unwinding_frames;
[[nodiscard]] inline bool unwinding() noexcept { return unwinding_frames > 0; }
void record_entered(PromiseBase& parent, PromiseBase& child);
void record_left(PromiseBase& child, bool failed, Leaving how);
/// The exception that ends a coroutine stays with its task until its awaiter throws it again.
void keep_error(PromiseBase& promise) noexcept;
[[noreturn]] void throw_kept_error();
void destroy_unawaited(PromiseBase& promise) noexcept;

template <class T>
concept Awaiter = requires(T t) { t.await_ready(); t.await_resume(); };

class PromiseAwaits : public PromiseBase {
public:
    using PromiseBase::PromiseBase;

    template <class T>
    CoroAwaiter<T> await_transform(Coro<T>&& coroutine, WherePointer at = __builtin_source_location())
    {
        awaits_at = where_of(at);
        return CoroAwaiter<T>(*this, std::move(coroutine));
    }
    /// Awaiting a named coroutine uses it up; awaiting it again throws RuntimeError, as in Python.
    template <class T>
    CoroAwaiter<T> await_transform(Coro<T>& coroutine, WherePointer at = __builtin_source_location())
    {
        awaits_at = where_of(at);
        return CoroAwaiter<T>(*this, std::move(coroutine));
    }
    template <class F>
        requires std::is_base_of_v<Future<typename F::value_type>, F>
    FutureAwaiter<typename F::value_type> await_transform(const F& future, WherePointer at = __builtin_source_location())
    {
        awaits_at = where_of(at);
        return FutureAwaiter<typename F::value_type>(future.state());
    }
    /// Anything else that says how it is awaited.
    template <class A>
        requires requires(A&& a) { std::forward<A>(a).operator co_await(); }
    auto await_transform(A&& awaitable, WherePointer at = __builtin_source_location())
    {
        awaits_at = where_of(at);
        return std::forward<A>(awaitable).operator co_await();
    }
};

/// What every Promise of a `T` has: where the result goes.
template <class T>
class PromiseOf : public PromiseAwaits {
public:
    using PromiseAwaits::PromiseAwaits;

    Coro<T> get_return_object(Where made = Where::current());
    [[nodiscard]] FinalAwaiter final_suspend() const noexcept { return {}; }
    void unhandled_exception() noexcept
    {
        result->reset(); // a destructor may throw after a co_return
        keep_error(*this);
    }

    std::optional<ValueOf<T>>* result = nullptr; ///< the awaiter's or the task's
};

template <class T>
class Promise final : public PromiseOf<T> {
public:
    explicit Promise(Where made = Where::current()) : PromiseOf<T>(made) {}

    template <class U = T>
        requires std::is_convertible_v<U&&, T>
    void return_value(U&& v)
    {
        this->result->emplace(std::forward<U>(v));
    }
};

template <>
class Promise<void> final : public PromiseOf<void> {
public:
    explicit Promise(Where made = Where::current()) : PromiseOf(made) {}

    void return_void() { result->emplace(); }
};

} // namespace detail

/// A coroutine object, as a call of an `async def` gives it: nothing of it runs until it is
/// awaited or made a task. Awaited, it runs inside the awaiting task, on the spot; what waits is
/// resumed by a trampoline in the task's step, so that the depth of awaits never costs stack.
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
Coro<T> PromiseOf<T>::get_return_object(Where made)
{
    static_assert(alignof(Promise<T>) <= 2 * sizeof(void*), "PromiseBase::handle() relies on the frame's layout");
    made_at = made;
    return Coro<T>(static_cast<Promise<T>&>(*this));
}

template <class T>
CoroAwaiter<T>::CoroAwaiter(PromiseBase& parent, Coro<T>&& coroutine) : child_(coroutine.release())
{
    if (!child_)
        throw RuntimeError("cannot reuse already awaited coroutine");
    child_->awaiter = &parent;
    child_->result = &result_;
}

template <class T>
CoroAwaiter<T>::~CoroAwaiter()
{
    if (child_ && !unwinding())
        child_->handle().destroy();
}

template <class T>
bool CoroAwaiter<T>::await_ready()
{
    return run_coroutine(*child_);
}

template <class T>
T CoroAwaiter<T>::await_resume()
{
    child_ = nullptr;
    if (!result_) [[unlikely]]
        throw_kept_error();
    if constexpr (!std::is_void_v<T>)
        return std::move(*result_);
}

} // namespace detail
} // namespace loopscope
