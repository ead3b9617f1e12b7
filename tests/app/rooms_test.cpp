#include "tests/support/catch.h"

#include "app/application.h"
#include "core/trace/subject.h"
#include "lessons/catalog.h"

#include "ui/challenge_view.h"
#include "ui/choice_grid.h"
#include "ui/code_note.h"
#include "ui/compare_canvas.h"
#include "ui/compare_ruler.h"
#include "ui/compare_view.h"
#include "ui/controls.h"
#include "ui/just_now.h"
#include "ui/lesson_list.h"
#include "ui/loop_game.h"
#include "ui/loop_game_card.h"
#include "ui/loop_view.h"
#include "ui/main_window.h"
#include "ui/moment_list.h"
#include "ui/moment_models.h"
#include "ui/output_view.h"
#include "ui/parameters_view.h"
#include "ui/prediction_card.h"
#include "ui/predictions.h"
#include "ui/store.h"
#include "ui/style.h"
#include "ui/timeline_panel.h"
#include "ui/timeline_view.h"
#include "ui/transport_bar.h"

#include <QHoverEvent>
#include <QLabel>
#include <QListView>
#include <QScrollArea>
#include <QScrollBar>
#include <QSlider>
#include <QTabBar>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>

// What must be in view in every lesson, in a large window and in the smallest that is supported.

using namespace loopscope;
using namespace loopscope::ui;

