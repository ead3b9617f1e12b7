#pragma once

#include "core/lesson/lesson.h"

#include <string>
#include <string_view>
#include <vector>

namespace loopscope::tests {

/// One way in which a learner may set a lesson's parameters.
struct Setting {
    std::string name; ///< "latency_a=0.1": for the message of a test that fails
    Values values;
};

/// The initial values; then each parameter at both ends of its range, or at each of its words,
/// with the others as they are; then a dozen at random, which are the same each time.
[[nodiscard]] std::vector<Setting> settings_of(const Lesson& lesson);

/// The lesson of the catalog with this id. Requires that there is one.
[[nodiscard]] const Lesson& lesson_named(std::string_view id);

/// The text of a file of the project.
[[nodiscard]] std::string project_file(const std::string& path);

} // namespace loopscope::tests
