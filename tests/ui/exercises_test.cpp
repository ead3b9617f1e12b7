#include "tests/ui/support/window.h"

#include "ui/challenge_view.h"
#include "ui/glossary_dialog.h"
#include "ui/just_now.h"
#include "ui/lesson_list.h"
#include "ui/lesson_model.h"
#include "ui/output_view.h"
#include "ui/parameters_view.h"
#include "ui/predict_view.h"
#include "ui/puzzle_dialog.h"
#include "ui/settings.h"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRadioButton>
#include <QSettings>
#include <QSlider>
#include <QTabWidget>
#include <QTableWidget>
#include <QTemporaryDir>

#include <array>

namespace loopscope::tests {
namespace {

using namespace ui;

// The two test lessons and a third, with something to predict and to achieve.
const std::vector<Lesson>& lessonsWithExercises()
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

const std::array beliefs{Belief{"M2", "Awaits overlap by themselves.", "They do not.", "waits"}};
const std::array terms{Term{"task", "A coroutine that the loop runs.", "waits", "asyncio.Task"},
                       Term{"selector", "Where the loop sleeps.", "requests", "selectors"}};
const std::array puzzles{Puzzle{.chapter = 1,
                                .task = "Say a, then b.",
                                .before = {},
                                .lines = {"print(\"a\")", "print(\"b\")"},
                                .after = {},
                                .distractors = {{"print(\"c\")", 1, "M2"}},
                                .prints = {"0 a", "0 b"}}};

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

    PredictView& questions() { return window.output().questions(); }

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
        return all;
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

