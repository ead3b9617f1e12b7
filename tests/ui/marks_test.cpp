#include "tests/support/catch.h"
#include "tests/ui/support/window.h"

#include "core/trace/explain.h"

#include "ui/controls.h"
#include "ui/drawn_icon.h"
#include "ui/events_view.h"
#include "ui/hint.h"
#include "ui/marks_buttons.h"
#include "ui/marks_models.h"
#include "ui/marks_settings.h"
#include "ui/marks_text.h"
#include "ui/moment_list.h"
#include "ui/moment_models.h"
#include "ui/output_view.h"
#include "ui/paint_marks.h"
#include "ui/settings.h"
#include "ui/transport_bar.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSlider>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QToolButton>

#include <algorithm>

using namespace loopscope;
using namespace loopscope::ui;
using loopscope::tests::testLessons;
using loopscope::tests::testSources;
using loopscope::tests::Window;

namespace {

/// What a hint says; nothing when none is shown.
QString hinted(Window& w)
{
    const Hint* hint = w.window.findChild<Hint*>();
    return hint->isVisible() ? hint->text() : QString();
}

Values with(const Store& store, std::string_view name, double value)
{
    Values values = store.values();
    values.set(name, value);
    return values;
}

std::string kindAt(const Trace& trace, std::size_t event)
{
    return std::string(fact_name(trace[event].fact));
}

/// The event of this kind about the task of this name; the first one.
std::size_t eventOf(const Trace& trace, const std::string& kind, const std::string& name)
{
    for (std::size_t i = 0; i < trace.size(); ++i)
        if (kindAt(trace, i) == kind && taskOf(trace[i].fact) && trace.display_name(taskOf(trace[i].fact)) == name)
            return i;
    FAIL("no such event");
    return 0;
}

/// The line of the test lesson's C++ file with this mark.
std::uint32_t lineOf(const Store& store, const std::string& mark)
{
    const CodePlaces code(store.lesson(), store.variant(), store.sources());
    for (const SourceLine& line : code.lines(Language::Cpp))
        if (line.mark == mark)
            return line.file_line;
    FAIL("no such mark");
    return 0;
}

LessonMarks stops(std::initializer_list<Breakpoint> breakpoints)
{
    return {.breakpoints = breakpoints, .bookmarks = {}};
}

template <class T>
T* named(QWidget& parent, const char* name)
{
    for (T* widget : parent.findChildren<T*>())
        if (widget->accessibleName() == QString::fromUtf8(name))
            return widget;
    return nullptr;
}

QString stopped(const Store& store)
{
    return stoppedText(store, CodePlaces(store.lesson(), store.variant(), store.sources()));
}

} // namespace

TEST_CASE("an event brings its task with it, and a task alone takes the event away", "[ui][selection]")
{
    Store store(testLessons(), testSources);
    store.chooseVariant(1);
    const std::size_t woken = eventOf(store.trace(), "task woken", "job-2");
    store.selectEvent(woken);
    CHECK(store.selectedEvent() == woken);
    CHECK(store.trace().display_name(store.selection()) == "job-2");
    store.select(store.selection());
    CHECK(store.selectedEvent() == woken);
    store.select(TaskId{1});
    CHECK(store.selected() == Selection{TaskId{1}, std::nullopt});
    store.select({});
    CHECK(store.selected() == Selection{});
}

TEST_CASE("the selected event stays the same one when values change", "[ui][selection]")
{
    Store store(testLessons(), testSources);
    store.chooseVariant(1);
    store.selectEvent(eventOf(store.trace(), "task woken", "job-1"));
    store.setValues(with(store, "a", 4.0)); // now the second job ends first
    REQUIRE(store.selectedEvent());
    CHECK(*store.selectedEvent() == eventOf(store.trace(), "task woken", "job-1"));
    CHECK(to_seconds(store.trace().when(*store.selectedEvent())) == 4.0);
}

