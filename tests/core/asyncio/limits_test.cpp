#include "core/asyncio.h"
#include "core/lesson/run.h"
#include "tests/support/catch.h"

#include <string>
#include <vector>

namespace loopscope::tests {
namespace {

Outcome outcome_of(Coro<void> (*program)(), const Limits& limits = {.facts = 20'000, .memory = std::size_t{8} << 20})
{
    EventLoop loop;
    const Outcome outcome = run_program(loop, program, limits);
    CHECK(loop.trace()->size() > 0); // what it recorded stays viewable
    return outcome;
}

Coro<void> yields_for_ever()
{
    for (;;)
        co_await sleep(0);
}
Coro<void> sleeps_for_ever()
{
    for (;;)
        co_await sleep(3600 * 24);
}
Coro<void> prints_for_ever()
{
    for (;;)
        print("again");
    co_return;
}
Coro<void> computes_for_ever()
{
    for (;;)
        cpu(3600 * 24);
    co_return;
}
Coro<void> makes_tasks_for_ever()
{
    for (;;)
        create_task(yields_for_ever());
    co_return;
}
Coro<void> makes_coroutines_for_ever()
{
    std::vector<Coro<void>> all;
    for (;;)
        all.push_back(yields_for_ever());
    co_return;
}
Coro<void> awaits_what_is_done_for_ever()
{
    const Future<void> future = get_running_loop().create_future<void>();
    future.set_result();
    for (;;)
        co_await future;
}
// Always, but no compiler shall see it and warn.
bool goes_on() { return get_running_loop().time() >= 0; }

Coro<void> recurses()
{
    if (goes_on())
        co_await recurses();
}
Coro<void> forks()
{
    if (!goes_on())
        co_return;
    Task<> left = create_task(forks());
    Task<> right = create_task(forks());
    co_await gather(left, right);
}
Coro<void> schedules_for_ever()
{
    for (;;)
        get_running_loop().call_soon([] {});
    co_return;
}
Coro<void> swallows_errors()
{
    for (;;) {
        try {
            co_await sleep(0);
        } catch (...) {
        }
    }
}
Coro<void> waits_in_clean_up()
{
    try {
        co_await yields_for_ever();
    } catch (const std::exception&) {
        print("this handler is for errors of the program");
    }
}

TEST_CASE("a program that never ends is stopped, wherever it loops", "[core][limits]")
{
    for (auto* program : {yields_for_ever, sleeps_for_ever, prints_for_ever, computes_for_ever, makes_tasks_for_ever,
                          makes_coroutines_for_ever, awaits_what_is_done_for_ever, recurses, forks,
                          schedules_for_ever, swallows_errors, waits_in_clean_up}) {
        const Outcome outcome = outcome_of(program, {.facts = 20'000, .memory = std::size_t{8} << 20, .calls_in_a_turn = 100'000});
        CHECK(outcome.kind == Outcome::Kind::GaveUp);
        CHECK(outcome.message.rfind("gave up after ", 0) == 0);
    }
}

TEST_CASE("the sentence names the limit that was met", "[core][limits]")
{
    CHECK(outcome_of(yields_for_ever).message == "gave up after 20000 events");
    CHECK(outcome_of(sleeps_for_ever, {.time = std::chrono::hours(24 * 7)}).message
          == "gave up after 604800.0 s of virtual time");
    CHECK(outcome_of(makes_coroutines_for_ever).message
          == "gave up after 8 megabytes of coroutines, futures and handles");
    CHECK(outcome_of(awaits_what_is_done_for_ever, {.calls_in_a_turn = 1'000}).message
          == "gave up after 1000 calls to the loop in one turn");
}

TEST_CASE("a loop that has met a limit does not limit the next", "[core][limits]")
{
    CHECK(outcome_of(makes_coroutines_for_ever).kind == Outcome::Kind::GaveUp);
    struct Story {
        static Coro<void> many()
        {
            std::vector<Coro<void>> all;
            for (int i = 0; i < 100'000; ++i)
                all.push_back(yields_for_ever());
            co_return;
        }
    };
    EventLoop loop(EventLoop::Recording::Off);
    CHECK_NOTHROW(loop.run_until_complete(Story::many()));
}

TEST_CASE("a long run within its limits is not stopped", "[core][limits]")
{
    struct Story {
        static Coro<void> work()
        {
            for (int i = 0; i < 5'000; ++i)
                co_await sleep(0.001);
        }
    };
    EventLoop loop;
    CHECK(run_program(loop, Story::work).kind == Outcome::Kind::Result);
}

} // namespace
} // namespace loopscope::tests
