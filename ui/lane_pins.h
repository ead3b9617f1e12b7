#pragma once

#include "core/timeline/scene.h"

#include "ui/theme.h"

#include <QRectF>

class QPainter;

namespace loopscope::ui {

/// Where a lane's pin is, at the right of its title; in the scene's coordinates. Empty for a lane that
/// cannot be pinned.
[[nodiscard]] QRectF pinRect(const TimelineScene& scene, const LaneRow& lane);

/// A pin that is in, or the outline of one that could be. `behind` is the lane's colour.
void paintPin(QPainter& painter, const QRectF& rect, const Theme& theme, const QColor& behind, bool pinned);

} // namespace loopscope::ui
