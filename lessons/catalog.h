#pragma once

#include "core/lesson/lesson.h"

#include <span>

namespace loopscope::lessons {

/// All lessons, in the order of the curriculum. They live as long as the program.
[[nodiscard]] std::span<const Lesson> catalog();

// One function a lesson, each in a file of its own.
[[nodiscard]] Lesson tasks_make_overlap();
[[nodiscard]] Lesson when_a_task_starts();
[[nodiscard]] Lesson lost_tasks();
[[nodiscard]] Lesson gather_three_urls();

} // namespace loopscope::lessons
