#include "core/recording/fact_marks.h"

namespace loopscope::recorded {
namespace {

void mark(std::vector<bool>& marks, std::size_t number, bool on)
{
    if (marks.size() <= number)
        marks.resize(number + 1);
    marks[number] = on;
}

} // namespace

void FactMarks::follow(const Fact& fact, const Snapshot& before)
{
    if (const auto* created = std::get_if<TaskCreated>(&fact))
        mark(eager_, created->task.value, created->eager);
    else if (const auto* entered = std::get_if<ScopeEntered>(&fact))
        mark(entered_, entered->scope.value, true);
    else if (const auto* queued = std::get_if<CallQueued>(&fact))
        mark(queued_, queued->call.value, true);
    else if (const auto* started = std::get_if<IoStarted>(&fact))
        mark(in_flight_, started->channel.value, true);
    else if (const auto* arrived = std::get_if<BytesArrived>(&fact))
        mark(in_flight_, arrived->channel.value, false);
    else if (const auto* given_up = std::get_if<IoCancelled>(&fact))
        mark(in_flight_, given_up->channel.value, false);
    else if (const auto* scheduled = std::get_if<CallbackScheduled>(&fact))
        mark(in_ready_, scheduled->handle.value, true);
    else if (const auto* woken = std::get_if<LoopWoken>(&fact))
        mark(in_ready_, woken->handle.value, true);
    else if (const auto* ran = std::get_if<CallbackRan>(&fact))
        mark(in_ready_, ran->handle.value, false);
    else if (const auto* skipped = std::get_if<CallbackSkipped>(&fact))
        mark(in_ready_, skipped->handle.value, false);
    else if (const auto* set = std::get_if<TimerScheduled>(&fact))
        mark(in_heap_, set->handle.value, true);
    else if (const auto* dropped = std::get_if<TimerDropped>(&fact))
        mark(in_heap_, dropped->handle.value, false);
    else if (const auto* ready = std::get_if<IoReady>(&fact)) {
        mark(in_flight_, ready->channel.value, false);
        mark(in_ready_, ready->handle.value, true);
    } else if (const auto* fired = std::get_if<TimerFired>(&fact)) {
        mark(in_heap_, fired->handle.value, false);
        mark(in_ready_, fired->handle.value, true);
    } else if (const auto* acquired = std::get_if<ResourceAcquired>(&fact)) {
        if (held_.size() <= acquired->resource.value)
            held_.resize(acquired->resource.value + 1);
        ++held_[acquired->resource.value];
    } else if (const auto* released = std::get_if<ResourceReleased>(&fact)) {
        if (released->resource.value < held_.size() && held_[released->resource.value] > 0)
            --held_[released->resource.value];
    } else if (std::holds_alternative<TimersRebuilt>(fact)) {
        for (const TimerSnapshot& timer : before.timers)
            if (timer.cancelled)
                mark(in_heap_, timer.handle.value, false);
    }
}

} // namespace loopscope::recorded
