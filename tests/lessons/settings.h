#pragma once

#include "core/lesson/lesson.h"
#include "core/lesson/settings.h"

#include <string>
#include <string_view>
#include <vector>

namespace loopscope::tests {

/// The lesson of the catalog with this id. Requires that there is one.
[[nodiscard]] const Lesson& lesson_named(std::string_view id);

/// The text of a file of the project.
[[nodiscard]] std::string project_file(const std::string& path);

} // namespace loopscope::tests
