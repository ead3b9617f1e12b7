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

TEST_CASE("what is left when main ends is cancelled, kept or not", "[lessons]")
{
    CHECK(lines_of("lost-tasks", "lost") == Lines{"0.3 main: main end"});
    CHECK(lines_of("lost-tasks", "kept-not-awaited") == Lines{"0.3 main: main end"});
    CHECK(lines_of("lost-tasks", "collected") == Lines{"0.3 main: main end"});
}

TEST_CASE("a task that is awaited, or that a group has made, is saved", "[lessons]")
{
    const Lines expected = {"1 save: saved", "1 main: main end"};
    CHECK(lines_of("lost-tasks", "kept-and-awaited") == expected);
    CHECK(lines_of("lost-tasks", "group") == expected);
    CHECK(total("lost-tasks", "group", {"saves=3"}) == 1.0);
    CHECK(total("lost-tasks", "kept-and-awaited", {"saves=5"}) == 1.0);
}

TEST_CASE("a task that fails at 0.1 does not keep main from ending at 0.3", "[lessons]")
{
    const Run crash = run_of("lost-tasks", "crash");
    CHECK(crash.outcome.kind == Outcome::Kind::Result);
    CHECK(printed(*crash.trace) == Lines{"0.3 main: main end"});
    double dropped = 0;
    for (std::size_t step = 0; step < crash.trace->size(); ++step)
        if (std::holds_alternative<ExceptionNeverRetrieved>((*crash.trace)[step].fact))
            dropped = to_seconds(crash.trace->when(step));
    CHECK(dropped == 0.1);
}

} // namespace
} // namespace loopscope::tests
