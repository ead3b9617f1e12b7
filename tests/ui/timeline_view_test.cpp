#include "tests/support/catch.h"
#include "tests/ui/support/window.h"

#include "ui/overview_strip.h"
#include "ui/seen_scene.h"

#include <QSignalSpy>

using namespace loopscope;
using namespace loopscope::ui;
using loopscope::tests::Window;

namespace {

std::vector<Box> boxes(const TimelineScene& scene)
{
    std::vector<Box> all;
    for (const Bar& bar : scene.bars)
        all.push_back(bar.box);
    return all;
}

/// A wait that lasts from the fact 2 to the fact 9, with a label in its middle.
TimelineScene waiting()
{
    TimelineScene scene;
    Bar bar;
    bar.kind = SpanKind::Waiting;
    bar.box = {100, 10, 400, 20};
    bar.begin = 2;
    bar.end = 9;
    bar.label = "sleep 1.0 s";
    bar.label_box = {250, 12, 100, 16};
    scene.bars.push_back(bar);
    Mark end;
    end.x = 500;
    end.y = 20;
    end.task = TaskId{1};
    end.step = 9;
    scene.marks.push_back(end);
    return scene;
}

} // namespace

TEST_CASE("what has not begun is not seen", "[ui][timeline]")
{
    CHECK(seenScene(waiting(), 2, 100, 7).bars.empty());
    CHECK(boxes(seenScene(waiting(), 10, 500, 7)) == boxes(waiting()));
    CHECK(seenScene(waiting(), 9, 490, 7).marks.empty());
    CHECK(seenScene(waiting(), 10, 500, 7).marks.size() == 1);
}

TEST_CASE("what goes on is cut at the playhead, and its label stays in what is seen", "[ui][timeline]")
{
    const TimelineScene seen = seenScene(waiting(), 5, 300, 7);
    REQUIRE(seen.bars.size() == 1);
    CHECK(seen.bars[0].box.right() == 300);
    CHECK(seen.bars[0].label_box.x == 150);
    CHECK(seen.bars[0].label_box.right() == 250);
    const TimelineScene narrow = seenScene(waiting(), 5, 190, 7);
    CHECK(narrow.bars[0].label.size() < waiting().bars[0].label.size() + 3);
    CHECK(narrow.bars[0].label_box.right() <= 190);
    CHECK(seenScene(waiting(), 5, 120, 7).bars[0].label_box.width == 0);
}

TEST_CASE("the playhead runs through nothing that was printed", "[ui][timeline]")
{
    TimelineScene scene = waiting();
    scene.marks.clear();
    scene.label_width = 100;
    scene.width = 600;
    scene.axis = StepAxis({{0, 100}, {10, 500}});
    Mark note;
    note.kind = Mark::Kind::Note;
    note.x = 300;
    note.y = 90;
    note.step = 3;
    note.label = "got B";
    note.label_box = {307, 84, 35, 11};
    scene.marks.push_back(note);
    const auto box = [&](std::size_t step, double x) { return seenScene(scene, step, x, 7).marks.at(0).label_box; };
    CHECK(box(8, 400) == note.label_box);
    CHECK(box(5, 320).right() < 300); // at the other side of its dot
    CHECK(box(10, 320).right() < 300); // when the run is over, too
    Mark before = note;
    before.step = 2;
    before.x = 250;
    before.label_box = {257, 84, 35, 11};
    scene.marks.push_back(before);
    CHECK(box(5, 312).width == 0); // there is no room anywhere
    CHECK(box(10, 312).x > 312);
}

TEST_CASE("dragging the playhead scrubs, and lays nothing out", "[ui][timeline]")
{
    Window w;
    w.store.chooseVariant(1);
    QWidget* lanes = w.lanes().viewport();
    const std::vector<Box> before = boxes(w.lanes().scene());
    QSignalSpy scales(&w.store, &Store::scaleChanged);
    const auto at = [&](double x) { return QPoint(static_cast<int>(x), 12); };
    QTest::mouseClick(lanes, Qt::LeftButton, {}, at(w.xOf(10) + 1)); // a click on the ruler goes there
    const std::size_t begun = w.store.step();
    QTest::mousePress(lanes, Qt::LeftButton, {}, at(w.xOf(begun)));
    QTest::mouseMove(lanes, at(w.xOf(w.store.lastStep()) + 2));
    CHECK(w.store.step() == w.store.lastStep());
    QTest::mouseMove(lanes, at(w.xOf(0)));
    CHECK(w.store.step() == 0);
    QTest::mouseRelease(lanes, Qt::LeftButton, {}, at(w.xOf(0)));
    CHECK(begun > 0);
    CHECK(scales.count() == 0);
    CHECK(boxes(w.lanes().scene()) == before);
}

TEST_CASE("a click on a bar selects its task and goes to its end", "[ui][timeline]")
{
    Window w;
    w.store.chooseVariant(1);
    w.store.setStep(w.store.lastStep());
    const Bar* wait = nullptr;
    for (const Bar& bar : w.lanes().scene().bars)
        if (bar.kind == SpanKind::Waiting && bar.task == TaskId{2})
            wait = &bar;
    REQUIRE(wait);
    const std::size_t expected = wait->step + 1;
    const QPoint middle(static_cast<int>(wait->box.x + wait->box.width / 2),
                        static_cast<int>(wait->box.y + wait->box.height / 2));
    QTest::mouseClick(w.lanes().viewport(), Qt::LeftButton, {}, middle);
    CHECK(w.store.selection() == TaskId{2});
    CHECK(w.store.step() == expected);
}

