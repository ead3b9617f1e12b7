#pragma once

#include "core/base/result.h"
#include "core/lesson/lesson.h"

#include <span>
#include <string>

namespace loopscope::app {

/// Proves lessons: the one with this id, or all when it is empty. In C++: every run ends as it is
/// meant to and is the same twice, with each parameter at its ends and at a dozen random settings;
/// predictions, challenge and remarks are true of their runs. Under the machine's own python3: the
/// twin prints the same, at the same times and with the same switches. An Error lists all faults, or
/// says that there is no python3. LOOPSCOPE_PYTHON names another one.
[[nodiscard]] Result<std::string> checkLessons(std::span<const Lesson> lessons, const std::string& id);

} // namespace loopscope::app
