#include "core/lesson/be_the_loop.h"
#include "core/asyncio.h"
#include "core/trace/replay.h"
#include "tests/core/lesson/sample_lesson.h"
#include "tests/support/catch.h"
#include "tests/support/run_scenario.h"

#include <algorithm>

namespace loopscope::tests {
namespace {

Coro<> nap(double length)
{
    co_await sleep(length);
}

Coro<> two_naps()
{
    Task<> a = create_task(nap(1.0), "a");
    Task<> b = create_task(nap(0.5), "b");
    co_await a;
    co_await b;
}

struct Game {
    explicit Game(Coro<> (*main)())
    {
        EventLoop loop;
        trace = loop.trace();
        static_cast<void>(run_program(loop, [main] { return main(); }));
        replay.emplace(trace);
        switches = switches_of(*trace);
    }

    std::vector<std::string> names(std::size_t nth) const
    {
        std::vector<std::string> names;
        for (const PickChoice& choice : picks_at(replay->at(switches[nth]), *trace))
            names.push_back(choice.name);
        return names;
    }
    PickVerdict judge(std::size_t nth, const std::string& name) const
    {
        const Snapshot now = replay->at(switches[nth]);
        for (const PickChoice& choice : picks_at(now, *trace))
            if (choice.name == name)
                return judge_pick(now, *trace, choice.pick);
        return {false, "there is no such choice"};
    }

    std::shared_ptr<const Trace> trace;
    std::optional<Replay> replay;
    std::vector<std::size_t> switches;
};

TEST_CASE("the front of the ready queue runs next, and no other", "[loop-game]")
{
    const Game game(two_naps);
    CHECK(game.names(0) == std::vector<std::string>{"main", "sleep in select"});
    CHECK(game.judge(0, "main").right);
    CHECK(game.names(1) == std::vector<std::string>{"a", "b", "main", "sleep in select"});
    CHECK(game.judge(1, "a").right);
    CHECK(game.judge(1, "b").rule == "b stands behind a: the ready queue is first in, first out.");
    CHECK(game.judge(1, "main").rule == "main waits for a, which is not done: only what stands in the ready queue can run.");
    CHECK(game.judge(1, "sleep in select").rule == "a is ready: the loop sleeps only when the ready queue is empty.");
}

TEST_CASE("when nothing is ready the loop sleeps, until the timer that is due first", "[loop-game]")
{
    const Game game(two_naps);
    CHECK(game.names(3) == std::vector<std::string>{"wake a", "wake b", "main", "sleep in select"});
    CHECK(game.judge(3, "sleep in select").right);
    CHECK(game.judge(3, "wake b").right);
    const PickVerdict later = game.judge(3, "wake a");
    CHECK_FALSE(later.right);
    CHECK(later.rule == "Its timer is due only at 1.0 s. That of wake b is due at 0.5 s.");
}

Coro<> stuck()
{
    const Future<void> never = get_running_loop().create_future();
    co_await never;
}

TEST_CASE("a loop that nothing can wake sleeps for ever", "[loop-game]")
{
    const Game game(stuck);
    REQUIRE(game.switches.size() == 2);
    CHECK(game.judge(1, "sleep in select").right);
    CHECK(game.judge(1, "sleep in select").rule == "Nothing is ready, and nothing is left that could ever wake the loop.");
    CHECK_FALSE(game.judge(1, "main").right);
}

TEST_CASE("an empty record leaves nothing to pick", "[loop-game]")
{
    CHECK(switches_of(Trace()).empty());
}

} // namespace
} // namespace loopscope::tests
