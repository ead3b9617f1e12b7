#include "ui/before_button.h"
#include "ui/challenge_view.h"
#include "ui/compare_canvas.h"
#include "ui/compare_question.h"
#include "ui/compare_view.h"
#include "ui/controls.h"
#include "ui/difference_model.h"
#include "ui/difference_table.h"
#include "ui/picture_texts.h"
#include "ui/predictions.h"
#include "ui/shaped_text.h"
#include "ui/theme.h"
#include "ui/transport_bar.h"

#include "tests/ui/support/course_window.h"
#include "tests/ui/support/window.h"

#include <QAbstractItemModelTester>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>

using namespace loopscope;
using namespace loopscope::ui;
using namespace loopscope::tests;
using namespace Qt::StringLiterals;

namespace {

void setNumber(Store& store, const char* name, double value)
{
    Values values = store.values();
    values.set(name, value);
    store.setValues(values);
}

QStringList texts(const QTableView& table, int row)
{
    QStringList cells;
    for (int column = 0; column < table.model()->columnCount(); ++column)
        cells += table.model()->index(row, column).data().toString();
    return cells;
}

} // namespace

TEST_CASE("a comparison that would answer an open question comes after it", "[ui][compare][predict]")
{
    CourseWindow w;
    REQUIRE(w.store.predictions().open().size() == 2); // both about "together"
    w.store.compare();
    CourseWindow::settle();
    CompareView& view = *w.window.findChild<CompareView*>();
    const auto all = [&] { return w.words(view); };
    REQUIRE(view.question().isVisible());
    CHECK(all().contains(u"How long do the waits take?"_s));
    CHECK(all().contains(u"and 1 more"_s));
    CHECK_FALSE(view.canvas().isVisible());
    CHECK_FALSE(view.tasks().isVisible());
    CHECK_FALSE(view.goThereButton().isVisible());
    CHECK_FALSE(all().contains(u"First difference"_s));
    CHECK_FALSE(all().contains(u"t = "_s)); // which would be the total
    CHECK(w.words(w.window.challenge()).contains(u"2 open questions ask"_s));
    const auto canPlay = [&] {
        for (const auto* button : w.window.transport().findChildren<QToolButton*>())
            if (button->accessibleName() == u"Play"_s)
                return button->isEnabled();
        return false;
    };
    CHECK_FALSE(canPlay()); // there is nothing to step through

    w.click<QPushButton>(view.question(), u"I don't know: compare"_s);
    CourseWindow::settle();
    CHECK_FALSE(view.question().isVisible());
    CHECK(view.canvas().isVisible());
    CHECK(view.tasks().isVisible());
    CHECK(all().contains(u"First difference"_s));
    CHECK(canPlay());
    CHECK(w.store.progress().record("waits", "total")->last == Progress::Answer::Unsure);
}

TEST_CASE("a comparison of a run that was seen to its end is not held up by its question", "[ui][compare][predict]")
{
    CourseWindow w;
    w.store.chooseVariant(1);
    w.store.setStep(w.store.lastStep());
    w.store.compareWithBefore();
    CHECK_FALSE(w.window.comparison().question().isPut());
    w.store.chooseVariant(0); // and forgets what was seen of the other
    w.store.compareVariants(0, 1);
    CHECK(w.window.comparison().question().isPut());
}

TEST_CASE("a challenge measures the run that a change has led to", "[ui][compare]")
{
    CourseWindow w;
    w.store.chooseVariant(1);
    w.store.setStep(w.store.lastStep());
    w.store.compareWithBefore(); // "together", where the lesson proposes another first
    setNumber(w.store, "a", 0.5);
    setNumber(w.store, "b", 0.9);
    CHECK(w.store.challenge().holds);
    w.store.compareVariants(1, 0); // 1.4 s one by one
    CHECK_FALSE(w.store.challenge().holds);
    w.store.swapCompared();
    CHECK(w.store.challenge().holds);
}

