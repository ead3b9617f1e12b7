#include "core/recording/fact_check.h"

#include "core/recording/table_reader.h"

#include <initializer_list>
#include <limits>

namespace loopscope::recorded {
namespace {

// What a fact costs to follow grows with what it is looked for among; in steps of about a nanosecond. A
// run of millions of facts stays below this, a file that was made to be slow does not.
constexpr std::uint64_t most_effort = 500'000'000;
constexpr std::uint64_t numbers_a_step = 16; // that lie side by side

// Of what is on its way each is laid out beside all others.
constexpr std::size_t most_in_flight = 10'000;

// Sums of times over all lanes stay in range.
constexpr std::int64_t most_time = std::numeric_limits<std::int64_t>::max() / 4;

constexpr std::uint32_t most_of_one = 1'000'000'000; // places, parties, items

} // namespace

/// One rule for each fact. Each gives what is wrong, or nothing.
class FactCheck::Rules {
public:
    explicit Rules(FactCheck& check) : c_(check), s_(check.state_), trace_(check.trace_) {}

    using Fault = std::string_view;

    Fault operator()(const LoopPhaseEntered&) { return {}; }
    Fault operator()(const IterationBegan&) { return {}; }
    Fault operator()(const SelectEntered&) { return {}; }
    Fault operator()(const SelectReturned&) { return {}; }
    Fault operator()(const LoopStuck&)
    {
        cost(s_.step); // who waits for whom then is found by going there from the start
        return {};
    }

    Fault operator()(const TaskCreated& f)
    {
        if (f.task.value != s_.tasks.size() + 1 || f.task.value > trace_.task_count())
            return "its task is not the next one";
        return nobody_or(f.parent);
    }
    Fault operator()(const TaskStepped& f)
    {
        if (Fault wrong = made(f.task); !wrong.empty())
            return wrong;
        const TaskSnapshot& task = s_.task(f.task);
        const bool inside = c_.marks_.eager(f.task) && !task.started;
        if (task.state != TaskState::Ready || (!inside && !is_next(f.task)))
            return "its task is not the next in the ready queue";
        return {};
    }
    Fault operator()(const TaskSuspended& f)
    {
        if (f.on.value > trace_.future_count() || !f.on)
            return "it waits for something that is not described";
        cost(4 * s_.scopes.size()); // a task group is found by the task
        if (const ResourceId at = trace_.future(f.on).resource)
            cost(waiters(at));
        const Fault wrong = stack(f.stack);
        return wrong.empty() ? runs(f.task) : wrong;
    }
    Fault operator()(const TaskYielded& f)
    {
        const Fault wrong = stack(f.stack);
        return wrong.empty() ? runs(f.task) : wrong;
    }
    Fault operator()(const TaskWoken& f)
    {
        if (Fault wrong = made(f.task); !wrong.empty())
            return wrong;
        if (s_.task(f.task).state != TaskState::Waiting)
            return "its task does not wait";
        cost(waiters(s_.task(f.task).queues_at));
        return future(f.by);
    }
    Fault operator()(const TaskFinished& f) { return runs(f.task); }
    Fault operator()(const TaskFailed& f) { return runs(f.task); }
    Fault operator()(const TaskCancelled& f) { return runs(f.task); }
    Fault operator()(const CancelRequested& f)
    {
        const Fault wrong = made(f.task);
        return wrong.empty() ? nobody_or(f.by) : wrong;
    }
    Fault operator()(const CancelTakenBack& f) { return made(f.task); }
    Fault operator()(const CoroutineEntered& f) { return made(f.task); }
    Fault operator()(const CoroutineLeft& f) { return made(f.task); }
    Fault operator()(const CoroutineNeverAwaited&) { return {}; }

    Fault operator()(const FutureCreated& f) { return future(f.future); }
    Fault operator()(const FutureResolved& f) { return future(f.future); }
    Fault operator()(const ExceptionRetrieved& f) { return future(f.future); }
    Fault operator()(const ExceptionNeverRetrieved& f) { return future(f.future); }

