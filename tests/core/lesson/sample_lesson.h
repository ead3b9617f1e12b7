#pragma once

#include "core/asyncio.h"
#include "core/lesson/lesson.h"
#include "core/lesson/run.h"

namespace loopscope::samples {

/// A lesson with a parameter of each kind and stories of all kinds of ends.
[[nodiscard]] const Lesson& lesson();

/// A run of one of its variants. Requires a variant and assignments that it has.
[[nodiscard]] Run run_of(std::string_view variant, const std::vector<std::string>& assignments = {});

} // namespace loopscope::samples
