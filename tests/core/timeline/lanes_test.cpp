#include "core/asyncio.h"
#include "core/timeline/busy_profile.h"
#include "core/timeline/lanes.h"
#include "core/timeline/layout.h"
#include "core/timeline/stretch.h"
#include "core/trace/cause_hops.h"
#include "tests/support/catch.h"
#include "tests/support/run_scenario.h"

#include <algorithm>
#include <string>
#include <vector>

namespace loopscope::tests {
namespace {

Coro<void> job(double seconds) { co_await sleep(seconds); }

Coro<void> crowd(std::vector<std::string> names)
{
    std::vector<Task<void>> all;
    for (const std::string& name : names)
        all.push_back(create_task(job(0.1), name));
    for (Task<void>& task : all)
        co_await task;
}

std::vector<std::string> numbered(const std::string& name, int count)
{
    std::vector<std::string> names;
    for (int i = 1; i <= count; ++i)
        names.push_back(name + std::to_string(i));
    return names;
}

Ran ran_with(std::vector<std::string> names)
{
    return run_main([&] { return crowd(names); });
}

/// What stands on each lane, from above: "main", "[worker-*]".
std::vector<std::string> titles(const Trace& trace, const LaneOrder& order)
{
    std::vector<std::string> all;
    for (const LaneOrder::Row& row : order.rows)
        all.push_back(row.task ? trace.display_name(row.task) : "[" + order.groups[row.group].title + "]");
    return all;
}

using names = std::vector<std::string>;

} // namespace

TEST_CASE("names that differ in their numbers have one stem", "[core][timeline][lanes]")
{
    CHECK(stem_of("worker-17") == "worker-*");
    CHECK(stem_of("page 3 of 12") == "page * of *");
    CHECK(stem_of("main") == "main");
}

TEST_CASE("few tasks have a lane each, in the order of their creation", "[core][timeline][lanes]")
{
    const Ran ran = ran_with(numbered("worker-", 3));
    CHECK(titles(*ran.trace, lane_order(*ran.trace)) == names{"main", "worker-1", "worker-2", "worker-3"});
}

TEST_CASE("many tasks of one stem share a lane, where the first of them was made", "[core][timeline][lanes]")
{
    names all = numbered("worker-", 30);
    all.push_back("logger");
    const Ran ran = ran_with(all);
    const LaneOrder order = lane_order(*ran.trace);
    CHECK(titles(*ran.trace, order) == names{"main", "[worker-*]", "logger"});
    CHECK(order.groups.front().tasks.size() == 30);
}

TEST_CASE("what is pinned lies above, what is selected beside its group, and an open group shows all", "[core][timeline][lanes]")
{
    const Ran ran = ran_with(numbered("worker-", 30));
    LaneChoices choices;
    choices.pinned = {TaskId{4}, TaskId{99}}; // there is no 99th
    choices.selected = TaskId{10};
    const LaneOrder order = lane_order(*ran.trace, choices);
    CHECK(titles(*ran.trace, order) == names{"worker-3", "main", "[worker-*]", "worker-9"});
    CHECK(order.pinned == 1);
    choices.opened = {order.groups.front().key};
    CHECK(lane_order(*ran.trace, choices).rows.size() == 32); // main, the group, and its thirty
}

TEST_CASE("tasks without a common name fold by who made them", "[core][timeline][lanes]")
{
    names all;
    for (char a = 'a'; a < 'g'; ++a)
        for (char b = 'a'; b < 'g'; ++b)
            all.push_back(std::string{a, b});
    const Ran ran = ran_with(all);
    CHECK(titles(*ran.trace, lane_order(*ran.trace)) == names{"main", "[tasks of main]"});
}

TEST_CASE("a group's density counts who waits, and nothing of it is lost", "[core][timeline][lanes]")
{
    const Ran ran = ran_with(numbered("worker-", 40));
    const RunSpans spans = spans_of(*ran.trace);
    const LaneOrder order = lane_order(*ran.trace);
    const TimelineScene scene
        = layout(*ran.trace, spans, TimeScale(spans.end, ran.trace->size(), 400, 0), {}, &order);
    REQUIRE(scene.lanes.size() == 3);
    CHECK(scene.lanes[2].title == "worker-*");
    CHECK(scene.lanes[2].group_size == 40);
    REQUIRE(scene.densities.size() == 1);
    const Density& density = scene.densities.front();
    CHECK(density.most == Approx(40));
    CHECK(density.columns[density.columns.size() / 2].waiting == Approx(40)); // all of them sleep
    for (const Bar& bar : scene.bars)
        CHECK(bar.lane != 2);
}

TEST_CASE("a marked part is measured: length, events, switches and how busy the thread was", "[core][timeline][stretch]")
{
    const Ran ran = run_main([]() -> Coro<void> {
        co_await sleep(1.0);
        cpu(0.5);
        co_await sleep(0.5);
    });
    const RunSpans spans = spans_of(*ran.trace);
    const Trace& trace = *ran.trace;
    const Stretch whole = stretch_between(position_of(trace, trace.size()), position_of(trace, 0));
    const StretchNumbers all = measure(trace, spans, whole);
    CHECK(all.length == seconds(2.0));
    CHECK(all.busy == seconds(0.5));
    CHECK(all.events == trace.size());
    CHECK(all.switches == 3);

    // Halfway through the first sleep on an axis of time.
    const TimelineScene scene = layout(trace, spans, TimeScale(spans.end, trace.size(), 400, 0));
    const RunPosition middle = position_at_x(trace, scene.axis, scene.label_width + 100);
    CHECK(to_seconds(middle.when) == Approx(0.5).margin(0.02));
    const StretchNumbers later = measure(trace, spans, stretch_between(middle, position_of(trace, trace.size())));
    CHECK(to_seconds(later.length) == Approx(1.5).margin(0.02));
    CHECK(later.events < all.events);
    CHECK(later.switches == 2);
}

TEST_CASE("a cause is followed back to why, and on to what it led to", "[core][timeline][hops]")
{
    const Ran ran = ran_with({"worker"});
    const RunSpans spans = spans_of(*ran.trace);
    const auto wake = std::find_if(spans.causes.begin(), spans.causes.end(), [](const Cause& cause) {
        return cause.kind == Cause::Kind::Timer && cause.to_task == TaskId{2};
    });
    REQUIRE(wake != spans.causes.end());
    const CauseHop timer{wake->from_step + 1, TaskId{2}};
    CHECK(hop_back(spans, wake->to_step + 1, TaskId{2}) == timer);
    CHECK(hop_on(spans, timer.step, timer.task) == CauseHop{wake->to_step + 1, TaskId{2}});
    // main is woken by the worker's end: the way back changes the lane.
    const std::optional<CauseHop> end = hop_back(spans, ran.trace->size(), TaskId{1});
    REQUIRE(end);
    CHECK(end->task == TaskId{2});
    CHECK(hop_back(spans, end->step, end->task) == timer);
    CHECK_FALSE(hop_back(spans, 0, {}));
    CHECK_FALSE(hop_on(spans, ran.trace->size(), {}));
}

TEST_CASE("the events of a lane are walked in both directions", "[core][timeline][hops]")
{
    const Ran ran = ran_with({"worker"});
    const RunSpans spans = spans_of(*ran.trace);
    std::vector<std::size_t> forward;
    for (auto step = next_on_lane(spans, TaskId{2}, 0); step; step = next_on_lane(spans, TaskId{2}, *step))
        forward.push_back(*step);
    std::vector<std::size_t> backward;
    for (auto step = previous_on_lane(spans, TaskId{2}, ran.trace->size() + 1); step;
         step = previous_on_lane(spans, TaskId{2}, *step))
        backward.insert(backward.begin(), *step);
    CHECK(forward.size() >= 5); // made, turn, wait, woken, turn, end
    CHECK(forward == backward);
    CHECK(forward.front() == spans.tasks[1].created + 1);
    CHECK(forward.back() == spans.tasks[1].end.step + 1);
}

TEST_CASE("the profile is full where somebody held the thread, and empty where all slept", "[core][timeline][stretch]")
{
    const Ran ran = run_main([]() -> Coro<void> {
        co_await sleep(1.0);
        cpu(1.0);
    });
    const RunSpans spans = spans_of(*ran.trace);
    const std::vector<double> busy = busy_profile(spans, TimeScale(spans.end, ran.trace->size(), 100, 0), 10);
    CHECK(busy[1] == Approx(0).margin(1e-9));
    CHECK(busy[3] == Approx(0).margin(1e-9));
    CHECK(busy[6] == Approx(1));
    CHECK(busy[9] == Approx(1));
}

} // namespace loopscope::tests
