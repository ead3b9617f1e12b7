#include "tests/support/catch.h"
#include "tests/ui/support/window.h"

#include "ui/arrow_path.h"
#include "ui/hint.h"
#include "ui/overview_strip.h"
#include "ui/search_bar.h"
#include "ui/stretch_card.h"
#include "ui/style.h"
#include "ui/timeline_state.h"
#include "ui/zoom_history.h"

#include <QAccessible>
#include <QLineEdit>
#include <QSignalSpy>
#include <QToolButton>

using namespace loopscope;
using namespace loopscope::ui;
using loopscope::tests::Window;

namespace {

/// The window with both jobs at once, run to its end.
struct Together : Window {
    Together()
    {
        store.chooseVariant(1);
        store.setStep(store.lastStep());
    }

    QWidget* viewport() { return lanes().viewport(); }

    void drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mousePress(viewport(), Qt::LeftButton, modifiers, from);
        QTest::mouseMove(viewport(), (from + to) / 2);
        QTest::mouseMove(viewport(), to);
        QTest::mouseRelease(viewport(), Qt::LeftButton, modifiers, to);
    }

    QPoint at(std::size_t step, int y) { return {static_cast<int>(std::lround(xOf(step))), y}; }
    const std::optional<Stretch>& marked() { return store.timeline().stretch(); }

    /// Where an arrow of this kind can be taken, far from what lies at its ends.
    const Arrow* arrow(Cause::Kind kind)
    {
        for (const Arrow& one : lanes().seen().arrows)
            if (one.kind == kind)
                return &one;
        return nullptr;
    }
    static QPoint middleOf(const Arrow& arrow)
    {
        const ArrowPath p = pathOf(arrow);
        return ((p.from + 3 * p.c1 + 3 * p.c2 + p.to) / 8).toPoint();
    }
};

} // namespace

TEST_CASE("a drag on the ruler marks a part, from event to event, and measures it", "[ui][gestures]")
{
    Together w;
    const std::size_t end = w.store.lastStep();
    w.drag(w.at(0, 10), w.at(end, 10) - QPoint(2, 0));
    REQUIRE(w.marked());
    CHECK(w.marked()->from.step == 0);
    CHECK(w.marked()->to.step == static_cast<double>(end));
    const QStringList lines = stretchLines(w.store, *w.marked());
    CHECK(lines.at(0) == QStringLiteral("2.0 s"));
    CHECK(lines.at(1).startsWith(QStringLiteral("%1 events, ").arg(end)));
    CHECK(lines.at(2) == QStringLiteral("thread busy 0 %"));
    CHECK(w.store.step() == end); // marking is no seeking
    w.window.grab();
    CHECK(w.lanes().viewport()->rect().contains(w.lanes().cardRect().toRect()));
    w.press(Qt::Key_Escape);
    CHECK_FALSE(w.marked());
}

TEST_CASE("Shift and a drag over the lanes mark too, and an end can be moved", "[ui][gestures]")
{
    Together w;
    const Zoom before = w.store.zoom();
    w.drag({400, 120}, {600, 120}, Qt::ShiftModifier);
    REQUIRE(w.marked());
    CHECK(w.store.zoom() == before);
    const double from = w.marked()->from.step;
    const int end = static_cast<int>(w.lanes().scene().axis.x(w.marked()->to.step));
    w.drag({end, 120}, {end + 90, 120});
    CHECK(w.marked()->from.step == from);
    CHECK(w.lanes().scene().axis.x(w.marked()->to.step) > end + 60);
}

TEST_CASE("of what has not run a marked part tells its length only", "[ui][gestures]")
{
    Window w;
    const Stretch all = stretch_between(position_of(w.store.trace(), 0), position_of(w.store.trace(), w.store.lastStep()));
    CHECK(stretchLines(w.store, all) == QStringList{QStringLiteral("3.0 s"), QStringLiteral("has not run yet")});
}