TEST_CASE("what has not run cannot be clicked", "[ui][timeline]")
{
    Window w;
    w.store.setStep(3);
    const Bar& last = w.lanes().scene().bars.back();
    QTest::mouseClick(w.lanes().viewport(), Qt::LeftButton, {},
                      QPoint(static_cast<int>(w.xOf(w.store.lastStep())) - 60, static_cast<int>(last.box.y + 3)));
    CHECK(w.store.step() == 3);
    CHECK_FALSE(w.store.selection());
}

TEST_CASE("Ctrl and the wheel zoom with what lies under the pointer fixed", "[ui][timeline]")
{
    Window w;
    const double x = w.lanes().scene().label_width + 300;
    const double under = w.lanes().scale().u_at(300);
    w.wheel({x, 120}, 240, Qt::ControlModifier);
    CHECK(w.store.zoom().high - w.store.zoom().low < 0.8);
    CHECK(w.lanes().scale().u_at(300) == Approx(under).margin(1e-9));
    w.wheel({x, 120}, -2400, Qt::ControlModifier);
    CHECK(w.store.zoom() == Zoom{});
}

TEST_CASE("keys zoom with what lies under the pointer fixed", "[ui][timeline]")
{
    Window w;
    const QPoint pointer(static_cast<int>(w.lanes().scene().label_width) + 200, 100);
    QCursor::setPos(w.lanes().viewport()->mapToGlobal(pointer));
    const double under = w.lanes().scale().u_at(200);
    w.press(Qt::Key_W);
    CHECK(w.store.zoom().high - w.store.zoom().low == Approx(0.8));
    CHECK(w.lanes().scale().u_at(200) == Approx(under).margin(1e-9));
    w.press(Qt::Key_Plus);
    CHECK(w.lanes().scale().u_at(200) == Approx(under).margin(1e-9));
    w.press(Qt::Key_S);
    w.press(Qt::Key_Minus);
    CHECK(w.store.zoom().high - w.store.zoom().low == Approx(1.0));
}

TEST_CASE("a drag over the lanes and Shift with the wheel pan, 0 shows all", "[ui][timeline]")
{
    Window w;
    w.store.setZoom({0.2, 0.6});
    QWidget* lanes = w.lanes().viewport();
    QTest::mousePress(lanes, Qt::LeftButton, {}, {500, 100});
    QTest::mouseMove(lanes, {440, 100});
    QTest::mouseRelease(lanes, Qt::LeftButton, {}, {440, 100});
    CHECK(w.store.zoom().low > 0.2);
    CHECK(w.store.zoom().high - w.store.zoom().low == Approx(0.4));
    CHECK_FALSE(w.store.selection());

    const double low = w.store.zoom().low;
    w.wheel({500, 100}, 120, Qt::ShiftModifier);
    CHECK(w.store.zoom().low < low);
    w.press(Qt::Key_D);
    w.press(Qt::Key_0);
    CHECK(w.store.zoom() == Zoom{});
}

TEST_CASE("a double click zooms to a bar, and beside the bars shows all", "[ui][timeline]")
{
    Window w;
    w.store.setStep(w.store.lastStep());
    const Bar* wait = nullptr;
    for (const Bar& bar : w.lanes().scene().bars)
        if (bar.kind == SpanKind::Waiting)
            wait = &bar;
    REQUIRE(wait);
    const QPoint middle(static_cast<int>(wait->box.x + wait->box.width / 2),
                        static_cast<int>(wait->box.y + wait->box.height / 2));
    QTest::mouseDClick(w.lanes().viewport(), Qt::LeftButton, {}, middle);
    CHECK(w.store.zoom().high - w.store.zoom().low < 0.9);
    QTest::mouseDClick(w.lanes().viewport(), Qt::LeftButton, {},
                       QPoint(middle.x(), w.lanes().viewport()->height() - 2));
    CHECK(w.store.zoom() == Zoom{});
}

TEST_CASE("the ends of the overview's frame can be dragged, and the frame as a whole", "[ui][timeline]")
{
    Window w;
    OverviewStrip& strip = w.window.timeline().overview();
    const auto drag = [&](double from, double to) {
        QTest::mousePress(&strip, Qt::LeftButton, {}, QPoint(static_cast<int>(from), 18));
        QTest::mouseMove(&strip, QPoint(static_cast<int>(to), 18));
        QTest::mouseRelease(&strip, Qt::LeftButton, {}, QPoint(static_cast<int>(to), 18));
    };
    drag(strip.frame().right(), strip.width() / 2.0);
    CHECK(w.store.zoom().low == 0.0);
    CHECK(w.store.zoom().high == Approx(0.5).margin(0.02));
    const Zoom half = w.store.zoom();
    drag(strip.frame().center().x(), strip.frame().center().x() + 100);
    CHECK(w.store.zoom().low > 0.05);
    CHECK(w.store.zoom().high - w.store.zoom().low == Approx(half.high - half.low));
}
