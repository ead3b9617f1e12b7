#pragma once

#include "core/trace/trace.h"

#include <array>
#include <string_view>
#include <type_traits>

/// What a recording calls things. These words are in files that people keep: one is added, none is
/// changed.
namespace loopscope::recorded {

// Each in the order of its enumerators.
constexpr auto words_of(FutureKind)
{
    return std::to_array<std::string_view>({"plain", "task", "sleep", "gather", "io", "wait", "shield", "group", "lock",
                                            "event", "condition", "semaphore", "barrier", "queue", "thread", "process"});
}
constexpr auto words_of(FutureEnd) { return std::to_array<std::string_view>({"result", "exception", "cancelled"}); }
constexpr auto words_of(ResourceKind)
{
    return std::to_array<std::string_view>({"lock", "event", "condition", "semaphore", "barrier", "queue"});
}
constexpr auto words_of(QueueEnd) { return std::to_array<std::string_view>({"none", "get", "put", "join"}); }
constexpr auto words_of(ScopeKind) { return std::to_array<std::string_view>({"group", "timeout"}); }
constexpr auto words_of(CallbackKind)
{
    return std::to_array<std::string_view>(
        {"plain", "sleep-ends", "done", "reader", "timeout", "stop", "thread", "wake-up"});
}
constexpr auto words_of(WorkerKind) { return std::to_array<std::string_view>({"thread", "process"}); }
constexpr auto words_of(WorkKind) { return std::to_array<std::string_view>({"computing", "blocking"}); }
constexpr auto words_of(LoopPhase)
{
    return std::to_array<std::string_view>(
        {"created", "running", "cancelling-leftovers", "stopped", "closed", "joining-threads"});
}

/// The letter before the number of an id.
template <class Tag>
inline constexpr char letter = 0;
template <>
inline constexpr char letter<TaskTag> = 't';
template <>
inline constexpr char letter<FutureTag> = 'f';
template <>
inline constexpr char letter<HandleTag> = 'h';
template <>
inline constexpr char letter<ChannelTag> = 'c';
template <>
inline constexpr char letter<ResourceTag> = 'r';
template <>
inline constexpr char letter<ScopeTag> = 's';
template <>
inline constexpr char letter<WatchTag> = 'v';
template <>
inline constexpr char letter<WorkerTag> = 'w';
template <>
inline constexpr char letter<CallTag> = 'x';

/// A fact's word, by its type: one that has none does not compile.
inline constexpr Overloaded word_of_fact{
    [](std::type_identity<LoopPhaseEntered>) { return std::string_view("phase"); },
    [](std::type_identity<IterationBegan>) { return std::string_view("iteration"); },
    [](std::type_identity<SelectEntered>) { return std::string_view("select-entered"); },
    [](std::type_identity<SelectReturned>) { return std::string_view("select-returned"); },
    [](std::type_identity<LoopStuck>) { return std::string_view("stuck"); },
    [](std::type_identity<TaskCreated>) { return std::string_view("task-created"); },
    [](std::type_identity<TaskStepped>) { return std::string_view("task-stepped"); },
    [](std::type_identity<TaskSuspended>) { return std::string_view("task-suspended"); },
    [](std::type_identity<TaskYielded>) { return std::string_view("task-yielded"); },
    [](std::type_identity<TaskWoken>) { return std::string_view("task-woken"); },
    [](std::type_identity<TaskFinished>) { return std::string_view("task-finished"); },
    [](std::type_identity<TaskFailed>) { return std::string_view("task-failed"); },
    [](std::type_identity<TaskCancelled>) { return std::string_view("task-cancelled"); },
    [](std::type_identity<CancelRequested>) { return std::string_view("cancel-requested"); },
    [](std::type_identity<CancelTakenBack>) { return std::string_view("cancel-taken-back"); },
    [](std::type_identity<CoroutineEntered>) { return std::string_view("coroutine-entered"); },
    [](std::type_identity<CoroutineLeft>) { return std::string_view("coroutine-left"); },
    [](std::type_identity<CoroutineNeverAwaited>) { return std::string_view("coroutine-never-awaited"); },
    [](std::type_identity<FutureCreated>) { return std::string_view("future-created"); },
    [](std::type_identity<FutureResolved>) { return std::string_view("future-resolved"); },
    [](std::type_identity<ExceptionRetrieved>) { return std::string_view("exception-retrieved"); },
    [](std::type_identity<ExceptionNeverRetrieved>) { return std::string_view("exception-never-retrieved"); },
    [](std::type_identity<CallbackScheduled>) { return std::string_view("callback-scheduled"); },
    [](std::type_identity<CallbackRan>) { return std::string_view("callback-ran"); },
    [](std::type_identity<CallbackReturned>) { return std::string_view("callback-returned"); },
    [](std::type_identity<CallbackFailed>) { return std::string_view("callback-failed"); },
    [](std::type_identity<CallbackSkipped>) { return std::string_view("callback-skipped"); },
    [](std::type_identity<CallbackCancelled>) { return std::string_view("callback-cancelled"); },
    [](std::type_identity<TimerScheduled>) { return std::string_view("timer-scheduled"); },
    [](std::type_identity<TimerFired>) { return std::string_view("timer-fired"); },
    [](std::type_identity<TimerCancelled>) { return std::string_view("timer-cancelled"); },
    [](std::type_identity<TimerDropped>) { return std::string_view("timer-dropped"); },
    [](std::type_identity<TimersRebuilt>) { return std::string_view("timers-rebuilt"); },
    [](std::type_identity<IoStarted>) { return std::string_view("io-started"); },
    [](std::type_identity<IoReady>) { return std::string_view("io-ready"); },
    [](std::type_identity<BytesArrived>) { return std::string_view("bytes-arrived"); },
    [](std::type_identity<IoCancelled>) { return std::string_view("io-cancelled"); },
    [](std::type_identity<WorkBegan>) { return std::string_view("work-began"); },
    [](std::type_identity<WorkEnded>) { return std::string_view("work-ended"); },
    [](std::type_identity<SlowTurnReported>) { return std::string_view("slow-turn"); },
    [](std::type_identity<ResourceAcquired>) { return std::string_view("acquired"); },
    [](std::type_identity<ResourceReleased>) { return std::string_view("released"); },
    [](std::type_identity<EventSet>) { return std::string_view("event-set"); },
    [](std::type_identity<EventCleared>) { return std::string_view("event-cleared"); },
    [](std::type_identity<ConditionNotified>) { return std::string_view("condition-notified"); },
    [](std::type_identity<BarrierArrived>) { return std::string_view("barrier-arrived"); },
    [](std::type_identity<BarrierLeft>) { return std::string_view("barrier-left"); },
    [](std::type_identity<BarrierReset>) { return std::string_view("barrier-reset"); },
    [](std::type_identity<ItemPut>) { return std::string_view("item-put"); },
    [](std::type_identity<ItemTaken>) { return std::string_view("item-taken"); },
    [](std::type_identity<ItemDone>) { return std::string_view("item-done"); },
    [](std::type_identity<QueueClosed>) { return std::string_view("queue-closed"); },
    [](std::type_identity<ScopeEntered>) { return std::string_view("scope-entered"); },
    [](std::type_identity<ScopeLeft>) { return std::string_view("scope-left"); },
    [](std::type_identity<TaskAdopted>) { return std::string_view("task-adopted"); },
    [](std::type_identity<GroupAborted>) { return std::string_view("group-aborted"); },
    [](std::type_identity<DeadlineSet>) { return std::string_view("deadline-set"); },
    [](std::type_identity<TimeoutExpired>) { return std::string_view("timeout-expired"); },
    [](std::type_identity<ValueChanged>) { return std::string_view("value-changed"); },
    [](std::type_identity<WorkerStarted>) { return std::string_view("worker-started"); },
    [](std::type_identity<WorkerReady>) { return std::string_view("worker-ready"); },
    [](std::type_identity<WorkerEnded>) { return std::string_view("worker-ended"); },
    [](std::type_identity<CallQueued>) { return std::string_view("call-queued"); },
    [](std::type_identity<CallSent>) { return std::string_view("call-sent"); },
    [](std::type_identity<CallArrived>) { return std::string_view("call-arrived"); },
    [](std::type_identity<CallBegan>) { return std::string_view("call-began"); },
    [](std::type_identity<CallEnded>) { return std::string_view("call-ended"); },
    [](std::type_identity<CallCancelled>) { return std::string_view("call-cancelled"); },
    [](std::type_identity<WorkerWorkBegan>) { return std::string_view("worker-work-began"); },
    [](std::type_identity<WorkerWorkEnded>) { return std::string_view("worker-work-ended"); },
    [](std::type_identity<GilTaken>) { return std::string_view("gil-taken"); },
    [](std::type_identity<GilReleased>) { return std::string_view("gil-released"); },
    [](std::type_identity<LoopWoken>) { return std::string_view("loop-woken"); },
    [](std::type_identity<Noted>) { return std::string_view("printed"); },
};

} // namespace loopscope::recorded
