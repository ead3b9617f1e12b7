#include "core/trace/causes.h"

#include "core/trace/one_of.h"

#include <utility>

namespace loopscope {
namespace {

class CauseFold {
public:
    explicit CauseFold(const Trace& trace)
        : trace_(trace)
        , ends_(trace.future_count() + 1)
        , arrivals_(trace.handle_count() + 1)
        , waiting_on_(trace.task_count() + 1)
    {
    }

    std::vector<Cause> run() &&
    {
        for (step_ = 0; step_ < trace_.size(); ++step_)
            std::visit([this](const auto& fact) { (*this)(fact); }, trace_[step_].fact);
        return std::move(causes_);
    }

private:
    using Kind = Cause::Kind;

    // Where one turn ends and the next begins; what the loop does between two is nobody's.

    void operator()(const OneOf<LoopPhaseEntered, IterationBegan> auto&) { begin_turn({}, {}); }
    void operator()(const CallbackRan& f) { begin_turn({}, f.handle); }

    void operator()(const TaskStepped& f)
    {
        waiting_on_[f.task.value] = {};
        // An eager task runs inside the step of the task that made it.
        const TaskId parent = trace_.task(f.task).parent;
        if (parent && parent == turn_.task && !turn_.over)
            turn_ = {f.task, {}, turn_.begin, parent, false};
        else
            begin_turn(f.task, {});
    }

    void operator()(const TaskSuspended& f)
    {
        waiting_on_[f.task.value] = f.on;
        end_step();
    }

    void operator()(const TaskYielded& f)
    {
        add(f.task, {.kind = Kind::Turn, .from_step = step_, .from_task = f.task});
        end_step();
    }

    // What makes a task ready.

    void operator()(const TaskCreated& f)
    {
        if (!f.eager)
            add(f.task, {.kind = Kind::Created, .from_step = step_, .from_task = f.parent});
    }

    void operator()(const TaskWoken& f)
    {
        const End& end = ends_[f.by.value];
        add(f.task, end.known ? end.cause : Cause{.kind = Kind::Future, .from_step = step_});
        waiting_on_[f.task.value] = {};
    }

    // What ends a future, and so decides a wake.

    void operator()(const TaskFinished& f) { task_ended(f.task); }
    void operator()(const TaskFailed& f) { task_ended(f.task); }
    void operator()(const TaskCancelled& f) { task_ended(f.task); }

    void operator()(const FutureResolved& f)
    {
        ends_[f.future.value] = {true, f.how == FutureEnd::Cancelled ? canceller(f.future) : filler()};
    }

    void operator()(const CancelRequested& f)
    {
        requests_.push_back(
            {f.task, {.kind = Kind::Cancel, .from_step = step_, .from_task = f.by ? f.by : task_called_about()}});
    }

    // What puts a callback in the queue.

    void operator()(const TimerFired& f)
    {
        arrivals_[f.handle.value] = {true, {.kind = Kind::Timer, .from_step = step_}};
    }

    void operator()(const IoReady& f)
    {
        arrivals_[f.handle.value]
            = {true, {.kind = Kind::Io, .from_step = step_, .from_channel = f.channel}};
    }

    // What another thread puts in the queue: a function's end is handed over by a callback that it
    // posts, and whatever else it posts is its own doing.

    void operator()(const CallEnded& f) { last_end_ = {step_, f.worker}; }

    void operator()(const CallbackScheduled& f)
    {
        if (!f.by)
            return;
        const bool ended = last_end_.worker == f.by && last_end_.step + 1 == step_;
        arrivals_[f.handle.value]
            = {true, {.kind = Kind::Worker, .from_step = ended ? last_end_.step : step_, .from_worker = f.by}};
    }

