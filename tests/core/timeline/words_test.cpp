#include "core/asyncio.h"
#include "core/timeline/labels.h"
#include "core/timeline/layout.h"
#include "tests/support/catch.h"
#include "tests/support/run_scenario.h"
#include "tests/support/timeline_stories.h"

#include <algorithm>
#include <string>
#include <vector>

using namespace loopscope;
using namespace loopscope::tests;

namespace {

Coro<void> greet()
{
    print("hi");
    co_await sleep(1.0);
}

Coro<void> forgets_one()
{
    (void)greet();
    co_await greet();
}

Coro<void> holds_for_long()
{
    get_running_loop().set_debug(true);
    block(1.0);
    co_await sleep(1.0);
}

Coro<void> leaves_and_holds()
{
    get_running_loop().set_debug(true);
    const Task<void> left = create_task(sleeper(5.0), "left");
    co_await sleep(1.0);
    block(0.5);
}

Coro<void> crunch(int pieces)
{
    for (int i = 0; i < pieces; ++i) {
        cpu(0.2);
        co_await sleep(0.0);
    }
}

Coro<void> works_while_all_sleep()
{
    const Task<void> sleeps = create_task(sleeper(2.0), "sleeps");
    co_await sleep(0.5);
    cpu(0.5);
    co_await sleeps;
}

Coro<void> two_crunch()
{
    co_await gather(crunch(2), crunch(2));
    co_await sleep(1.0);
}

Coro<void> makes_eagerly()
{
    const Task<void> child = get_running_loop().create_task(greet(), eager_start);
    co_await sleep(1.0);
}

Coro<void> fails_early()
{
    const auto failing = []() -> Coro<void> {
        co_await sleep(0.1);
        throw ValueError("no such page");
    };
    const Task<void> task = create_task(failing(), "failing");
    co_await sleep(2.0);
}

Coro<void> prints_last()
{
    co_await sleep(1.0);
    print("and this is the result");
}

Coro<void> three_callbacks()
{
    EventLoop& loop = get_running_loop();
    loop.call_soon([] {}, "A");
    loop.call_soon([] { get_running_loop().call_soon([] {}, "D"); }, "B");
    loop.call_later(0.1, [] {}, "C");
    co_await sleep(0.2);
}

LayoutMetrics roomy()
{
    LayoutMetrics metrics;
    metrics.lane_height = 52;
    return metrics;
}

TimelineScene drawn(const std::function<Coro<void>()>& main, double width = 1000)
{
    return scene_of(*run_main(main).trace, width, 0, roomy());
}

std::vector<Mark> marks_of(const TimelineScene& scene, Mark::Kind kind)
{
    std::vector<Mark> found;
    std::copy_if(scene.marks.begin(), scene.marks.end(), std::back_inserter(found), [&](const Mark& m) { return m.kind == kind; });
    return found;
}

} // namespace

TEST_CASE("a coroutine that nobody awaited never shares a label with what was printed", "[core][timeline][words]")
{
    const TimelineScene scene = drawn(forgets_one);
    const std::vector<Mark> capsules = marks_of(scene, Mark::Kind::NeverAwaited);
    const std::vector<Mark> notes = marks_of(scene, Mark::Kind::Note);
    REQUIRE(capsules.size() == 1);
    REQUIRE(notes.size() == 1);
    CHECK(capsules[0].label == "greet() never awaited");
    CHECK(notes[0].label == "hi");
    CHECK(notes[0].label_box.bottom() <= capsules[0].label_box.y);
    CHECK(capsules[0].label_box.bottom() <= scene.lanes[capsules[0].lane].box.bottom());
}

TEST_CASE("a turn that debug mode reports is marked where it was over", "[core][timeline][words]")
{
    const TimelineScene scene = drawn(holds_for_long, 1400);
    const std::vector<Mark> slow = marks_of(scene, Mark::Kind::SlowTurn);
    REQUIRE(slow.size() == 1);
    CHECK(slow[0].label == "slow: main held the loop 1.0 s");
    CHECK(scene.lanes[slow[0].lane].kind == LaneRow::Kind::Loop);
    for (const Bar& bar : scene.bars)
        CHECK((bar.lane != slow[0].lane || slow[0].label_box.bottom() <= bar.box.y));
}

TEST_CASE("what is said of the loop stands side by side", "[core][timeline][words]")
{
    for (const double width : {500.0, 800.0, 1400.0}) {
        const TimelineScene scene = drawn(leaves_and_holds, width);
        REQUIRE(scene.edges.size() == 1);
        const Box& edge = scene.edges[0].label_box;
        for (const Mark& slow : marks_of(scene, Mark::Kind::SlowTurn))
            CHECK((slow.label_box.width <= 0 || slow.label_box.right() <= edge.x || slow.label_box.x >= edge.right()));
    }
}

TEST_CASE("a number is shown whole or not at all", "[core][timeline][words]")
{
    using detail::cut_before_number;
    CHECK(cut_before_number("sleep 0.1 s", 11) == "sleep 0.1 s");
    CHECK(cut_before_number("sleep 0.1 s", 10) == "sleep…");
    CHECK(cut_before_number("sleep 0.1 s", 8) == "sleep…");
    CHECK(cut_before_number("gather(fetch-1)", 9) == "gather(f…");
    CHECK(cut_before_number("0.1 s", 3).empty());
    for (double width = 220; width < 500; width += 7) {
        const TimelineScene scene = drawn([] { return sleeper(0.5); }, width);
        for (const Bar& bar : scene.bars)
            if (bar.kind == SpanKind::Waiting && bar.label_box.width > 0)
                CHECK((bar.label == "sleep 0.5 s" || bar.label == "0.5 s"));
    }
}

