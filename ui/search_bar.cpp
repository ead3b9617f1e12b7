#include "ui/search_bar.h"

#include "ui/controls.h"
#include "ui/style.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QToolButton>

#include <algorithm>
#include <utility>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

QToolButton* makeButton(const QString& sign, const QString& name, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setText(sign);
    button->setAccessibleName(name);
    button->setToolTip(name);
    setRole(button, "stepper");
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace

SearchBar::SearchBar(const Store& store, QWidget* parent)
    : QFrame(parent)
    , m_store(store)
    , m_field(new QLineEdit(this))
    , m_count(new ElidedLabel(this))
    , m_previous(makeButton(u"↑"_s, tr("Previous place (Shift+Enter)"), this))
    , m_next(makeButton(u"↓"_s, tr("Next place (Enter)"), this))
{
    setRole(this, "card");
    setAccessibleName(tr("Search in the run"));
    m_field->setPlaceholderText(tr("task, event, line, text"));
    m_field->setAccessibleName(tr("Search in the run"));
    // Where all that it looks for has no room, it is told on hover.
    m_field->setToolTip(m_field->placeholderText() + u"\n"_s
                        + tr("Looks for names of tasks, kinds of events, lines of code and printed text; where none has the "
                             "words, in what is said about each event"));
    setRole(m_field, "slim");
    m_field->setMinimumWidth(130);
    m_field->installEventFilter(this);
    m_count->setAccessibleName(tr("Places found"));
    m_count->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // it ends in "…" before a button is squeezed
    setRole(m_count, "muted");
    auto* close = makeButton(u"×"_s, tr("Close the search (Esc)"), this);

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(1, 1, 2, 1);
    row->setSpacing(4);
    row->addWidget(m_field, 1);
    row->addSpacing(4);
    row->addWidget(m_count, 1);
    row->addWidget(m_previous);
    row->addWidget(m_next);
    row->addWidget(close);

    connect(m_field, &QLineEdit::textChanged, this, &SearchBar::search);
    connect(m_previous, &QToolButton::clicked, this, [this] { go(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { go(1); });
    connect(close, &QToolButton::clicked, this, &SearchBar::shut);
    connect(&m_store, &Store::runChanged, this, &SearchBar::search);
    connect(&m_store, &Store::languageChanged, this, &SearchBar::search);
    hide();
}

void SearchBar::open()
{
    show();
    raise();
    m_field->setFocus();
    m_field->selectAll();
    search();
}

void SearchBar::search()
{
    if (!isVisible() && m_hits.empty())
        return;
    m_hits = searchRun(m_store, m_field->text());
    m_current.reset();
    say();
    Q_EMIT hitsChanged();
}

void SearchBar::go(int by)
{
    // What was shown since the words were typed can be found too.
    const std::optional<SearchHit> here = m_current ? std::optional(m_hits[*m_current]) : std::nullopt;
    m_hits = searchRun(m_store, m_field->text());
    if (m_hits.empty()) {
        m_current.reset();
        say();
        return;
    }
    const std::size_t last = m_hits.size() - 1;
    if (here) {
        const auto same = std::find(m_hits.begin(), m_hits.end(), *here);
        const auto at = static_cast<std::size_t>(same - m_hits.begin());
        m_current = by > 0 ? (at >= last ? 0 : at + 1) : (at == 0 ? last : at - 1);
    } else { // the first one is the next from where the playhead stands
        const auto next = std::find_if(m_hits.begin(), m_hits.end(),
                                       [this](const SearchHit& hit) { return hit.step > m_store.step(); });
        const auto at = static_cast<std::size_t>(next - m_hits.begin());
        m_current = by > 0 ? (at > last ? 0 : at) : (at == 0 ? last : at - 1);
    }
    say();
    Q_EMIT hitsChanged();
    Q_EMIT hitRequested(m_hits[*m_current]);
}

QString SearchBar::said() const
{
    if (m_field->text().trimmed().isEmpty())
        return {};
    if (m_hits.empty())
        return m_store.reached() < m_store.lastStep() ? tr("nothing in what has run") : tr("nothing found");
    if (!m_current)
        return m_hits.size() == 1 ? tr("1 found · Enter: show") : tr("%1 found · Enter: next").arg(m_hits.size());
    const SearchHit& hit = m_hits[*m_current];
    return tr("%1 of %2: %3").arg(*m_current + 1).arg(m_hits.size()).arg(nameOf(hit.kind));
}

void SearchBar::say()
{
    m_count->setFullText(said());
    if (m_current)
        m_count->setToolTip(said() + u"\n"_s + m_hits[*m_current].words);
    m_previous->setEnabled(!m_hits.empty());
    m_next->setEnabled(!m_hits.empty());
}

void SearchBar::shut()
{
    hide();
    m_hits.clear();
    m_current.reset();
    Q_EMIT hitsChanged();
    Q_EMIT closed();
}

bool SearchBar::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const auto& key = *static_cast<QKeyEvent*>(event);
        switch (key.key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
            go(key.modifiers() & Qt::ShiftModifier ? -1 : 1);
            return true;
        case Qt::Key_Down:
            go(1);
            return true;
        case Qt::Key_Up:
            go(-1);
            return true;
        case Qt::Key_Escape:
            shut();
            return true;
        default:
            break;
        }
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace loopscope::ui
