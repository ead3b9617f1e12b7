#include "ui/chain_bar.h"

#include "core/trace/explain.h"
#include "core/trace/fact_groups.h"

#include "ui/style.h"

#include <QFontMetrics>
#include <QHBoxLayout>
#include <QPushButton>

#include <algorithm>
#include <utility>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

QPushButton* makeChip(QWidget* parent)
{
    auto* chip = new QPushButton(parent);
    chip->setProperty("role", u"chip"_s);
    chip->setFocusPolicy(Qt::TabFocus);
    chip->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    chip->setMinimumWidth(0);
    return chip;
}

} // namespace

QString chipText(const Trace& trace, std::size_t fact)
{
    const Fact what = trace[fact].fact;
    const std::string_view name = fact_name(what);
    const QString words = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    const TaskId task = subject_of(what);
    return task ? u"%1 · %2"_s.arg(QString::fromStdString(trace.display_name(task)), words) : words;
}

ChainBar::ChainBar(const Store& store, QWidget* parent)
    : QWidget(parent)
    , m_store(store)
    , m_cause(makeChip(this))
    , m_consequence(makeChip(this))
    , m_back(makeChip(this))
{
    setAccessibleName(tr("Cause and consequence"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(m_back);
    row->addWidget(m_cause);
    row->addWidget(m_consequence);
    row->addStretch(1);
    connect(m_cause, &QPushButton::clicked, this, [this] { follow(m_from); });
    connect(m_consequence, &QPushButton::clicked, this, [this] { follow(m_to); });
    connect(m_back, &QPushButton::clicked, this, &ChainBar::goBack);
    connect(&m_store, &Store::runChanged, this, [this] {
        m_way.clear();
        refresh();
    });
    connect(&m_store, &Store::stepChanged, this, [this] {
        if (m_expected != m_store.step()) // whoever goes another way does not want back
            m_way.clear();
        refresh();
    });
    refresh();
}

void ChainBar::follow(std::optional<std::size_t> fact)
{
    if (!fact)
        return;
    m_way.push_back(m_store.step());
    m_expected = *fact + 1;
    Q_EMIT seekRequested(*m_expected);
}

void ChainBar::goBack()
{
    if (m_way.empty())
        return;
    m_expected = m_way.back();
    m_way.pop_back();
    Q_EMIT seekRequested(*m_expected);
}

void ChainBar::setAway(bool away)
{
    if (std::exchange(m_away, away) != away)
        refresh();
}

void ChainBar::refresh()
{
    if (m_trace != m_store.run().replay.shared_trace()) {
        m_trace = m_store.run().replay.shared_trace();
        m_origins = Origins(*m_trace, m_store.run().spans.causes);
    }
    m_from.reset();
    m_to.reset();
    if (m_store.mode() == Mode::Run && m_store.step() > 0) {
        const std::size_t now = m_store.step() - 1;
        m_from = m_origins.of(now);
        m_to = m_origins.led_to(now);
        if (m_to && *m_to >= m_store.reached()) // not seen yet
            m_to.reset();
    }
    const auto tell = [&](QPushButton* chip, std::optional<std::size_t> fact, const QString& name, const QString& hint) {
        chip->setVisible(fact.has_value());
        chip->setAccessibleName(fact ? name.arg(chipText(*m_trace, *fact)) : QString());
        chip->setToolTip(fact ? hint.arg(chipText(*m_trace, *fact)).arg(*fact + 1) : QString());
    };
    tell(m_cause, m_from, tr("Caused by: %1"), tr("Caused by: %1. Go to event %2"));
    tell(m_consequence, m_to, tr("Led to: %1"), tr("Led to: %1. Go to event %2"));
    m_back->setVisible(!m_way.empty());
    if (!m_way.empty()) {
        m_back->setText(tr("↩ back"));
        m_back->setAccessibleName(tr("Back to event %1").arg(m_way.back()));
        m_back->setToolTip(m_back->accessibleName());
    }
    setVisible(!m_away && (m_from || m_to || !m_way.empty()));
    fit();
}

void ChainBar::fit()
{
    // The cause is worth more than what follows: it gets what the other leaves.
    constexpr int around = 20; // of a chip's words
    const QFontMetrics size(wordFont(TextSize::Small));
    const int room = width() - (m_way.empty() ? 0 : m_back->sizeHint().width() + 6);
    const QString cause = m_from ? u"← %1"_s.arg(chipText(*m_trace, *m_from)) : QString();
    const QString next = m_to ? u"%1 →"_s.arg(chipText(*m_trace, *m_to)) : QString();
    const int wantedCause = m_from ? size.horizontalAdvance(cause) + around : 0;
    const int wantedNext = m_to ? size.horizontalAdvance(next) + around : 0;
    const int both = m_from && m_to ? room - 6 : room;
    const int forCause = std::max(both - wantedNext, std::min(wantedCause, both / 2));
    const int forNext = both - std::min(forCause, wantedCause);
    m_cause->setText(size.elidedText(cause, Qt::ElideRight, std::max(0, forCause - around)));
    m_consequence->setText(m_to ? size.elidedText(next.chopped(2), Qt::ElideRight, std::max(0, forNext - around - size.horizontalAdvance(u" →"_s))) + u" →"_s
                                : QString());
}

void ChainBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
}

} // namespace loopscope::ui
