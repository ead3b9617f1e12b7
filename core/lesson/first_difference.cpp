#include "core/lesson/first_difference.h"

#include "core/base/format.h"

#include <algorithm>

namespace loopscope::detail {
namespace {

// How tasks are called: for a reader by their display names; to tell whether two runs do the same
// by number and coroutine, since a display name also hangs on what comes later.
enum class Naming { Display, Stable };

struct Told {
    std::string actor; ///< "main", "the loop"
    std::string does;  ///< "creates the task fetch_url-1"

    friend bool operator==(const Told&, const Told&) = default;
};

std::string moment(TimePoint when)
{
    const std::string text = format_number(to_seconds(when));
    return text + (text.find('.') == std::string::npos ? ".0 s" : " s");
}

std::string phase_words(LoopPhase phase)
{
    switch (phase) {
    case LoopPhase::Created: return "is made";
    case LoopPhase::Running: return "starts";
    case LoopPhase::CancellingLeftovers: return "cancels the tasks that are left";
    case LoopPhase::JoiningThreads: return "waits for threads";
    case LoopPhase::Stopped: return "stops";
    case LoopPhase::Closed: return "is closed";
    }
    return {};
}

std::string end_words(FutureEnd how)
{
    switch (how) {
    case FutureEnd::Result: return "with a result";
    case FutureEnd::Exception: return "with an exception";
    case FutureEnd::Cancelled: return "with a cancellation";
    }
    return {};
}

/// Tells the facts of one run.
class Teller {
public:
    Teller(const Trace& trace, Naming naming) : trace_(trace), naming_(naming) {}

