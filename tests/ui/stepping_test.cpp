#include "ui/stepping.h"

#include "tests/support/catch.h"
#include "tests/ui/support/test_lessons.h"

#include "core/lesson/run.h"
#include "core/trace/explain.h"

using namespace loopscope;
using namespace loopscope::ui;

namespace {

std::shared_ptr<const Trace> together()
{
    const Lesson& lesson = tests::testLessons()[0];
    return run(lesson, lesson.variants[1], initial_values(lesson)).trace;
}

std::vector<std::size_t> forwards(const Trace& trace, StepBy by, TaskId followed = {})
{
    std::vector<std::size_t> stops;
    for (std::size_t step = 0; step < trace.size(); step = stops.back())
        stops.push_back(nextStop(trace, step, by, followed));
    return stops;
}

/// The kinds of the events behind which it stops.
std::vector<std::string> stations(const Trace& trace, TaskId followed)
{
    std::vector<std::string> kinds;
    for (const std::size_t stop : forwards(trace, StepBy::Task, followed))
        kinds.emplace_back(fact_name(trace[stop - 1].fact));
    return kinds;
}

struct Way {
    StepBy by;
    TaskId followed;
};

} // namespace

TEST_CASE("stepping by event stops behind every fact", "[ui][stepping]")
{
    const auto trace = together();
    const std::vector<std::size_t> stops = forwards(*trace, StepBy::Event);
    CHECK(stops.size() == trace->size());
    CHECK(stops.front() == 1);
    CHECK(stops.back() == trace->size());
}

TEST_CASE("stepping by switch stops behind each turn of a task, and at the end", "[ui][stepping]")
{
    const auto trace = together();
    std::size_t turns = 0;
    for (std::size_t i = 0; i < trace->size(); ++i)
        turns += std::holds_alternative<TaskStepped>((*trace)[i].fact) ? 1 : 0;
    const std::vector<std::size_t> stops = forwards(*trace, StepBy::Switch);
    CHECK(stops.size() == turns + 1);
    for (std::size_t i = 0; i + 1 < stops.size(); ++i)
        CHECK(std::holds_alternative<TaskStepped>((*trace)[stops[i] - 1].fact));
}

TEST_CASE("stepping back visits the same stops in the other order", "[ui][stepping]")
{
    const auto trace = together();
    for (const Way& way : {Way{StepBy::Event, {}}, Way{StepBy::Switch, {}}, Way{StepBy::Iteration, {}},
                           Way{StepBy::Task, TaskId{1}}, Way{StepBy::Task, TaskId{2}}, Way{StepBy::Task, TaskId{3}}}) {
        std::vector<std::size_t> there = forwards(*trace, way.by, way.followed);
        std::vector<std::size_t> back;
        for (std::size_t step = trace->size(); step > 0;) {
            step = previousStop(*trace, step, way.by, way.followed);
            back.push_back(step);
        }
        there.pop_back(); // the end, from which the way back begins
        std::vector<std::size_t> expected(there.rbegin(), there.rend());
        expected.push_back(0);
        CHECK(back == expected);
    }
}

TEST_CASE("back is the inverse of forward at every stop, whatever one steps by", "[ui][stepping]")
{
    for (const Lesson& lesson : tests::testLessons())
        for (const Variant& variant : lesson.variants) {
            const auto trace = run(lesson, variant, initial_values(lesson)).trace;
            std::vector<Way> ways{{StepBy::Event, {}}, {StepBy::Switch, {}}, {StepBy::Iteration, {}}};
            for (std::uint32_t id = 1; id <= trace->task_count(); ++id)
                ways.push_back({StepBy::Task, TaskId{id}});
            for (const Way& way : ways)
                for (std::size_t step = 0; step < trace->size(); step = nextStop(*trace, step, way.by, way.followed))
                    CHECK(previousStop(*trace, nextStop(*trace, step, way.by, way.followed), way.by, way.followed) == step);
        }
}

TEST_CASE("following a task stops where it is made, runs, waits, is woken and ends", "[ui][stepping]")
{
    const auto trace = together();
    std::vector<std::string> second = stations(*trace, TaskId{3});
    REQUIRE(second.size() == 7);
    second.pop_back(); // the end of the run
    CHECK(second == std::vector<std::string>{"task created", "task stepped", "task suspended", "task woken",
                                             "task stepped", "task finished"});
}

TEST_CASE("who follows nobody in particular is offered the task that runs, or ran last", "[ui][stepping]")
{
    const auto trace = together();
    CHECK(taskToFollow(*trace, 0) == TaskId{1});
    for (std::size_t i = 0; i < trace->size(); ++i)
        if (const auto event = (*trace)[i]; const auto* stepped = std::get_if<TaskStepped>(&event.fact))
            CHECK(taskToFollow(*trace, i + 1) == stepped->task);
    CHECK(taskToFollow(Trace(), 0) == TaskId{});
}

TEST_CASE("playback takes longer where virtual time passes, but never too long", "[ui][stepping]")
{
    CHECK(paceOf(seconds(1.0), true) > paceOf(seconds(0.0), true));
    CHECK(paceOf(seconds(0.0), true) > paceOf(seconds(0.0), false));
    CHECK(paceOf(seconds(3600.0), true) <= std::chrono::seconds(3));
}
