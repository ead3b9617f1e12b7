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

QList<BreakingRow::Line> BreakingRow::lines(int width) const
{
    QList<Line> all;
    for (QWidget* widget : shown()) {
        const QSize size = widget->sizeHint();
        if (all.isEmpty() || all.back().size.width() + gap + size.width() > width)
            all += Line{{widget}, size};
        else {
            Line& line = all.back();
            line.widgets += widget;
            line.size = {line.size.width() + gap + size.width(), std::max(line.size.height(), size.height())};
        }
    }
    return all;
}

int BreakingRow::heightForWidth(int width) const
{
    int height = 0;
    for (const Line& line : lines(width))
        height += line.size.height() + (height > 0 ? gap : 0);
    return height;
}

void BreakingRow::arrange()
{
    const QList<Line> all = lines(width());
    int y = all.size() == 1 ? (height() - all.front().size.height()) / 2 : 0;
    for (const Line& line : all) {
        int x = 0;
        for (QWidget* widget : line.widgets) {
            // The rest of the room lies before those at the right.
            const bool atRight = m_atLeft >= 0 && m_widgets.indexOf(widget) >= m_atLeft;
            const QSize size(std::min(width(), widget->sizeHint().width()), widget->sizeHint().height());
            widget->setGeometry(x + (atRight ? std::max(0, width() - line.size.width()) : 0),
                                y + (line.size.height() - size.height()) / 2, size.width(), size.height());
            x += size.width() + gap;
        }
        y += line.size.height() + gap;
    }
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
