#include "core/asyncio.h"
#include "core/timeline/ascii.h"
#include "core/timeline/layout.h"
#include "tests/support/catch.h"
#include "tests/support/run_scenario.h"
#include "tests/support/timeline_stories.h"

#include <algorithm>

using namespace loopscope;
using namespace loopscope::tests;

namespace {

Coro<void> withdraw(Watched<int>& balance, int amount)
{
    const int seen = balance;
    co_await sleep(1.0);
    balance = seen - amount;
}

Coro<void> race()
{
    Watched<int> balance("balance", 100);
    std::vector<Coro<void>> all;
    all.push_back(withdraw(balance, 30));
    all.push_back(withdraw(balance, 50));
    co_await gather(std::move(all));
    co_await sleep(1.0);
}

Coro<void> holds(Semaphore& gate)
{
    co_await async_with(gate, sleeper(1.0));
}

Coro<void> crowd_at_a_gate()
{
    Semaphore gate(2, "gate");
    std::vector<Coro<void>> all;
    for (int i = 0; i < 3; ++i)
        all.push_back(holds(gate));
    co_await gather(std::move(all));
}

Coro<void> fills(Queue<int>& queue)
{
    for (int i = 0; i < 3; ++i) {
        co_await sleep(1.0);
        co_await queue.put(i);
    }
}

Coro<void> fill()
{
    Queue<int> queue(5);
    co_await fills(queue);
    co_await sleep(1.0);
}

Coro<void> crossed(Lock& first, Lock& second)
{
    co_await async_with(first, [](Lock& other) -> Coro<void> {
        co_await sleep(1.0);
        co_await async_with(other, sleeper(1.0));
    }(second));
}

Coro<void> deadlock()
{
    Lock a("A");
    Lock b("B");
    std::vector<Task<void>> all;
    all.push_back(create_task(crossed(a, b), "t1"));
    all.push_back(create_task(crossed(b, a), "t2"));
    co_await all[0];
}

Coro<void> ticks()
{
    co_await sleep(0.5);
}

Coro<void> blocks_a_timer()
{
    const Task<void> late = create_task(ticks(), "late");
    co_await sleep(0.25);
    block(0.75);
    co_await late;
}

TimelineScene drawn(const std::function<Coro<void>()>& main, double width = 1000, LayoutMetrics metrics = {})
{
    const auto trace = run_main(main).trace;
    const RunSpans spans = spans_of(*trace);
    metrics = with_room(metrics, spans, width);
    const TimeScale scale(trace->end_time(), trace->size(), axis_width(width, metrics), 0);
    return layout(*trace, spans, scale, metrics);
}

std::vector<std::string> titles(const TimelineScene& scene, LaneRow::Kind kind)
{
    std::vector<std::string> names;
    for (const LaneRow& lane : scene.lanes)
        if (lane.kind == kind)
            names.push_back(lane.title + ", " + lane.subtitle);
    return names;
}

} // namespace

TEST_CASE("a watched value is a stepped line, and a lost update is written out", "[core][timeline][shared]")
{
    const TimelineScene scene = drawn(race);
    CHECK(titles(scene, LaneRow::Kind::Value) == std::vector<std::string>{"balance, watched"});
    REQUIRE(scene.levels.size() == 3);
    CHECK(scene.levels[0].label == "100");
    CHECK(scene.levels[2].label == "70 → 50"); // the 70 lasts no time at all
    CHECK(scene.levels[0].box.y < scene.levels[1].box.y); // more is higher
    CHECK(scene.levels[1].box.y < scene.levels[2].box.y);
    CHECK(scene.levels[1].color != scene.levels[2].color); // two tasks wrote
    CHECK(scene.levels[2].from_y == scene.levels[1].box.y);
}

TEST_CASE("a value that never changes has no lane", "[core][timeline][shared]")
{
    const TimelineScene scene = drawn([]() -> Coro<void> {
        Watched<int> still("still", 1);
        co_await sleep(1.0);
    });
    CHECK(titles(scene, LaneRow::Kind::Value).empty());
}

TEST_CASE("a semaphore's places are taken by who holds them, and who waits is counted", "[core][timeline][shared]")
{
    const TimelineScene scene = drawn(crowd_at_a_gate);
    CHECK(titles(scene, LaneRow::Kind::Gate) == std::vector<std::string>{"gate, 2 places"});
    std::vector<std::string> holders;
    for (const Seat& seat : scene.seats)
        holders.push_back(seat.label);
    CHECK(holders == std::vector<std::string>{"holds-1", "holds-2", "holds-3"});
    REQUIRE(scene.seats.size() == 3);
    CHECK(scene.seats[0].box.y < scene.seats[1].box.y);
    CHECK(scene.seats[2].box.y == scene.seats[0].box.y); // the place that was free first
    CHECK(scene.seats[2].box.x >= scene.seats[0].box.right() - 1e-6);
    std::vector<int> waiting;
    for (const Level& level : scene.levels)
        if (level.kind == Level::Kind::Waiting)
            waiting.push_back(level.count);
    CHECK(waiting == std::vector<int>{0, 1, 0});
}

TEST_CASE("a queue's length is an area below its limit", "[core][timeline][shared]")
{
    const TimelineScene scene = drawn(fill);
    CHECK(titles(scene, LaneRow::Kind::Queue).size() == 1);
    std::vector<int> lengths;
    for (const Level& level : scene.levels)
        lengths.push_back(level.count);
    CHECK(lengths == std::vector<int>{1, 2, 3});
    REQUIRE(scene.limits.size() == 1);
    CHECK(scene.limits.front().label == "5");
    for (const Level& level : scene.levels)
        CHECK(level.box.y > scene.limits.front().y);
}

