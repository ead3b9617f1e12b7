#include "tests/ui/support/course_window.h"

#include "ui/challenge_view.h"
#include "ui/glossary_dialog.h"
#include "ui/just_now.h"
#include "ui/lesson_list.h"
#include "ui/lesson_model.h"
#include "ui/output_view.h"
#include "ui/parameters_view.h"
#include "ui/predict_view.h"
#include "ui/predictions.h"
#include "ui/puzzle_dialog.h"
#include "ui/settings.h"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSettings>
#include <QSlider>
#include <QTabWidget>
#include <QTableWidget>
#include <QTemporaryDir>

namespace loopscope::tests {
namespace {

using namespace ui;
using namespace Qt::StringLiterals;

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
    CHECK(w.words(w.window.challenge()).contains(QStringLiteral("done within 1 s")));
    CHECK(w.words(w.window.challenge()).contains(QStringLiteral("in this run 3 s")));
    CHECK_FALSE(w.words(w.window.challenge()).contains(QStringLiteral("at first 2 s"))); // which a question asks for
    w.click<QPushButton>(w.window.challenge(), QStringLiteral("Set up"));
    CHECK(w.store.variant().name == "together");
    CHECK(w.words(w.window.challenge())
              .contains(QStringLiteral("2 open questions ask for these numbers: answer them first.")));
    w.store.answer(w.store.predictions().open()[1].due, Progress::Answer::Right);
    CHECK(w.words(w.window.challenge())
              .contains(QStringLiteral("An open question asks for these numbers: answer it first.")));
    w.store.setStep(w.store.lastStep());
    CHECK(w.words(w.window.challenge()).contains(QStringLiteral("in this run 2 s")));
    CHECK_FALSE(w.store.progress().is_solved("waits"));

