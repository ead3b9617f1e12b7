#include "ui/side_column.h"

#include "ui/before_button.h"
#include "ui/card_stack.h"
#include "ui/challenge_view.h"
#include "ui/loop_view.h"
#include "ui/parameters_view.h"
#include "ui/style.h"

#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope::ui {
namespace {

constexpr double loopsPart = 0.37; // of the height, before the parameters have to scroll
constexpr int leastLoop = 110;    // its head, and who runs
constexpr int spare = 18;         // a line that the challenge may come to need: then no slider moves for it

} // namespace

SideColumn::SideColumn(const Parts& parts, QWidget* parent)
    : QSplitter(Qt::Vertical, parent)
    , m_parts(parts)
    , m_challengeRoom(new CardStack(this))
{
    setRole(this, "side");
    setHandleWidth(1);
    setChildrenCollapsible(false);
    setMinimumWidth(230);
    auto* whatIf = new QWidget(this);
    setRole(whatIf, "side");
    auto* column = new QVBoxLayout(whatIf);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_challengeRoom->add(m_parts.challenge);
    column->addWidget(m_parts.parameters, 1);
    column->addWidget(m_parts.before);
    column->addWidget(m_challengeRoom);
    column->addSpacing(12);
    addWidget(m_parts.loop);
    addWidget(whatIf);
    m_parts.loop->setMinimumHeight(leastLoop);
    connect(m_parts.challenge, &ChallengeView::heightChanged, this, &SideColumn::adjust);
    connect(m_parts.before, &BeforeButton::shownChanged, this, qOverload<>(&SideColumn::share));
    connect(m_parts.loop, &LoopView::shownChanged, this, qOverload<>(&SideColumn::share));
    connect(m_parts.parameters, &ParametersView::rowsChanged, this, [this] {
        QTimer::singleShot(0, this, qOverload<>(&SideColumn::share)); // when the challenge knows its words, too
    });
    connect(this, &QSplitter::splitterMoved, this, [this] {
        m_byHand = true;
        share();
    });
}

void SideColumn::share()
{
    share(m_byHand ? sizes()[1] : 0, false);
}

void SideColumn::adjust()
{
    share(sizes()[1], true);
}

// `wanted` is the height of the lower part; 0 for what it needs. With `keepRows`, sliders stay beside or
// below their labels as they are.
void SideColumn::share(int wanted, bool keepRows)
{
    if (m_sharing || height() == 0)
        return;
    m_sharing = true;
    const ParametersView& parameters = *m_parts.parameters;
    const bool alone = m_parts.loop->isHidden();
    const int challenge = m_parts.challenge->isHidden() ? 0 : m_challengeRoom->heightForWidth(width());
    const int before = m_parts.before->isHidden() ? 0 : m_parts.before->sizeHint().height();
    const int others = challenge + before + 12;
    const int most = alone ? height() : std::max(height() - leastLoop, 0);
    const int fair = alone ? height() : std::min(most, static_cast<int>(height() * (1 - loopsPart)));
    int whatIf = alone ? height() : wanted;
    const bool compact = keepRows && wanted > 0 ? parameters.isCompact() : parameters.fullHeight(false) + others > std::max(fair, whatIf);
    m_parts.parameters->setCompact(compact);
    if (whatIf == 0)
        whatIf = std::min(parameters.fullHeight(compact) + others + spare, fair);
    // A few rows and the whole challenge are worth more than the lower places of the loop.
    const int least = std::min(parameters.leastHeight(compact), parameters.fullHeight(compact)) + others;
    whatIf = std::clamp(whatIf, std::min(least, most), std::max(most, 1));
    m_challengeRoom->setVisible(challenge > 0);
    m_challengeRoom->setFixedHeight(std::clamp(challenge, 0, std::max(0, whatIf - before - 12 - parameters.leastHeight(compact) / 2)));
    if (!alone)
        setSizes({height() - whatIf - handleWidth(), whatIf});
    m_sharing = false;
}

void SideColumn::resizeEvent(QResizeEvent* event)
{
    QSplitter::resizeEvent(event);
    share();
}

} // namespace loopscope::ui
