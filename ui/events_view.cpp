#include "ui/events_view.h"

#include "ui/controls.h"
#include "ui/event_filter.h"
#include "ui/moment_list.h"
#include "ui/moment_models.h"
#include "ui/style.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int between = 3; // the rows
constexpr int oneEvent = 22;

/// A menu in which several kinds can be chosen one after the other: a click does not close it.
class StayingMenu final : public QMenu {
public:
    using QMenu::QMenu;

protected:
    void mouseReleaseEvent(QMouseEvent* event) override
    {
        QAction* action = actionAt(event->position().toPoint());
        if (action && action->isCheckable())
            action->trigger();
        else
            QMenu::mouseReleaseEvent(event);
    }
};

} // namespace

EventsView::EventsView(const Store& store, QWidget* parent)
    : QWidget(parent)
    , m_store(store)
    , m_events(new EventModel(store, this))
    , m_filter(new EventFilterModel(this))
    , m_list(new MomentList(store, tr("Events"), this))
    , m_search(new QLineEdit(this))
    , m_kinds(new QToolButton(this))
    , m_menu(new StayingMenu(this))
    , m_oneTask(new QPushButton(this))
    , m_bar(nullptr)
    , m_stateRow(new QWidget(this))
    , m_state(new ElidedLabel(m_stateRow))
    , m_clear(new QPushButton(tr("Clear"), m_stateRow))
{
    setAccessibleName(tr("Events"));
    m_filter->setSourceModel(m_events);
    m_list->setModel(m_filter);
    m_search->setPlaceholderText(tr("Find in events"));
    m_search->setAccessibleName(tr("Find in events"));
    m_search->setToolTip(tr("Find in events"));
    m_search->setProperty("role", u"slim"_s);
    m_kinds->setText(tr("Kinds"));
    m_kinds->setToolTip(tr("Which kinds of events are shown"));
    m_kinds->setPopupMode(QToolButton::InstantPopup);
    m_kinds->setMenu(m_menu);
    m_kinds->setFocusPolicy(Qt::TabFocus);
    m_kinds->setProperty("role", u"slim"_s);
    for (const FactGroup group : all_fact_groups) {
        QAction* action = m_menu->addAction(nameOf(group));
        action->setCheckable(true);
        action->setChecked(true);
        action->setData(static_cast<int>(group));
        connect(action, &QAction::toggled, this, [this, group](bool shown) {
            EventFilter filter = m_filter->filter();
            if (shown)
                filter.hidden.erase(group);
            else
                filter.hidden.insert(group);
            setFilter(filter);
        });
    }
    m_oneTask->setCheckable(true);
    m_oneTask->setFocusPolicy(Qt::TabFocus);
    m_oneTask->setProperty("role", u"slim"_s);
    m_state->setProperty("role", u"small"_s);
    m_state->setAccessibleName(tr("Which events are shown"));
    m_clear->setProperty("role", u"link"_s);
    m_clear->setFocusPolicy(Qt::TabFocus);
    m_clear->setAccessibleName(tr("Show all events"));

    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(14, 6, 14, 0);
    bar->setSpacing(6);
    m_bar = bar;
    bar->addWidget(m_search, 1);
    bar->addWidget(m_oneTask);
    bar->addWidget(m_kinds);
    auto* stateRow = new QHBoxLayout(m_stateRow);
    stateRow->setContentsMargins(20, 0, 14, 0);
    stateRow->addWidget(m_state, 1);
    stateRow->addWidget(m_clear);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(between);
    m_list->setMinimumHeight(1); // it is the first that gives way
    column->addLayout(bar);
    column->addWidget(m_stateRow);
    column->addWidget(m_list, 1);

    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        EventFilter filter = m_filter->filter();
        filter.text = text;
        setFilter(filter);
    });
    connect(m_search, &QLineEdit::returnPressed, m_list, qOverload<>(&QWidget::setFocus));
    connect(m_oneTask, &QPushButton::toggled, this, [this](bool only) {
        EventFilter filter = m_filter->filter();
        filter.task = only ? m_store.selection() : TaskId{};
        setFilter(filter);
    });
    connect(m_clear, &QPushButton::clicked, this, &EventsView::openAll);
    connect(m_list, &MomentList::eventRequested, this, &EventsView::eventRequested);
    connect(&m_store, &Store::selectionChanged, this, &EventsView::refreshTask);
    connect(&m_store, &Store::lessonChanged, this, &EventsView::openAll); // another program has other tasks and kinds
    connect(&m_store, &Store::runChanged, this, [this] {
        if (m_filter->filter().task.value > m_store.trace().task_count())
            m_oneTask->setChecked(false);
        refreshState();
    });
    connect(&m_store, &Store::stepChanged, this, &EventsView::refreshState);
    refreshTask();
    refreshState();
}