TEST_CASE("a cut shows neither later values nor who takes a place later", "[core][timeline][shared]")
{
    const auto trace = run_main(race).trace;
    LayoutMetrics metrics;
    metrics.until = position_at(*trace, TimePoint{seconds(0.5)});
    const TimelineScene cut = scene_of(*trace, 1000, 0, metrics);
    REQUIRE(cut.levels.size() == 1);
    CHECK(cut.levels.front().open);
    CHECK(cut.levels.front().box.right() == Approx(*cut.cut_x));
}

TEST_CASE("lanes of what is shared can be left away", "[core][timeline][shared]")
{
    LayoutMetrics none;
    none.shared_lanes = 0;
    const TimelineScene scene = drawn(race, 1000, none);
    CHECK(scene.lanes.size() == 4);
    CHECK(scene.levels.empty());
}

TEST_CASE("waits that nothing can end go on past the end, and the circle is drawn", "[core][timeline][shared]")
{
    const TimelineScene scene = drawn(deadlock);
    REQUIRE(scene.tails.size() == 4);
    for (const Tail& tail : scene.tails) {
        CHECK(tail.box.x >= scene.axis.stops().back().x - 1e-6);
        CHECK(tail.box.width > 200);
        CHECK((tail.task ? tail.label.ends_with(": for ever ∞") : tail.label.starts_with("asleep for ever")));
        CHECK(tail.label_box.width > 0);
    }
    CHECK(scene.lanes[scene.tails.front().lane].kind == LaneRow::Kind::Loop); // it does not spin, it sleeps
    REQUIRE(scene.wait_arrows.size() == 2);
    CHECK(scene.wait_arrows[0].from == scene.wait_arrows[1].to);
    CHECK(scene.wait_arrows[0].to == scene.wait_arrows[1].from);
    CHECK(drawn(race).tails.empty());
    const TimelineScene wide = drawn(deadlock, 1400);
    CHECK(wide.wait_arrows[0].label == "each waits for the other");
    for (const Tail& tail : wide.tails)
        CHECK((wide.wait_arrows[0].label_box.bottom() <= tail.label_box.y || wide.wait_arrows[0].label_box.y >= tail.label_box.bottom()));
}

TEST_CASE("a timer that was due while the thread was blocked shows that its task is kept waiting",
          "[core][timeline][shared]")
{
    const TimelineScene scene = drawn(blocks_a_timer);
    const auto kept = std::find_if(scene.bars.begin(), scene.bars.end(), [&](const Bar& bar) {
        return scene.lanes[bar.lane].title == "late" && bar.kind == SpanKind::Ready && bar.to - bar.from > seconds(0.1);
    });
    REQUIRE(kept != scene.bars.end());
    CHECK(kept->label == "due, nobody looked");
    CHECK(kept->from == TimePoint{seconds(0.5)});
    CHECK(kept->to == TimePoint{seconds(1.0)});
    const auto due = std::find_if(scene.marks.begin(), scene.marks.end(),
                                  [](const Mark& mark) { return mark.kind == Mark::Kind::Due; });
    REQUIRE(due != scene.marks.end());
    CHECK(due->x == Approx(kept->box.x));
    CHECK(due->text == "due at 0.500 s");
}

TEST_CASE("as text, shared lanes show values and numbers", "[core][timeline][ascii][shared]")
{
    CHECK("\n" + ascii(drawn(race, 600), 40) == R"(
event loop |##...............####..............##
main       |#------------------##---------------#*
withdraw-1 |##----------------#*
withdraw-2 |:#----------------##*
balance    |100________________70 > 50___________
            0.0 s   0.5 s    1.0 s    1.5 s    2.0 s
)");
    CHECK("\n" + ascii(drawn(crowd_at_a_gate, 600), 40) == R"(
event loop |###..............####..............###
main       |#-----------------------------------##*
holds-1    |##----------------#*
holds-2    |:#----------------##*
holds-3    |:##---------------:#----------------#*
gate       |1222222222222222222211111111111111111
            0.0 s   0.5 s    1.0 s    1.5 s    2.0 s
)");
    CHECK("\n" + ascii(drawn(deadlock, 600), 40) == R"(
event loop |##...........................##for ever
main       |#------------------------------for ever
t1         |##---------------------------##for ever
t2         |:#---------------------------:#for ever
A          |1111111111111111111111111111111111111111
B          | 111111111111111111111111111111111111111
            0.0 s         0.5 s          1.0 s
)");
}

TEST_CASE("a request that is turned away is marked, on the network's lane and on its task's", "[core][timeline][shared]")
{
    EventLoop loop;
    loop.network().set_capacity("a.org", 1);
    loop.network().set_latency("a.org", 1.0);
    const auto trace = loop.trace();
    loop.run_until_complete([]() -> Coro<void> {
        std::vector<Coro<std::string>> all;
        all.push_back(fetch("a.org"));
        all.push_back(fetch("a.org"));
        co_await gather(std::move(all));
    }());
    std::vector<std::string> marked;
    const TimelineScene scene = scene_of(*trace);
    for (const Mark& mark : scene.marks)
        if (mark.kind == Mark::Kind::Refused)
            marked.push_back(scene.lanes[mark.lane].title + ": " + mark.text);
    CHECK(marked == std::vector<std::string>{"network: refused", "fetch-2: refused"});
}
