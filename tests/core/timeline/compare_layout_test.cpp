#include "core/timeline/compare_layout.h"

#include "tests/support/catch.h"
#include "tests/support/timeline_stories.h"

#include <algorithm>
#include <cmath>

using namespace loopscope;
using namespace loopscope::tests;

namespace {

CompareWords words()
{
    CompareWords w;
    w.title_a = "One by one";
    w.title_b = "Together";
    w.total_a = "4.5 s";
    w.total_b = "2.0 s";
    w.seconds_a = 4.5;
    w.seconds_b = 2.0;
    w.verdict = "2.25× faster";
    w.reason = "4.5 s is the sum of the waits; 2.0 s is the longest of them.";
    w.aside = "loop idle 99 % in both";
    return w;
}

CompareScene compared(double width = 1200, double height = 0)
{
    const auto a = trace_of(one_by_one());
    const auto b = trace_of(together());
    return compare_layout(*a, spans_of(*a), *b, spans_of(*b), words(), width, height);
}

const LaneRow& lane(const TimelineScene& scene, const std::string& title)
{
    return *std::find_if(scene.lanes.begin(), scene.lanes.end(), [&](const LaneRow& l) { return l.title == title; });
}

} // namespace

TEST_CASE("both halves of a comparison have one scale", "[core][timeline]")
{
    const CompareScene scene = compared();
    REQUIRE(scene.a.timeline.ticks.size() == scene.b.timeline.ticks.size());
    for (std::size_t i = 0; i < scene.ticks.size(); ++i) {
        CHECK(scene.a.timeline.ticks[i].x == scene.b.timeline.ticks[i].x);
        CHECK(scene.a.timeline.ticks[i].text == scene.ticks[i].text);
    }
    // The answer of a.org takes a second in both runs, so it is as long in both pictures.
    const auto length = [](const TimelineScene& s) {
        return std::find_if(s.bars.begin(), s.bars.end(), [](const Bar& b) { return b.kind == SpanKind::InFlight; })->box.right();
    };
    CHECK(std::abs(length(scene.a.timeline) - length(scene.b.timeline)) < 0.01);
}

TEST_CASE("a name has one colour in both halves", "[core][timeline]")
{
    const CompareScene scene = compared();
    CHECK(lane(scene.a.timeline, "main").color == lane(scene.b.timeline, "main").color);
    const auto in_flight = [](const TimelineScene& s) {
        std::vector<ColorSlot> colors;
        for (const Bar& bar : s.bars)
            if (bar.kind == SpanKind::InFlight)
                colors.push_back(bar.color);
        std::sort(colors.begin(), colors.end());
        return colors;
    };
    CHECK(in_flight(scene.a.timeline) == std::vector<ColorSlot>{1, 2, 3});
    CHECK(in_flight(scene.b.timeline) == std::vector<ColorSlot>{1, 2, 3});
}

TEST_CASE("a moment has one x in both halves", "[core][timeline]")
{
    const CompareScene scene = compared();
    const auto end_of = [](const TimelineScene& s, const char* title) {
        return std::find_if(s.bars.begin(), s.bars.end(), [&](const Bar& bar) {
                   return bar.kind == SpanKind::InFlight && s.lanes[bar.lane].title == title;
               })->box.right();
    };
    // The first answer arrives at the same moment in both, though more tasks begin before it in one.
    CHECK(end_of(scene.a.timeline, "network") == end_of(scene.b.timeline, "network"));
}

TEST_CASE("a zoomed comparison shows the same stretch of both, and nothing beside it", "[core][timeline]")
{
    const auto a = trace_of(one_by_one());
    const auto b = trace_of(together());
    const CompareScene scene
        = compare_layout(*a, spans_of(*a), *b, spans_of(*b), words(), 1200, 0, {}, {}, {.low = 0.1, .high = 0.3});
    REQUIRE(scene.a.timeline.ticks.size() == scene.b.timeline.ticks.size());
    for (const CompareScene::Half* half : {&scene.a, &scene.b}) {
        CHECK_FALSE(half->timeline.bars.empty());
        for (const Bar& bar : half->timeline.bars)
            CHECK(bar.box.x >= half->timeline.label_width);
    }
}

