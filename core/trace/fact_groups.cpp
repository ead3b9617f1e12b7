#include "core/trace/fact_groups.h"

#include "core/trace/one_of.h"

#include <algorithm>
#include <type_traits>

namespace loopscope {

FactGroup group_of(const Fact& fact)
{
    return std::visit(
        Overloaded{
            [](const OneOf<LoopPhaseEntered, IterationBegan, SelectEntered, SelectReturned, LoopStuck> auto&) { return FactGroup::Loop; },
            [](const OneOf<TaskCreated, TaskStepped, TaskFinished, TaskFailed, TaskCancelled, CancelRequested, CancelTakenBack,
                           CoroutineEntered, CoroutineLeft, CoroutineNeverAwaited, WorkBegan, WorkEnded, SlowTurnReported,
                           TaskAdopted, GroupAborted, ScopeEntered, ScopeLeft> auto&) { return FactGroup::Tasks; },
            [](const OneOf<TaskSuspended, TaskYielded, TaskWoken, FutureCreated, FutureResolved, ExceptionRetrieved,
                           ExceptionNeverRetrieved> auto&) { return FactGroup::Waits; },
            [](const OneOf<TimerScheduled, TimerFired, TimerCancelled, TimerDropped, TimersRebuilt, DeadlineSet,
                           TimeoutExpired> auto&) { return FactGroup::Timers; },
            [](const OneOf<IoStarted, IoReady, BytesArrived, IoCancelled> auto&) { return FactGroup::Io; },
            [](const OneOf<CallbackScheduled, CallbackRan, CallbackReturned, CallbackFailed, CallbackSkipped,
                           CallbackCancelled> auto&) { return FactGroup::Callbacks; },
            [](const OneOf<ResourceAcquired, ResourceReleased, EventSet, EventCleared, ConditionNotified, BarrierArrived,
                           BarrierLeft, BarrierReset, ItemPut, ItemTaken, ItemDone, QueueClosed> auto&) { return FactGroup::Shared; },
            [](const OneOf<ValueChanged, Noted> auto&) { return FactGroup::Output; },
            [](const OneOf<WorkerStarted, WorkerReady, WorkerEnded, CallQueued, CallSent, CallArrived, CallBegan, CallEnded,
                           CallCancelled, WorkerWorkBegan, WorkerWorkEnded, GilTaken, GilReleased, LoopWoken> auto&) {
                return FactGroup::Workers;
            },
        },
        fact);
}

std::vector<TaskId> actors_of(const Trace& trace)
{
    std::vector<TaskId> actors(trace.size());
    std::vector<TaskId> running; // an eager task runs inside the turn of the one that made it
    for (std::size_t i = 0; i < trace.size(); ++i) {
        const Fact fact = trace[i].fact;
        const TaskId subject = subject_of(fact);
        if (std::holds_alternative<TaskStepped>(fact))
            running.push_back(subject);
        actors[i] = running.empty() ? TaskId{} : running.back();
        const bool ends = std::holds_alternative<TaskSuspended>(fact) || std::holds_alternative<TaskYielded>(fact)
            || std::holds_alternative<TaskFinished>(fact) || std::holds_alternative<TaskFailed>(fact)
            || std::holds_alternative<TaskCancelled>(fact);
        if (ends && !running.empty() && running.back() == subject)
            running.pop_back();
        else if (std::holds_alternative<IterationBegan>(fact) || std::holds_alternative<CallbackRan>(fact))
            running.clear(); // nobody's turn lasts longer than that
    }
    return actors;
}

bool concerns(const Trace& trace, const Fact& fact, TaskId task)
{
    return std::visit(
        [&](const auto& f) {
            bool found = false;
            if constexpr (requires { { f.task } -> std::convertible_to<TaskId>; })
                found |= f.task == task;
            if constexpr (requires { { f.parent } -> std::convertible_to<TaskId>; })
                found |= f.parent == task;
            if constexpr (requires { { f.because } -> std::convertible_to<TaskId>; })
                found |= f.because == task;
            if constexpr (std::is_same_v<std::decay_t<decltype(f)>, CancelRequested>)
                found |= f.by == task;
            const auto of_future = [&](FutureId future) {
                if (!future)
                    return;
                const FutureInfo& info = trace.future(future);
                found |= info.task == task || (info.channel && trace.channel(info.channel).task == task)
                    || (info.call && trace.call(info.call).task == task);
            };
            if constexpr (requires { { f.future } -> std::convertible_to<FutureId>; })
                of_future(f.future);
            if constexpr (requires { { f.handle } -> std::convertible_to<HandleId>; }) {
                if (f.handle) {
                    found |= trace.handle(f.handle).by == task;
                    of_future(trace.handle(f.handle).future);
                }
            }
            if constexpr (requires { { f.channel } -> std::convertible_to<ChannelId>; })
                found |= trace.channel(f.channel).task == task;
            if constexpr (requires { { f.call } -> std::convertible_to<CallId>; })
                found |= f.call && trace.call(f.call).task == task;
            for (const ScopeId scope : [&]() -> std::array<ScopeId, 3> {
                     std::array<ScopeId, 3> scopes{};
                     if constexpr (requires { { f.scope } -> std::convertible_to<ScopeId>; })
                         scopes[0] = f.scope;
                     if constexpr (requires { { f.group } -> std::convertible_to<ScopeId>; })
                         scopes[1] = f.group;
                     if constexpr (requires { { f.timeout } -> std::convertible_to<ScopeId>; })
                         scopes[2] = f.timeout;
                     return scopes;
                 }())
                found |= scope && trace.scope(scope).task == task;
            return found;
        },
        fact);
}

} // namespace loopscope