TEST_CASE("every moment of a run is found again in the same run", "[ui][marks]")
{
    for (const Lesson& lesson : testLessons())
        for (const Variant& variant : lesson.variants) {
            const auto trace = run(lesson, variant, initial_values(lesson)).trace;
            for (std::size_t step = 0; step <= trace->size(); ++step)
                CHECK(stepOf(*trace, anchorOf(*trace, step)) == AnchoredStep{step, Fit::Same});
        }
}

TEST_CASE("a moment whose event is gone keeps its time, and is lost where the run is over", "[ui][marks]")
{
    Store store(testLessons(), testSources);
    EventAnchor anchor = anchorOf(store.trace(), store.lastStep());
    anchor.nth = 99;
    anchor.when = TimePoint{seconds(1.0)};
    const AnchoredStep at = stepOf(store.trace(), anchor);
    CHECK(at.fit == Fit::Moment);
    CHECK(at.step == stepsUntil(store.trace(), TimePoint{seconds(1.0)}));
    anchor.when = TimePoint{seconds(60.0)};
    CHECK(stepOf(store.trace(), anchor) == AnchoredStep{store.lastStep(), Fit::Lost});
}

TEST_CASE("a click on an event in the list selects it in all views", "[ui][window][selection]")
{
    Window w;
    w.press(Qt::Key_End);
    w.window.output().tabs().setCurrentIndex(1);
    QListView& events = w.window.output().events().list();
    const QModelIndex fifth = events.model()->index(4, 0);
    events.scrollTo(fifth);
    QTest::mouseClick(events.viewport(), Qt::LeftButton, {}, events.visualRect(fifth).center());
    CHECK(w.store.selectedEvent() == 4u);
    CHECK(w.store.step() == 5);
    w.press(Qt::Key_Right); // stepping on leaves the selection where it is
    CHECK(w.store.selectedEvent() == 4u);
    w.press(Qt::Key_Escape);
    CHECK(w.store.selected() == Selection{});
}

TEST_CASE("the list of events shows the selected one wherever it was selected", "[ui][window][selection]")
{
    Window w;
    w.press(Qt::Key_End);
    w.window.resize(1100, 700);
    w.window.output().tabs().setCurrentIndex(1);
    QTest::qWait(1);
    QListView& events = w.window.output().events().list();
    w.store.selectEvent(0);
    CHECK(events.viewport()->rect().intersects(events.visualRect(events.model()->index(0, 0))));
}

TEST_CASE("a run stops when a task with a stop has its turn, there and back", "[ui][stops]")
{
    Store store(testLessons(), testSources);
    store.chooseVariant(1);
    store.setMarks(stops({Breakpoint::atTask("job-2")}));
    std::vector<std::size_t> there;
    for (store.runForward(); store.step() < store.lastStep(); store.runForward()) {
        there.push_back(store.step());
        CHECK(stopped(store) == QStringLiteral("Stopped here: it is the turn of job-2."));
    }
    CHECK(stopped(store).isEmpty());
    CHECK(there.size() == 2);
    std::vector<std::size_t> back;
    for (store.runBack(); store.step() > 0; store.runBack())
        back.push_back(store.step());
    std::reverse(back.begin(), back.end());
    CHECK(back == there);
}

TEST_CASE("a run stops at a line when a task comes there and when it goes on there", "[ui][stops]")
{
    Store store(testLessons(), testSources);
    store.chooseVariant(1);
    store.setLanguage(Language::Cpp);
    const std::uint32_t sleep = lineOf(store, "sleep");
    store.setMarks(stops({Breakpoint::atLine(sleep)}));
    QStringList why;
    for (store.runForward(); store.step() < store.lastStep(); store.runForward())
        why += stopped(store);
    CHECK(why == QStringList{QStringLiteral("Stopped here: job-1 came to line %1.").arg(sleep),
                             QStringLiteral("Stopped here: job-2 came to line %1.").arg(sleep),
                             QStringLiteral("Stopped here: job-1 goes on at line %1.").arg(sleep),
                             QStringLiteral("Stopped here: job-2 goes on at line %1.").arg(sleep)});
}