TEST_CASE("lanes of the same name lie in the same order", "[core][timeline]")
{
    const auto made_first = [](const char* first, const char* second) -> Coro<void> {
        auto one = create_task(sleeper(1), first);
        auto two = create_task(sleeper(1), second);
        co_await one;
        co_await two;
    };
    const auto a = trace_of(made_first("left", "right"));
    const auto b = trace_of(made_first("right", "left"));
    const CompareScene scene = compare_layout(*a, spans_of(*a), *b, spans_of(*b), words(), 1200);
    const auto titles = [](const TimelineScene& s) {
        std::vector<std::string> all;
        for (const LaneRow& row : s.lanes)
            all.push_back(row.title);
        return all;
    };
    CHECK(titles(scene.a.timeline) == titles(scene.b.timeline));
    CHECK(lane(scene.a.timeline, "right").color == lane(scene.b.timeline, "right").color);
    CHECK(lane(scene.a.timeline, "left").color != lane(scene.b.timeline, "right").color);
}

TEST_CASE("when one run fails neither is the better one", "[core][timeline]")
{
    CompareWords w = words();
    w.by_time = false;
    const auto a = trace_of(one_by_one());
    const auto b = trace_of(together());
    CHECK_FALSE(compare_layout(*a, spans_of(*a), *b, spans_of(*b), w, 1200).b.better);
}

TEST_CASE("the shorter run is the better one", "[core][timeline]")
{
    const CompareScene scene = compared();
    CHECK_FALSE(scene.a.better);
    CHECK(scene.b.better);
}

TEST_CASE("the bars of the verdict are in proportion to the totals", "[core][timeline]")
{
    const CompareScene scene = compared();
    CHECK(std::abs(scene.bar_a.width / scene.bar_b.width - 4.5 / 2.0) < 1e-9);
}

TEST_CASE("nothing in the verdict overlaps, in any width", "[core][timeline]")
{
    for (const double width : {560.0, 800.0, 1200.0, 2400.0}) {
        const CompareScene scene = compared(width);
        CHECK(scene.verdict_text.right() <= scene.bar_a.x);
        CHECK(scene.bar_a.right() <= scene.reason_text.x);
        CHECK(scene.bar_b.right() <= scene.reason_text.x);
        CHECK(scene.reason_text.right() <= scene.verdict.right());
        if (scene.aside_text.width > 0) {
            CHECK(scene.reason_text.right() <= scene.aside_text.x + 1e-9);
            CHECK(scene.aside_text.right() <= scene.verdict.right());
        }
    }
}

TEST_CASE("requests have their names in both runs", "[core][timeline]")
{
    for (const double height : {0.0, 620.0}) {
        const CompareScene scene = compared(1200, height);
        for (const CompareScene::Half* half : {&scene.a, &scene.b}) {
            std::size_t requests = 0;
            for (const Bar& bar : half->timeline.bars)
                if (bar.kind == SpanKind::InFlight) {
                    ++requests;
                    CHECK(bar.label_box.width > 0);
                    CHECK(bar.label.find(".org") != std::string::npos);
                }
            CHECK(requests == 3);
        }
        CHECK((height == 0 || scene.height <= height));
    }
}

TEST_CASE("the letter of a run has room left of its bar", "[core][timeline]")
{
    for (const double width : {1100.0, 1400.0}) {
        const CompareScene scene = compared(width);
        CHECK(scene.bar_a.x - scene.verdict_text.right() >= 16);
        CHECK(scene.bar_a.x == scene.bar_b.x);
    }
}

TEST_CASE("the parts of a comparison lie below each other", "[core][timeline]")
{
    for (const double height : {0.0, 400.0, 640.0, 900.0}) {
        const CompareScene scene = compared(1000, height);
        CHECK(scene.a.heading.bottom() <= scene.a.top);
        CHECK(scene.a.top + scene.a.timeline.height <= scene.divider_y);
        CHECK(scene.divider_y < scene.b.heading.y);
        CHECK(scene.b.heading.bottom() <= scene.b.top);
        CHECK(scene.b.top + scene.b.timeline.height <= scene.ruler_y);
        CHECK(scene.ruler_y < scene.verdict.y);
        CHECK(scene.verdict.bottom() <= scene.height);
    }
}

TEST_CASE("a comparison keeps to the height it is given where lanes can shrink", "[core][timeline]")
{
    CHECK(compared(1000, 420).height <= 420);
    CHECK(compared(1000, 700).height <= 700);
    CHECK(compared(1000, 700).a.timeline.lanes.front().box.height > compared(1000, 420).a.timeline.lanes.front().box.height);
}