    [[nodiscard]] Told operator()(const Fact& fact) const
    {
        return std::visit(
            Overloaded{
                [&](const LoopPhaseEntered& f) { return loop(phase_words(f.phase)); },
                [&](const IterationBegan&) { return loop("begins an iteration"); },
                [&](const SelectEntered& f) {
                    return loop(f.until ? "goes to sleep until " + moment(*f.until)
                                        : "goes to sleep until a socket is ready");
                },
                [&](const SelectReturned&) { return loop("wakes up"); },
                [&](const LoopStuck&) { return loop("is stuck for ever"); },
                [&](const TaskCreated& f) { return Told{task(f.parent), "creates the task " + task(f.task)}; },
                [&](const TaskStepped& f) { return Told{task(f.task), "gets its turn"}; },
                [&](const TaskSuspended& f) { return Told{task(f.task), "waits for " + future(f.on)}; },
                [&](const TaskYielded& f) { return Told{task(f.task), "lets the others go first"}; },
                [&](const TaskWoken& f) {
                    return Told{task(f.task), "is woken by " + future(f.by) + " " + end_words(f.how)};
                },
                [&](const TaskFinished& f) { return Told{task(f.task), "ends"}; },
                [&](const TaskFailed& f) { return Told{task(f.task), "fails with " + std::string(f.type)}; },
                [&](const TaskCancelled& f) { return Told{task(f.task), "ends cancelled"}; },
                [&](const CancelRequested& f) { return Told{task(f.by), "asks " + task(f.task) + " to stop"}; },
                [&](const CancelTakenBack& f) { return Told{task(f.task), "has a request to stop taken back"}; },
                [&](const CoroutineEntered& f) {
                    return Told{task(f.task), "awaits " + std::string(f.name) + " directly"};
                },
                [&](const CoroutineLeft& f) { return Told{task(f.task), "returns from a coroutine"}; },
                [&](const CoroutineNeverAwaited& f) {
                    return Told{"the program", "drops " + std::string(f.name) + ", which was never awaited"};
                },
                [&](const FutureCreated&) { return Told{"the program", "makes a future"}; },
                [&](const FutureResolved& f) { return Told{future(f.future), "is done " + end_words(f.how)}; },
                [&](const ExceptionRetrieved& f) { return Told{future(f.future), "has its exception taken notice of"}; },
                [&](const ExceptionNeverRetrieved& f) {
                    return Told{future(f.future), "is dropped with an exception that nobody asked for"};
                },
                [&](const CallbackScheduled& f) { return Told{handle(f.handle), "joins the ready queue"}; },
                [&](const CallbackRan& f) { return Told{handle(f.handle), "is called"}; },
                [&](const CallbackReturned& f) { return Told{handle(f.handle), "returns"}; },
                [&](const CallbackFailed& f) { return Told{handle(f.handle), "fails"}; },
                [&](const CallbackSkipped& f) { return Told{handle(f.handle), "is passed over"}; },
                [&](const CallbackCancelled& f) { return Told{handle(f.handle), "is cancelled"}; },
                [&](const TimerScheduled& f) { return Told{timer(f.handle), "is set for " + deadline(f.handle)}; },
                [&](const TimerFired& f) { return Told{timer(f.handle), "is due"}; },
                [&](const TimerCancelled& f) { return Told{timer(f.handle), "is cancelled"}; },
                [&](const TimerDropped& f) { return Told{timer(f.handle), "is dropped"}; },
                [&](const TimersRebuilt&) { return loop("makes the timer heap anew"); },
                [&](const IoStarted& f) { return Told{task(f.task), "starts " + channel(f.channel)}; },
                [&](const IoReady& f) { return Told{channel(f.channel), "is ready"}; },
                [&](const BytesArrived& f) { return Told{channel(f.channel), "has arrived"}; },
                [&](const IoCancelled& f) { return Told{channel(f.channel), "is given up"}; },
                [&](const WorkBegan& f) {
                    return Told{task(f.task), (f.kind == WorkKind::Computing ? "computes for " : "blocks for ")
                                                  + format_duration(f.span)};
                },
                [&](const WorkEnded& f) { return Told{task(f.task), "has finished its work"}; },
                [&](const SlowTurnReported& f) {
                    return Told{f.task ? task(f.task) : handle(f.handle), "is reported as slow"};
                },
                [&](const ResourceAcquired& f) { return Told{task(f.task), "acquires " + resource(f.resource)}; },
                [&](const ResourceReleased& f) { return Told{resource(f.resource), "is released"}; },
                [&](const EventSet& f) { return Told{resource(f.event), "is set"}; },
                [&](const EventCleared& f) { return Told{resource(f.event), "is cleared"}; },
                [&](const ConditionNotified& f) {
                    return Told{resource(f.condition), "is notified, which wakes " + format_count(f.woken, "task")};
                },
                [&](const BarrierArrived& f) { return Told{task(f.task), "arrives at " + resource(f.barrier)}; },
                [&](const BarrierLeft& f) { return Told{task(f.task), "leaves " + resource(f.barrier)}; },
                [&](const BarrierReset& f) { return Told{resource(f.barrier), f.broken ? "is broken" : "is reset"}; },
                [&](const ItemPut& f) { return Told{resource(f.queue), "gets an item and has " + std::to_string(f.items)}; },
                [&](const ItemTaken& f) {
                    return Told{resource(f.queue), "gives an item and has " + std::to_string(f.items)};
                },
                [&](const ItemDone& f) {
                    return Told{resource(f.queue), "has " + format_count(f.unfinished, "unfinished item")};
                },
                [&](const QueueClosed& f) { return Told{resource(f.queue), "is shut down"}; },
                [&](const ScopeEntered& f) { return Told{task(trace_.scope(f.scope).task), "enters " + scope(f.scope)}; },
                [&](const ScopeLeft& f) {
                    return Told{task(trace_.scope(f.scope).task),
                                "leaves " + scope(f.scope) + (f.throws ? " with an exception" : "")};
                },
                [&](const TaskAdopted& f) { return Told{scope(f.group), "takes in " + task(f.task)}; },
                [&](const GroupAborted& f) { return Told{scope(f.group), "asks its tasks to stop"}; },
                [&](const DeadlineSet& f) {
                    return Told{scope(f.timeout), f.when ? "is set for " + moment(*f.when) : "has no deadline"};
                },
                [&](const TimeoutExpired& f) { return Told{scope(f.timeout), "expires"}; },
                [&](const ValueChanged& f) {
                    return Told{std::string(trace_.watch(f.watch).label), "becomes " + std::string(f.text)};
                },
                [&](const WorkerStarted& f) { return Told{worker(f.worker), "is started"}; },
                [&](const WorkerReady& f) { return Told{worker(f.worker), "has started up"}; },
                [&](const WorkerEnded& f) { return Told{worker(f.worker), "ends"}; },
                [&](const CallQueued& f) { return Told{call(f.call), "is queued"}; },
                [&](const CallSent& f) { return Told{call(f.call), "is sent to a process"}; },
                [&](const CallArrived& f) { return Told{call(f.call), "arrives at a process"}; },
                [&](const CallBegan& f) { return Told{worker(f.worker), "begins " + call(f.call)}; },
                [&](const CallEnded& f) { return Told{worker(f.worker), "ends " + call(f.call) + " " + end_words(f.how)}; },
                [&](const CallCancelled& f) { return Told{call(f.call), "is given up"}; },
                [&](const WorkerWorkBegan& f) {
                    return Told{worker(f.worker), (f.kind == WorkKind::Computing ? "computes for " : "blocks for ")
                                                      + format_duration(f.span)};
                },
                [&](const WorkerWorkEnded& f) { return Told{worker(f.worker), "has finished its work"}; },
                [&](const GilTaken& f) { return Told{worker(f.worker), "takes the interpreter"}; },
                [&](const GilReleased& f) { return Told{worker(f.worker), "gives up the interpreter"}; },
                [&](const LoopWoken&) { return loop("is woken by another thread"); },
                [&](const Noted& f) { return Told{f.worker ? worker(f.worker) : task(f.task), "prints \"" + std::string(f.text) + "\""}; },
            },
            fact);
    }

private:
    [[nodiscard]] static Told loop(std::string does) { return {"the loop", std::move(does)}; }

