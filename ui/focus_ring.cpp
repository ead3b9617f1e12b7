#include "ui/focus_ring.h"

#include "ui/style.h"

#include <QAbstractScrollArea>
#include <QFocusEvent>
#include <QPainter>

namespace loopscope::ui {

FocusRing::FocusRing(const Store& store, QAbstractScrollArea& area)
    : QWidget(&area)
    , m_store(store)
    , m_area(area)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
    area.installEventFilter(this);
}

bool FocusRing::eventFilter(QObject*, QEvent* event)
{
    if (event->type() == QEvent::FocusIn) {
        const Qt::FocusReason reason = static_cast<QFocusEvent*>(event)->reason();
        setGeometry(m_area.rect());
        setVisible(reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason);
        raise();
    } else if (event->type() == QEvent::FocusOut) {
        hide();
    } else if (event->type() == QEvent::Resize) {
        setGeometry(m_area.rect());
    }
    return false;
}

void FocusRing::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setPen(QPen(themeOf(m_store).accent, 2));
    painter.drawRect(rect().adjusted(1, 1, -1, -1));
}

} // namespace loopscope::ui
