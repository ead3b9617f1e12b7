// What a person marks in a run (stops and bookmarks) and how it is reached: the part of the main
// window's road that belongs to it.

#include "ui/main_window.h"

#include "ui/code_pane.h"
#include "ui/hint.h"
#include "ui/keyboard.h"
#include "ui/loop_view.h"
#include "ui/marks_buttons.h"
#include "ui/parameters_view.h"
#include "ui/source_view.h"
#include "ui/timeline_panel.h"
#include "ui/timeline_view.h"
#include "ui/transport_bar.h"
#include "ui/undo_buttons.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QScrollBar>

#include <algorithm>

namespace loopscope::ui {

void MainWindow::connectMarks()
{
    connect(m_source, &SourceView::eventRequested, this, [this](std::size_t event) { goToEvent(event); });
    connect(m_source, &SourceView::breakpointRequested, this,
            [this](std::uint32_t line) { toggleBreakpoint(Breakpoint::atLine(line)); });

    MarksButtons& marks = m_transport->marks();
    connect(&marks, &MarksButtons::marksRequested, &m_store, &Store::setMarks);
    connect(&marks, &MarksButtons::runForwardRequested, this, [this] { runToStop(true); });
    connect(&marks, &MarksButtons::runBackRequested, this, [this] { runToStop(false); });
    connect(&marks, &MarksButtons::noteRequested, this, &MainWindow::noteMoment);
    connect(&marks, &MarksButtons::bookmarkRequested, this, &MainWindow::goToBookmark);

    auto* undo = new UndoButtons(m_store, m_undo, m_parameters);
    connect(undo, &UndoButtons::undoRequested, &m_undo, &QUndoStack::undo);
    connect(undo, &UndoButtons::redoRequested, &m_undo, &QUndoStack::redo);
    m_parameters->addToHead(undo);
}

void MainWindow::toggleBreakpoint(const Breakpoint& breakpoint)
{
    LessonMarks marks = m_store.marks();
    marks.toggle(breakpoint);
    m_store.setMarks(std::move(marks));
}

void MainWindow::runToStop(bool forward)
{
    m_player.pause();
    if (m_store.mode() != Mode::Run)
        return;
    const auto& stops = m_store.marks().breakpoints;
    if (std::none_of(stops.begin(), stops.end(), [](const Breakpoint& stop) { return stop.on; })) {
        m_hint->say(tr("There is nothing to stop at yet. Click left of a line's number or press F9 for a stop at a "
                       "line; Shift+F9 stops when the selected task runs."));
        return;
    }
    m_store.clearNotice();
    forward ? m_store.runForward() : m_store.runBack();
    if (!m_store.stoppedBy())
        m_hint->say(forward ? tr("No stop comes any more: this is the end of the run.")
                            : tr("No stop comes before: this is the beginning of the run."));
}

std::optional<std::size_t> MainWindow::bookmarkHere() const
{
    for (const PlacedBookmark& bookmark : m_store.bookmarks())
        if (bookmark.step == m_store.step() && bookmark.fit != Fit::Lost)
            return bookmark.index;
    return std::nullopt;
}

void MainWindow::toggleBookmark()
{
    if (m_store.mode() != Mode::Run)
        return;
    LessonMarks marks = m_store.marks();
    if (const auto here = bookmarkHere())
        marks.bookmarks.erase(marks.bookmarks.begin() + static_cast<std::ptrdiff_t>(*here));
    else
        marks.bookmarks.push_back({m_store.variant().name, anchorOf(m_store.trace(), m_store.step()), {}});
    m_store.setMarks(std::move(marks));
}

void MainWindow::noteMoment(const QString& note)
{
    if (m_store.mode() != Mode::Run)
        return;
    if (!bookmarkHere())
        toggleBookmark();
    LessonMarks marks = m_store.marks();
    if (const auto here = bookmarkHere())
        marks.bookmarks[*here].note = note;
    m_store.setMarks(std::move(marks));
}

void MainWindow::goToBookmark(std::size_t index)
{
    m_player.pause();
    const Bookmark bookmark = m_store.marks().bookmarks[index];
    const std::vector<Variant>& variants = m_store.lesson().variants;
    const auto variant = std::find_if(variants.begin(), variants.end(),
                                      [&](const Variant& v) { return v.name == bookmark.variant; });
    if (variant == variants.end()) {
        m_hint->say(tr("This bookmark belongs to a variant that the lesson no longer has."));
        return;
    }
    m_store.chooseVariant(static_cast<std::size_t>(variant - variants.begin()));
    for (const PlacedBookmark& placed : m_store.bookmarks()) {
        if (placed.index != index)
            continue;
        if (placed.fit == Fit::Lost)
            m_hint->say(tr("With these values the run is over before the moment of this bookmark."));
        else
            m_store.setStep(placed.step);
    }
}

void MainWindow::goToNextBookmark(bool forward)
{
    const auto& here = m_store.bookmarks();
    const auto fits = [](const PlacedBookmark& b) { return b.fit != Fit::Lost; };
    if (m_store.mode() != Mode::Run)
        return;
    if (forward) {
        for (const PlacedBookmark& bookmark : here)
            if (fits(bookmark) && bookmark.step > m_store.step()) {
                seek(bookmark.step);
                return;
            }
    } else {
        for (auto bookmark = here.rbegin(); bookmark != here.rend(); ++bookmark)
            if (fits(*bookmark) && bookmark->step < m_store.step()) {
                seek(bookmark->step);
                return;
            }
    }
    m_hint->say(here.empty() ? tr("There is no bookmark in this run; B sets one at this moment.")
                    : forward ? tr("There is no bookmark after this moment.")
                              : tr("There is no bookmark before this moment."));
}

// Who is followed is to be seen, so it is selected, and told where nobody had chosen.
void MainWindow::follow(bool on)
{
    const bool chosen = m_store.selection() || m_store.mode() != Mode::Run;
    if (on)
        m_store.select(m_store.followed());
    m_store.setStepBy(on ? StepBy::Task : StepBy::Event);
    if (!on || chosen)
        return;
    const TaskId task = m_store.selection();
    m_hint->say(task ? tr("No task was selected, so steps follow %1. Select another one to follow that.")
                           .arg(QString::fromStdString(m_store.trace().display_name(task)))
                     : tr("This run has no task that could be followed."));
}

void MainWindow::connectMarkKeys()
{
    m_keys->on(KeyId::Follow, [this] { follow(m_store.stepBy() != StepBy::Task); });
    m_keys->on(KeyId::RunBack, [this] { runToStop(false); });
    m_keys->on(KeyId::RunForward, [this] { runToStop(true); });
    m_keys->on(KeyId::StopAtLine, [this] { toggleStopAtLine(); });
    m_keys->on(KeyId::StopAtTask, [this] { toggleStopAtTask(); });
    m_keys->on(KeyId::Bookmark, [this] { toggleBookmark(); });
    m_keys->on(KeyId::BookmarkNote, [this] { m_transport->marks().openBookmarks(); });
    m_keys->on(KeyId::PreviousBookmark, [this] { goToNextBookmark(false); });
    m_keys->on(KeyId::NextBookmark, [this] { goToNextBookmark(true); });
}

void MainWindow::toggleStopAtLine()
{
    if (const auto line = m_source->pane().lineForKeys())
        toggleBreakpoint(Breakpoint::atLine(*line));
    else
        m_hint->say(tr("No line of the program is at work just now. Tab to the code, choose a line with the arrow "
                       "keys, and press F9 there."));
}

void MainWindow::toggleStopAtTask()
{
    if (m_store.selection())
        toggleBreakpoint(Breakpoint::atTask(m_store.trace().display_name(m_store.selection())));
    else
        m_hint->say(tr("Select a task first; then Shift+F9 stops whenever it runs."));
}

TaskId MainWindow::taskAt(const QPoint& global) const
{
    TimelineView& lanes = m_timeline->view();
    if (const QPoint at = lanes.viewport()->mapFromGlobal(global); lanes.viewport()->rect().contains(at)) {
        const LaneRow* lane = lanes.scene().lane_at(at.y() + lanes.verticalScrollBar()->value());
        return lane ? lane->task : TaskId{};
    }
    const QPoint at = m_loop->viewport()->mapFromGlobal(global);
    if (m_loop->isVisible() && m_loop->viewport()->rect().contains(at))
        for (const TaskSnapshot& task : m_store.snapshot().tasks)
            if (m_loop->chipRect(QStringLiteral("t%1").arg(task.id.value)).contains(at))
                return task.id;
    return m_source->pane().taskAt(m_source->pane().viewport()->mapFromGlobal(global));
}

void MainWindow::contextMenuEvent(QContextMenuEvent* event)
{
    if (m_store.mode() != Mode::Run)
        return;
    TaskId task = event->reason() == QContextMenuEvent::Mouse ? taskAt(event->globalPos()) : TaskId{};
    if (!task)
        task = m_store.selection();
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto addStop = [&](const QString& text, const QString& key, const Breakpoint& breakpoint) {
        QAction* action = menu->addAction(key.isEmpty() ? text : text + u'\t' + key);
        action->setCheckable(true);
        action->setChecked(m_store.marks().find(breakpoint).has_value());
        connect(action, &QAction::triggered, this, [this, breakpoint] { toggleBreakpoint(breakpoint); });
    };
    if (task) {
        const std::string name = m_store.trace().display_name(task);
        addStop(tr("Stop when %1 runs").arg(QString::fromStdString(name)),
                task == m_store.selection() ? tr("Shift+F9") : QString(), Breakpoint::atTask(name));
        connect(menu->addAction(tr("Follow %1").arg(QString::fromStdString(name))), &QAction::triggered, this,
                [this, task] {
                    m_store.select(task);
                    follow(true);
                });
    }
    const CodePane& pane = m_source->pane();
    const QPoint inCode = pane.viewport()->mapFromGlobal(event->globalPos());
    if (pane.viewport()->rect().contains(inCode))
        if (const auto line = pane.lineAt(inCode))
            addStop(tr("Stop at this line"), tr("F9"), Breakpoint::atLine(*line));
    QAction* bookmark = menu->addAction(tr("Bookmark at this moment") + QStringLiteral("\tB"));
    bookmark->setCheckable(true);
    bookmark->setChecked(bookmarkHere().has_value());
    connect(bookmark, &QAction::triggered, this, &MainWindow::toggleBookmark);
    menu->addSeparator();
    connect(menu->addAction(tr("Save this run as a recording…") + QStringLiteral("\tCtrl+S")), &QAction::triggered, this,
            &MainWindow::saveRecording);
    menu->popup(event->globalPos());
}

} // namespace loopscope::ui
