#include "ui/marks_buttons.h"

#include "core/base/format.h"
#include "core/trace/explain.h"

#include "ui/breaking_row.h"
#include "ui/controls.h"
#include "ui/drawn_icon.h"
#include "ui/marks_models.h"
#include "ui/style.h"
#include "ui/tick_box.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int listWidth = 380;

QFrame* makePopover(const QString& name, QWidget* parent)
{
    auto* frame = new QFrame(parent, Qt::Popup);
    setRole(frame, "popover");
    frame->setAccessibleName(name);
    frame->setFixedWidth(listWidth);
    auto* column = new QVBoxLayout(frame);
    column->setContentsMargins(14, 12, 14, 12);
    column->setSpacing(8);
    auto* heading = new QLabel(name.toUpper(), frame);
    setRole(heading, "section");
    column->addWidget(heading);
    return frame;
}

QLabel* makeHint(const QString& text, QWidget* parent)
{
    auto* hint = new QLabel(text, parent);
    setRole(hint, "muted");
    hint->setWordWrap(true);
    return hint;
}

} // namespace

MarksButtons::MarksButtons(const Store& store, QWidget* parent)
    : QWidget(parent)
    , m_store(store)
    , m_stops(makeGlyphButton(tr("Stops"), u"F9"_s, this))
    , m_bookmarks(makeGlyphButton(tr("Bookmarks"), u"B"_s, this))
    , m_stopModel(new BreakpointModel(store, this))
    , m_bookmarkModel(new BookmarkModel(store, this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(m_stops);
    row->addWidget(m_bookmarks);
    buildStops();
    buildBookmarks();
    connect(m_stops, &QToolButton::clicked, this, &MarksButtons::openStops);
    connect(m_bookmarks, &QToolButton::clicked, this, &MarksButtons::openBookmarks);
    connect(m_stopModel, &BreakpointModel::marksRequested, this, &MarksButtons::marksRequested);
    connect(m_bookmarkModel, &BookmarkModel::marksRequested, this, &MarksButtons::marksRequested);
    for (auto signal : {&Store::marksChanged, &Store::runChanged, &Store::stepChanged}) {
        connect(&m_store, signal, this, &MarksButtons::refreshStops);
        connect(&m_store, signal, this, &MarksButtons::refreshBookmarks);
    }
    connect(&m_store, &Store::themeChanged, this, &MarksButtons::refreshTheme);
    refreshTheme();
}

QListView* MarksButtons::makeList(QAbstractItemModel* model, const QString& name, QWidget* parent)
{
    auto* list = new QListView(parent);
    list->setModel(model);
    list->setAccessibleName(name);
    list->setFrameShape(QFrame::NoFrame);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setTextElideMode(Qt::ElideMiddle);
    list->setUniformItemSizes(true);
    list->setFixedHeight(150);
    list->setItemDelegate(new TickDelegate(list));
    list->installEventFilter(this);
    // A list that gets the focus has a current row that is not marked: what Del would remove must be seen.
    connect(list->selectionModel(), &QItemSelectionModel::currentChanged, list, [list](const QModelIndex& current) {
        list->selectionModel()->select(current, QItemSelectionModel::ClearAndSelect);
    });
    return list;
}

void MarksButtons::buildStops()
{
    m_stopsList = makePopover(tr("Stops"), this);
    auto* column = static_cast<QVBoxLayout*>(m_stopsList->layout());
    m_runBack = new QPushButton(tr("Back to the last stop"), m_stopsList);
    m_runForward = new QPushButton(tr("Run to the next stop"), m_stopsList);
    m_runBack->setToolTip(tr("Shift+F5"));
    m_runForward->setToolTip(tr("F5"));
    auto* run = new BreakingRow(m_stopsList);
    run->add(m_runBack);
    run->add(m_runForward);
    column->addWidget(run);
    m_noStops = makeHint(tr("Nothing stops the run yet. Click left of a line's number, or press F9 there; choose a "
                            "task or a kind of event below. Playing halts at stops, too."),
                         m_stopsList);
    m_stopView = makeList(m_stopModel, tr("All stops"), m_stopsList);
    column->addWidget(m_noStops);
    column->addWidget(m_stopView);
    m_tasks = new Dropdown(m_stopsList);
    m_kinds = new Dropdown(m_stopsList);
    m_tasks->setAccessibleName(tr("Stop when a task runs"));
    m_kinds->setAccessibleName(tr("Stop at a kind of event"));
    m_removeStop = new QPushButton(tr("Remove"), m_stopsList);
    m_removeStop->setToolTip(tr("Remove the chosen stop  (Del)"));
    auto* foot = new QHBoxLayout;
    foot->addWidget(m_tasks, 1);
    foot->addWidget(m_kinds, 1);
    foot->addWidget(m_removeStop);
    column->addLayout(foot);

    for (QPushButton* button : {m_runBack, m_runForward})
        button->setAccessibleName(button->text());
    m_removeStop->setAccessibleName(tr("Remove the chosen stop"));
    connect(m_runBack, &QPushButton::clicked, this, &MarksButtons::runBackRequested);
    connect(m_runForward, &QPushButton::clicked, this, &MarksButtons::runForwardRequested);
    connect(m_tasks, &QComboBox::activated, this, [this](int index) {
        if (index > 0)
            add(Breakpoint::atTask(m_tasks->itemText(index).toStdString()));
    });
    connect(m_kinds, &QComboBox::activated, this, [this](int index) {
        if (index > 0)
            add(Breakpoint::atEvent(m_kinds->itemText(index).toStdString()));
    });
    connect(m_removeStop, &QPushButton::clicked, this, [this] {
        if (m_stopView->currentIndex().isValid())
            m_stopModel->remove(m_stopView->currentIndex().row());
    });
    connect(m_stopView->selectionModel(), &QItemSelectionModel::selectionChanged, this, &MarksButtons::refreshStops);
}

void MarksButtons::buildBookmarks()
{
    m_bookmarksList = makePopover(tr("Bookmarks"), this);
    auto* column = static_cast<QVBoxLayout*>(m_bookmarksList->layout());
    m_note = new QLineEdit(m_bookmarksList);
    m_note->setAccessibleName(tr("Note at this moment"));
    column->addWidget(m_note);
    m_noBookmarks = makeHint(tr("No moment is marked yet. B marks the one that is shown; a note can be typed above."),
                             m_bookmarksList);
    m_bookmarkView = makeList(m_bookmarkModel, tr("All bookmarks"), m_bookmarksList);
    m_bookmarkView->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::DoubleClicked);
    column->addWidget(m_noBookmarks);
    column->addWidget(m_bookmarkView);
    m_removeBookmark = new QPushButton(tr("Remove"), m_bookmarksList);
    m_removeBookmark->setToolTip(tr("Remove the chosen bookmark  (Del)"));
    auto* foot = new QHBoxLayout;
    foot->addWidget(makeHint(tr("Click: go there.  F2: edit the note."), m_bookmarksList), 1);
    foot->addWidget(m_removeBookmark);
    column->addLayout(foot);

    m_removeBookmark->setAccessibleName(tr("Remove the chosen bookmark"));
    connect(m_note, &QLineEdit::returnPressed, this, [this] {
        Q_EMIT noteRequested(m_note->text().trimmed());
        m_bookmarksList->hide();
    });
    const auto go = [this](const QModelIndex& index) { Q_EMIT bookmarkRequested(static_cast<std::size_t>(index.row())); };
    connect(m_bookmarkView, &QListView::clicked, this, go);
    connect(m_removeBookmark, &QPushButton::clicked, this, [this] {
        if (m_bookmarkView->currentIndex().isValid())
            m_bookmarkModel->remove(m_bookmarkView->currentIndex().row());
    });
    connect(m_bookmarkView->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &MarksButtons::refreshBookmarks);
}

