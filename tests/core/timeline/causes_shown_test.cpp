#include "core/lesson/run.h"
#include "core/timeline/layout.h"

#include "tests/support/catch.h"
#include "tests/support/timeline_stories.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

using namespace loopscope;
using namespace loopscope::tests;

namespace {

using Names = std::vector<std::string>;

Coro<void> greet()
{
    print("hi");
    co_await sleep(0.5);
    print("bye");
}

Coro<void> greets_twice()
{
    co_await greet();
    co_await greet();
}

Coro<void> nested()
{
    co_await greets_twice();
    co_await sleep(1.0);
}

/// A thread that tells the loop something after 0.2 s, and goes on until 0.4 s.
void tells(EventLoop* loop, bool safely)
{
    block(0.2);
    if (safely)
        loop->call_soon_threadsafe([] { print("news"); });
    else
        loop->call_soon([] { print("news"); });
    block(0.2);
}

Coro<void> hears(bool safely)
{
    EventLoop& loop = get_running_loop();
    const Future<void> call = loop.run_in_executor(nullptr, tells, &loop, safely);
    co_await sleep(0.8);
    co_await call;
}

Coro<void> one_fails()
{
    std::vector<Coro<void>> all;
    all.push_back(fails());
    all.push_back(sleeper(1.0));
    try {
        co_await gather(std::move(all));
    } catch (const ValueError&) {
        print("caught");
    }
}

Coro<void> waits_shielded(Task<void> inner) { co_await shield(inner); }

Coro<void> shields()
{
    Task<void> save = create_task(sleeper(1.0), "save");
    Task<void> outer = create_task(waits_shielded(save), "outer");
    co_await sleep(0.3);
    outer.cancel();
    co_await save;
}

Coro<void> calls(int count)
{
    EventLoop& loop = get_running_loop();
    ThreadPoolExecutor pool(2, "pool");
    std::vector<Future<void>> all;
    for (int i = 0; i < count; ++i)
        all.push_back(loop.run_in_executor(pool, block, 0.5));
    co_await gather(std::move(all));
}

Names labels_of(const TimelineScene& scene, LaneRow::Kind kind)
{
    Names names;
    for (const Bar& bar : scene.bars)
        if (scene.lanes[bar.lane].kind == kind && bar.label_box.width > 0)
            names.push_back(bar.label);
    return names;
}

std::vector<Arrow> arrows_of(const TimelineScene& scene, Cause::Kind kind)
{
    std::vector<Arrow> arrows;
    std::copy_if(scene.arrows.begin(), scene.arrows.end(), std::back_inserter(arrows),
                 [kind](const Arrow& arrow) { return arrow.kind == kind; });
    return arrows;
}

Names remarks_of(const TimelineScene& scene)
{
    Names words;
    for (const Mark& mark : scene.marks)
        if (mark.kind == Mark::Kind::Remark)
            words.push_back(scene.lanes[mark.lane].title + ": " + mark.text);
    return words;
}

} // namespace

TEST_CASE("a coroutine that is awaited directly is a bracket in its task's lane", "[core][timeline][brackets]")
{
    const auto trace = trace_of(greets_twice());
    LayoutMetrics high;
    high.lane_height = 60;
    const TimelineScene scene = scene_of(*trace, 1000, 0, high);
    REQUIRE(scene.brackets.size() == 2);
    const Bracket& first = scene.brackets[0];
    CHECK(first.label == "greet()");
    CHECK(scene.lanes[first.lane].title == "main");
    CHECK(first.label_box.x > first.box.x);
    CHECK(first.label_box.right() < first.box.right());
    CHECK(first.box.right() <= scene.brackets[1].box.x + 0.01);
    for (const Bar& bar : scene.bars)
        if (bar.lane == first.lane)
            CHECK(first.box.bottom() <= bar.box.y);
}

TEST_CASE("brackets do not lie in one another, and a plain sleep has none", "[core][timeline][brackets]")
{
    Names names;
    const auto trace = trace_of(nested());
    for (const CoroutineSpan& inside : spans_of(*trace).shared.coroutines)
        names.emplace_back(inside.name);
    CHECK(names == Names{"greets_twice"});
}

TEST_CASE("lanes too low for words have no brackets", "[core][timeline][brackets]")
{
    LayoutMetrics low;
    low.lane_height = 34;
    CHECK(scene_of(*trace_of(greets_twice()), 1000, 0, low).brackets.empty());
}

