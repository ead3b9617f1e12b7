#include "tests/lessons/promises.h"

namespace loopscope::tests {
namespace {

TEST_CASE("a limit for a block counts for all that is awaited in it", "[lessons]")
{
    CHECK(lines_of("timeouts", "block") == Lines{"0.6 main: a ok", "1 main: too late"});
    CHECK(lines_of("timeouts", "block", {"budget=1.3"})
          == Lines{"0.6 main: a ok", "1.2 main: b ok", "1.2 main: in time"});
}

TEST_CASE("when the limit and the answer are due together, the limit wins that was set first", "[lessons]")
{
    CHECK(lines_of("timeouts", "block", {"budget=1.2"}) == Lines{"0.6 main: a ok", "1.2 main: too late"});
}

TEST_CASE("a limit for each call is a new one for each call", "[lessons]")
{
    CHECK(lines_of("timeouts", "per-call")
          == Lines{"0.6 main: a ok", "1.2 main: b ok", "1.2 main: in time"});
    CHECK(total("timeouts", "per-call", {"fetch_b=1.5"}) == 1.6);
}

TEST_CASE("a block that is cut off ends when its clean-up has ended", "[lessons]")
{
    CHECK(lines_of("timeouts", "slow-cleanup") == Lines{"0.6 main: a ok", "1.3 main: too late"});
}

TEST_CASE("a limit that passes while code computes is noticed at the next await, if there is one", "[lessons]")
{
    CHECK(lines_of("timeouts", "computing") == Lines{"2 main: a ok", "2 main: too late"});
    CHECK(lines_of("timeouts", "computing", {"then=nothing"}) == Lines{"2 main: a ok", "2 main: in time"});
}

TEST_CASE("a cancelled task is over when its clean-up is", "[lessons]")
{
    CHECK(lines_of("cancel-is-a-request", "cleanup")
          == Lines{"1 main: not done yet", "1.3 worker: clean done", "1.3 main: cancelled"});
}

TEST_CASE("a task that swallows the request goes on, and does not count as cancelled", "[lessons]")
{
    CHECK(lines_of("cancel-is-a-request", "swallow")
          == Lines{"1 main: not done yet", "1 stubborn: so what?", "5 main: ended"});
}

TEST_CASE("nobody can ask while a task computes", "[lessons]")
{
    CHECK(lines_of("cancel-is-a-request", "busy")
          == Lines{"2 busy_worker: computed", "2 main: not done yet", "2 main: cancelled"});
}

TEST_CASE("a shield lets go of its caller at once, and the work behind it goes on", "[lessons]")
{
    CHECK(lines_of("cancel-is-a-request", "shield")
          == Lines{"1 main: not done yet", "1 main: cancelled", "1.3 save: saved"});
}

} // namespace
} // namespace loopscope::tests
