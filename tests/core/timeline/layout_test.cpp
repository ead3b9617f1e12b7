#include "core/timeline/layout.h"

#include "tests/support/catch.h"
#include "tests/support/timeline_stories.h"

#include <algorithm>
#include <cmath>
#include <map>

using namespace loopscope;
using namespace loopscope::tests;

namespace {

using Names = std::vector<std::string>;

Names titles(const TimelineScene& scene)
{
    Names names;
    for (const LaneRow& lane : scene.lanes)
        names.push_back(lane.title);
    return names;
}

std::vector<Bar> bars_of(const TimelineScene& scene, const std::string& title, SpanKind kind)
{
    std::vector<Bar> found;
    for (const Bar& bar : scene.bars)
        if (scene.lanes[bar.lane].title == title && bar.kind == kind)
            found.push_back(bar);
    return found;
}

std::vector<TimelineScene> many_scenes()
{
    std::vector<TimelineScene> scenes;
    for (const auto& trace : {trace_of(together()), trace_of(one_by_one()), trace_of(trouble()), trace_of(crowd(60)),
                              trace_of(long_life(500))})
        for (const double blend : {0.0, 0.25, 1.0})
            for (const double width : {420.0, 1000.0})
                scenes.push_back(scene_of(*trace, width, blend));
    return scenes;
}

bool apart(const Box& a, const Box& b)
{
    constexpr double slack = 1e-6;
    return a.right() <= b.x + slack || b.right() <= a.x + slack || a.bottom() <= b.y + slack || b.bottom() <= a.y + slack;
}

} // namespace

TEST_CASE("each task has a lane, below the loop's and above the network's", "[core][timeline]")
{
    CHECK(titles(scene_of(*trace_of(together()))) == Names{"event loop", "main", "fetch-1", "fetch-2", "fetch-3", "network"});
    CHECK(titles(scene_of(*trace_of(crowd(2)))) == Names{"event loop", "main", "sleeper-1", "sleeper-2"});
}

TEST_CASE("lanes say in a second line what they are", "[core][timeline]")
{
    const TimelineScene scene = scene_of(*trace_of(together()));
    Names subtitles;
    for (const LaneRow& lane : scene.lanes)
        subtitles.push_back(lane.subtitle);
    CHECK(subtitles == Names{"1 thread", "together", "a.org", "b.org", "c.org", "up to 3 in flight"});
}

TEST_CASE("bars in a lane do not overlap", "[core][timeline]")
{
    for (const TimelineScene& scene : many_scenes()) {
        std::map<std::pair<std::size_t, double>, double> taken; // a row of a lane: up to where
        for (const Bar& bar : scene.bars) {
            const double middle = bar.box.y + bar.box.height / 2;
            double& right = taken.try_emplace({bar.lane, middle}, scene.label_width).first->second;
            REQUIRE(bar.box.x >= right - 1e-6);
            REQUIRE(bar.box.width >= 0);
            right = bar.box.right();
        }
    }
}

TEST_CASE("bars stay in their lanes and right of the labels", "[core][timeline]")
{
    for (const TimelineScene& scene : many_scenes())
        for (const Bar& bar : scene.bars) {
            const Box& lane = scene.lanes[bar.lane].box;
            REQUIRE(bar.box.y >= lane.y);
            REQUIRE(bar.box.bottom() <= lane.bottom());
            REQUIRE(bar.box.x >= scene.label_width - 1e-6);
            REQUIRE(bar.box.right() <= scene.width + 1e-6);
        }
}

TEST_CASE("labels stay in their bars, have room for their words, and do not overlap", "[core][timeline]")
{
    const LayoutMetrics metrics;
    for (const TimelineScene& scene : many_scenes()) {
        std::vector<Box> boxes;
        for (const Bar& bar : scene.bars) {
            if (bar.label_box.width <= 0)
                continue;
            REQUIRE(bar.label_box.x >= bar.box.x);
            REQUIRE(bar.label_box.right() <= bar.box.right());
            const auto characters = std::count_if(bar.label.begin(), bar.label.end(), [](char c) { return (c & 0xc0) != 0x80; });
            REQUIRE(static_cast<double>(characters) * metrics.char_width <= bar.label_box.width);
            boxes.push_back(bar.label_box);
        }
        for (const Mark& mark : scene.marks)
            if (mark.label_box.width > 0)
                boxes.push_back(mark.label_box);
        for (std::size_t i = 0; i < boxes.size(); ++i)
            for (std::size_t k = i + 1; k < boxes.size(); ++k)
                REQUIRE(apart(boxes[i], boxes[k]));
    }
}

