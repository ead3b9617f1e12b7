#pragma once

#include "core/trace/explain.h"

#include <optional>
#include <string>
#include <vector>

namespace loopscope {

/// One fact with all that an explanation may want to say about it, in words. Part of explain().
///
/// Phrases begin in lower case and name things as a sentence needs them: "the response of
/// example.com", "joins the ready queue behind main".
class Telling {
public:
    Telling(const Trace& trace, std::size_t index, const Snapshot& after, const std::vector<Cause>& causes,
            const LineNamer& line_name, Outlook outlook = Outlook::Told);

    [[nodiscard]] const Trace& trace() const { return trace_; }
    [[nodiscard]] const TraceEvent& event() const { return event_; }
    [[nodiscard]] const Snapshot& after() const { return after_; }
    [[nodiscard]] std::size_t index() const { return index_; }
    /// Whether it says what follows. What does stands at the end of a sentence, and is empty otherwise.
    [[nodiscard]] bool looks_ahead() const { return outlook_ == Outlook::Told; }

    [[nodiscard]] std::string name(TaskId task) const { return trace_.display_name(task); }
    [[nodiscard]] std::string names(const std::vector<TaskId>& tasks) const;

    /// Who did it: a task, "a callback", or "asyncio.run()" when it happened outside of any turn.
    [[nodiscard]] std::string actor() const;
    /// The same where a sentence begins: a task's name is left as it is.
    [[nodiscard]] std::string actor_first() const;

    /// " at line 12", or nothing when the line of the fact is not known.
    [[nodiscard]] std::string at_line() const;
    /// " at line 12" of where a task stands or is parked.
    [[nodiscard]] std::string at_line_of(TaskId task) const;

    /// "At line 12, " for the beginning of a sentence, or nothing.
    [[nodiscard]] std::string line_first(TaskId task) const;
    [[nodiscard]] std::string line_of_fact_first() const;

    /// " at line 12" of a line of the program, or nothing.
    [[nodiscard]] std::string at_place(PlaceId place) const { return named_line(place); }
    /// The coroutines that a task is in before this fact, by the facts that entered them, innermost
    /// first, as far out as the first that a line of the program awaits.
    [[nodiscard]] std::vector<std::size_t> open_coroutines(TaskId task) const;

    /// What is awaited: "a sleep of 1.0 s", "nap-1", "the response of example.com".
    [[nodiscard]] std::string awaited(FutureId future) const;
    /// The same as the waiter's own, where that is better: "its sleep of 1.0 s".
    [[nodiscard]] std::string its(FutureId future) const;
    /// A callback by what it is for: "the callback of sleep 1.0 s".
    [[nodiscard]] std::string callback(HandleId handle) const;
    /// A timer likewise: "the timer of sleep 1.0 s".
    [[nodiscard]] std::string timer(HandleId handle) const;
    /// "the lock", "the queue orders", "the semaphore-2".
    [[nodiscard]] std::string resource(ResourceId resource) const;
    /// "the socket of example.com".
    [[nodiscard]] std::string socket(ChannelId channel) const;
    /// What such a socket becomes: "readable", or "writable" where a connection is made.
    [[nodiscard]] std::string_view what_for(ChannelId channel) const;

    /// "the thread asyncio_0", "the process SpawnProcess-1".
    [[nodiscard]] std::string worker(WorkerId worker) const;
    /// "the call for fetch-1", by the task that asked for it.
    [[nodiscard]] std::string call(CallId call) const;

    /// "joins the ready queue behind main", for what has just joined it.
    [[nodiscard]] std::string joins_queue() const;
    /// "Next in the ready queue is nap-1." or that it is empty.
    [[nodiscard]] std::string next_in_queue() const;
    [[nodiscard]] std::string item(const ReadyItem& item) const;

    /// Tasks that are suspended at this future.
    [[nodiscard]] std::vector<TaskId> waiters(FutureId future) const;
    /// Tasks that the end of this future wakes and callbacks that it sends to the ready queue, in this
    /// turn and in this order.
    [[nodiscard]] std::vector<ReadyItem> sent_by(FutureId future) const;
    /// "main, which awaits it, joins the ready queue next.", for `waits` being "await it". Empty for nobody.
    [[nodiscard]] std::string they_join(const std::vector<ReadyItem>& items, std::string_view waits) const;

