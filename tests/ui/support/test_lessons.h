#pragma once

#include "core/lesson/lesson.h"

#include "ui/store.h"

#include <span>

namespace loopscope::tests {

/// Two small lessons, so that the window is tested without those of the program.
///
/// "waits": `one-by-one` sleeps a, then b; `together` sleeps both at once, in tasks. The numbers a
/// and b begin with 1.0 and 2.0; `count` is a whole number, `mode` a choice, and `extra` is shown
/// only while the mode is "more". "requests": one page from a simulated network.
[[nodiscard]] std::span<const Lesson> testLessons();

/// One lesson with many tasks, for what must stay quick and readable then: main makes `count` workers
/// that sleep for different times, three times each, and a logger.
[[nodiscard]] std::span<const Lesson> crowdedLessons(int count);

/// Their texts: this folder's own file, which is what runs, and a twin in Python.
[[nodiscard]] ui::Sources testSources(const Lesson& lesson);

} // namespace loopscope::tests