TEST_CASE("a wait is as long as it lasts on the time axis", "[core][timeline]")
{
    const auto trace = trace_of(together());
    const TimelineScene scene = scene_of(*trace, 1180); // 1000 px for 2.0 s
    const std::vector<Bar> waits = bars_of(scene, "fetch-1", SpanKind::Waiting);
    REQUIRE(waits.size() == 1);
    // Its start is pushed by the blocks before it, its end is where the socket became readable.
    const double second = 500;
    CHECK(waits[0].box.right() >= scene.label_width + second);
    CHECK(waits[0].box.right() <= scene.label_width + second + LayoutMetrics{}.max_shift);
    CHECK(waits[0].to - waits[0].from == seconds(1.0));
}

TEST_CASE("requests lie exactly where the network worked", "[core][timeline]")
{
    const auto trace = trace_of(together());
    const TimelineScene scene = scene_of(*trace, 1180);
    std::vector<double> ends;
    for (const Bar& bar : bars_of(scene, "network", SpanKind::InFlight))
        ends.push_back(std::round(bar.box.right() - scene.label_width));
    CHECK(ends == std::vector<double>{500, 1000, 750});
}

TEST_CASE("on the step axis every fact has the same length", "[core][timeline]")
{
    const auto trace = trace_of(one_by_one());
    const TimelineScene scene = scene_of(*trace, 1180, 1.0);
    const double fact = 1000.0 / static_cast<double>(trace->size());
    for (const Bar& bar : scene.bars)
        if (bar.folded == 1)
            CHECK(std::abs(bar.box.width - static_cast<double>(std::min(bar.end, trace->size() - 1) - bar.begin) * fact) < 0.01);
}

TEST_CASE("bars too thin to draw are folded with a count, and none is lost", "[core][timeline]")
{
    const auto trace = trace_of(long_life(500));
    const RunSpans spans = spans_of(*trace);
    const TimelineScene scene = scene_of(*trace, 400);
    std::size_t shown = 0;
    std::size_t thickest = 0;
    std::size_t bars = 0;
    for (const Bar& bar : scene.bars)
        if (scene.lanes[bar.lane].title == "main") {
            shown += static_cast<std::size_t>(bar.folded);
            thickest = std::max(thickest, static_cast<std::size_t>(bar.folded));
            bars += 1;
        }
    CHECK(shown == spans.tasks.at(0).spans.size());
    CHECK(thickest > 10);
    CHECK(bars < 100);
}

TEST_CASE("folded bars carry no words", "[core][timeline]")
{
    for (const TimelineScene& scene : many_scenes())
        for (const Bar& bar : scene.bars)
            if (bar.folded > 1)
                REQUIRE(bar.label_box == Box{});
}

TEST_CASE("waits are told in the longest words that fit", "[core][timeline]")
{
    const auto trace = trace_of(together());
    const auto label = [&](double width) { return bars_of(scene_of(*trace, width), "main", SpanKind::Waiting).at(0).label; };
    CHECK(label(1000) == "await gather(fetch-1, fetch-2, fetch-3)");
    CHECK(label(450) == "gather(fetch-1, fetch-2, fetch-3)");
    CHECK(label(400) == "gather(fetch-1, fetch-2, fet…");
}

TEST_CASE("a label names the host where the lane cannot", "[core][timeline]")
{
    const TimelineScene one_host = scene_of(*trace_of(together()), 1200);
    CHECK(bars_of(one_host, "fetch-1", SpanKind::Waiting).at(0).label == "await response");
    const TimelineScene three_hosts = scene_of(*trace_of(one_by_one()), 1200);
    CHECK(bars_of(three_hosts, "main", SpanKind::Waiting).at(1).label == "await response of b.org");
}

