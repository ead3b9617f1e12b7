#include "tests/lessons/promises.h"

#include "core/trace/insight.h"

namespace loopscope::tests {
namespace {

std::vector<std::string> warnings_of(const Run& run)
{
    std::vector<std::string> sentences;
    for (const Insight& insight : insights_of(*run.trace))
        if (insight.kind == Insight::Kind::NeverAwaited)
            sentences.push_back(insight.sentence);
    return sentences;
}

TEST_CASE("a coroutine that nobody awaits never runs, however long the program waits", "[lessons]")
{
    const Run run = run_of("calling-is-not-running", "forgotten", {"pause=2.0"});
    CHECK(printed(*run.trace) == Lines{"2 main: end"});
    CHECK(warnings_of(run)
          == Lines(3, "greet() was called, but its coroutine was never awaited, so nothing of it ran."));
}

TEST_CASE("greetings that are awaited add up, those of tasks overlap", "[lessons]")
{
    CHECK(total("calling-is-not-running", "awaited") == 1.5);
    CHECK(total("calling-is-not-running", "tasks") == 0.5);
    CHECK(warnings_of(run_of("calling-is-not-running", "awaited")).empty());
    CHECK(lines_of("calling-is-not-running", "tasks")
          == Lines{"0 greet-1: hi", "0 greet-2: hi", "0 greet-3: hi", "0.5 greet-1: bye", "0.5 greet-2: bye",
                   "0.5 greet-3: bye", "0.5 main: end"});
}

TEST_CASE("a bare call costs nothing and gives nothing", "[lessons]")
{
    const Run run = run_of("calling-is-not-running", "mixed");
    CHECK(printed(*run.trace)
          == Lines{"0 main: hi", "0.5 main: bye", "0.5 main: hi", "1 main: bye", "1 main: end"});
    CHECK(warnings_of(run).size() == 1);
    CHECK(total("calling-is-not-running", "mixed", {"first=task", "second=task", "third=bare"}) == 0.5);
    CHECK(total("calling-is-not-running", "mixed", {"first=task", "second=await", "third=bare"}) == 0.5);
    CHECK(total("calling-is-not-running", "mixed", {"first=await", "second=task", "third=bare"}) == 1.0);
}

TEST_CASE("a heartbeat goes on while main awaits", "[lessons]")
{
    CHECK(lines_of("await-pauses-me", "await")
          == Lines{"0 heartbeat: tick", "0.4 heartbeat: tick", "0.8 heartbeat: tick", "1 main: A done",
                   "1.2 heartbeat: tick", "1.6 heartbeat: tick", "2 heartbeat: tick", "2.4 heartbeat: tick",
                   "2.8 heartbeat: tick", "3 main: B done", "3 main: end"});
}

TEST_CASE("while main blocks the heartbeat does not even begin", "[lessons]")
{
    CHECK(lines_of("await-pauses-me", "blocking")
          == Lines{"1 main: A done", "3 main: B done", "3 main: end", "3 heartbeat: tick"});
}

TEST_CASE("rounds that are awaited directly are one turn", "[lessons]")
{
    CHECK(lines_of("await-may-not-switch", "direct")
          == Lines{"0 main: q", "0 main: q", "0 main: q", "0 other: other"});
    CHECK(lines_of("await-may-not-switch", "as-task")
          == Lines{"0 other: other", "0 quick-1: q", "0 quick-2: q", "0 quick-3: q"});
}

TEST_CASE("a sleep of no time lets others in after the round in which it stands", "[lessons]")
{
    const auto order = [](const std::vector<std::string>& sets) {
        std::string texts;
        const Run run = run_of("await-may-not-switch", "polite", sets);
        for (const Note& note : notes_of(*run.trace))
            texts += (texts.empty() ? "" : " ") + std::string(note.text);
        return texts;
    };
    CHECK(order({}) == "q other q q");
    CHECK(order({"sleep_1=off"}) == "q q q other");
    CHECK(order({"sleep_1=off", "sleep_2=on"}) == "q q other q");
    CHECK(order({"sleep_2=on", "sleep_3=on"}) == "q other q q");
    CHECK(order({"sleep_1=off", "sleep_3=on", "rounds=4"}) == "q q q other q");
}

TEST_CASE("one future or one event wakes all who wait, after main has gone on", "[lessons]")
{
    CHECK(lines_of("awaitables-three-kinds", "future")
          == Lines{"1 main: set", "1 waiter-1: w1 got 42", "1 waiter-2: w2 got 42"});
    CHECK(lines_of("awaitables-three-kinds", "event", {"waiters=3", "release=2.0"})
          == Lines{"2 main: set", "2 event_waiter-1: w1 goes on", "2 event_waiter-2: w2 goes on",
                   "2 event_waiter-3: w3 goes on"});
}

TEST_CASE("a coroutine can be awaited once, a task as often as one likes", "[lessons]")
{
    CHECK(lines_of("awaitables-three-kinds", "coroutine-twice")
          == Lines{"1 main: first: 42", "1 main: second: cannot reuse already awaited coroutine"});
    CHECK(lines_of("awaitables-three-kinds", "task-twice") == Lines{"1 main: first: 42", "1 main: second: 42"});
}

TEST_CASE("what is done already is awaited without a wait, now and later", "[lessons]")
{
    CHECK(lines_of("awaitables-three-kinds", "already-done")
          == Lines{"0 main: main got 42", "0 waiter: w1 got 42", "1 main: again 42"});
}

} // namespace
} // namespace loopscope::tests