TEST_CASE("M marks the selected bar, and takes the mark away", "[ui][gestures]")
{
    Together w;
    const Bar* wait = nullptr;
    for (const Bar& bar : w.lanes().scene().bars)
        if (bar.kind == SpanKind::Waiting && bar.task == TaskId{2})
            wait = &bar;
    REQUIRE(wait);
    const double length = to_seconds(wait->to - wait->from);
    QTest::mouseClick(w.viewport(), Qt::LeftButton, {},
                      QPoint(static_cast<int>(wait->box.x + wait->box.width / 2),
                             static_cast<int>(wait->box.y + wait->box.height / 2)));
    w.press(Qt::Key_M);
    REQUIRE(w.marked());
    CHECK(to_seconds(w.marked()->to.when - w.marked()->from.when) == Approx(length));
    w.press(Qt::Key_M);
    CHECK_FALSE(w.marked());
    w.press(Qt::Key_M);
    w.store.setValues([&] {
        Values values = w.store.values();
        values.set("a", 0.5);
        return values;
    }());
    CHECK_FALSE(w.marked()); // what was measured no longer holds
}

TEST_CASE("F shows what is marked or else the selected task, 0 all, and Backspace leads back", "[ui][gestures]")
{
    Together w;
    w.store.select(TaskId{2}); // it lives for one of two seconds
    w.press(Qt::Key_F);
    const Zoom life = w.store.zoom();
    CHECK(life.high - life.low < 0.9);
    w.drag({400, 10}, {500, 10});
    w.press(Qt::Key_F);
    const Zoom part = w.store.zoom();
    CHECK(part.high - part.low < life.high - life.low);
    w.press(Qt::Key_0);
    CHECK(w.store.zoom() == Zoom{});
    w.press(Qt::Key_Backspace);
    CHECK(w.store.zoom() == part);
    w.press(Qt::Key_Left, Qt::AltModifier);
    CHECK(w.store.zoom() == life);
    w.press(Qt::Key_Right, Qt::AltModifier);
    CHECK(w.store.zoom() == part);
}

TEST_CASE("buttons lead back and forward where there is a way", "[ui][gestures]")
{
    Together w;
    QToolButton* back = nullptr;
    for (QToolButton* button : w.window.timeline().findChildren<QToolButton*>())
        if (button->accessibleName().contains(QStringLiteral("before")))
            back = button;
    REQUIRE(back);
    CHECK_FALSE(back->isVisible());
    w.press(Qt::Key_W);
    w.press(Qt::Key_W);
    CHECK(back->isVisible());
    QTest::mouseClick(back, Qt::LeftButton);
    CHECK(w.store.zoom() == Zoom{}); // two presses, one after the other, were one move
    CHECK_FALSE(back->isEnabled());
}

TEST_CASE("moves that follow each other closely are one step of the way back", "[ui][gestures]")
{
    ZoomHistory history;
    history.visit({0.1, 0.9}, ZoomBy::Wheel, 1000);
    history.visit({0.2, 0.8}, ZoomBy::Wheel, 1100);
    history.visit({0.3, 0.7}, ZoomBy::Wheel, 5000); // a rest between them
    history.visit({0.35, 0.75}, ZoomBy::Follow, 6000);
    history.visit({0.4, 0.6}, ZoomBy::Jump, 6001);
    history.visit({0.4, 0.5}, ZoomBy::Jump, 6002);
    CHECK(history.back() == Zoom{0.4, 0.6});
    CHECK(history.back() == Zoom{0.35, 0.75});
    CHECK(history.back() == Zoom{0.2, 0.8});
    CHECK(history.back() == Zoom{});
    CHECK_FALSE(history.canGoBack());
    CHECK(history.forward() == Zoom{0.2, 0.8});
    history.visit({0.0, 0.5}, ZoomBy::Jump, 9000);
    CHECK_FALSE(history.canGoForward());
}

TEST_CASE("full stop and comma walk along the selected lane", "[ui][gestures]")
{
    Together w;
    w.store.select(TaskId{2});
    w.press(Qt::Key_Home);
    std::vector<std::size_t> stops;
    for (int i = 0; i < 3; ++i) {
        w.press(Qt::Key_Period);
        stops.push_back(w.store.step());
    }
    CHECK(std::is_sorted(stops.begin(), stops.end()));
    CHECK(stops.front() == w.store.run().spans.tasks[1].created + 1);
    w.press(Qt::Key_Comma);
    CHECK(w.store.step() == stops[1]);
    CHECK(w.store.selection() == TaskId{2});
}