TEST_CASE("the idle loop says how long it sleeps", "[core][timeline]")
{
    const TimelineScene scene = scene_of(*trace_of(sleeper(1.0)));
    CHECK(bars_of(scene, "event loop", SpanKind::Selecting).at(0).label == "idle: select(1.0 s)");
}

TEST_CASE("a stretch that holds the thread is a wall across all lanes", "[core][timeline]")
{
    const TimelineScene scene = scene_of(*trace_of(trouble()), 1000);
    REQUIRE(scene.walls.size() == 2); // computing and blocking: others stand in the queue meanwhile
    for (const Wall& wall : scene.walls) {
        CHECK(wall.box.y == scene.ruler_height);
        CHECK(wall.box.bottom() == scene.height);
    }
    CHECK(bars_of(scene, "hog", SpanKind::Blocking).at(0).label == "blocks 0.4 s");
}

TEST_CASE("each end has a mark of its own kind, right of the last block", "[core][timeline]")
{
    const TimelineScene scene = scene_of(*trace_of(trouble()));
    std::map<std::string, Mark::Kind> ends;
    for (const Mark& mark : scene.marks)
        if (mark.kind == Mark::Kind::Finished || mark.kind == Mark::Kind::Failed || mark.kind == Mark::Kind::Cancelled) {
            ends[scene.lanes[mark.lane].title] = mark.kind;
            for (const Bar& bar : scene.bars)
                if (bar.lane == mark.lane)
                    CHECK(bar.box.right() <= mark.x - mark.radius);
        }
    CHECK(ends
          == std::map<std::string, Mark::Kind>{{"main", Mark::Kind::Finished},
                                               {"hog", Mark::Kind::Finished},
                                               {"calm", Mark::Kind::Finished},
                                               {"failing", Mark::Kind::Failed},
                                               {"stopped", Mark::Kind::Cancelled}});
}

TEST_CASE("what happens to a task after cancel() is marked as cancelling", "[core][timeline]")
{
    const TimelineScene scene = scene_of(*trace_of(trouble()), 1400, 0.5);
    const auto cancelling = [&](const std::string& lane) {
        return std::count_if(scene.bars.begin(), scene.bars.end(),
                             [&](const Bar& bar) { return scene.lanes[bar.lane].title == lane && bar.cancelling; });
    };
    CHECK(cancelling("stopped") > 0);
    CHECK(cancelling("calm") == 0);
}

TEST_CASE("printed texts are dots, written out where there is room", "[core][timeline]")
{
    const auto trace = trace_of(together());
    const auto notes = [](const TimelineScene& scene) {
        Names labels;
        for (const Mark& mark : scene.marks)
            if (mark.kind == Mark::Kind::Note)
                labels.push_back(mark.label);
        return labels;
    };
    CHECK(notes(scene_of(*trace, 1000)) == Names{"3 pages", "got a.org", "got b.org", "got c.org"});
    LayoutMetrics low;
    low.lane_height = 30;
    CHECK(notes(scene_of(*trace, 1000, 0, low)) == Names{"", "", "", ""});
}

namespace {

Coro<void> nobody_waits()
{
    co_await sleep(1.0);
}

Coro<void> many_words()
{
    (void)nobody_waits();
    (void)nobody_waits();
    co_await sleep(1.0);
    print("a");
    print("a");
    print("b");
    co_await sleep(1.0);
    print("c");
}

} // namespace

TEST_CASE("what is printed at one moment is written out together, and a coroutine that is dropped is a mark",
          "[core][timeline]")
{
    const auto trace = trace_of(many_words());
    std::map<Mark::Kind, Names> labels;
    for (const Mark& mark : scene_of(*trace, 1000).marks)
        labels[mark.kind].push_back(mark.label);
    CHECK(labels[Mark::Kind::Note] == Names{"a ×2, b", "c"});
    CHECK(labels[Mark::Kind::NeverAwaited] == Names{"nobody_waits() never awaited ×2"});

    Names narrow;
    for (const Mark& mark : scene_of(*trace, 200).marks)
        if (mark.kind == Mark::Kind::NeverAwaited)
            narrow.push_back(mark.label);
    CHECK(narrow == Names{""});
}

