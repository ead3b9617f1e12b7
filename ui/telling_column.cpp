#include "ui/telling_column.h"

#include "ui/card_stack.h"
#include "ui/just_now.h"
#include "ui/lesson_foot.h"
#include "ui/loop_game_card.h"
#include "ui/output_view.h"
#include "ui/prediction_card.h"
#include "ui/predictions.h"
#include "ui/style.h"

#include <QEvent>
#include <QTimer>
#include <QVBoxLayout>

namespace loopscope::ui {
namespace {

constexpr int above = 12;      // the cards
constexpr int between = 10;    // cards and output
constexpr int onlyTabs = 34;
constexpr int below = 10; // the cards, when the output is gone

} // namespace

TellingColumn::TellingColumn(const Store& store, const Parts& parts, QWidget* parent)
    : QWidget(parent)
    , m_store(store)
    , m_parts(parts)
    , m_cards(new CardStack(this))
{
    setRole(this, "side");
    setMinimumWidth(310); // the names of the output's tabs
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, above, 0, 0);
    column->setSpacing(between);
    for (QWidget* card : {static_cast<QWidget*>(m_parts.justNow), static_cast<QWidget*>(m_parts.prediction),
                          static_cast<QWidget*>(m_parts.game), static_cast<QWidget*>(m_parts.foot)})
        m_cards->add(card);
    column->addWidget(m_cards);
    m_parts.output->setMinimumHeight(m_parts.output->leastHeight()); // what a card asks comes before what was printed,
    m_parts.output->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Ignored); // which has what is left
    column->addWidget(m_parts.output, 1);
    connect(m_parts.output, &OutputView::leastHeightChanged, this, &TellingColumn::fit);
    connect(m_parts.prediction, &PredictionCard::shownChanged, this, [this] {
        fit();
        QTimer::singleShot(0, this, &TellingColumn::fit); // what is new in the card counts when it has been shown
    });
    connect(&m_store.predictions(), &Predictions::changed, this, &TellingColumn::fit);
    // The sentence of another moment may need more; nothing comes back before the question goes.
    connect(m_cards, &CardStack::changed, this, &TellingColumn::tighten);
}

int TellingColumn::needed() const
{
    const int output = m_way == Way::None ? between + m_parts.output->leastHeight() : m_way == Way::All ? below : between + onlyTabs;
    return above + m_cards->heightForWidth(width()) + output;
}

void TellingColumn::give(Way way)
{
    m_way = way;
    m_parts.justNow->setBrief(way != Way::None);
    m_parts.prediction->setDense(way >= Way::Dense);
    m_parts.foot->setVisible(way < Way::Dense);
    for (QWidget* part : {static_cast<QWidget*>(m_parts.justNow), static_cast<QWidget*>(m_parts.prediction)})
        part->updateGeometry(); // or the stack would go by the heights of before
}

void TellingColumn::fit()
{
    if (m_fitting || !isVisible())
        return;
    m_fitting = true;
    give(Way::None);
    m_fitting = false;
    tighten();
}

void TellingColumn::tighten()
{
    if (m_fitting || !isVisible())
        return;
    m_fitting = true;
    const bool asks = m_parts.prediction->isVisibleTo(this);
    while (asks && m_way != Way::All && needed() > height())
        give(static_cast<Way>(static_cast<int>(m_way) + 1));
    m_parts.output->setMinimumHeight(m_way == Way::None ? m_parts.output->leastHeight() : onlyTabs);
    m_parts.output->setVisible(m_way != Way::All);
    const int wanted = asks ? needed() : 0;
    layout()->invalidate();
    layout()->activate(); // now, so that nobody sees them in between
    m_fitting = false;
    Q_EMIT heightWanted(wanted);
    m_cards->showFromTop(wanted > height() ? m_parts.prediction : nullptr);
}

void TellingColumn::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
}

bool TellingColumn::event(QEvent* event)
{
    const bool handled = QWidget::event(event);
    if (event->type() == QEvent::ShowToParent || event->type() == QEvent::Show)
        fit();
    return handled;
}

} // namespace loopscope::ui
