#include "ui/paint_tools.h"
#include "ui/stamp.h"

#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <utility>

namespace loopscope::ui {
namespace {

constexpr std::uint32_t stampsOfCorners = 3;

/// A rounded rectangle of which the left or the right edge may be missing.
QPainterPath outline(const QRectF& box, double radius, bool left, bool right)
{
    const double r = std::min({radius, box.width() / 2, box.height() / 2});
    QPainterPath path;
    if (left && right) {
        path.addRoundedRect(box, r, r);
        return path;
    }
    if (left) {
        path.moveTo(box.topRight());
        path.lineTo(box.left() + r, box.top());
        path.quadTo(box.topLeft(), {box.left(), box.top() + r});
        path.lineTo(box.left(), box.bottom() - r);
        path.quadTo(box.bottomLeft(), {box.left() + r, box.bottom()});
        path.lineTo(box.bottomRight());
    } else if (right) {
        path.moveTo(box.topLeft());
        path.lineTo(box.right() - r, box.top());
        path.quadTo(box.topRight(), {box.right(), box.top() + r});
        path.lineTo(box.right(), box.bottom() - r);
        path.quadTo(box.bottomRight(), {box.right() - r, box.bottom()});
        path.lineTo(box.bottomLeft());
    } else {
        path.moveTo(box.topLeft());
        path.lineTo(box.topRight());
        path.moveTo(box.bottomLeft());
        path.lineTo(box.bottomRight());
    }
    return path;
}

/// The same outline on pixels, without a path: smoothing the many dashes of a line that lies on the pixels
/// anyway was the largest part of a picture with frames.
void paintOutline(QPainter& painter, const QRectF& box, double radius, bool left, bool right, const QColor& color,
                  double width, std::pair<double, double> dash)
{
    const double r = std::min({radius, box.width() / 2, box.height() / 2});
    const Unsmoothed sharp(painter); // once: else each dash would do it
    const auto line = [&](const QRectF& along) {
        if (along.isEmpty())
            return; // its corners are all of it
        if (dash.first > 0)
            fillDashes(painter, along, color, dash.first, dash.second);
        else
            fillCrisp(painter, along, color);
    };
    const double from = box.left() + (left ? r : 0);
    for (const double y : {box.top(), box.bottom()})
        line({from, y - width / 2, box.right() - (right ? r : 0) - from, width});
    for (const bool atRight : {false, true}) {
        if (!(atRight ? right : left))
            continue;
        const double x = atRight ? box.right() : box.left();
        line({x - width / 2, box.top() + r, width, box.height() - 2 * r});
        for (const bool below : {false, true}) {
            const double across = atRight ? -r : r;
            const double down = below ? -r : r;
            const StampLook look{stampsOfCorners, quarters(across * 4), quarters(down * 4), color.rgba(), quarters(width * 10)};
            drawStamp(painter, look, {x, below ? box.bottom() : box.top()}, {-r - 2, -r - 2, 2 * r + 4, 2 * r + 4},
                      [&](QPainter& onto) {
                          QPainterPath corner({across, 0});
                          corner.quadTo({0, 0}, {0, down});
                          onto.setPen(QPen(color, width, Qt::SolidLine, Qt::FlatCap));
                          onto.setBrush(Qt::NoBrush);
                          onto.drawPath(corner);
                      });
        }
    }
}

QColor frameColor(const Frame& frame, const Theme& theme)
{
    return frame.kind == Frame::Kind::Loop ? faded(theme.loopColor, 0.45) : theme.task(frame.color);
}

} // namespace

QColor frameFill(const Frame& frame, const Theme& theme)
{
    if (frame.kind == Frame::Kind::Loop)
        return Qt::transparent;
    return faded(frameColor(frame, theme), theme.name == ThemeName::Print ? 0.05 : 0.07);
}

void paintFrame(QPainter& painter, const Frame& frame, const Theme& theme)
{
    const QRectF box = crisp(painter, rectOf(frame.box)).adjusted(0.5, 0.5, -0.5, -0.5);
    if (box.width() <= 0 || box.height() <= 0)
        return;
    const QColor color = frameColor(frame, theme);
    if (frame.kind != Frame::Kind::Loop)
        fillCrisp(painter, rectOf(frame.box), frameFill(frame, theme));
    // Kinds differ in their line too: a limit of time is broken.
    const double width = frame.kind == Frame::Kind::Loop ? 1.0 : 1.3;
    std::pair<double, double> dash;
    if (frame.kind == Frame::Kind::Timeout)
        dash = {7, 4};
    else if (frame.kind == Frame::Kind::AsyncWith)
        dash = {2, 3};
    const double radius = frame.kind == Frame::Kind::Loop ? 4 : 7;
    if (paintsPixels(painter)) {
        paintOutline(painter, box, radius, !frame.comes_from_left, !frame.open, color, width, dash);
        return;
    }
    QPen pen(color, width);
    pen.setCapStyle(Qt::FlatCap);
    if (dash.first > 0)
        pen.setDashPattern({dash.first / width, dash.second / width});
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(outline(box, radius, !frame.comes_from_left, !frame.open));
}

void paintFrameTitle(QPainter& painter, const Frame& frame, const Theme& theme, const QColor& behind)
{
    paintPlatedWords(painter, frame.label_box, frame.label, frameColor(frame, theme), behind);
}

void paintBracket(QPainter& painter, const Bracket& bracket, const Theme& theme, const QColor& behind)
{
    const QColor color = theme.task(bracket.color);
    const double y = bracket.box.y;
    horizontalLine(painter, y, bracket.box.x, bracket.box.right(), faded(color, 0.7), 1.2);
    if (!bracket.comes_from_left)
        verticalLine(painter, bracket.box.x, y, bracket.box.bottom(), faded(color, 0.7), 1.2);
    if (!bracket.open)
        verticalLine(painter, bracket.box.right(), y, bracket.box.bottom(), faded(color, 0.7), 1.2);
    if (bracket.label_box.width <= 0)
        return;
    roundedBox(painter, rectOf(bracket.label_box).adjusted(-4, 0, 4, 0), 0, behind);
    drawWords(painter, rectOf(bracket.label_box).adjusted(0, 0, 1, 0), Qt::AlignCenter, textOf(bracket.label),
              codeFont(TextSize::Small), color);
}

void paintFlagPole(QPainter& painter, const Flag& flag, const Theme& theme)
{
    const QColor color = flag.expired ? theme.error : theme.textMuted;
    if (flag.spare_from < flag.x) {
        const double y = flag.top + 13;
        painter.setPen(QPen(faded(color, 0.6), 1, Qt::DotLine));
        painter.drawLine(QPointF(flag.spare_from, y), QPointF(flag.x, y));
    }
    if (flag.bottom > flag.top)
        verticalLine(painter, flag.x, flag.top, flag.bottom, color, flag.expired ? 2 : 1);
}

void paintFlag(QPainter& painter, const Flag& flag, const Theme& theme, const QColor& behind)
{
    const QColor color = flag.expired ? theme.error : theme.textMuted;
    paintPlatedWords(painter, flag.label_box, flag.label, color, behind);
    if (flag.bottom <= flag.top)
        return;
    const double tip = flag.top + 4;
    const QPointF corners[] = {{flag.x, flag.top}, {flag.x + 9, tip}, {flag.x, flag.top + 8}};
    painter.setPen(QPen(color, 1));
    painter.setBrush(flag.expired ? QBrush(color) : QBrush(Qt::NoBrush));
    painter.drawPolygon(corners, 3);
}

void paintEdgeLine(QPainter& painter, const Edge& edge, const Theme& theme)
{
    painter.setPen(QPen(theme.error, 1.4, Qt::DashDotLine));
    painter.drawLine(QPointF(edge.x, edge.top), QPointF(edge.x, edge.bottom));
}

void paintEdgeWords(QPainter& painter, const Edge& edge, const Theme& theme, const QColor& behind)
{
    paintPlatedWords(painter, edge.label_box, edge.label, theme.error, behind);
}

void paintPass(QPainter& painter, const Pass& pass, const Theme& theme)
{
    const QRectF box = crisp(painter, rectOf(pass.box)).adjusted(0, 0, -2, 0);
    roundedBox(painter, box, 2, faded(theme.loopColor, 0.12));
    drawWords(painter, rectOf(pass.label_box).adjusted(0, 0, 1, 0), Qt::AlignCenter, textOf(pass.label),
              codeFont(TextSize::Small), theme.textMuted);
}

void paintLimit(QPainter& painter, const Limit& limit, const Theme& theme)
{
    painter.setPen(QPen(faded(theme.textMuted, limit.label.empty() ? 0.4 : 1), 1, limit.label.empty() ? Qt::DotLine : Qt::DashLine));
    painter.drawLine(QPointF(limit.left, limit.y), QPointF(limit.right, limit.y));
    drawWords(painter, rectOf(limit.label_box).adjusted(0, 0, 6, 0), Qt::AlignLeft | Qt::AlignVCenter,
              textOf(limit.label), codeFont(TextSize::Small), theme.textMuted);
}

void paintLevel(QPainter& painter, const Level& level, const Theme& theme, const QColor& behind)
{
    const QRectF box = rectOf(level.box);
    if (level.kind == Level::Kind::Waiting) {
        if (level.count == 0)
            return;
        // No hatch: who waits for a place does not stand in the ready queue.
        roundedBox(painter, crisp(painter, box), 2, faded(theme.ready, 0.15), theme.ready, 1);
        if (level.label_box.width > 0) {
            roundedBox(painter, rectOf(level.label_box), 0, behind);
            drawWords(painter, rectOf(level.label_box).adjusted(0, 0, 1, 0), Qt::AlignCenter, textOf(level.label),
                      codeFont(TextSize::Small), theme.text);
        }
        return;
    }
    const QColor line = theme.text;
    if (level.kind == Level::Kind::Count && level.count > 0)
        fillCrisp(painter, box, faded(theme.accent, theme.isDark ? 0.30 : 0.22));
    horizontalLine(painter, box.top(), box.left(), box.right(), line, 1.6);
    if (level.begins) {
        const auto [top, bottom] = std::minmax({level.from_y, box.top()}); // values: a pair of references would outlive the temporary
        if (bottom - top > 1)
            verticalLine(painter, box.left(), top, bottom, line, 1.6);
        else if (level.kind == Level::Kind::Value)
            verticalLine(painter, box.left(), box.top() - 5, box.top() + 5, line, 1.6);
    }
    if (level.label_box.width > 0) {
        const QRectF words = rectOf(level.label_box);
        if (level.kind == Level::Kind::Value)
            roundedBox(painter, words, 3, behind);
        drawWords(painter, words.adjusted(0, 0, 1, 0), Qt::AlignCenter, textOf(level.label),
                  codeFont(TextSize::Small, level.kind == Level::Kind::Value ? QFont::DemiBold : QFont::Normal),
                  level.kind == Level::Kind::Value ? theme.textStrong : theme.text);
    }
    constexpr double tooShort = 12; // for a dot: a row of them would look like a string of beads
    if (level.kind == Level::Kind::Value && level.begins && level.box.width >= tooShort) { // who set it
        painter.setPen(QPen(behind, 1));
        painter.setBrush(theme.task(level.color));
        painter.drawEllipse(QPointF(level.box.x, level.box.y), 3.5, 3.5);
    }
}

void paintSeat(QPainter& painter, const Seat& seat, const Theme& theme)
{
    QRectF box = crisp(painter, rectOf(seat.box));
    if (box.width() >= 5 && !seat.open) // who takes it next touches
        box.setWidth(box.width() - 1);
    roundedBox(painter, box, 3, theme.task(seat.color));
    drawWords(painter, rectOf(seat.label_box).adjusted(0, 0, 1, 0), Qt::AlignCenter, textOf(seat.label),
              codeFont(TextSize::Small), theme.onTask);
}

void paintTail(QPainter& painter, const Tail& tail, const Theme& theme, const QColor& behind)
{
    const QColor color = theme.task(tail.color);
    const double middle = tail.box.y + tail.box.height / 2;
    constexpr double pitch = 9;
    if (!tail.task) { // the loop sleeps, as before, but for good
        const QRectF box = crisp(painter, rectOf(tail.box));
        hatch(painter, box, faded(theme.hatch, 0.7), 7);
        roundedBox(painter, box, 2, {}, theme.error, 1.2);
    }
    for (double x = tail.box.x; tail.task && x < tail.box.right(); x += pitch) { // it never ends, it only fades
        const double gone = (x - tail.box.x) / std::max(1.0, tail.box.width);
        horizontalLine(painter, middle, x, std::min(x + pitch * 0.6, tail.box.right()), faded(color, 1 - 0.75 * gone), 2);
    }
    if (tail.label_box.width <= 0)
        return;
    const QRectF box = rectOf(tail.label_box);
    if (box.bottom() <= tail.box.y) // above it
        return paintPlatedWords(painter, tail.label_box, tail.label, theme.error, behind);
    roundedBox(painter, box, box.height() / 2, behind, theme.error, 1.2);
    drawWords(painter, box, Qt::AlignCenter, textOf(tail.label), codeFont(TextSize::Small), theme.error);
}

void paintWaitArrow(QPainter& painter, const WaitArrow& arrow, const Theme& theme, const QColor& behind)
{
    const QColor color = theme.error;
    const QPointF from(arrow.x, arrow.y1);
    const QPointF to(arrow.x, arrow.y2);
    const double rise = arrow.y2 - arrow.y1;
    const QPointF c1(arrow.x + arrow.bend * 1.3, arrow.y1 + rise * 0.25);
    const QPointF c2(arrow.x + arrow.bend * 1.3, arrow.y2 - rise * 0.25);
    const QPointF along = to - c2;
    const QPointF unit = along / std::max(1e-6, std::hypot(along.x(), along.y()));
    QPainterPath path(from);
    path.cubicTo(c1, c2, to - unit * 5);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, 1.8));
    painter.drawPath(path);
    const QPointF side(-unit.y() * 4, unit.x() * 4);
    const QPointF corners[] = {to, to - unit * 8 + side, to - unit * 8 - side};
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawPolygon(corners, 3);
    paintPlatedWords(painter, arrow.label_box, arrow.label, color, behind);
}

} // namespace loopscope::ui
