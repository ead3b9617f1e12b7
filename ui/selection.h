#pragma once

#include "core/base/ids.h"

#include <cstddef>
#include <optional>

namespace loopscope::ui {

/// What all views point out: a task, and perhaps one event. An event brings the task it is about
/// with it, so the two never contradict each other.
struct Selection {
    TaskId task;                      ///< none when nothing, or an event of the loop, is selected
    std::optional<std::size_t> event; ///< index of its fact in the run

    friend bool operator==(const Selection&, const Selection&) = default;
};

} // namespace loopscope::ui