namespace {

Coro<void> no_time()
{
    co_await loopscope::sleep(0);
    print("now");
}

} // namespace

TEST_CASE("a run in which no time passes is ruled by its steps", "[core][timeline]")
{
    for (const double blend : {0.0, 0.3, 1.0}) {
        const TimelineScene scene = scene_of(*trace_of(no_time()), 1000, blend);
        REQUIRE(scene.ticks.size() > 3);
        CHECK(scene.ticks.front().text == "#0");
        for (std::size_t i = 1; i < scene.ticks.size(); ++i)
            CHECK(scene.ticks[i - 1].x < scene.ticks[i].x);
    }
}

TEST_CASE("arrows lead from a cause to its effect, never back in time", "[core][timeline]")
{
    const TimelineScene scene = scene_of(*trace_of(together()));
    std::map<Cause::Kind, int> kinds;
    for (const Arrow& arrow : scene.arrows) {
        kinds[arrow.kind] += 1;
        CHECK(arrow.from_step <= arrow.to_step);
        CHECK(arrow.x1 <= arrow.x2 + 1e-6);
    }
    CHECK(kinds[Cause::Kind::Created] == 3);
    CHECK(kinds[Cause::Kind::Io] == 3);
}

TEST_CASE("a zoomed window clips what reaches beyond it", "[core][timeline]")
{
    const auto trace = trace_of(together());
    const LayoutMetrics metrics;
    const TimeScale all(trace->end_time(), trace->size(), axis_width(1000, metrics), 0);
    const TimelineScene scene = layout(*trace, spans_of(*trace), all.showing(0.3, 0.4), metrics);
    for (const Bar& bar : scene.bars) {
        CHECK(bar.box.x >= scene.label_width);
        CHECK(bar.box.right() <= scene.width);
    }
    const std::vector<Bar> waits = bars_of(scene, "fetch-2", SpanKind::Waiting);
    REQUIRE(waits.size() == 1);
    CHECK(waits[0].box.x == scene.label_width);
    CHECK(waits[0].box.right() == scene.width);
    // The label stands in the middle of what is seen.
    CHECK(std::abs(waits[0].label_box.x + waits[0].label_box.width / 2 - (scene.label_width + scene.width) / 2) < 1);
}

TEST_CASE("ticks stand at their moments, apart from each other", "[core][timeline]")
{
    const auto trace = trace_of(together());
    const TimelineScene scene = scene_of(*trace, 1180);
    REQUIRE(scene.ticks.size() > 5);
    CHECK(scene.ticks.front().text == "0.0 s");
    CHECK(scene.ticks.front().x == scene.label_width);
    CHECK(scene.ticks.back().text == "2.0 s");
    CHECK(std::abs(scene.ticks.back().x - (scene.label_width + 1000)) < 1e-6);
    for (const TimelineScene& each : many_scenes())
        for (std::size_t i = 1; i < each.ticks.size(); ++i)
            REQUIRE(each.ticks[i].x - each.ticks[i - 1].x >= 20);
}

TEST_CASE("on the step axis the ruler counts facts", "[core][timeline]")
{
    const TimelineScene scene = scene_of(*trace_of(together()), 1000, 1.0);
    CHECK(scene.ticks.front().text == "#0");
    CHECK(scene.ticks.at(1).text.front() == '#');
}

TEST_CASE("up to a moment, later facts are missing and open bars end there", "[core][timeline]")
{
    const auto trace = trace_of(together());
    LayoutMetrics metrics;
    const TimelineScene whole = scene_of(*trace, 1180, 0, metrics);
    metrics.until = RunPosition{TimePoint{seconds(1.2)}, 0};
    for (std::size_t i = 0; i < trace->size() && trace->when(i) <= TimePoint{seconds(1.2)}; ++i)
        metrics.until->step += 1;
    const TimelineScene part = scene_of(*trace, 1180, 0, metrics);

    REQUIRE(part.cut_x.has_value());
    CHECK(std::abs(*part.cut_x - (part.label_width + 600)) < 0.01);
    CHECK(titles(part) == titles(whole)); // nothing moves
    for (const Bar& bar : part.bars)
        CHECK(bar.box.right() <= *part.cut_x + 1e-6);
    const Bar wait = bars_of(part, "fetch-2", SpanKind::Waiting).at(0);
    CHECK(wait.open);
    CHECK(std::abs(wait.box.right() - *part.cut_x) < 1e-6);
    CHECK(wait.label_box.right() < *part.cut_x);
    const auto ended = std::count_if(part.marks.begin(), part.marks.end(),
                                     [](const Mark& m) { return m.kind == Mark::Kind::Finished; });
    CHECK(ended == 1); // fetch-1 alone
    CHECK(part.lanes.back().subtitle == "2 in flight");
}

