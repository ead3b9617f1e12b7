#pragma once

#include "core/trace/subject.h"
#include "core/trace/trace.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace loopscope {

/// What a fact is about, as coarse as a reader picks facts: each belongs to one group.
enum class FactGroup : std::uint8_t {
    Loop,      ///< its life, iterations, its sleep in the selector
    Tasks,     ///< made, given a turn, ended, asked to stop; their coroutines, groups and work
    Waits,     ///< suspended and woken; futures that end
    Timers,    ///< also the deadlines of timeouts
    Io,
    Callbacks,
    Shared,    ///< locks, queues and the like
    Output,    ///< printed texts and watched values
    Workers,   ///< threads and processes
};

inline constexpr std::array all_fact_groups{
    FactGroup::Loop, FactGroup::Tasks, FactGroup::Waits, FactGroup::Timers, FactGroup::Io,
    FactGroup::Callbacks, FactGroup::Shared, FactGroup::Output, FactGroup::Workers,
};

[[nodiscard]] FactGroup group_of(const Fact& fact);

/// Who had the turn when each fact happened, by index: its subject where the fact begins or ends a
/// turn. None where it was a callback's or nobody's.
[[nodiscard]] std::vector<TaskId> actors_of(const Trace& trace);

/// Whether a fact is part of a task's story apart from its turns: the fact names it, or it is about a
/// timer, socket, call or block of it.
[[nodiscard]] bool concerns(const Trace& trace, const Fact& fact, TaskId task);

} // namespace loopscope