TEST_CASE("Escape leaves a comparison for the run that was on screen", "[ui][compare]")
{
    Window w;
    w.type("2");
    w.store.setStep(3);
    w.press(Qt::Key_C);
    REQUIRE(w.store.mode() == Mode::Compare);
    w.store.setStep(1);
    w.store.setGlide(0.5); // it was being played
    w.press(Qt::Key_Escape);
    CHECK(w.store.glide() == 0);
    CHECK(w.store.mode() == Mode::Run);
    CHECK(w.store.variant().name == "together");
    CHECK(w.store.step() == 3);
}

TEST_CASE("what was kept can be forgotten", "[ui][compare]")
{
    Window w;
    QPushButton* forget = nullptr;
    for (QPushButton* button : w.window.before().findChildren<QPushButton*>())
        forget = button == &w.window.before().button() ? forget : button;
    REQUIRE(forget);
    CHECK_FALSE(forget->isVisible());
    w.type("2");
    w.press(Qt::Key_C, Qt::ShiftModifier);
    REQUIRE(forget->isVisible());
    setNumber(w.store, "b", 4.0);
    QTest::mouseClick(forget, Qt::LeftButton);
    CHECK(w.store.mode() == Mode::Run);
    CHECK(w.store.variant().name == "together");
    CHECK_FALSE(w.store.kept().has_value());
    CHECK_FALSE(forget->isVisible());
    w.press(Qt::Key_C);
    CHECK(w.store.comparedSides() == std::pair(CompareSide{0, false}, CompareSide{1, false}));
}

TEST_CASE("who answers first goes to the run of the question, and then sees the comparison", "[ui][compare][predict]")
{
    CourseWindow w;
    w.store.compare();
    CourseWindow::settle();
    CompareView& view = *w.window.findChild<CompareView*>();
    w.click<QPushButton>(view.question(), u"Answer first"_s);
    CHECK(w.store.mode() == Mode::Run);
    CHECK(w.store.variant().name == "together");
    REQUIRE(w.store.predictions().due());
    while (w.store.predictions().due())
        w.store.answer(w.store.predictions().due()->due, Progress::Answer::Right);
    w.store.compare();
    CourseWindow::settle();
    CHECK(view.canvas().isVisible());
    CHECK_FALSE(view.question().isVisible());
}

TEST_CASE("a run is kept as before, and a change shows against it on one axis", "[ui][compare]")
{
    Window w;
    w.type("2"); // together
    w.press(Qt::Key_C, Qt::ShiftModifier);
    REQUIRE(w.store.mode() == Mode::Compare);
    CHECK(w.store.comparison().numbers.verdict == "equally fast");
    CHECK_FALSE(w.window.before().button().isEnabled()); // nothing has changed
    CHECK(w.window.before().button().text() == u"Keep this run to compare"_s);

    setNumber(w.store, "b", 4.0);
    const ComparedRuns& runs = w.store.comparison();
    CHECK(to_seconds(runs.numbers.a.total) == 2.0);
    CHECK(to_seconds(runs.numbers.b.total) == 4.0);
    CHECK(runs.numbers.verdict == "2× slower");
    CHECK(comparisonWords(w.store).title_a == "Together, before · wait b 2 s");
    CHECK(comparisonWords(w.store).title_b == "Together, now · wait b 4 s");
    REQUIRE(runs.numbers.difference);
    CHECK(runs.numbers.difference->sentence.find("in the run now") != std::string::npos);

    // What is now becomes before, and the next change shows against that: the button says so.
    CHECK(w.window.before().button().text() == u"Keep this run instead"_s);
    QTest::mouseClick(&w.window.before().button(), Qt::LeftButton);
    CHECK(w.store.comparison().numbers.verdict == "equally fast");
    CHECK(to_seconds(w.store.comparison().numbers.a.total) == 4.0);
}

TEST_CASE("the button below the parameters keeps the run", "[ui][compare]")
{
    Window w;
    QTest::mouseClick(&w.window.before().button(), Qt::LeftButton);
    CHECK(w.store.mode() == Mode::Compare);
    CHECK(w.store.comparedSides().first == CompareSide{0, true});
    CHECK(w.store.comparedSides().second == CompareSide{0, false});
}