void MarksButtons::add(const Breakpoint& breakpoint)
{
    LessonMarks marks = m_store.marks();
    if (!marks.find(breakpoint))
        marks.toggle(breakpoint);
    Q_EMIT marksRequested(marks);
    refreshStops();
}

void MarksButtons::openBelow(QFrame* list, QToolButton* button)
{
    list->layout()->activate();
    list->resize(listWidth, list->layout()->totalHeightForWidth(listWidth)); // its hints wrap
    const QRect window(this->window()->mapToGlobal(QPoint()), this->window()->size());
    QPoint at = button->mapToGlobal(QPoint(0, button->height() + 4));
    at.setX(std::max(window.left(), std::min(at.x(), window.right() - list->width() - 8)));
    list->move(at);
    list->show();
}

void MarksButtons::openStops()
{
    refreshStops();
    openBelow(m_stopsList, m_stops);
    (m_stopModel->rowCount() > 0 ? static_cast<QWidget*>(m_stopView) : m_tasks)->setFocus();
}

void MarksButtons::openBookmarks()
{
    refreshBookmarks();
    const auto& here = m_store.bookmarks();
    const auto at = std::find_if(here.begin(), here.end(), [this](const PlacedBookmark& p) {
        return p.step == m_store.step() && p.fit != Fit::Lost;
    });
    m_note->setText(at == here.end() ? QString() : at->note);
    openBelow(m_bookmarksList, m_bookmarks);
    m_note->setFocus();
}

