#pragma once

#include "core/trace/trace_event.h"

namespace loopscope {

/// The task that a fact speaks of; none for one that names no task.
[[nodiscard]] TaskId subject_of(const Fact& fact);

/// Whether a fact tells what a thread or a process beside the loop's own thread did: no task's turn has
/// a part in it.
[[nodiscard]] bool is_beside_the_loop(const Fact& fact);

} // namespace loopscope
