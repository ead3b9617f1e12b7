#pragma once

#include "core/base/result.h"
#include "core/timeline/compare_layout.h"
#include "core/trace/trace.h"
#include "ui/picture_code.h"
#include "ui/theme.h"

#include <QByteArray>
#include <QSize>
#include <QString>

#include <memory>
#include <optional>

class QPainter;

namespace loopscope::ui {

/// A run as a picture that stands on its own: with a title, a legend and the ruler.
struct RunPicture {
    QString title;    ///< the lesson's
    QString subtitle; ///< the variant and what was set: "gather · example.com 1.0 s"
    QString caption;  ///< below the lanes; may be empty
    QString total = {}; ///< at the upper right, as long as the whole run is shown: "3.0 s" …
    QString aside = {}; ///< … and below it: "loop idle 99 %"
    std::shared_ptr<const Trace> trace;
    double blend = 0; ///< of the time axis, see TimeScale
    /// The run as it stood at this moment: all that comes later is fogged. Nothing means all of it.
    std::optional<TimePoint> until;
    /// The same to the single fact; goes before `until`.
    std::optional<RunPosition> at = {};
    AxisView view = {};       ///< which stretch of the axis is drawn
    /// Only what happens between two positions; the view is theirs.
    std::optional<std::pair<RunPosition, RunPosition>> part = {};
    bool legend = true;       ///< what the patterns mean, below the lanes
    bool steadyLegend = false; ///< also of a moment, that of the whole run: nothing below moves while it is played
    std::optional<CodePicture> code = {}; ///< stands beside the lanes
    /// Of a moment: how far the run was seen before; between the two it is pale, and fogged from there on.
    std::optional<RunPosition> seen = {};
    /// Of a moment: how long the run takes is what somebody is asked, so the ruler does not tell it.
    bool rulerEnds = false;
    QString moment = {}; ///< of a moment, at the upper right: "t = 1.000 s" …
    QString event = {};  ///< … and below it: "event 40 of 89"
    QString told = {};   ///< what just happened, below the subtitle
};

/// The stretch of a run's axis between two moments, with what happens at both. Requires from <= to.
[[nodiscard]] AxisView viewOf(const Trace& trace, double blend, TimePoint from, TimePoint to);
/// The same for two runs that are compared.
[[nodiscard]] AxisView viewOf(const Trace& a, const Trace& b, TimePoint from, TimePoint to);

/// Two runs as a picture that stands on its own.
struct ComparisonPicture {
    QString title;
    QString subtitle;
    std::shared_ptr<const Trace> a;
    std::shared_ptr<const Trace> b;
    CompareWords words; ///< what the numbers say: headings, totals, verdict
    /// Both runs as they stood at this moment, without a verdict while one of them goes on.
    std::optional<TimePoint> until = {};
    /// Of a moment: both runs were seen to their ends, so all is told, and what comes later is pale.
    bool seen = false;
    bool atBegin = false; ///< of a moment that was seen: before all that happens at it
    AxisView view = {};
    QString caption = {}; ///< below the verdict
    bool legend = true;
    bool steadyLegend = false; ///< as of a run
};

enum class PictureFormat { Png, Svg, Pdf };

/// By the ending of a file name, in any case: an Error that names the three when it is none of them.
[[nodiscard]] Result<PictureFormat> pictureFormatOf(const QString& fileName);

struct PictureOptions {
    ThemeName theme = ThemeName::Light;
    /// In pixels; in a PDF and an SVG the unit is 1/96 inch. A height of 0 means as tall as the
    /// picture needs to be.
    QSize size{1440, 0};
    double scaleFactor = 1; ///< PNG only: pixels per unit of the layout
};

/// The smallest and the largest picture that can be drawn.
inline constexpr QSize smallestPicture{320, 200};
inline constexpr QSize largestPicture{16384, 16384};

/// The height that shows a picture of this width without squeezing it. Requires a QGuiApplication.
[[nodiscard]] int naturalHeight(const RunPicture& picture, int width);
[[nodiscard]] int naturalHeight(const ComparisonPicture& picture, int width);

/// Draws a picture as large as `size`: what the files hold, and what goes to the clipboard. Lanes
/// shrink to fit; when there are too many all the same, the last line says how many are missing.
/// Requires a QGuiApplication.
void paintPicture(QPainter& painter, const RunPicture& picture, const Theme& theme, QSize size);
void paintPicture(QPainter& painter, const ComparisonPicture& picture, const Theme& theme, QSize size);

/// A picture as the bytes of a file. The same picture and options give the same bytes on the same
/// machine: there are no dates and no random ids in them. Requires a QGuiApplication (its platform
/// may be offscreen), a trace, and a size within the bounds above. Empty when there is not enough
/// memory for the picture.
[[nodiscard]] QByteArray pictureBytes(const RunPicture& picture, PictureFormat format, const PictureOptions& options = {});
[[nodiscard]] QByteArray pictureBytes(const ComparisonPicture& picture, PictureFormat format, const PictureOptions& options = {});

/// What hinders a file of this name from being written, if anything.
[[nodiscard]] std::optional<Error> whyNotWritable(const QString& fileName);
/// Writes bytes as a file, whole or not at all; gives the path that was written. No bytes stand for
/// a picture that there was not enough memory for.
[[nodiscard]] Result<QString> writeFile(const QString& fileName, const QByteArray& bytes);

/// Writes a picture in the format of the file name's ending; gives the path that was written. An
/// existing file is replaced whole or stays as it was. An Error says what hinders, in a sentence:
/// `Could not write "a.svg": the folder does not exist.`
[[nodiscard]] Result<QString> exportPicture(const QString& fileName, const RunPicture& picture, const PictureOptions& options = {});
[[nodiscard]] Result<QString> exportPicture(const QString& fileName, const ComparisonPicture& picture, const PictureOptions& options = {});

} // namespace loopscope::ui
