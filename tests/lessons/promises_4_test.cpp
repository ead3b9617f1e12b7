#include "core/lesson/comparison.h"
#include "tests/lessons/promises.h"

namespace loopscope::tests {
namespace {

TEST_CASE("gather hands on the first error, and the others run to their ends", "[lessons]")
{
    const Lines expected = {"0.5 main: handled: b failed", "1 job-1: a done", "2 job-3: c done"};
    CHECK(lines_of("when-one-fails", "gather") == expected);
    CHECK(total("when-one-fails", "gather") == 2.5);
}

TEST_CASE("with errors as results, gather waits for all and keeps the order of the arguments", "[lessons]")
{
    const Lines expected = {"1 job-1: a done", "2 job-3: c done", "2 main: result: a", "2 main: handled: b failed",
                            "2 main: result: c"};
    CHECK(lines_of("when-one-fails", "keep-errors") == expected);
    CHECK(total("when-one-fails", "keep-errors") == 2.0);
}

TEST_CASE("jobs that a gather has left behind are cancelled when main ends", "[lessons]")
{
    CHECK(lines_of("when-one-fails", "exit-at-once") == Lines{"0.5 main: handled: b failed"});
    CHECK(total("when-one-fails", "exit-at-once") == 0.5);
}

TEST_CASE("without a failure, every variant takes as long as its slowest job", "[lessons]")
{
    for (const char* variant : {"keep-errors", "exit-at-once", "group"})
        CHECK(total("when-one-fails", variant, {"fails=none"}) == 2.0);
    CHECK(lines_of("when-one-fails", "exit-at-once", {"fails=none"}).back() == "2 main: results: a, b, c");
}

TEST_CASE("a failing task ends its group, and the others with it", "[lessons]")
{
    CHECK(lines_of("task-groups", "group") == Lines{"0.5 main: error: b failed"});
    CHECK(total("task-groups", "group") == 0.5);
    const Lines one_done = {"0.4 job-1: a done", "0.5 main: error: b failed"};
    CHECK(lines_of("task-groups", "group", {"delay_a=0.4"}) == one_done);
    CHECK(total("task-groups", "gather") == 2.5);
}

TEST_CASE("a group waits until cancelled tasks have cleaned up", "[lessons]")
{
    CHECK(total("task-groups", "with-cleanup") == 0.7);
    const Run done = run_of("task-groups", "with-cleanup");
    CHECK(done.outcome.type == "ExceptionGroup");
    CHECK(done.outcome.exceptions.size() == 1);
}

TEST_CASE("a failure during clean-up joins the first in the group", "[lessons]")
{
    CHECK(lines_of("task-groups", "two-errors") == Lines{"0.5 main: failed: b", "0.5 main: left a mess: c"});
}

TEST_CASE("a page that comes later is the first difference, told once for both runs", "[lessons]")
{
    const Comparison c = compare(run_of("gather-three-urls", "gather"),
                                 run_of("gather-three-urls", "gather", {"latency_a=1.2"}),
                                 {"the run before", "the run now"});
    REQUIRE(c.difference);
    CHECK(c.difference->sentence == "The loop wakes up at 1.0 s in the run before and at 1.2 s in the run now.");
}

TEST_CASE("wait is back with the first answer, and the losers go on until they are cancelled", "[lessons]")
{
    const Lines cancelled = {"0.4 fetch-2: b answers", "0.4 main: 2 still at work"};
    CHECK(lines_of("first-one-wins", "wait") == cancelled);
    CHECK(total("first-one-wins", "wait") == 0.5);
    const Lines all = {"0.4 fetch-2: b answers", "0.4 main: 2 still at work", "0.9 fetch-3: c answers",
                       "1.2 fetch-1: a answers"};
    CHECK(lines_of("first-one-wins", "wait", {"cancel=no"}) == all);
}

TEST_CASE("as_completed gives b at 0.4, c at 0.9 and a at 1.2", "[lessons]")
{
    const Lines expected = {"0.4 fetch-2: b answers", "0.4 main: got b", "0.9 fetch-3: c answers",
                            "0.9 main: got c",        "1.2 fetch-1: a answers", "1.2 main: got a"};
    CHECK(lines_of("first-one-wins", "as-completed") == expected);
}

TEST_CASE("a backup that is asked early makes up for a slow first server", "[lessons]")
{
    CHECK(total("first-one-wins", "hedge") == 1.4);
    CHECK(total("first-one-wins", "hedge", {"hedge_delay=0.3"}) == 0.7);
    CHECK(lines_of("first-one-wins", "hedge", {"primary=0.5"}) == Lines{"0.5 fetch: first answers"});
}

} // namespace
} // namespace loopscope::tests
