#pragma once

#include "tests/ui/support/window.h"

#include "ui/choice_grid.h"
#include "ui/output_view.h"
#include "ui/predict_view.h"
#include "ui/prediction_card.h"

#include <QCoreApplication>
#include <QLabel>

#include <array>
#include <vector>

namespace loopscope::tests {

/// The two test lessons and a third, with something to predict and to achieve.
inline const std::vector<Lesson>& lessonsWithExercises()
{
    static const std::vector<Lesson> all = [] {
        std::vector<Lesson> lessons(testLessons().begin(), testLessons().end());
        lessons.push_back(lessons[1]);
        lessons[2].id = "more-requests";
        lessons[2].number = 3;
        lessons[2].needs = {"waits"};
        lessons[0].predictions = {
            {.id = "total",
             .question = "How long do the waits take?",
             .setup = {.variant = "together"},
             .answer = "total",
             .options = {{.text = "{} s", .value = "a + b", .belief = "M2"}, {.text = "{} s", .value = "max(a, b)"}},
             .decided_by = "fact(\"task finished\", main)",
             .because = "The longer wait decides.",
             .again = {{"a=3", "b=0.5"}}},
            {.id = "tasks",
             .question = "How many tasks are there?",
             .setup = {.variant = "together"},
             .answer = "tasks",
             .options = {{.text = "{}", .value = "1", .belief = "Jobs need no tasks."}, {.text = "{}", .value = "3"}},
             .decided_by = "fact(\"task created\", -1)",
             .because = "main makes two.",
             .again = {{"a=2"}}}};
        lessons[0].challenge = {.task = "Be done within a second.",
                                .goal = "total <= 1",
                                .begins = {.variant = "together"},
                                .passes = {.variant = "together", .sets = {"b=0.9"}},
                                .hint = "The longer wait decides."};
        lessons[0].remarks = {{.variant = "together", .moment = "fact(\"task created\", 2)", .text = "Now there are two."}};
        return lessons;
    }();
    return all;
}

inline const std::array beliefs{Belief{"M2", "Awaits overlap by themselves.", "They do not.", "waits"}};
inline const std::array terms{Term{"task", "A coroutine that the loop runs.", "waits", "asyncio.Task"},
                       Term{"selector", "Where the loop sleeps.", "requests", "selectors"}};
inline const std::array puzzles{Puzzle{.chapter = 1,
                                .task = "Say a, then b.",
                                .before = {},
                                .lines = {"print(\"a\")", "print(\"b\")"},
                                .after = {},
                                .distractors = {{"print(\"c\")", 1, "M2"}},
                                .prints = {"0 a", "0 b"}}};

/// A window over a small course.
struct CourseWindow {
    CourseWindow()
        : store(Course{.lessons = lessonsWithExercises(), .beliefs = beliefs, .glossary = terms, .puzzles = puzzles},
                testSources)
        , window(store)
    {
        store.setReduceMotion(true);
        window.resize(1440, 900);
        window.show();
        window.activateWindow();
        QTest::qWait(1);
    }

    ui::PredictionCard& card() { return window.prediction(); }
    ui::PredictView& questions() { return window.output().questions(); }

    // Presses a number while the card has the focus.
    void choose(Qt::Key number)
    {
        settle();
        REQUIRE(card().isVisible());
        card().setFocus();
        QTest::keyClick(QApplication::focusWidget(), number);
        settle();
    }
    QStringList choices()
    {
        settle();
        QStringList words;
        for (const ui::ChoiceButton* choice : window.findChildren<ui::ChoiceButton*>())
            if (choice->isVisible())
                words += choice->text();
        return words;
    }

    // What a layout was given is shown, and what it was taken from is gone.
    static void settle()
    {
        QApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }

    // The words that are shown now.
    QString words(QWidget& in)
    {
        settle();
        QString all;
        for (const QLabel* label : in.findChildren<QLabel*>())
            if (label->isVisibleTo(&window))
                all += label->text() + QLatin1Char('\n');
        return all.replace(QChar(0x00A0), QLatin1Char(' ')); // where a line may not end
    }
    template <class W>
    W* withText(QWidget& in, const QString& text)
    {
        settle();
        for (W* widget : in.findChildren<W*>())
            if (widget->text() == text && widget->isVisibleTo(&window))
                return widget;
        return nullptr;
    }
    template <class W>
    void click(QWidget& in, const QString& text)
    {
        W* widget = withText<W>(in, text);
        INFO(text.toStdString());
        REQUIRE(widget != nullptr);
        questions().ensureWidgetVisible(widget);
        QTest::mouseClick(widget, Qt::LeftButton, {}, QPoint(8, widget->height() / 2));
    }

    ui::Store store;
    ui::MainWindow window;
};

} // namespace loopscope::tests