TEST_CASE("brackets follow a cause back over lanes, and forward again", "[ui][gestures]")
{
    Together w;
    w.store.select(TaskId{1});
    w.press(Qt::Key_BracketLeft); // main was woken last by the end of the second job
    CHECK(w.store.selection() == TaskId{3});
    const std::size_t end = w.store.step();
    CHECK(end == w.store.run().spans.tasks[2].end.step + 1);
    w.press(Qt::Key_BracketLeft); // which was woken by its timer
    CHECK(w.store.selection() == TaskId{3});
    CHECK(std::holds_alternative<TimerFired>(w.store.trace()[w.store.step() - 1].fact));
    w.press(Qt::Key_BracketRight);
    CHECK(std::holds_alternative<TaskWoken>(w.store.trace()[w.store.step() - 1].fact));
}

TEST_CASE("a click on an arrow goes to its cause, and again to its effect", "[ui][gestures]")
{
    Together w;
    const Arrow* found = w.arrow(Cause::Kind::Task);
    REQUIRE(found);
    const Arrow arrow = *found;
    const QPoint middle = Together::middleOf(arrow);
    QTest::mouseClick(w.viewport(), Qt::LeftButton, {}, middle);
    CHECK(w.store.step() == arrow.from_step + 1);
    CHECK(w.store.selection() == arrow.from_task);
    QTest::mouseClick(w.viewport(), Qt::LeftButton, {}, middle); // though it leads to what lies ahead again
    CHECK(w.store.step() == arrow.to_step + 1);
    CHECK(w.store.selection() == arrow.to_task);
    QTest::mouseClick(w.viewport(), Qt::LeftButton, {}, middle);
    CHECK(w.store.step() == arrow.from_step + 1);
    w.press(Qt::Key_BracketRight);
    CHECK(w.store.step() == arrow.to_step + 1);
    CHECK(w.store.selection() == arrow.to_task);
}

TEST_CASE("a point on an arrow's way is on it, one beside is not", "[ui][gestures]")
{
    Arrow arrow;
    arrow.x1 = 100;
    arrow.y1 = 20;
    arrow.x2 = 140;
    arrow.y2 = 220;
    CHECK(distanceTo(arrow, QPointF(Together::middleOf(arrow))) < 1.5);
    CHECK(distanceTo(arrow, QPointF(Together::middleOf(arrow)) + QPointF(30, 0)) > 15);
    CHECK(arrowAt({arrow}, Together::middleOf(arrow)) != nullptr);
    CHECK(arrowAt({arrow}, {400, 100}) == nullptr);
}

TEST_CASE("/ searches tasks, events, lines and texts, and Enter goes from place to place", "[ui][gestures][search]")
{
    Together w;
    w.press(Qt::Key_Home);
    w.press(Qt::Key_Slash);
    SearchBar& search = w.window.timeline().search();
    REQUIRE(search.isVisible());
    CHECK(search.field().hasFocus());
    CHECK(search.mapTo(&w.window.timeline(), QPoint(0, search.height())).y() <= w.window.timeline().view().y()); // no lane is covered
    QTest::keyClicks(&search.field(), QStringLiteral("a done"));
    REQUIRE(search.hits().size() == 1);
    CHECK(search.hits().front().kind == SearchHit::Kind::Printed);
    QTest::keyClick(&search.field(), Qt::Key_Return);
    CHECK(w.store.step() == search.hits().front().step);
    CHECK(w.store.selection() == search.hits().front().task);

    search.field().selectAll();
    QTest::keyClicks(&search.field(), QStringLiteral("TIMER FIRED"));
    REQUIRE(search.hits().size() == 2);
    w.store.setStep(0);
    QTest::keyClick(&search.field(), Qt::Key_Return);
    QTest::keyClick(&search.field(), Qt::Key_Return);
    CHECK(w.store.step() == search.hits()[1].step);
    CHECK(search.said().startsWith(QStringLiteral("2 of 2")));
    QTest::keyClick(&search.field(), Qt::Key_Return, Qt::ShiftModifier);
    CHECK(w.store.step() == search.hits()[0].step);

    search.field().selectAll();
    QTest::keyClicks(&search.field(), QStringLiteral("asyncio.sleep"));
    REQUIRE_FALSE(search.hits().empty());
    CHECK(search.hits().front().kind == SearchHit::Kind::Line);
    search.field().selectAll();
    QTest::keyClicks(&search.field(), QStringLiteral("job-2"));
    REQUIRE_FALSE(search.hits().empty());
    CHECK(search.hits().front().kind == SearchHit::Kind::Task);

    QTest::keyClick(&search.field(), Qt::Key_Escape);
    CHECK_FALSE(search.isVisible());
    w.press(Qt::Key_Home); // the keys belong to the window again
    CHECK(w.store.step() == 0);
}

