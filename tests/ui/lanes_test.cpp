#include "tests/support/catch.h"
#include "tests/ui/support/window.h"

#include "ui/lane_pins.h"
#include "ui/timeline_state.h"

#include <QElapsedTimer>
#include <QScrollBar>

#include <algorithm>
#include <iostream>

using namespace loopscope;
using namespace loopscope::ui;
using loopscope::tests::Window;

namespace {

std::vector<std::string> titles(const TimelineScene& scene)
{
    std::vector<std::string> all;
    for (const LaneRow& lane : scene.lanes)
        all.push_back(lane.title);
    return all;
}

const LaneRow& laneOf(Window& w, const std::string& title)
{
    const std::vector<LaneRow>& lanes = w.lanes().scene().lanes;
    const auto found = std::find_if(lanes.begin(), lanes.end(), [&](const LaneRow& lane) { return lane.title == title; });
    REQUIRE(found != lanes.end());
    return *found;
}

void click(Window& w, QPointF inScene)
{
    QTest::mouseClick(w.lanes().viewport(), Qt::LeftButton, {},
                      QPoint(static_cast<int>(inScene.x()), static_cast<int>(w.lanes().toView(inScene.y()))));
}

QPointF titleOf(const LaneRow& lane) { return {60, lane.box.y + lane.box.height / 2}; }

using names = std::vector<std::string>;

} // namespace

TEST_CASE("a click on the pin beside a title, or P, keeps a lane on top", "[ui][lanes]")
{
    Window w;
    w.store.chooseVariant(1);
    CHECK(titles(w.lanes().scene()) == names{"event loop", "main", "job-1", "job-2"});
    click(w, pinRect(w.lanes().scene(), laneOf(w, "job-2")).center());
    CHECK(titles(w.lanes().scene()) == names{"event loop", "job-2", "main", "job-1"});
    CHECK_FALSE(w.store.selection()); // the pin is no selection
    w.store.select(TaskId{3});
    w.press(Qt::Key_P);
    CHECK(titles(w.lanes().scene()) == names{"event loop", "main", "job-1", "job-2"});
}

TEST_CASE("lanes keep their places whatever has run", "[ui][lanes]")
{
    Window w;
    w.store.chooseVariant(1);
    const auto boxes = [&] {
        std::vector<Box> all;
        for (const LaneRow& lane : w.lanes().scene().lanes)
            all.push_back(lane.box);
        return all;
    };
    const std::vector<Box> before = boxes();
    for (std::size_t step = 0; step <= w.store.lastStep(); ++step) {
        w.store.setStep(step);
        REQUIRE(boxes() == before);
    }
}

TEST_CASE("many tasks fold into one lane, a click opens and closes it", "[ui][lanes]")
{
    Window w(tests::crowdedLessons(60));
    w.store.setStep(w.store.lastStep());
    CHECK(titles(w.lanes().scene()) == names{"event loop", "main", "worker-*", "logger"});
    click(w, titleOf(laneOf(w, "worker-*")));
    CHECK(w.lanes().scene().lanes.size() == 64);
    CHECK(w.lanes().verticalScrollBar()->maximum() > 0);
    click(w, titleOf(laneOf(w, "worker-*")));
    CHECK(w.lanes().scene().lanes.size() == 4);
    w.store.select(TaskId{7}); // what is selected is seen by itself
    CHECK(titles(w.lanes().scene()) == names{"event loop", "main", "worker-*", "worker-6", "logger"});
}

TEST_CASE("the loop and pinned lanes stay on top while the others scroll", "[ui][lanes]")
{
    Window w(tests::crowdedLessons(60));
    w.store.setStep(w.store.lastStep());
    w.store.timeline().toggleGroup(laneOf(w, "worker-*").group);
    w.store.timeline().togglePin(TaskId{30});
    REQUIRE(w.lanes().verticalScrollBar()->maximum() > 0);
    const double loopY = laneOf(w, "event loop").box.y + 4;
    const double pinnedY = laneOf(w, "worker-29").box.y + 4;
    w.wheel({500, 200}, -1200, {});
    const int scrolled = w.lanes().verticalScrollBar()->value();
    CHECK(scrolled > 0);
    CHECK(w.lanes().toView(loopY) == loopY);
    CHECK(w.lanes().toView(pinnedY) == pinnedY);
    CHECK(pinnedY < w.lanes().frozenBottom());
    // What is clicked is what is seen there, not what was there before.
    click(w, titleOf(laneOf(w, "worker-29")));
    CHECK(w.store.selection() == TaskId{30});
    const double below = w.lanes().frozenBottom() + 60;
    const LaneRow* there = w.lanes().scene().lane_at(w.lanes().toScene({60, below}).y());
    REQUIRE(there);
    const LaneRow seen = *there; // a selection may lay the lanes out anew
    QTest::mouseClick(w.lanes().viewport(), Qt::LeftButton, {}, QPoint(60, static_cast<int>(below)));
    CHECK(w.store.selection() == seen.task);
    CHECK(seen.box.y > w.lanes().frozenBottom() + scrolled - 1);
}

TEST_CASE("two thousand tasks are laid out and painted at once", "[ui][lanes]")
{
    Window w(tests::crowdedLessons(2000));
    w.store.setStep(w.store.lastStep());
    CHECK(titles(w.lanes().scene()) == names{"event loop", "main", "worker-*", "logger"});
    w.lanes().grab();
    QElapsedTimer clock;
    clock.start();
    w.store.setZoom({0.1, 0.9});
    const qint64 layout = clock.restart();
    w.lanes().grab();
    const qint64 paint = clock.restart();
    w.store.setStep(w.store.lastStep() / 2);
    w.lanes().grab();
    const qint64 step = clock.restart();
    w.window.timeline().grab();
    const qint64 panel = clock.elapsed();
    std::cout << w.store.trace().size() << " events of 2000 tasks: layout " << layout << " ms, paint " << paint
              << " ms, step and paint " << step << " ms, with the overview " << panel << " ms\n";
    CHECK(layout < 2000); // generous: a debug build on a busy machine
    CHECK(paint < 1000);
    CHECK(step < 2000);
}