    Fault operator()(const CallbackScheduled& f)
    {
        const Fault wrong = joins(f.handle);
        return wrong.empty() ? own_thread_or(f.by) : wrong;
    }
    Fault operator()(const CallbackRan& f) { return is_next(f.handle) ? Fault() : "its callback is not the next in the ready queue"; }
    Fault operator()(const CallbackReturned& f) { return handle(f.handle); }
    Fault operator()(const CallbackFailed& f) { return handle(f.handle); }
    Fault operator()(const CallbackSkipped& f)
    {
        cost(s_.cancelled_handles.size() / numbers_a_step);
        return is_next(f.handle) ? Fault() : "its callback is not the next in the ready queue";
    }
    Fault operator()(const CallbackCancelled& f)
    {
        cost(8 * s_.ready.size() + s_.cancelled_handles.size() / numbers_a_step);
        return handle(f.handle);
    }

    Fault operator()(const TimerScheduled& f)
    {
        if (Fault wrong = handle(f.handle); !wrong.empty())
            return wrong;
        return c_.marks_.in_heap(f.handle) ? Fault("its timer is set already") : Fault();
    }
    Fault operator()(const TimerFired& f)
    {
        cost(s_.cancelled_handles.size() / numbers_a_step);
        const Fault wrong = is_soonest(f.handle);
        return wrong.empty() ? joins(f.handle) : wrong;
    }
    Fault operator()(const TimerCancelled& f)
    {
        cost(s_.timers.size() / 4);
        return handle(f.handle);
    }
    Fault operator()(const TimerDropped& f) { return is_soonest(f.handle); }
    Fault operator()(const TimersRebuilt&)
    {
        cost(s_.timers.size() / 4);
        return {};
    }

    Fault operator()(const IoStarted& f)
    {
        if (Fault wrong = channel(f.channel); !wrong.empty())
            return wrong;
        if (c_.marks_.in_flight(f.channel))
            return "it is on its way already";
        if (s_.in_flight.size() >= most_in_flight)
            return "more is on its way at once than can be shown";
        return nobody_or(f.task);
    }
    Fault operator()(const IoReady& f)
    {
        const Fault wrong = channel(f.channel);
        return wrong.empty() ? joins(f.handle) : wrong;
    }
    Fault operator()(const BytesArrived& f) { return channel(f.channel); }
    Fault operator()(const IoCancelled& f) { return channel(f.channel); }

    Fault operator()(const WorkBegan& f) { return nobody_or(f.task); }
    Fault operator()(const WorkEnded& f) { return nobody_or(f.task); }
    Fault operator()(const SlowTurnReported& f)
    {
        if (f.task ? static_cast<bool>(f.handle) : !f.handle)
            return "it is about a task or about a callback";
        return f.task ? made(f.task) : handle(f.handle);
    }

    Fault operator()(const ResourceAcquired& f)
    {
        if (Fault wrong = place(f.resource, f.free); !wrong.empty())
            return wrong;
        return made(f.task);
    }
    Fault operator()(const ResourceReleased& f) { return place(f.resource, f.free); }
    Fault operator()(const EventSet& f) { return is(f.event, ResourceKind::Event); }
    Fault operator()(const EventCleared& f) { return is(f.event, ResourceKind::Event); }
    Fault operator()(const ConditionNotified& f) { return is(f.condition, ResourceKind::Condition, f.woken); }
    Fault operator()(const BarrierArrived& f)
    {
        const Fault wrong = is(f.barrier, ResourceKind::Barrier, f.inside);
        return wrong.empty() ? made(f.task) : wrong;
    }
    Fault operator()(const BarrierLeft& f)
    {
        const Fault wrong = is(f.barrier, ResourceKind::Barrier, f.inside);
        return wrong.empty() ? made(f.task) : wrong;
    }
    Fault operator()(const BarrierReset& f) { return is(f.barrier, ResourceKind::Barrier); }
    Fault operator()(const ItemPut& f) { return is(f.queue, ResourceKind::Queue, f.items); }
    Fault operator()(const ItemTaken& f) { return is(f.queue, ResourceKind::Queue, f.items); }
    Fault operator()(const ItemDone& f) { return is(f.queue, ResourceKind::Queue, f.unfinished); }
    Fault operator()(const QueueClosed& f) { return is(f.queue, ResourceKind::Queue, f.items, f.unfinished); }

