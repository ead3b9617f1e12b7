#include "tests/core/trace/sample_runs.h"
#include "tests/support/catch.h"

#include "core/trace/stats_at.h"

namespace loopscope {
namespace {

RunStats stats_of_story(Coro<void> (*story)(EventLoop&))
{
    const auto trace = samples::trace_of(story);
    return stats_of(*trace, spans_of(*trace));
}

Coro<void> nap(double delay)
{
    co_await sleep(delay);
}

Coro<void> works_while_another_sleeps(EventLoop&)
{
    const Task<void> sleeper = create_task(nap(1.0));
    co_await sleep(0);
    cpu(1.25);
    block(0.75);
    co_await sleep(0);
    co_await sleep(0); // now the timer's callback has woken the sleeper
    block(1.5);
    co_await sleep(3.0);
}

Coro<void> leaves_a_task_behind(EventLoop&)
{
    const Task<void> sleeper = create_task(nap(9.0));
    co_await sleep(1.0);
}

Coro<void> keeps_cleaning()
{
    bool asked = false;
    try {
        co_await sleep(9.0);
    } catch (const CancelledError&) {
        asked = true;
    }
    if (asked)
        co_await sleep(2.0);
}

Coro<void> leaves_a_slow_task_behind(EventLoop&)
{
    const Task<void> slow = create_task(keeps_cleaning());
    co_await sleep(1.0);
}

Coro<void> waits_for_ever(EventLoop& loop)
{
    const Future<void> never = loop.create_future();
    co_await sleep(0.5);
    co_await never;
}

} // namespace

TEST_CASE("three pages at once take as long as the longest", "[core][stats]")
{
    const RunStats stats = stats_of_story(samples::three_pages);
    CHECK(stats.total == seconds(2.0));
    CHECK(stats.makespan == seconds(2.0));
    CHECK(stats.idle == seconds(2.0));
    CHECK(stats.busy == seconds(0));
    CHECK(stats.waiting == seconds(2.0 + 1.0 + 2.0 + 0.5)); // main, and one for each page
    CHECK(stats.tasks == 4);
    CHECK(stats.switches == 8); // each task begins and goes on once
    CHECK(stats.timers == 0);
    CHECK(stats.peak_in_flight == 3);
}

TEST_CASE("who holds the thread keeps everybody else waiting", "[core][stats]")
{
    const RunStats stats = stats_of_story(works_while_another_sleeps);
    CHECK(stats.busy == seconds(3.5));
    CHECK(stats.computing == seconds(1.25));
    CHECK(stats.largest_gap == seconds(2.0)); // 1.25 s and 0.75 s of one turn
    CHECK(stats.idle == seconds(3.0));
    CHECK(stats.total == seconds(6.5));
    REQUIRE(stats.per_task.size() == 2);
    CHECK(stats.per_task[0].busy == seconds(3.5));
    CHECK(stats.per_task[0].waiting == seconds(3.0));
    CHECK(stats.per_task[0].steps == 5);
    CHECK(stats.per_task[1].waiting == seconds(2.0)); // a second too long: its timer could not fire
    CHECK(stats.per_task[1].ready == seconds(1.5));   // and then its turn was taken
}

TEST_CASE("the total ends with main, the makespan with the last fact", "[core][stats]")
{
    CHECK(stats_of_story(leaves_a_task_behind).total == seconds(1.0));
    const RunStats slow = stats_of_story(leaves_a_slow_task_behind);
    CHECK(slow.total == seconds(1.0));
    CHECK(slow.makespan == seconds(3.0));
}

TEST_CASE("a run in which nothing happened has no numbers", "[core][stats]")
{
    const RunStats stats = stats_of(Trace(), RunSpans{});
    CHECK(stats.makespan == seconds(0));
    CHECK(stats.per_task.empty());
}

TEST_CASE("main's total in a program that is stuck ends when it is given up", "[core][stats]")
{
    const RunStats stats = stats_of_story(waits_for_ever);
    CHECK(stats.total == seconds(0.5));
}

TEST_CASE("busy, ready and waiting fill the whole life of each task", "[core][stats]")
{
    for (std::uint32_t seed = 1; seed <= 60; ++seed) {
        const auto trace = samples::random_run(seed);
        const RunSpans spans = spans_of(*trace);
        const RunStats stats = stats_of(*trace, spans);
        CHECK(stats.busy + stats.idle == stats.makespan);
        Duration busy{0};
        for (std::size_t i = 0; i < spans.tasks.size(); ++i) {
            const TaskStats& task = stats.per_task[i];
            CHECK(task.busy + task.ready + task.waiting == spans.tasks[i].end.when - spans.tasks[i].created_at);
            busy += task.busy;
        }
        CHECK(busy == stats.busy);
    }
}

TEST_CASE("at a step the numbers are those of what has happened, and what is under way counts as far as it has come",
          "[core][stats]")
{
    const auto trace = samples::trace_of(samples::three_pages);
    const RunSpans spans = spans_of(*trace);
    CHECK(stats_at(*trace, spans, 0).tasks == 0);
    std::size_t step = 0;
    while (step < trace->size() && trace->when(step) <= TimePoint{seconds(0.5)})
        ++step;
    const RunStats stats = stats_at(*trace, spans, step); // the third page is here, two are on their way
    CHECK(stats.total == seconds(0.5));
    CHECK(stats.idle == seconds(0.5));
    CHECK(stats.waiting == seconds(4 * 0.5));
    CHECK(stats.tasks == 4);
    CHECK(stats.peak_in_flight == 3);
    CHECK(stats.per_task.at(1).waiting == seconds(0.5));
}

TEST_CASE("numbers never shrink from step to step, and the thread is busy, idle or neither", "[core][stats]")
{
    for (std::uint32_t seed = 1; seed <= 10; ++seed) {
        const auto trace = samples::random_run(seed);
        const RunSpans spans = spans_of(*trace);
        RunStats before;
        for (std::size_t step = 0; step <= trace->size(); ++step) {
            const RunStats now = stats_at(*trace, spans, step);
            REQUIRE(now.busy + now.idle <= now.makespan);
            REQUIRE(now.busy >= before.busy);
            REQUIRE(now.idle >= before.idle);
            REQUIRE(now.waiting >= before.waiting);
            REQUIRE(now.largest_gap >= before.largest_gap);
            REQUIRE(now.switches >= before.switches);
            REQUIRE(now.peak_in_flight >= before.peak_in_flight);
            REQUIRE(now.total >= before.total);
            before = now;
        }
    }
}

} // namespace loopscope
