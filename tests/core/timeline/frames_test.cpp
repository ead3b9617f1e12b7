#include "core/asyncio.h"
#include "core/timeline/cut.h"
#include "core/timeline/layout.h"
#include "tests/support/catch.h"
#include "tests/support/run_scenario.h"
#include "tests/support/timeline_stories.h"

#include <algorithm>

using namespace loopscope;
using namespace loopscope::tests;

namespace {

Coro<void> nap(double seconds) { co_await sleep(seconds); }

Coro<void> two_in_a_group()
{
    TaskGroup group;
    const auto block = [&]() -> Coro<void> {
        group.create_task(nap(1.0), "short");
        group.create_task(nap(2.0), "long");
        co_return;
    };
    co_await async_with(group, block());
    co_await sleep(1.0);
}

Coro<void> limited(double budget, double work)
{
    Timeout limit = timeout(budget);
    try {
        co_await async_with(limit, nap(work));
    } catch (const TimeoutError&) {
    }
    co_await sleep(2.0);
}

Coro<void> leaves_one()
{
    const Task<void> left = create_task(nap(5.0), "left");
    co_await sleep(1.0);
}

/// A manager of the program's own: opening takes time.
struct Door {
    Coro<void> aenter() { co_await sleep(0.5); }
    Coro<bool> aexit(std::exception_ptr) { co_return false; }
};

Coro<void> through_a_door()
{
    Door door;
    co_await async_with(door, nap(1.0));
}

TimelineScene drawn(const std::function<Coro<void>()>& main, double width = 1000, LayoutMetrics metrics = {})
{
    return scene_of(*run_main(main).trace, width, 0, metrics);
}

std::vector<Frame> frames_of(const TimelineScene& scene, Frame::Kind kind)
{
    std::vector<Frame> found;
    std::copy_if(scene.frames.begin(), scene.frames.end(), std::back_inserter(found),
                 [&](const Frame& frame) { return frame.kind == kind; });
    return found;
}

const LaneRow& lane(const TimelineScene& scene, const std::string& title)
{
    const auto found = std::find_if(scene.lanes.begin(), scene.lanes.end(), [&](const LaneRow& l) { return l.title == title; });
    REQUIRE(found != scene.lanes.end());
    return *found;
}

/// The moment at an x of a run of so many seconds, in tenths.
double second_at(const TimelineScene& scene, double x, double end)
{
    const double axis = scene.width - scene.label_width - LayoutMetrics{}.right_margin;
    return std::round((x - scene.label_width) / axis * end * 10) / 10;
}

} // namespace

TEST_CASE("a task group is a frame around its owner's and its tasks' lanes", "[core][timeline][frames]")
{
    const TimelineScene scene = drawn(two_in_a_group);
    const std::vector<Frame> groups = frames_of(scene, Frame::Kind::TaskGroup);
    REQUIRE(groups.size() == 1);
    const Frame& group = groups.front();
    CHECK(group.label == "TaskGroup");
    CHECK(group.label_box.width > 0);
    CHECK(group.box.y >= lane(scene, "main").box.y);
    CHECK(group.box.bottom() > lane(scene, "long").middle());
    CHECK(group.box.bottom() <= lane(scene, "long").box.bottom());
    CHECK(second_at(scene, group.box.x, 3) == 0);
    CHECK(second_at(scene, group.box.right(), 3) == Approx(2.0).margin(0.11)); // blocks push it a little
    CHECK_FALSE(group.open);
}

TEST_CASE("lanes that frames lie on keep a row for their titles, and bars stay below it", "[core][timeline][frames]")
{
    const TimelineScene scene = drawn(two_in_a_group);
    const LaneRow main = lane(scene, "main");
    CHECK(main.headroom == LayoutMetrics{}.frame_row);
    CHECK(lane(scene, "long").headroom == 0);
    for (const Bar& bar : scene.bars)
        if (scene.lanes[bar.lane].title == "main")
            CHECK(bar.box.y >= main.box.y + main.headroom);
    LayoutMetrics low;
    low.lane_height = 30;
    CHECK(lane(drawn(two_in_a_group, 1000, low), "main").headroom == 0);
}

