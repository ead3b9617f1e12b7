#pragma once

#include "core/asyncio/context.h"
#include "core/asyncio/event_loop.h"
#include "core/asyncio/machine.h"

#include <atomic>
#include <concepts>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

namespace loopscope {

/// A function handed to an executor: Python's concurrent.futures.Future and its work item in one.
/// Shared by the executor and the loop.
class Call : public std::enable_shared_from_this<Call> {
public:
    Call(EventLoop& loop, Ref<FutureBase> future, Ref<ContextMap> context, const Where& at);
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;
    virtual ~Call() = default;

    [[nodiscard]] EventLoop& loop() const { return loop_; }
    /// The number under which a trace knows it.
    [[nodiscard]] CallId id() const { return id_; }

    /// For executors: the call stands in line now; `pool` is the executor's number in a trace.
    void note_queued(std::uint32_t pool);

    // ---- for executors, in this order, on the worker ----

    /// False when the call was given up meanwhile, and nothing more is to be done about it.
    [[nodiscard]] bool begin();
    /// Calls the function and keeps what it gives or throws.
    void run();
    /// Tells the loop, which fills the future in a callback.
    void finish();

    /// Gives it up. False when it has begun.
    bool cancel();
    [[nodiscard]] bool cancelled() const { return state_ == State::Cancelled; }
    /// Requires that it has run.
    [[nodiscard]] FutureEnd how() const { return error_ ? FutureEnd::Exception : FutureEnd::Result; }

protected:
    /// Calls the function.
    virtual void invoke() = 0;
    /// Gives the future its result.
    virtual void fill(FutureBase& future) = 0;
    /// Where the program asked for it.
    [[nodiscard]] const Where& at() const { return at_; }

private:
    class HandOver;
    enum class State : std::uint8_t { Pending, Running, Finished, Cancelled };

    void copy_to(FutureBase& future);

    EventLoop& loop_;
    Ref<FutureBase> future_;
    Ref<ContextMap> context_;
    std::exception_ptr error_;
    Where at_;
    CallId id_;
    std::atomic<State> state_ = State::Pending;
};

/// Where functions run beside the loop: threads or processes. The simulated ones below live on the
/// loop's virtual clock; the live layer has real ones.
class Executor {
public:
    virtual ~Executor() = default;

    /// Has the call run on a worker: begin(), run(), finish(). Throws RuntimeError after shutdown.
    virtual void submit(std::shared_ptr<Call> call) = 0;
    /// Takes no more calls. `ended` is called, on whatever thread, when those it has are done and the
    /// last worker is over. With `cancel_futures`, calls that have not begun are given up.
    virtual void shut_down(bool cancel_futures, std::function<void()> ended) = 0;
    /// Thread or Process.
    [[nodiscard]] virtual FutureKind kind() const = 0;
    /// Whether a call is waiting or under way.
    [[nodiscard]] virtual bool busy() const = 0;
};

namespace detail {
class SimulatedPool;
}

/// Threads of the simulated machine that take calls first in, first out. As Python's: a thread is
/// started when a call comes and none is idle, up to `max_workers`. Copies share the threads, which
/// live until shutdown() or the end of the loop.
class ThreadPoolExecutor final : public Executor {
public:
    /// min(32, cores + 4) threads, as Python chooses.
    ThreadPoolExecutor();
    /// Throws ValueError when max_workers is not above zero.
    explicit ThreadPoolExecutor(int max_workers, std::string thread_name_prefix = {});

    void submit(std::shared_ptr<Call> call) override;
    void shut_down(bool cancel_futures, std::function<void()> ended) override;
    [[nodiscard]] FutureKind kind() const override { return FutureKind::Thread; }
    [[nodiscard]] bool busy() const override;

    /// Takes no more calls. With `wait` it blocks the loop's thread until all calls are done.
    void shutdown(bool wait = true, bool cancel_futures = false);

private:
    std::shared_ptr<detail::SimulatedPool> pool_;
};

/// Processes of the simulated machine, each with an interpreter of its own. All start up at the first
/// call. Arguments travel one after the other; those handed over together are unpacked together.
///
/// Simplified: results cost nothing on their way back. A function must not touch the program's
/// objects, of which a real process would only have copies.
class ProcessPoolExecutor final : public Executor {
public:
    /// `start_up`: seconds until the processes can take calls; `transfer`: seconds for the arguments of
    /// one call; the machine's when they are left out. Throws ValueError when max_workers is not above
    /// zero.
    explicit ProcessPoolExecutor(int max_workers, std::optional<double> start_up = {},
                                 std::optional<double> transfer = {});

