#include "ui/just_now.h"

#include "core/trace/explain.h"

#include "ui/chain_bar.h"
#include "ui/controls.h"
#include "ui/marks_text.h"
#include "ui/paragraph.h"
#include "ui/style.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QRegularExpression>
#include <QResizeEvent>
#include <QVBoxLayout>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int lowest = 132;

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
    setRole(this, "just-now");
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
        setMinimumHeight(lowest);
        refresh();
    });
    connect(&m_store, &Store::languageChanged, this, &JustNow::refresh);
    connect(&m_store, &Store::stepChanged, this, &JustNow::refresh);
    setMinimumHeight(lowest);
    refresh();
}

void JustNow::refresh()
{
    if (m_store.mode() != Mode::Run)
        return;
    QStringList remarks;
    for (const PlacedRemark& remark : m_store.remarks())
        if (remark.step + 1 == m_store.step())
            remarks += QString::fromStdString(remark.text);
    m_remark->setText(richText(remarks.join(u' ').toStdString()));
    m_remark->setVisible(!remarks.isEmpty());
    m_stopped->setText(stoppedText(m_store, m_store.code()));
    m_stopped->setVisible(!m_stopped->text().isEmpty());
    if (m_store.step() == 0) {
        m_section->setText(tr("THE QUESTION"));
        m_headline->setFullText(QString::fromStdString(m_store.variant().title));
        m_sentence->setText(richText(m_store.lesson().question));
        m_context->setText(m_store.trace().empty()
                               ? tr("There is nothing to show: this run recorded no event.")
                               : tr("Nothing has run yet. Press → to take the first step, Space to play."));
    } else {
        const Explanation told = explain(m_store.trace(), m_store.step() - 1, m_store.snapshot(), m_store.run().spans.causes,
                                         m_store.code().lineNamer(m_store.trace(), m_store.language()));
        m_section->setText(tr("JUST NOW"));
        m_headline->setFullText(QString::fromStdString(told.headline));
        m_sentence->setText(richText(told.sentence));
        QString context = QString::fromStdString(told.context);
        const Run& run = m_store.run().run;
        if (m_store.step() == m_store.lastStep() && run.outcome.kind != Outcome::Kind::Result)
            context = tr("The program %1. %2").arg(QString::fromStdString(describe(run)), context);
        m_context->setText(context);
    }
    m_context->setVisible(!m_context->text().isEmpty());
    setAccessibleDescription(m_sentence->text().remove(QRegularExpression(u"<style>.*</style>|<[^>]*>"_s)));
    grow();
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
        setMinimumHeight(lowest);
        grow();
    }
}

} // namespace loopscope::ui
