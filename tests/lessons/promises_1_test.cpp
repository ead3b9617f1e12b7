#include "core/trace/insight.h"
#include "tests/lessons/promises.h"

namespace loopscope::tests {
namespace {

std::string outcome_of(const char* lesson, const char* variant, const std::vector<std::string>& sets = {})
{
    return describe(run_of(lesson, variant, sets));
}

TEST_CASE("overlapping saves all waits but the longest, and no work", "[lessons]")
{
    CHECK(total("waiting-is-not-working", "sequential") == 4.65);
    CHECK(total("waiting-is-not-working", "overlapped") == 2.05);
    for (const char* variant : {"sequential", "overlapped"})
        CHECK(worth("computing", "waiting-is-not-working", variant) == "0.15");
}

TEST_CASE("with short waits and much work overlapping gains next to nothing", "[lessons]")
{
    const std::vector<std::string> short_waits = {"latency_1=0.1", "latency_2=0.1", "latency_3=0.1", "parse=0.5"};
    CHECK(total("waiting-is-not-working", "sequential", short_waits) == 1.8);
    CHECK(total("waiting-is-not-working", "overlapped", short_waits) == 1.6);
}

TEST_CASE("a callback that is added during a pass waits for the next one", "[lessons]")
{
    CHECK(worth("order", "meet-the-loop", "callbacks") == "A, C, D, B");
    CHECK(worth("order", "meet-the-loop", "callbacks", {"delay=0"}) == "A, C, B, D");
    CHECK(worth("order", "meet-the-loop", "zero-delay") == "A, C, B, D");
    CHECK(worth("order", "meet-the-loop", "zero-delay", {"times=3"}) == "A, A, A, C, B, D");
}

TEST_CASE("an idle loop makes no pass between its first and the end of its timer", "[lessons]")
{
    CHECK(lines_of("meet-the-loop", "idle") == Lines{"0 main: nothing to do", "3 main: awake"});
    CHECK(worth("passes(0, wait)", "meet-the-loop", "idle") == "0");
    CHECK(worth("passes", "meet-the-loop", "idle") == "4");
}

TEST_CASE("asyncio.run cancels what main leaves, and a loop run by hand does not", "[lessons]")
{
    const auto backup = [](const char* variant, const std::vector<std::string>& sets = {}) {
        return worth("state(backup, total)", "who-owns-the-loop", variant, sets);
    };
    const Lines other_only = {"0.1 main: other done", "0.1 main: main ends"};
    for (const char* variant : {"run", "low-level", "get_event_loop"})
        CHECK(lines_of("who-owns-the-loop", variant) == other_only);
    CHECK(backup("run") == "cancelled");
    CHECK(backup("low-level") == "waiting");
    CHECK(backup("get_event_loop") == "waiting");
    CHECK(backup("run", {"length=1.5"}) == "finished");
    const std::vector<Insight> insights = insights_of(*run_of("who-owns-the-loop", "low-level").trace);
    REQUIRE(insights.size() == 1);
    CHECK(insights[0].kind == Insight::Kind::CutOff);
    CHECK(insights[0].sentence.find("backup had not ended when the loop was closed, and goes no further") == 0);
}

TEST_CASE("a second loop is refused inside main, and what it was to run never starts", "[lessons]")
{
    CHECK(outcome_of("who-owns-the-loop", "nested")
          == "ended with RuntimeError: asyncio.run() cannot be called from a running event loop");
    CHECK(outcome_of("who-owns-the-loop", "nested", {"how=run_until_complete"})
          == "ended with RuntimeError: This event loop is already running");
    for (const char* how : {"how=asyncio.run", "how=run_until_complete"}) {
        CHECK(lines_of("who-owns-the-loop", "nested", {how}) == Lines{"0 main: main begins"});
        CHECK(worth("facts(\"coroutine never awaited\")", "who-owns-the-loop", "nested", {how}) == "1");
    }
    const Lines done = {"0 main: main begins", "0.1 main: other done", "0.1 main: main ends"};
    CHECK(lines_of("who-owns-the-loop", "nested", {"how=await"}) == done);
    CHECK(lines_of("who-owns-the-loop", "nested", {"how=task"})
          == Lines{"0 main: main begins", "0.1 other: other done", "0.1 main: main ends"});
}

} // namespace
} // namespace loopscope::tests