    /// Why a task became ready by this fact; null for any other fact.
    [[nodiscard]] const Cause* cause() const;
    /// The fact by which a task last became ready before this one.
    [[nodiscard]] std::optional<TraceEvent> became_ready(TaskId task) const;
    /// Whether cancel() was called on a task since it last had its turn.
    [[nodiscard]] bool was_asked_to_stop(TaskId task) const;

    /// "nap-2 and main are still suspended." But for `except`, whom the sentence speaks of.
    [[nodiscard]] std::string still_suspended(TaskId except) const;

private:
    [[nodiscard]] std::string named_line(PlaceId place) const;
    /// The innermost line of the program that awaits a coroutine which the task is in at this fact.
    [[nodiscard]] PlaceId awaiting_line(TaskId task) const;

    const Trace& trace_;
    std::size_t index_;
    TraceEvent event_;
    const Snapshot& after_;
    const std::vector<Cause>& causes_;
    const LineNamer& line_name_;
    Outlook outlook_;
};

/// With a capital letter, for the beginning of a sentence; names of tasks are left as they are, so
/// it is given phrases only.
[[nodiscard]] std::string capitalized(std::string phrase);

/// The same for what may begin with a name that keeps its first letter: "shield(save)".
[[nodiscard]] std::string as_first_words(std::string phrase);

/// "gather()", "sleep", "wait" or "future": what a headline calls a future by.
[[nodiscard]] std::string_view noun_of(const FutureInfo& future);

/// Whether the future is a wait of one task, so that it can end while what is waited for goes on.
[[nodiscard]] bool is_only_a_wait(FutureKind kind);

/// "has" or "have", "is" or "are".
[[nodiscard]] inline std::string_view is_or_are(std::size_t count) { return count == 1 ? "is" : "are"; }

// One telling for each fact: a new one does not compile until somebody has words for it.

[[nodiscard]] Explanation tell(const Telling& t, const LoopPhaseEntered& f);
[[nodiscard]] Explanation tell(const Telling& t, const IterationBegan& f);
[[nodiscard]] Explanation tell(const Telling& t, const SelectEntered& f);
[[nodiscard]] Explanation tell(const Telling& t, const SelectReturned& f);
[[nodiscard]] Explanation tell(const Telling& t, const LoopStuck& f);

[[nodiscard]] Explanation tell(const Telling& t, const TaskCreated& f);
[[nodiscard]] Explanation tell(const Telling& t, const TaskStepped& f);
[[nodiscard]] Explanation tell(const Telling& t, const TaskSuspended& f);
[[nodiscard]] Explanation tell(const Telling& t, const TaskYielded& f);
[[nodiscard]] Explanation tell(const Telling& t, const TaskWoken& f);
[[nodiscard]] Explanation tell(const Telling& t, const TaskFinished& f);
[[nodiscard]] Explanation tell(const Telling& t, const TaskFailed& f);
[[nodiscard]] Explanation tell(const Telling& t, const TaskCancelled& f);
[[nodiscard]] Explanation tell(const Telling& t, const CancelRequested& f);
[[nodiscard]] Explanation tell(const Telling& t, const CancelTakenBack& f);

[[nodiscard]] Explanation tell(const Telling& t, const CoroutineEntered& f);
[[nodiscard]] Explanation tell(const Telling& t, const CoroutineLeft& f);
[[nodiscard]] Explanation tell(const Telling& t, const CoroutineNeverAwaited& f);
[[nodiscard]] Explanation tell(const Telling& t, const FutureCreated& f);
[[nodiscard]] Explanation tell(const Telling& t, const FutureResolved& f);
[[nodiscard]] Explanation tell(const Telling& t, const ExceptionRetrieved& f);
[[nodiscard]] Explanation tell(const Telling& t, const ExceptionNeverRetrieved& f);

[[nodiscard]] Explanation tell(const Telling& t, const CallbackScheduled& f);
[[nodiscard]] Explanation tell(const Telling& t, const CallbackRan& f);
[[nodiscard]] Explanation tell(const Telling& t, const CallbackReturned& f);
[[nodiscard]] Explanation tell(const Telling& t, const CallbackFailed& f);
[[nodiscard]] Explanation tell(const Telling& t, const CallbackSkipped& f);
[[nodiscard]] Explanation tell(const Telling& t, const CallbackCancelled& f);
[[nodiscard]] Explanation tell(const Telling& t, const TimerScheduled& f);
[[nodiscard]] Explanation tell(const Telling& t, const TimerFired& f);
[[nodiscard]] Explanation tell(const Telling& t, const TimerCancelled& f);
[[nodiscard]] Explanation tell(const Telling& t, const TimerDropped& f);
[[nodiscard]] Explanation tell(const Telling& t, const TimersRebuilt& f);

[[nodiscard]] Explanation tell(const Telling& t, const IoStarted& f);
[[nodiscard]] Explanation tell(const Telling& t, const IoReady& f);
[[nodiscard]] Explanation tell(const Telling& t, const BytesArrived& f);
[[nodiscard]] Explanation tell(const Telling& t, const IoCancelled& f);
[[nodiscard]] Explanation tell(const Telling& t, const WorkBegan& f);
[[nodiscard]] Explanation tell(const Telling& t, const WorkEnded& f);
[[nodiscard]] Explanation tell(const Telling& t, const SlowTurnReported& f);
[[nodiscard]] Explanation tell(const Telling& t, const WorkerStarted& f);
[[nodiscard]] Explanation tell(const Telling& t, const WorkerReady& f);
[[nodiscard]] Explanation tell(const Telling& t, const WorkerEnded& f);
[[nodiscard]] Explanation tell(const Telling& t, const CallQueued& f);
[[nodiscard]] Explanation tell(const Telling& t, const CallSent& f);
[[nodiscard]] Explanation tell(const Telling& t, const CallArrived& f);
[[nodiscard]] Explanation tell(const Telling& t, const CallBegan& f);
[[nodiscard]] Explanation tell(const Telling& t, const CallEnded& f);
[[nodiscard]] Explanation tell(const Telling& t, const CallCancelled& f);
[[nodiscard]] Explanation tell(const Telling& t, const WorkerWorkBegan& f);
[[nodiscard]] Explanation tell(const Telling& t, const WorkerWorkEnded& f);
[[nodiscard]] Explanation tell(const Telling& t, const GilTaken& f);
[[nodiscard]] Explanation tell(const Telling& t, const GilReleased& f);
[[nodiscard]] Explanation tell(const Telling& t, const LoopWoken& f);

[[nodiscard]] Explanation tell(const Telling& t, const Noted& f);
[[nodiscard]] Explanation tell(const Telling& t, const ValueChanged& f);

[[nodiscard]] Explanation tell(const Telling& t, const ResourceAcquired& f);
[[nodiscard]] Explanation tell(const Telling& t, const ResourceReleased& f);
[[nodiscard]] Explanation tell(const Telling& t, const EventSet& f);
[[nodiscard]] Explanation tell(const Telling& t, const EventCleared& f);
[[nodiscard]] Explanation tell(const Telling& t, const ConditionNotified& f);
[[nodiscard]] Explanation tell(const Telling& t, const BarrierArrived& f);
[[nodiscard]] Explanation tell(const Telling& t, const BarrierLeft& f);
[[nodiscard]] Explanation tell(const Telling& t, const BarrierReset& f);
[[nodiscard]] Explanation tell(const Telling& t, const ItemPut& f);
[[nodiscard]] Explanation tell(const Telling& t, const ItemTaken& f);
[[nodiscard]] Explanation tell(const Telling& t, const ItemDone& f);
[[nodiscard]] Explanation tell(const Telling& t, const QueueClosed& f);

[[nodiscard]] Explanation tell(const Telling& t, const ScopeEntered& f);
[[nodiscard]] Explanation tell(const Telling& t, const ScopeLeft& f);
[[nodiscard]] Explanation tell(const Telling& t, const TaskAdopted& f);
[[nodiscard]] Explanation tell(const Telling& t, const GroupAborted& f);
[[nodiscard]] Explanation tell(const Telling& t, const DeadlineSet& f);
[[nodiscard]] Explanation tell(const Telling& t, const TimeoutExpired& f);

} // namespace loopscope
