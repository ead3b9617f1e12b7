#pragma once

#include "core/lesson/lesson.h"

#include <iosfwd>
#include <span>
#include <string>
#include <vector>

namespace loopscope::app {

/// The program without its window: `list`, `run`, `compare` and `export`, on the lessons of the
/// catalog. Gives the exit code: 0, or 2 with one sentence on standard error that says what was
/// wrong and names the nearest right word. Needs no display.
[[nodiscard]] int runCommandLine(int argc, char** argv);

/// The same on any lessons and streams; `arguments` without the program's name.
[[nodiscard]] int runCommandLine(std::span<const Lesson> lessons, const std::vector<std::string>& arguments,
                                 std::ostream& out, std::ostream& err);

} // namespace loopscope::app