    void operator()(const OneOf<SelectEntered, SelectReturned, LoopStuck, CoroutineEntered, CoroutineLeft,
                                CoroutineNeverAwaited, FutureCreated, ExceptionRetrieved, ExceptionNeverRetrieved,
                                CallbackReturned, CallbackFailed, CallbackSkipped, CallbackCancelled,
                                TimerScheduled, TimerCancelled, TimerDropped, TimersRebuilt, IoStarted,
                                BytesArrived, IoCancelled, WorkBegan, WorkEnded, SlowTurnReported, CancelTakenBack, ResourceAcquired,
                                ResourceReleased, EventSet, EventCleared, ConditionNotified, BarrierArrived,
                                BarrierLeft, BarrierReset, ItemPut, ItemTaken, ItemDone, QueueClosed,
                                ScopeEntered, ScopeLeft, TaskAdopted, GroupAborted, DeadlineSet,
                                TimeoutExpired, ValueChanged, WorkerStarted, WorkerReady,
                                WorkerEnded, CallQueued, CallSent, CallArrived, CallBegan, CallCancelled,
                                WorkerWorkBegan, WorkerWorkEnded, GilTaken, GilReleased, LoopWoken, Noted> auto&)
    {
    }

    /// How a future ended, or a callback came to the queue; not known for what is still to come.
    struct End {
        bool known = false;
        Cause cause;
    };

    struct Turn {
        TaskId task;     ///< whose step it is, also shortly after, while its frames go away
        HandleId handle; ///< or which callback
        std::size_t begin = 0;
        TaskId around; ///< the task in whose step an eager one runs
        bool over = true;
    };

    struct CallEnd {
        std::size_t step = 0;
        WorkerId worker;
    };

    struct Request {
        TaskId task;
        Cause cause;
    };

    void begin_turn(TaskId task, HandleId handle)
    {
        turn_ = {task, handle, step_, {}, !task};
        requests_.clear();
    }

    void end_step()
    {
        if (turn_.around)
            turn_ = {turn_.around, {}, turn_.begin, {}, false};
        else
            turn_.over = true;
    }

    void task_ended(TaskId task)
    {
        waiting_on_[task.value] = {};
        const FutureId future = trace_.task(task).future;
        if (future)
            ends_[future.value] = {true, {.kind = Kind::Task, .from_step = step_, .from_task = task}};
        end_step();
    }

    /// The task whose end the callback in progress looks at: a task group's, when one of them fails.
    [[nodiscard]] TaskId task_called_about() const
    {
        if (!turn_.handle)
            return {};
        const HandleInfo& info = trace_.handle(turn_.handle);
        return info.kind == CallbackKind::Done && info.future ? trace_.future(info.future).task : TaskId{};
    }

    /// Why the future that ends now has a result or an exception.
    [[nodiscard]] Cause filler() const
    {
        if (turn_.handle) {
            if (const End& arrival = arrivals_[turn_.handle.value]; arrival.known)
                return arrival.cause;
            const HandleInfo& info = trace_.handle(turn_.handle);
            if (info.kind == CallbackKind::Done && info.future && ends_[info.future.value].known)
                return ends_[info.future.value].cause;
        }
        return {.kind = Kind::Future, .from_step = step_, .from_task = turn_.task};
    }

    /// Why the future that ends now is cancelled: cancel() on a task that waits for it, or on itself.
    [[nodiscard]] Cause canceller(FutureId future) const
    {
        for (auto request = requests_.rbegin(); request != requests_.rend(); ++request)
            if (waiting_on_[request->task.value] == future)
                return request->cause;
        return {.kind = Kind::Cancel, .from_step = step_, .from_task = turn_.task};
    }

    void add(TaskId to, Cause cause)
    {
        cause.to_step = step_;
        cause.to_task = to;
        causes_.push_back(cause);
    }

    const Trace& trace_;
    std::size_t step_ = 0;
    Turn turn_;
    std::vector<Request> requests_; ///< of this turn
    std::vector<End> ends_;         ///< by future
    std::vector<End> arrivals_;     ///< by handle
    std::vector<FutureId> waiting_on_; ///< by task
    CallEnd last_end_;
    std::vector<Cause> causes_;
};

} // namespace

std::vector<Cause> causes_of(const Trace& trace) { return CauseFold(trace).run(); }

} // namespace loopscope
