#pragma once

#include "core/asyncio/coro.h"
#include "core/asyncio/future.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace loopscope {

/// A future that drives a coroutine: the loop gives it steps, and it is done when the coroutine
/// is. Behaves as asyncio.Task of CPython 3.13. The part that does not depend on the result.
class TaskBase : public FutureBase {
public:
    ~TaskBase() override;

    /// "Task-N", where every task of a loop takes the next number, or the name it was given.
    [[nodiscard]] std::string name() const;
    void set_name(std::string name);
    [[nodiscard]] TaskId task_id() const { return TaskId{number_}; }

    /// Asks the task to stop: it gets a CancelledError at the await where it waits, or at its next
    /// wait. False when it is done already. Throws RecursionError when it is one of several that await
    /// each other in a circle; then none of them gets anything.
    bool cancel(std::string message = {}) override;
    /// Takes one request back; how many are left. At zero, a request not delivered yet is dropped.
    std::uint32_t uncancel();
    [[nodiscard]] std::uint32_t cancelling() const { return cancel_requests_; }

    /// Where it stands: the awaits in progress, outermost first; where its coroutine was made while
    /// it has not begun, nothing when it is over. Of the running task the innermost is its last await.
    [[nodiscard]] std::vector<Where> get_stack() const;

    /// The name it was given; empty without one.
    [[nodiscard]] std::string_view given_name() const
    {
        return rare_if() && rare_if()->name ? std::string_view(*rare_if()->name) : std::string_view();
    }

    /// Plain name of the coroutine's function.
    [[nodiscard]] std::string coroutine_name() const;
    [[nodiscard]] std::string label() const override;

    // ---- for awaiters: the running task ----

    /// Suspends at `future`, which is pending.
    void suspend_on(FutureBase& future);
    /// Lets the others go first.
    void yield();
    /// Throws the cancellation that this step brings, if it brings one. An awaiter calls it first
    /// when it resumes.
    void deliver()
    {
        if (inject_)
            throw_injected();
    }

protected:
    TaskBase(EventLoop& loop, PromiseBase& root, std::string name, Where made);

private:
    friend class EventLoop;
    friend class FutureBase;
    friend void detail::enter_coroutine(PromiseBase&, PromiseBase&);
    friend void detail::leave_coroutine(PromiseBase&, bool, detail::Leaving);
    friend bool detail::run_coroutine(PromiseBase&);
    friend void detail::keep_error(PromiseBase&) noexcept;
    friend void detail::throw_kept_error();
    friend struct detail::FinalAwaiter;

    /// A turn of it in `its_loop`, where no other task has the turn afterwards.
    void step(EventLoop& its_loop);
    void swap_context();
    /// What a turn brings to the await where the coroutine stands.
    enum class Brings : std::uint8_t { Nothing, Error, EndBeforeStart };
    [[nodiscard]] Brings look_at_wait();
    void end_before_start();
    void record_yield();
    void finish_step();
    void end(State state);
    [[noreturn]] void throw_injected();
    void destroy_frames() noexcept;
    [[nodiscard]] StackId stack() const;
    [[nodiscard]] const PromiseBase* root() const;

    std::uint32_t number_ = 0;
    PromiseBase* leaf_; ///< the coroutine that runs or waits; null when all have ended
    FutureBase* waiting_on_ = nullptr;
    TaskBase* previous_ = nullptr; ///< among the loop's tasks that are not done, by creation
    TaskBase* next_ = nullptr;
    std::uint32_t cancel_requests_ = 0;
    bool must_cancel_ : 1 = false;
    bool fresh_ : 1 = true;          ///< has had no turn yet
    bool being_cancelled_ : 1 = false; ///< while cancel() is in progress
    bool inject_ : 1 = false;
    bool listed_ : 1 = false;
};

template <class T>
class TypedTask final : public WithValue<T, TaskBase> {
public:
    TypedTask(EventLoop& loop, detail::Promise<T>& root, std::string name, Where made)
        : WithValue<T, TaskBase>(loop, root, std::move(name), made)
    {
        root.result = &this->value_;
    }
};

/// A shared handle to a task; also a Future of its result.
template <class T = void>
class Task : public Future<T> {
public:
    Task() = default;
    explicit Task(Ref<FutureBase> state) : Future<T>(std::move(state)) {}

    [[nodiscard]] std::string name() const { return base().name(); }
    void set_name(std::string name) const { base().set_name(std::move(name)); }
    std::uint32_t uncancel() const { return base().uncancel(); }
    [[nodiscard]] std::uint32_t cancelling() const { return base().cancelling(); }
    [[nodiscard]] TaskBase& base() const { return static_cast<TaskBase&>(*this->state_); }
};

} // namespace loopscope
