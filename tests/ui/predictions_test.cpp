#include "tests/ui/support/course_window.h"

#include "ui/before_button.h"
#include "ui/lesson_foot.h"
#include "ui/predictions.h"

#include <QMessageBox>
#include <QPushButton>
#include <QTabWidget>

namespace loopscope::tests {
namespace {

using namespace ui;
using namespace Qt::StringLiterals;

// The questions of the first lesson are about its second variant.
struct AskingWindow : CourseWindow {
    AskingWindow() { store.chooseVariant(1); }
};

TEST_CASE("a question about a whole run comes before its first step, where nothing tells the answer", "[ui][predict]")
{
    CourseWindow w;
    CHECK_FALSE(w.card().isVisible()); // another variant is on screen
    w.store.chooseVariant(1);
    CHECK(w.card().isVisible());
    CHECK(w.words(w.card()).contains(u"How long do the waits take?"_s));
    CHECK(w.choices() == QStringList{u"3 s"_s, u"2 s"_s, u"I don't know"_s});
    CHECK(w.store.reached() == 0);
    CHECK(w.store.predictions().wouldSpoil());
    w.store.setStep(w.store.lastStep());
    CHECK_FALSE(w.card().isVisible()); // what has been seen is not predicted
    w.store.setStep(0);
    CHECK(w.card().isVisible()); // but who goes back without an answer is asked again, with the fog back
    CHECK(w.store.predictions().wouldSpoil());
}

TEST_CASE("who went on without an answer is asked later, with the fog back", "[ui][predict]")
{
    AskingWindow w;
    w.store.setStep(w.store.lastStep());
    w.click<QPushButton>(w.window.foot(), u"Next question"_s);
    CHECK(w.store.step() == 0);
    CHECK(w.store.reached() == 0);
    CHECK(w.card().isVisible());
}

TEST_CASE("a question folds for whoever steps on without an answer, and is whole where it is put", "[ui][predict]")
{
    AskingWindow w;
    const QStringList answers = w.choices();
    CHECK_FALSE(w.card().isFolded());
    const int whole = w.card().height();
    w.store.stepForward();
    CHECK(w.card().isFolded());
    CHECK(w.choices().isEmpty());
    CHECK(w.card().height() < whole / 2);
    CHECK(w.words(w.card()).contains(u"How long do"_s));
    w.store.stepForward();
    CHECK(w.card().isFolded());
    w.store.setStep(0);
    CHECK_FALSE(w.card().isFolded());
    CHECK(w.choices() == answers);
}

TEST_CASE("a folded question is opened by its button, a click or a key, and no number answers it unseen", "[ui][predict]")
{
    AskingWindow w;
    const auto steps = [&w] {
        w.store.stepForward();
        CourseWindow::settle();
        REQUIRE(w.card().isFolded());
    };
    steps();
    w.click<QPushButton>(w.card(), u"Answer"_s);
    CHECK_FALSE(w.card().isFolded());
    CHECK(w.card().hasFocus());
    steps();
    QTest::mouseClick(&w.card(), Qt::LeftButton, {}, w.card().rect().center());
    CHECK_FALSE(w.card().isFolded());
    steps();
    w.choose(Qt::Key_Return);
    CHECK_FALSE(w.card().isFolded());
    steps();
    w.choose(Qt::Key_1);
    CHECK_FALSE(w.card().isFolded());
    CHECK(w.store.progress().records().empty());
    CHECK(w.store.variant().name == "together");
    w.choose(Qt::Key_1);
    CHECK(w.store.progress().records().size() == 1);
}

TEST_CASE("while a question is shown whole, numbers choose its answers wherever the focus is", "[ui][predict]")
{
    AskingWindow w;
    CourseWindow::settle();
    w.window.timeline().view().setFocus();
    QTest::keyClick(&w.window, Qt::Key_1);
    CHECK(w.store.progress().record("waits", "total")->last == Progress::Answer::Wrong);
    CHECK(w.store.variant().name == "together");
    QTest::keyClick(&w.window, Qt::Key_1); // it is answered: numbers are variants again
    CHECK(w.store.variant().name == "one-by-one");
}

TEST_CASE("Return presses the button that has the focus", "[ui][predict]")
{
    AskingWindow w;
    auto* unsure = w.withText<ChoiceButton>(w.card(), u"I don't know"_s);
    REQUIRE(unsure);
    unsure->setFocus();
    QTest::keyClick(unsure, Qt::Key_Return);
    CHECK(w.store.progress().record("waits", "total")->last == Progress::Answer::Unsure);
    QPushButton& keep = w.window.before().button();
    keep.setFocus();
    QTest::keyClick(&keep, Qt::Key_Enter, Qt::KeypadModifier);
    CHECK(w.store.kept().has_value());
}

TEST_CASE("playing opens the question that it stops for", "[ui][predict]")
{
    AskingWindow w;
    w.store.stepForward();
    REQUIRE(w.card().isFolded());
    w.window.togglePlay();
    CHECK_FALSE(w.window.player().isPlaying());
    CHECK_FALSE(w.card().isFolded());
    CHECK(w.card().hasFocus());
}

TEST_CASE("beside its moment a verdict is short, and the question is not said again", "[ui][predict]")
{
    AskingWindow w;
    w.choose(Qt::Key_1);
    CHECK(w.words(w.card()).contains(u"How long do the waits take?"_s));
    const int whole = w.card().height();
    const int timeline = w.window.timeline().height();
    w.click<QPushButton>(w.card(), u"Show the moment"_s);
    const QString told = w.words(w.card());
    CHECK_FALSE(told.contains(u"How long do the waits take?"_s));
    CHECK(told.contains(u"They do not."_s));
    CHECK(w.card().height() < whole);
    CHECK(w.window.timeline().height() >= timeline);
    w.click<QPushButton>(w.card(), u"Back"_s);
    CHECK(w.words(w.card()).contains(u"How long do the waits take?"_s));
}

TEST_CASE("playing stops for a card once, and the card has the keys", "[ui][predict]")
{
    AskingWindow w;
    w.window.timeline().view().setFocus();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    CHECK_FALSE(w.window.player().isPlaying());
    CHECK(w.card().hasFocus());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space); // without an answer
    CHECK(w.window.player().isPlaying());
    w.window.player().pause();
    CHECK(w.store.progress().records().empty());
}

TEST_CASE("a right answer lets the run go on that its card had stopped", "[ui][predict]")
{
    AskingWindow w;
    w.store.answer(w.store.predictions().open()[1].due, Progress::Answer::Right); // one is left
    w.window.togglePlay();
    CHECK_FALSE(w.window.player().isPlaying());
    w.choose(Qt::Key_2);
    CHECK(w.words(w.card()).contains(u"✓ “2 s” is right"_s));
    CHECK(w.window.player().isPlaying());
    w.window.player().pause();
}

TEST_CASE("a wrong answer is locked, names the belief, and leads to what refutes it and back", "[ui][predict]")
{
    AskingWindow w;
    w.choose(Qt::Key_1);
    CHECK(w.store.progress().record("waits", "total")->last == Progress::Answer::Wrong);
    CHECK(w.choices().isEmpty());
    const QString told = w.words(w.card());
    CHECK(told.contains(u"✗ Not “3 s”"_s));
    CHECK(told.contains(u"Right is “2 s”"_s));
    CHECK(told.contains(u"Awaits overlap by themselves."_s));
    CHECK(told.contains(u"They do not."_s));
    CHECK(told.contains(u"The longer wait decides."_s));
    for (const QLabel* label : w.card().findChildren<QLabel*>())
        if (label->accessibleName() == u"Why"_s)
            CHECK(label->property("role").toString() == u"plain"_s); // it is what the answer is told for
    w.choose(Qt::Key_1); // too late, and no other variant either
    CHECK(w.store.variant().name == "together");
    CHECK(w.store.progress().record("waits", "total")->asked == 1);

    w.click<QPushButton>(w.card(), u"Show the moment"_s);
    REQUIRE(w.store.step() > 0);
    CHECK(std::holds_alternative<TaskFinished>(w.store.trace()[w.store.step() - 1].fact));
    CHECK(w.store.position().when == TimePoint{seconds(2)});
    CHECK(w.words(w.card()).contains(u"Right is “2 s”"_s)); // the words stay beside what they speak of
    w.click<QPushButton>(w.card(), u"Back"_s);
    CHECK(w.store.step() == 0);
    w.click<QPushButton>(w.card(), u"Next question"_s);
    CHECK_FALSE(w.card().isLocked());
}

TEST_CASE("the moment of a question about another variant is shown there, and back is where one was", "[ui][predict]")
{
    AskingWindow w;
    w.choose(Qt::Key_1);
    w.store.chooseVariant(0);
    w.store.setStep(3);
    CHECK(w.card().isLocked());
    w.click<QPushButton>(w.card(), u"Show the moment"_s);
    CHECK(w.store.variant().name == "together");
    w.click<QPushButton>(w.card(), u"Back"_s);
    CHECK(w.store.variant().name == "one-by-one");
    CHECK(w.store.step() == 3);
}

TEST_CASE("one question follows the other, not knowing costs nothing, and the score is kept", "[ui][predict]")
{
    AskingWindow w;
    w.choose(Qt::Key_2);
    CHECK(w.words(w.card()).contains(u"“2 s” is right"_s));
    w.click<QPushButton>(w.card(), u"Next question"_s);
    CHECK(w.words(w.card()).contains(u"How many tasks are there?"_s));
    CHECK(w.window.output().tabs().tabText(4) == u"Predict 1"_s);
    w.choose(Qt::Key_3);
    CHECK(w.words(w.card()).contains(u"Right is “3”"_s));
    CHECK(w.words(w.window.foot()).contains(u"2 of 2 answered, 1 right"_s));
    w.window.output().tabs().setCurrentWidget(&w.questions());
    CHECK(w.words(w.questions()).contains(u"right in 1 of 2"_s));
    CHECK(w.words(w.questions()).contains(u"✓"_s));
    CHECK(w.window.output().tabs().tabText(4) == u"Predict"_s);
    w.store.openLesson(2);
    CHECK_FALSE(w.card().isVisible());
}

TEST_CASE("what was missed comes back two lessons later with other numbers, and not when it was right then",
          "[ui][predict]")
{
    AskingWindow w;
    w.choose(Qt::Key_1);
    w.store.openLesson(1);
    CHECK_FALSE(w.card().isVisible());
    w.store.openLesson(2);
    CHECK(w.words(w.card()).contains(u"ONCE MORE, FROM “TWO WAITS”"_s));
    CHECK(w.words(w.card()).contains(u"In “Together”: wait a 3 s"_s));
    CHECK(w.choices() == QStringList{u"3.5 s"_s, u"3 s"_s, u"I don't know"_s});
    w.choose(Qt::Key_2);
    CHECK(w.store.progress().record("waits", "total")->last == Progress::Answer::Right);
    w.click<QPushButton>(w.card(), u"Show the moment"_s);
    CHECK(w.store.lesson().id == "waits");
    CHECK(w.store.values().number("a") == 3.0);
    w.click<QPushButton>(w.card(), u"Back"_s);
    CHECK(w.store.lesson().id == "more-requests");
    w.store.openLesson(1);
    w.store.openLesson(2);
    CHECK_FALSE(w.card().isVisible());
}

TEST_CASE("starting over forgets everything, and asks before", "[ui][predict]")
{
    AskingWindow w;
    w.choose(Qt::Key_1);
    w.window.output().tabs().setCurrentWidget(&w.questions());
    const auto answer = [&](const QString& words) {
        w.click<QPushButton>(w.questions(), u"Start over…"_s);
        auto* asks = w.window.findChild<QMessageBox*>();
        REQUIRE(asks != nullptr);
        CHECK(asks->icon() == QMessageBox::NoIcon); // its picture would be of another theme
        for (QAbstractButton* button : asks->buttons())
            if (button->text() == words)
                QTest::mouseClick(button, Qt::LeftButton);
        CourseWindow::settle();
    };
    answer(u"Keep"_s);
    CHECK(w.store.progress().records().size() == 1);
    answer(u"Forget all"_s);
    CHECK(w.store.progress() == Progress{});
}

TEST_CASE("a question in the middle of a run waits for its moment", "[ui][predict]")
{
    static const std::vector<Lesson> lessons = [] {
        std::vector<Lesson> all(lessonsWithExercises());
        all[0].predictions.erase(all[0].predictions.begin() + 1);
        all[0].predictions[0].asked_at = "fact(\"timer fired\", 1)";
        all[0].default_variant = 1;
        return all;
    }();
    Store store(lessons, testSources);
    REQUIRE(store.predictions().open().size() == 1);
    const Asked asked = store.predictions().open()[0].asked;
    CHECK(store.predictions().due() == nullptr);
    store.setStep(asked.from - 1);
    CHECK(store.predictions().due() == nullptr);
    store.setStep(asked.from);
    REQUIRE(store.predictions().due() != nullptr);
    CHECK(store.predictions().stopsPlayback());
    CHECK_FALSE(store.predictions().stopsPlayback()); // once
    store.setStep(asked.decided_by.step);
    CHECK(store.predictions().due() != nullptr);
    store.setStep(asked.decided_by.step + 1);
    CHECK(store.predictions().due() == nullptr);

    Values longer = store.values();
    longer.set("a", 4.0);
    store.setStep(0);
    store.setReached(0);
    store.setValues(longer); // the question is about other numbers
    store.setStep(asked.from);
    CHECK(store.predictions().due() == nullptr);
    CHECK(store.predictions().elsewhere() != nullptr);
}

} // namespace

TEST_CASE("away from its moment a verdict tells what was asked on hover, and one button only goes to the next question", "[ui][predict]")
{
    AskingWindow w;
    w.choose(Qt::Key_1);
    CHECK(w.withText<QPushButton>(w.card(), u"Next question"_s));
    CHECK_FALSE(w.withText<QPushButton>(w.window.foot(), u"Next question"_s));
    w.store.setStep(w.store.lastStep());
    REQUIRE(w.card().isVisible());
    CHECK(w.card().toolTip() == u"How long do the waits take?"_s);
    CHECK(w.withText<QPushButton>(w.card(), u"Done"_s));
    CHECK_FALSE(w.withText<QPushButton>(w.card(), u"Next question"_s));
    CHECK(w.withText<QPushButton>(w.window.foot(), u"Next question"_s));
    w.store.setStep(0);
    CHECK(w.card().toolTip().isEmpty());
    CHECK(w.withText<QPushButton>(w.card(), u"Next question"_s));
}

} // namespace loopscope::tests