TEST_CASE("a search finds nothing of what has not run", "[ui][gestures][search]")
{
    Window w;
    w.store.setStep(3);
    for (const SearchHit& hit : searchRun(w.store, QStringLiteral("t")))
        CHECK(hit.step <= 3);
    w.press(Qt::Key_Slash);
    QTest::keyClicks(&w.window.timeline().search().field(), QStringLiteral("a done"));
    CHECK(w.window.timeline().search().said() == QStringLiteral("nothing in what has run"));
}

TEST_CASE("M marks what a task did at the selected event, wherever the playhead stands", "[ui][gestures]")
{
    Together w;
    const std::vector<Span>& spans = w.store.run().spans.tasks[1].spans;
    const auto wait = std::find_if(spans.begin(), spans.end(), [](const Span& span) { return span.kind == SpanKind::Waiting; });
    REQUIRE(wait != spans.end());
    w.store.setStep(w.store.lastStep());
    w.store.selectEvent(wait->end);
    REQUIRE(w.store.selection() == TaskId{2});
    CHECK(w.lanes().markSpan());
    REQUIRE(w.marked());
    CHECK(*w.marked() == stretch_of(*wait, w.store.trace()));
}

TEST_CASE("M says so where no bar is to be marked", "[ui][gestures]")
{
    Together w;
    w.store.setStep(w.store.lastStep());
    w.store.select(TaskId{2}); // which has ended before
    w.press(Qt::Key_M);
    CHECK_FALSE(w.marked());
    CHECK(w.window.findChild<Hint*>()->isVisible());
    CHECK(w.window.findChild<Hint*>()->text().endsWith(QStringLiteral("has no bar at this moment that could be marked.")));
}

TEST_CASE("the overview draws a lane's turns where it draws how busy the thread was", "[ui][gestures]")
{
    Together w;
    w.store.setBlend(1);
    w.store.setStep(w.store.lastStep());
    OverviewStrip& strip = w.window.timeline().overview();
    const QImage picture = strip.grab().toImage();
    const double scale = picture.devicePixelRatio();
    const QRgb main = themeOf(w.store).task(w.store.run().colors[0]).rgb();
    int turn = picture.width();
    for (int x = picture.width() / 20; x < picture.width() && turn == picture.width(); ++x)
        for (int y = 0; y < picture.height(); ++y)
            if (picture.pixel(x, y) == main)
                turn = std::min(turn, x);
    const RunSpans& spans = w.store.run().spans;
    const TimeScale whole = w.store.scale(1).showing(0, 1);
    const Span& first = *std::find_if(spans.tasks[0].spans.begin(), spans.tasks[0].spans.end(),
                                      [](const Span& span) { return span.kind == SpanKind::Running; });
    const QRectF all = strip.frame(); // which shows all of the run
    const double left = (all.left() + all.width() * whole.u(stretch_of(first, w.store.trace()).from)) * scale;
    const double event = all.width() / static_cast<double>(w.store.lastStep());
    REQUIRE(event > 10);
    CHECK(std::abs(turn - left) < event / 2 * scale); // and not an event too early
}

TEST_CASE("a click beside the overview's frame brings that part into view", "[ui][gestures]")
{
    Together w;
    w.store.setZoom({0.0, 0.2});
    OverviewStrip& strip = w.window.timeline().overview();
    QTest::mouseClick(&strip, Qt::LeftButton, {}, QPoint(strip.width() * 3 / 4, 18));
    CHECK(w.store.zoom().low == Approx(0.65).margin(0.02));
    CHECK(w.store.zoom().high - w.store.zoom().low == Approx(0.2));
    const double high = w.store.zoom().high;
    const auto drag = [&](double from, double to) {
        QTest::mousePress(&strip, Qt::LeftButton, {}, QPoint(static_cast<int>(from), 18));
        QTest::mouseMove(&strip, QPoint(static_cast<int>(to), 18));
        QTest::mouseRelease(&strip, Qt::LeftButton, {}, QPoint(static_cast<int>(to), 18));
    };
    drag(strip.frame().left(), strip.width() / 2.0);
    CHECK(w.store.zoom().low == Approx(0.5).margin(0.02));
    CHECK(w.store.zoom().high == Approx(high));
}

