#include "core/trace/spans.h"

#include "core/trace/causes.h"
#include "core/trace/one_of.h"
#include "core/trace/shared_fold.h"
#include "core/trace/waits_for.h"

#include <utility>

namespace loopscope {
namespace {

SpanKind kind_of(WorkKind work)
{
    return work == WorkKind::Computing ? SpanKind::Computing : SpanKind::Blocking;
}

/// Who waits for whom in a circle when nothing can go on.
std::vector<std::vector<TaskId>> circles_at(const Trace& trace, std::size_t stuck, const std::vector<Cause>& causes)
{
    Snapshot state;
    while (state.step <= stuck)
        apply(state, trace);
    const Telling telling(trace, stuck, state, causes, {});
    std::vector<std::vector<TaskId>> circles;
    for (WaitsFor::Circle& circle : WaitsFor(telling).circles())
        circles.push_back(std::move(circle.tasks));
    return circles;
}

/// The spans of one lane, of which the last may still be open.
class Lane {
public:
    void open(Span span, std::size_t step, TimePoint when)
    {
        close(step, when);
        span.begin = step;
        span.from = when;
        spans_.push_back(span);
        open_ = true;
    }

    void close(std::size_t step, TimePoint when)
    {
        if (!open_)
            return;
        spans_.back().end = step;
        spans_.back().to = when;
        open_ = false;
    }

    [[nodiscard]] bool is_open() const { return open_; }
    [[nodiscard]] const Span& last() const { return spans_.back(); }
    [[nodiscard]] std::vector<Span> take() { return std::move(spans_); }

private:
    std::vector<Span> spans_;
    bool open_ = false;
};

class SpanFold {
public:
    explicit SpanFold(const Trace& trace)
        : trace_(trace)
        , flying_(trace.channel_count() + 1)
        , waiting_calls_(trace.call_count() + 1)
        , shared_(trace)
    {
    }

    RunSpans run() &&
    {
        for (step_ = 0; step_ < trace_.size(); ++step_) {
            const TraceEvent event = trace_[step_];
            when_ = event.when;
            shared_.at(step_, when_, loop_.is_open() ? loop_.last().task : TaskId{});
            std::visit(
                [this](const auto& fact) {
                    (*this)(fact);
                    shared_(fact);
                },
                event.fact);
        }
        return finish();
    }

private:
    void operator()(const SelectEntered&)
    {
        loop_lets_go();
        open_loop({.kind = SpanKind::Selecting});
    }
    void operator()(const SelectReturned&) { loop_.close(step_, when_); }

    void operator()(const TaskCreated& f)
    {
        const std::size_t at = f.task.value - 1;
        while (lanes_.size() <= at)
            lanes_.emplace_back();
        lanes_[at].life = {.task = f.task, .created = step_, .created_at = when_, .spans = {}, .end = {}};
        if (!f.eager)
            open(f.task, {.kind = SpanKind::Ready});
    }

    void operator()(const TaskStepped& f)
    {
        open(f.task, {.kind = SpanKind::Running});
        open_loop({.kind = SpanKind::Running, .task = f.task});
    }

    void operator()(const TaskSuspended& f)
    {
        open(f.task, {.kind = SpanKind::Waiting, .on = f.on, .stack = f.stack});
        leave(f.task);
    }

    void operator()(const TaskYielded& f)
    {
        open(f.task, {.kind = SpanKind::Ready, .stack = f.stack});
        leave(f.task);
    }

    void operator()(const TaskWoken& f)
    {
        const Lane& waiting = lane(f.task).spans;
        open(f.task, {.kind = SpanKind::Ready,
                      .stack = waiting.is_open() ? waiting.last().stack : StackId::Empty});
    }

    void operator()(const TaskFinished& f) { end(f.task, LaneEnd::Kind::Finished); }
    void operator()(const TaskFailed& f) { end(f.task, LaneEnd::Kind::Failed); }
    void operator()(const TaskCancelled& f) { end(f.task, LaneEnd::Kind::Cancelled); }

    void operator()(const CancelRequested& f)
    {
        TaskRecord& asked = lane(f.task);
        if (asked.cancelling || asked.life.end.kind != LaneEnd::Kind::Open)
            return;
        asked.cancelling = true;
        if (asked.spans.is_open())
            open(f.task, asked.spans.last());
    }

    void operator()(const CancelTakenBack& f)
    {
        TaskRecord& spared = lane(f.task);
        if (f.left > 0 || !std::exchange(spared.cancelling, false))
            return;
        if (spared.spans.is_open())
            open(f.task, spared.spans.last());
    }

    void operator()(const CallbackRan& f) { open_loop({.kind = SpanKind::Running, .handle = f.handle}); }
    void operator()(const CallbackReturned&) { loop_.close(step_, when_); }

