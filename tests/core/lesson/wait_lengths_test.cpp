#include "core/lesson/wait_lengths.h"
#include "tests/core/lesson/sample_lesson.h"
#include "tests/support/catch.h"

namespace loopscope::tests {
namespace {

TEST_CASE("a sleep's length is given by the parameter that it follows", "[waits]")
{
    const Run run = samples::run_of("one-by-one");
    const std::vector<GivenWait> waits = given_waits(samples::lesson(), run);
    REQUIRE(waits.size() == 3);
    for (const GivenWait& wait : waits) {
        CHECK(wait.parameter->name == "length");
        CHECK(wait.length == Approx(1.5).margin(1e-6));
        CHECK(wait.per_unit == Approx(1).margin(1e-6));
        CHECK(wait.kind == SpanKind::Waiting);
    }
    CHECK(waits[0].value_for(1.98, 1.5) == Approx(2.0));  // on the slider's steps
    CHECK(waits[0].value_for(-3, 1.5) == 0.1);    // within its range
    CHECK(waits[0].value_for(99, 1.5) == 5.0);
}

TEST_CASE("who waits for others has no length of its own", "[waits]")
{
    const Run run = samples::run_of("together", {"count=2"});
    const std::vector<GivenWait> waits = given_waits(samples::lesson(), run);
    CHECK(waits.size() == 2); // the naps; main's wait in gather() follows them
    for (const GivenWait& wait : waits)
        CHECK(run.trace->display_name(wait.task) != "main");
}

TEST_CASE("what is written down in the program cannot be dragged", "[waits]")
{
    CHECK(given_waits(samples::lesson(), samples::run_of("uneven")).empty());
}

} // namespace
} // namespace loopscope::tests