TEST_CASE("what was kept can be compared with another variant, and is gone with its lesson", "[ui][compare]")
{
    Window w;
    w.press(Qt::Key_C, Qt::ShiftModifier);
    Dropdown& second = w.window.comparison().second();
    REQUIRE(second.count() == 3); // both variants, and what was kept
    QTest::keyClick(&second, Qt::Key_Down);
    CHECK(w.store.comparedSides().second == CompareSide{1, false});
    CHECK(w.store.comparedSides().first == CompareSide{0, true});
    w.store.openLesson(1);
    CHECK_FALSE(w.store.kept().has_value());
}

TEST_CASE("the two runs change places, and the moment stays", "[ui][compare]")
{
    Window w;
    w.press(Qt::Key_C);
    w.press(Qt::Key_Home);
    w.press(Qt::Key_Right);
    w.press(Qt::Key_Right);
    CHECK(w.store.comparison().numbers.verdict == "1.5× faster");
    w.press(Qt::Key_X);
    CHECK(w.store.comparison().numbers.verdict == "1.5× slower");
    CHECK(w.store.comparedVariants() == std::pair<std::size_t, std::size_t>{1, 0});
    CHECK(w.store.step() == 2);
    QTest::mouseClick(&w.window.comparison().swapButton(), Qt::LeftButton);
    CHECK(w.store.comparison().numbers.verdict == "1.5× faster");
}

TEST_CASE("keys, wheel and drag zoom and pan both halves", "[ui][compare]")
{
    Window w;
    w.press(Qt::Key_C);
    CompareCanvas& canvas = w.window.comparison().canvas();
    w.press(Qt::Key_Plus);
    const Zoom zoomed = w.store.zoom();
    CHECK(zoomed.high - zoomed.low < 0.9);
    CHECK(canvas.scene().scale.low() == zoomed.low);
    w.press(Qt::Key_0);
    CHECK(w.store.zoom() == Zoom{});

    const QPointF at(500, 120);
    const double under = canvas.scene().scale.u_at(at.x() - canvas.scene().a.timeline.label_width);
    QWheelEvent wheel(at, canvas.mapToGlobal(at), {}, QPoint(0, 480), Qt::NoButton, Qt::ControlModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&canvas, &wheel);
    const double after = canvas.scene().scale.u_at(at.x() - canvas.scene().a.timeline.label_width);
    CHECK(std::abs(after - under) < 1e-6);
    CHECK(w.store.zoom().high - w.store.zoom().low < 0.6);

    const double low = w.store.zoom().low;
    const std::size_t step = w.store.step();
    QTest::mousePress(&canvas, Qt::LeftButton, {}, QPoint(500, 120));
    QTest::mouseMove(&canvas, QPoint(520, 120));
    QTest::mouseMove(&canvas, QPoint(540, 120));
    QTest::mouseRelease(&canvas, Qt::LeftButton, {}, QPoint(540, 120));
    CHECK(w.store.zoom().low < low);
    CHECK(w.store.step() == step); // a drag is no click
}

TEST_CASE("F leads to the first difference, from both halves' marks and words", "[ui][compare]")
{
    Window w;
    w.press(Qt::Key_C);
    const CompareScene& scene = w.window.comparison().canvas().scene();
    REQUIRE(scene.a.difference_x);
    REQUIRE(scene.b.difference_x);
    w.press(Qt::Key_F);
    REQUIRE(w.store.comparison().numbers.difference);
    CHECK(w.store.position().when == w.store.comparison().numbers.difference->when);
    CHECK(w.store.step() >= 1);
}

TEST_CASE("the playhead has one x in both halves at every moment", "[ui][compare]")
{
    Window w;
    w.press(Qt::Key_C);
    CompareCanvas& canvas = w.window.comparison().canvas();
    w.press(Qt::Key_Home);
    CHECK(canvas.playheadX() == canvas.scene().axis.begin());
    double reached = canvas.playheadX();
    while (w.store.step() < w.store.lastStep()) {
        w.press(Qt::Key_Right);
        CHECK(canvas.playheadX() > reached);
        reached = canvas.playheadX();
    }
}