TEST_CASE("a stop that is off stops nothing, and stops survive a change of values", "[ui][stops]")
{
    Store store(testLessons(), testSources);
    store.chooseVariant(1);
    LessonMarks marks = stops({Breakpoint::atEvent("timer fired"), Breakpoint::atTask("main")});
    marks.breakpoints[1].on = false;
    store.setMarks(marks);
    store.setValues(with(store, "a", 3.0));
    CHECK(store.marks() == marks);
    store.runForward();
    CHECK(kindAt(store.trace(), store.step() - 1) == "timer fired");
    CHECK(to_seconds(store.position().when) == 2.0);
}

TEST_CASE("each lesson has marks of its own, and all of them survive as text", "[ui][marks]")
{
    Store store(testLessons(), testSources);
    LessonMarks marks = stops({Breakpoint::atLine(21), Breakpoint::atTask("main"), Breakpoint::atEvent("task woken")});
    marks.breakpoints[1].on = false;
    marks.bookmarks.push_back({"one-by-one", anchorOf(store.trace(), 7), QStringLiteral("look: “here”")});
    store.setMarks(marks);
    store.openLesson(1);
    CHECK(store.marks().empty());
    CHECK(store.bookmarks().empty());
    CHECK(marksFromText(marksAsText(store.allMarks())) == store.allMarks());
    CHECK(marksFromText(QStringLiteral("{\"waits\": {\"stops\": [{}, 3, {\"line\": -1}], \"bookmarks\": [{}]}}")).empty());
    CHECK(marksFromText(QStringLiteral("no JSON")).empty());
    store.openLesson(0);
    CHECK(store.marks() == marks);
    REQUIRE(store.bookmarks().size() == 1);
    CHECK(store.bookmarks()[0] == PlacedBookmark{0, 7, Fit::Same, QStringLiteral("look: “here”")});
}

TEST_CASE("a bookmark stays with its event when values change", "[ui][marks]")
{
    Store store(testLessons(), testSources);
    store.chooseVariant(1);
    const std::size_t woken = eventOf(store.trace(), "task woken", "job-1");
    store.setMarks({.breakpoints = {}, .bookmarks = {{"together", anchorOf(store.trace(), woken + 1), {}}}});
    store.setValues(with(store, "a", 4.0));
    REQUIRE(store.bookmarks().size() == 1);
    CHECK(store.bookmarks()[0].step == eventOf(store.trace(), "task woken", "job-1") + 1);
    CHECK(store.bookmarks()[0].fit == Fit::Same);
    store.chooseVariant(0);
    CHECK(store.bookmarks().empty());
    CHECK(bookmarkText(store, 0).contains(QStringLiteral("in “Together”")));
}

TEST_CASE("F9 stops at the line of the cursor, F5 runs there, and Just now says why", "[ui][window][stops]")
{
    Window w;
    w.type("2");
    w.press(Qt::Key_F5); // nothing to stop at: nothing moves, and it is said
    CHECK(w.store.step() == 0);
    CHECK(hinted(w).startsWith(QStringLiteral("There is nothing to stop at yet.")));
    CHECK(w.store.notice().isEmpty()); // nothing was done that could have gone well
    w.store.setLanguage(Language::Cpp);
    w.store.setStep(stepsUntil(w.store.trace(), TimePoint{}) - 1);
    w.store.setMarks(stops({Breakpoint::atTask("job-1")}));
    w.press(Qt::Key_Home);
    w.press(Qt::Key_F5);
    const std::size_t first = w.store.step();
    CHECK(w.store.stoppedBy() == Breakpoint::atTask("job-1"));
    QLabel* why = named<QLabel>(w.window, "Why it stopped");
    REQUIRE(why);
    CHECK(why->text() == QStringLiteral("Stopped here: it is the turn of job-1."));
    w.press(Qt::Key_F5);
    CHECK(w.store.step() > first);
    w.press(Qt::Key_F5, Qt::ShiftModifier);
    CHECK(w.store.step() == first);
    w.press(Qt::Key_Right);
    CHECK_FALSE(why->isVisible());
}