namespace {

constexpr int leastLoop = 172;
constexpr QSize sizes[] = {QSize(1440, 900), QSize(1100, 700)};

void settle()
{
    // A height that follows from a width needs turns of the event loop, and these no time: on a busy machine a
    // millisecond may hold none.
    for (int turn = 0; turn < 16; ++turn) {
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
}

bool isWhole(const QWidget& widget)
{
    return widget.isVisible() && !widget.size().isEmpty() && widget.visibleRegion().boundingRect() == widget.rect();
}

/// Whether every line of its words has its place.
bool showsAllWords(const QWidget& widget)
{
    for (const QLabel* label : widget.findChildren<QLabel*>())
        if (label->isVisible() && !label->text().isEmpty()) {
            const int needed = label->hasHeightForWidth() ? label->heightForWidth(label->width()) : label->sizeHint().height();
            if (label->height() < needed || !isWhole(*label)) {
                UNSCOPED_INFO(label->text().toStdString() << ": " << label->height() << " of " << needed << " pixels");
                return false;
            }
        }
    return true;
}

/// No "…" stands for words of what just happened, and the names of the output's pages are there.
void checkTelling(MainWindow& window)
{
    auto* told = window.findChild<JustNow*>();
    for (const QLabel* label : told->findChildren<QLabel*>())
        if (label->isVisible() && label->property("role") == QStringLiteral("sentence")) {
            INFO(label->text().toStdString());
            CHECK_FALSE(label->text().contains(u'…'));
            CHECK(label->height() >= label->heightForWidth(label->width()));
        }
    CHECK(isWhole(*window.output().tabs().tabBar()));
}

/// A window over the whole course.
struct Everything {
    Everything()
        : store(lessons::course(), app::sourcesOf)
        , window(store)
    {
        store.setReduceMotion(true);
        window.show();
    }
    void resize(QSize size)
    {
        window.resize(size);
        settle();
    }

    Store store;
    MainWindow window;
};

/// Everything that changes a parameter can be scrolled to and is then seen whole.
void checkParameters(Everything& w)
{
    auto* scroll = w.window.parameters().findChild<QScrollArea*>();
    REQUIRE(scroll != nullptr);
    std::vector<QWidget*> controls;
    for (QSlider* slider : w.window.parameters().findChildren<QSlider*>())
        controls.push_back(slider);
    for (SegmentedControl* choices : w.window.parameters().findChildren<SegmentedControl*>())
        controls.push_back(choices);
    for (QToolButton* button : w.window.parameters().findChildren<QToolButton*>())
        controls.push_back(button);
    for (QWidget* control : controls) {
        if (!control->isVisibleTo(&w.window) || !scroll->isAncestorOf(control))
            continue;
        INFO(control->accessibleName().toStdString());
        scroll->ensureWidgetVisible(control, 0, 0);
        CHECK(isWhole(*control));
        CHECK(control->width() >= (qobject_cast<QSlider*>(control) ? 40 : 20));
    }
    scroll->verticalScrollBar()->setValue(0);
}

} // namespace

TEST_CASE("in every lesson, a due question shows all its answers at both sizes", "[app][rooms]")
{
    Everything w;
    for (const QSize size : sizes) {
        w.resize(size);
        for (std::size_t lesson = 0; lesson < w.store.lessons().size(); ++lesson) {
            w.store.openLesson(lesson);
            const std::vector<OpenQuestion> open = w.store.predictions().open();
            for (const OpenQuestion& question : open) {
                INFO(size.width() << ": " << w.store.lesson().id << ", " << question.due.prediction->id);
                w.store.showStage(*question.due.lesson, question.stage(), question.asked.from);
                w.store.setReached(question.asked.from);
                settle();
                REQUIRE(w.window.prediction().isVisible());
                if (w.store.predictions().due()->key() != question.key())
                    continue; // another one is due at the same moment, and comes first
                QWidget& card = w.window.prediction();
                INFO("card " << card.y() << " + " << card.height() << ", page " << card.parentWidget()->height() << ", stack "
                             << card.parentWidget()->parentWidget()->height() << ", output " << w.window.output().isVisible()
                             << " " << w.window.output().height());
                CHECK(showsAllWords(w.window.prediction()));
                const auto buttons = w.window.prediction().findChildren<ChoiceButton*>();
                CHECK(static_cast<std::size_t>(buttons.size()) == question.asked.options.size() + 1);
                for (const ChoiceButton* button : buttons) {
                    INFO(button->text().toStdString() << " at " << button->mapTo(&w.window, QPoint()).y());
                    CHECK(isWhole(*button));
                    CHECK(button->height() >= button->heightForWidth(button->width()));
                }
                checkTelling(w.window);
                w.store.stepForward();
                settle();
                if (w.store.predictions().due() && w.store.predictions().due()->key() == question.key()) {
                    CHECK(w.window.prediction().isFolded());
                    CHECK(isWhole(w.window.prediction()));
                    checkTelling(w.window);
                }
            }
        }
        CHECK(w.window.size() == size);
    }
}

TEST_CASE("in every lesson, whoever is the loop sees all that could be picked at both sizes", "[app][rooms]")
{
    Everything w;
    for (const QSize size : sizes) {
        w.resize(size);
        for (std::size_t lesson = 0; lesson < w.store.lessons().size(); ++lesson) {
            w.store.openLesson(lesson);
            w.window.startLoopGame();
            LoopGame& game = w.store.game();
            for (int pick = 0; pick < 4 && game.isOn() && !game.isOver(); ++pick) {
                settle();
                INFO(size.width() << ": " << w.store.lesson().id << " after " << pick);
                if (game.choices().size() <= 6)
                    CHECK(isWhole(w.window.gameCard()));
                checkTelling(w.window);
                const std::size_t made = game.made();
                for (std::size_t i = 0; i < game.choices().size() && game.made() == made; ++i)
                    game.pick(i);
            }
            game.leave();
        }
    }
}

TEST_CASE("in every lesson, the challenge is whole and every parameter is reached at both sizes", "[app][rooms]")
{
    Everything w;
    for (const QSize size : sizes) {
        w.resize(size);
        for (std::size_t lesson = 0; lesson < w.store.lessons().size(); ++lesson) {
            w.store.openLesson(lesson);
            for (const std::size_t step : {std::size_t{0}, w.store.lastStep()}) {
                w.store.setStep(step);
                settle();
                INFO(size.width() << ": " << w.store.lesson().id << " at " << step);
                ChallengeView& challenge = w.window.challenge();
                if (w.window.loop().height() <= leastLoop + 4 && !isWhole(challenge)) {
                    // Who runs, who is ready and three values come before the end of a long goal, which scrolls.
                    const auto* room = qobject_cast<QScrollArea*>(challenge.parentWidget()->parentWidget()->parentWidget());
                    REQUIRE(room != nullptr);
                    CHECK(room->verticalScrollBar()->maximum() > 0);
                    CHECK(room->verticalScrollBar()->maximum() < 60);
                } else if (!w.store.lesson().challenge.goal.empty()) {
                    CHECK(isWhole(challenge));
                    CHECK(showsAllWords(challenge));
                    CHECK(challenge.height() == challenge.minimumHeight()); // and no holes
                    const QRect place(challenge.mapTo(&w.window, QPoint()), challenge.size());
                    CHECK(w.window.rect().contains(place));
                    CHECK(w.window.height() - place.bottom() <= 14); // nor below it
                }
                checkParameters(w);
            }
        }
        CHECK(w.window.size() == size);
    }
}

TEST_CASE("in every lesson, a solved challenge leaves three rows of values whole and cuts none at both sizes", "[app][rooms]")
{
    Everything w;
    for (const QSize size : sizes) {
        w.resize(size);
        for (std::size_t lesson = 0; lesson < w.store.lessons().size(); ++lesson) {
            w.store.openLesson(lesson);
            const Result<Stage> solved = stage_of(w.store.lesson(), w.store.lesson().challenge.passes);
            if (w.store.lesson().challenge.goal.empty() || !solved)
                continue;
            w.store.showStage(w.store.lesson(), *solved, 1'000'000);
            settle();
            INFO(size.width() << ": " << w.store.lesson().id);
            CHECK(w.window.loop().height() >= leastLoop - 1); // who runs and who is ready
            const auto* scroll = w.window.parameters().findChild<QScrollArea*>();
            int rows = 0;
            for (const QObject* child : scroll->widget()->children()) {
                const auto* row = qobject_cast<const QWidget*>(child);
                if (!row || row->isHidden())
                    continue;
                const int shown = row->visibleRegion().boundingRect().height();
                CHECK((shown == 0 || shown == row->height()));
                CHECK((shown > 0 || rows >= 3));
                ++rows;
            }
        }
    }
}

TEST_CASE("in every lesson, a comparison shows its verdict and its axis whole at both sizes", "[app][rooms]")
{
    Everything w;
    for (const QSize size : sizes) {
        w.resize(size);
        for (std::size_t lesson = 0; lesson < w.store.lessons().size(); ++lesson) {
            w.store.openLesson(lesson);
            for (const Due& due : w.store.due()) // a comparison comes after the questions that it would answer
                w.store.answer(due, Progress::Answer::Right);
            w.store.compare();
            if (w.store.mode() != Mode::Compare)
                continue;
            settle();
            INFO(size.width() << ": " << w.store.lesson().id);
            const CompareCanvas& canvas = w.window.comparison().canvas();
            const QLabel& words = w.window.comparison().verdict();
            CHECK(canvas.scene().height <= canvas.height());
            if (words.isVisible()) {
                CHECK(isWhole(words));
                CHECK(isWhole(w.window.comparison().ruler()));
            } else {
                CHECK(isWhole(canvas));
            }
        }
    }
}

TEST_CASE("in every lesson, the bar says which one it is at both sizes", "[app][rooms]")
{
    Everything w;
    for (const QSize size : sizes) {
        w.resize(size);
        for (std::size_t lesson = 0; lesson < w.store.lessons().size(); ++lesson) {
            w.store.openLesson(lesson);
            settle();
            const auto title = w.window.transport().findChild<ElidedLabel*>();
            INFO(size.width() << ": " << title->accessibleName().toStdString() << " in " << title->width() << " pixels");
            REQUIRE(title->isVisible());
            CHECK((title->text() == title->accessibleName() || title->width() >= (size.width() == 1440 ? 300 : 150)));
        }
    }
}

TEST_CASE("in every lesson, what was printed is told whole at 1100 by 700", "[app][rooms]")
{
    Everything w;
    w.resize(sizes[1]);
    bool anyWrapped = false;
    for (std::size_t lesson = 0; lesson < w.store.lessons().size(); ++lesson) {
        w.store.openLesson(lesson);
        w.store.setStep(w.store.lastStep());
        settle();
        MomentList& output = w.window.output().output();
        for (int row = 0; row < output.model()->rowCount(); ++row) {
            const QModelIndex index = output.model()->index(row, 0);
            const QFontMetrics metrics(codeFont(TextSize::Small));
            const int room = output.viewport()->width() - 20 - 52 - 100 - 10; // beside time and name
            const int lines = (metrics.horizontalAdvance(index.data(WhatRole).toString()) + room - 1) / room;
            INFO(index.data(WhatRole).toString().toStdString());
            const int height = output.visualRect(index).height();
            CHECK(height >= (lines - 1) * metrics.height());
            anyWrapped = anyWrapped || height > 22;
        }
    }
    CHECK(anyWrapped);
}

TEST_CASE("in every lesson the code says which values this run has otherwise", "[app][rooms]")
{
    Everything w;
    for (std::size_t index = 0; index < w.store.lessons().size(); ++index) {
        w.store.openLesson(index);
        const Lesson& lesson = w.store.lesson();
        const Sources sources = app::sourcesOf(lesson);
        for (const Variant& variant : lesson.variants) {
            INFO(lesson.id << ' ' << variant.name);
            Values values = initial_values(lesson);
            const CodePlaces places(lesson, variant, sources);
            for (const Language language : {Language::Python, Language::Cpp})
                CHECK_FALSE(codeNote(places.lines(language), lesson, variant, values, language));
            bool changes = false;
            for (const Parameter& parameter : lesson.parameters)
                if (const auto* range = std::get_if<NumberRange>(&parameter.range);
                    range && matters(variant, parameter, values) && values.number(parameter.name) != range->high) {
                    values.set(parameter.name, range->high);
                    changes = true;
                    break;
                }
            for (const Language language : {Language::Python, Language::Cpp}) {
                const auto note = codeNote(places.lines(language), lesson, variant, values, language);
                CHECK(note.has_value() == changes);
                if (note)
                    CHECK(note->text.startsWith(language == Language::Python ? QStringLiteral("  # in this run: ")
                                                                             : QStringLiteral("  // in this run: ")));
            }
        }
    }
}

TEST_CASE("a step brings the lane of the task that it is about into view", "[app][rooms]")
{
    Everything w;
    w.resize(sizes[1]);
    for (std::size_t lesson = 0; lesson < w.store.lessons().size(); ++lesson)
        if (w.store.lessons()[lesson].id == "build-a-crawler")
            w.store.openLesson(lesson);
    TimelineView& view = w.window.timeline().view();
    settle();
    REQUIRE(view.verticalScrollBar()->maximum() > 0);
    w.store.setStep(0);
    for (std::size_t step = 1; step <= w.store.lastStep(); ++step) {
        QTest::keyClick(&w.window, Qt::Key_Right);
        REQUIRE(w.store.step() == step);
        const TaskId task = subject_of(w.store.trace()[step - 1].fact);
        for (const LaneRow& lane : view.scene().lanes)
            if (task && lane.task == task) {
                const double top = lane.box.y - view.verticalScrollBar()->value();
                INFO("step " << step << ", lane at " << top);
                REQUIRE((top >= 0 || lane.box.y < view.viewport()->height()));
                REQUIRE((top + lane.box.height <= view.viewport()->height() + 1 || lane.box.y < 60));
                if (const int scrolled = view.verticalScrollBar()->value(); scrolled > 0 && scrolled < view.verticalScrollBar()->maximum())
                    REQUIRE(std::any_of(view.scene().lanes.begin(), view.scene().lanes.end(), [&](const LaneRow& row) {
                        return std::abs(row.box.y - view.frozenBottom() - scrolled) <= 1; // no lane is cut at the top
                    }));
            }
    }
}

TEST_CASE("the row under the pointer is marked, also when the list has moved below it", "[app][rooms]")
{
    Everything w;
    w.resize(sizes[1]);
    QListView& list = w.window.lessons().list();
    settle();
    const QPoint pointer = list.visualRect(list.model()->index(3, 0)).center(); // the second lesson, which is not open
    QHoverEvent there(QEvent::HoverMove, pointer, list.viewport()->mapToGlobal(QPointF(pointer)), QPointF(1, 1));
    QApplication::sendEvent(list.viewport(), &there);
    list.viewport()->setAttribute(Qt::WA_UnderMouse);
    const auto ground = [&](const QModelIndex& index) {
        const QRect row = list.visualRect(index);
        return list.viewport()->grab().toImage().pixelColor(row.right() - 24, row.top() + 6);
    };
    const QModelIndex before = list.indexAt(pointer);
    CHECK(ground(before) == themeOf(w.store).hover);
    list.verticalScrollBar()->setValue(list.verticalScrollBar()->value() + 1);
    REQUIRE_FALSE(list.visualRect(before).contains(pointer));
    const QColor marked = themeOf(w.store).hover;
    int others = 0;
    for (int row = 0; row < list.model()->rowCount(); ++row) {
        const QModelIndex index = list.model()->index(row, 0);
        const QRect place = list.visualRect(index);
        if (list.viewport()->rect().contains(place) && !place.contains(pointer))
            others += ground(index) == marked;
    }
    CHECK(others == 0);
}
