#pragma once

#include "core/asyncio/limits.h"
#include "core/asyncio/selector.h"
#include "core/asyncio/task.h"
#include "core/base/clock.h"
#include "core/trace/trace.h"

#include <atomic>
#include <concepts>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace loopscope {

class Call;
class ContextMap;
class Executor;
class ExecutorAt;
class Machine;
class Network;
namespace detail {
class SleepState;
}

/// What the loop's exception handler is told: an exception that nobody awaits.
struct ExceptionContext {
    std::string message; ///< "Exception in callback tick"
    std::exception_ptr exception;
};

/// Asks create_task to begin the task at once, as asyncio.Task(…, eager_start=True).
struct EagerStart {};
inline constexpr EagerStart eager_start;

/// For set_task_factory(): all tasks begin at once.
struct EagerTaskFactory {};
inline constexpr EagerTaskFactory eager_task_factory;

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
    /// The one call that another thread may make; the callback joins the end of the ready queue and
    /// wakes a loop that sleeps. From the loop's own thread it is call_soon(). Throws RuntimeError
    /// when the loop is closed.
    void call_soon_threadsafe(std::function<void()> callback, std::string label = {}, Where at = Where::current());
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
        check_limits();
        auto state = make_ref<FutureState<T>>(*this, FutureKind::Plain);
        note_created(*state, at);
        return Future<T>(state);
    }

    /// Queues the coroutine's first step; runs nothing yet, unless eager tasks are asked for. Throws
    /// RuntimeError for a coroutine that is used up, and when the loop is closed.
    template <class T>
    Task<T> create_task(Coro<T> coroutine, std::string name = {}, Where at = Where::current())
    {
        return make_task(coroutine, std::move(name), eager_tasks_, at);
    }
    /// Runs the task up to its first wait before it returns; one that never waits is done then. Only
    /// a running loop can: before that the first step is queued, as in CPython.
    template <class T>
    Task<T> create_task(Coro<T> coroutine, EagerStart, std::string name = {}, Where at = Where::current())
    {
        return make_task(coroutine, std::move(name), true, at);
    }
    /// From now on create_task() starts tasks at once (Python 3.12 and later).
    void set_task_factory(EagerTaskFactory) { eager_tasks_ = true; }
    /// From now on create_task() queues them, as it does in a new loop.
    void set_task_factory(std::nullptr_t) { eager_tasks_ = false; }

    /// Runs until `coroutine` is done, as a task; gives its result or throws what it threw.
    /// Throws Deadlock when it can never be done.
    template <class T>
    T run_until_complete(Coro<T> coroutine)
    {
        check_may_run(); // before there is a task that somebody else would run
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

    /// Also true for the program that whoever steps gives its turns.
    [[nodiscard]] bool is_running() const;
    [[nodiscard]] bool is_closed() const { return closed_; }
    void close();

    /// Calls `f(args...)` on a worker of an executor, nullptr for the loop's own threads, and gives a
    /// future of what it returns or throws. Cancelling that gives up a call that has not begun; one
    /// that has goes on. Include core/asyncio/executor.h. Throws RuntimeError when the loop is closed
    /// or the executor is shut down.
    template <class F, class... Args>
    auto run_in_executor(ExecutorAt executor, F f, Args... args);
    /// The threads for run_in_executor(nullptr, …) and to_thread(). Throws TypeError for processes.
    void set_default_executor(std::shared_ptr<Executor> executor);
    template <std::derived_from<Executor> E>
    void set_default_executor(E executor)
    {
        set_default_executor(std::static_pointer_cast<Executor>(std::make_shared<E>(std::move(executor))));
    }
    /// Takes no more calls for the loop's own threads, and waits until they have ended; with a
    /// timeout in seconds not longer than that, and then says so.
    Coro<void> shutdown_default_executor(std::optional<double> timeout = {});

    using ExceptionHandler = std::function<void(EventLoop&, const ExceptionContext&)>;
    /// Gets what a callback throws, and what a task or future failed with that was dropped before
    /// anybody asked. Without one, the logger is told.
    void set_exception_handler(ExceptionHandler handler) { exception_handler_ = std::move(handler); }
    [[nodiscard]] const ExceptionHandler& get_exception_handler() const { return exception_handler_; }
    /// Never throws: what the handler throws itself goes to the logger.
    void call_exception_handler(const ExceptionContext& context) noexcept;

    /// Gets the lines that asyncio gives to Python's logger of that name; nobody does by default.
    void set_logger(std::function<void(std::string_view)> logger) { logger_ = std::move(logger); }

    /// In debug mode slow turns are reported, and calls from a wrong thread throw RuntimeError.
    void set_debug(bool debug) { debug_ = debug; }
    [[nodiscard]] bool get_debug() const { return debug_; }
    /// From how many seconds on a turn is slow; 0.1 unless set.
    void set_slow_callback_duration(double seconds) { slow_callback_duration_ = loopscope::seconds(seconds); }
    [[nodiscard]] double slow_callback_duration() const { return to_seconds(slow_callback_duration_); }

    /// While one lives, a loop with nothing left to do waits for call_soon_threadsafe(), where it
    /// would otherwise find that nothing can ever wake its program.
    class OtherThreads {
    public:
        explicit OtherThreads(EventLoop& loop) : loop_(loop) { ++loop.other_threads_; }
        OtherThreads(const OtherThreads&) = delete;
        OtherThreads& operator=(const OtherThreads&) = delete;
        ~OtherThreads() { --loop_.other_threads_; }

    private:
        EventLoop& loop_;
    };

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
    /// Steps until a task has had its turn that is not the one whose turn was last, or until the
    /// loop stops or is stuck.
    Stepped step_to_switch();
    /// Steps until `condition` holds after a step, or until the loop stops or is stuck.
    Stepped step_until(const std::function<bool()>& condition);

    /// From now on a program that goes beyond them gets LimitReached at its next call to the loop.
    void set_limits(const Limits& limits);
    /// Which limit was met, in words: "gave up after 2 000 000 events". Empty while none was.
    [[nodiscard]] const std::string& limit_met();
    /// Throws LimitReached when a limit is met. Whatever a program may call for ever calls it.
    void check_limits()
    {
        if (limits_) [[unlikely]]
            look_at_limits();
    }

    // ---- the stage ----

    [[nodiscard]] TimePoint now() const { return clock_.now(); }
    [[nodiscard]] VirtualClock& clock() { return clock_; }
    [[nodiscard]] SimulatedSelector& selector() { return selector_; }
    /// The simulated network, made on first use.
    [[nodiscard]] Network& network();

    /// The simulated computer with its threads, made on first use.
    [[nodiscard]] Machine& machine();

    /// The running task, null inside a plain callback and outside the loop.
    [[nodiscard]] TaskBase* current_task() const { return current_task_; }
    /// Tasks that are not done, in the order of creation.
    [[nodiscard]] std::vector<Ref<TaskBase>> all_tasks() const;
    /// asyncio.run's end: cancels what is left, in the order of creation, and runs until it ended.
    void cancel_leftovers();
    /// The same for whoever steps: asks all to stop, and the loop to stop when they have ended.
    /// False when nothing is left.
    bool begin_cancelling_leftovers();
    /// asyncio.run's end after that: waits until the threads of the default executor have ended, for
    /// 300 seconds at most, as CPython.
    void join_threads();
    /// The same for whoever steps. False when no thread is at work.
    bool begin_joining_threads();
    /// The loop stops after the iteration in which the done callback of `future` has its turn.
    Ref<DoneCallback> stop_when_done(FutureBase& future);
    /// The names of all_tasks().
    [[nodiscard]] std::vector<std::string> waiting_names() const;

    /// The record of everything so far; null when recording is off.
    [[nodiscard]] const std::shared_ptr<Trace>& trace() const { return trace_; }

    // ---- for the primitives built on the loop ----

    /// The executor that was chosen, or the loop's own.
    [[nodiscard]] Executor& executor_for(Executor* chosen);
    /// Hands a call to an executor; `future` is what the program awaits.
    void submit(Executor& executor, std::shared_ptr<Call> call, FutureBase& future);
    /// schedule_handle() that wakes a sleeping loop.
    void post(Ref<Handle> handle, PlaceId place = PlaceId::None);
    /// Who else needs this loop's time at the moment, null when nobody does.
    [[nodiscard]] Meanwhile* others() const;
    /// Whether a limit is met; check_limits() without the exception.
    [[nodiscard]] bool is_beyond_limits() const { return limits_ && (!limit_met_.empty() || beyond_limits()); }

    /// The context variables of what runs now; null while none is set.
    [[nodiscard]] Ref<ContextMap>& context() { return context_; }

    [[nodiscard]] bool recording() const { return trace_ != nullptr; }
    template <class F>
    void record(const F& fact, PlaceId place = PlaceId::None)
    {
        trace_->append(clock_.now(), place, fact);
    }
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
    /// The same for a sleep, which is its own timer and has had its number from number_callback() if
    /// this records.
    void schedule_sleep(detail::SleepState& sleep, TimePoint when, PlaceId place);
    void cancel_timer(detail::SleepState& sleep);
    [[nodiscard]] HandleId number_callback(CallbackKind kind, std::string_view label, TimePoint when, FutureId future);
    void note_cancelled(Handle& handle);
    void note_cancelled_timer(TimerHandle& timer);
    void schedule(TaskBase& task) { ready_.push(Ready(task)); }
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
    friend class Machine;
    friend class TaskBase;
    friend class FutureBase;
    friend void detail::enter_coroutine(PromiseBase&, PromiseBase&);
    friend void detail::leave_coroutine(PromiseBase&, bool, detail::Leaving);
    friend bool detail::run_coroutine(PromiseBase&);
    friend void detail::go_on(PromiseBase&) noexcept;
    friend struct detail::FinalAwaiter;

    /// A task to step, a handle to call or a sleep that ends: one pointer, its lowest bits tell. Holds
    /// a reference until release().
    class Ready {
    public:
        Ready() = default;
        explicit Ready(TaskBase& task);
        explicit Ready(Handle& handle);
        explicit Ready(detail::SleepState& sleep);
        [[nodiscard]] bool is_task() const { return (bits_ & kind_bits) == 0; }
        [[nodiscard]] bool is_handle() const { return (bits_ & handle_bit) != 0; }
        [[nodiscard]] TaskBase& task() const;
        [[nodiscard]] Handle& handle() const;
        [[nodiscard]] detail::SleepState& sleep() const;
        void release() const;

    private:
        static constexpr std::uintptr_t handle_bit = 1;
        static constexpr std::uintptr_t sleep_bit = 2;
        static constexpr std::uintptr_t kind_bits = handle_bit | sleep_bit;

        std::uintptr_t bits_ = 0;
    };

    /// First in, first out, in one block of memory.
    class ReadyQueue {
    public:
        [[nodiscard]] bool empty() const { return count_ == 0; }
        [[nodiscard]] std::size_t size() const { return count_; }
        void push(Ready item)
        {
            if (count_ == room_)
                grow();
            items_[(front_ + count_++) & (room_ - 1)] = item;
        }
        Ready pop()
        {
            const Ready item = items_[front_];
            front_ = (front_ + 1) & (room_ - 1);
            --count_;
            return item;
        }

        /// Gives back what a rush of many took. Requires that it is empty.
        void shrink();

    private:
        void grow();

        std::unique_ptr<Ready[]> items_;
        std::size_t room_ = 0; ///< a power of two, once there is any
        std::size_t front_ = 0;
        std::size_t count_ = 0;
    };

    /// A timer handle or a sleep.
    struct Timer {
        TimePoint when;
        Ready what;
    };
    struct Sooner {
        bool operator()(const Timer& a, const Timer& b) const { return a.when < b.when; }
    };

    [[nodiscard]] HandleId id_of(Ready callback);

    /// Steps 1 to 3 of an iteration. False when the program is stuck.
    bool begin_iteration();
    void push_timer(Timer timer);
    void drop_cancelled_timers();
    [[nodiscard]] static bool is_cancelled(Ready timer);
    static void note_out_of_heap(Ready timer);
    void make_ready(Ready timer);
    void run_front();
    void run_callback(Ready item, TimePoint began);
    void call(Handle& handle);
    void fire(detail::SleepState& sleep);
    void report_slow_turn(TimePoint began, Ready item);
    bool wait_for_threads();
    void take_posted();
    void wake_up();
    [[nodiscard]] WorkerId running_worker() const;
    Ref<FutureBase> ask_threads_to_end();
    void check_callable() const;
    void look_at_limits();
    [[nodiscard]] bool beyond_limits() const;
    void log(std::string_view line) const;

    template <class T>
    Task<T> make_task(Coro<T>& coroutine, std::string name, bool eager, const Where& at)
    {
        check_callable();
        check_limits();
        auto* promise = coroutine.release();
        if (!promise)
            throw RuntimeError("cannot reuse already awaited coroutine");
        auto state = make_ref<TypedTask<T>>(*this, *promise, std::move(name), at);
        begin_task(*state, eager, at);
        return Task<T>(state);
    }
    void begin_task(TaskBase& task, bool eager, const Where& at);
    void check_may_run() const;
    void run_until_done(FutureBase& future);
    Ref<FutureBase> cancel_all_tasks();
    void register_task(TaskBase& task, bool eager, const Where& at);
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
    std::atomic<bool> closed_ = false;

    TaskBase* current_task_ = nullptr;
    PromiseBase* next_promise_ = nullptr; ///< what the trampoline resumes next
    std::uint32_t last_task_ = 0;
    TaskBase* first_listed_ = nullptr;
    TaskBase* last_listed_ = nullptr;

    Ref<ContextMap> context_;
    ExceptionHandler exception_handler_;
    std::function<void(std::string_view)> logger_;
    bool eager_tasks_ = false;
    bool debug_ = false;
    Duration slow_callback_duration_ = std::chrono::milliseconds(100);
    std::uint32_t last_stepped_ = 0; ///< number of the task whose turn was last
    std::unique_ptr<Limits> limits_;
    std::string limit_met_;           ///< the first, in words
    std::uint64_t calls_in_turn_ = 0; ///< counted only while there are limits
    std::size_t memory_before_ = 0;

    /// What other threads asked for. The only state that they may touch.
    struct Posted {
        std::function<void()> callback;
        std::string label;
        Where at;
    };
    std::atomic<bool> has_posted_ = false;
    std::mutex posted_mutex_;
    std::condition_variable posted_something_;
    std::vector<Posted> posted_;
    std::atomic<std::thread::id> thread_; ///< whose loop this is, in debug mode
    std::size_t other_threads_ = 0;

    std::vector<Ref<Handle>> selected_; ///< kept to avoid an allocation an iteration
    std::unordered_map<std::int64_t, std::string_view> sleep_labels_;
    std::unordered_set<Forgetful*> forgetful_;
    std::unordered_set<FutureBase*> failures_; ///< that nobody has asked for yet, while this records
    std::shared_ptr<Network> network_;
    std::shared_ptr<Machine> machine_;
    std::shared_ptr<Executor> default_executor_;
    bool executor_shut_down_ = false;
    Ref<Handle> wake_up_;
    bool wake_up_pending_ = false; ///< the pipe was written to and not emptied
};