TEST_CASE("a lane of requests says how many are under way at a moment, and at the end the most there were",
          "[core][timeline]")
{
    const auto trace = trace_of(together());
    const RunSpans spans = spans_of(*trace);
    TimelineScene scene = scene_of(*trace);
    const auto told = [&](std::optional<std::size_t> step) {
        tell_numbers(scene, *trace, spans, step);
        return scene.lanes.back().subtitle;
    };
    CHECK(told(0) == "0 in flight");
    CHECK(told(static_cast<std::size_t>(position_at(*trace, TimePoint{seconds(0.6)}).step)) != told(0));
    CHECK(told(trace->size()) == "0 in flight");
    CHECK(told(std::nullopt) == "up to 3 in flight");
    LayoutMetrics low;
    low.subtitles = false;
    TimelineScene without = scene_of(*trace, 1180, 0, low);
    tell_numbers(without, *trace, spans, 0);
    CHECK(without.lanes.back().subtitle.empty());
}

TEST_CASE("requests that overlap lie in rows of their own", "[core][timeline]")
{
    const TimelineScene scene = scene_of(*trace_of(together()));
    std::map<double, int> rows;
    for (const Bar& bar : bars_of(scene, "network", SpanKind::InFlight))
        rows[bar.box.y] += 1;
    CHECK(rows.size() == 3);
    const TimelineScene in_turn = scene_of(*trace_of(one_by_one()));
    rows.clear();
    for (const Bar& bar : bars_of(in_turn, "network", SpanKind::InFlight))
        rows[bar.box.y] += 1;
    CHECK(rows.size() == 1);
}

TEST_CASE("a point finds the bar, the mark and the lane that are there", "[core][timeline]")
{
    const TimelineScene scene = scene_of(*trace_of(together()));
    const Bar wait = bars_of(scene, "fetch-2", SpanKind::Waiting).at(0);
    const Bar* found = scene.bar_at(wait.box.x + wait.box.width / 2, wait.box.y + wait.box.height / 2);
    REQUIRE(found != nullptr);
    CHECK(found->begin == wait.begin);
    CHECK(scene.bar_at(2, 2) == nullptr);
    CHECK(scene.lane_at(wait.box.y)->title == "fetch-2");
    CHECK(scene.lane_at(1) == nullptr); // the ruler
    const Mark mark = scene.marks.front();
    CHECK(scene.mark_at(mark.x + 1, mark.y)->step == mark.step);
}

TEST_CASE("a trace without facts is an empty picture", "[core][timeline]")
{
    const Trace trace;
    const TimelineScene scene = layout(trace, RunSpans{}, TimeScale(TimePoint{}, 0, 500, 0), {});
    CHECK(scene.bars.empty());
    CHECK(titles(scene) == Names{"event loop"});
}

TEST_CASE("a hundred thousand facts are laid out within a frame or two", "[.bench]")
{
    const auto trace = trace_of(long_life(12'000));
    REQUIRE(trace->size() > 100'000);
    const RunSpans spans = spans_of(*trace);
    const LayoutMetrics metrics;
    const TimeScale scale(trace->end_time(), trace->size(), axis_width(1400, metrics), 0.3);
    const auto start = std::chrono::steady_clock::now();
    const TimelineScene scene = layout(*trace, spans, scale, metrics);
    const auto took = std::chrono::steady_clock::now() - start;
    CHECK(scene.bars.size() < 3000);
    CHECK(took < std::chrono::milliseconds(33));
}
