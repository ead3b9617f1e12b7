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

} // namespace
} // namespace loopscope::tests