TEST_CASE("the scale stays while the playhead moves, and the view goes on with it", "[ui][gestures]")
{
    Together w;
    w.store.setStep(0);
    w.store.setZoom({0.0, 0.2});
    w.press(Qt::Key_End);
    CHECK(w.store.zoom().high - w.store.zoom().low == Approx(0.2));
    CHECK(w.lanes().playheadX() >= w.lanes().scene().label_width);
    CHECK(w.lanes().playheadX() <= w.viewport()->width());
}

TEST_CASE("a screen reader is told the moment, the selection and what is marked", "[ui][gestures]")
{
    Together w;
    w.store.setStep(4);
    const auto told = [&] {
        return QAccessible::queryAccessibleInterface(&w.lanes())->text(QAccessible::Description);
    };
    const QString before = told();
    w.press(Qt::Key_Right);
    CHECK(told() != before);
    CHECK(told().contains(QStringLiteral("event 5 of")));
    w.store.select(TaskId{1});
    CHECK(told().contains(QStringLiteral("Selected: main")));
    w.store.timeline().setStretch(stretch_between(position_of(w.store.trace(), 0), position_of(w.store.trace(), 5)));
    CHECK(told().contains(QStringLiteral("5 events")));
}

TEST_CASE("nothing of an earlier run is left behind the end of a shorter one", "[ui][timeline]")
{
    const auto atEnd = [](Window& w) {
        w.store.setStep(w.store.lastStep());
        return w.lanes().grab().toImage();
    };
    Window fresh;
    const QImage expected = atEnd(fresh);
    Window w;
    Values values = w.store.values();
    values.set("count", 6.0);
    values.set("a", 5.0);
    w.store.setValues(values);
    atEnd(w);
    w.store.setStep(w.store.lastStep() / 2); // which shows what was seen
    w.lanes().grab();
    w.store.setValues(initial_values(w.store.lesson()));
    CHECK(atEnd(w) == expected);
}

TEST_CASE("F shows the whole life of the selected task, wherever the playhead stands", "[ui][gestures]")
{
    Together w;
    w.press(Qt::Key_End);
    w.store.select(TaskId{2}); // which ends long before
    w.press(Qt::Key_F);
    const TaskLane& lane = w.store.run().spans.tasks[1];
    const TimeScale scale = w.store.scale(1000);
    CHECK(scale.low() <= scale.u(position_of(w.store.trace(), lane.created)));
    CHECK(scale.high() >= scale.u(position_of(w.store.trace(), lane.end.step + 1)));
    CHECK(w.store.zoom().high - w.store.zoom().low < 0.9);
}

TEST_CASE("what no name holds is looked for in the sentences", "[ui][gestures][search]")
{
    Together w;
    w.press(Qt::Key_Slash);
    SearchBar& search = w.window.timeline().search();
    QTest::keyClicks(&search.field(), QStringLiteral("ready queue"));
    REQUIRE_FALSE(search.hits().empty());
    CHECK(search.hits().front().kind == SearchHit::Kind::Sentence);
    QTest::keyClick(&search.field(), Qt::Key_Return);
    CHECK(search.said().endsWith(QStringLiteral("sentence")));
    CHECK(std::any_of(search.hits().begin(), search.hits().end(), [&](const SearchHit& hit) { return hit.step == w.store.step(); }));
    CHECK(w.store.told().sentence.find("ready queue") != std::string::npos);
    // A name that is also in many sentences finds its bearer alone.
    search.field().selectAll();
    QTest::keyClicks(&search.field(), QStringLiteral("job-2"));
    CHECK(std::none_of(search.hits().begin(), search.hits().end(), [](const SearchHit& hit) { return hit.kind == SearchHit::Kind::Sentence; }));
}
