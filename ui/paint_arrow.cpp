#include "ui/arrow_path.h"
#include "ui/paint_tools.h"
#include "ui/stamp.h"

#include <QPainterPath>

#include <algorithm>
#include <cmath>

// Arrows of cause. Nothing costs a frame more than their curves do, and most of them are alike, because a
// wake-up takes no time: so they are stamps.

namespace loopscope::ui {
namespace {

constexpr std::uint32_t stampsOfArrows = 1;
constexpr double around = 8; // pixels that a head and a foot stand out

/// How an arrow of this kind is drawn, apart from its path.
struct Pencil {
    QColor color;
    QColor around; // of a foot upon a bar of the same colour
    Qt::PenStyle style = Qt::SolidLine;
    double width = 1;
    double head = 6;
    enum class Foot : std::uint32_t { None, Disc, Cross, Square } foot = Foot::None;
};

Pencil pencilOf(const Arrow& arrow, const Theme& theme, bool strong, double opacity)
{
    Pencil pencil;
    const bool thin = arrow.kind == Cause::Kind::Created || arrow.kind == Cause::Kind::Timer;
    const QColor color = arrow.kind == Cause::Kind::Cancel || arrow.fails ? theme.error
        : thin                                                            ? theme.arrow
                                                                          : theme.task(arrow.color);
    pencil.color = faded(color, opacity);
    pencil.around = theme.canvas;
    // Different causes look different, also without colour.
    if (arrow.kind == Cause::Kind::Timer)
        pencil.style = Qt::DashLine;
    else if (arrow.kind == Cause::Kind::Cancel || arrow.unheard)
        pencil.style = Qt::DotLine;
    pencil.width = strong ? 1.8 : thin ? 1.0 : 1.3;
    pencil.head = strong ? 8 : 6;
    pencil.foot = arrow.kind == Cause::Kind::Io ? Pencil::Foot::Disc
        : arrow.fails                           ? Pencil::Foot::Cross
        : arrow.kind == Cause::Kind::Task || arrow.kind == Cause::Kind::Future ? Pencil::Foot::Square
                                                                               : Pencil::Foot::None;
    return pencil;
}

void paintPath(QPainter& painter, const ArrowPath& way, const Pencil& pencil)
{
    const auto& [from, c1, c2, to] = way;
    const QPointF along = to - c2;
    const double length = std::max(1e-6, std::hypot(along.x(), along.y()));
    const QPointF unit = along / length;
    const double head = pencil.head;

    QPainterPath path(from);
    path.cubicTo(c1, c2, to - unit * head * 0.7);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(pencil.color, pencil.width, pencil.style));
    painter.drawPath(path);

    const QPointF side(-unit.y() * head * 0.45, unit.x() * head * 0.45);
    const QPointF corners[] = {to, to - unit * head + side, to - unit * head - side};
    painter.setPen(Qt::NoPen);
    painter.setBrush(pencil.color);
    painter.drawPolygon(corners, 3);
    switch (pencil.foot) {
    case Pencil::Foot::None:
        break;
    case Pencil::Foot::Disc:
        painter.setPen(QPen(pencil.around, 2)); // a ring, to stand off the bar of the same colour
        painter.drawEllipse(from, 4.5, 4.5);
        break;
    case Pencil::Foot::Cross: // it ends in a failure: also without colour
        painter.setPen(QPen(pencil.color, 1.6));
        painter.drawLine(from + QPointF(-2.8, -2.8), from + QPointF(2.8, 2.8));
        painter.drawLine(from + QPointF(-2.8, 2.8), from + QPointF(2.8, -2.8));
        break;
    case Pencil::Foot::Square:
        painter.drawRect(QRectF(from.x() - 2.2, from.y() - 2.2, 4.4, 4.4));
        break;
    }
}

} // namespace

void paintArrow(QPainter& painter, const Arrow& arrow, const Theme& theme, bool strong, double opacity)
{
    const Pencil pencil = pencilOf(arrow, theme, strong, opacity);
    // From pixel to pixel, as the bars at both ends: then two that are alike to the eye are the same.
    const bool ontoPixels = paintsPixels(painter);
    const QTransform toDevice = ontoPixels ? painter.deviceTransform() : QTransform();
    const QTransform back = toDevice.inverted();
    const auto placedOn = [&](double x, double y) {
        const QPointF at = toDevice.map(QPointF(x, y));
        return ontoPixels ? back.map(QPointF(std::round(at.x()), std::round(at.y()))) : at;
    };
    const double scale = toDevice.m11();
    const QPointF head = placedOn(arrow.x2, arrow.y2);
    const QPointF foot = placedOn(arrow.x1, arrow.y1);
    Arrow placed = arrow;
    placed.x1 = foot.x() - head.x();
    placed.y1 = foot.y() - head.y();
    placed.x2 = placed.y2 = 0;
    const ArrowPath way = pathOf(placed);
    const double left = std::min({way.from.x(), way.c1.x(), way.c2.x(), way.to.x()});
    const double right = std::max({way.from.x(), way.c1.x(), way.c2.x(), way.to.x()});
    const double top = std::min({way.from.y(), way.c1.y(), way.c2.y(), way.to.y()});
    const double bottom = std::max({way.from.y(), way.c1.y(), way.c2.y(), way.to.y()});
    const StampLook look{stampsOfArrows,
                         quarters(placed.x1 * scale),
                         quarters(placed.y1 * scale),
                         pencil.color.rgba(),
                         pencil.around.rgba(),
                         static_cast<std::uint32_t>(pencil.style),
                         static_cast<std::uint32_t>(arrow.kind == Cause::Kind::Created) | (strong ? 2U : 0U)
                             | (static_cast<std::uint32_t>(pencil.foot) << 2),
                         quarters(pencil.width * 10)};
    drawStamp(painter, look, head,
              QRectF(QPointF(left, top), QPointF(right, bottom)).adjusted(-around, -around, around, around),
              [&](QPainter& onto) { paintPath(onto, way, pencil); });
}

} // namespace loopscope::ui