TEST_CASE("words on a pattern leave enough of it to be seen", "[core][timeline][words]")
{
    for (double width = 220; width < 1000; width += 50)
        for (const Bar& bar : drawn([] { return sleeper(0.5); }, width).bars)
            if (bar.kind == SpanKind::Selecting)
                CHECK(bar.label_box.width <= 0.5 * bar.box.width);
}

TEST_CASE("walls that follow each other at once are one, and there is none where nobody is kept waiting", "[core][timeline][words]")
{
    CHECK(drawn(two_crunch).walls.size() == 1);
    CHECK(drawn([] { return crunch(3); }).walls.empty());
    CHECK(drawn(works_while_all_sleep).walls.empty());
}

TEST_CASE("while an eager task has its first step its maker has not the thread", "[core][timeline][words]")
{
    const auto trace = run_main(makes_eagerly).trace;
    const TimelineScene scene = scene_of(*trace, 1000, 1, roomy());
    std::vector<std::string> turns;
    double taken = 0;
    std::vector<Bar> bars;
    std::copy_if(scene.bars.begin(), scene.bars.end(), std::back_inserter(bars), [&](const Bar& bar) {
        return scene.lanes[bar.lane].kind == LaneRow::Kind::Task && bar.kind == SpanKind::Running;
    });
    std::sort(bars.begin(), bars.end(), [](const Bar& a, const Bar& b) { return a.box.x < b.box.x; });
    for (const Bar& bar : bars) {
        CHECK(bar.box.x >= taken - 1e-6);
        taken = bar.box.right();
    }
    REQUIRE(bars.size() >= 3);
    CHECK(scene.lanes[bars[0].lane].title == "main");
    CHECK(scene.lanes[bars[1].lane].title != "main");
    CHECK(scene.lanes[bars[2].lane].title == "main");
}

TEST_CASE("a failure says what failed, as long as there is room", "[core][timeline][words]")
{
    const auto words = [](double width) {
        const std::vector<Mark> failed = marks_of(drawn(fails_early, width), Mark::Kind::Failed);
        REQUIRE(failed.size() == 1);
        return failed[0].label;
    };
    CHECK(words(1000) == "ValueError: no such page");
    CHECK(words(300) == "ValueError: no\nsuch page"); // the lane is high enough for two lines
    CHECK(words(255) == "ValueError");
    CHECK(words(220).empty());
}

TEST_CASE("a picture keeps room for what is printed last, and gives its last moment wider blocks", "[core][timeline][words]")
{
    const auto trace = run_main(prints_last).trace;
    const RunSpans spans = spans_of(*trace);
    const auto picture = [&](const LayoutMetrics& metrics) {
        const TimeScale scale(trace->end_time(), trace->size(), axis_width(1400, metrics), 0);
        return layout(*trace, spans, scale, metrics);
    };
    const LayoutMetrics plain = picture_metrics(52, 1400, 6.6);
    const LayoutMetrics wide = with_last_words(plain, *trace, spans, 1400, 0);
    CHECK(wide.right_margin > plain.right_margin);
    const TimelineScene scene = picture(wide);
    const Mark note = marks_of(scene, Mark::Kind::Note).at(0);
    CHECK(note.label == "and this is the result");
    CHECK(note.label_box.x > note.x);
    CHECK(note.label_box.right() <= scene.width - wide.word_margin + 1e-6);
    const auto last_block = [&](const TimelineScene& drawing) {
        double width = 0;
        for (const Bar& bar : drawing.bars)
            if (bar.lane == 1 && bar.kind == SpanKind::Running)
                width = bar.box.width;
        return width;
    };
    CHECK(last_block(scene) > 2 * last_block(picture(plain)));
}

TEST_CASE("a run told by callbacks is drawn mostly by steps, with its passes numbered", "[core][timeline][words]")
{
    const auto trace = run_main(three_callbacks).trace;
    const RunSpans spans = spans_of(*trace);
    const double blend = fitting_blend(*trace, spans);
    CHECK(blend > 0.5);
    LayoutMetrics metrics = picture_metrics(52, 1400, 6.6);
    const TimeScale scale(trace->end_time(), trace->size(), axis_width(1400, metrics), blend);
    const TimelineScene scene = layout(*trace, spans, scale, metrics);
    REQUIRE(scene.passes.size() > 2);
    // As everywhere else a pass is an iteration; where there is no room for the word it has its number.
    CHECK((scene.passes[0].label == "iteration 1" || scene.passes[0].label == "1"));
    CHECK((scene.passes[1].label == "iteration 2") == (scene.passes[0].label == "iteration 1"));
    LayoutMetrics tight = picture_metrics(52, 700, 6.6);
    for (const Pass& pass : layout(*trace, spans, TimeScale(trace->end_time(), trace->size(), axis_width(700, tight), blend), tight).passes)
        CHECK(pass.label.find("pass") == std::string::npos);
    CHECK(scene.passes[1].box.x >= scene.passes[0].box.right() - 1e-6);
    const auto other = run_main([] { return sleeper(1.0); }).trace;
    CHECK(fitting_blend(*other, spans_of(*other)) == 0);
}
