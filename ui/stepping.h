#pragma once

#include "core/trace/trace.h"

#include <chrono>
#include <cstddef>

namespace loopscope::ui {

/// How far one press of "forward" goes.
enum class StepBy { Event, Switch, Iteration };

/// The next place to stop after the first `step` facts: behind the next fact, behind the next turn
/// of a task, behind the next begin of an iteration; the end when there is none. Requires
/// step <= trace.size().
[[nodiscard]] std::size_t nextStop(const Trace& trace, std::size_t step, StepBy by);

/// The same backwards; 0 when there is none.
[[nodiscard]] std::size_t previousStop(const Trace& trace, std::size_t step, StepBy by);

/// Whether "forward" by this measure stops behind the fact at `index`.
[[nodiscard]] bool isStop(const Trace& trace, std::size_t index, StepBy by);

/// How long playback takes at 1× to reach a moment `passing` later: long enough to read what
/// happened there when it is a stop, a glance when it is not, and, where virtual time passes, long
/// enough to see that it passes.
[[nodiscard]] std::chrono::milliseconds paceOf(Duration passing, bool stop);

} // namespace loopscope::ui
