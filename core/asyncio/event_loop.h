#pragma once

#include "core/asyncio/selector.h"
#include "core/asyncio/task.h"
#include "core/base/clock.h"
#include "core/trace/trace.h"

#include <concepts>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace loopscope {

class ContextMap;
class Network;

/// asyncio's event loop on a virtual clock, one handle at a time.
///
/// The order of everything is CPython 3.13's: a ready queue, first in first out; a timer heap that
/// is Python's heapq, ties included; an iteration runs exactly what was ready when it began.
/// Tasks, futures and handles belong to the loop that made them and must not outlive it, except
/// for done ones, whose results may still be read.
class EventLoop {
public:
    enum class Recording : bool { Off, On };

    explicit EventLoop(Recording recording = Recording::On);
    EventLoop(const EventLoop&) = delete;
    EventLoop& operator=(const EventLoop&) = delete;
    /// Destroys what never ended: the frames of each pending task, innermost first, in the order
    /// of creation.
    ~EventLoop();

    // ---- asyncio's own names ----

    Ref<Handle> call_soon(std::function<void()> callback, std::string label = {}, Where at = Where::current());
    /// A delay in seconds. One that is not above zero is due in the next iteration.
    Ref<TimerHandle> call_later(double delay, std::function<void()> callback, std::string label = {},
                                Where at = Where::current());
    /// `when` in seconds on this loop's clock; in the past it is simply due.
    Ref<TimerHandle> call_at(double when, std::function<void()> callback, std::string label = {},
                             Where at = Where::current());

    /// Seconds since the loop was made.
    [[nodiscard]] double time() const { return to_seconds(now()); }

    template <class T = void>
    [[nodiscard]] Future<T> create_future(Where at = Where::current())
    {
        auto state = make_ref<FutureState<T>>(*this, FutureKind::Plain);
        note_created(*state, at);
        return Future<T>(state);
    }

    /// Queues the coroutine's first step; runs nothing yet. Throws RuntimeError for a coroutine
    /// that is used up.
    template <class T>
    Task<T> create_task(Coro<T> coroutine, std::string name = {}, Where at = Where::current())
    {
        auto* promise = coroutine.release();
        if (!promise)
            throw RuntimeError("cannot reuse already awaited coroutine");
        auto state = make_ref<TypedTask<T>>(*this, *promise, std::move(name), at);
        register_task(*state, at);
        schedule(*state);
        return Task<T>(state);
    }

    /// Runs until `coroutine` is done, as a task; gives its result or throws what it threw.
    /// Throws Deadlock when it can never be done.
    template <class T>
    T run_until_complete(Coro<T> coroutine)
    {
        Task<T> task = create_task(std::move(coroutine));
        run_until_done(*task.state());
        return task.result();
    }
    template <class T>
    T run_until_complete(Future<T> future)
    {
        run_until_done(*future.state());
        return future.result();
    }

    /// Runs until stop().
    void run_forever();
    /// Ends run_forever() after the iteration in progress.
    void stop() { stopping_ = true; }

    [[nodiscard]] bool is_running() const { return running_; }
    [[nodiscard]] bool is_closed() const { return closed_; }
    void close();

    /// Gets what a callback throws. Without one, it is forgotten.
    void set_exception_handler(std::function<void(std::exception_ptr)> handler)
    {
        exception_handler_ = std::move(handler);
    }

    // ---- finer than asyncio: one handle at a time ----

    enum class Stepped {
        Ran,     ///< one handle had its turn
        Passed,  ///< an iteration ended without a handle to run
        Stopped, ///< stop() was asked for and the iteration is over
        Stuck,   ///< nothing can ever wake this program
    };

    /// Gives exactly one handle its turn, beginning an iteration if none is in progress.
    Stepped step();
    /// One whole iteration. False when the program is stuck.
    bool run_once();

    // ---- the stage ----

    [[nodiscard]] TimePoint now() const { return clock_.now(); }
    [[nodiscard]] VirtualClock& clock() { return clock_; }
    [[nodiscard]] SimulatedSelector& selector() { return selector_; }
    /// The simulated network, made on first use.
    [[nodiscard]] Network& network();

    /// The running task, null inside a plain callback and outside the loop.
    [[nodiscard]] TaskBase* current_task() const { return current_task_; }
    /// Tasks that are not done, in the order of creation.
    [[nodiscard]] std::vector<Ref<TaskBase>> all_tasks() const;
    /// asyncio.run's end: cancels what is left, in the order of creation, and runs until it ended.
    void cancel_leftovers();
    /// The same for whoever steps: asks all to stop, and the loop to stop when they have ended.
    /// False when nothing is left.
    bool begin_cancelling_leftovers();
    /// The loop stops after the iteration in which the done callback of `future` has its turn.
    Ref<DoneCallback> stop_when_done(FutureBase& future);
    /// The names of all_tasks().
    [[nodiscard]] std::vector<std::string> waiting_names() const;

    /// The record of everything so far; null when recording is off.
    [[nodiscard]] const std::shared_ptr<Trace>& trace() const { return trace_; }

    // ---- for the primitives built on the loop ----

    /// The context variables of what runs now; null while none is set.
    [[nodiscard]] Ref<ContextMap>& context() { return context_; }

