#include "ui/card_stack.h"

#include "ui/style.h"

#include <QEvent>
#include <QVBoxLayout>

namespace loopscope::ui {

CardStack::CardStack(QWidget* parent)
    : QScrollArea(parent)
    , m_column(nullptr)
{
    auto* page = new QWidget(this);
    setRole(page, "side");
    m_column = new QVBoxLayout(page);
    m_column->setContentsMargins(14, 0, 14, 0);
    m_column->setSpacing(8);
    setWidget(page);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    page->installEventFilter(this);
}

void CardStack::add(QWidget* card)
{
    m_column->addWidget(card);
}

int CardStack::heightForWidth(int width) const
{
    return m_column->hasHeightForWidth() ? m_column->totalHeightForWidth(width) : m_column->totalSizeHint().height();
}

QSize CardStack::sizeHint() const
{
    return {300, heightForWidth(width() > 0 ? width() : 300)};
}

bool CardStack::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::LayoutRequest)
        updateGeometry(); // a card came, went or grew
    return QScrollArea::eventFilter(watched, event);
}

} // namespace loopscope::ui
