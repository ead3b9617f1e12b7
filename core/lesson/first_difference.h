#pragma once

#include "core/lesson/comparison.h"

#include <optional>
#include <string>

namespace loopscope::detail {

/// The first fact that two runs do not share, told in a sentence that calls the runs by these
/// names. Lines of the program and the numbering of handles do not count: two variants stand in
/// different places of a file and may yet do the same.
[[nodiscard]] std::optional<Difference> first_difference(const Trace& a, const Trace& b, const std::string& name_a,
                                                         const std::string& name_b);

} // namespace loopscope::detail
