#pragma once

#include "core/timeline/scene.h"

#include <QPointF>

#include <vector>

namespace loopscope::ui {

/// The way of an arrow from its cause to its effect: a cubic curve.
struct ArrowPath {
    QPointF from, c1, c2, to;
};

[[nodiscard]] ArrowPath pathOf(const Arrow& arrow);

/// How far a point lies from that way, in pixels.
[[nodiscard]] double distanceTo(const Arrow& arrow, QPointF point);

/// The arrow under a finger, the nearest one; null when none is near.
[[nodiscard]] const Arrow* arrowAt(const std::vector<Arrow>& arrows, QPointF point);

} // namespace loopscope::ui
