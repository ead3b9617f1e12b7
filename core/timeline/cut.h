#pragma once

#include "core/timeline/scene.h"

#include <cstddef>

namespace loopscope {

/// Leaves of frames, values, places and what goes on for ever that which has happened after `step` facts,
/// when the present moment stands at `x`: what began later goes, what goes on is cut at x. Bars, arrows
/// and marks are another's.
void show_until(TimelineScene& scene, std::size_t step, double x);

/// The other part: what is over after `step` facts goes.
void show_from(TimelineScene& scene, std::size_t step);

} // namespace loopscope
