#include "core/trace/snapshot.h"

#include "core/base/heapq.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace loopscope {
namespace {

// Deadlines alone decide, as in CPython; the heap's own moves do the rest.
constexpr auto sooner
    = [](const TimerSnapshot& a, const TimerSnapshot& b) { return a.deadline < b.deadline; };

/// How a resource stood when the trace first heard of it.
ResourceSnapshot first_seen(ResourceId id, const ResourceInfo& info)
{
    ResourceSnapshot resource;
    resource.id = id;
    switch (info.kind) {
    case ResourceKind::Lock: resource.state = LockSnapshot{.locked = info.count == 0, .owner = {}}; break;
    case ResourceKind::Event: resource.state = EventSnapshot{.set = info.count > 0}; break;
    case ResourceKind::Condition: resource.state = ConditionSnapshot{}; break;
    case ResourceKind::Semaphore: resource.state = SemaphoreSnapshot{.free = info.count}; break;
    case ResourceKind::Barrier:
        resource.state = BarrierSnapshot{.phase = info.shut_down ? BarrierSnapshot::Phase::Broken
                                                                 : BarrierSnapshot::Phase::Filling,
                                         .inside = info.count};
        break;
    case ResourceKind::Queue:
        resource.state = QueueSnapshot{.items = info.count, .unfinished = info.unfinished, .shut_down = info.shut_down};
        break;
    }
    return resource;
}

/// What each fact does to a state. Our own loop takes everything from where the rules put it: the
/// front of the queue, the top of the heap. A recording of another loop may not, so each "take"
/// looks there first and then elsewhere.
class Fold {
public:
    Fold(Snapshot& state, const Trace& trace, const TraceEvent& event)
        : state_(state)
        , trace_(trace)
        , event_(event)
    {
    }

    void operator()(const LoopPhaseEntered& f) { state_.phase = f.phase; }
    void operator()(const IterationBegan& f) { state_.iteration = f.number; }

    void operator()(const SelectEntered& f)
    {
        state_.selecting = true;
        state_.select_until = f.until;
        loop_lets_go();
    }

    void operator()(const SelectReturned&)
    {
        state_.selecting = false;
        state_.select_until.reset();
    }

    void operator()(const LoopStuck&) { state_.stuck = true; }

    void operator()(const TaskCreated& f)
    {
        TaskSnapshot& created = task(f.task);
        created.state = TaskState::Ready;
        if (!f.eager)
            state_.ready.push_back(f.task);
        note_line(state_.running);
    }

    void operator()(const TaskStepped& f)
    {
        take_ready(f.task);
        TaskSnapshot& stepped = task(f.task);
        stepped.state = TaskState::Running;
        stepped.started = true;
        stepped.waiting_on = {};
        stepped.stack = StackId::Empty;
        if (const ResourceId left = std::exchange(stepped.queues_at, {}))
            std::erase_if(resource(left).waiters, [&](const WaiterSnapshot& w) { return w.task == f.task; });
        state_.running = f.task;
    }

    void operator()(const TaskSuspended& f)
    {
        TaskSnapshot& suspended = leave(f.task, TaskState::Waiting);
        suspended.waiting_on = f.on;
        park(suspended, f.stack);
        const FutureInfo& on = trace_.future(f.on);
        if (!on.resource)
            return;
        suspended.queues_at = on.resource;
        resource(on.resource).waiters.push_back({.task = f.task, .end = on.end, .woken = {}});
    }

    void operator()(const TaskYielded& f)
    {
        park(leave(f.task, TaskState::Ready), f.stack);
        state_.ready.push_back(f.task);
    }

    void operator()(const TaskWoken& f)
    {
        TaskSnapshot& woken = task(f.task);
        woken.state = TaskState::Ready;
        woken.waiting_on = {};
        state_.ready.push_back(f.task);
        if (woken.queues_at)
            for (WaiterSnapshot& waiter : resource(woken.queues_at).waiters)
                if (waiter.task == f.task)
                    waiter.woken = f.how;
    }

    void operator()(const TaskFinished& f) { end(f.task, TaskState::Finished); }
    void operator()(const TaskFailed& f) { end(f.task, TaskState::Failed); }
    void operator()(const TaskCancelled& f) { end(f.task, TaskState::Cancelled); }