    Fault operator()(const ScopeEntered& f)
    {
        if (f.scope.value > trace_.scope_count() || !f.scope)
            return "its block is not described";
        if (c_.marks_.entered(f.scope))
            return "its block was entered before";
        return made(trace_.scope(f.scope).task);
    }
    Fault operator()(const ScopeLeft& f) { return block(f.scope); }
    Fault operator()(const TaskAdopted& f)
    {
        const Fault wrong = block(f.group, ScopeKind::TaskGroup);
        return wrong.empty() ? made(f.task) : wrong;
    }
    Fault operator()(const GroupAborted& f)
    {
        const Fault wrong = block(f.group, ScopeKind::TaskGroup);
        return wrong.empty() ? nobody_or(f.because) : wrong;
    }
    Fault operator()(const DeadlineSet& f) { return block(f.timeout, ScopeKind::Timeout); }
    Fault operator()(const TimeoutExpired& f) { return block(f.timeout, ScopeKind::Timeout); }

    Fault operator()(const ValueChanged& f)
    {
        return f.watch && f.watch.value <= trace_.watch_count() ? Fault() : "its variable is not described";
    }

    Fault operator()(const WorkerStarted& f)
    {
        const bool next = f.worker.value == s_.workers.size() + 1 && f.worker.value <= trace_.worker_count();
        return next ? Fault() : "its worker is not the next one";
    }
    Fault operator()(const WorkerReady& f) { return started(f.worker); }
    Fault operator()(const WorkerEnded& f) { return started(f.worker); }
    Fault operator()(const CallQueued& f)
    {
        if (Fault wrong = call(f.call); !wrong.empty())
            return wrong;
        if (c_.marks_.queued(f.call))
            return "its call was queued before";
        return nobody_or(trace_.call(f.call).task);
    }
    Fault operator()(const CallSent& f) { return call(f.call); }
    Fault operator()(const CallArrived& f) { return call(f.call); }
    Fault operator()(const CallBegan& f)
    {
        const Fault wrong = call(f.call);
        return wrong.empty() ? started(f.worker) : wrong;
    }
    Fault operator()(const CallEnded& f)
    {
        const Fault wrong = call(f.call);
        return wrong.empty() ? started(f.worker) : wrong;
    }
    Fault operator()(const CallCancelled& f) { return call(f.call); }
    Fault operator()(const WorkerWorkBegan& f) { return started(f.worker); }
    Fault operator()(const WorkerWorkEnded& f) { return started(f.worker); }
    Fault operator()(const GilTaken& f)
    {
        cost(s_.workers.size());
        return own_thread_or(f.worker);
    }
    Fault operator()(const GilReleased& f)
    {
        cost(s_.workers.size());
        return own_thread_or(f.worker);
    }
    Fault operator()(const LoopWoken& f) { return joins(f.handle); }
    Fault operator()(const Noted& f)
    {
        const Fault wrong = nobody_or(f.task);
        return wrong.empty() ? own_thread_or(f.worker) : wrong;
    }

private:
    void cost(std::uint64_t steps) { c_.effort_ += steps; }
    [[nodiscard]] Fault made(TaskId task) const
    {
        return task && task.value <= s_.tasks.size() ? Fault() : "its task was not made yet";
    }
    [[nodiscard]] Fault nobody_or(TaskId task) const { return task ? made(task) : Fault(); }
    [[nodiscard]] Fault runs(TaskId task) const
    {
        if (Fault wrong = made(task); !wrong.empty())
            return wrong;
        return s_.task(task).state == TaskState::Running ? Fault() : "its task does not run";
    }
    [[nodiscard]] bool is_next(ReadyItem item) const { return !s_.ready.empty() && s_.ready.front() == item; }
    [[nodiscard]] Fault is_soonest(HandleId timer) const
    {
        return !s_.timers.empty() && s_.timers.front().handle == timer ? Fault() : "its timer is not the soonest";
    }
    [[nodiscard]] Fault future(FutureId id) const
    {
        return id && id.value <= trace_.future_count() ? Fault() : "its future is not described";
    }
    [[nodiscard]] Fault handle(HandleId id) const
    {
        return id && id.value <= trace_.handle_count() ? Fault() : "its callback is not described";
    }
    [[nodiscard]] Fault joins(HandleId id) const
    {
        if (Fault wrong = handle(id); !wrong.empty())
            return wrong;
        return c_.marks_.in_ready(id) ? Fault("its callback stands in the ready queue already") : Fault();
    }
    Fault channel(ChannelId id)
    {
        cost(s_.in_flight.size() / numbers_a_step);
        return id && id.value <= trace_.channel_count() ? Fault() : "its request is not described";
    }
    Fault call(CallId id)
    {
        cost(s_.queued_calls.size());
        return id && id.value <= trace_.call_count() ? Fault() : "its call is not described";
    }
    [[nodiscard]] Fault started(WorkerId id) const
    {
        return id && id.value <= s_.workers.size() ? Fault() : "its worker was not started yet";
    }
    [[nodiscard]] Fault own_thread_or(WorkerId id) const { return id ? started(id) : Fault(); }
    Fault stack(StackId id)
    {
        if (static_cast<std::size_t>(id) >= trace_.stack_count())
            return "its stack is not described";
        cost(32 * std::uint64_t{c_.tables_.depth(id)}); // names of files are compared on the way
        return {};
    }
    Fault block(ScopeId id)
    {
        cost(4 * s_.scopes.size());
        return id && id.value <= trace_.scope_count() ? Fault() : "its block is not described";
    }
    Fault block(ScopeId id, ScopeKind kind)
    {
        if (Fault wrong = block(id); !wrong.empty())
            return wrong;
        return trace_.scope(id).kind == kind ? Fault() : "its block is of another kind";
    }
    [[nodiscard]] std::size_t waiters(ResourceId id) const
    {
        const ResourceSnapshot* resource = id ? s_.resource(id) : nullptr;
        return resource ? resource->waiters.size() : 0;
    }
    [[nodiscard]] static bool few(std::initializer_list<std::uint32_t> counts)
    {
        for (const std::uint32_t count : counts)
            if (count > most_of_one)
                return false;
        return true;
    }
    [[nodiscard]] Fault is(ResourceId id, ResourceKind kind, std::uint32_t count = 0, std::uint32_t other = 0) const
    {
        if (!id || id.value > trace_.resource_count())
            return "what is shared there is not described";
        if (trace_.resource(id).kind != kind)
            return "what is shared there is of another kind";
        return few({count, other}) ? Fault() : "its number is out of range";
    }
    Fault place(ResourceId id, std::uint32_t free)
    {
        cost(c_.marks_.held(id));
        const Fault wrong = is(id, ResourceKind::Lock, free);
        return wrong.empty() ? wrong : is(id, ResourceKind::Semaphore, free);
    }

    FactCheck& c_;
    const Snapshot& s_;
    const Trace& trace_;
};

std::string_view FactCheck::fault(const TraceEvent& event)
{
    if (static_cast<std::size_t>(event.place) >= trace_.place_count())
        return "its place is not described";
    const std::int64_t when = event.when.since_start.count();
    if (when < 0 || (trace_.size() > 0 && event.when < trace_.end_time()))
        return "time goes back there";
    const auto lanes = static_cast<std::int64_t>(trace_.task_count() + trace_.call_count() + trace_.channel_count() + 100);
    if (when > most_time / lanes)
        return "its moment is out of range";
    ++effort_;
    const std::string_view wrong = std::visit(Rules(*this), event.fact);
    if (wrong.empty() && effort_ > most_effort)
        return "it would take too long to follow";
    return wrong;
}

void FactCheck::advance(const Fact& fact)
{
    marks_.follow(fact, state_);
    apply(state_, trace_);
}

} // namespace loopscope::recorded
