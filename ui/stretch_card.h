#pragma once

#include "core/timeline/stretch.h"

#include "ui/theme.h"

#include <QRectF>
#include <QStringList>

#include <vector>

class QPainter;

namespace loopscope::ui {

class Store;

/// What a marked part of the run holds, in lines: its length first, then what happened in it. Of what
/// has not run yet only the length is told.
[[nodiscard]] QStringList stretchLines(const Store& store, const Stretch& stretch);

/// Where a card with these lines lies: over the middle of the marked part, moved into `room` where it
/// would stick out, and down or aside where it would hide one of `words`, if it can. Requires a
/// QGuiApplication.
[[nodiscard]] QRectF stretchCardRect(const QStringList& lines, double from, double to, const QRectF& room,
                                     const std::vector<QRectF>& words = {});
void paintStretchCard(QPainter& painter, const Theme& theme, const QStringList& lines, const QRectF& card);

} // namespace loopscope::ui