TEST_CASE("playing halts at a stop", "[ui][window][stops]")
{
    Window w;
    w.type("2");
    w.store.setMarks(stops({Breakpoint::atTask("job-2")}));
    w.store.setSpeed(1000);
    w.press(Qt::Key_Space);
    REQUIRE(QTest::qWaitFor([&] { return !w.store.isPlaying(); }, 10000));
    CHECK(w.store.stoppedBy() == Breakpoint::atTask("job-2"));
    CHECK(w.store.step() < w.store.lastStep());
}

TEST_CASE("Shift+F9 stops when the selected task runs, and takes it back", "[ui][window][stops]")
{
    Window w;
    w.press(Qt::Key_F9, Qt::ShiftModifier);
    CHECK(w.store.marks().empty());
    CHECK(hinted(w) == QStringLiteral("Select a task first; then Shift+F9 stops whenever it runs."));
    w.store.select(TaskId{1});
    w.press(Qt::Key_F9, Qt::ShiftModifier);
    CHECK(w.store.marks() == stops({Breakpoint::atTask("main")}));
    w.press(Qt::Key_F9, Qt::ShiftModifier);
    CHECK(w.store.marks().empty());
}

TEST_CASE("F9 where no line is at work is told as a hint", "[ui][window][stops]")
{
    Window w;
    w.press(Qt::Key_Home);
    w.press(Qt::Key_F9);
    CHECK(w.store.marks().empty());
    CHECK(hinted(w).startsWith(QStringLiteral("No line of the program is at work just now.")));
    CHECK(w.store.notice().isEmpty());
}

TEST_CASE("T follows the selected task, and the bar says whom", "[ui][window][stepping]")
{
    Window w;
    w.type("2");
    w.press(Qt::Key_End);
    w.store.select(TaskId{3});
    w.press(Qt::Key_Home);
    w.press(Qt::Key_T);
    Dropdown* by = named<Dropdown>(w.window.transport(), "Step by");
    CHECK(by->currentText() == QStringLiteral("Follow job-2"));
    w.press(Qt::Key_Right);
    CHECK(w.store.step() == eventOf(w.store.trace(), "task created", "job-2") + 1);
    w.press(Qt::Key_Right);
    CHECK(kindAt(w.store.trace(), w.store.step() - 1) == "task stepped");
    w.press(Qt::Key_Left);
    CHECK(w.store.step() == eventOf(w.store.trace(), "task created", "job-2") + 1);
    w.press(Qt::Key_T);
    CHECK(w.store.stepBy() == StepBy::Event);
}

TEST_CASE("following without a selection takes the task that runs, and keeps to it", "[ui][window][stepping]")
{
    Window w;
    w.type("2");
    QTest::keyClick(named<Dropdown>(w.window.transport(), "Step by"), Qt::Key_End);
    CHECK(w.store.stepBy() == StepBy::Task);
    CHECK(named<Dropdown>(w.window.transport(), "Step by")->currentText() == QStringLiteral("Follow main"));
    CHECK(hinted(w) == QStringLiteral("No task was selected, so steps follow main. Select another one to follow that."));
    CHECK(w.store.selection() == TaskId{1});
    for (int i = 0; i < 5; ++i)
        w.press(Qt::Key_Right);
    CHECK(w.store.selection() == TaskId{1});
}

TEST_CASE("B marks the moment and takes the mark away, N goes from mark to mark", "[ui][window][marks]")
{
    Window w;
    w.store.setStep(3);
    w.press(Qt::Key_B);
    w.store.setStep(9);
    w.press(Qt::Key_B);
    REQUIRE(w.store.bookmarks().size() == 2);
    w.press(Qt::Key_Home);
    w.press(Qt::Key_N);
    CHECK(w.store.step() == 3);
    w.press(Qt::Key_N);
    CHECK(w.store.step() == 9);
    w.press(Qt::Key_N);
    CHECK(w.store.step() == 9);
    w.press(Qt::Key_N, Qt::ShiftModifier);
    CHECK(w.store.step() == 3);
    w.press(Qt::Key_B);
    CHECK(w.store.bookmarks().size() == 1);
}

