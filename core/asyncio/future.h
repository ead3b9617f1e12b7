#pragma once

#include "core/asyncio/errors.h"
#include "core/asyncio/handle.h"
#include "core/base/where.h"

#include <coroutine>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace loopscope {

class TaskBase;
class EventLoop;
template <class T>
class Future;
namespace detail {
class FutureAwaiterBase;
}

/// What a future of void holds: Python's None.
struct None {
    friend constexpr bool operator==(None, None) { return true; }
};
template <class T>
using ValueOf = std::conditional_t<std::is_void_v<T>, None, T>;

/// A callback that the loop calls soon after a future is done.
class DoneCallback : public Handle {
public:
    DoneCallback(EventLoop& loop, CallbackKind kind) : Handle(loop, kind) {}
    [[nodiscard]] FutureBase* about() const override { return future_.get(); }

    /// Does nothing any more when its turn comes: whoever waited is gone. Its turn still passes.
    void disarm() { armed_ = false; }

protected:
    /// `future` is done.
    virtual void done(FutureBase& future) = 0;

private:
    friend class FutureBase;
    void call() override;

    Ref<FutureBase> future_; ///< set when the future is done
    bool armed_ = true;
};

/// A result that is pending, done or cancelled, and who waits for it. The part that does not
/// depend on the type of the result. Behaves as asyncio.Future of CPython 3.13.
class FutureBase : public RefCounted {
public:
    enum class State : std::uint8_t { Pending, Finished, Failed, Cancelled };

    FutureBase(EventLoop& loop, FutureKind kind) : loop_(&loop), kind_(kind) {}
    ~FutureBase() override;

    [[nodiscard]] EventLoop& loop() const { return *loop_; }
    [[nodiscard]] FutureKind kind() const { return kind_; }
    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] bool done() const { return state_ != State::Pending; }
    [[nodiscard]] bool cancelled() const { return state_ == State::Cancelled; }

    /// False when it is done already; otherwise its waiters get a CancelledError.
    virtual bool cancel(std::string message = {});

    /// The exception it failed with, null if it has a result; then it counts as retrieved.
    /// Throws InvalidStateError while pending and CancelledError when cancelled.
    [[nodiscard]] std::exception_ptr exception();

    /// What awaiting it would throw, null if it has a result. Requires that it is done.
    [[nodiscard]] std::exception_ptr error();

    /// What this throws as a cancelled future: what ended a cancelled task, but only the first who
    /// asks gets that, as in CPython; else an error with the message of the last cancel().
    [[nodiscard]] std::exception_ptr cancelled_error();
    /// Of the last cancel(), as long as no task was ended by it.
    [[nodiscard]] std::string cancel_message() const { return rare_if() ? rare_if()->cancel_message : std::string(); }

    /// Throws InvalidStateError when it is done already.
    void set_exception(std::exception_ptr error);

    /// Calls `callback` soon after the future is done, at once if it is done already.
    void add_done_callback(Ref<DoneCallback> callback);
    Ref<DoneCallback> add_done_callback(std::function<void(FutureBase&)> callback, std::string label = {});
    /// How many there were.
    std::size_t remove_done_callback(const Ref<DoneCallback>& callback);

    /// The number under which a trace knows it; given on first use. Requires a recording loop.
    [[nodiscard]] FutureId id()
    {
        if (!id_)
            give_id(label());
        return id_;
    }
    [[nodiscard]] bool has_id() const { return static_cast<bool>(id_); }
    /// The same number, none if nobody has asked for it.
    [[nodiscard]] FutureId known_id() const { return id_; }

    /// What a trace calls a wait for it.
    [[nodiscard]] virtual std::string label() const;
    /// What it waits for when it stands for several others, or for one: a gather's children.
    [[nodiscard]] virtual std::vector<Ref<FutureBase>> parts() const { return {}; }

    /// Where the value lies once it is set.
    [[nodiscard]] virtual void* value() = 0;

    // ---- for awaiters ----

    /// Wakes `task` soon after this is done. Requires that it is pending.
    void add_waiter(TaskBase& task);
    /// The task will not be woken: its frame is going away.
    void remove_waiter(TaskBase& task);
    /// Throws what the future failed with. Requires that it is done.
    void rethrow();
    /// Nobody is woken: the frame of the only one who waits is going away.
    void forget_waiters();
    /// rethrow() throws a CancelledError. Requires that it is done.
    [[nodiscard]] bool brings_cancellation() const
    {
        return state_ == State::Cancelled || (state_ == State::Failed && is_cancellation(failure()));
    }

protected:
    /// Marks it done, and hands waiters and callbacks to the ready queue, in the order in which
    /// they were added. Requires that it is pending.
    void finish(State state);
    void require_pending() const;
    /// Makes it known to the trace under this label, while that is at hand.
    void give_id(std::string_view label);

    // Either a task to wake or a callback: one pointer, the lowest bit tells.
    using Listener = std::uintptr_t;
    static constexpr Listener callback_bit = 1;

    /// What few futures have.
    struct Rare {
        std::exception_ptr failure;      ///< what it failed with, or what ended a cancelled task
        std::vector<Listener> listeners; ///< when there are several
        std::string cancel_message;
        std::optional<std::string> name; ///< of a task that was given one
        Ref<ContextMap> context;         ///< of a task that has any while it does not run
    };
    [[nodiscard]] Rare& rare() { return rare_if() ? *rare_if() : make_rare(); }
    [[nodiscard]] bool has_rare() const { return (listeners_ & rare_bit) != 0; }
    /// Null while there is none.
    [[nodiscard]] Rare* rare_if() const
    {
        return has_rare() ? reinterpret_cast<Rare*>(listeners_ & ~rare_bit) : nullptr;
    }
    [[nodiscard]] std::exception_ptr failure() const { return rare_if() ? rare_if()->failure : nullptr; }

    /// It failed, and nobody has looked at that yet. Requires that the loop is there.
    void note_failed();
    /// Somebody took notice of the failure; no more than that for any other end.
    void note_retrieved();

