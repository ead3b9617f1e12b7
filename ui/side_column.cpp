#include "ui/side_column.h"

#include "ui/before_button.h"
#include "ui/card_stack.h"
#include "ui/challenge_view.h"
#include "ui/loop_view.h"
#include "ui/parameters_view.h"
#include "ui/style.h"

#include <QGuiApplication>
#include <QEvent>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope::ui {
namespace {

constexpr double loopsPart = 0.37; // of the height, before the parameters have to scroll
constexpr int leastLoop = 172;    // its head, who runs, and who is ready
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
        QTimer::singleShot(0, this, [this] { // when the challenge knows its words, too
            m_parts.parameters->underMouse() ? adjust() : share();
        });
    });
    m_parts.parameters->installEventFilter(this);
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
    // What a hand is about to press must not run away from it.
    const bool holds = QGuiApplication::mouseButtons() != Qt::NoButton || m_parts.parameters->underMouse();
    share(holds || m_byHand ? sizes()[1] : 0, holds);
}

// `wanted` is the height of the lower part; 0 for what it needs. With `keepRows`, sliders stay beside or
// below their labels as they are.
void SideColumn::share(int wanted, bool keepRows)
{
    if (m_sharing || height() == 0)
        return;
    m_sharing = true;
    ParametersView& parameters = *m_parts.parameters;
    const bool alone = m_parts.loop->isHidden();
    const int before = m_parts.before->isHidden() ? 0 : m_parts.before->layout()->totalHeightForWidth(width());
    const int others = before + 12;
    const int most = alone ? height() : std::max(height() - leastLoop, 0);
    const int fair = alone ? height() : std::min(most, static_cast<int>(height() * (1 - loopsPart)));
    const int room = std::max(fair, wanted);

    m_parts.challenge->setBrief(false);
    const int all = challengeHeight();
    m_parts.challenge->setBrief(parameters.fullHeight(true) + all + others > room);
    const int challenge = challengeHeight();
    const bool compact = keepRows && wanted > 0 ? parameters.isCompact() : parameters.fullHeight(false) + challenge + others > room;
    parameters.setCompact(compact);

    // A few rows and the whole goal are worth more than the lower places of the loop.
    const int full = parameters.fullHeight(compact);
    const int least = std::min(parameters.leastHeight(compact), full) + challenge + others;
    int whatIf = alone ? height() : wanted > 0 ? wanted : std::min(full + challenge + others + spare, fair);
    whatIf = std::clamp(whatIf, std::min(least, most), std::max(most, 1));
    const int forChallenge = std::clamp(whatIf - others - std::min(parameters.leastHeight(compact), full), 0, challenge);
    if (!alone && wanted == 0 && whatIf - others - forChallenge < full)
        whatIf = std::min(most, parameters.wholeRows(whatIf - others - forChallenge) + others + forChallenge);
    m_challengeRoom->setVisible(challenge > 0);
    m_challengeRoom->setFixedHeight(forChallenge);
    if (!alone)
        setSizes({height() - whatIf - handleWidth(), whatIf});
    m_sharing = false;
}

int SideColumn::challengeHeight() const
{
    return m_parts.challenge->isHidden() ? 0 : m_challengeRoom->heightForWidth(width());
}

bool SideColumn::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Leave)
        QTimer::singleShot(0, this, &SideColumn::adjust); // what was held for the hand
    return QSplitter::eventFilter(watched, event);
}

void SideColumn::resizeEvent(QResizeEvent* event)
{
    QSplitter::resizeEvent(event);
    share();
}

} // namespace loopscope::ui