    void operator()(const CancelRequested& f)
    {
        TaskSnapshot& asked = task(f.task);
        ++asked.cancel_requests;
        asked.cancelling = !is_over(asked.state);
        note_line(f.by);
    }

    void operator()(const CancelTakenBack& f)
    {
        TaskSnapshot& spared = task(f.task);
        spared.cancel_requests = f.left;
        spared.cancelling = spared.cancelling && f.left > 0;
    }

    void operator()(const CoroutineEntered& f)
    {
        ++task(f.task).depth;
        note_line(f.task);
    }

    void operator()(const CoroutineLeft& f)
    {
        TaskSnapshot& back = task(f.task);
        back.depth -= back.depth > 0 ? 1 : 0;
        note_line(f.task);
    }

    void operator()(const CoroutineNeverAwaited&) {}
    void operator()(const FutureCreated&) { note_line(state_.running); }
    void operator()(const FutureResolved& f)
    {
        const FutureInfo& info = trace_.future(f.future);
        if (info.kind == FutureKind::Semaphore && info.resource && f.how == FutureEnd::Result)
            --as<SemaphoreSnapshot>(info.resource).free; // the place is promised to who waited
        note_line(state_.running);
    }
    void operator()(const ExceptionRetrieved&) {}
    void operator()(const ExceptionNeverRetrieved&) {}

    void operator()(const CallbackScheduled& f)
    {
        state_.ready.push_back(f.handle);
        if (!f.by)
            note_line(state_.running);
    }

    void operator()(const CallbackRan& f)
    {
        take_ready(f.handle);
        state_.running_handle = f.handle;
    }

    void operator()(const CallbackReturned&)
    {
        state_.running_handle = {};
        state_.callback_work.reset();
    }
    void operator()(const CallbackFailed&) {} // what it leaves behind is told by CallbackReturned

    void operator()(const CallbackSkipped& f)
    {
        take_ready(f.handle);
        std::erase(state_.cancelled_handles, f.handle);
    }

    void operator()(const CallbackCancelled& f)
    {
        // Cancelling what has already run changes nothing.
        const auto& ready = state_.ready;
        if (std::find(ready.begin(), ready.end(), ReadyItem(f.handle)) != ready.end())
            mark_cancelled(f.handle);
    }

    void operator()(const TimerScheduled& f)
    {
        heapq::push(state_.timers, TimerSnapshot{f.handle, trace_.handle(f.handle).deadline}, sooner);
        note_line(state_.running);
    }

    void operator()(const TimerFired& f)
    {
        if (take_timer(f.handle).cancelled)
            mark_cancelled(f.handle);
        state_.ready.push_back(f.handle);
    }

    void operator()(const TimerCancelled& f)
    {
        const auto timer = find_timer(f.handle);
        if (timer != state_.timers.end())
            timer->cancelled = true;
    }

    void operator()(const TimerDropped& f) { take_timer(f.handle); }

    void operator()(const TimersRebuilt&)
    {
        std::erase_if(state_.timers, [](const TimerSnapshot& t) { return t.cancelled; });
        heapq::heapify(state_.timers, sooner);
    }

    void operator()(const IoStarted& f)
    {
        state_.in_flight.push_back(f.channel);
        note_line(f.task);
    }

    void operator()(const IoReady& f)
    {
        std::erase(state_.in_flight, f.channel);
        state_.ready.push_back(f.handle);
    }

    void operator()(const BytesArrived& f) { std::erase(state_.in_flight, f.channel); }
    void operator()(const IoCancelled& f) { std::erase(state_.in_flight, f.channel); }

    void operator()(const WorkBegan& f)
    {
        (f.task ? task(f.task).work : state_.callback_work) = f.kind;
        if (f.kind == WorkKind::Blocking)
            loop_lets_go();
        note_line(f.task);
    }

    void operator()(const WorkEnded& f) { (f.task ? task(f.task).work : state_.callback_work).reset(); }

    void operator()(const ResourceAcquired& f)
    {
        if (trace_.resource(f.resource).kind == ResourceKind::Lock)
            as<LockSnapshot>(f.resource) = {.locked = true, .owner = f.task};
        else
            as<SemaphoreSnapshot>(f.resource).free = f.free;
        note_line(f.task);
    }

