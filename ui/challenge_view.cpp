#include "ui/challenge_view.h"

#include "ui/style.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

// A line for each part of the goal: whether it holds, and what it is worth now.
QString linesOf(const ChallengeState& state, const Theme& look)
{
    QStringList lines;
    for (const Clause& clause : state.clauses) {
        const QString colour = (clause.holds ? look.ok : look.textMuted).name();
        QString line = u"<span style=\"color:%1\">%2</span> <code>%3</code>"_s.arg(
            colour, clause.holds ? u"✓"_s : u"○"_s, QString::fromStdString(clause.text).toHtmlEscaped());
        if (!clause.holds && !clause.found.empty())
            line += u" <span style=\"color:%1\">%2</span>"_s.arg(
                look.textMuted.name(),
                ChallengeView::tr("now %1").arg(QString::fromStdString(clause.found)).toHtmlEscaped());
        lines += line;
    }
    return lines.join(u"<br>"_s);
}

} // namespace

ChallengeView::ChallengeView(const Store& store, QWidget* parent)
    : QFrame(parent)
    , m_store(store)
    , m_section(new QLabel(this))
    , m_task(new QLabel(this))
    , m_clauses(new QLabel(this))
    , m_hint(new QLabel(this))
    , m_begin(new QPushButton(tr("Begin"), this))
    , m_showHint(new QPushButton(tr("Hint"), this))
{
    setRole(this, "side");
    setAccessibleName(tr("Challenge"));
    setRole(m_section, "section");
    setRole(m_task, "plain");
    setRole(m_clauses, "plain");
    setRole(m_hint, "muted");
    for (QLabel* words : {m_task, m_clauses, m_hint}) {
        words->setWordWrap(true);
        words->setTextFormat(Qt::RichText);
    }
    m_clauses->setAccessibleName(tr("Goal"));
    for (QPushButton* button : {m_begin, m_showHint}) {
        setRole(button, "link");
        button->setFocusPolicy(Qt::TabFocus);
    }
    m_begin->setToolTip(tr("Set variant and values as the challenge begins"));

    auto* head = new QHBoxLayout;
    head->addWidget(m_section, 1);
    head->addWidget(m_showHint);
    head->addWidget(m_begin);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 8, 12, 10);
    column->setSpacing(5);
    column->addLayout(head);
    column->addWidget(m_task);
    column->addWidget(m_clauses);
    column->addWidget(m_hint);

    connect(m_showHint, &QPushButton::clicked, this, [this] { m_hint->setVisible(!m_hint->isVisible()); });
    connect(m_begin, &QPushButton::clicked, this, [this] {
        if (const Result<Stage> stage = stage_of(m_store.lesson(), m_store.lesson().challenge.begins))
            Q_EMIT stageRequested(m_store.lesson(), *stage, 0);
    });
    connect(&m_store, &Store::lessonChanged, m_hint, &QWidget::hide);
    connect(&m_store, &Store::runChanged, this, &ChallengeView::refresh);
    connect(&m_store, &Store::progressChanged, this, &ChallengeView::refresh);
    connect(&m_store, &Store::themeChanged, this, &ChallengeView::refresh);
    m_hint->hide();
    refresh();
}

void ChallengeView::refresh()
{
    const ChallengeState& state = m_store.challenge();
    setVisible(state.exists);
    if (!state.exists)
        return;
    const Challenge& challenge = m_store.lesson().challenge;
    m_section->setText(state.holds                                         ? tr("CHALLENGE ✓ SOLVED")
                       : m_store.progress().is_solved(m_store.lesson().id) ? tr("CHALLENGE · solved before")
                                                                           : tr("CHALLENGE"));
    m_task->setText(richText(challenge.task));
    m_hint->setText(richText(challenge.hint));
    m_showHint->setVisible(!challenge.hint.empty());
    m_clauses->setText(state.variantAllowed ? linesOf(state, themeOf(m_store))
                                            : tr("This variant is not part of the challenge; press Begin."));
    setAccessibleDescription(state.holds ? tr("The goal holds.") : tr("The goal does not hold yet."));
}

} // namespace loopscope::ui