TEST_CASE("a timeout is a frame with its deadline as a flag", "[core][timeline][frames]")
{
    const TimelineScene scene = drawn([] { return limited(1.0, 2.0); });
    const std::vector<Frame> limits = frames_of(scene, Frame::Kind::Timeout);
    REQUIRE(limits.size() == 1);
    CHECK(limits.front().label == "timeout 1.0 s");
    REQUIRE(scene.flags.size() == 1);
    CHECK(scene.flags.front().expired);
    CHECK(scene.flags.front().label == "expired");
    CHECK(second_at(scene, scene.flags.front().x, 3) == Approx(1.0).margin(0.11));
}

TEST_CASE("a block that is quicker than its timeout shows how much was to spare", "[core][timeline][frames]")
{
    const TimelineScene scene = drawn([] { return limited(1.5, 1.0); });
    REQUIRE(scene.flags.size() == 1);
    const Flag& flag = scene.flags.front();
    CHECK_FALSE(flag.expired);
    CHECK(flag.label == "0.5 s to spare");
    CHECK(flag.spare_from == Approx(frames_of(scene, Frame::Kind::Timeout).front().box.right()));
    CHECK(second_at(scene, flag.x, 3) == Approx(1.5).margin(0.11));
}

namespace {

Coro<void> limited_twice()
{
    for (int i = 0; i < 2; ++i) {
        Timeout limit = timeout(1.0);
        co_await async_with(limit, nap(0.6));
    }
}

Coro<void> nobody_can_look()
{
    Timeout limit = timeout(1.0);
    const auto block = []() -> Coro<void> {
        cpu(2.0);
        co_await sleep(1.0);
    };
    try {
        co_await async_with(limit, block());
    } catch (const TimeoutError&) {
    }
    co_await sleep(2.0);
}

Coro<void> says_so(double seconds)
{
    co_await sleep(seconds);
    print("done");
}

Coro<void> group_that_prints()
{
    TaskGroup group;
    const auto block = [&]() -> Coro<void> {
        group.create_task(says_so(1.0), "first");
        group.create_task(says_so(2.0), "second");
        co_return;
    };
    co_await async_with(group, block());
    co_await sleep(1.0);
}

} // namespace

TEST_CASE("time to spare is told inside its own frame where the next one begins, and never without words",
          "[core][timeline][frames]")
{
    const TimelineScene scene = drawn(limited_twice);
    const std::vector<Frame> limits = frames_of(scene, Frame::Kind::Timeout);
    REQUIRE(limits.size() == 2);
    REQUIRE_FALSE(scene.flags.empty());
    for (const Flag& flag : scene.flags) {
        CHECK(flag.label == "0.4 s to spare");
        CHECK(flag.label_box.width > 0);
        CHECK(flag.spare_from == flag.x); // no line into what is another block's
    }
    CHECK(scene.flags.front().label_box.right() < limits[0].box.right());
    CHECK(scene.flags.front().label_box.x > limits[0].label_box.right());
}

TEST_CASE("a timeout that nobody could look at takes effect when somebody can", "[core][timeline][frames]")
{
    const TimelineScene scene = drawn(nobody_can_look);
    REQUIRE(scene.flags.size() == 2);
    CHECK_FALSE(scene.flags[0].expired);
    CHECK(scene.flags[0].label.starts_with("time is up"));
    CHECK(second_at(scene, scene.flags[0].x, 4) == Approx(1.0).margin(0.11));
    CHECK(scene.flags[1].expired);
    CHECK(second_at(scene, scene.flags[1].x, 4) == Approx(2.0).margin(0.11));
}

