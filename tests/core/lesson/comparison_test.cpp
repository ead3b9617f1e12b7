#include "core/lesson/comparison.h"

#include "tests/core/lesson/sample_lesson.h"
#include "tests/support/catch.h"

#include <cmath>

namespace loopscope {
namespace {

using samples::run_of;

Comparison compared(std::string_view a, std::string_view b, const std::vector<std::string>& assignments = {})
{
    return compare(run_of(a, assignments), run_of(b, assignments));
}

std::string difference_between(std::string_view a, std::string_view b)
{
    const Comparison c = compared(a, b);
    return c.difference ? c.difference->sentence : "none";
}

TEST_CASE("the verdict says how much faster or slower B is", "[core][comparison]")
{
    CHECK(compared("one-by-one", "together").verdict == "3× faster");
    CHECK(compared("one-by-one", "together").ratio == 3.0);
    CHECK(compared("together", "one-by-one").verdict == "3× slower");
    CHECK(compared("together", "uneven").verdict == "1.33× slower");
    CHECK(compared("uneven", "works").verdict == "equally fast");
}

TEST_CASE("a hair's breadth is no factor", "[core][comparison]")
{
    const Run longer = run_of("together", {"length=3.001"});
    const Run shorter = run_of("together", {"length=3"});
    CHECK(compare(longer, shorter).verdict == "barely faster");
    CHECK(compare(shorter, longer).verdict == "barely slower");
}

TEST_CASE("a run that takes no time is far faster than any other", "[core][comparison]")
{
    CHECK(compared("works", "nothing").verdict == "far faster");
    CHECK(std::isinf(compared("works", "nothing").ratio));
    CHECK(compared("nothing", "works").verdict == "far slower");
    CHECK(compared("nothing", "works").ratio == 0.0);
    CHECK(compared("nothing", "nothing").verdict == "equally fast");
}

TEST_CASE("a run that never ends has lost", "[core][comparison]")
{
    CHECK(compared("stuck", "works").verdict == "only works ends");
    CHECK(compared("works", "stuck").verdict == "only works ends");
    CHECK(compared("stuck", "stuck").verdict == "neither ends");
    CHECK(compared("stuck", "works").reason
          == "After 0.0 s it is stuck: main waits for ever.\n2.0 s is work alone: nothing waits.");
}

TEST_CASE("a run that fails is not called fast", "[core][comparison]")
{
    CHECK(compared("together", "fails").verdict == "fails fails");
    CHECK(compared("fails", "together").verdict == "fails fails");
    CHECK(compared("fails", "fails").verdict == "both fail");
    CHECK(compared("together", "fails").reason.find("After 1.0 s it ended with ") != std::string::npos);
}

TEST_CASE("where tasks fail in one run and not in the other, that comes before any time", "[core][comparison]")
{
    const Comparison c = compared("together", "loses");
    CHECK(c.verdict == "different outcomes");
    CHECK(c.reason == "1.5 s: every task comes to its end.\n1.5 s: 1 task fails, 1 is cancelled and 1 is left over.");
    CHECK_FALSE(c.same_outcome);
    CHECK(compared("together", "uneven").same_outcome);
    CHECK(compared("loses", "loses").verdict == "equally fast");
    CHECK_FALSE(compared("together", "fails").same_outcome);
}

TEST_CASE("the names of the runs may be given", "[core][comparison]")
{
    const Comparison c = compare(run_of("together"), run_of("together", {"length=2"}), {"the run before", "the run now"});
    REQUIRE(c.difference);
    CHECK(c.difference->sentence
          == "At 0.0 s the timer of sleep 1.5 s is set for 1.5 s in the run before, while in the run now the timer of "
             "sleep 2.0 s is set for 2.0 s.");
}

TEST_CASE("the reason is an equation that holds", "[core][comparison]")
{
    CHECK(compared("one-by-one", "together").reason
          == "4.5 s = 1.5 + 1.5 + 1.5, the sum of the waits.\n1.5 s is the longest of 3 waits.");
    CHECK(compared("uneven", "nothing").reason
          == "2.0 s = 1.0 + 1.0, the waits of the slowest task.\n0.0 s pass until main ends.");
    CHECK(compared("together", "uneven", {"count=1"}).reason.rfind("1.5 s is its only wait.", 0) == 0);
    CHECK(compared("one-by-one", "together", {"count=8"}).reason
          == "12.0 s is the sum of all 8 waits.\n1.5 s is the longest of 8 waits.");
    CHECK(compared("together", "together").reason == "In both, 1.5 s is the longest of 3 waits.");
}

TEST_CASE("the first difference is told with both runs' names", "[core][comparison]")
{
    CHECK(difference_between("one-by-one", "together")
          == "At 0.0 s main awaits nap directly in one-by-one, while in together it creates the task nap-1.");
    CHECK(difference_between("works", "nothing")
          == "At 0.0 s main computes for 2.0 s in works, while in nothing it ends.");
    CHECK(difference_between("together", "together") == "none");
}

TEST_CASE("the first difference is the first fact that the runs do not share", "[core][comparison]")
{
    const Run a = run_of("one-by-one");
    const Run b = run_of("together");
    const Comparison c = compare(a, b);
    REQUIRE(c.difference);
    CHECK(c.difference->when == TimePoint{});
    CHECK(c.difference->step_a == c.difference->step_b);
    CHECK(std::holds_alternative<CoroutineEntered>((*a.trace)[c.difference->step_a].fact));
    CHECK(std::holds_alternative<TaskCreated>((*b.trace)[c.difference->step_b].fact));
}

TEST_CASE("the same variant with other values is called A and B", "[core][comparison]")
{
    const Comparison c = compare(run_of("together", {"count=1"}), run_of("together", {"count=1", "length=2"}));
    REQUIRE(c.difference);
    CHECK(c.difference->sentence
          == "At 0.0 s the timer of sleep 1.5 s is set for 1.5 s in A, while in B the timer of sleep 2.0 s is set for "
             "2.0 s.");
}

TEST_CASE("how many tasks follow does not make an equal beginning differ", "[core][comparison]")
{
    // With one nap the first task is called "nap", with three "nap-1": yet it is the same fact.
    const Comparison c = compare(run_of("together", {"count=1"}), run_of("together", {"count=3"}));
    REQUIRE(c.difference);
    CHECK(c.difference->sentence.find("creates the task nap-2") != std::string::npos);
}

} // namespace
} // namespace loopscope