private:
    friend class EventLoop;
    friend class TaskBase;
    friend class detail::FutureAwaiterBase;
    void notify(Listener listener);
    void add_listener(Listener listener);
    Rare& make_rare();

    static constexpr Listener rare_bit = 2;

    FutureId id_; // here it fills what the base leaves of a word
    EventLoop* loop_;
    Listener listeners_ = 0; ///< none, one, or a pointer to what is rare, which has them all
    State state_ = State::Pending;
    FutureKind kind_;
    bool retrieved_ = true;  ///< false while a failure waits for somebody to look
    bool remembered_ = false; ///< among the failures that a recording loop waits to see retrieved
};

/// A future base that holds a value of type T. `Base` is FutureBase or derives from it.
template <class T, class Base>
class WithValue : public Base {
public:
    using Base::Base;

    [[nodiscard]] void* value() override { return value_ ? &*value_ : nullptr; }

    void set_result(ValueOf<T> v)
    {
        this->require_pending();
        value_.emplace(std::move(v));
        this->finish(FutureBase::State::Finished);
    }

protected:
    std::optional<ValueOf<T>> value_;
};

template <class T>
using FutureState = WithValue<T, FutureBase>;

namespace detail {

/// Suspends the running task until a future is done.
class FutureAwaiterBase {
public:
    explicit FutureAwaiterBase(Ref<FutureBase> future) : future_(std::move(future)) {}
    FutureAwaiterBase(FutureAwaiterBase&&) noexcept = default;
    ~FutureAwaiterBase();

    [[nodiscard]] bool await_ready() const { return future_->done(); }

    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> coroutine)
    {
        suspend(*coroutine.promise().task);
    }

protected:
    /// Throws what the loop delivers in place of a result, or what the future failed with.
    void resume();

    Ref<FutureBase> future_;

private:
    void suspend(TaskBase& task);

    TaskBase* waiter_ = nullptr;
};

template <class T>
class FutureAwaiter : public FutureAwaiterBase {
public:
    using FutureAwaiterBase::FutureAwaiterBase;

    T await_resume()
    {
        resume();
        if constexpr (!std::is_void_v<T>) {
            auto& v = *static_cast<T*>(future_->value());
            if constexpr (std::is_copy_constructible_v<T>)
                return v;
            else
                return std::move(v);
        }
    }
};

} // namespace detail

/// A shared handle to a future with a result of type T. Copies share; tasks convert to it.
template <class T>
class Future {
public:
    using value_type = T;

    Future() = default;
    /// Requires a state whose value has type ValueOf<T>.
    explicit Future(Ref<FutureBase> state) : state_(std::move(state)) {}

    [[nodiscard]] bool done() const { return state_->done(); }
    [[nodiscard]] bool cancelled() const { return state_->cancelled(); }
    bool cancel(std::string message = {}) const { return state_->cancel(std::move(message)); }

    /// The result. Throws what the future failed with, CancelledError when it was cancelled, and
    /// InvalidStateError while it is pending.
    [[nodiscard]] T result() const
    {
        if (!state_->done())
            throw InvalidStateError("Result is not set.");
        state_->rethrow();
        if constexpr (!std::is_void_v<T>)
            return *static_cast<T*>(state_->value());
    }

    [[nodiscard]] std::exception_ptr exception() const { return state_->exception(); }

    template <class... V>
        requires(sizeof...(V) == (std::is_void_v<T> ? 0 : 1))
    void set_result(V&&... v) const
    {
        static_cast<FutureState<T>&>(*state_).set_result(ValueOf<T>(std::forward<V>(v)...));
    }

    template <class E>
    void set_exception(E error) const
    {
        if constexpr (std::is_same_v<E, std::exception_ptr>)
            state_->set_exception(std::move(error));
        else
            state_->set_exception(std::make_exception_ptr(std::move(error)));
    }

    Ref<DoneCallback> add_done_callback(std::function<void(FutureBase&)> callback, std::string label = {}) const
    {
        return state_->add_done_callback(std::move(callback), std::move(label));
    }
    std::size_t remove_done_callback(const Ref<DoneCallback>& callback) const
    {
        return state_->remove_done_callback(callback);
    }

    /// What awaiting it would throw: the failure, or a CancelledError. Requires that it is done.
    [[nodiscard]] std::exception_ptr error() const { return state_->error(); }

    [[nodiscard]] const Ref<FutureBase>& state() const { return state_; }
    explicit operator bool() const { return static_cast<bool>(state_); }
    friend bool operator==(const Future&, const Future&) = default;

protected:
    Ref<FutureBase> state_;
};

} // namespace loopscope
