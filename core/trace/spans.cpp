#include "core/trace/spans.h"

#include "core/trace/causes.h"
#include "core/trace/one_of.h"

#include <utility>

namespace loopscope {
namespace {

SpanKind kind_of(WorkKind work)
{
    return work == WorkKind::Computing ? SpanKind::Computing : SpanKind::Blocking;
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
    {
    }

    RunSpans run() &&
    {
        for (step_ = 0; step_ < trace_.size(); ++step_) {
            const TraceEvent event = trace_[step_];
            when_ = event.when;
            std::visit([this](const auto& fact) { (*this)(fact); }, event.fact);
        }
        return finish();
    }

private:
    void operator()(const SelectEntered&) { open_loop({.kind = SpanKind::Selecting}); }
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
    void operator()(const IoCancelled& f) { land(f.channel, true); }

    void operator()(const WorkBegan& f) { change_work(f.task, kind_of(f.kind)); }
    void operator()(const WorkEnded& f) { change_work(f.task, SpanKind::Running); }

    void operator()(const OneOf<LoopPhaseEntered, IterationBegan, LoopStuck, CoroutineEntered, CoroutineLeft,
                                CoroutineNeverAwaited, FutureCreated, FutureResolved,
                                ExceptionNeverRetrieved, CallbackScheduled, CallbackFailed, CallbackSkipped,
                                CallbackCancelled, TimerScheduled, TimerFired, TimerCancelled,
                                TimerDropped, TimersRebuilt, ResourceAcquired, ResourceReleased, EventSet,
                                EventCleared, ConditionNotified, BarrierArrived, BarrierLeft, BarrierReset,
                                ItemPut, ItemTaken, ItemDone, QueueClosed, ScopeEntered, ScopeLeft,
                                TaskAdopted, GroupAborted, DeadlineSet, TimeoutExpired, ValueChanged,
                                SlowTurnReported, Noted> auto&)
    {
    }

    struct TaskRecord {
        TaskLane life;
        Lane spans;
        bool cancelling = false;
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
        run.network = std::move(network_);
        run.causes = causes_of(trace_);
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
};

} // namespace

RunSpans spans_of(const Trace& trace) { return SpanFold(trace).run(); }

} // namespace loopscope
