#include "ui/challenge_view.h"

#include "ui/breaking_row.h"
#include "ui/paragraph.h"
#include "ui/predictions.h"
#include "ui/style.h"
#include "ui/unbroken.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

QString text(const std::string& words) { return QString::fromStdString(words); }

} // namespace

ChallengeView::ChallengeView(const Store& store, QWidget* parent)
    : QFrame(parent)
    , m_store(store)
    , m_section(new QLabel(this))
    , m_task(new Paragraph(this))
    , m_clauses(new GoalRows(this))
    , m_hint(new Paragraph(this))
    , m_takeaway(new Paragraph(this))
    , m_begin(new QPushButton(tr("Set up"), this))
    , m_showHint(new QPushButton(tr("Hint"), this))
    , m_next(new QPushButton(tr("Next lesson"), this))
    , m_more(new QPushButton(tr("More"), this))
{
    setRole(this, "challenge");
    setAccessibleName(tr("Challenge"));
    setRole(m_section, "section");
    setRole(m_task, "heading");
    setRole(m_hint, "muted");
    setRole(m_takeaway, "plain");
    for (QLabel* words : {m_task, m_hint, m_takeaway})
        words->setTextFormat(Qt::RichText);
    m_clauses->setAccessibleName(tr("Goal"));
    m_takeaway->setAccessibleName(tr("To take home"));
    for (QPushButton* button : {m_begin, m_showHint, m_next, m_more}) {
        setRole(button, "link");
        button->setFocusPolicy(Qt::TabFocus);
    }
    m_more->setToolTip(tr("What to take home from this challenge"));
    m_begin->setToolTip(tr("Set variant and values as the challenge begins"));

    auto* head = new BreakingRow(this);
    head->add(m_section);
    head->addStretch();
    head->add(m_showHint);
    head->add(m_more);
    head->add(m_begin);
    head->add(m_next);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(13, 8, 9, 10);
    column->setSpacing(5);
    column->addWidget(head);
    column->addWidget(m_task);
    column->addWidget(m_clauses);
    column->addWidget(m_hint);
    column->addWidget(m_takeaway);

    connect(m_showHint, &QPushButton::clicked, this, [this] { m_hint->setVisible(!m_hint->isVisible()); });
    connect(m_begin, &QPushButton::clicked, this, [this] {
        if (const Result<Stage> stage = stage_of(m_store.lesson(), m_store.lesson().challenge.begins))
            Q_EMIT stageRequested(m_store.lesson(), *stage, 0);
    });
    connect(m_more, &QPushButton::clicked, this, [this] {
        m_askedForMore = true;
        showTakeaway();
    });
    connect(m_next, &QPushButton::clicked, this, [this] { Q_EMIT lessonRequested(m_store.lessonIndex() + 1); });
    connect(&m_store, &Store::lessonChanged, this, [this] {
        m_hint->hide();
        m_askedForMore = false;
        m_clauses->forgetRoom();
        measureBegin();
    });
    connect(&m_store, &Store::runChanged, this, &ChallengeView::refresh);
    connect(&m_store, &Store::progressChanged, this, &ChallengeView::refresh);
    connect(&m_store, &Store::themeChanged, this, &ChallengeView::refresh);
    connect(&m_store.predictions(), &Predictions::changed, this, &ChallengeView::refresh);
    m_hint->hide();
    measureBegin();
    refresh();
}

// Its words are never squeezed: what changes beside it gives way. A splitter knows no height for width.
void ChallengeView::keepHeight()
{
    const int needed = layout()->totalHeightForWidth(width());
    if (needed > 0 && needed != minimumHeight()) {
        setMinimumHeight(needed);
        Q_EMIT heightChanged();
    }
}

void ChallengeView::setBrief(bool brief)
{
    if (std::exchange(m_brief, brief) != brief)
        showTakeaway();
}

void ChallengeView::showTakeaway()
{
    const bool exists = m_solved && !m_takeaway->text().isEmpty();
    const bool waits = exists && m_brief && !m_askedForMore;
    m_takeaway->setVisible(exists && !waits);
    m_more->setVisible(waits);
    keepHeight();
}

QSize ChallengeView::sizeHint() const
{
    constexpr int narrowest = 200;
    const int asNow = std::max(width(), narrowest);
    return {asNow, layout()->totalHeightForWidth(asNow)};
}

void ChallengeView::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    keepHeight();
}

bool ChallengeView::event(QEvent* event)
{
    const bool handled = QFrame::event(event);
    if (event->type() == QEvent::LayoutRequest)
        keepHeight();
    return handled;
}

