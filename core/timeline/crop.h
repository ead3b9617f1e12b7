#pragma once

#include "core/timeline/scene.h"

#include <cstddef>

namespace loopscope {

/// Leaves of a scene only what lies between two x: bars are cut off there, what is outside or sticks
/// out is left out. A zoomed picture reaches beyond its edges, and a file may know no clips.
void crop(TimelineScene& scene, double left, double right);

/// Leaves out the lanes from `keep` on, and what belongs to them.
void keep_lanes(TimelineScene& scene, std::size_t keep);

} // namespace loopscope