    void submit(std::shared_ptr<Call> call) override;
    void shut_down(bool cancel_futures, std::function<void()> ended) override;
    [[nodiscard]] FutureKind kind() const override { return FutureKind::Process; }
    [[nodiscard]] bool busy() const override;

    /// As ThreadPoolExecutor's.
    void shutdown(bool wait = true, bool cancel_futures = false);

private:
    std::shared_ptr<detail::SimulatedPool> pool_;
};

/// An executor as run_in_executor() takes it, or nullptr for the loop's own; it also notes the line.
class ExecutorAt {
public:
    ExecutorAt(std::nullptr_t, Where at = Where::current()) : at_(at) {}
    ExecutorAt(Executor& executor, Where at = Where::current()) : executor_(&executor), at_(at) {}

    [[nodiscard]] Executor* executor() const { return executor_; }
    [[nodiscard]] const Where& where() const { return at_; }

private:
    Executor* executor_ = nullptr;
    Where at_;
};

namespace detail {

// A function of this library takes the place of its call as a last argument, which it gives by
// itself only in a direct call: block(0.5), but to_thread(block, 0.5).
template <class F, class... Args>
concept NeedsPlace = !std::invocable<F, Args...> && std::invocable<F, Args..., Where>;

template <class F, class... Args>
decltype(auto) call_at(const Where& at, F&& f, Args&&... args)
{
    if constexpr (NeedsPlace<F, Args...>)
        return std::invoke(std::forward<F>(f), std::forward<Args>(args)..., at);
    else
        return std::invoke(std::forward<F>(f), std::forward<Args>(args)...);
}

template <class F, class... Args>
using CallResult = std::remove_cvref_t<decltype(call_at(std::declval<const Where&>(), std::declval<F>(), std::declval<Args>()...))>;

template <class R, class F, class... Args>
class FunctionCall final : public Call {
public:
    FunctionCall(EventLoop& loop, Ref<FutureBase> future, Ref<ContextMap> context, const Where& at, F f, Args... args)
        : Call(loop, std::move(future), std::move(context), at)
        , what_(std::in_place, std::move(f), std::move(args)...)
    {
    }

protected:
    void invoke() override
    {
        // What the function was given goes with it, as Python drops a work item that is done.
        std::tuple<F, Args...> what = std::move(*what_);
        what_.reset();
        auto call = [this](auto&&... parts) -> decltype(auto) { return call_at(at(), std::move(parts)...); };
        if constexpr (std::is_void_v<R>) {
            std::apply(call, what);
            value_.emplace();
        } else {
            value_.emplace(std::apply(call, what));
        }
    }
    void fill(FutureBase& future) override { static_cast<FutureState<R>&>(future).set_result(std::move(*value_)); }

private:
    std::optional<std::tuple<F, Args...>> what_;
    std::optional<ValueOf<R>> value_;
};

template <class R>
class CallFuture final : public FutureState<R> {
public:
    using FutureState<R>::FutureState;
    [[nodiscard]] std::string label() const override
    {
        return this->kind() == FutureKind::Process ? "process" : "thread";
    }
};

template <class F, class... Args>
Future<CallResult<F, Args...>> hand_to(EventLoop& loop, const ExecutorAt& where, Ref<ContextMap> context, F f,
                                       Args... args)
{
    using R = CallResult<F, Args...>;
    Executor& executor = loop.executor_for(where.executor());
    auto future = make_ref<CallFuture<R>>(loop, executor.kind());
    auto call = std::make_shared<FunctionCall<R, F, Args...>>(loop, future, std::move(context), where.where(),
                                                              std::move(f), std::move(args)...);
    loop.submit(executor, std::move(call), *future);
    return Future<R>(future);
}

} // namespace detail

template <class F, class... Args>
auto EventLoop::run_in_executor(ExecutorAt executor, F f, Args... args)
{
    return detail::hand_to(*this, executor, Ref<ContextMap>(), std::move(f), std::move(args)...);
}

/// Calls `f(args...)` in a thread of the loop's default executor, with a copy of the context
/// variables; gives what it returns or throws what it throws. A cancelled wait leaves the thread
/// running.
template <class F, class... Args>
Coro<detail::CallResult<F, Args...>> to_thread(F f, Args... args)
{
    EventLoop& loop = get_running_loop();
    const auto future
        = detail::hand_to(loop, nullptr, detail::copy_context(), std::move(f), std::move(args)...);
    co_return co_await future;
}

} // namespace loopscope