    void operator()(const ResourceReleased& f)
    {
        if (trace_.resource(f.resource).kind == ResourceKind::Lock)
            as<LockSnapshot>(f.resource) = {};
        else
            as<SemaphoreSnapshot>(f.resource).free = f.free;
        note_line(state_.running);
    }

    void operator()(const EventSet& f) { set_event(f.event, true); }
    void operator()(const EventCleared& f) { set_event(f.event, false); }

    void operator()(const ConditionNotified& f)
    {
        resource(f.condition);
        note_line(state_.running);
    }

    void operator()(const BarrierArrived& f)
    {
        auto& barrier = as<BarrierSnapshot>(f.barrier);
        barrier.inside = f.inside;
        if (f.inside == trace_.resource(f.barrier).capacity)
            barrier.phase = BarrierSnapshot::Phase::Open;
        note_line(f.task);
    }

    void operator()(const BarrierLeft& f)
    {
        auto& barrier = as<BarrierSnapshot>(f.barrier);
        barrier.inside = f.inside;
        if (f.inside == 0 && barrier.phase != BarrierSnapshot::Phase::Broken)
            barrier.phase = BarrierSnapshot::Phase::Filling;
        note_line(f.task);
    }

    void operator()(const BarrierReset& f)
    {
        auto& barrier = as<BarrierSnapshot>(f.barrier);
        barrier.phase = f.broken            ? BarrierSnapshot::Phase::Broken
            : barrier.inside > 0 ? BarrierSnapshot::Phase::Resetting
                                 : BarrierSnapshot::Phase::Filling;
        note_line(state_.running);
    }

    void operator()(const ItemPut& f)
    {
        auto& queue = as<QueueSnapshot>(f.queue);
        queue.items = f.items;
        ++queue.unfinished;
        note_line(state_.running);
    }

    void operator()(const ItemTaken& f)
    {
        as<QueueSnapshot>(f.queue).items = f.items;
        note_line(state_.running);
    }

    void operator()(const ItemDone& f)
    {
        as<QueueSnapshot>(f.queue).unfinished = f.unfinished;
        note_line(state_.running);
    }

    void operator()(const QueueClosed& f)
    {
        as<QueueSnapshot>(f.queue) = {.items = f.items, .unfinished = f.unfinished, .shut_down = true};
        note_line(state_.running);
    }

    void operator()(const ScopeEntered& f)
    {
        ScopeSnapshot entered;
        entered.id = f.scope;
        state_.scopes.push_back(std::move(entered));
        note_line(state_.running);
    }

    void operator()(const ScopeLeft& f)
    {
        std::erase_if(state_.scopes, [&](const ScopeSnapshot& s) { return s.id == f.scope; });
        note_line(state_.running);
    }

    void operator()(const TaskAdopted& f)
    {
        if (ScopeSnapshot* group = open_scope(f.group))
            group->tasks.push_back(f.task);
    }

    void operator()(const GroupAborted& f)
    {
        if (ScopeSnapshot* group = open_scope(f.group))
            group->aborted = true;
    }

    void operator()(const DeadlineSet& f)
    {
        if (ScopeSnapshot* timeout = open_scope(f.timeout))
            timeout->deadline = f.when;
        note_line(state_.running);
    }

    void operator()(const TimeoutExpired& f)
    {
        if (ScopeSnapshot* timeout = open_scope(f.timeout))
            timeout->expired = true;
    }

    void operator()(const ValueChanged& f)
    {
        while (state_.values.size() < f.watch.value) {
            const WatchId id{static_cast<std::uint32_t>(state_.values.size() + 1)};
            state_.values.push_back({.id = id, .name = trace_.watch(id).label, .text = {}});
        }
        state_.values[f.watch.value - 1].text = f.text;
        note_line(state_.running);
    }

    void operator()(const SlowTurnReported&) {}
    void operator()(const WorkerStarted& f)
    {
        const bool process = trace_.worker(f.worker).kind == WorkerKind::Process;
        worker(f.worker).state = process ? WorkerState::Starting : WorkerState::Idle;
    }
    void operator()(const WorkerReady& f) { worker(f.worker).state = WorkerState::Idle; }
    void operator()(const WorkerEnded& f) { worker(f.worker) = {f.worker, WorkerState::Ended, {}, {}}; }

