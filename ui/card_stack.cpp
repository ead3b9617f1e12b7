#include "ui/card_stack.h"

#include "ui/style.h"

#include <QEvent>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope::ui {
namespace {

constexpr int mostTurns = 4;

} // namespace

CardStack::CardStack(QWidget* parent)
    : QScrollArea(parent)
    , m_column(nullptr)
{
    auto* page = new QWidget(this);
    setRole(page, "side");
    m_column = new QVBoxLayout(page);
    m_column->setContentsMargins(14, 0, 14, 0);
    m_column->setSpacing(8);
    m_column->addStretch(1); // room that no card needs is left below them
    setWidget(page);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    page->installEventFilter(this);
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, [this] { showWhole(m_whole); });
}

void CardStack::add(QWidget* card)
{
    m_column->insertWidget(m_column->count() - 1, card);
}

void CardStack::showWhole(QWidget* card)
{
    m_whole = card;
    if (card)
        verticalScrollBar()->setValue(std::min(card->y(), card->geometry().bottom() + 1 - viewport()->height()));
}

// Whether there is a bar must not hang on whether there was one: cards that it makes narrower may be too high
// only for that.
void CardStack::decideBar()
{
    setVerticalScrollBarPolicy(heightForWidth(width()) <= height() ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
}

void CardStack::resizeEvent(QResizeEvent* event)
{
    decideBar();
    QScrollArea::resizeEvent(event);
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
    if (event->type() == QEvent::LayoutRequest) {
        updateGeometry(); // a card came, went or grew
        decideBar();
        Q_EMIT changed();
    }
    if (event->type() != QEvent::Resize)
        return QScrollArea::eventFilter(watched, event);
    // QScrollArea answers each size of the page with the next. Where cards are as high as the room that they are
    // given, two sizes may lead to each other, and it would never return.
    if (m_turns >= mostTurns)
        return false;
    ++m_turns;
    const bool handled = QScrollArea::eventFilter(watched, event);
    --m_turns;
    return handled;
}

} // namespace loopscope::ui