    [[nodiscard]] std::string task(TaskId id) const
    {
        if (!id)
            return "the program";
        if (naming_ == Naming::Display || id.value == 1)
            return trace_.display_name(id);
        return std::to_string(id.value) + " " + std::string(trace_.task(id).coroutine);
    }

    [[nodiscard]] std::string resource(ResourceId id) const
    {
        // The number in a display name hangs on how many there are in the whole run.
        return naming_ == Naming::Stable ? std::string(trace_.resource(id).label) : trace_.display_name(id);
    }

    [[nodiscard]] std::string scope(ScopeId id) const
    {
        return trace_.scope(id).kind == ScopeKind::TaskGroup ? "a task group" : "a timeout";
    }

    [[nodiscard]] std::string future(FutureId id) const
    {
        if (!id)
            return "nothing";
        const FutureInfo& info = trace_.future(id);
        if (info.task)
            return task(info.task);
        if (info.channel)
            return channel(info.channel);
        // A gather's label lists its children by their display names.
        if (info.kind == FutureKind::Gather)
            return naming_ == Naming::Stable ? "gather" : std::string(info.label);
        return info.label.empty() ? "a future" : std::string(info.label);
    }

    [[nodiscard]] std::string channel(ChannelId id) const
    {
        const ChannelInfo& info = trace_.channel(id);
        return "the " + std::string(info.label) + (info.peer.empty() ? "" : " of " + std::string(info.peer));
    }

    [[nodiscard]] std::string worker(WorkerId id) const
    {
        return id ? std::string(trace_.worker(id).name) : "the loop's own thread";
    }

    [[nodiscard]] std::string call(CallId id) const
    {
        const TaskId asked = trace_.call(id).task;
        return asked ? "the call of " + task(asked) : "a call";
    }

    [[nodiscard]] std::string handle(HandleId id) const
    {
        return "the callback " + std::string(trace_.handle(id).label);
    }

    [[nodiscard]] std::string timer(HandleId id) const
    {
        return "the timer of " + std::string(trace_.handle(id).label);
    }

    [[nodiscard]] std::string deadline(HandleId id) const { return moment(trace_.handle(id).deadline); }

    const Trace& trace_;
    Naming naming_;
};

std::string sentence_for(const Told& a, TimePoint when_a, const Told& b, TimePoint when_b, const std::string& name_a,
                         const std::string& name_b)
{
    if (a == b) {
        std::string sentence = a.actor + " " + a.does + " at " + moment(when_a) + " in " + name_a + " and at "
            + moment(when_b) + " in " + name_b + ".";
        if (sentence.starts_with("the ")) // a task's name is left as it is
            sentence.front() = 'T';
        return sentence;
    }
    std::string sentence = "At " + moment(when_a) + " " + a.actor + " " + a.does + " in " + name_a + ", while in "
        + name_b + " " + (a.actor == b.actor ? "it" : b.actor) + " " + b.does;
    if (when_a != when_b)
        sentence += " at " + moment(when_b);
    return sentence + ".";
}

} // namespace

std::optional<Difference> first_difference(const Trace& a, const Trace& b, const std::string& name_a,
                                           const std::string& name_b)
{
    const std::size_t shared = std::min(a.size(), b.size());
    const Teller stable_a(a, Naming::Stable);
    const Teller stable_b(b, Naming::Stable);
    std::size_t step = 0;
    while (step < shared && a.when(step) == b.when(step) && stable_a(a[step].fact) == stable_b(b[step].fact))
        ++step;
    if (step == a.size() && step == b.size())
        return std::nullopt;

    Difference difference{.when = {}, .step_a = step, .step_b = step, .sentence = {}};
    if (step == shared) {
        const bool a_over = step == a.size();
        const Trace& longer = a_over ? b : a;
        const Told told = Teller(longer, Naming::Display)(longer[step].fact);
        difference.when = longer.when(step);
        difference.sentence = "At " + moment(difference.when) + " " + (a_over ? name_a : name_b)
            + " is over, while in " + (a_over ? name_b : name_a) + " " + told.actor + " " + told.does + ".";
        return difference;
    }
    difference.when = std::min(a.when(step), b.when(step));
    difference.sentence
        = sentence_for(Teller(a, Naming::Display)(a[step].fact), a.when(step),
                       Teller(b, Naming::Display)(b[step].fact), b.when(step), name_a, name_b);
    return difference;
}

} // namespace loopscope::detail