TEST_CASE("the first difference is marked where it lies in each run", "[core][timeline]")
{
    CHECK_FALSE(compared().a.difference_x.has_value());
    const auto a = trace_of(one_by_one());
    const auto b = trace_of(together());
    CompareWords w = words();
    w.difference = std::pair<std::size_t, std::size_t>{6, 9};
    const CompareScene scene = compare_layout(*a, spans_of(*a), *b, spans_of(*b), w, 1200);
    CHECK(scene.a.difference_x == scene.a.timeline.axis.x(7));
    CHECK(scene.b.difference_x == scene.b.timeline.axis.x(10));
}

TEST_CASE("end marks lie inside the picture's margins", "[core][timeline]")
{
    const CompareScene scene = compared();
    REQUIRE_FALSE(scene.a.timeline.marks.empty());
    for (const Mark& mark : scene.a.timeline.marks)
        CHECK(mark.x + mark.radius <= scene.width - scene.margin);
}

TEST_CASE("the first difference stands where the fact has happened, in each run for itself", "[core][timeline]")
{
    const auto a = trace_of(sleeper(1.0));
    const auto b = trace_of(sleeper(1.5));
    CompareWords told = words();
    // The loop wakes up: at 1.0 s in one run, at 1.5 s in the other.
    const auto wakes = [](const Trace& trace) {
        for (std::size_t i = 0;; ++i)
            if (std::holds_alternative<SelectReturned>(trace[i].fact) && trace.when(i) > TimePoint{})
                return i;
    };
    told.difference = {wakes(*a), wakes(*b)};
    const CompareScene scene = compare_layout(*a, spans_of(*a), *b, spans_of(*b), told, 1200);
    REQUIRE(scene.a.difference_x);
    REQUIRE(scene.b.difference_x);
    CHECK(std::abs(*scene.a.difference_x - scene.axis.x(a->when(told.difference->first))) < 30);
    CHECK(std::abs(*scene.b.difference_x - scene.axis.x(b->when(told.difference->second))) < 30);
    CHECK(*scene.b.difference_x - *scene.a.difference_x > 200);
}

namespace {

Coro<void> row_of(std::string name, int count)
{
    std::vector<Task<void>> all;
    for (int i = 1; i <= count; ++i)
        all.push_back(create_task(sleeper(0.5 * i), name + "-" + std::to_string(i)));
    for (const Task<void>& task : all)
        co_await task;
}

} // namespace

TEST_CASE("a row of tasks that has another name in the second run keeps its colours and its order", "[core][timeline]")
{
    const auto a = trace_of(row_of("save", 3));
    const auto b = trace_of(row_of("save_or_skip", 3));
    const CompareScene scene = compare_layout(*a, spans_of(*a), *b, spans_of(*b), words(), 1200);
    for (const char* number : {"1", "2", "3"})
        CHECK(lane(scene.a.timeline, std::string("save-") + number).color
              == lane(scene.b.timeline, std::string("save_or_skip-") + number).color);
    // A row of another length is another thing.
    const auto longer = trace_of(row_of("load", 4));
    const CompareScene other = compare_layout(*a, spans_of(*a), *longer, spans_of(*longer), words(), 1200);
    CHECK(lane(other.a.timeline, "save-1").color != lane(other.b.timeline, "load-1").color);
}

TEST_CASE("two runs take no more height than there is, as long as their lanes can be lower", "[core][timeline]")
{
    const double least = compared(1200, 1).height;
    for (double height = std::ceil(least); height < least + 300; height += 7) {
        INFO(height);
        CHECK(compared(1200, height).height <= height);
    }
}

TEST_CASE("a comparison knows its height for any room before it is laid out", "[timeline][compare]")
{
    const auto a = trace_of(one_by_one());
    const auto b = trace_of(together());
    const RunSpans spans_a = spans_of(*a);
    const RunSpans spans_b = spans_of(*b);
    for (const double width : {700.0, 1200.0}) {
        const ComparePlan plan(*a, spans_a, *b, spans_b, words(), width);
        for (const double height : {0.0, 1.0, 300.0, 420.0, 1e6}) {
            INFO(width << " × " << height);
            CHECK(plan.height_for(height) == Approx(plan.scene(height).height));
            CHECK(plan.scene(height).height == Approx(compared(width, height).height));
        }
    }
}
