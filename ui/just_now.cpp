#include "ui/just_now.h"

#include "core/trace/explain.h"

#include "ui/chain_bar.h"
#include "ui/controls.h"
#include "ui/loop_game.h"
#include "ui/marks_text.h"
#include "ui/paragraph.h"
#include "ui/style.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QResizeEvent>
#include <QStyle>
#include <QVBoxLayout>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int lowest = 132;

/// Sets the role of a widget that may be shown already, and looks at it anew if it is another one.
void setRoleLive(QWidget* widget, const char* role)
{
    if (widget->property("role").toString() == QLatin1String(role))
        return;
    setRole(widget, role);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

} // namespace

JustNow::JustNow(const Store& store, QWidget* parent)
    : QFrame(parent)
    , m_store(store)
    , m_section(new QLabel(this))
    , m_headline(new ElidedLabel(this))
    , m_sentence(new Paragraph(this))
    , m_remark(new Paragraph(this))
    , m_stopped(new Paragraph(this))
    , m_context(new Paragraph(this))
    , m_chain(new ChainBar(store, this))
{
    setRole(this, "just-now"); // while the program does not fail
    setAccessibleName(tr("Just now"));
    setRole(m_section, "section");
    setRole(m_headline, "headline");
    setRole(m_sentence, "sentence");
    setRole(m_remark, "remark");
    setRole(m_context, "muted");
    m_headline->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    setRole(m_stopped, "stopped");
    m_stopped->setAccessibleName(tr("Why it stopped"));
    for (QLabel* words : {m_sentence, m_remark, m_stopped, m_context}) {
        words->setAlignment(Qt::AlignTop | Qt::AlignLeft);
        words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }

    auto* head = new QHBoxLayout;
    head->addWidget(m_section);
    head->addWidget(m_headline, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(14, 11, 14, 11);
    column->setSpacing(7);
    column->addLayout(head);
    column->addWidget(m_stopped);
    column->addWidget(m_sentence);
    column->addWidget(m_remark);
    column->addWidget(m_context);
    column->addWidget(m_chain);
    column->addStretch(1);

    connect(m_chain, &ChainBar::seekRequested, this, &JustNow::seekRequested);
    connect(&m_store, &Store::runChanged, this, [this] {
        setMinimumHeight(leastHeight());
        refresh();
    });
    connect(&m_store, &Store::languageChanged, this, &JustNow::refresh);
    connect(&m_store, &Store::stepChanged, this, &JustNow::refresh);
    connect(&m_store.game(), &LoopGame::changed, this, &JustNow::refresh);
    setMinimumHeight(leastHeight());
    refresh();
}

int JustNow::leastHeight() const
{
    return m_brief ? 0 : lowest;
}

void JustNow::refresh()
{
    if (m_store.mode() != Mode::Run)
        return;
    QStringList remarks;
    const bool asked = m_store.game().outlook() == Outlook::LeftOut; // a remark may say what is next
    for (const PlacedRemark& remark : m_store.remarks())
        if (remark.step + 1 == m_store.step() && !asked)
            remarks += QString::fromStdString(remark.text);
    m_remark->setText(richText(remarks.join(u' ').toStdString()));
    m_remark->setVisible(!remarks.isEmpty());
    m_stopped->setText(stoppedText(m_store, m_store.code()));
    m_stopped->setVisible(!m_stopped->text().isEmpty());
    const Run& run = m_store.run().run;
    const bool ends = m_store.step() > 0 && m_store.step() == m_store.lastStep();
    const bool fails = ends && run.outcome.kind != Outcome::Kind::Result;
    const bool stuck = ends && std::holds_alternative<LoopStuck>(m_store.trace()[m_store.step() - 1].fact);
    if (fails && !stuck) { // that comes first; a deadlock is what the sentence itself is about
        m_stopped->setText(tr("The program %1.").arg(QString::fromStdString(describe(run))));
        m_stopped->show();
    }
    setRoleLive(this, fails ? "just-now-failed" : "just-now");
    std::string told;
    if (m_store.step() == 0) {
        m_section->setText(tr("THE QUESTION"));
        m_headline->setFullText(QString::fromStdString(m_store.variant().title));
        const std::string& question = m_store.lesson().question;
        told = question.empty() ? tr("What happened in this run?").toStdString() : question;
        m_context->setText(m_store.trace().empty() ? tr("There is nothing to show: this run recorded no event.")
                           : m_store.recording() // all of it has happened, whether it was looked at or not
                               ? tr("This is the beginning of a recording. Press → to take the first step, Space to play.")
                           : m_store.reached() > 0
                               ? tr("Back at the start. → steps again, Space plays; what you have seen stays pale.")
                               : tr("Nothing has run yet. Press → to take the first step, Space to play."));
    } else {
        const Explanation explanation = m_store.told();
        m_section->setText(tr("JUST NOW"));
        m_headline->setFullText(QString::fromStdString(explanation.headline));
        told = explanation.sentence;
        m_context->setText(stuck ? QString() : QString::fromStdString(explanation.context)); // the sentence names them
    }
    m_context->setVisible(!m_context->text().isEmpty() && !m_brief);
    m_remark->setVisible(!remarks.isEmpty());
    m_chain->setAway(m_brief);
    setAccessibleDescription(plainText(told));
    m_sentence->setText(richText(told));
    grow();
}

void JustNow::setBrief(bool brief)
{
    if (brief == m_brief)
        return;
    m_brief = brief;
    setMinimumHeight(leastHeight());
    refresh();
}

void JustNow::grow()
{
    const int needed = layout()->heightForWidth(width());
    if (needed > minimumHeight())
        setMinimumHeight(needed);
}

void JustNow::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    if (event->size().width() != event->oldSize().width()) {
        setMinimumHeight(leastHeight());
        grow();
    }
}

} // namespace loopscope::ui
