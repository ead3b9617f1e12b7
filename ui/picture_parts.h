#pragma once

#include "ui/paint_scene.h"

#include <QCoreApplication>
#include <QSize>
#include <QString>

#include <optional>

// What pictures of a run and of a comparison have in common.

namespace loopscope::ui {

struct PictureWords {
    Q_DECLARE_TR_FUNCTIONS(loopscope::ui::Picture)
};

inline constexpr double captionHeight = 22; ///< pixels, of a line of small words with its distance

/// Pixels around a picture of this width.
[[nodiscard]] double marginOf(double width);

/// What title and subtitle take, with what is above and below them; in pixels.
[[nodiscard]] double titleHeight(const QString& title, const QString& subtitle, double margin);

/// What stands at the upper right: what the run came to, or which moment it is.
struct Headline {
    QString total;
    QString aside;
};

void paintTitle(QPainter& painter, const QString& title, const QString& subtitle, double width, const Theme& theme,
                const Headline& headline);

/// How many times larger a picture of this size is laid out than it is drawn: below some size words would
/// overlap, which helps nobody.
[[nodiscard]] double shrinkFor(QSize size, double leastHeight = 300);

/// The present moment, where the scene has one, and the fog over what has not happened by then or was not
/// seen before; without fog where nothing is hidden.
void paintCut(QPainter& painter, const TimelineScene& scene, const Theme& theme, std::optional<double> fogFrom);

} // namespace loopscope::ui
