#pragma once

#include "core/trace/shared_spans.h"

#include <map>
#include <utility>
#include <vector>

namespace loopscope::detail {

/// Gathers SharedSpans while spans_of() walks through a run.
class SharedFold {
public:
    explicit SharedFold(const Trace& trace) : trace_(trace) {}

    /// The next fact is the one at `step`; `running` has the turn, if a task has.
    void at(std::size_t step, TimePoint when, TaskId running)
    {
        step_ = step;
        when_ = when;
        running_ = running;
    }

    template <class F>
    void operator()(const F&)
    {
    }

    void operator()(const LoopPhaseEntered& f) { spans_.phases.push_back({f.phase, step_}); }
    void operator()(const LoopStuck&) { spans_.stuck = step_; }
    void operator()(const SlowTurnReported&) { spans_.slow_turns.push_back(step_); }
    void operator()(const CoroutineNeverAwaited&) { spans_.dropped.push_back(step_); }
    void operator()(const CoroutineEntered& f);
    void operator()(const CoroutineLeft& f);
    void operator()(const TaskSuspended& f);
    void operator()(const TaskWoken& f);
    void operator()(const TimerFired& f);
    void operator()(const FutureResolved& f);
    void operator()(const ResourceAcquired& f);
    void operator()(const ResourceReleased& f);
    void operator()(const BarrierArrived& f) { set_level(f.barrier, f.inside); }
    void operator()(const BarrierLeft& f) { set_level(f.barrier, f.inside); }
    void operator()(const ItemPut& f) { set_level(f.queue, f.items); }
    void operator()(const ItemTaken& f) { set_level(f.queue, f.items); }
    void operator()(const ScopeEntered& f);
    void operator()(const ScopeLeft& f);
    void operator()(const TaskAdopted& f);
    void operator()(const DeadlineSet& f);
    void operator()(const TimeoutExpired& f);
    void operator()(const ValueChanged& f);

    [[nodiscard]] SharedSpans take() &&;

private:
    /// What a task is inside, as far as `async with` matters.
    enum class Inside : std::uint8_t { Other, With, Enter, Exit, Finally };
    struct Blocks {
        std::vector<Inside> coroutines;
        std::size_t told = 0;       ///< number in SharedSpans::coroutines + 1 of the one that is open …
        std::size_t told_depth = 0; ///< … and how many were open when it was entered
        std::vector<std::size_t> withs; ///< numbers in withs_ of those that are open
        ResourceId waits_at;
    };

    Blocks& blocks_of(TaskId task);
    ResourceLine& line(ResourceId resource);
    void change(ResourceId resource, std::uint32_t level, std::uint32_t waiting);
    void set_level(ResourceId resource, std::uint32_t level);
    void change_waiting(ResourceId resource, int by);
    BlockSpan* block(ScopeId scope);

    const Trace& trace_;
    SharedSpans spans_;
    std::size_t step_ = 0;
    TimePoint when_;
    TaskId running_;
    std::vector<Blocks> tasks_;          ///< by task
    std::vector<std::size_t> open_scopes_; ///< by scope: its number in blocks + 1
    std::map<ResourceId, std::vector<std::size_t>> held_; ///< by place: its number in seats + 1, 0 while it is free
    std::vector<BlockSpan> withs_;
    std::vector<bool> with_waits_;       ///< of withs_: entering or leaving took a wait
    std::vector<std::pair<FutureId, TimePoint>> late_futures_; ///< timers that fired too late, not collected yet
    const char* names_[4] = {};          ///< the interned "async_with", "aenter", "aexit" and "try_finally"
};

} // namespace loopscope::detail
