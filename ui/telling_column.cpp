#include "ui/telling_column.h"

#include "ui/card_stack.h"
#include "ui/just_now.h"
#include "ui/lesson_foot.h"
#include "ui/loop_game.h"
#include "ui/loop_game_card.h"
#include "ui/output_view.h"
#include "ui/prediction_card.h"
#include "ui/predictions.h"
#include "ui/style.h"

#include <QEvent>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope::ui {
namespace {

constexpr int above = 12;      // the cards
constexpr int between = 10;    // cards and output
constexpr int onlyTabs = 34;

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
    connect(&m_store.game(), &LoopGame::changed, this, [this] {
        const bool on = m_store.game().isOn();
        if (on == (m_gamesNeed > 0))
            return;
        fit();
        QTimer::singleShot(0, this, &TellingColumn::fit);
    });
    // The sentence of another moment may need more; nothing comes back before the question goes.
    connect(m_cards, &CardStack::changed, this, &TellingColumn::tighten);
}

int TellingColumn::needed() const
{
    return above + m_cards->heightForWidth(width()) + between + (m_way == Way::None ? m_parts.output->leastHeight() : onlyTabs);
}

QWidget* TellingColumn::asking() const
{
    if (m_parts.game->isVisibleTo(this))
        return m_parts.game;
    return m_parts.prediction->isVisibleTo(this) && !m_parts.prediction->isFolded() ? m_parts.prediction : nullptr;
}

void TellingColumn::give(Way way)
{
    m_way = way;
    m_parts.justNow->setBrief(way != Way::None);
    m_parts.prediction->setDense(way == Way::Dense);
    m_parts.game->setDense(way == Way::Dense);
    const bool verdict = m_parts.prediction->isVisibleTo(this) && m_parts.prediction->isShort();
    m_parts.foot->setVisible(!m_parts.game->isVisibleTo(this) && !(verdict && way == Way::Dense)); // scores come last
    for (QWidget* part : {static_cast<QWidget*>(m_parts.justNow), static_cast<QWidget*>(m_parts.prediction),
                          static_cast<QWidget*>(m_parts.game)})
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
    const bool gives = m_parts.prediction->isVisibleTo(this) || m_parts.game->isVisibleTo(this);
    while (gives && m_way != Way::Dense && needed() > height())
        give(static_cast<Way>(static_cast<int>(m_way) + 1));
    m_parts.output->setMinimumHeight(m_way == Way::None ? m_parts.output->leastHeight() : onlyTabs);
    QWidget* asks = asking();
    m_gamesNeed = m_parts.game->isVisibleTo(this) ? std::max(m_gamesNeed, needed()) : 0;
    const int wanted = asks ? std::max(needed(), m_gamesNeed) : 0;
    layout()->invalidate();
    layout()->activate(); // now, so that nobody sees them in between
    m_fitting = false;
    Q_EMIT heightWanted(wanted);
    // A verdict away from its moment is about what the sentence says, which stays in view.
    m_cards->showWhole(wanted > height() && !m_parts.prediction->isShort() ? asks : nullptr);
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