void MarksButtons::refreshStops()
{
    const LessonMarks& marks = m_store.marks();
    const bool any = !marks.breakpoints.empty();
    const bool on = std::any_of(marks.breakpoints.begin(), marks.breakpoints.end(), [](const Breakpoint& b) { return b.on; });
    const bool running = m_store.mode() == Mode::Run;
    m_noStops->setVisible(!any);
    m_stopView->setVisible(any);
    m_runBack->setEnabled(running && on && m_store.step() > 0);
    m_runForward->setEnabled(running && on && m_store.step() < m_store.lastStep());
    m_removeStop->setEnabled(any && m_stopView->selectionModel()->hasSelection());
    const Theme& look = themeOf(m_store);
    const QColor stops = on ? look.error : look.textStrong;
    setIconOf(m_stops, stops.name() + look.textFaint.name(), [&] { return drawnIcon(drawStops, stops, look.textFaint); });
    const QString count = tr("Set: %1").arg(marks.breakpoints.size());
    m_stops->setAccessibleDescription(count);
    m_stops->setToolTip(tr("Stops  (F9 sets one at a line, F5 runs to the next)") + (any ? u'\n' + count : QString()));
    if (!m_stopsList->isVisible() && m_tasks->count() > 0 && sender() == &m_store)
        return; // the lists are filled when they are opened

    const Trace& trace = m_store.trace();
    m_tasks->clear();
    m_tasks->addItem(tr("a task runs…"));
    for (std::uint32_t id = 1; id <= trace.task_count(); ++id)
        m_tasks->addItem(QString::fromStdString(trace.display_name(TaskId{id})));
    std::set<std::string_view> kinds;
    for (std::size_t i = 0; i < trace.size(); ++i)
        kinds.insert(fact_name(trace[i].fact));
    m_kinds->clear();
    m_kinds->addItem(tr("an event…"));
    for (const std::string_view kind : kinds)
        m_kinds->addItem(QString::fromUtf8(kind.data(), static_cast<qsizetype>(kind.size())));
}

void MarksButtons::refreshBookmarks()
{
    const bool any = !m_store.marks().bookmarks.empty();
    m_noBookmarks->setVisible(!any);
    m_bookmarkView->setVisible(any);
    m_removeBookmark->setEnabled(any && m_bookmarkView->selectionModel()->hasSelection());
    const bool running = m_store.mode() == Mode::Run;
    m_note->setEnabled(running);
    m_note->setPlaceholderText(tr("A note for %1").arg(QString::fromStdString(format_moment(m_store.position().when))));
    const Theme& look = themeOf(m_store);
    const QColor flag = any ? look.accent : look.textStrong;
    setIconOf(m_bookmarks, flag.name() + look.textFaint.name(), [&] { return drawnIcon(drawFlag, flag, look.textFaint); });
    const QString count = tr("Set: %1").arg(m_store.marks().bookmarks.size());
    m_bookmarks->setAccessibleDescription(count);
    m_bookmarks->setToolTip(tr("Bookmarks  (B sets one at this moment, N goes to the next)")
                            + (any ? u'\n' + count : QString()));
}

void MarksButtons::refreshTheme()
{
    const Theme& look = themeOf(m_store);
    for (Dropdown* list : {m_tasks, m_kinds})
        list->setArrowColor(look.textMuted);
    refreshStops();
    refreshBookmarks();
}

bool MarksButtons::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    auto* view = qobject_cast<QListView*>(watched);
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (!view || !view->currentIndex().isValid())
        return QWidget::eventFilter(watched, event);
    const int row = view->currentIndex().row();
    if ((key == Qt::Key_Delete || key == Qt::Key_Backspace) && view->selectionModel()->isSelected(view->currentIndex())) {
        view == m_stopView ? m_stopModel->remove(row) : m_bookmarkModel->remove(row);
        return true;
    }
    if (view == m_bookmarkView && (key == Qt::Key_Return || key == Qt::Key_Enter)) {
        Q_EMIT bookmarkRequested(static_cast<std::size_t>(row));
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace loopscope::ui
