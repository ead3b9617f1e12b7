#include "ui/stepping.h"

#include "tests/support/catch.h"
#include "tests/ui/support/test_lessons.h"

#include "core/lesson/run.h"

using namespace loopscope;
using namespace loopscope::ui;

namespace {

std::shared_ptr<const Trace> together()
{
    const Lesson& lesson = tests::testLessons()[0];
    return run(lesson, lesson.variants[1], initial_values(lesson)).trace;
}

std::vector<std::size_t> forwards(const Trace& trace, StepBy by)
{
    std::vector<std::size_t> stops;
    for (std::size_t step = 0; step < trace.size(); step = stops.back())
        stops.push_back(nextStop(trace, step, by));
    return stops;
}

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
    for (const StepBy by : {StepBy::Event, StepBy::Switch, StepBy::Iteration}) {
        std::vector<std::size_t> there = forwards(*trace, by);
        std::vector<std::size_t> back;
        for (std::size_t step = trace->size(); step > 0;) {
            step = previousStop(*trace, step, by);
            back.push_back(step);
        }
        there.pop_back(); // the end, from which the way back begins
        std::vector<std::size_t> expected(there.rbegin(), there.rend());
        expected.push_back(0);
        CHECK(back == expected);
    }
}

TEST_CASE("playback takes longer where virtual time passes, but never too long", "[ui][stepping]")
{
    CHECK(paceOf(seconds(1.0), true) > paceOf(seconds(0.0), true));
    CHECK(paceOf(seconds(0.0), true) > paceOf(seconds(0.0), false));
    CHECK(paceOf(seconds(3600.0), true) <= std::chrono::seconds(3));
}