    void operator()(const CallQueued& f)
    {
        state_.queued_calls.push_back({f.call});
        note_line(trace_.call(f.call).task);
    }

    void operator()(const CallSent& f)
    {
        if (const auto call = find_call(f.call); call != state_.queued_calls.end())
            call->sent = true;
    }

    void operator()(const CallArrived& f)
    {
        if (const auto call = find_call(f.call); call != state_.queued_calls.end())
            call->arrived = true;
    }

    void operator()(const CallBegan& f)
    {
        drop_call(f.call);
        worker(f.worker) = {f.worker, WorkerState::Running, f.call, {}};
        restate(worker(f.worker));
    }

    void operator()(const CallEnded& f) { worker(f.worker) = {f.worker, WorkerState::Idle, {}, {}}; }
    void operator()(const CallCancelled& f) { drop_call(f.call); }

    void operator()(const WorkerWorkBegan& f)
    {
        worker(f.worker).work = f.kind;
        restate(worker(f.worker));
    }

    void operator()(const WorkerWorkEnded& f)
    {
        worker(f.worker).work.reset();
        restate(worker(f.worker));
    }

    void operator()(const GilTaken& f) { pass_gil(f.worker); }
    void operator()(const GilReleased&) { pass_gil({}, false); }
    void operator()(const LoopWoken& f) { state_.ready.push_back(f.handle); }

    void operator()(const Noted& f)
    {
        ++state_.notes;
        note_line(f.task);
    }

private:
    TaskSnapshot& task(TaskId id)
    {
        while (state_.tasks.size() < id.value) {
            TaskSnapshot fresh;
            fresh.id = {static_cast<std::uint32_t>(state_.tasks.size() + 1)};
            state_.tasks.push_back(fresh);
        }
        return state_.tasks[id.value - 1];
    }

    ResourceSnapshot& resource(ResourceId id)
    {
        while (state_.resources.size() < id.value) {
            const ResourceId next{static_cast<std::uint32_t>(state_.resources.size() + 1)};
            state_.resources.push_back(first_seen(next, trace_.resource(next)));
        }
        return state_.resources[id.value - 1];
    }

    template <class Kind>
    Kind& as(ResourceId id)
    {
        return std::get<Kind>(resource(id).state);
    }

    void set_event(ResourceId event, bool set)
    {
        as<EventSnapshot>(event).set = set;
        note_line(state_.running);
    }

    ScopeSnapshot* open_scope(ScopeId id)
    {
        const auto found = std::find_if(state_.scopes.rbegin(), state_.scopes.rend(),
                                        [&](const ScopeSnapshot& s) { return s.id == id; });
        return found == state_.scopes.rend() ? nullptr : &*found;
    }

    WorkerSnapshot& worker(WorkerId id)
    {
        while (state_.workers.size() < id.value)
            state_.workers.push_back({{static_cast<std::uint32_t>(state_.workers.size() + 1)}, WorkerState::Idle, {}, {}});
        return state_.workers[id.value - 1];
    }

    std::vector<QueuedCallSnapshot>::iterator find_call(CallId id)
    {
        return std::find_if(state_.queued_calls.begin(), state_.queued_calls.end(),
                            [&](const QueuedCallSnapshot& c) { return c.call == id; });
    }

    void drop_call(CallId id)
    {
        if (const auto call = find_call(id); call != state_.queued_calls.end())
            state_.queued_calls.erase(call);
    }

    /// What a worker with a call does follows from its work and from who has the interpreter.
    void restate(WorkerSnapshot& w)
    {
        if (!w.call)
            return;
        const bool shares = trace_.worker(w.id).shares_gil;
        const bool has_gil = !shares || state_.gil == w.id;
        if (w.work == WorkKind::Blocking)
            w.state = WorkerState::Blocked;
        else if (w.work == WorkKind::Computing)
            w.state = has_gil ? WorkerState::Computing : WorkerState::WaitingForGil;
        else
            w.state = has_gil || !state_.gil ? WorkerState::Running : WorkerState::WaitingForGil;
    }