TEST_CASE("a note is typed for the moment, read at its flag, and the flag leads back", "[ui][window][marks]")
{
    Window w;
    w.press(Qt::Key_End);
    w.store.setStep(12);
    w.press(Qt::Key_B, Qt::ShiftModifier);
    QLineEdit* note = named<QLineEdit>(w.window, "Note at this moment");
    REQUIRE(note);
    QTest::keyClicks(note, QStringLiteral("both sleep"));
    QTest::keyClick(note, Qt::Key_Return);
    REQUIRE(w.store.bookmarks().size() == 1);
    CHECK(w.store.bookmarks()[0].note == QStringLiteral("both sleep"));
    CHECK(noteText(w.store.bookmarks()[0]) == QStringLiteral("both sleep"));
    w.press(Qt::Key_End);
    const QPointF flag(w.xOf(12) + 2, w.lanes().scene().ruler_height - 8);
    REQUIRE(rulerMarkAt(w.lanes().scene(), w.store.bookmarks(), flag));
    QTest::mouseClick(w.lanes().viewport(), Qt::LeftButton, {}, flag.toPoint());
    CHECK(w.store.step() == 12);
}

TEST_CASE("the list of stops adds, switches off and removes", "[ui][window][stops]")
{
    Window w;
    QTest::mouseClick(named<QToolButton>(w.window.transport(), "Stops"), Qt::LeftButton);
    auto* tasks = named<Dropdown>(w.window, "Stop when a task runs");
    auto* kinds = named<Dropdown>(w.window, "Stop at a kind of event");
    REQUIRE(tasks);
    QTest::keyClick(tasks, Qt::Key_Down);
    REQUIRE(w.store.marks() == stops({Breakpoint::atTask("main")}));
    QTest::keyClick(kinds, Qt::Key_Down);
    REQUIRE(w.store.marks().breakpoints.size() == 2);
    auto* list = named<QListView>(w.window, "All stops");
    REQUIRE(list);
    auto* remove = named<QPushButton>(w.window, "Remove the chosen stop");
    CHECK_FALSE(remove->isEnabled());
    list->setCurrentIndex(list->model()->index(0, 0));
    CHECK(remove->isEnabled());
    list->clearSelection();
    CHECK_FALSE(remove->isEnabled());
    QTest::keyClick(list, Qt::Key_Delete);
    CHECK(w.store.marks().breakpoints.size() == 2); // nothing is marked
    list->selectionModel()->select(list->currentIndex(), QItemSelectionModel::Select);
    QTest::keyClick(list, Qt::Key_Space);
    CHECK_FALSE(w.store.marks().breakpoints[0].on);
    QTest::keyClick(list, Qt::Key_Delete);
    REQUIRE(w.store.marks().breakpoints.size() == 1);
    CHECK(w.store.marks().breakpoints[0].kind == Breakpoint::Kind::Event);
    QTest::mouseClick(named<QPushButton>(w.window, "Run to the next stop"), Qt::LeftButton);
    CHECK(w.store.stoppedBy() == w.store.marks().breakpoints[0]);
    QTest::keyClick(tasks, Qt::Key_Escape);
}

TEST_CASE("the list of bookmarks jumps, also to another variant, and edits and removes", "[ui][window][marks]")
{
    Window w;
    w.store.setStep(5);
    w.press(Qt::Key_B);
    w.type("2");
    QTest::mouseClick(named<QToolButton>(w.window.transport(), "Bookmarks"), Qt::LeftButton);
    auto* list = named<QListView>(w.window, "All bookmarks");
    REQUIRE(list);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(list->model()->index(0, 0)).center());
    CHECK(w.store.variant().name == "one-by-one");
    CHECK(w.store.step() == 5);
    list->setCurrentIndex(list->model()->index(0, 0));
    list->edit(list->currentIndex());
    auto* editor = list->viewport()->findChild<QLineEdit*>();
    REQUIRE(editor);
    QTest::keyClicks(editor, QStringLiteral("again"));
    QTest::keyClick(editor, Qt::Key_Return);
    QApplication::processEvents(); // an editor hands in its text when it is left alone
    CHECK(w.store.bookmarks()[0].note == QStringLiteral("again"));
    QTest::keyClick(list, Qt::Key_Delete);
    CHECK(w.store.bookmarks().empty());
    QTest::keyClick(list, Qt::Key_Escape);
}