    const QList<QSlider*> sliders = w.window.parameters().findChildren<QSlider*>();
    REQUIRE(sliders.size() >= 2);
    sliders[1]->setFocus();
    QTest::keyClick(sliders[1], Qt::Key_Home); // b = 0.1
    CHECK(w.store.challenge().holds);
    CHECK(w.words(w.window.challenge()).contains(QStringLiteral("SOLVED")));
    CHECK(w.words(w.window.challenge()).contains(QString::fromStdString(w.store.lesson().takeaway)));
    CHECK_FALSE(w.words(w.window.challenge()).contains(QStringLiteral("at first 2 s")));
    w.store.answer(w.store.predictions().open()[0].due, Progress::Answer::Unsure);
    CHECK(w.words(w.window.challenge()).contains(QStringLiteral("at first 2 s · in this run 1 s")));
    CHECK(w.store.progress().is_solved("waits"));
    QTest::keyClick(sliders[1], Qt::Key_End);
    CHECK_FALSE(w.store.challenge().holds);
    CHECK(w.store.progress().is_solved("waits")); // once is enough
    CHECK(w.words(w.window.challenge()).contains(QStringLiteral("solved before")));
}

TEST_CASE("what a challenge measures of another variant waits for the questions about that one", "[ui][exercises]")
{
    static const std::vector<Lesson> lessons = [] {
        std::vector<Lesson> all = lessonsWithExercises();
        all[0].challenge.goal = "total < 9 and runs(one-by-one).total / runs(together).total < 1.7";
        all[0].challenge.begins = all[0].challenge.passes = {.variant = "one-by-one"};
        return all;
    }();
    Store store(lessons, testSources);
    MainWindow window(store);
    window.show();
    store.setStep(store.lastStep()); // one by one, about which nothing is asked
    const auto words = [&] {
        CourseWindow::settle();
        QString all;
        for (const QLabel* label : window.challenge().findChildren<QLabel*>())
            if (label->isVisibleTo(&window))
                all += label->text().replace(QChar(0x00A0), u' ') + u'\n';
        return all;
    };
    CHECK(words().contains(u"answer the question about “Together” first"_s));
    CHECK(store.challenge().holds);
    CHECK(window.challenge().accessibleDescription().contains(u"told when"_s));
    for (const std::size_t question : {1U, 0U}) { // the number of tasks tells nothing about how long it takes, but who knows
        CHECK_FALSE(words().contains(u"SOLVED"_s, Qt::CaseInsensitive));
        CHECK_FALSE(store.progress().is_solved("waits"));
        store.answer(store.predictions().open()[question].due, Progress::Answer::Right);
    }
    CHECK_FALSE(words().contains(u"answer the question"_s));
    CHECK(words().contains(u"SOLVED"_s));
    CHECK(store.progress().is_solved("waits"));
}

TEST_CASE("the beginning of one challenge is not asked about another lesson's parameters", "[ui][exercises]")
{
    static const std::vector<Lesson> lessons = [] {
        std::vector<Lesson> all = lessonsWithExercises();
        all[1] = all[0]; // the same variants
        all[1].id = "more-waits";
        all[1].number = 2;
        all[1].parameters.insert(all[1].parameters.begin(), {.name = "aaa",
                                                             .label = "of this lesson alone",
                                                             .unit = {},
                                                             .range = NumberRange{.low = 0, .high = 1, .step = 0.1},
                                                             .initial = 0.5});
        all[1].challenge.begins = all[1].challenge.passes = {.variant = "together"};
        all.resize(2);
        return all;
    }();
    Store store(lessons, testSources);
    MainWindow window(store);
    window.show();
    CourseWindow::settle();
    store.openLesson(1);
    CourseWindow::settle();
    CHECK(window.challenge().isVisible());
    store.openLesson(0);
    CourseWindow::settle();
    CHECK(window.challenge().isVisible());
}

TEST_CASE("what was seen to its end is not withheld from a challenge, and not in a comparison", "[ui][exercises]")
{
    static const std::vector<Lesson> lessons = [] {
        std::vector<Lesson> all = lessonsWithExercises();
        all[0].challenge.goal = "runs(one-by-one).total / runs(together).total < 1.7";
        return all;
    }();
    Store store(lessons, testSources);
    MainWindow window(store);
    window.show();
    store.chooseVariant(1);
    while (store.step() < store.lastStep()) // each question is passed, none is answered
        store.setStep(store.step() + 1);
    CHECK(store.predictions().open().size() == 2);
    CHECK_FALSE(store.predictions().withholds(store.challenge().clauses));
    store.compare();
    CHECK_FALSE(store.predictions().withholds(store.challenge().clauses));
}

TEST_CASE("a solved challenge leads to the next lesson", "[ui][exercises]")
{
    CourseWindow w;
    CHECK(w.withText<QPushButton>(w.window.challenge(), QStringLiteral("Next lesson")) == nullptr);
    Values quick = w.store.values();
    quick.set("a", 0.1);
    quick.set("b", 0.1);
    w.store.setValues(quick);
    w.click<QPushButton>(w.window.challenge(), QStringLiteral("Next lesson"));
    CHECK(w.store.lessonIndex() == 1);
}

TEST_CASE("what is to take home waits in a low window until it is asked for", "[ui][exercises]")
{
    static const std::vector<Lesson> lessons = [] {
        std::vector<Lesson> all = lessonsWithExercises();
        for (int line = 0; line < 30; ++line)
            all[0].takeaway += "Waits that lie on top of each other take as long as the longest. ";
        return all;
    }();
    Store store(lessons, testSources);
    MainWindow window(store);
    window.resize(1100, 700);
    window.show();
    store.showStage(store.lesson(), *stage_of(store.lesson(), store.lesson().challenge.passes));
    CourseWindow::settle();
    const auto shown = [&window](const QString& start) {
        for (const QLabel* label : window.challenge().findChildren<QLabel*>())
            if (label->isVisible() && label->text().contains(start))
                return true;
        return false;
    };
    while (store.predictions().due())
        store.answer(store.predictions().due()->due, Progress::Answer::Right);
    CourseWindow::settle();
    CHECK(shown(u"Be done within a second."_s));
    CHECK_FALSE(shown(u"on top of each other"_s));
    for (QPushButton* button : window.challenge().findChildren<QPushButton*>())
        if (button->text() == u"More"_s) {
            CHECK(button->isVisible());
            button->click();
        }
    CHECK(shown(u"on top of each other"_s));
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
