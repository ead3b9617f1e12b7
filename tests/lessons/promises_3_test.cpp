#include "tests/lessons/promises.h"

namespace loopscope::tests {
namespace {

TEST_CASE("a new task waits until the one who made it lets go of the thread", "[lessons]")
{
    const Lines expected = {"0 main: main goes on", "0.5 child: child begins", "0.6 child: child done",
                            "0.6 main: main ends"};
    CHECK(lines_of("when-a-task-starts", "normal") == expected);
    CHECK(total("when-a-task-starts", "normal") == 0.6);
}

TEST_CASE("after a pause of no length the child's sleep and the computing overlap", "[lessons]")
{
    const Lines expected = {"0 main: main goes on", "0 child: child begins", "0.5 child: child done",
                            "0.5 main: main ends"};
    CHECK(lines_of("when-a-task-starts", "polite") == expected);
    CHECK(total("when-a-task-starts", "polite", {"child_sleep=0.8"}) == 0.8);
}

TEST_CASE("an eager task begins before create_task returns", "[lessons]")
{
    const Lines expected = {"0 child: child begins", "0 main: main goes on", "0.5 child: child done",
                            "0.5 main: main ends"};
    CHECK(lines_of("when-a-task-starts", "eager") == expected);
}

TEST_CASE("a task keeps the context in which it was made", "[lessons]")
{
    const Lines expected = {"0 main: main works for Bob", "0.5 child_of_user: child works for Ann"};
    CHECK(lines_of("when-a-task-starts", "context") == expected);
}

} // namespace
} // namespace loopscope::tests
