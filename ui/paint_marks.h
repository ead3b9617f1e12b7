#pragma once

#include "core/timeline/scene.h"

#include "ui/lesson_marks.h"
#include "ui/theme.h"

#include <QPointF>

#include <span>

class QPainter;

namespace loopscope::ui {

/// The selected event: a dotted line down the lanes, and a ring on the lane of its task, or of the
/// loop when it is about no task. In the scene's coordinates; requires a QGuiApplication.
void paintSelectedEvent(QPainter& painter, const TimelineScene& scene, const Theme& theme, std::size_t event, TaskId task);

/// Bookmarks as little flags at the foot of the ruler: filled where the run has the very event,
/// hollow where only the time is left of it. One that does not fit the run at all is not drawn.
void paintRulerMarks(QPainter& painter, const TimelineScene& scene, const Theme& theme,
                     std::span<const PlacedBookmark> bookmarks);

/// The flag at a point of the ruler; null when there is none.
[[nodiscard]] const PlacedBookmark* rulerMarkAt(const TimelineScene& scene, std::span<const PlacedBookmark> bookmarks,
                                                QPointF at);

/// What a person reads about a bookmark: its note, or that it has none, and how it fits.
[[nodiscard]] QString noteText(const PlacedBookmark& bookmark);

} // namespace loopscope::ui