QString EventsView::state() const
{
    return m_told;
}

void EventsView::setFilter(const EventFilter& filter)
{
    m_filter->setFilter(filter);
    refreshTask();
    refreshState();
    Q_EMIT leastHeightChanged();
}

void EventsView::openAll()
{
    m_search->clear();
    m_oneTask->setChecked(false);
    for (QAction* action : m_menu->actions())
        action->setChecked(true);
}

void EventsView::refreshTask()
{
    const TaskId pinned = m_filter->filter().task;
    const TaskId task = pinned ? pinned : m_store.selection();
    const bool exists = task && task.value <= m_store.trace().task_count();
    const QString name = exists ? QString::fromStdString(m_store.trace().display_name(task)) : QString();
    m_oneTask->setEnabled(exists);
    m_oneTask->setText(exists ? tr("Only %1").arg(m_oneTask->fontMetrics().elidedText(name, Qt::ElideRight, 72)) : tr("One task"));
    m_oneTask->setAccessibleName(exists ? tr("Only events of %1").arg(name) : tr("Only events of one task"));
    m_oneTask->setToolTip(exists ? tr("Show what happened to %1 and in its turns").arg(name) : tr("Select a task to see only its events"));
}

int EventsView::leastHeight() const
{
    const int state = m_filter->filter().isOpen() ? 0 : between + m_stateRow->sizeHint().height();
    return m_bar->sizeHint().height() + state + between + oneEvent;
}

// Where a question takes the room, what is shown is left to say to the buttons above: rows do not overlap.
void EventsView::showState()
{
    const bool tells = !m_filter->filter().isOpen() && height() >= leastHeight() - oneEvent + 1;
    m_stateRow->setVisible(tells);
}

void EventsView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    showState();
}

void EventsView::refreshState()
{
    const EventFilter& filter = m_filter->filter();
    const int all = m_events->rowCount();
    const int shown = m_filter->rowCount();
    const bool exists = filter.task && filter.task.value <= m_store.trace().task_count();
    const QString name = exists ? QString::fromStdString(m_store.trace().display_name(filter.task)) : QString();
    const QString what = told(filter, name);
    if (filter.isOpen())
        m_told = all == 1 ? tr("1 event") : tr("%1 events").arg(all);
    else
        m_told = tr("%1 of %2 · %3").arg(shown).arg(all).arg(what);
    m_state->setFullText(m_told);
    showState();
    m_kinds->setText(filter.hidden.empty() ? tr("Kinds")
                                           : tr("%1 of %2 kinds").arg(all_fact_groups.size() - filter.hidden.size()).arg(all_fact_groups.size()));
    if (all == 0)
        m_list->setWhenEmpty(tr("Nothing has happened yet."));
    else if (filter.hidden.empty() && !filter.task) // only words are looked for
        m_list->setWhenEmpty(tr("No event contains “%1”.").arg(filter.text.trimmed()));
    else
        m_list->setWhenEmpty(all == 1 ? tr("The one event so far is not of the kind that you look for.")
                                      : tr("None of the %1 events so far is of the kind that you look for.").arg(all));
}

} // namespace loopscope::ui