// What every turn and every await runs through stands here, so that it costs no calls.

inline EventLoop::Ready::Ready(TaskBase& task) : bits_(reinterpret_cast<std::uintptr_t>(&task)) { task.retain(); }
inline TaskBase& EventLoop::Ready::task() const { return *reinterpret_cast<TaskBase*>(bits_); }

inline void TaskBase::yield()
{
    if (loop().recording()) [[unlikely]]
        record_yield();
    loop().schedule(*this);
}

inline void TaskBase::step(EventLoop& its_loop)
{
    Brings brings = Brings::Nothing; // to a task that only let the others go first
    if (waiting_on_ || must_cancel_ || fresh_)
        brings = look_at_wait();
    if (its_loop.recording()) [[unlikely]]
        its_loop.record(TaskStepped{task_id(), brings != Brings::Nothing});

    its_loop.current_task_ = this;
    if (brings == Brings::EndBeforeStart) [[unlikely]] {
        end_before_start();
    } else {
        // While it runs, its context variables are the loop's. Most tasks and loops have none.
        const bool swapped = has_rare() || its_loop.context_;
        if (swapped) [[unlikely]]
            swap_context();
        its_loop.trampoline(leaf_);
        if (swapped || its_loop.context_) [[unlikely]]
            swap_context();
        if (!leaf_)
            finish_step();
    }
    its_loop.current_task_ = nullptr;
}

