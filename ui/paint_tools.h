#pragma once

#include "ui/shaped_text.h"
#include "ui/theme.h"

#include <QPainter>
#include <QRectF>
#include <QString>

#include <string>

namespace loopscope::ui {

// What the painters of pictures share. Only they include this.

[[nodiscard]] inline QRectF rectOf(const Box& box) { return {box.x, box.y, box.width, box.height}; }
[[nodiscard]] inline QString textOf(const std::string& text) { return QString::fromStdString(text); }

[[nodiscard]] QColor faded(QColor color, double opacity);

/// The rectangle with its edges on the device's pixels, at least one of them wide and high, at any
/// scale factor: edges that touch still touch, and hairlines are sharp.
[[nodiscard]] QRectF crisp(const QPainter& painter, const QRectF& rect);

/// Takes smoothing from a painter of pixels while what lies on them is painted: fillCrisp() and stamps.
/// To do it once for many is what makes it worth the while.
class Unsmoothed {
public:
    explicit Unsmoothed(QPainter& painter);
    ~Unsmoothed();
    Unsmoothed(const Unsmoothed&) = delete;
    Unsmoothed& operator=(const Unsmoothed&) = delete;

private:
    QPainter* m_painter = nullptr; // nothing where there was nothing to take
};

/// Fills a rectangle that is put on the device's pixels. Smoothing has nothing to smooth there, and costs much.
void fillCrisp(QPainter& painter, const QRectF& rect, const QColor& color);

/// One hairline: a filled rectangle one unit thick, on the device's pixels.
void verticalLine(QPainter& painter, double x, double top, double bottom, const QColor& color, double width = 1);
void horizontalLine(QPainter& painter, double y, double left, double right, const QColor& color, double width = 1);

/// A broken line along the longer side of a rectangle, which is as wide as the line: so many pixels of color, then so
/// many of none, from its left or upper end on. Where it may be pixels, they are laid side by side at once.
void fillDashes(QPainter& painter, const QRectF& line, const QColor& color, double dash, double gap);

/// Diagonal strokes inside a rectangle. They are cut by arithmetic rather than by a clip, because
/// an SVG from Qt knows no clips, and drawn as lines so that files stay vectors.
void hatch(QPainter& painter, const QRectF& rect, const QColor& color, double pitch = 6, double width = 1);

/// Whether boxes of one size come again and again; small ones do anyway.
enum class Alike { Seldom, Often };

/// A box with round corners, its edge within the rectangle.
void roundedBox(QPainter& painter, const QRectF& rect, double radius, const QColor& fill, const QColor& edge = {},
                double edgeWidth = 1, Alike alike = Alike::Seldom);

/// One line of text; cut with an ellipsis where it does not fit.
void drawWords(QPainter& painter, const QRectF& rect, Qt::Alignment alignment, const QString& text, const QFont& font,
               const QColor& color);

/// Words of the code typeface on a plate: what runs behind them, an arrow or a line, strikes none through.
void paintPlatedWords(QPainter& painter, const Box& box, const std::string& words, const QColor& color, const QColor& behind);

/// One bar of a lane, with its pattern but without its label: for lanes and for the legend.
void paintBar(QPainter& painter, const Bar& bar, const Theme& theme, const QColor& behind);
void paintBarLabel(QPainter& painter, const Bar& bar, const Theme& theme, const QColor& behind);
/// What the tasks of a folded group do, on its lane.
void paintDensity(QPainter& painter, const TimelineScene& scene, const Density& density, const Theme& theme);
void paintMark(QPainter& painter, const Mark& mark, const Theme& theme, const QColor& behind);
void paintArrow(QPainter& painter, const Arrow& arrow, const Theme& theme, bool strong, double opacity);

/// Frames of blocks, the poles of their deadlines, and where the loop cancels what is left, behind the bars;
/// and their words over them.
[[nodiscard]] QColor frameFill(const Frame& frame, const Theme& theme);
void paintFrame(QPainter& painter, const Frame& frame, const Theme& theme);
void paintFlagPole(QPainter& painter, const Flag& flag, const Theme& theme);
void paintEdgeLine(QPainter& painter, const Edge& edge, const Theme& theme);
void paintFrameTitle(QPainter& painter, const Frame& frame, const Theme& theme, const QColor& behind);
void paintFlag(QPainter& painter, const Flag& flag, const Theme& theme, const QColor& behind);
void paintEdgeWords(QPainter& painter, const Edge& edge, const Theme& theme, const QColor& behind);
void paintPass(QPainter& painter, const Pass& pass, const Theme& theme);
void paintBracket(QPainter& painter, const Bracket& bracket, const Theme& theme, const QColor& behind);

/// What lanes of values, queues and places hold.
void paintLimit(QPainter& painter, const Limit& limit, const Theme& theme);
void paintLevel(QPainter& painter, const Level& level, const Theme& theme, const QColor& behind);
void paintSeat(QPainter& painter, const Seat& seat, const Theme& theme);

/// What waits for ever, and who waits for whom.
void paintTail(QPainter& painter, const Tail& tail, const Theme& theme, const QColor& behind);
void paintWaitArrow(QPainter& painter, const WaitArrow& arrow, const Theme& theme, const QColor& behind);

/// Time lines across lanes; and their texts.
void paintGrid(QPainter& painter, const TimelineScene& scene, const Theme& theme, double top, double bottom);
void paintTickTexts(QPainter& painter, const std::vector<Tick>& ticks, const QRectF& row, const Theme& theme);

/// The sentence of an empty view: wrapped, and broken off where there is no height for all of it.
/// Whether it was.
bool drawWhenEmpty(QPainter& painter, const QRect& room, const QString& sentence);

} // namespace loopscope::ui
