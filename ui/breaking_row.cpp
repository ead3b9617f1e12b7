#include "ui/breaking_row.h"

#include <QEvent>

#include <algorithm>

namespace loopscope::ui {
namespace {

constexpr int gap = 6;

} // namespace

BreakingRow::BreakingRow(QWidget* parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void BreakingRow::add(QWidget* widget)
{
    widget->setParent(this);
    widget->show();
    m_widgets += widget;
    updateGeometry();
}

QList<QWidget*> BreakingRow::shown() const
{
    QList<QWidget*> widgets = m_widgets;
    widgets.removeIf([](const QWidget* widget) { return widget->isHidden(); });
    return widgets;
}

QSize BreakingRow::sizeHint() const
{
    QSize size;
    for (const QWidget* widget : shown()) {
        const QSize its = widget->sizeHint();
        size = {size.width() + its.width() + (size.width() > 0 ? gap : 0), std::max(size.height(), its.height())};
    }
    return size;
}

QSize BreakingRow::minimumSizeHint() const
{
    int widest = 0;
    for (const QWidget* widget : shown())
        widest = std::max(widest, widget->sizeHint().width());
    return {widest, sizeHint().height()};
}

int BreakingRow::heightForWidth(int width) const
{
    const QSize row = sizeHint();
    if (row.width() <= width)
        return row.height();
    int height = 0;
    for (const QWidget* widget : shown())
        height += widget->sizeHint().height() + (height > 0 ? gap : 0);
    return height;
}

void BreakingRow::arrange()
{
    const QList<QWidget*> widgets = shown();
    const int wanted = sizeHint().width();
    if (wanted > width()) {
        int y = 0;
        for (QWidget* widget : widgets) {
            const QSize size = widget->sizeHint();
            widget->setGeometry(0, y, std::min(width(), size.width()), size.height());
            y += size.height() + gap;
        }
        return;
    }
    int x = 0;
    for (QWidget* widget : widgets) {
        const QSize size = widget->sizeHint();
        widget->setGeometry(x, (height() - size.height()) / 2, size.width(), size.height());
        x += size.width() + gap;
    }
    if (m_atLeft < 0)
        return;
    for (QWidget* widget : widgets) // the rest of the room lies before those at the right
        if (m_widgets.indexOf(widget) >= m_atLeft)
            widget->move(widget->x() + width() - wanted, widget->y());
}

void BreakingRow::resizeEvent(QResizeEvent*) { arrange(); }

bool BreakingRow::event(QEvent* event)
{
    const bool handled = QWidget::event(event);
    // A word changed, or one of them came or went; nobody says so while the row is hidden.
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Polish || event->type() == QEvent::Show) {
        updateGeometry();
        arrange();
    }
    return handled;
}

} // namespace loopscope::ui