TEST_CASE("the tables say what each task does in both runs", "[ui][compare]")
{
    Window w;
    w.press(Qt::Key_C);
    QTableView& tasks = w.window.comparison().tasks();
    REQUIRE(tasks.model()->rowCount() == 3);
    CHECK(texts(tasks, 0) == QStringList{u"main"_s, u"3.0 s"_s, u"2.0 s"_s, u"−1.0 s"_s});
    CHECK(texts(tasks, 1)[1] == u"–"_s);
    CHECK(texts(tasks, 1)[3] == u"only in B"_s);
    QAbstractItemModelTester tester(tasks.model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    setNumber(w.store, "a", 3.0);
    CHECK(texts(tasks, 0)[1] == u"5.0 s"_s);
}

TEST_CASE("columns of a comparison are as wide as their words, and stand still while a slider moves", "[ui][compare]")
{
    DifferenceModel model(u"task"_s, u"hint"_s);
    DifferenceTable table(&model);
    table.resize(500, 200);
    const auto row = [](const char* name, const QString& a) {
        return DifferenceRow{QString::fromUtf8(name), a, u"2.0 s"_s, u"same"_s, {}, {}};
    };
    const auto needed = [&] { return widthOf(model.index(0, DifferenceModel::A).data().toString(), codeFont(TextSize::Small)); };
    const auto shows = [&] { return table.columnWidth(DifferenceModel::A) >= needed(); };
    const QString longWords = u"cancelled after 12.345 s"_s;
    model.set({row("main", u"1.0 s"_s)}, u"A"_s, u"B"_s);
    const int narrow = table.columnWidth(DifferenceModel::A);
    CHECK(narrow < widthOf(longWords, codeFont(TextSize::Small)));

    model.set({row("main", longWords)}, u"A"_s, u"B"_s);
    const int wide = table.columnWidth(DifferenceModel::A);
    CHECK(shows());
    model.set({row("main", u"1.0 s"_s)}, u"A"_s, u"B"_s); // the same task with another number
    CHECK(table.columnWidth(DifferenceModel::A) == wide);
    model.set({row("job", u"1.0 s"_s)}, u"A"_s, u"B"_s); // another task
    CHECK(table.columnWidth(DifferenceModel::A) == narrow);
    model.set({row("job", longWords)}, u"A"_s, u"B"_s);
    model.set({row("job", u"1.0 s"_s), row("main", u"2.0 s"_s)}, u"A"_s, u"B"_s); // one more
    CHECK(table.columnWidth(DifferenceModel::A) == narrow);
}

TEST_CASE("a comparison looks the same when it is painted at first, in parts, and from what was kept", "[ui][compare]")
{
    Window w;
    w.press(Qt::Key_C);
    CompareCanvas& canvas = w.window.comparison().canvas();
    const auto paint = [&] { // in its place, which at some scale factors begins between two pixels
        const QRect place(canvas.mapTo(&w.window, QPoint()), canvas.size());
        const QImage all = w.window.grab().toImage();
        return all.copy(QRectF(QPointF(place.topLeft()) * all.devicePixelRatio(), QSizeF(place.size()) * all.devicePixelRatio()).toRect());
    };
    const auto shown = [&] {
        CourseWindow::settle();
        return paint();
    };
    double value = 1.5;
    for (const double part : {0.0, 0.5, 1.0}) {
        setNumber(w.store, "a", value += 0.5); // painted anew
        w.store.setStep(static_cast<std::size_t>(part * static_cast<double>(w.store.lastStep())));
        INFO("at " << w.store.step() << " of " << w.store.lastStep());
        REQUIRE(w.store.step() == static_cast<std::size_t>(part * static_cast<double>(w.store.lastStep())));
        CourseWindow::settle();
        canvas.resize(canvas.width(), canvas.height() + 1); // forgets what was kept
        canvas.resize(canvas.width(), canvas.height() - 1);
        const QImage first = paint();
        const QImage second = shown(); // keeps what lies ahead
        const QImage third = shown();  // and the rest
        CHECK(first == second);
        CHECK(first == third);
        CHECK(first == shown());
    }
}
