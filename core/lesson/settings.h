#pragma once

#include "core/lesson/lesson.h"

#include <string>
#include <vector>

namespace loopscope {

/// One way in which a learner may set a lesson's parameters.
struct Setting {
    std::string name; ///< "latency_a=0.1": for whoever hears that something is wrong with it
    Values values;
};

/// The initial values; then each parameter at both ends of its range, or at each of its words,
/// with the others as they are; then a dozen at random, which are the same each time.
[[nodiscard]] std::vector<Setting> settings_of(const Lesson& lesson);

} // namespace loopscope