TEST_CASE("the models of marks keep the promises of item models", "[ui][marks]")
{
    Store store(testLessons(), testSources);
    BreakpointModel breakpoints(store);
    BookmarkModel bookmarks(store);
    const QAbstractItemModelTester a(&breakpoints, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const QAbstractItemModelTester b(&bookmarks, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QObject::connect(&breakpoints, &BreakpointModel::marksRequested, &store, &Store::setMarks);
    QObject::connect(&bookmarks, &BookmarkModel::marksRequested, &store, &Store::setMarks);
    LessonMarks marks = stops({Breakpoint::atTask("main"), Breakpoint::atEvent("task woken")});
    marks.bookmarks.push_back({"one-by-one", anchorOf(store.trace(), 4), {}});
    store.setMarks(marks);
    CHECK(breakpoints.rowCount() == 2);
    CHECK(breakpoints.index(0, 0).data().toString() == QStringLiteral("when main runs"));
    CHECK(breakpoints.setData(breakpoints.index(0, 0), Qt::Unchecked, Qt::CheckStateRole));
    CHECK_FALSE(store.marks().breakpoints[0].on);
    CHECK(bookmarks.setData(bookmarks.index(0, 0), QStringLiteral(" here "), Qt::EditRole));
    CHECK(store.marks().bookmarks[0].note == QStringLiteral("here"));
    breakpoints.remove(0);
    CHECK(breakpoints.rowCount() == 1);
    store.openLesson(1);
    CHECK(breakpoints.rowCount() == 0);
    CHECK(bookmarks.rowCount() == 0);
}

TEST_CASE("undo and redo stand beside the values, and say what they do", "[ui][window]")
{
    Window w;
    auto* undo = named<QToolButton>(w.window, "Undo");
    auto* redo = named<QToolButton>(w.window, "Redo");
    REQUIRE(undo);
    CHECK_FALSE(undo->isEnabled());
    CHECK_FALSE(redo->isEnabled());
    auto* slider = named<QSlider>(w.window, "wait b");
    slider->setFocus();
    QTest::keyClick(slider, Qt::Key_Right);
    CHECK(undo->isEnabled());
    CHECK(undo->toolTip() == QStringLiteral("Undo: Change of b  (Ctrl+Z)"));
    QTest::mouseClick(undo, Qt::LeftButton);
    CHECK(w.store.values() == initial_values(w.store.lesson()));
    CHECK(redo->isEnabled());
    QTest::mouseClick(redo, Qt::LeftButton);
    CHECK(w.store.values().number("b") == Approx(2.1));
}

TEST_CASE("the menu of a task stops at it and follows it", "[ui][window][stops]")
{
    Window w;
    w.type("2");
    w.press(Qt::Key_End);
    const LaneRow* lane = nullptr;
    for (const LaneRow& row : w.lanes().scene().lanes)
        if (row.task == TaskId{2})
            lane = &row;
    REQUIRE(lane);
    const QPoint at(10, static_cast<int>(lane->box.y + 5));
    QContextMenuEvent event(QContextMenuEvent::Mouse, at, w.lanes().viewport()->mapToGlobal(at));
    QApplication::sendEvent(w.lanes().viewport(), &event);
    auto* menu = w.window.findChild<QMenu*>();
    REQUIRE(menu);
    QStringList entries;
    for (QAction* action : menu->actions())
        if (!action->isSeparator())
            entries += action->text().section(QLatin1Char('\t'), 0, 0);
    CHECK(entries == QStringList{QStringLiteral("Stop when job-1 runs"), QStringLiteral("Follow job-1"),
                                 QStringLiteral("Bookmark at this moment"), QStringLiteral("Save this run as a recording…")});
    menu->actions()[0]->trigger();
    CHECK(w.store.marks() == stops({Breakpoint::atTask("job-1")}));
    menu->actions()[1]->trigger();
    CHECK(w.store.followed() == TaskId{2});
    menu->close();
}

TEST_CASE("marks are kept between two starts", "[ui][marks]")
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("settings.ini"));
    LessonMarks marks = stops({Breakpoint::atEvent("timer fired")});
    {
        Store store(testLessons(), testSources);
        store.setStep(3);
        marks.bookmarks.push_back({"one-by-one", anchorOf(store.trace(), 3), QStringLiteral("a; b = \"c\"")});
        store.setMarks(marks);
        store.setStepBy(StepBy::Task);
        QSettings settings(file, QSettings::IniFormat);
        saveChoices(settings, store);
    }
    Store store(testLessons(), testSources);
    const QSettings settings(file, QSettings::IniFormat);
    restoreChoices(settings, store);
    CHECK(store.marks() == marks);
    CHECK(store.bookmarks().size() == 1);
    CHECK(store.stepBy() == StepBy::Task);
}