void ChallengeView::measureBegin()
{
    m_atBegin.clear();
    m_beginning.reset();
    const Lesson& lesson = m_store.lesson();
    if (lesson.challenge.goal.empty())
        return;
    const Result<Stage> stage = stage_of(lesson, lesson.challenge.begins);
    const Result<Goal> goal = Goal::parse(lesson.challenge.goal);
    if (!stage || !goal)
        return;
    const Measures measures(lesson, run(lesson, *stage->variant, stage->values));
    if (const Result<std::vector<Clause>> clauses = goal->clauses(measures))
        m_atBegin = *clauses;
    m_beginning = *stage;
    m_beginningOf = &lesson;
}

// What has to happen before numbers of the run may be told.
QString ChallengeView::openText(std::size_t questions)
{
    return questions == 1 ? tr("An open question asks for these numbers: answer it first.")
                          : tr("%1 open questions ask for these numbers: answer them first.").arg(questions);
}

// A line for each part of the goal: whether it holds, and what it was worth and is.
std::vector<GoalRow> ChallengeView::clauseRows(bool spoils) const
{
    const Theme& look = themeOf(m_store);
    const auto& clauses = m_store.challenge().clauses;
    const Predictions& predictions = m_store.predictions();
    // The questions of a lesson that is opened are heard of before its beginning is measured.
    const bool hasBegin = m_beginning && m_beginningOf == &m_store.lesson();
    const bool tellsBegin = hasBegin && !predictions.wouldSpoil(*m_beginning->variant, m_beginning->values);
    std::vector<GoalRow> rows;
    for (std::size_t i = 0; i < clauses.size(); ++i) {
        const Clause& clause = clauses[i];
        const Variant* asked = predictions.askedOf(clause, m_store.values());
        const bool tells = !spoils && !asked;
        QString line = text(clause.words).toHtmlEscaped();
        const bool toldBefore = tellsBegin && i < m_atBegin.size() && !predictions.askedOf(clause, m_beginning->values);
        const QString before = toldBefore ? text(m_atBegin[i].worth) : QString();
        const QString now = text(clause.worth);
        QString worth;
        if (asked && !spoils)
            worth = tr("answer the question about “%1” first").arg(text(asked->title));
        else if (tells && !now.isEmpty() && before != now && !before.isEmpty())
            worth = tr("at first %1 · in this run %2").arg(before, now);
        else if (tells && !now.isEmpty() && !clause.holds)
            worth = tr("in this run %1").arg(now);
        if (!worth.isEmpty())
            line += u" <span style=\"color:%1\">— %2</span>"_s.arg(look.textMuted.name(), worth.toHtmlEscaped());
        const bool holds = tells && clause.holds;
        rows.push_back({holds ? u"✓"_s : u"○"_s, holds ? look.ok : look.textMuted, unbroken(line)});
    }
    if (spoils)
        rows.push_back({QString(), look.textMuted, u"<span style=\"color:%1\">%2</span>"_s.arg(
            look.textMuted.name(), openText(m_store.predictions().countSpoiled()))});
    return rows;
}

void ChallengeView::refresh()
{
    const ChallengeState& state = m_store.challenge();
    if (state.exists == isHidden()) {
        setVisible(state.exists);
        Q_EMIT heightChanged();
    }
    if (!state.exists)
        return;
    const Lesson& lesson = m_store.lesson();
    const Challenge& challenge = lesson.challenge;
    const bool spoils = m_store.predictions().wouldSpoil();
    const bool withheld = m_store.predictions().withholds(state.clauses);
    const bool solved = state.holds && !withheld;
    const bool before = m_store.progress().is_solved(lesson.id);
    m_section->setText(solved ? tr("CHALLENGE ✓ SOLVED") : before ? tr("CHALLENGE · solved before") : tr("CHALLENGE"));
    m_task->setText(richText(challenge.task));
    m_hint->setText(richText(challenge.hint));
    m_showHint->setVisible(!challenge.hint.empty() && !solved);
    m_clauses->setRows(state.variantAllowed
                           ? clauseRows(spoils)
                           : std::vector<GoalRow>{{{}, {}, tr("This variant is not part of the challenge; press Set up.")}});
    m_takeaway->setText(lesson.takeaway.empty() ? QString() : richText(lesson.takeaway));
    m_askedForMore = m_askedForMore && solved;
    m_solved = solved;
    showTakeaway();
    m_next->setVisible(solved && m_store.lessonIndex() + 1 < m_store.lessons().size());
    setAccessibleDescription(withheld ? tr("Whether the goal holds is told when the open questions about it are answered.")
                             : solved ? tr("The goal holds.")
                                      : tr("The goal does not hold yet."));
    const QString role = solved ? u"solved"_s : u"challenge"_s;
    if (property("role").toString() != role) {
        setProperty("role", role);
        style()->unpolish(this);
        style()->polish(this);
    }
}

} // namespace loopscope::ui
