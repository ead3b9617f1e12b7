#include "ui/lane_pins.h"

#include <QPainter>
#include <QPainterPath>

namespace loopscope::ui {

QRectF pinRect(const TimelineScene& scene, const LaneRow& lane)
{
    constexpr double side = 18;
    if (lane.kind != LaneRow::Kind::Task)
        return {};
    return {scene.label_width - side - 5, lane.box.y + (lane.box.height - side) / 2, side, side};
}

void paintPin(QPainter& painter, const QRectF& rect, const Theme& theme, const QColor& behind, bool pinned)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect.adjusted(-4, 0, 4, 0), behind); // a long title ends before it
    const QPointF middle = rect.center();
    QPainterPath head; // a drawing pin, seen from the side
    head.addRoundedRect(QRectF(middle.x() - 3, middle.y() - 6, 6, 5), 1, 1);
    head.moveTo(middle + QPointF(-5, 2.5));
    head.lineTo(middle + QPointF(-3, -1));
    head.lineTo(middle + QPointF(3, -1));
    head.lineTo(middle + QPointF(5, 2.5));
    head.closeSubpath();
    const QColor color = pinned ? theme.accent : theme.textMuted;
    painter.setPen(QPen(color, 1.2));
    painter.setBrush(pinned ? QBrush(color) : QBrush(Qt::NoBrush));
    painter.drawPath(head);
    painter.drawLine(middle + QPointF(0, 2.5), middle + QPointF(0, 7));
    painter.restore();
}

} // namespace loopscope::ui
