#include "app/window_states.h"

#include "app/application.h"
#include "lessons/catalog.h"

#include "ui/challenge_view.h"
#include "ui/choice_grid.h"
#include "ui/compare_question.h"
#include "ui/compare_view.h"
#include "ui/events_view.h"
#include "ui/lesson_list.h"
#include "ui/line_visits.h"
#include "ui/loop_game.h"
#include "ui/marks_buttons.h"
#include "ui/output_view.h"
#include "ui/parameters_view.h"
#include "ui/predict_view.h"
#include "ui/prediction_card.h"
#include "ui/predictions.h"
#include "ui/search_bar.h"
#include "ui/timeline_panel.h"
#include "ui/timeline_state.h"
#include "ui/timeline_view.h"
#include "ui/transport_bar.h"

#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTabWidget>

namespace loopscope::app {
namespace {

using namespace Qt::StringLiterals;

enum Tab { Output, Events, Awaits, Statistics, Predict };

void showTab(Room room, Tab tab)
{
    room.goTo(1);
    room.window.output().tabs().setCurrentIndex(tab);
}

/// Answers the question that is due, by the card's own choices.
void choose(Room room, bool right)
{
    room.goTo(0);
    QCoreApplication::processEvents();
    const auto* due = room.store.predictions().due();
    if (!due)
        return;
    const auto& options = due->asked.options;
    const QList<ui::ChoiceButton*> choices = room.window.prediction().findChildren<ui::ChoiceButton*>();
    for (std::size_t i = 0; i < options.size(); ++i)
        if (options[i].right == right && static_cast<qsizetype>(i) < choices.size()) {
            choices[static_cast<qsizetype>(i)]->click();
            return;
        }
}

void answer(Room room, Progress::Answer with)
{
    const std::vector<Due> due = room.store.due();
    if (!due.empty())
        room.store.answer(due.front(), with);
    showTab(room, Predict);
    room.goTo(0);
}

void showFirstThatFails(Room room)
{
    const auto lessons = room.store.lessons();
    for (std::size_t i = 0; i < lessons.size(); ++i)
        for (std::size_t v = 0; v < lessons[i].variants.size(); ++v)
            if (!lessons[i].variants[v].ends.empty()) {
                room.store.openLesson(i);
                room.store.chooseVariant(v);
                room.goTo(1);
                return;
            }
}

void openLast(Room room)
{
    room.store.openLesson(room.store.lessons().size() - 1);
    room.goTo(0.5);
}

void solve(Room room)
{
    const Lesson& lesson = room.store.lesson();
    if (const Result<Stage> solved = stage_of(lesson, lesson.challenge.passes))
        room.store.showStage(lesson, *solved, room.store.trace().size());
}

void change(Room room)
{
    Values values = room.store.values();
    for (const Parameter& parameter : room.store.lesson().parameters)
        if (const auto* range = std::get_if<NumberRange>(&parameter.range); range && !range->whole) {
            values.set(parameter.name, range->high);
            break;
        }
    room.store.setValues(values);
}

/// The last choice of the card is that one does not know.
void chooseNothing(Room room)
{
    room.goTo(0);
    QCoreApplication::processEvents();
    const QList<ui::ChoiceButton*> choices = room.window.prediction().findChildren<ui::ChoiceButton*>();
    if (!choices.isEmpty())
        choices.back()->click();
}

/// As a person does it, so that it can be undone.
void changeByHand(Room room)
{
    Values values = room.store.values();
    for (const Parameter& parameter : room.store.lesson().parameters)
        if (const auto* range = std::get_if<NumberRange>(&parameter.range); range && !range->whole) {
            values.set(parameter.name, range->high);
            Q_EMIT room.window.parameters().valuesRequested(values, QString::fromStdString(parameter.name), 1);
            return;
        }
}

void pin(Room room)
{
    room.open("build-a-crawler");
    room.goTo(0.6);
    for (const std::uint32_t task : {3U, 5U})
        room.store.timeline().togglePin(TaskId{task});
}

/// A run with so many tasks that they fold into groups.
void showCrowd(Room room)
{
    constexpr std::size_t crowd = 30;
    const auto lessons = room.store.lessons();
    for (const Lesson& lesson : lessons) {
        Values values = initial_values(lesson);
        for (const Parameter& parameter : lesson.parameters)
            if (const auto* range = std::get_if<NumberRange>(&parameter.range); range && range->whole)
                values.set(parameter.name, range->high);
        for (const Variant& variant : lesson.variants)
            if (run(lesson, variant, values).trace->task_count() > crowd) {
                room.store.showStage(lesson, {&variant, values});
                room.goTo(0.6);
                return;
            }
    }
}

/// A key that finds nothing at the end of the run, and says so.
void pressPeriod(Room room)
{
    QKeyEvent key(QEvent::KeyPress, Qt::Key_Period, Qt::NoModifier, u"."_s);
    QApplication::sendEvent(&room.window, &key);
}

/// A game, after as many picks as there are fingers on a hand; the first one of each turn is often wrong.
void playTheLoop(Room room)
{
    for (const Due& due : room.store.due())
        room.store.answer(due, Progress::Answer::Right);
    room.window.startLoopGame();
    for (int pick = 0; pick < 5 && !room.store.game().isOver(); ++pick)
        room.store.game().pick(0);
}

void search(Room room, const QString& words)
{
    room.goTo(1);
    ui::SearchBar& bar = room.window.timeline().search();
    bar.open();
    bar.field().setText(words);
}

void findEvents(Room room, const QString& words)
{
    showTab(room, Events);
    room.window.output().events().search().setText(words);
}

void mark(Room room)
{
    room.goTo(0.6);
    ui::LessonMarks marks;
    const ui::LineVisit& visit = room.store.lineVisits().all().front();
    marks.toggle(ui::Breakpoint::atLine(visit.line));
    marks.toggle(ui::Breakpoint::atTask("main"));
    room.store.setMarks(marks);
}

// The run on screen as it comes back from a file of which so much is left.
void openRecording(Room room, double part)
{
    const std::string text = write_recording(ui::recordingOf(room.store));
    Result<ReadRecording> read
        = read_recording(std::string_view(text).substr(0, static_cast<std::size_t>(part * static_cast<double>(text.size()))));
    if (read)
        room.store.openRecording(ui::openedAs(u"/home/ada/three-pages.loopscope"_s, std::move(*read)));
}

void press(QWidget& in, const QString& name)
{
    for (auto* button : in.findChildren<QAbstractButton*>())
        if (button->accessibleName() == name || button->text() == name) {
            button->click();
            return;
        }
}

/// A comparison comes after the questions that it would answer.
void skipQuestions(Room room)
{
    press(room.window.comparison().question(), ui::CompareQuestion::tr("I don't know: compare"));
}

void compare(Room room)
{
    room.store.compare();
    skipQuestions(room);
}

} // namespace

void Room::open(std::string_view lesson, std::string_view variant)
{
    const auto lessons = store.lessons();
    for (std::size_t i = 0; i < lessons.size(); ++i)
        if (lessons[i].id == lesson)
            store.openLesson(i);
    const std::vector<Variant>& variants = store.lesson().variants;
    for (std::size_t i = 0; i < variants.size(); ++i)
        if (variants[i].name == variant)
            store.chooseVariant(i);
}

void Room::goTo(double part)
{
    store.setStep(static_cast<std::size_t>(part * static_cast<double>(store.lastStep())));
}

// To add a state is to add a line.
const std::vector<WindowState>& windowStates()
{
    static const std::vector<WindowState> all{
        {"start", [](Room) {}},
        {"running", [](Room r) { r.goTo(0.45); }},
        {"end", [](Room r) { r.goTo(1); }},
        {"steps-axis", [](Room r) { r.goTo(0.6); r.store.setBlend(1); }},
        {"zoomed", [](Room r) { r.goTo(1); r.store.setZoom({0.2, 0.5}); }},
        {"selected", [](Room r) { r.goTo(0.7); r.store.select(TaskId{2}); }},
        {"measured", [](Room r) { r.goTo(0.7); r.store.selectEvent(r.store.step() / 2); r.window.timeline().view().markSpan(); }},
        {"followed", [](Room r) { r.goTo(0.7); r.store.select(TaskId{2}); r.store.setStepBy(ui::StepBy::Task); }},
        {"cpp", [](Room r) { r.goTo(0.45); r.store.setLanguage(ui::Language::Cpp); }},
        {"tab-output-empty", [](Room r) { r.window.output().tabs().setCurrentIndex(Output); }},
        {"tab-events", [](Room r) { showTab(r, Events); }},
        {"tab-events-empty", [](Room r) { r.window.output().tabs().setCurrentIndex(Events); }},
        {"tab-events-filtered", [](Room r) { findEvents(r, u"task"_s); r.window.output().events().kinds().actions().front()->setChecked(false); }},
        {"tab-events-none", [](Room r) { findEvents(r, u"no such word"_s); }},
        {"tab-awaits", [](Room r) { showTab(r, Awaits); r.goTo(0.6); }},
        {"tab-awaits-empty", [](Room r) { r.window.output().tabs().setCurrentIndex(Awaits); }},
        {"tab-statistics", [](Room r) { showTab(r, Statistics); }},
        {"tab-statistics-empty", [](Room r) { r.window.output().tabs().setCurrentIndex(Statistics); }},
        {"tab-statistics-findings", [](Room r) { r.open("everyone-is-waiting"); showTab(r, Statistics); }},
        {"tab-predict", [](Room r) { showTab(r, Predict); r.goTo(0); }},
        {"predicted-right", [](Room r) { answer(r, Progress::Answer::Right); }},
        {"predicted-wrong", [](Room r) { answer(r, Progress::Answer::Wrong); }},
        {"card-right", [](Room r) { choose(r, true); }},
        {"card-wrong", [](Room r) { choose(r, false); }},
        {"card-not-known", chooseNothing},
        {"card-moment", [](Room r) { choose(r, false); press(r.window.prediction(), ui::PredictionCard::tr("Show the moment")); }},
        {"challenge-open", [](Room r) { r.goTo(1); }},
        {"challenge-hint", [](Room r) { r.goTo(1); press(r.window.challenge(), ui::ChallengeView::tr("Hint")); }},
        {"challenge-solved", solve},
        {"game", playTheLoop},
        {"compare", compare},
        {"compare-held", [](Room r) { r.store.compare(); }},
        {"compare-running", [](Room r) { compare(r); r.goTo(0.4); }},
        {"compare-zoomed", [](Room r) { compare(r); r.store.setZoom({0, 0.4}); }},
        {"compare-before", [](Room r) { r.store.compareWithBefore(); skipQuestions(r); change(r); }},
        {"compare-before-same", [](Room r) { r.store.compareWithBefore(); skipQuestions(r); }},
        {"compare-many-lanes", [](Room r) { r.open("build-a-crawler"); compare(r); }},
        {"many-lanes", [](Room r) { r.open("build-a-crawler"); r.goTo(0.6); }},
        {"pinned", pin},
        {"crowd", showCrowd},
        {"undo", [](Room r) { r.goTo(1); changeByHand(r); }},
        {"key-hint", [](Room r) { r.goTo(1); pressPeriod(r); }},
        {"fails", showFirstThatFails},
        {"deadlock", [](Room r) { r.open("everyone-is-waiting"); r.goTo(1); }},
        {"last-lesson", openLast},
        {"stops", [](Room r) { mark(r); r.goTo(0); r.store.stepForward(); }},
        {"search", [](Room r) { search(r, u"fetch"_s); }},
        {"search-empty", [](Room r) { search(r, {}); }},
        {"search-nothing", [](Room r) { search(r, u"no such word"_s); }},
        {"lessons-none", [](Room r) { r.window.lessons().search().setText(u"xylophone"_s); }},
        {"recording", [](Room r) { openRecording(r, 1); r.goTo(0.6); }},
        {"recording-damaged", [](Room r) { openRecording(r, 0.7); }},
        {"notice", [](Room r) { r.store.report(u"Saved as /home/ada/gather-three-urls.svg (34.2 KiB)"_s); }},
        {"notice-error", [](Room r) { r.store.reportError(u"Could not write \"a.svg\": the folder is read-only."_s); }},
        {"list-stops", [](Room r) { mark(r); r.window.transport().marks().openStops(); }},
        {"list-stops-empty", [](Room r) { r.window.transport().marks().openStops(); }},
        {"list-bookmarks", [](Room r) { r.goTo(0.6); Q_EMIT r.window.transport().marks().noteRequested(u"All three are on their way"_s); r.window.transport().marks().openBookmarks(); }},
        {"list-bookmarks-empty", [](Room r) { r.window.transport().marks().openBookmarks(); }},
        {"dialog-export", [](Room r) { r.goTo(0.5); r.window.openExport(); }},
        {"dialog-export-comparison", [](Room r) { compare(r); r.window.openExport(); }},
        {"dialog-keys", [](Room r) { r.window.openKeys(); }},
        {"dialog-glossary", [](Room r) { r.window.openGlossary(); }},
        {"dialog-puzzle", [](Room r) { r.window.openPuzzle(); }},
        {"dialog-start-over", [](Room r) { answer(r, Progress::Answer::Right); press(r.window.output().questions(), ui::PredictView::tr("Start over…")); }},
    };
    return all;
}

StagedWindow::StagedWindow(const WindowState& state, QSize size, bool dark)
    : m_store(lessons::course(), sourcesOf)
    , m_window(m_store)
{
    m_store.setReduceMotion(true);
    m_store.setDark(dark);
    Room room{m_store, m_window};
    room.open("gather-three-urls");
    m_window.resize(size);
    m_window.show();
    QCoreApplication::processEvents();
    state.show(room);
    for (int turn = 0; turn < 4; ++turn) { // a height that follows from a width needs turns to settle
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); // what a state replaced is gone
    }
}

QList<QWidget*> StagedWindow::windowsOver() const
{
    QList<QWidget*> over;
    for (QWidget* widget : m_window.findChildren<QWidget*>())
        if (widget->isWindow() && widget->isVisible())
            over += widget;
    return over;
}

} // namespace loopscope::app
