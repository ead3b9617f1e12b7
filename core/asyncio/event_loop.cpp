#include "core/asyncio/event_loop.h"

#include "core/asyncio/context.h"
#include "core/asyncio/executor.h"
#include "core/asyncio/gather.h"
#include "core/asyncio/network.h"
#include "core/asyncio/sleep.h"
#include "core/base/format.h"
#include "core/base/heapq.h"

#include <algorithm>
#include <cassert>
#include <cstdio>

namespace loopscope {
namespace {

thread_local EventLoop* running_loop = nullptr;

// The loop whose callbacks run is the one that get_running_loop() names, also while it is stepped
// by hand.
class RunningLoop {
public:
    explicit RunningLoop(EventLoop& loop) : outer_(std::exchange(running_loop, &loop)) {}
    RunningLoop(const RunningLoop&) = delete;
    RunningLoop& operator=(const RunningLoop&) = delete;
    ~RunningLoop() { running_loop = outer_; }

private:
    EventLoop* outer_;
};

template <class Base>
class FunctionHandle final : public Base {
public:
    template <class... Args>
    FunctionHandle(std::function<void()> callback, std::string label, EventLoop& loop, CallbackKind kind, Args... args)
        : Base(loop, kind, args...), callback_(std::move(callback)), label_(std::move(label))
    {
    }

protected:
    void call() override { callback_(); }
    [[nodiscard]] std::string_view label() const override { return label_; }

private:
    std::function<void()> callback_;
    std::string label_;
};

// Empties the pipe that another thread wrote to.
class WakeUp final : public Handle {
public:
    WakeUp(EventLoop& loop, bool& pending) : Handle(loop, CallbackKind::WakeUp), pending_(pending) {}
    void note_ready() override { loop().record(LoopWoken{loop().id_of(*this)}); }

protected:
    void call() override { pending_ = false; }
    [[nodiscard]] std::string_view label() const override { return "wake-up"; }

private:
    bool& pending_;
};

// Main's own done callback: the loop ends after the iteration in which this has its turn.
class StopCallback final : public DoneCallback {
public:
    explicit StopCallback(EventLoop& loop) : DoneCallback(loop, CallbackKind::Stop) {}

protected:
    void done(FutureBase&) override { loop().stop(); }
    [[nodiscard]] std::string_view label() const override { return "stop"; }
};

} // namespace

EventLoop& get_running_loop()
{
    if (!running_loop)
        throw RuntimeError("no running event loop");
    return *running_loop;
}

EventLoop* running_loop_or_null() noexcept { return running_loop; }

EventLoop::Ready::Ready(Handle& handle) : bits_(reinterpret_cast<std::uintptr_t>(&handle) | handle_bit)
{
    handle.retain();
}
EventLoop::Ready::Ready(detail::SleepState& sleep) : bits_(reinterpret_cast<std::uintptr_t>(&sleep) | sleep_bit)
{
    sleep.retain();
}
Handle& EventLoop::Ready::handle() const { return *reinterpret_cast<Handle*>(bits_ & ~kind_bits); }
detail::SleepState& EventLoop::Ready::sleep() const
{
    return *reinterpret_cast<detail::SleepState*>(bits_ & ~kind_bits);
}

void EventLoop::Ready::release() const
{
    if (is_task())
        task().release();
    else if (is_handle())
        handle().release();
    else
        sleep().release();
}

void EventLoop::ReadyQueue::grow()
{
    const std::size_t room = room_ == 0 ? 64 : room_ * 2;
    auto bigger = std::make_unique<Ready[]>(room);
    for (std::size_t i = 0; i < count_; ++i)
        bigger[i] = items_[(front_ + i) & (room_ - 1)];
    items_ = std::move(bigger);
    room_ = room;
    front_ = 0;
}

void EventLoop::ReadyQueue::shrink()
{
    constexpr std::size_t many = 1024;
    if (room_ <= many)
        return;
    items_.reset();
    room_ = front_ = 0;
}

EventLoop::EventLoop(Recording recording)
{
    if (recording == Recording::On)
        trace_ = std::make_shared<Trace>();
}

EventLoop::~EventLoop()
{
    if (limits_)
        pool_set_limit(pool_unlimited);
    closed_ = true;
    trace_.reset(); // what is destroyed now is no fact of the run
    for (FutureBase* failure : failures_)
        failure->remembered_ = false;
    machine_.reset(); // functions in other threads may look at what lies in frames
    for (TaskBase* task = first_listed_; task; task = task->next_)
        task->destroy_frames();
    while (!forgetful_.empty()) {
        Forgetful* future = *forgetful_.begin();
        forgetful_.erase(forgetful_.begin());
        future->forget();
    }
    while (!ready_.empty())
        ready_.pop().release();
    while (first_listed_) {
        TaskBase* task = first_listed_;
        first_listed_ = task->next_;
        task->listed_ = false;
        task->release();
    }
    while (!timers_.empty()) {
        const Ready timer = timers_.back().what;
        timers_.pop_back();
        timer.release();
    }
}

void EventLoop::check_callable() const
{
    if (closed_)
        throw RuntimeError("Event loop is closed");
    if (debug_ && thread_.load() != std::thread::id() && thread_.load() != std::this_thread::get_id())
        throw RuntimeError("Non-thread-safe operation invoked on an event loop other than the current one");
}

void EventLoop::call_soon_threadsafe(std::function<void()> callback, std::string label, Where at)
{
    if (closed_)
        throw RuntimeError("Event loop is closed");
    if (running_loop == this) {
        call_soon(std::move(callback), std::move(label), at);
        return;
    }
    if (running_worker()) {
        check_limits();
        post(Ref<Handle>(new FunctionHandle<Handle>(std::move(callback), std::move(label), *this, CallbackKind::Thread)),
             place(at));
        return;
    }
    {
        const std::lock_guard lock(posted_mutex_);
        posted_.push_back({std::move(callback), std::move(label), at});
        has_posted_ = true;
    }
    posted_something_.notify_one();
}

void EventLoop::take_posted()
{
    if (!has_posted_.load(std::memory_order_relaxed)) [[likely]]
        return;
    std::vector<Posted> taken;
    {
        const std::lock_guard lock(posted_mutex_);
        taken.swap(posted_);
        has_posted_ = false;
    }
    for (Posted& p : taken) {
        Ref<Handle> handle(new FunctionHandle<Handle>(std::move(p.callback), std::move(p.label), *this, CallbackKind::Thread));
        schedule_handle(handle, place(p.at));
    }
}

void EventLoop::wake_up()
{
    if (std::exchange(wake_up_pending_, true))
        return;
    if (!wake_up_)
        wake_up_ = make_ref<WakeUp>(*this, wake_up_pending_);
    selector_.add(now(), wake_up_);
}

bool EventLoop::wait_for_threads()
{
    if (other_threads_ == 0)
        return false;
    std::unique_lock lock(posted_mutex_);
    posted_something_.wait(lock, [this] { return has_posted_.load(); });
    return true;
}

Ref<Handle> EventLoop::call_soon(std::function<void()> callback, std::string label, Where at)
{
    check_callable();
    check_limits();
    Ref<Handle> handle(new FunctionHandle<Handle>(std::move(callback), std::move(label), *this, CallbackKind::Plain));
    schedule_handle(handle, place(at));
    return handle;
}

Ref<TimerHandle> EventLoop::call_later(double delay, std::function<void()> callback, std::string label, Where at)
{
    check_callable();
    check_limits();
    Ref<TimerHandle> timer(new FunctionHandle<TimerHandle>(std::move(callback), std::move(label), *this,
                                                           CallbackKind::Plain, now() + seconds(delay)));
    schedule_timer(timer, place(at));
    return timer;
}

Ref<TimerHandle> EventLoop::call_at(double when, std::function<void()> callback, std::string label, Where at)
{
    check_callable();
    check_limits();
    Ref<TimerHandle> timer(new FunctionHandle<TimerHandle>(std::move(callback), std::move(label), *this,
                                                           CallbackKind::Plain, TimePoint{seconds(when)}));
    schedule_timer(timer, place(at));
    return timer;
}

HandleId EventLoop::id_of(Handle& handle)
{
    if (!handle.id_) {
        FutureBase* future = handle.about();
        handle.id_ = number_callback(handle.kind_, handle.label(), handle.deadline(), future ? future->id() : FutureId{});
    }
    return handle.id_;
}

HandleId EventLoop::number_callback(CallbackKind kind, std::string_view label, TimePoint when, FutureId future)
{
    const TaskId by = current_task_ ? current_task_->task_id() : TaskId{};
    return trace_->add_handle({.kind = kind, .label = label, .deadline = when, .future = future, .by = by});
}

HandleId EventLoop::id_of(Ready callback)
{
    return callback.is_handle() ? id_of(callback.handle()) : callback.sleep().timer_;
}

void EventLoop::schedule_handle(Ref<Handle> handle, PlaceId place)
{
    if (trace_)
        record(CallbackScheduled{id_of(*handle), running_worker()}, place);
    handle->queued_ = true;
    ready_.push(Ready(*handle));
}

void EventLoop::schedule_timer(Ref<TimerHandle> timer, PlaceId place)
{
    if (trace_)
        record(TimerScheduled{id_of(*timer)}, place);
    timer->in_heap_ = true;
    push_timer({timer->when(), Ready(*timer)});
}

void EventLoop::schedule_sleep(detail::SleepState& sleep, TimePoint when, PlaceId place)
{
    if (trace_)
        record(TimerScheduled{sleep.timer_}, place);
    sleep.in_heap_ = true;
    push_timer({when, Ready(sleep)});
}

void EventLoop::push_timer(Timer timer)
{
    // Twice the room would be half of what a sleep takes besides.
    if (timers_.size() == timers_.capacity())
        timers_.reserve(timers_.size() + timers_.size() / 8 + 64);
    heapq::push(timers_, timer, Sooner{});
}

void EventLoop::cancel_timer(detail::SleepState& sleep)
{
    if (sleep.timer_cancelled_)
        return;
    sleep.timer_cancelled_ = true;
    if (trace_ && sleep.queued_)
        record(CallbackCancelled{sleep.timer_});
    if (!sleep.in_heap_)
        return;
    ++cancelled_timers_;
    if (trace_)
        record(TimerCancelled{sleep.timer_});
}

bool EventLoop::is_cancelled(Ready timer)
{
    return timer.is_handle() ? timer.handle().cancelled_ : timer.sleep().timer_cancelled_;
}

void EventLoop::note_out_of_heap(Ready timer)
{
    if (timer.is_handle())
        static_cast<TimerHandle&>(timer.handle()).in_heap_ = false;
    else
        timer.sleep().in_heap_ = false;
}

void EventLoop::make_ready(Ready timer)
{
    if (timer.is_handle())
        timer.handle().queued_ = true;
    else
        timer.sleep().queued_ = true;
    ready_.push(timer);
}

void EventLoop::note_cancelled(Handle& handle)
{
    if (trace_ && handle.queued_)
        record(CallbackCancelled{id_of(handle)});
}

void EventLoop::note_cancelled_timer(TimerHandle& timer)
{
    ++cancelled_timers_;
    if (trace_)
        record(TimerCancelled{id_of(timer)});
}

void EventLoop::drop_cancelled_timers()
{
    // CPython's base_events.py: _MIN_SCHEDULED_TIMER_HANDLES and _MIN_CANCELLED_TIMER_HANDLES_FRACTION.
    if (timers_.size() > 100 && cancelled_timers_ * 2 > timers_.size()) {
        std::vector<Ready> dropped; // kept till the heap is whole again: what goes may call the loop
        const auto kept = std::remove_if(timers_.begin(), timers_.end(), [&](const Timer& t) {
            if (!is_cancelled(t.what))
                return false;
            note_out_of_heap(t.what);
            dropped.push_back(t.what);
            return true;
        });
        timers_.erase(kept, timers_.end());
        heapq::heapify(timers_, Sooner{});
        cancelled_timers_ = 0;
        if (trace_)
            record(TimersRebuilt{});
        for (const Ready timer : dropped)
            timer.release();
        return;
    }
    while (!timers_.empty() && is_cancelled(timers_.front().what)) {
        --cancelled_timers_;
        const Ready timer = heapq::pop(timers_, Sooner{}).what;
        note_out_of_heap(timer);
        if (trace_)
            record(TimerDropped{id_of(timer)});
        timer.release();
    }
}

bool EventLoop::begin_iteration()
{
    take_posted();
    if (!timers_.empty())
        drop_cancelled_timers();
    if (debug_)
        thread_ = std::this_thread::get_id();

    if (!ready_.empty() && timers_.empty() && selector_.empty() && !others()) { // nothing else to look for
        if (trace_)
            record(IterationBegan{++iteration_});
        left_in_iteration_ = ready_.size();
        in_iteration_ = true;
        return true;
    }

    std::optional<Duration> timeout;
    if (!ready_.empty() || stopping_)
        timeout = Duration::zero();
    else if (!timers_.empty())
        timeout = std::max(Duration::zero(), timers_.front().when - now());

    const bool sleeps = !timeout || *timeout > Duration::zero();
    if (sleeps)
        ready_.shrink();
    if (!timeout && selector_.empty() && !others()) {
        if (wait_for_threads())
            return begin_iteration();
        if (trace_)
            record(LoopStuck{});
        return false;
    }
    if (trace_) {
        record(IterationBegan{++iteration_});
        if (sleeps)
            record(SelectEntered{timeout ? std::optional(now() + *timeout) : std::nullopt});
    }
    selected_.clear();
    if (!selector_.select(timeout, selected_)) { // the workers have ended their work, and woke nobody
        if (wait_for_threads()) {
            if (trace_)
                record(SelectReturned{});
            return begin_iteration();
        }
        if (trace_)
            record(LoopStuck{});
        return false;
    }
    if (trace_ && sleeps)
        record(SelectReturned{});
    for (Ref<Handle>& reader : selected_) {
        if (trace_)
            reader->note_ready();
        reader->queued_ = true;
        ready_.push(Ready(*reader));
    }
    selected_.clear();

    while (!timers_.empty() && timers_.front().when <= now()) {
        const Ready due = heapq::pop(timers_, Sooner{}).what;
        note_out_of_heap(due); // a cancelled one goes on being counted, as in CPython
        if (trace_)
            record(TimerFired{id_of(due)});
        make_ready(due);
    }
    left_in_iteration_ = ready_.size();
    in_iteration_ = true;
    return true;
}

void EventLoop::run_front()
{
    const Ready item = ready_.pop();
    --left_in_iteration_;
    const TimePoint began = now();
    calls_in_turn_ = 0;
    if (item.is_task()) {
        TaskBase& task = item.task();
        last_stepped_ = task.number_;
        task.step(*this);
        if (debug_)
            report_slow_turn(began, item);
        task.release();
    } else {
        run_callback(item, began);
    }
}

void EventLoop::run_callback(Ready item, TimePoint began)
{
    bool skipped = false;
    if (item.is_handle()) {
        item.handle().queued_ = false;
        skipped = is_cancelled(item);
        if (!skipped)
            call(item.handle());
    } else {
        item.sleep().queued_ = false;
        skipped = is_cancelled(item);
        if (!skipped)
            fire(item.sleep());
    }
    if (skipped && trace_)
        record(CallbackSkipped{id_of(item)});
    if (!skipped && debug_)
        report_slow_turn(began, item);
    item.release();
}

void EventLoop::fire(detail::SleepState& sleep)
{
    if (trace_)
        record(CallbackRan{sleep.timer_});
    sleep.fire();
    if (trace_)
        record(CallbackReturned{sleep.timer_});
}

void EventLoop::call(Handle& handle)
{
    if (trace_)
        record(CallbackRan{id_of(handle)});
    // The handler sees the context of the callback that failed, as from Python 3.12 on.
    const Ref<ContextMap> outer = std::exchange(context_, handle.context_);
    try {
        handle.call();
    } catch (...) {
        if (trace_) {
            const ErrorText text = describe_error(std::current_exception());
            record(CallbackFailed{id_of(handle), text.type, text.message});
        }
        call_exception_handler({"Exception in callback " + std::string(handle.label()), std::current_exception()});
    }
    context_ = outer;
    if (trace_)
        record(CallbackReturned{id_of(handle)});
}

void EventLoop::call_exception_handler(const ExceptionContext& context) noexcept
{
    std::exception_ptr error = context.exception;
    std::string_view message = context.message;
    if (exception_handler_) {
        try {
            exception_handler_(*this, context);
            return;
        } catch (...) {
            error = std::current_exception();
            message = "Unhandled error in exception handler";
        }
    }
    if (logger_) {
        const ErrorText text = describe_error(error);
        log(std::string(message) + ": " + text.type + (text.message.empty() ? "" : ": " + text.message));
    }
}

void EventLoop::log(std::string_view line) const
{
    try {
        if (logger_)
            logger_(line);
    } catch (...) { // a logger that fails has nobody to tell
    }
}

void EventLoop::report_slow_turn(TimePoint began, Ready item)
{
    const Duration took = now() - began;
    if (took < slow_callback_duration_)
        return;
    if (trace_ && item.is_task())
        record(SlowTurnReported{item.task().task_id(), {}, took});
    else if (trace_)
        record(SlowTurnReported{{}, id_of(item), took});
    if (logger_) {
        std::string what;
        if (item.is_task())
            what = "<Task " + item.task().name() + ">";
        else
            what = "<Handle " + (item.is_handle() ? std::string(item.handle().label()) : item.sleep().label()) + ">";
        char span[40];
        std::snprintf(span, sizeof span, " took %.3f seconds", to_seconds(took));
        log("Executing " + what + span);
    }
}

EventLoop::Stepped EventLoop::step()
{
    if (!in_iteration_ && !begin_iteration())
        return Stepped::Stuck;
    const bool ran = left_in_iteration_ > 0;
    if (ran) {
        const RunningLoop scope(*this);
        run_front();
    }
    if (left_in_iteration_ == 0) {
        in_iteration_ = false;
        if (stopping_) {
            stopping_ = false;
            return Stepped::Stopped;
        }
    }
    return ran ? Stepped::Ran : Stepped::Passed;
}

EventLoop::Stepped EventLoop::step_to_switch()
{
    const std::uint32_t before = last_stepped_;
    return step_until([&] { return last_stepped_ != before; });
}

EventLoop::Stepped EventLoop::step_until(const std::function<bool()>& condition)
{
    Stepped stepped;
    do {
        stepped = step();
    } while (stepped != Stepped::Stopped && stepped != Stepped::Stuck && !condition());
    return stepped;
}

void EventLoop::set_limits(const Limits& limits)
{
    limits_ = std::make_unique<Limits>(limits);
    memory_before_ = pool_in_use();
    pool_set_limit(memory_before_ + limits.memory);
}

bool EventLoop::beyond_limits() const
{
    return (trace_ && trace_->size() > limits_->facts) || now().since_start > limits_->time || pool_is_full()
        || calls_in_turn_ > limits_->calls_in_a_turn;
}

const std::string& EventLoop::limit_met()
{
    // The first is the reason; what unwinds afterwards may go beyond others.
    if (!limits_ || !limit_met_.empty() || !beyond_limits())
        return limit_met_;
    limit_met_ = "gave up after ";
    if (trace_ && trace_->size() > limits_->facts)
        limit_met_ += format_count(limits_->facts, "event");
    else if (now().since_start > limits_->time)
        limit_met_ += format_duration(limits_->time) + " of virtual time";
    else if (pool_is_full())
        limit_met_ += format_count(limits_->memory >> 20, "megabyte") + " of coroutines, futures and handles";
    else
        limit_met_ += format_count(limits_->calls_in_a_turn, "call") + " to the loop in one turn";
    return limit_met_;
}

void EventLoop::look_at_limits()
{
    ++calls_in_turn_;
    if (!limit_met_.empty() || beyond_limits())
        throw LimitReached(limit_met());
}

bool EventLoop::run_once()
{
    if (!in_iteration_ && !begin_iteration())
        return false;
    const RunningLoop scope(*this);
    while (left_in_iteration_ > 0)
        run_front();
    in_iteration_ = false;
    return true;
}

bool EventLoop::is_running() const { return running_ || running_loop == this; }

void EventLoop::check_may_run() const
{
    if (closed_)
        throw RuntimeError("Event loop is closed");
    if (is_running())
        throw RuntimeError("This event loop is already running");
    if (running_loop)
        throw RuntimeError("Cannot run the event loop while another loop is running");
}

void EventLoop::run_forever()
{
    check_may_run();
    const RunningLoop scope(*this);
    running_ = true;
    struct NotRunning {
        EventLoop& loop;
        ~NotRunning() { loop.running_ = false; }
    } reset{*this};
    do {
        if (!run_once())
            throw Deadlock(waiting_names());
    } while (!stopping_);
    stopping_ = false;
}

Ref<DoneCallback> EventLoop::stop_when_done(FutureBase& future)
{
    auto stop = make_ref<StopCallback>(*this);
    future.add_done_callback(stop);
    return stop;
}

void EventLoop::run_until_done(FutureBase& future)
{
    const Ref<FutureBase> alive(&future);
    const Ref<DoneCallback> callback = stop_when_done(future);
    struct Forget {
        FutureBase& future;
        const Ref<DoneCallback>& callback;
        ~Forget() { future.remove_done_callback(callback); }
    } forget{future, callback};
    run_forever();
    if (!future.done())
        throw RuntimeError("Event loop stopped before Future completed.");
}

void EventLoop::close()
{
    if (is_running())
        throw RuntimeError("Cannot close a running event loop");
    if (!closed_)
        enter_phase(LoopPhase::Closed);
    closed_ = true;
}

Network& EventLoop::network()
{
    if (!network_)
        network_ = std::make_shared<Network>(*this);
    return *network_;
}

std::vector<Ref<TaskBase>> EventLoop::all_tasks() const
{
    std::vector<Ref<TaskBase>> tasks;
    for (TaskBase* t = first_listed_; t; t = t->next_)
        tasks.emplace_back(t);
    return tasks;
}

std::vector<std::string> EventLoop::waiting_names() const
{
    std::vector<std::string> names;
    for (TaskBase* t = first_listed_; t; t = t->next_)
        names.push_back(t->name());
    return names;
}

Ref<FutureBase> EventLoop::cancel_all_tasks()
{
    const std::vector<Ref<TaskBase>> rest = all_tasks();
    if (rest.empty())
        return {};
    enter_phase(LoopPhase::CancellingLeftovers);
    for (const Ref<TaskBase>& task : rest)
        task->cancel();
    return gather_all(*this, std::vector<Ref<FutureBase>>(rest.begin(), rest.end()));
}

void EventLoop::cancel_leftovers()
{
    if (const Ref<FutureBase> all = cancel_all_tasks())
        run_until_done(*all);
}

bool EventLoop::begin_cancelling_leftovers()
{
    const Ref<FutureBase> all = cancel_all_tasks();
    if (!all)
        return false;
    stop_when_done(*all);
    return true;
}

void EventLoop::begin_task(TaskBase& task, bool eager, const Where& at)
{
    eager = eager && running_loop == this;
    register_task(task, eager, at);
    if (eager) { // inside the step in progress, which goes on afterwards
        TaskBase* const outer = current_task_;
        PromiseBase* const outer_next = next_promise_;
        task.step(*this);
        next_promise_ = outer_next;
        current_task_ = outer;
    } else {
        schedule(task);
    }
}

void EventLoop::register_task(TaskBase& task, bool eager, const Where& at)
{
    task.number_ = ++last_task_;
    task.retain();
    task.listed_ = true;
    task.previous_ = last_listed_;
    (last_listed_ ? last_listed_->next_ : first_listed_) = &task;
    last_listed_ = &task;
    if (!trace_)
        return;
    trace_->add_task({.name = task.given_name(),
                      .coroutine = task.leaf_ ? trace_->function_at(task.leaf_->made_at) : std::string_view(),
                      .future = {},
                      .parent = current_task_ ? current_task_->task_id() : TaskId{},
                      .created = trace_->size()});
    trace_->set_task_future(task.task_id(), task.id());
    record(TaskCreated{task.task_id(), current_task_ ? current_task_->task_id() : TaskId{}, eager}, place(at));
}

void EventLoop::unlist(TaskBase& task)
{
    if (!task.listed_)
        return;
    task.listed_ = false;
    (task.previous_ ? task.previous_->next_ : first_listed_) = task.next_;
    (task.next_ ? task.next_->previous_ : last_listed_) = task.previous_;
    task.previous_ = task.next_ = nullptr;
    task.release();
}

void EventLoop::note_created(FutureBase& future, const Where& at)
{
    if (trace_)
        record(FutureCreated{future.id()}, place(at));
}

std::string_view EventLoop::sleep_label(Duration delay)
{
    std::string_view& label = sleep_labels_[delay.count()];
    if (label.empty())
        label = trace_->intern("sleep " + format_duration(delay));
    return label;
}

} // namespace loopscope
