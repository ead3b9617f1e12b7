#include "ui/paint_tools.h"

#include "ui/shaped_text.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace loopscope::ui {

QColor faded(QColor color, double opacity)
{
    color.setAlphaF(static_cast<float>(color.alphaF() * opacity));
    return color;
}

QRectF crisp(const QPainter& painter, const QRectF& rect)
{
    const QTransform& to = painter.deviceTransform();
    if (to.type() > QTransform::TxScale || to.m11() <= 0 || to.m22() <= 0)
        return rect;
    const auto snap = [](double a, double b, double scale, double offset) {
        const double low = std::round(a * scale + offset);
        const double high = std::max(low + 1, std::round(b * scale + offset));
        return std::pair{(low - offset) / scale, (high - offset) / scale};
    };
    const auto [left, right] = snap(rect.left(), rect.right(), to.m11(), to.dx());
    const auto [top, bottom] = snap(rect.top(), rect.bottom(), to.m22(), to.dy());
    return {QPointF(left, top), QPointF(right, bottom)};
}

void verticalLine(QPainter& painter, double x, double top, double bottom, const QColor& color, double width)
{
    painter.fillRect(crisp(painter, {x - width / 2, top, width, bottom - top}), color);
}

void horizontalLine(QPainter& painter, double y, double left, double right, const QColor& color, double width)
{
    painter.fillRect(crisp(painter, {left, y - width / 2, right - left, width}), color);
}

void hatch(QPainter& painter, const QRectF& rect, const QColor& color, double pitch, double width)
{
    painter.setPen(QPen(color, width, Qt::SolidLine, Qt::FlatCap));
    const double height = rect.height();
    // The strokes hang on the picture, not on the rectangle, so that neighbours fit together.
    const double first = std::ceil((rect.left() - height) / pitch) * pitch;
    for (double foot = first; foot < rect.right(); foot += pitch) {
        const double left = std::max(rect.left(), foot);
        const double right = std::min(rect.right(), foot + height);
        if (right - left < 0.5)
            continue;
        painter.drawLine(QPointF(left, rect.bottom() - (left - foot)), QPointF(right, rect.bottom() - (right - foot)));
    }
}

void roundedBox(QPainter& painter, const QRectF& rect, double radius, const QColor& fill, const QColor& edge, double edgeWidth)
{
    const bool hasEdge = edge.isValid();
    painter.setPen(hasEdge ? QPen(edge, edgeWidth) : QPen(Qt::NoPen));
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    // The edge lies inside the rectangle.
    const double inset = hasEdge ? edgeWidth / 2 : 0;
    const QRectF inner = rect.adjusted(inset, inset, -inset, -inset);
    const double r = std::min({radius, inner.width() / 2, inner.height() / 2});
    if (r < 0.75)
        painter.drawRect(inner);
    else
        painter.drawRoundedRect(inner, r, r);
}

double widthOf(const QString& text, const QFont& font) { return shapedText(text, font).width(); }

void drawWords(QPainter& painter, const QRectF& rect, Qt::Alignment alignment, const QString& text, const QFont& font,
               const QColor& color)
{
    if (text.isEmpty() || rect.width() <= 0)
        return;
    const QFontMetricsF metrics(font);
    const QString shown = elidedText(text, font, Qt::ElideRight, rect.width() + 0.5);
    if (shown == QStringLiteral("…") && text.size() > 1)
        return;
    double x = rect.left();
    const ShapedText shaped = shapedText(shown, font);
    const double width = shaped.width();
    if (alignment & Qt::AlignRight)
        x = rect.right() - width;
    else if (alignment & Qt::AlignHCenter)
        x = rect.left() + (rect.width() - width) / 2;
    // Capitals rather than the whole line are centred: that is what the eye sees as the middle.
    double baseline = rect.top() + metrics.ascent();
    if (alignment & Qt::AlignVCenter)
        baseline = rect.center().y() + metrics.capHeight() / 2;
    else if (alignment & Qt::AlignBottom)
        baseline = rect.bottom() - metrics.descent();
    painter.setPen(color);
    shaped.draw(painter, QPointF(x, baseline));
}

bool drawWhenEmpty(QPainter& painter, const QRect& room, const QString& sentence)
{
    constexpr int flags = Qt::AlignTop | Qt::AlignLeft | Qt::TextWordWrap;
    const QFont font = wordFont(TextSize::Normal);
    const QFontMetrics metrics(font);
    const bool fits = metrics.boundingRect(QRect(0, 0, room.width(), 10'000), flags, sentence).height() <= room.height();
    painter.setFont(font);
    painter.drawText(room, fits ? flags : flags & ~Qt::TextWordWrap,
                     fits ? sentence : metrics.elidedText(sentence, Qt::ElideRight, room.width()));
    return !fits;
}

void paintPlatedWords(QPainter& painter, const Box& box, const std::string& words, const QColor& color, const QColor& behind)
{
    if (box.width <= 0)
        return;
    roundedBox(painter, rectOf(box).adjusted(-2, 0, 2, 0), 2, faded(behind, 0.9));
    drawWords(painter, rectOf(box).adjusted(0, 0, 6, 0), Qt::AlignLeft | Qt::AlignVCenter, textOf(words),
              codeFont(TextSize::Small), color);
}

} // namespace loopscope::ui