TEST_CASE("nothing in the transport bar is cut, and all of it says what it does", "[ui][window][transport]")
{
    Window w;
    TransportBar& bar = w.window.transport();
    for (const int width : {1100, 1440, 1920}) {
        w.window.resize(width, 800);
        for (const char* variant : {"1", "2"}) {
            w.type(variant);
            QTest::qWait(1); // the room is shared out when the window has its new size
            for (QWidget* part : bar.findChildren<QWidget*>()) {
                const bool button = qobject_cast<QAbstractButton*>(part) || qobject_cast<QComboBox*>(part);
                if (!button || !part->isVisibleTo(&bar) || part->window() != &w.window)
                    continue;
                INFO(width << ": " << part->accessibleName().toStdString());
                CHECK(bar.rect().contains(QRect(part->mapTo(&bar, QPoint()), part->size())));
                CHECK(part->width() >= std::min(part->sizeHint().width(), part->maximumWidth()));
                CHECK_FALSE(part->accessibleName().isEmpty());
                CHECK((!part->toolTip().isEmpty() || part->accessibleName() == QStringLiteral("Variant")));
            }
        }
    }
}

TEST_CASE("what cannot be done from here cannot be pressed", "[ui][window][transport]")
{
    Window w;
    const auto enabled = [&](const char* name) { return named<QAbstractButton>(w.window, name)->isEnabled(); };
    w.store.setMarks(stops({Breakpoint::atTask("main")}));
    w.press(Qt::Key_Home);
    for (const char* back : {"First event", "Step back", "Back to the last stop"})
        CHECK_FALSE(enabled(back));
    for (const char* on : {"Step forward", "Last event", "Run to the next stop"})
        CHECK(enabled(on));
    w.press(Qt::Key_End);
    for (const char* back : {"First event", "Step back", "Back to the last stop"})
        CHECK(enabled(back));
    for (const char* on : {"Step forward", "Last event", "Run to the next stop"})
        CHECK_FALSE(enabled(on));
    w.store.setMarks({});
    CHECK_FALSE(enabled("Back to the last stop"));
}

TEST_CASE("drawn icons have a pixel for each pixel of the screen", "[ui][transport]")
{
    for (const IconDrawing draw : {drawStops, drawFlag, drawUndo, drawRedo}) {
        const QIcon icon = drawnIcon(draw, Qt::red, Qt::gray);
        const auto at = [&](double ratio) {
            return icon.pixmap(QSize(16, 16), ratio).toImage().convertToFormat(QImage::Format_ARGB32);
        };
        QImage one = at(1);
        QImage two = at(2);
        one.setDevicePixelRatio(1);
        two.setDevicePixelRatio(1);
        CHECK(one.size() == QSize(16, 16));
        REQUIRE(two.size() == QSize(32, 32));
        CHECK(two != one.scaled(32, 32)); // drawn anew, not made larger
        CHECK(two != one.scaled(32, 32, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
    }
}
