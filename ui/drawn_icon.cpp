#include "ui/drawn_icon.h"

#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace loopscope::ui {
namespace {

class DrawnEngine final : public QIconEngine {
public:
    DrawnEngine(IconDrawing draw, const QColor& color, const QColor& disabled)
        : m_draw(draw)
        , m_color(color)
        , m_disabled(disabled)
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->translate(rect.topLeft());
        const double scale = std::min(rect.width(), rect.height()) / 16.0;
        painter->scale(scale, scale);
        const QColor color = mode == QIcon::Disabled ? m_disabled : m_color;
        painter->setPen(Qt::NoPen);
        painter->setBrush(color);
        m_draw(*painter, color);
        painter->restore();
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }

    QIconEngine* clone() const override { return new DrawnEngine(*this); }

private:
    IconDrawing m_draw;
    QColor m_color;
    QColor m_disabled;
};

/// An arrow that turns back to the left.
void drawTurn(QPainter& painter, const QColor& color)
{
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    QPainterPath way(QPointF(3, 6));
    way.lineTo(9.5, 6);
    way.arcTo(QRectF(6, 6, 7, 7), 90, -180);
    way.lineTo(6, 13);
    painter.drawPath(way);
    QPainterPath tip(QPointF(6, 3));
    tip.lineTo(3, 6);
    tip.lineTo(6, 9);
    painter.drawPath(tip);
}

} // namespace

QIcon drawnIcon(IconDrawing draw, const QColor& color, const QColor& disabled)
{
    return QIcon(new DrawnEngine(draw, color, disabled));
}

void drawStops(QPainter& painter, const QColor& color)
{
    // The dot of a gutter, and the lines beside it.
    painter.drawEllipse(QPointF(4.5, 8), 3.2, 3.2);
    painter.setPen(QPen(color, 1.6, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(10, 4), QPointF(14, 4));
    painter.drawLine(QPointF(10, 8), QPointF(14, 8));
    painter.drawLine(QPointF(10, 12), QPointF(14, 12));
}

void drawFlag(QPainter& painter, const QColor& color)
{
    painter.drawRoundedRect(QRectF(3, 2, 1.8, 12.5), 0.9, 0.9);
    const QPointF flag[] = {{4, 2.5}, {13.5, 2.5}, {11, 5.75}, {13.5, 9}, {4, 9}};
    painter.setPen(QPen(color, 0.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolygon(flag, 5);
}

void drawSave(QPainter& painter, const QColor& color)
{
    // An arrow down into a tray.
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawLine(QPointF(8, 2.5), QPointF(8, 9.5));
    const QPointF tip[] = {{5, 6.8}, {8, 9.8}, {11, 6.8}};
    painter.drawPolyline(tip, 3);
    const QPointF tray[] = {{2.5, 10.5}, {2.5, 13.5}, {13.5, 13.5}, {13.5, 10.5}};
    painter.drawPolyline(tray, 4);
}

void drawUndo(QPainter& painter, const QColor& color)
{
    drawTurn(painter, color);
}

void drawRedo(QPainter& painter, const QColor& color)
{
    painter.translate(16, 0);
    painter.scale(-1, 1);
    drawTurn(painter, color);
}

} // namespace loopscope::ui