    void operator()(const IoStarted& f)
    {
        flying_[f.channel.value] = network_.size() + 1;
        network_.push_back({.kind = SpanKind::InFlight, .begin = step_, .end = trace_.size(), .from = when_,
                            .to = trace_.end_time(), .task = f.task,
                            .on = trace_.channel(f.channel).future, .channel = f.channel});
    }

    void operator()(const IoReady& f) { land(f.channel, false); }
    void operator()(const BytesArrived& f) { land(f.channel, false); }
    void operator()(const IoCancelled& f) { land(f.channel, true); }

    void operator()(const WorkBegan& f)
    {
        if (f.kind == WorkKind::Blocking)
            loop_lets_go();
        change_work(f.task, kind_of(f.kind));
    }
    void operator()(const WorkEnded& f) { change_work(f.task, SpanKind::Running); }

    void operator()(const OneOf<LoopPhaseEntered, IterationBegan, LoopStuck, CoroutineEntered, CoroutineLeft,
                                CoroutineNeverAwaited, FutureCreated, FutureResolved,
                                ExceptionRetrieved, ExceptionNeverRetrieved, CallbackScheduled, CallbackFailed, CallbackSkipped,
                                CallbackCancelled, TimerScheduled, TimerFired, TimerCancelled,
                                TimerDropped, TimersRebuilt, ResourceAcquired, ResourceReleased, EventSet,
                                EventCleared, ConditionNotified, BarrierArrived, BarrierLeft, BarrierReset,
                                ItemPut, ItemTaken, ItemDone, QueueClosed, ScopeEntered, ScopeLeft,
                                TaskAdopted, GroupAborted, DeadlineSet, TimeoutExpired, ValueChanged,
                                SlowTurnReported, LoopWoken, Noted> auto&)
    {
    }

    void operator()(const WorkerStarted& f)
    {
        const std::size_t at = f.worker.value - 1;
        while (workers_.size() <= at)
            workers_.emplace_back();
        workers_[at].life = {.worker = f.worker, .started = step_, .started_at = when_, .spans = {}, .ended = {}};
        if (trace_.worker(f.worker).kind == WorkerKind::Process)
            open_worker(f.worker, SpanKind::StartingUp);
    }

    void operator()(const WorkerReady& f) { worker(f.worker).spans.close(step_, when_); }

    void operator()(const WorkerEnded& f)
    {
        worker(f.worker).spans.close(step_, when_);
        worker(f.worker).life.ended = step_;
    }

    void operator()(const CallQueued& f) { open_call(f.call, SpanKind::Queued); }
    void operator()(const CallSent& f) { open_call(f.call, SpanKind::Sending); }
    void operator()(const CallArrived& f) { open_call(f.call, SpanKind::Queued); }
    void operator()(const CallCancelled& f) { close_call(f.call, {}, true); }

    void operator()(const CallBegan& f)
    {
        close_call(f.call, f.worker, false);
        worker(f.worker).call = f.call;
        restate(f.worker);
    }

    void operator()(const CallEnded& f)
    {
        worker(f.worker).call = {};
        worker(f.worker).spans.close(step_, when_);
    }

    void operator()(const WorkerWorkBegan& f)
    {
        worker(f.worker).work = f.kind;
        restate(f.worker);
    }

    void operator()(const WorkerWorkEnded& f)
    {
        worker(f.worker).work.reset();
        restate(f.worker);
    }

    void operator()(const GilTaken& f)
    {
        pass_gil(f.worker);
        const CallId call = f.worker ? worker(f.worker).call : CallId{};
        gil_.push_back({.worker = f.worker, .call = call, .begin = step_, .end = step_, .from = when_, .to = when_});
    }

    void operator()(const GilReleased&) { pass_gil(std::nullopt); }

    struct TaskRecord {
        TaskLane life;
        Lane spans;
        bool cancelling = false;
    };

    struct WorkerRecord {
        WorkerLane life;
        Lane spans;
        CallId call;
        std::optional<WorkKind> work;
    };

    TaskRecord& lane(TaskId task) { return lanes_[task.value - 1]; }

    void open(TaskId task, Span span)
    {
        TaskRecord& record = lane(task);
        span.task = task;
        span.cancelling = record.cancelling;
        record.spans.open(span, step_, when_);
    }

    void open_loop(const Span& span) { loop_.open(span, step_, when_); }

    /// The task's step is over. An eager one ran inside its parent's, which goes on.
    void leave(TaskId task)
    {
        const TaskId parent = trace_.task(task).parent;
        if (parent && lane(parent).spans.is_open() && lane(parent).spans.last().kind == SpanKind::Running)
            open_loop({.kind = SpanKind::Running, .task = parent});
        else
            loop_.close(step_, when_);
    }

    void end(TaskId task, LaneEnd::Kind how)
    {
        TaskRecord& record = lane(task);
        record.spans.close(step_, when_);
        record.life.end = {how, step_, when_};
        leave(task);
    }

