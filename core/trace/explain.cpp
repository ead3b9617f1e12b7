#include "core/trace/explain.h"

#include "core/trace/causes.h"
#include "core/trace/subject.h"
#include "core/trace/telling.h"

#include <cassert>

namespace loopscope {

std::string_view fact_name(const Fact& fact)
{
    using View = std::string_view;
    return std::visit(
        Overloaded{
            [](const LoopPhaseEntered&) -> View { return "phase entered"; },
            [](const IterationBegan&) -> View { return "iteration began"; },
            [](const SelectEntered&) -> View { return "select entered"; },
            [](const SelectReturned&) -> View { return "select returned"; },
            [](const LoopStuck&) -> View { return "loop stuck"; },
            [](const TaskCreated&) -> View { return "task created"; },
            [](const TaskStepped&) -> View { return "task stepped"; },
            [](const TaskSuspended&) -> View { return "task suspended"; },
            [](const TaskYielded&) -> View { return "task yielded"; },
            [](const TaskWoken&) -> View { return "task woken"; },
            [](const TaskFinished&) -> View { return "task finished"; },
            [](const TaskFailed&) -> View { return "task failed"; },
            [](const TaskCancelled&) -> View { return "task cancelled"; },
            [](const CancelRequested&) -> View { return "cancel requested"; },
            [](const CancelTakenBack&) -> View { return "cancel taken back"; },
            [](const CoroutineEntered&) -> View { return "coroutine entered"; },
            [](const CoroutineLeft&) -> View { return "coroutine left"; },
            [](const CoroutineNeverAwaited&) -> View { return "coroutine never awaited"; },
            [](const FutureCreated&) -> View { return "future created"; },
            [](const FutureResolved&) -> View { return "future resolved"; },
            [](const ExceptionRetrieved&) -> View { return "exception retrieved"; },
            [](const ExceptionNeverRetrieved&) -> View { return "exception never retrieved"; },
            [](const CallbackScheduled&) -> View { return "callback scheduled"; },
            [](const CallbackRan&) -> View { return "callback ran"; },
            [](const CallbackReturned&) -> View { return "callback returned"; },
            [](const CallbackFailed&) -> View { return "callback failed"; },
            [](const CallbackSkipped&) -> View { return "callback skipped"; },
            [](const CallbackCancelled&) -> View { return "callback cancelled"; },
            [](const TimerScheduled&) -> View { return "timer scheduled"; },
            [](const TimerFired&) -> View { return "timer fired"; },
            [](const TimerCancelled&) -> View { return "timer cancelled"; },
            [](const TimerDropped&) -> View { return "timer dropped"; },
            [](const TimersRebuilt&) -> View { return "timers rebuilt"; },
            [](const IoStarted&) -> View { return "I/O started"; },
            [](const IoReady&) -> View { return "I/O ready"; },
            [](const BytesArrived&) -> View { return "bytes arrived"; },
            [](const IoCancelled&) -> View { return "I/O cancelled"; },
            [](const WorkBegan&) -> View { return "work began"; },
            [](const WorkEnded&) -> View { return "work ended"; },
            [](const SlowTurnReported&) -> View { return "slow turn reported"; },
            [](const ResourceAcquired&) -> View { return "acquired"; },
            [](const ResourceReleased&) -> View { return "released"; },
            [](const EventSet&) -> View { return "event set"; },
            [](const EventCleared&) -> View { return "event cleared"; },
            [](const ConditionNotified&) -> View { return "condition notified"; },
            [](const BarrierArrived&) -> View { return "barrier reached"; },
            [](const BarrierLeft&) -> View { return "barrier left"; },
            [](const BarrierReset&) -> View { return "barrier reset"; },
            [](const ItemPut&) -> View { return "item put"; },
            [](const ItemTaken&) -> View { return "item taken"; },
            [](const ItemDone&) -> View { return "item done"; },
            [](const QueueClosed&) -> View { return "queue closed"; },
            [](const ScopeEntered&) -> View { return "block entered"; },
            [](const ScopeLeft&) -> View { return "block left"; },
            [](const TaskAdopted&) -> View { return "task adopted"; },
            [](const GroupAborted&) -> View { return "group aborted"; },
            [](const DeadlineSet&) -> View { return "deadline set"; },
            [](const TimeoutExpired&) -> View { return "timeout expired"; },
            [](const ValueChanged&) -> View { return "value changed"; },
            [](const WorkerStarted&) -> View { return "worker started"; },
            [](const WorkerReady&) -> View { return "worker ready"; },
            [](const WorkerEnded&) -> View { return "worker ended"; },
            [](const CallQueued&) -> View { return "call queued"; },
            [](const CallSent&) -> View { return "arguments sent"; },
            [](const CallArrived&) -> View { return "arguments arrived"; },
            [](const CallBegan&) -> View { return "call began"; },
            [](const CallEnded&) -> View { return "call ended"; },
            [](const CallCancelled&) -> View { return "call given up"; },
            [](const WorkerWorkBegan&) -> View { return "work began on a worker"; },
            [](const WorkerWorkEnded&) -> View { return "work ended on a worker"; },
            [](const GilTaken&) -> View { return "interpreter taken"; },
            [](const GilReleased&) -> View { return "interpreter released"; },
            [](const LoopWoken&) -> View { return "loop woken"; },
            [](const Noted&) -> View { return "text printed"; },
        },
        fact);
}

Explanation explain(const Trace& trace, std::size_t index, const Snapshot& after, const std::vector<Cause>& causes,
                    const LineNamer& line_name, Outlook outlook)
{
    const Telling telling(trace, index, after, causes, line_name, outlook);
    const Fact& fact = telling.event().fact;
    Explanation words = std::visit([&](const auto& f) { return tell(telling, f); }, fact);
    words.sentence.erase(words.sentence.find_last_not_of(' ') + 1); // what follows stands at the end
    words.context = telling.still_suspended(subject_of(fact)); // the sentence has spoken of that one
    return words;
}

Explanation explain(const Trace& trace, std::size_t index, Outlook outlook)
{
    assert(index < trace.size());
    Snapshot after;
    while (after.step <= index)
        apply(after, trace);
    return explain(trace, index, after, causes_of(trace), {}, outlook);
}

} // namespace loopscope