TEST_CASE("a thread's news is an arrow from the thread to the loop, broken when nothing wakes it", "[core][timeline][workers]")
{
    for (const bool safely : {true, false}) {
        CAPTURE(safely);
        const auto trace = trace_of(hears(safely));
        const TimelineScene scene = scene_of(*trace);
        std::vector<Arrow> up = arrows_of(scene, Cause::Kind::Worker);
        std::erase_if(up, [](const Arrow& arrow) { return arrow.y2 > arrow.y1 || arrow.to_task; });
        REQUIRE(up.size() == 1);
        CHECK(up[0].unheard == !safely);
        CHECK((up[0].x2 - up[0].x1 > 100) == !safely); // from 0.2 s to 0.8 s, or at once
        CHECK(remarks_of(scene)
              == Names{safely ? "event loop: a thread wakes the loop" : "event loop: in the queue, but the loop sleeps on"});
    }
}

TEST_CASE("an error on its way is not a result on its way", "[core][timeline]")
{
    const TimelineScene scene = scene_of(*trace_of(one_fails()));
    const std::vector<Arrow> arrows = arrows_of(scene, Cause::Kind::Task);
    REQUIRE(arrows.size() == 1);
    CHECK(arrows[0].fails);
    CHECK(remarks_of(scene) == Names{"sleeper: goes on, nobody listens"});
    for (const Arrow& arrow : scene_of(*trace_of(together())).arrows)
        CHECK_FALSE(arrow.fails);
}

TEST_CASE("what a shield kept from being cancelled says so", "[core][timeline]")
{
    CHECK(remarks_of(scene_of(*trace_of(shields()))) == Names{"save: the shield keeps it off: goes on"});
}

TEST_CASE("calls say which one they are, where they wait and where they run", "[core][timeline][workers]")
{
    const TimelineScene scene = scene_of(*trace_of(calls(4)));
    CHECK(labels_of(scene, LaneRow::Kind::Calls) == Names{"call 3 waits 0.5 s", "call 4 waits 0.5 s"});
    CHECK(labels_of(scene, LaneRow::Kind::Worker)
          == Names{"call 1 blocks 0.5 s", "call 3 blocks 0.5 s", "call 2 blocks 0.5 s", "call 4 blocks 0.5 s"});
    CHECK(labels_of(scene, LaneRow::Kind::Task) == Names{"await gather(4 calls)"});
    CHECK(labels_of(scene_of(*trace_of(calls(1))), LaneRow::Kind::Worker) == Names{"blocks 0.5 s"});
}

TEST_CASE("a call that waits has a short arrow to where it waits, and one from there to its worker", "[core][timeline][workers]")
{
    const TimelineScene scene = scene_of(*trace_of(calls(4)));
    for (const Arrow& arrow : arrows_of(scene, Cause::Kind::Worker))
        if (arrow.y2 > arrow.y1) // away from the task
            CHECK(std::abs(arrow.x2 - arrow.x1) < 40);
}

TEST_CASE("as_completed's own queue is no lane, and waiting for it has plain words", "[core][timeline]")
{
    const TimelineScene scene = scene_of(*trace_of([]() -> Coro<void> {
        std::vector<Coro<void>> all;
        all.push_back(sleeper(0.5));
        all.push_back(sleeper(1.0));
        AsCompleted<Task<void>> done = as_completed(std::move(all));
        for (int i = 0; i < 2; ++i)
            co_await done.next();
    }()));
    for (const LaneRow& lane : scene.lanes)
        CHECK(lane.kind != LaneRow::Kind::Queue);
    const Names words = labels_of(scene, LaneRow::Kind::Task);
    CHECK(std::count(words.begin(), words.end(), "next of as_completed") > 0);
}

TEST_CASE("how long asyncio.run() waits for threads is no block of the program", "[core][timeline][workers]")
{
    EventLoop loop;
    const auto trace = loop.trace();
    const Outcome outcome = run_program(loop, [&]() -> Coro<void> {
        return [](EventLoop& l) -> Coro<void> {
            l.run_in_executor(nullptr, block, 0.5);
            co_await sleep(0.1);
        }(loop);
    });
    REQUIRE(outcome.kind == Outcome::Kind::Result);
    const TimelineScene scene = scene_of(*trace);
    CHECK(std::none_of(scene.frames.begin(), scene.frames.end(), [](const Frame& f) { return f.kind == Frame::Kind::Timeout; }));
    CHECK(std::any_of(scene.lanes.begin(), scene.lanes.end(), [](const LaneRow& l) { return l.title == "executor shutdown"; }));
}