    void change_work(TaskId task, SpanKind kind)
    {
        if (task)
            open(task, {.kind = kind});
        if (loop_.is_open()) {
            Span same = loop_.last();
            same.kind = kind;
            open_loop(same);
        }
    }

    WorkerRecord& worker(WorkerId id) { return workers_[id.value - 1]; }

    void open_worker(WorkerId id, SpanKind kind)
    {
        WorkerRecord& w = worker(id);
        if (w.spans.is_open() && w.spans.last().kind == kind && w.spans.last().call == w.call)
            return;
        const TaskId asked = w.call ? trace_.call(w.call).task : TaskId{};
        w.spans.open({.kind = kind, .task = asked, .worker = id, .call = w.call}, step_, when_);
    }

    /// What a worker with a call does follows from its work and from who has the interpreter.
    void restate(WorkerId id)
    {
        const WorkerRecord& w = worker(id);
        if (!w.call)
            return;
        const bool has_gil = !trace_.worker(id).shares_gil || holder_ == id;
        if (w.work == WorkKind::Blocking)
            open_worker(id, SpanKind::Blocking);
        else if (w.work == WorkKind::Computing)
            open_worker(id, has_gil ? SpanKind::Computing : SpanKind::WaitingForGil);
        else
            open_worker(id, has_gil || !holder_ ? SpanKind::Running : SpanKind::WaitingForGil);
    }

    void pass_gil(std::optional<WorkerId> to)
    {
        if (holder_ && !gil_.empty()) {
            gil_.back().end = step_;
            gil_.back().to = when_;
        }
        holder_ = to;
        for (const WorkerRecord& w : workers_)
            if (trace_.worker(w.life.worker).shares_gil)
                restate(w.life.worker);
    }

    /// A thread that sleeps does not hold the interpreter.
    void loop_lets_go()
    {
        if (holder_ && !*holder_)
            pass_gil(std::nullopt);
    }

    void open_call(CallId id, SpanKind kind)
    {
        close_call(id, {}, false);
        const CallInfo& info = trace_.call(id);
        waiting_calls_[id.value] = calls_.size() + 1;
        calls_.push_back({.kind = kind, .begin = step_, .end = trace_.size(), .from = when_, .to = trace_.end_time(),
                          .task = info.task, .on = info.future, .call = id});
    }

    void close_call(CallId id, WorkerId ran_by, bool cancelled)
    {
        const std::size_t number = std::exchange(waiting_calls_[id.value], 0);
        if (number == 0)
            return;
        Span& span = calls_[number - 1];
        span.end = step_;
        span.to = when_;
        span.worker = ran_by;
        span.cancelling = cancelled;
    }

    void land(ChannelId channel, bool cancelled)
    {
        const std::size_t number = std::exchange(flying_[channel.value], 0);
        if (number == 0) // it was ready before somebody gave it up
            return;
        Span& span = network_[number - 1];
        span.end = step_;
        span.to = when_;
        span.cancelling = cancelled;
    }

    RunSpans finish()
    {
        const std::size_t end_step = trace_.size();
        const TimePoint end_time = trace_.end_time();
        RunSpans run;
        loop_.close(end_step, end_time);
        run.loop = loop_.take();
        for (TaskRecord& record : lanes_) {
            record.spans.close(end_step, end_time);
            record.life.spans = record.spans.take();
            run.tasks.push_back(std::move(record.life));
        }
        for (WorkerRecord& record : workers_) {
            record.spans.close(end_step, end_time);
            record.life.spans = record.spans.take();
            run.workers.push_back(std::move(record.life));
        }
        if (holder_ && !gil_.empty()) {
            gil_.back().end = end_step;
            gil_.back().to = end_time;
        }
        run.gil = std::move(gil_);
        run.calls = std::move(calls_);
        run.network = std::move(network_);
        run.causes = causes_of(trace_);
        run.shared = std::move(shared_).take();
        if (run.shared.stuck)
            run.shared.circles = circles_at(trace_, *run.shared.stuck, run.causes);
        run.facts = end_step;
        run.end = end_time;
        return run;
    }

    const Trace& trace_;
    std::size_t step_ = 0;
    TimePoint when_;
    Lane loop_;
    std::vector<TaskRecord> lanes_; ///< by task
    std::vector<Span> network_;
    std::vector<std::size_t> flying_; ///< by channel: its number in network_, 0 when not in flight
    std::vector<WorkerRecord> workers_; ///< by worker
    std::vector<Span> calls_;
    std::vector<std::size_t> waiting_calls_; ///< by call: its number in calls_, 0 when it does not wait
    std::vector<GilSpan> gil_;
    std::optional<WorkerId> holder_; ///< of the interpreter lock
    detail::SharedFold shared_;
};

} // namespace

RunSpans spans_of(const Trace& trace) { return SpanFold(trace).run(); }

} // namespace loopscope