    [[nodiscard]] bool recording() const { return trace_ != nullptr; }
    void record(const Fact& fact, PlaceId place = PlaceId::None) { trace_->append(clock_.now(), place, fact); }
    /// The place's number; None when nothing is recorded.
    [[nodiscard]] PlaceId place(const Where& at) { return trace_ ? trace_->intern_place(at) : PlaceId::None; }
    void enter_phase(LoopPhase phase)
    {
        if (trace_)
            record(LoopPhaseEntered{phase});
    }

    /// Puts a handle at the end of the ready queue.
    void schedule_handle(Ref<Handle> handle, PlaceId place = PlaceId::None);
    /// Puts a timer in the heap.
    void schedule_timer(Ref<TimerHandle> timer, PlaceId place = PlaceId::None);
    void note_cancelled(Handle& handle);
    void note_cancelled_timer(TimerHandle& timer);
    void schedule(TaskBase& task) { ready_.push(Ready(&task)); }
    [[nodiscard]] HandleId id_of(Handle& handle);

    /// A future that shares itself with its own callbacks, as a gather does, would outlive a loop
    /// that ends before it is done. Then forget() is called on it.
    class Forgetful {
    public:
        virtual void forget() = 0;

    protected:
        ~Forgetful() = default;
    };
    void remember(Forgetful& future) { forgetful_.insert(&future); }
    void release(Forgetful& future) { forgetful_.erase(&future); }

    /// A label that says how long a sleep is, made once for each length.
    [[nodiscard]] std::string_view sleep_label(Duration delay);

private:
    friend class TaskBase;
    friend class FutureBase;
    friend void detail::enter_coroutine(PromiseBase&, PromiseBase&);
    friend void detail::go_on(PromiseBase&) noexcept;
    friend struct detail::FinalAwaiter;

    /// A task to step or a handle to call: one pointer, its lowest bit tells. Holds a reference.
    class Ready {
    public:
        Ready() = default;
        explicit Ready(TaskBase* task);
        explicit Ready(Handle* handle);
        [[nodiscard]] bool is_handle() const { return (bits_ & 1) != 0; }
        [[nodiscard]] TaskBase* task() const;
        [[nodiscard]] Handle* handle() const;

    private:
        std::uintptr_t bits_ = 0;
    };

    /// First in, first out, in one block of memory that only grows.
    class ReadyQueue {
    public:
        [[nodiscard]] bool empty() const { return count_ == 0; }
        [[nodiscard]] std::size_t size() const { return count_; }
        void push(Ready item)
        {
            if (count_ == items_.size())
                grow();
            items_[(front_ + count_++) & (items_.size() - 1)] = item;
        }
        Ready pop()
        {
            const Ready item = items_[front_];
            front_ = (front_ + 1) & (items_.size() - 1);
            --count_;
            return item;
        }

    private:
        void grow();

        std::vector<Ready> items_;
        std::size_t front_ = 0;
        std::size_t count_ = 0;
    };

    struct Timer {
        TimePoint when;
        Ref<TimerHandle> handle;
    };
    struct Sooner {
        bool operator()(const Timer& a, const Timer& b) const { return a.when < b.when; }
    };

    /// Steps 1 to 3 of an iteration. False when the program is stuck.
    bool begin_iteration();
    void drop_cancelled_timers();
    void run_front();
    void run_until_done(FutureBase& future);
    Ref<FutureBase> cancel_all_tasks();
    void register_task(TaskBase& task, const Where& at);
    void unlist(TaskBase& task);
    void note_created(FutureBase& future, const Where& at);
    void trampoline(PromiseBase* from);

    VirtualClock clock_;
    SimulatedSelector selector_{clock_};
    std::shared_ptr<Trace> trace_;
    ReadyQueue ready_;
    std::vector<Timer> timers_;
    std::size_t cancelled_timers_ = 0;
    std::size_t left_in_iteration_ = 0; ///< handles that the iteration in progress still has to run
    std::uint64_t iteration_ = 0;
    bool in_iteration_ = false;
    bool stopping_ = false;
    bool running_ = false;
    bool closed_ = false;

    TaskBase* current_task_ = nullptr;
    PromiseBase* next_promise_ = nullptr; ///< what the trampoline resumes next
    std::uint32_t last_task_ = 0;
    TaskBase* first_listed_ = nullptr;
    TaskBase* last_listed_ = nullptr;

    Ref<ContextMap> context_;
    std::function<void(std::exception_ptr)> exception_handler_;
    std::vector<Ref<Handle>> selected_; ///< kept to avoid an allocation an iteration
    std::unordered_map<std::int64_t, std::string_view> sleep_labels_;
    std::unordered_set<Forgetful*> forgetful_;
    std::shared_ptr<Network> network_;
};

/// The loop whose step or callback is in progress on this thread. Throws RuntimeError when there is
/// none, as asyncio does.
[[nodiscard]] EventLoop& get_running_loop();
[[nodiscard]] EventLoop* running_loop_or_null() noexcept;

/// Queues a coroutine as a task of the running loop.
template <class T>
Task<T> create_task(Coro<T> coroutine, std::string name = {}, Where at = Where::current())
{
    return get_running_loop().create_task(std::move(coroutine), std::move(name), at);
}

} // namespace loopscope
