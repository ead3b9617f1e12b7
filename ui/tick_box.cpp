#include "ui/tick_box.h"

#include <QPainter>
#include <QStyle>
#include <QStyleOptionButton>

namespace loopscope::ui {

void TickBox::paintEvent(QPaintEvent* event)
{
    QCheckBox::paintEvent(event);
    if (!isChecked())
        return;
    QStyleOptionButton option;
    initStyleOption(&option);
    const QPointF at = QRectF(style()->subElementRect(QStyle::SE_CheckBoxIndicator, &option, this)).center();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(palette().color(QPalette::HighlightedText), 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(QPolygonF{at + QPointF(-4, 0), at + QPointF(-1, 3), at + QPointF(4.2, -3.6)});
}

} // namespace loopscope::ui
