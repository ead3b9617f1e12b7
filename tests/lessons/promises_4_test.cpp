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

} // namespace
} // namespace loopscope::tests
