#pragma once

#include "core/trace/trace_event.h"

#include <cstdint>
#include <optional>
#include <string_view>

/// How a fact becomes a row of a Trace. In a header, so that what the loop records at every turn is
/// packed on the spot, without a visit of the variant.
namespace loopscope::packing {

/// One number for whom a fact is about, eight bits of flags, and 64 bits for the rest.
struct Packed {
    std::uint32_t subject = 0;
    std::uint8_t flags = 0;
    std::uint64_t argument = 0;
};

constexpr std::uint64_t two(std::uint32_t low, std::uint32_t high)
{
    return static_cast<std::uint64_t>(high) << 32 | low;
}
constexpr std::uint32_t low_of(std::uint64_t v) { return static_cast<std::uint32_t>(v); }
constexpr std::uint32_t high_of(std::uint64_t v) { return static_cast<std::uint32_t>(v >> 32); }

/// A moment that may be missing: the farthest in the past stands for none.
constexpr std::uint64_t never = std::uint64_t{1} << 63;

constexpr std::uint64_t moment(std::optional<TimePoint> when)
{
    return when ? static_cast<std::uint64_t>(when->since_start.count()) : never;
}
constexpr std::optional<TimePoint> moment_of(std::uint64_t v)
{
    return v == never ? std::nullopt : std::optional(TimePoint{Duration{static_cast<std::int64_t>(v)}});
}

/// A visitor with a way to pack each fact; `text` gives the number of an interned text.
template <class Text>
constexpr auto packer(Text text)
{
    return Overloaded{
        [](const LoopPhaseEntered& f) { return Packed{static_cast<std::uint32_t>(f.phase), 0, 0}; },
        [](const IterationBegan& f) { return Packed{0, 0, f.number}; },
        [](const SelectEntered& f) { return Packed{0, 0, moment(f.until)}; },
        [](const SelectReturned&) { return Packed{}; },
        [](const LoopStuck&) { return Packed{}; },
        [](const TaskCreated& f) { return Packed{f.task.value, f.eager, f.parent.value}; },
        [](const TaskStepped& f) { return Packed{f.task.value, f.throws, 0}; },
        [](const TaskSuspended& f) {
            return Packed{f.task.value, 0, two(f.on.value, static_cast<std::uint32_t>(f.stack))};
        },
        [](const TaskYielded& f) { return Packed{f.task.value, 0, static_cast<std::uint64_t>(f.stack)}; },
        [](const TaskWoken& f) {
            return Packed{f.task.value, static_cast<std::uint8_t>(f.how), f.by.value};
        },
        [](const TaskFinished& f) { return Packed{f.task.value, 0, 0}; },
        [text](const TaskFailed& f) { return Packed{f.task.value, 0, two(text(f.type), text(f.message))}; },
        [](const TaskCancelled& f) { return Packed{f.task.value, 0, 0}; },
        [](const CancelRequested& f) { return Packed{f.task.value, 0, f.by.value}; },
        [](const CancelTakenBack& f) { return Packed{f.task.value, 0, f.left}; },
        [text](const CoroutineEntered& f) { return Packed{f.task.value, 0, text(f.name)}; },
        [](const CoroutineLeft& f) { return Packed{f.task.value, f.threw, 0}; },
        [text](const CoroutineNeverAwaited& f) { return Packed{0, 0, text(f.name)}; },
        [](const FutureCreated& f) { return Packed{f.future.value, 0, 0}; },
        [](const FutureResolved& f) {
            return Packed{f.future.value, static_cast<std::uint8_t>(f.how), 0};
        },
        [](const ExceptionRetrieved& f) { return Packed{f.future.value, 0, 0}; },
        [](const ExceptionNeverRetrieved& f) { return Packed{f.future.value, 0, 0}; },
        [](const CallbackScheduled& f) { return Packed{f.handle.value, 0, f.by.value}; },
        [](const CallbackRan& f) { return Packed{f.handle.value, 0, 0}; },
        [](const CallbackReturned& f) { return Packed{f.handle.value, 0, 0}; },
        [text](const CallbackFailed& f) { return Packed{f.handle.value, 0, two(text(f.type), text(f.message))}; },
        [](const CallbackSkipped& f) { return Packed{f.handle.value, 0, 0}; },
        [](const CallbackCancelled& f) { return Packed{f.handle.value, 0, 0}; },
        [](const TimerScheduled& f) { return Packed{f.handle.value, 0, 0}; },
        [](const TimerFired& f) { return Packed{f.handle.value, 0, 0}; },
        [](const TimerCancelled& f) { return Packed{f.handle.value, 0, 0}; },
        [](const TimerDropped& f) { return Packed{f.handle.value, 0, 0}; },
        [](const TimersRebuilt&) { return Packed{}; },
        [](const IoStarted& f) { return Packed{f.channel.value, 0, f.task.value}; },
        [](const IoReady& f) { return Packed{f.channel.value, 0, f.handle.value}; },
        [](const BytesArrived& f) { return Packed{f.channel.value, 0, 0}; },
        [](const IoCancelled& f) { return Packed{f.channel.value, 0, 0}; },
        [](const WorkBegan& f) {
            return Packed{f.task.value, static_cast<std::uint8_t>(f.kind),
                          static_cast<std::uint64_t>(f.span.count())};
        },
        [](const WorkEnded& f) { return Packed{f.task.value, static_cast<std::uint8_t>(f.kind), 0}; },
        [](const SlowTurnReported& f) {
            return Packed{f.task ? f.task.value : f.handle.value, static_cast<bool>(f.task),
                          static_cast<std::uint64_t>(f.span.count())};
        },
        [](const ResourceAcquired& f) { return Packed{f.resource.value, 0, two(f.task.value, f.free)}; },
        [](const ResourceReleased& f) { return Packed{f.resource.value, 0, f.free}; },
        [](const EventSet& f) { return Packed{f.event.value, 0, 0}; },
        [](const EventCleared& f) { return Packed{f.event.value, 0, 0}; },
        [](const ConditionNotified& f) { return Packed{f.condition.value, 0, f.woken}; },
        [](const BarrierArrived& f) { return Packed{f.barrier.value, 0, two(f.task.value, f.inside)}; },
        [](const BarrierLeft& f) { return Packed{f.barrier.value, 0, two(f.task.value, f.inside)}; },
        [](const BarrierReset& f) { return Packed{f.barrier.value, f.broken, 0}; },
        [](const ItemPut& f) { return Packed{f.queue.value, 0, f.items}; },
        [](const ItemTaken& f) { return Packed{f.queue.value, 0, f.items}; },
        [](const ItemDone& f) { return Packed{f.queue.value, 0, f.unfinished}; },
        [](const QueueClosed& f) { return Packed{f.queue.value, 0, two(f.items, f.unfinished)}; },
        [](const ScopeEntered& f) { return Packed{f.scope.value, 0, 0}; },
        [](const ScopeLeft& f) { return Packed{f.scope.value, f.throws, 0}; },
        [](const TaskAdopted& f) { return Packed{f.group.value, 0, f.task.value}; },
        [](const GroupAborted& f) { return Packed{f.group.value, 0, f.because.value}; },
        [](const DeadlineSet& f) { return Packed{f.timeout.value, 0, moment(f.when)}; },
        [](const TimeoutExpired& f) { return Packed{f.timeout.value, 0, 0}; },
        [text](const ValueChanged& f) { return Packed{f.watch.value, 0, text(f.text)}; },
        [](const WorkerStarted& f) { return Packed{f.worker.value, 0, 0}; },
        [](const WorkerReady& f) { return Packed{f.worker.value, 0, 0}; },
        [](const WorkerEnded& f) { return Packed{f.worker.value, 0, 0}; },
        [](const CallQueued& f) { return Packed{f.call.value, 0, 0}; },
        [](const CallSent& f) { return Packed{f.call.value, 0, 0}; },
        [](const CallArrived& f) { return Packed{f.call.value, 0, 0}; },
        [](const CallBegan& f) { return Packed{f.call.value, 0, f.worker.value}; },
        [](const CallEnded& f) {
            return Packed{f.call.value, static_cast<std::uint8_t>(f.how), f.worker.value};
        },
        [](const CallCancelled& f) { return Packed{f.call.value, 0, 0}; },
        [](const WorkerWorkBegan& f) {
            return Packed{f.worker.value, static_cast<std::uint8_t>(f.kind),
                          static_cast<std::uint64_t>(f.span.count())};
        },
        [](const WorkerWorkEnded& f) { return Packed{f.worker.value, static_cast<std::uint8_t>(f.kind), 0}; },
        [](const GilTaken& f) { return Packed{f.worker.value, 0, 0}; },
        [](const GilReleased& f) { return Packed{f.worker.value, 0, 0}; },
        [](const LoopWoken& f) { return Packed{f.handle.value, 0, 0}; },
        [text](const Noted& f) { return Packed{f.task.value, 0, two(text(f.text), f.worker.value)}; },
    };
}

/// The number of a fact's type in the variant.
template <class F>
inline constexpr std::uint8_t kind_of = [] {
    std::uint8_t kind = 0;
    [&]<class... All>(std::type_identity<std::variant<All...>>) {
        bool found = false;
        ((found = found || std::is_same_v<F, All>, kind = static_cast<std::uint8_t>(kind + !found)), ...);
    }(std::type_identity<Fact>{});
    return kind;
}();

} // namespace loopscope::packing
