#pragma once

#include "core/trace/trace.h"

#include <chrono>
#include <cstddef>

namespace loopscope::ui {

/// How far one press of "forward" goes.
/// Task: to where the followed task is made, has its turn, waits, is woken, is asked to stop, or ends.
enum class StepBy { Event, Switch, Iteration, Task };

/// The next place to stop after the first `step` facts: behind the next fact, behind the next turn
/// of a task, behind the next begin of an iteration; the end when there is none. Requires
/// step <= trace.size(). `followed` matters to StepBy::Task only.
[[nodiscard]] std::size_t nextStop(const Trace& trace, std::size_t step, StepBy by, TaskId followed = {});

/// The same backwards; 0 when there is none.
[[nodiscard]] std::size_t previousStop(const Trace& trace, std::size_t step, StepBy by, TaskId followed = {});

/// Whether "forward" by this measure stops behind the fact at `index`.
[[nodiscard]] bool isStop(const Trace& trace, std::size_t index, StepBy by, TaskId followed = {});

/// Whom to follow after `step` facts when nobody said: the task that runs, else the one that ran
/// last, else the first that will; none in a run without tasks.
[[nodiscard]] TaskId taskToFollow(const Trace& trace, std::size_t step);

/// How long playback takes at 1× to reach a moment `passing` later: long enough to read what
/// happened there when it is a stop, a glance when it is not, and, where virtual time passes, long
/// enough to see that it passes.
[[nodiscard]] std::chrono::milliseconds paceOf(Duration passing, bool stop);

} // namespace loopscope::ui
