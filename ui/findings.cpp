#include "ui/findings.h"

#include "ui/style.h"

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <memory>
#include <utility>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

QString word(Insight::Severity severity)
{
    switch (severity) {
    case Insight::Severity::Hint: return Findings::tr("Hint");
    case Insight::Severity::Warning: return Findings::tr("Warning");
    case Insight::Severity::Error: return Findings::tr("Error");
    }
    return {};
}

QString glyph(const Insight& insight)
{
    if (!insight.circle.empty())
        return u"↻"_s;
    switch (insight.severity) {
    case Insight::Severity::Hint: return u"ⓘ"_s;
    case Insight::Severity::Warning: return u"▲"_s;
    case Insight::Severity::Error: return u"✗"_s;
    }
    return {};
}

} // namespace

std::vector<Insight> knownBy(const std::vector<Insight>& insights, std::size_t reached)
{
    std::vector<Insight> known;
    std::copy_if(insights.begin(), insights.end(), std::back_inserter(known),
                 [reached](const Insight& insight) { return insight.known < reached; });
    return known;
}

Findings::Findings(const Store& store, QWidget* parent)
    : QWidget(parent)
    , m_store(store)
    , m_column(new QVBoxLayout(this))
{
    setAccessibleName(tr("Worth knowing"));
    m_column->setContentsMargins(0, 0, 0, 6);
    m_column->setSpacing(6);
    auto* heading = new QLabel(tr("WORTH KNOWING"), this);
    setRole(heading, "section");
    m_column->addWidget(heading);
    connect(&m_store, &Store::runChanged, this, &Findings::refresh);
    connect(&m_store, &Store::stepChanged, this, &Findings::refresh);
    connect(&m_store, &Store::themeChanged, this, [this] {
        m_isCurrent = false; // the colours of the signs
        refresh();
    });
    refresh();
}

QString Findings::textOf(const Insight& insight, std::size_t number) const
{
    const Theme& look = themeOf(m_store);
    const QColor color = insight.severity == Insight::Severity::Error ? look.error
        : insight.severity == Insight::Severity::Warning              ? look.warning
                                                                      : look.info;
    return u"<span style=\"color: %1; font-weight: 600;\">%2 %3:</span> %4 <a style=\"color: %5;\" href=\"%6\">%7</a>"_s.arg(
        color.name(), glyph(insight), word(insight.severity), QString::fromStdString(insight.sentence).toHtmlEscaped(),
        look.accent.name(), QString::number(number), tr("Go there"));
}

void Findings::refresh()
{
    if (m_trace != m_store.run().replay.shared_trace()) {
        m_trace = m_store.run().replay.shared_trace();
        m_all = insights_of(*m_trace);
    }
    std::vector<Insight> known = knownBy(m_all, m_store.reached());
    setVisible(!known.empty());
    if (known == m_shown && m_isCurrent)
        return;
    m_isCurrent = true;
    m_shown = std::move(known);
    m_isWritten = false;
    if (isVisible())
        write();
    Q_EMIT changed(static_cast<int>(m_shown.size()));
}

void Findings::showEvent(QShowEvent* event)
{
    if (!m_isWritten)
        write();
    QWidget::showEvent(event);
}

// While nobody sees them, a run that changes with a slider needs no sentences.
void Findings::write()
{
    m_isWritten = true;
    while (m_column->count() > 1) {
        const std::unique_ptr<QLayoutItem> item(m_column->takeAt(1)); // the layout does not own it any more
        QWidget* old = item->widget();
        old->hide(); // a link in it may be what led here
        old->deleteLater();
    }
    for (std::size_t i = 0; i < m_shown.size(); ++i) {
        auto* label = new QLabel(textOf(m_shown[i], i), this);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard | Qt::TextSelectableByMouse);
        label->setFocusPolicy(Qt::TabFocus);
        label->setAccessibleName(word(m_shown[i].severity) + u": "_s + QString::fromStdString(m_shown[i].sentence));
        connect(label, &QLabel::linkActivated, this, [this](const QString& number) {
            const auto at = static_cast<std::size_t>(number.toUInt());
            if (at >= m_shown.size())
                return;
            const Insight insight = m_shown[at];
            Q_EMIT selectRequested(insight.task);
            Q_EMIT seekRequested(insight.step + 1);
        });
        m_column->addWidget(label);
        label->show();
    }
}

} // namespace loopscope::ui