    void pass_gil(WorkerId to, bool held = true)
    {
        state_.gil = held ? std::optional(to) : std::nullopt;
        for (WorkerSnapshot& w : state_.workers)
            restate(w);
    }

    /// A thread that sleeps does not hold the interpreter.
    void loop_lets_go()
    {
        if (state_.gil && !*state_.gil)
            pass_gil({}, false);
    }

    /// The event's place is a line of the program that `id` stands at now.
    void note_line(TaskId id)
    {
        if (id && is_program_line(trace_, event_.place))
            task(id).place = event_.place;
    }

    void park(TaskSnapshot& t, StackId stack)
    {
        t.stack = stack;
        if (const PlaceId line = program_line(trace_, stack); line != PlaceId::None)
            t.place = line;
        else
            note_line(t.id);
    }

    TaskSnapshot& leave(TaskId id, TaskState into)
    {
        TaskSnapshot& left = task(id);
        left.state = into;
        left.work.reset();
        // An eager task ran inside its parent's step, which now goes on.
        const TaskId parent = trace_.task(id).parent;
        const bool inside = parent && parent != id && task(parent).state == TaskState::Running;
        state_.running = inside ? parent : TaskId{};
        return left;
    }

    void end(TaskId id, TaskState how)
    {
        TaskSnapshot& ended = leave(id, how);
        ended.waiting_on = {};
        ended.stack = StackId::Empty;
        ended.cancelling = false;
        ended.depth = 0;
    }

    /// An eager task's first step never stood in the queue.
    void take_ready(ReadyItem item)
    {
        auto& ready = state_.ready;
        if (!ready.empty() && ready.front() == item) {
            ready.pop_front();
            return;
        }
        const auto found = std::find(ready.begin(), ready.end(), item);
        if (found != ready.end())
            ready.erase(found);
    }

    void mark_cancelled(HandleId handle)
    {
        auto& marked = state_.cancelled_handles;
        if (std::find(marked.begin(), marked.end(), handle) == marked.end())
            marked.push_back(handle);
    }

    std::vector<TimerSnapshot>::iterator find_timer(HandleId handle)
    {
        return std::find_if(state_.timers.begin(), state_.timers.end(),
                            [&](const TimerSnapshot& t) { return t.handle == handle; });
    }

    TimerSnapshot take_timer(HandleId handle)
    {
        auto& heap = state_.timers;
        if (!heap.empty() && heap.front().handle == handle)
            return heapq::pop(heap, sooner);
        const auto found = find_timer(handle);
        if (found == heap.end())
            return {handle, event_.when};
        const TimerSnapshot taken = *found;
        heap.erase(found);
        heapq::heapify(heap, sooner);
        return taken;
    }

    Snapshot& state_;
    const Trace& trace_;
    const TraceEvent& event_;
};

} // namespace

bool is_program_line(const Trace& trace, PlaceId place)
{
    return place != PlaceId::None && !trace.place(place).file.starts_with("core/");
}

PlaceId program_line(const Trace& trace, StackId stack)
{
    const std::vector<PlaceId> places = trace.stack(stack);
    const auto line = std::find_if(places.rbegin(), places.rend(),
                                   [&](PlaceId p) { return is_program_line(trace, p); });
    return line == places.rend() ? PlaceId::None : *line;
}

const ScopeSnapshot* Snapshot::scope(ScopeId id) const
{
    const auto found = std::find_if(scopes.begin(), scopes.end(), [&](const ScopeSnapshot& s) { return s.id == id; });
    return found == scopes.end() ? nullptr : &*found;
}

std::vector<TimerSnapshot> Snapshot::pending_timers() const
{
    std::vector<TimerSnapshot> heap = timers;
    std::vector<TimerSnapshot> pending;
    while (!heap.empty()) {
        const TimerSnapshot next = heapq::pop(heap, sooner);
        if (!next.cancelled)
            pending.push_back(next);
    }
    return pending;
}

void apply(Snapshot& state, const Trace& trace)
{
    assert(state.step < trace.size());
    const TraceEvent event = trace[state.step];
    std::visit(Fold(state, trace, event), event.fact);
    state.now = event.when;
    ++state.step;
}

} // namespace loopscope
