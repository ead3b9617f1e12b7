#include "ui/focus_ring.h"

#include "ui/style.h"

#include <QFocusEvent>
#include <QPainter>

namespace loopscope::ui {

FocusRing::FocusRing(const Store& store, QWidget& area)
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
        const bool comesBack = reason == Qt::ActiveWindowFocusReason || reason == Qt::PopupFocusReason;
        m_byTab = comesBack ? m_byTab : reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason;
        setGeometry(m_area.rect());
        setVisible(m_byTab);
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