TEST_CASE("a frame's edges leave alone what is printed and the marks of its tasks", "[core][timeline][frames]")
{
    const TimelineScene scene = drawn(group_that_prints, 1000, [] {
        LayoutMetrics metrics;
        metrics.lane_height = 52;
        return metrics;
    }());
    const Frame group = frames_of(scene, Frame::Kind::TaskGroup).at(0);
    int seen = 0;
    for (const Mark& mark : scene.marks) {
        if (mark.kind == Mark::Kind::Note) {
            CHECK(mark.label_box.bottom() + 3 <= group.box.bottom());
            ++seen;
        } else if (mark.kind == Mark::Kind::Finished && scene.lanes[mark.lane].title != "main") {
            CHECK(mark.x + mark.radius <= group.box.right());
            ++seen;
        }
    }
    CHECK(seen == 4);
}

TEST_CASE("what is not left yet at a cut is an open frame, and its deadline no fact", "[core][timeline][frames]")
{
    const auto trace = run_main([] { return limited(1.0, 2.0); }).trace;
    LayoutMetrics metrics;
    metrics.until = position_at(*trace, TimePoint{seconds(0.5)});
    const TimelineScene cut = scene_of(*trace, 1000, 0, metrics);
    const std::vector<Frame> limits = frames_of(cut, Frame::Kind::Timeout);
    REQUIRE(limits.size() == 1);
    CHECK(limits.front().open);
    CHECK(limits.front().box.right() == Approx(*cut.cut_x));
    CHECK(cut.flags.empty());
    CHECK(cut.edges.empty());

    TimelineScene seen = scene_of(*trace);
    show_until(seen, static_cast<std::size_t>(metrics.until->step), *cut.cut_x);
    CHECK(frames_of(seen, Frame::Kind::Timeout).front().box == limits.front().box);
    CHECK(seen.flags.empty());
}

TEST_CASE("the loop's life is a frame that ends where it is closed, and cancelling what is left is an edge",
          "[core][timeline][frames]")
{
    const TimelineScene scene = drawn(leaves_one);
    REQUIRE(frames_of(scene, Frame::Kind::Loop).size() == 1);
    CHECK_FALSE(frames_of(scene, Frame::Kind::Loop).front().open);
    REQUIRE(scene.edges.size() == 1);
    CHECK(scene.edges.front().label == "main is done: the rest is cancelled");
    CHECK(scene.edges.front().bottom == lane(scene, "left").box.bottom());
    CHECK(drawn([] { return nap(1.0); }).edges.empty());
    // Its words have a row of their own above the loop's bars, at the line.
    const LaneRow loop = lane(scene, "event loop");
    const Box& words = scene.edges.front().label_box;
    CHECK(words.right() <= scene.edges.front().x);
    CHECK(words.right() >= scene.edges.front().x - 10);
    CHECK(words.y >= loop.box.y);
    CHECK(words.bottom() <= loop.box.y + loop.headroom + 1);
}

TEST_CASE("a task that is not over when the loop closes is left behind", "[core][timeline][frames]")
{
    EventLoop loop;
    const auto trace = loop.trace();
    loop.run_until_complete(leaves_one());
    const auto left = [&] {
        const TimelineScene scene = scene_of(*trace);
        return std::count_if(scene.marks.begin(), scene.marks.end(),
                             [](const Mark& mark) { return mark.kind == Mark::Kind::LeftBehind; });
    };
    CHECK(left() == 0);
    loop.close();
    CHECK(left() == 1);
}

TEST_CASE("an async with of the program's own is a frame where entering it takes time", "[core][timeline][frames]")
{
    const TimelineScene scene = drawn(through_a_door);
    const std::vector<Frame> doors = frames_of(scene, Frame::Kind::AsyncWith);
    REQUIRE(doors.size() == 1);
    CHECK(doors.front().label == "async with");
    CHECK(frames_of(drawn(two_in_a_group), Frame::Kind::AsyncWith).empty());
}