    Store store;
    MainWindow window;
};

TEST_CASE("a lesson that asks something asks it first", "[ui][exercises]")
{
    CourseWindow w;
    CHECK(w.window.output().tabs().currentWidget() == &w.questions());
    CHECK(w.window.output().tabs().tabText(4) == QStringLiteral("Predict 2"));
    CHECK(w.words(w.questions()).contains(QStringLiteral("How long do the waits take?")));
    CHECK(w.withText<QRadioButton>(w.questions(), QStringLiteral("3 s")) != nullptr);
    CHECK_FALSE(w.withText<QPushButton>(w.questions(), QStringLiteral("Lock my answer"))->isEnabled());
}

TEST_CASE("a wrong answer names the belief and leads to the moment that refutes it", "[ui][exercises]")
{
    CourseWindow w;
    w.click<QRadioButton>(w.questions(), QStringLiteral("3 s"));
    w.click<QPushButton>(w.questions(), QStringLiteral("Lock my answer"));
    CHECK(w.words(w.questions()).contains(QStringLiteral("It is: 2 s")));
    CHECK(w.words(w.questions()).contains(QStringLiteral("Awaits overlap by themselves.")));
    CHECK(w.words(w.questions()).contains(QStringLiteral("They do not.")));
    CHECK(w.words(w.questions()).contains(QStringLiteral("The longer wait decides.")));
    CHECK(w.store.progress().record("waits", "total")->last == Progress::Answer::Wrong);
    CHECK(w.withText<QRadioButton>(w.questions(), QStringLiteral("2 s")) == nullptr); // it is locked
    const QPushButton* next = w.withText<QPushButton>(w.questions(), QStringLiteral("Next"));
    REQUIRE(next != nullptr);
    CHECK(w.questions().viewport()->rect().contains(next->mapTo(w.questions().viewport(), next->rect().center())));
    CHECK(next->hasFocus());

    w.click<QPushButton>(w.questions(), QStringLiteral("Show the moment"));
    CHECK(w.store.variant().name == "together");
    REQUIRE(w.store.step() > 0);
    CHECK(std::holds_alternative<TaskFinished>(w.store.trace()[w.store.step() - 1].fact));
    CHECK(w.store.position().when == TimePoint{seconds(2)});

    w.click<QPushButton>(w.questions(), QStringLiteral("Next"));
    CHECK(w.words(w.questions()).contains(QStringLiteral("How many tasks are there?")));
}

TEST_CASE("a right answer counts, not knowing costs nothing", "[ui][exercises]")
{
    CourseWindow w;
    w.click<QRadioButton>(w.questions(), QStringLiteral("2 s"));
    w.click<QPushButton>(w.questions(), QStringLiteral("Lock my answer"));
    CHECK(w.words(w.questions()).contains(QStringLiteral("Right: 2 s")));
    w.click<QPushButton>(w.questions(), QStringLiteral("Next"));
    w.click<QRadioButton>(w.questions(), QStringLiteral("I don't know"));
    w.click<QPushButton>(w.questions(), QStringLiteral("Lock my answer"));
    CHECK(w.words(w.questions()).contains(QStringLiteral("It is: 3")));
    w.click<QPushButton>(w.questions(), QStringLiteral("Next"));
    CHECK(w.words(w.questions()).contains(QStringLiteral("right in 1 of 2")));
    CHECK(w.window.output().tabs().tabText(4) == QStringLiteral("Predict"));
    w.store.openLesson(2);
    CHECK(w.questions().open() == 0);
}

TEST_CASE("a question is answered by keys alone", "[ui][exercises]")
{
    CourseWindow w;
    w.withText<QRadioButton>(w.questions(), QStringLiteral("3 s"))->setFocus();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
    QPushButton* lock = w.withText<QPushButton>(w.questions(), QStringLiteral("Lock my answer"));
    lock->setFocus();
    QTest::keyClick(lock, Qt::Key_Space);
    CHECK(w.store.progress().record("waits", "total")->last == Progress::Answer::Right);
}

TEST_CASE("what was missed comes back two lessons later with other numbers", "[ui][exercises]")
{
    CourseWindow w;
    w.click<QRadioButton>(w.questions(), QStringLiteral("3 s"));
    w.click<QPushButton>(w.questions(), QStringLiteral("Lock my answer"));
    w.store.openLesson(1);
    CHECK(w.questions().open() == 0);
    w.store.openLesson(2);
    CHECK(w.words(w.questions()).contains(QStringLiteral("ONCE MORE")));
    CHECK(w.withText<QRadioButton>(w.questions(), QStringLiteral("3.5 s")) != nullptr);
    w.click<QRadioButton>(w.questions(), QStringLiteral("3 s"));
    w.click<QPushButton>(w.questions(), QStringLiteral("Lock my answer"));
    CHECK(w.store.progress().record("waits", "total")->last == Progress::Answer::Right);
    CHECK(w.questions().open() == 0);
}

TEST_CASE("a lesson names those that it builds on, until they are done", "[ui][exercises]")
{
    CourseWindow w;
    CHECK_FALSE(w.words(w.window.lessons()).contains(QStringLiteral("Builds on")));
    w.store.openLesson(2);
    CHECK(w.words(w.window.lessons()).contains(QStringLiteral("Builds on “Two waits”.")));
    Progress progress;
    progress.solved("waits");
    w.store.setProgress(progress);
    CHECK_FALSE(w.words(w.window.lessons()).contains(QStringLiteral("Builds on")));
}

TEST_CASE("the challenge says live whether its goal holds", "[ui][exercises]")
{
    CourseWindow w;
    CHECK(w.words(w.window.challenge()).contains(QStringLiteral("now 3")));
    w.click<QPushButton>(w.window.challenge(), QStringLiteral("Begin"));
    CHECK(w.store.variant().name == "together");
    CHECK(w.words(w.window.challenge()).contains(QStringLiteral("now 2")));
    CHECK_FALSE(w.store.progress().is_solved("waits"));

    const QList<QSlider*> sliders = w.window.parameters().findChildren<QSlider*>();
    REQUIRE(sliders.size() >= 2);
    sliders[1]->setFocus();
    QTest::keyClick(sliders[1], Qt::Key_Home); // b = 0.1
    CHECK(w.store.challenge().holds);
    CHECK(w.words(w.window.challenge()).contains(QStringLiteral("SOLVED")));
    CHECK(w.store.progress().is_solved("waits"));
    QTest::keyClick(sliders[1], Qt::Key_End);
    CHECK_FALSE(w.store.challenge().holds);
    CHECK(w.store.progress().is_solved("waits")); // once is enough
    CHECK(w.words(w.window.challenge()).contains(QStringLiteral("solved before")));
}

TEST_CASE("the hint is there for who asks", "[ui][exercises]")
{
    CourseWindow w;
    CHECK_FALSE(w.words(w.window.challenge()).contains(QStringLiteral("The longer wait decides.")));
    w.click<QPushButton>(w.window.challenge(), QStringLiteral("Hint"));
    CHECK(w.words(w.window.challenge()).contains(QStringLiteral("The longer wait decides.")));
}

TEST_CASE("a lesson's remark stands at its moment", "[ui][exercises]")
{
    CourseWindow w;
    w.store.chooseVariant(1);
    REQUIRE(w.store.remarks().size() == 1);
    auto* justNow = w.window.findChild<JustNow*>();
    w.store.setStep(w.store.remarks()[0].step + 1);
    CHECK(w.words(*justNow).contains(QStringLiteral("Now there are two.")));
    w.store.setStep(w.store.remarks()[0].step + 2);
    CHECK_FALSE(w.words(*justNow).contains(QStringLiteral("Now there are two.")));
}

TEST_CASE("a puzzle is put together by keys, and says what is wrong", "[ui][exercises]")
{
    PuzzleDialog dialog(puzzles[0], beliefs);
    dialog.show();
    dialog.activateWindow();
    REQUIRE(QTest::qWaitForWindowActive(&dialog));
    REQUIRE(dialog.pool().count() == 3);
    const auto take = [&](const char* line) {
        dialog.pool().setFocus();
        dialog.pool().setCurrentItem(dialog.pool().findItems(QString::fromUtf8(line), Qt::MatchExactly).front());
        QTest::keyClick(&dialog.pool(), Qt::Key_Return);
    };
    const auto verdict = [&] {
        dialog.check();
        for (const QLabel* label : dialog.findChildren<QLabel*>())
            if (label->accessibleName() == QStringLiteral("Verdict"))
                return label->text();
        return QString();
    };
    CHECK(verdict().contains(QStringLiteral("a line is missing")));
    take("print(\"c\")");
    CHECK(verdict().contains(QStringLiteral("Awaits overlap by themselves.")));
    dialog.program().setFocus();
    QTest::keyClick(&dialog.program(), Qt::Key_Return); // back
    take("print(\"b\")");
    take("print(\"a\")");
    CHECK(verdict().contains(QStringLiteral("is not the next one")));
    CHECK_FALSE(dialog.isSolved());
    dialog.program().setFocus();
    QTest::keyClick(&dialog.program(), Qt::Key_Up, Qt::AltModifier);
    CHECK(verdict().contains(QStringLiteral("That is it")));
    CHECK(dialog.isSolved());
}

TEST_CASE("the glossary finds a word and opens its lesson", "[ui][exercises]")
{
    CourseWindow w;
    GlossaryDialog dialog(w.store);
    std::size_t asked = 99;
    QObject::connect(&dialog, &GlossaryDialog::lessonRequested, [&](std::size_t index) { asked = index; });
    dialog.show();
    REQUIRE(dialog.table().rowCount() == 2);
    QTest::keyClicks(&dialog.search(), QStringLiteral("sleeps"));
    CHECK(dialog.table().isRowHidden(0));
    CHECK_FALSE(dialog.table().isRowHidden(1));
    CHECK(dialog.table().item(1, 2)->text() == QStringLiteral("2. One page"));
    dialog.table().setCurrentCell(1, 0);
    QTest::keyClick(&dialog.table(), Qt::Key_Return);
    CHECK(asked == 1);
}

TEST_CASE("what was answered and solved is known at the next start", "[ui][exercises]")
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("settings.ini"));
    Progress progress;
    progress.answered("waits", "total", Progress::Answer::Wrong);
    progress.answered("waits", "total", Progress::Answer::Right);
    progress.answered("waits", "tasks", Progress::Answer::Unsure);
    progress.solved("waits");
    {
        CourseWindow w;
        w.store.setProgress(progress);
        QSettings settings(file, QSettings::IniFormat);
        saveChoices(settings, w.store);
    }
    CourseWindow w;
    const QSettings settings(file, QSettings::IniFormat);
    restoreChoices(settings, w.store);
    CHECK(w.store.progress() == progress);
    CHECK(w.questions().open() == 0);
}

TEST_CASE("the last of thirty lessons says first what should come before it", "[ui][exercises]")
{
    std::vector<Lesson> lessons(30, testLessons()[1]);
    for (std::size_t i = 0; i < lessons.size(); ++i) {
        lessons[i].id = "lesson-" + std::to_string(i);
        lessons[i].chapter = static_cast<int>(i) / 10 + 1;
    }
    Store store(lessons, testSources);
    MainWindow window(store);
    window.resize(1440, 900);
    window.show();
    const auto choose = [&] { Q_EMIT window.lessons().lessonRequested(29); };
    choose();
    CHECK(store.lessonIndex() == 0);
    CHECK(store.notice().contains(QStringLiteral("chapters 1, 2 and 3")));
    choose(); // all the same
    CHECK(store.lessonIndex() == 29);
}

} // namespace
} // namespace loopscope::tests
