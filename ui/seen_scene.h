#pragma once

#include "core/timeline/scene.h"

#include <cstddef>

namespace loopscope::ui {

/// The part of a scene that has happened after `step` facts, when the playhead stands at `x`: what
/// began later is missing, what goes on is cut at the playhead, and a label that the cut would hide
/// stands in the middle of what is left, shortened where it has to be. Lanes and ticks stay as they
/// are, so nothing moves while a run is played. `charWidth` is that of the scene's layout.
[[nodiscard]] TimelineScene seenScene(const TimelineScene& scene, std::size_t step, double x,
                                      double charWidth);

/// The other part: what happens after `step` facts, when the playhead stands at `x`. What goes on at that
/// moment has its label in the seen part, and words that begin left of the playhead are left out.
[[nodiscard]] TimelineScene aheadScene(const TimelineScene& scene, std::size_t step, double x);

} // namespace loopscope::ui
