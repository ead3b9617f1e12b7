#include "ui/paint_tools.h"
#include "ui/stamp.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace loopscope::ui {
namespace {

constexpr std::uint32_t stampsOfSigns = 4;
enum class Sign { Disc, Check, Cross };

constexpr double radius = 3;
constexpr double capsuleHeight = 16;
constexpr double narrowestOutline = 4; ///< of a bar: below, its edges are all of it
constexpr double lowestChip = 15; ///< with an edge around its words

QColor mixed(const QColor& a, const QColor& b, double part)
{
    const auto mix = [part](int x, int y) { return static_cast<int>(std::lround(x * (1 - part) + y * part)); };
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

/// A block of the running kind. Blocks of one moment touch, so each gives up a hair at its right. Also
/// without colour, a task's turn is solid, a callback of the loop an outline, and computing is ruled.
void paintSolid(QPainter& painter, const Bar& bar, const Theme& theme, const QColor& behind)
{
    const QColor color = theme.task(bar.color);
    QRectF rect = crisp(painter, rectOf(bar.box));
    if (rect.width() >= 5 && !bar.open)
        rect.setWidth(rect.width() - 1);
    const bool isCallback = bar.kind == SpanKind::Running && bar.color < 0;
    if (isCallback && rect.width() >= narrowestOutline)
        roundedBox(painter, rect, std::min(radius, rect.width() / 3), mixed(color, behind, 0.72), color, 1.2);
    else
        roundedBox(painter, rect, std::min(radius, rect.width() / 3), color);
    if (bar.kind == SpanKind::Computing)
        for (double y = rect.top() + 4; y < rect.bottom() - 2; y += 4)
            horizontalLine(painter, y, rect.left() + 2, rect.right() - 2, mixed(color, theme.onTask, 0.45), 1);
    if (bar.kind == SpanKind::Blocking) {
        hatch(painter, rect.adjusted(1, 1, -1, -1), mixed(color, theme.onTask, theme.isDark ? 0.55 : 0.6), 7, 2);
        roundedBox(painter, rect, radius, {}, color, 1.5);
    }
    if (bar.folded > 1) // a comb: several, too thin to be drawn apart
        for (double x = rect.left() + 2; x < rect.right() - 0.5; x += 3)
            verticalLine(painter, x, rect.top() + 4, rect.bottom() - 4, isCallback ? color : behind);
    if (bar.cancelling) // the exception on its way: a cut corner below, also without colour
        horizontalLine(painter, rect.bottom() - 2, rect.left(), rect.right(), theme.error, 3);
}

void paintReady(QPainter& painter, const Bar& bar, const Theme& theme)
{
    const QRectF rect = crisp(painter, rectOf(bar.box));
    if (rect.width() < 4) {
        roundedBox(painter, rect, 1, faded(theme.ready, 0.8));
        return;
    }
    hatch(painter, rect.adjusted(1, 1, -1, -1), theme.hatch);
    roundedBox(painter, rect, radius, {}, theme.ready, 1.2);
}

void paintWait(QPainter& painter, const Bar& bar, const Theme& theme)
{
    const QColor color = theme.task(bar.color);
    const double middle = bar.box.y + bar.box.height / 2;
    if (!bar.cancelling) {
        horizontalLine(painter, middle, bar.box.x, bar.box.right(), color, 2);
        return;
    }
    // While a cancellation is under way the line is broken.
    for (double x = bar.box.x; x < bar.box.right(); x += 7)
        horizontalLine(painter, middle, x, std::min(x + 4, bar.box.right()), theme.error, 2);
}

/// A call in front of its worker: an outline of its own task's colour, as empty as its waiting.
void paintQueued(QPainter& painter, const Bar& bar, const Theme& theme, const QColor& behind)
{
    const QColor color = theme.task(bar.color);
    roundedBox(painter, crisp(painter, rectOf(bar.box)), 2, mixed(color, behind, 0.85), color, 1);
}

/// A process that comes to life: upright strokes, which are work and neither sleep nor a task's turn.
void paintStartingUp(QPainter& painter, const Bar& bar, const Theme& theme, const QColor& behind)
{
    const QRectF rect = crisp(painter, rectOf(bar.box));
    roundedBox(painter, rect, radius, mixed(theme.loopColor, behind, 0.8), theme.loopColor, 1);
    for (double x = rect.left() + 4; x < rect.right() - 2; x += 6)
        verticalLine(painter, x, rect.top() + 3, rect.bottom() - 3, faded(theme.loopColor, 0.7));
}

void paintIdle(QPainter& painter, const Bar& bar, const Theme& theme)
{
    const QRectF rect = crisp(painter, rectOf(bar.box));
    if (rect.width() >= 4)
        hatch(painter, rect, faded(theme.hatch, 0.7), 7);
    roundedBox(painter, rect, 2, {}, theme.idleEdge);
}

/// A sign of a mark, of which a picture has hundreds alike. `paint` draws it around the origin.
void stampSign(QPainter& painter, const Mark& mark, Sign sign, const QColor& fill, const QColor& edge,
               const std::function<void(QPainter&)>& paint)
{
    const double reach = mark.radius + 2;
    const StampLook look{stampsOfSigns, static_cast<std::uint32_t>(sign), quarters(mark.radius * 4),
                         fill.isValid() ? fill.rgba() : 0, edge.isValid() ? edge.rgba() : 0};
    drawStamp(painter, look, {mark.x, mark.y}, {-reach, -reach, 2 * reach, 2 * reach}, paint);
}

void paintCheck(QPainter& painter, const Mark& mark, const QColor& stroke)
{
    stampSign(painter, mark, Sign::Check, {}, stroke, [&](QPainter& onto) {
        const double r = mark.radius;
        onto.setPen(QPen(stroke, std::max(1.3, r * 0.24), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        onto.setBrush(Qt::NoBrush);
        const QPointF corners[] = {{-r * 0.42, r * 0.04}, {-r * 0.1, r * 0.36}, {r * 0.44, -r * 0.32}};
        onto.drawPolyline(corners, 3);
    });
}

void paintCross(QPainter& painter, const Mark& mark, const QColor& stroke)
{
    stampSign(painter, mark, Sign::Cross, {}, stroke, [&](QPainter& onto) {
        const double r = mark.radius * 0.36;
        onto.setPen(QPen(stroke, std::max(1.3, mark.radius * 0.24), Qt::SolidLine, Qt::RoundCap));
        onto.drawLine(QPointF(-r, -r), QPointF(r, r));
        onto.drawLine(QPointF(-r, r), QPointF(r, -r));
    });
}

void disc(QPainter& painter, const Mark& mark, const QColor& fill, const QColor& edge = {})
{
    stampSign(painter, mark, Sign::Disc, fill, edge, [&](QPainter& onto) {
        onto.setPen(edge.isValid() ? QPen(edge, 1.6) : QPen(Qt::NoPen));
        onto.setBrush(fill);
        const double r = mark.radius - (edge.isValid() ? 0.8 : 0);
        onto.drawEllipse(QPointF(0, 0), r, r);
    });
}

} // namespace

void paintBar(QPainter& painter, const Bar& bar, const Theme& theme, const QColor& behind)
{
    switch (bar.kind) {
    case SpanKind::Running:
    case SpanKind::Computing:
    case SpanKind::Blocking: paintSolid(painter, bar, theme, behind); break;
    case SpanKind::Ready:
    case SpanKind::WaitingForGil: paintReady(painter, bar, theme); break;
    case SpanKind::Queued: paintQueued(painter, bar, theme, behind); break;
    case SpanKind::Waiting: paintWait(painter, bar, theme); break;
    case SpanKind::Selecting: paintIdle(painter, bar, theme); break;
    case SpanKind::StartingUp: paintStartingUp(painter, bar, theme, behind); break;
    case SpanKind::InFlight:
    case SpanKind::Sending:
        roundedBox(painter, crisp(painter, rectOf(bar.box)), 3,
                   mixed(theme.task(bar.color), behind, theme.name == ThemeName::Print ? 0.0 : 0.25));
        break;
    }
}

void paintBarLabel(QPainter& painter, const Bar& bar, const Theme& theme, const QColor& behind)
{
    if (bar.label_box.width <= 0)
        return;
    const QRectF around = rectOf(bar.label_box);
    const QRectF box = crisp(painter, around); // so that most are alike: see stamp.h
    QColor words = theme.task(bar.color);
    switch (bar.kind) {
    case SpanKind::Waiting:
        if (bar.cancelling)
            words = theme.error;
        if (box.height() < lowestChip) // its edge would cut off what hangs below the letters
            roundedBox(painter, box, 2, behind);
        else
            roundedBox(painter, box, box.height() / 2, behind, words, 1.2);
        break;
    case SpanKind::Running: words = bar.color < 0 ? theme.textStrong : theme.onTask; break;
    case SpanKind::Computing:
    case SpanKind::Blocking:
        roundedBox(painter, box, 3, words);
        words = theme.onTask;
        break;
    case SpanKind::Ready:
    case SpanKind::WaitingForGil:
    case SpanKind::StartingUp:
    case SpanKind::Selecting:
        roundedBox(painter, box, 0, behind);
        words = theme.textMuted;
        break;
    case SpanKind::InFlight: // the words are higher than the line
    case SpanKind::Sending:
    case SpanKind::Queued: roundedBox(painter, box, 2, behind); break;
    }
    drawWords(painter, around, Qt::AlignCenter, textOf(bar.label), codeFont(TextSize::Small), words);
}

void paintMark(QPainter& painter, const Mark& mark, const Theme& theme, const QColor& behind)
{
    switch (mark.kind) {
    case Mark::Kind::Finished:
        disc(painter, mark, theme.task(mark.color));
        paintCheck(painter, mark, behind);
        break;
    case Mark::Kind::Failed:
        disc(painter, mark, theme.error);
        paintCross(painter, mark, behind);
        paintPlatedWords(painter, mark.label_box, mark.label, theme.error, behind);
        break;
    case Mark::Kind::Cancelled: {
        disc(painter, mark, behind, theme.task(mark.color));
        const double r = mark.radius * 0.42;
        painter.fillRect(crisp(painter, {mark.x - r, mark.y - r * 0.45, 2 * r, r * 0.9}), theme.task(mark.color));
        break;
    }
    case Mark::Kind::Note:
        paintPlatedWords(painter, mark.label_box, mark.label, theme.textMuted, behind);
        disc(painter, mark, theme.task(mark.color));
        break;
    case Mark::Kind::NeverAwaited: // a capsule that nobody opened
        if (mark.label_box.width > 0) {
            const double left = std::min(mark.x - 2 * mark.radius, mark.label_box.x) - 3;
            const double right = std::max(mark.x + 2 * mark.radius, mark.label_box.right()) + 5;
            roundedBox(painter, {left, mark.y - capsuleHeight / 2, right - left, capsuleHeight}, capsuleHeight / 2, behind,
                       theme.textMuted, 1);
        }
        disc(painter, mark, behind, theme.textMuted);
        drawWords(painter, rectOf(mark.label_box).adjusted(0, 0, 6, 0), Qt::AlignLeft | Qt::AlignVCenter,
                  textOf(mark.label), codeFont(TextSize::Small), theme.textMuted);
        break;
    case Mark::Kind::LeftBehind: { // cut off: an open end
        disc(painter, mark, behind, theme.textMuted);
        const double r = mark.radius * 0.55;
        painter.setPen(QPen(theme.textMuted, 1.6));
        painter.drawLine(QPointF(mark.x - r, mark.y + r), QPointF(mark.x + r, mark.y - r));
        paintPlatedWords(painter, mark.label_box, mark.label, theme.textMuted, behind);
        break;
    }
    case Mark::Kind::SlowTurn: { // a sign of warning
        const double r = mark.radius;
        const QPointF corners[] = {{mark.x, mark.y - r}, {mark.x + r, mark.y + r * 0.85}, {mark.x - r, mark.y + r * 0.85}};
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.error);
        painter.drawPolygon(corners, 3);
        paintPlatedWords(painter, mark.label_box, mark.label, theme.error, behind);
        break;
    }
    case Mark::Kind::Refused:
        disc(painter, mark, behind, theme.error);
        paintCross(painter, mark, theme.error);
        if (mark.label_box.width > 0) {
            roundedBox(painter, rectOf(mark.label_box).adjusted(-2, 0, 2, 0), 2, faded(behind, 0.85));
            drawWords(painter, rectOf(mark.label_box).adjusted(0, 0, 6, 0), Qt::AlignLeft | Qt::AlignVCenter,
                      textOf(mark.label), codeFont(TextSize::Small), theme.error);
        }
        break;
    case Mark::Kind::Arrived:
        if (mark.label_box.width > 0)
            roundedBox(painter, rectOf(mark.label_box), 2, behind);
        disc(painter, mark, theme.task(mark.color));
        drawWords(painter, rectOf(mark.label_box).adjusted(0, 0, 1, 0), Qt::AlignCenter, textOf(mark.label),
                  codeFont(TextSize::Small), theme.task(mark.color));
        break;
    case Mark::Kind::Remark: // a ring: nothing was printed
        if (mark.label_box.width > 0)
            roundedBox(painter, rectOf(mark.label_box).adjusted(-2, 0, 2, 0), 2, faded(behind, 0.85));
        disc(painter, mark, behind, theme.textMuted);
        drawWords(painter, rectOf(mark.label_box).adjusted(0, 0, 6, 0), Qt::AlignLeft | Qt::AlignVCenter,
                  textOf(mark.label), codeFont(TextSize::Small), theme.textMuted);
        break;
    case Mark::Kind::Due:
        verticalLine(painter, mark.x, mark.y - mark.radius, mark.y + mark.radius, theme.ready, 2);
        break;
    case Mark::Kind::CancelRequest:
        paintCross(painter, mark, theme.error);
        break;
    case Mark::Kind::Error:
        disc(painter, mark, behind, theme.error);
        verticalLine(painter, mark.x, mark.y - mark.radius * 0.5, mark.y + mark.radius * 0.1, theme.error, 1.4);
        verticalLine(painter, mark.x, mark.y + mark.radius * 0.32, mark.y + mark.radius * 0.6, theme.error, 1.4);
        paintPlatedWords(painter, mark.label_box, mark.label, theme.error, behind);
        break;
    }
}

} // namespace loopscope::ui
