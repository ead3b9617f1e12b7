#include "tests/ui/support/course_window.h"

#include "ui/just_now.h"
#include "ui/lesson_foot.h"
#include "ui/loop_game.h"
#include "ui/loop_game_card.h"
#include "ui/predictions.h"

#include <QPushButton>

namespace loopscope::tests {
namespace {

using namespace ui;
using namespace Qt::StringLiterals;

struct GameWindow : CourseWindow {
    GameWindow()
    {
        store.chooseVariant(1);
        store.answer(store.predictions().open()[0].due, Progress::Answer::Right);
        store.answer(store.predictions().open()[0].due, Progress::Answer::Right);
    }
    LoopGame& game() { return store.game(); }
    void press(Qt::Key key) { QTest::keyClick(&window, key); }
    // Presses the number of the choice with this name.
    void pick(const QString& name)
    {
        INFO(name.toStdString());
        const auto index = choices().indexOf(name);
        REQUIRE(index >= 0);
        press(static_cast<Qt::Key>(Qt::Key_1 + static_cast<int>(index)));
    }
};

TEST_CASE("whoever is the loop picks what runs next, and only legal picks are taken", "[ui][loop-game]")
{
    GameWindow w;
    w.press(Qt::Key_L);
    REQUIRE(w.game().isOn());
    CHECK(w.window.gameCard().isVisible());
    CHECK(w.choices() == QStringList{u"main"_s, u"sleep in select"_s});
    const std::size_t first = w.store.step();
    CHECK(w.store.reached() == first); // the rest is fogged

    w.pick(u"sleep in select"_s);
    CHECK(w.store.step() == first);
    CHECK(w.words(w.window.gameCard()).contains(u"main is ready: the loop sleeps only when the ready queue is empty."_s));
    w.pick(u"main"_s);
    CHECK(w.store.step() > first);
    CHECK(w.store.reached() == w.store.step());
    CHECK(w.words(w.window.gameCard()).contains(u"0 of 1 right at once"_s));
    w.pick(u"job-1"_s);
    CHECK(w.words(w.window.gameCard()).contains(u"1 of 2 right at once"_s));
}

TEST_CASE("while the loop is somebody's to be, no sentence says what it does next", "[ui][loop-game]")
{
    GameWindow w;
    const auto told = [&] { return w.words(*w.window.findChild<JustNow*>()); };
    w.press(Qt::Key_L);
    std::size_t tells = 0;
    while (!w.game().isOver()) {
        REQUIRE(w.game().outlook() == Outlook::LeftOut);
        INFO(told().toStdString());
        CHECK_FALSE(told().contains(u"is next"_s));
        CHECK_FALSE(told().contains(u"will wake"_s));
        CHECK_FALSE(told().contains(u"Next in the ready queue"_s));
        const std::size_t step = w.store.step();
        if (explain(w.store.trace(), step - 1).sentence != explain(w.store.trace(), step - 1, Outlook::LeftOut).sentence)
            ++tells;
        const std::size_t made = w.game().made();
        for (std::size_t i = 0; i < w.game().choices().size() && w.game().made() == made; ++i)
            w.game().pick(i);
    }
    CHECK(tells > 2); // there would have been something to say
    w.game().leave();
    w.store.setStep(w.store.lastStep() / 2);
    CHECK(w.game().outlook() == Outlook::Told);
}

TEST_CASE("a run that is picked to its end is the run of the record", "[ui][loop-game]")
{
    GameWindow w;
    w.click<QPushButton>(w.window.foot(), u"Be the loop"_s);
    std::size_t picks = 0;
    while (!w.game().isOver()) {
        REQUIRE(++picks < 100);
        const std::size_t before = w.game().made();
        for (std::size_t i = 0; i < w.game().choices().size() && w.game().made() == before; ++i)
            w.game().pick(i);
        REQUIRE(w.game().made() == before + 1);
    }
    CHECK(w.game().made() == switches_of(w.store.trace()).size());
    CHECK(w.store.step() == w.store.lastStep());
    CHECK(w.words(w.window.gameCard()).contains(u"The run is over"_s));
}

TEST_CASE("picks are taken by mouse, and taken back; nothing leads past the switch", "[ui][loop-game]")
{
    GameWindow w;
    w.press(Qt::Key_L);
    const std::size_t first = w.store.step();
    w.click<ChoiceButton>(w.window.gameCard(), u"main"_s);
    const std::size_t second = w.store.step();
    REQUIRE(second > first);
    for (const Qt::Key key : {Qt::Key_Right, Qt::Key_End, Qt::Key_Space}) {
        w.press(key);
        CHECK(w.store.step() == second);
    }
    w.press(Qt::Key_Left);
    CHECK(w.store.step() < second); // to look back is allowed
    w.press(Qt::Key_Backspace);
    CHECK(w.store.step() == first);
    CHECK(w.game().made() == 0);
    w.pick(u"main"_s);
    CHECK(w.game().rightAtOnce() == 1);
}

TEST_CASE("leaving the game gives back the window as it was", "[ui][loop-game]")
{
    GameWindow w;
    w.store.setStep(w.store.lastStep());
    w.store.setStep(5);
    w.press(Qt::Key_L);
    CHECK(w.store.reached() < w.store.lastStep());
    w.pick(u"main"_s);
    w.press(Qt::Key_Escape);
    CHECK_FALSE(w.game().isOn());
    CHECK(w.store.step() == 5);
    CHECK(w.store.reached() == w.store.lastStep());
    w.press(Qt::Key_End);
    CHECK(w.store.step() == w.store.lastStep());
}

TEST_CASE("a prediction and its verdict make room for the game", "[ui][loop-game]")
{
    CourseWindow w;
    w.store.chooseVariant(1);
    REQUIRE(w.card().isVisible());
    QTest::keyClick(&w.window, Qt::Key_L);
    CHECK_FALSE(w.card().isVisible());
    QTest::keyClick(&w.window, Qt::Key_Escape);
    CHECK(w.card().isVisible());
    w.choose(Qt::Key_1);
    QTest::keyClick(&w.window, Qt::Key_L);
    CHECK_FALSE(w.card().isVisible());
    QTest::keyClick(&w.window, Qt::Key_Escape);
    CHECK(w.card().isLocked());
    CHECK(w.card().isVisible());
}

TEST_CASE("another variant, lesson or value ends the game", "[ui][loop-game]")
{
    GameWindow w;
    w.press(Qt::Key_L);
    w.store.chooseVariant(0);
    CHECK_FALSE(w.game().isOn());
    w.press(Qt::Key_End);
    CHECK(w.store.step() == w.store.lastStep());
    w.press(Qt::Key_L);
    REQUIRE(w.game().isOn()); // from the front, since the end was shown
    Values longer = w.store.values();
    longer.set("a", 4.0);
    w.store.setValues(longer);
    CHECK_FALSE(w.game().isOn());
    w.press(Qt::Key_L);
    w.store.openLesson(1);
    CHECK_FALSE(w.game().isOn());
    w.press(Qt::Key_End);
    CHECK(w.store.step() == w.store.lastStep());
}

} // namespace
} // namespace loopscope::tests
