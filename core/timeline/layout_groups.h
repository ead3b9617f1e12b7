#pragma once

#include "core/timeline/density.h"
#include "core/timeline/layout_parts.h"

#include <vector>

namespace loopscope::detail {

/// The title of a group's lane, and below it how many tasks it stands for.
[[nodiscard]] LaneRow group_lane(const LaneOrder& order, std::size_t group);

/// The densities of all groups. Requires the lanes and the axis to be laid out.
void add_densities(Draft& draft);

} // namespace loopscope::detail