inline void EventLoop::trampoline(PromiseBase* from)
{
    do {
        next_promise_ = nullptr;
        from->handle().resume();
        from = next_promise_;
    } while (from);
}

namespace detail {

inline void FinalAwaiter::end_coroutine(PromiseBase& promise) noexcept
{
    TaskBase& task = *promise.task;
    EventLoop& loop = task.loop();
    task.leaf_ = promise.awaiter;
    loop.next_promise_ = promise.awaiter;
    if (loop.recording()) [[unlikely]]
        if (promise.awaiter)
            record_left(promise, task.failure() != nullptr, Leaving::Return);
}

inline void go_on(PromiseBase& promise) noexcept { promise.task->loop().next_promise_ = &promise; }

inline void enter_coroutine(PromiseBase& parent, PromiseBase& child)
{
    TaskBase& task = *parent.task;
    EventLoop& loop = task.loop();
    loop.check_limits();
    child.awaiter = &parent;
    child.task = &task;
    task.leaf_ = &child;
    loop.next_promise_ = &child;
    if (loop.recording()) [[unlikely]]
        record_entered(parent, child);
}

// Most children wait for nothing. Run from where they are awaited, they cost their parent no
// suspension; run like that to any depth, they would cost the stack, so now and then one is left to
// the trampoline.
inline bool run_coroutine(PromiseBase& child)
{
    constexpr std::uint8_t most_nested = 4;
    PromiseBase& parent = *child.awaiter;
    TaskBase& task = *parent.task;
    EventLoop& loop = task.loop();
    loop.check_limits();
    child.task = &task;
    child.nesting = static_cast<std::uint8_t>((parent.nesting + 1) % most_nested);
    task.leaf_ = &child;
    if (loop.recording()) [[unlikely]]
        record_entered(parent, child);
    if (child.nesting == 0) [[unlikely]] {
        loop.next_promise_ = &child;
        return false;
    }
    child.handle().resume();
    if (task.leaf_ != &parent) // it waits
        return false;
    loop.next_promise_ = nullptr; // its end named the parent, which goes on here
    return true;
}

inline void leave_coroutine(PromiseBase& child, bool failed, Leaving how)
{
    TaskBase& task = *child.task;
    task.leaf_ = child.awaiter;
    if (task.loop().recording()) [[unlikely]]
        record_left(child, failed, how);
}

} // namespace detail

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
