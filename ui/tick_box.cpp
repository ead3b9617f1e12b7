#include "ui/tick_box.h"

#include <QGuiApplication>
#include <QPainter>
#include <QStyle>
#include <QStyleOptionButton>

namespace loopscope::ui {
namespace {

void drawTick(QPainter& painter, QPointF at, const QColor& color)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(QPolygonF{at + QPointF(-4, 0), at + QPointF(-1, 3), at + QPointF(4.2, -3.6)});
}

} // namespace

void TickBox::paintEvent(QPaintEvent* event)
{
    QCheckBox::paintEvent(event);
    if (!isChecked())
        return;
    QStyleOptionButton option;
    initStyleOption(&option);
    const QPointF at = QRectF(style()->subElementRect(QStyle::SE_CheckBoxIndicator, &option, this)).center();
    QPainter painter(this);
    drawTick(painter, at, palette().color(QPalette::HighlightedText));
}

void TickDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem drawn = option;
    drawn.state &= ~QStyle::State_HasFocus;
    QStyledItemDelegate::paint(painter, drawn, index);
    initStyleOption(&drawn, index);
    if (drawn.checkState != Qt::Checked || !drawn.widget)
        return;
    painter->save();
    const QRectF box = drawn.widget->style()->subElementRect(QStyle::SE_ItemViewItemCheckIndicator, &drawn, drawn.widget);
    drawTick(*painter, box.center(), QGuiApplication::palette().color(QPalette::HighlightedText));
    painter->restore();
}

} // namespace loopscope::ui
