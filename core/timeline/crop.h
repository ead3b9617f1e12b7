#pragma once

#include "core/timeline/scene.h"

namespace loopscope {

/// Leaves of a scene only what lies between two x: bars are cut off there, what is outside or sticks
/// out is left out. A zoomed picture reaches beyond its edges, and a file may know no clips.
void crop(TimelineScene& scene, double left, double right);

} // namespace loopscope
