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
#include <QStyle>
#include <QTextDocumentFragment>
#include <QTextLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int lowest = 132;
constexpr int briefLines = 2;

/// As much of the text as fits, ending in "…" where that is not all.
QString firstLines(const QString& text, const QFont& font, int width, int lines)
{
    QTextLayout layout(text, font);
    layout.beginLayout();
    qsizetype begin = 0;
    for (int i = 0; i < lines; ++i) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(width);
        begin = line.textStart();
        if (i + 1 == lines && begin + line.textLength() < text.size()) {
            layout.endLayout();
            // It is too long, also where whole pixels, which a font counts in, would say that it just fits.
            const QFontMetrics metrics(font);
            const QString rest = text.mid(begin);
            return text.left(begin) + metrics.elidedText(rest, Qt::ElideRight, std::min(width, metrics.horizontalAdvance(rest)) - 1);
        }
    }
    layout.endLayout();
    return text;
}

/// Sets the role of a widget that may be shown already, and looks at it anew if it is another one.
void setRoleLive(QWidget* widget, const char* role)
{
    if (widget->property("role").toString() == QLatin1String(role))
        return;
    setRole(widget, role);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

QString plainOf(const QString& rich)
{
    return QTextDocumentFragment::fromHtml(rich).toPlainText();
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
        if (!m_brief)
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
    const Run& run = m_store.run().run;
    const bool ends = m_store.step() > 0 && m_store.step() == m_store.lastStep();
    const bool fails = ends && run.outcome.kind != Outcome::Kind::Result;
    const bool stuck = ends && std::holds_alternative<LoopStuck>(m_store.trace()[m_store.step() - 1].fact);
    if (fails && !stuck) { // that comes first; a deadlock is what the sentence itself is about
        m_stopped->setText(tr("The program %1.").arg(QString::fromStdString(describe(run))));
        m_stopped->show();
    }
    setRoleLive(this, fails ? "just-now-failed" : "just-now");
    if (m_store.step() == 0) {
        m_section->setText(tr("THE QUESTION"));
        m_headline->setFullText(QString::fromStdString(m_store.variant().title));
        const std::string& question = m_store.lesson().question;
        m_told = richText(question.empty() ? tr("What happened in this run?").toStdString() : question);
        m_context->setText(m_store.trace().empty() ? tr("There is nothing to show: this run recorded no event.")
                           : m_store.reached() > 0
                               ? tr("Back at the start. → steps again, Space plays; what you have seen stays pale.")
                           : m_store.recording()
                               ? tr("This is the beginning of a recording. Press → to take the first step, Space to play.")
                               : tr("Nothing has run yet. Press → to take the first step, Space to play."));
    } else {
        const Explanation told = explain(m_store.trace(), m_store.step() - 1, m_store.snapshot(), m_store.run().spans.causes,
                                         m_store.code().lineNamer(m_store.trace(), m_store.language()));
        m_section->setText(tr("JUST NOW"));
        m_headline->setFullText(QString::fromStdString(told.headline));
        m_told = richText(told.sentence);
        m_context->setText(stuck ? QString() : QString::fromStdString(told.context)); // the sentence names them
    }
    m_context->setVisible(!m_context->text().isEmpty() && !m_brief);
    m_remark->setVisible(!remarks.isEmpty());
    m_chain->setAway(m_brief);
    setAccessibleDescription(QString(m_told).remove(QRegularExpression(u"<style>.*</style>|<[^>]*>"_s)));
    showSentence();
    grow();
}

void JustNow::showSentence()
{
    if (!m_brief) {
        m_sentence->setToolTip({});
        m_sentence->setText(m_told);
        return;
    }
    const QString words = plainOf(m_told);
    const QString shown = firstLines(words, m_sentence->font(), roomForWords(), briefLines);
    m_sentence->setText(shown.toHtmlEscaped());
    m_sentence->setToolTip(shown == words ? QString() : words);
}

int JustNow::roomForWords() const
{
    const QMargins around = layout()->contentsMargins(); // within the lines that style draws around it
    return contentsRect().width() - around.left() - around.right();
}

void JustNow::setBrief(bool brief)
{
    if (brief == m_brief)
        return;
    m_brief = brief;
    setMinimumHeight(0);
    setMaximumHeight(QWIDGETSIZE_MAX);
    refresh();
}

void JustNow::grow()
{
    if (m_brief) {
        const QMargins around = layout()->contentsMargins();
        int needed = around.top() + around.bottom() + m_section->sizeHint().height() + 2 * 7
            + briefLines * QFontMetrics(m_sentence->font()).lineSpacing();
        for (const QLabel* words : {m_stopped, m_remark}) // why it stopped, and what the lesson says of this moment
            if (words->isVisibleTo(this))
                needed += words->heightForWidth(roomForWords()) + 7;
        setFixedHeight(needed);
        return;
    }
    const int needed = layout()->heightForWidth(width());
    if (needed > minimumHeight())
        setMinimumHeight(needed);
}

void JustNow::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    if (event->size().width() != event->oldSize().width()) {
        if (m_brief)
            showSentence();
        else
            setMinimumHeight(lowest);
        grow();
    }
}

} // namespace loopscope::ui
