#pragma once

#include "core/timeline/compare_layout.h"
#include "core/timeline/scene.h"
#include "ui/theme.h"

#include <QRectF>

#include <limits>
#include <optional>
#include <span>
#include <utility>

class QPainter;

namespace loopscope::ui {

/// Which parts of a scene to draw: a window keeps the ruler in place while lanes scroll.
struct SceneParts {
    bool background = true; ///< the canvas and the stripes of the lanes
    bool ruler = true;
    bool labels = true;     ///< the column left of the axis
    bool shapes = true;     ///< what lies in the lanes: bars, frames, arrows ...
    bool words = true;      ///< ... and over them: their labels and marks
    /// Only what touches this is drawn, in the scene's coordinates; an empty one means all.
    QRectF exposed;
    TaskId selected = {};   ///< its arrows are strong, and all others step back
    std::optional<std::size_t> moment = std::nullopt; ///< arrows that end at this fact are strong
};

/// Draws a scene: the only code that turns one into QPainter calls, for the window and for files.
/// The scene's origin is the painter's. Hairlines are aligned to the device's pixels, whatever its
/// scale factor. Requires a QGuiApplication.
void paintScene(QPainter& painter, const TimelineScene& scene, const Theme& theme, const SceneParts& parts = {});

/// What was seen once and lies ahead again is drawn in colours of which so much is left: see paled().
constexpr double remembered = 0.4;

/// What changes from frame to frame. It is drawn over a scene, so that none of it ever makes the
/// lanes be drawn again.
struct SceneOverlay {
    std::optional<double> playhead;  ///< x of the present moment
    std::optional<double> fogFrom;   ///< x from which on the run has not happened yet
    QString fogText;                 ///< in the middle of the fog: "not run yet"
    bool hidesTicks = false;         ///< lines of time in the fog would tell how long the run takes
    QRectF view;                     ///< what is in view of the scene; empty for all
    TaskId selected;                 ///< its lane is framed
    const Bar* hovered = nullptr;    ///< lies in the scene
    std::optional<std::pair<double, double>> measured; ///< a span dragged out by hand, as x
};
void paintOverlay(QPainter& painter, const TimelineScene& scene, const Theme& theme, const SceneOverlay& overlay);

/// The marks of ends near a playhead, once more over it: it would strike them out.
void paintEndsOver(QPainter& painter, const TimelineScene& scene, const Theme& theme, double playhead);

/// What two runs came to right of a moment that is shown, each in the coordinates of its half.
struct ComparisonAhead {
    double x = 0; ///< of the moment
    TimelineScene a;
    TimelineScene b;
};

/// How to draw a comparison.
struct ComparisonParts {
    bool words = true;                      ///< the labels and marks of the lanes
    const ComparisonAhead* ahead = nullptr; ///< drawn in paler colours
    /// Pixels between which the lanes are needed; what is painted beyond them is left to chance.
    double from = 0;
    double to = std::numeric_limits<double>::infinity();
};

/// Draws two runs on one axis with the verdict below. Requires a QGuiApplication.
void paintComparison(QPainter& painter, const CompareScene& scene, const Theme& theme, const ComparisonParts& parts = {});

/// The signs of one picture, or of several, with a word each: see legendEntries(). They stand in as
/// many rows as they need. Gives the room that it took. Requires a QGuiApplication.
QSizeF paintLegend(QPainter& painter, QPointF topLeft, double maxWidth, std::span<const TimelineScene* const> scenes,
                   const Theme& theme);
/// How high that is.
[[nodiscard]] double legendHeight(std::span<const TimelineScene* const> scenes, double maxWidth);

} // namespace loopscope::ui
