#include "core/lesson/task_differences.h"

#include "tests/core/lesson/sample_lesson.h"
#include "tests/support/catch.h"

namespace loopscope {
namespace {

using samples::run_of;

std::vector<TaskDifference> differences(const Run& a, const Run& b)
{
    return task_differences(*a.trace, spans_of(*a.trace), *b.trace, spans_of(*b.trace));
}

std::vector<std::string> names(const std::vector<TaskDifference>& tasks)
{
    std::vector<std::string> names;
    for (const TaskDifference& task : tasks)
        names.push_back(task.name);
    return names;
}

TEST_CASE("tasks of two runs are matched by name", "[core][comparison]")
{
    const auto tasks = differences(run_of("one-by-one"), run_of("together"));
    CHECK(names(tasks) == std::vector<std::string>{"main", "nap-1", "nap-2", "nap-3"});
    CHECK(tasks[0].change() == seconds(-3.0));
    CHECK_FALSE(tasks[1].a.has_value());
    REQUIRE(tasks[1].b.has_value());
    CHECK(tasks[1].b->takes == seconds(1.5));
    CHECK(tasks[1].b->end == LaneEnd::Kind::Finished);
    CHECK_FALSE(tasks[1].change().has_value());
}

TEST_CASE("those that only the second run has come last", "[core][comparison]")
{
    const auto tasks = differences(run_of("together", {"count=2"}), run_of("together", {"count=4"}));
    CHECK(names(tasks) == std::vector<std::string>{"main", "nap-1", "nap-2", "nap-3", "nap-4"});
    CHECK(tasks[1].change() == Duration::zero());
    CHECK_FALSE(tasks[4].a.has_value());
}

TEST_CASE("a task that never ended has lived up to the end of the record", "[core][comparison]")
{
    const auto tasks = differences(run_of("stuck"), run_of("works"));
    REQUIRE(tasks[0].a.has_value());
    CHECK(tasks[0].a->end == LaneEnd::Kind::Open);
}

} // namespace
} // namespace loopscope
