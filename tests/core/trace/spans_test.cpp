#include "tests/core/trace/sample_runs.h"
#include "tests/support/catch.h"

#include "core/base/format.h"
#include "core/trace/snapshot.h"
#include "core/trace/spans.h"

#include <algorithm>
#include <array>

namespace loopscope {
namespace {

using samples::all;
using samples::trace_of;

/// "ready 0, running 0, waiting 0-1.5": what a lane does, with the seconds it covers.
std::string text_of(const std::vector<Span>& spans)
{
    constexpr std::array<const char*, 7> words {"ready", "running", "computing", "blocking",
                                                "waiting", "selecting", "in flight"};
    std::string text;
    for (const Span& span : spans) {
        text += text.empty() ? "" : ", ";
        text += words[static_cast<std::size_t>(span.kind)];
        text += " " + format_number(to_seconds(span.from));
        if (span.to != span.from)
            text += "-" + format_number(to_seconds(span.to));
        text += span.cancelling ? "!" : "";
    }
    return text;
}

std::string lane_of(const Trace& trace, std::uint32_t task)
{
    return text_of(spans_of(trace).tasks.at(task - 1).spans);
}

/// "main: created; nap: timer 3→4": why a task became ready, each time.
std::string causes_of_task(const Trace& trace, std::uint32_t task)
{
    constexpr std::array<const char*, 7> words {"created", "timer", "io", "task", "future", "cancel", "turn"};
    std::string text;
    for (const Cause& cause : spans_of(trace).causes) {
        if (cause.to_task != TaskId{task})
            continue;
        text += text.empty() ? "" : ", ";
        text += words[static_cast<std::size_t>(cause.kind)];
        if (cause.from_task)
            text += " by " + trace.display_name(cause.from_task);
    }
    return text;
}

/// The wake of a task that came n-th, from 0.
Cause wake_of(const Trace& trace, std::uint32_t task, std::size_t n)
{
    std::vector<Cause> wakes;
    for (const Cause& cause : spans_of(trace).causes)
        if (cause.to_task == TaskId{task} && std::holds_alternative<TaskWoken>(trace[cause.to_step].fact))
            wakes.push_back(cause);
    return wakes.at(n);
}

Coro<void> nap(double delay)
{
    co_await sleep(delay);
}

Coro<void> one_nap(EventLoop&)
{
    const Task<void> task = create_task(nap(1.5));
    co_await task;
}

Coro<void> compute_and_block(EventLoop&)
{
    co_await sleep(0);
    cpu(1.0);
    block(0.5);
}

Coro<void> turns(EventLoop&)
{
    co_await sleep(0);
    co_await sleep(0);
}

Coro<void> cancels_a_sleeper(EventLoop&)
{
    const Task<void> sleeper = create_task(nap(9.0));
    co_await sleep(1.0);
    sleeper.cancel();
    co_await sleep(0.5);
}

Coro<void> awaits_task(Task<void> inner)
{
    co_await inner;
}

Coro<void> cancels_through_a_task(EventLoop&)
{
    const Task<void> inner = create_task(nap(9.0), "inner");
    const Task<void> outer = create_task(awaits_task(inner), "outer");
    co_await sleep(1.0);
    outer.cancel();
    co_await sleep(0.5);
}

Coro<void> cancels_before_it_started(EventLoop&)
{
    const Task<void> never = create_task(nap(1.0));
    never.cancel();
    co_await sleep(0);
}

Coro<void> await_future(Future<int> future)
{
    co_await future;
}

Coro<void> sets_a_future(EventLoop& loop)
{
    const Future<int> future = loop.create_future<int>();
    const Task<void> waiter = create_task(await_future(future), "waiter");
    co_await sleep(1.0);
    future.set_result(1);
    co_await waiter;
}

Coro<void> cancels_a_future(EventLoop& loop)
{
    const Future<int> future = loop.create_future<int>();
    const Task<void> waiter = create_task(await_future(future), "waiter");
    co_await sleep(1.0);
    future.cancel();
    co_await sleep(0);
}

Coro<void> timer_sets_a_future(EventLoop& loop)
{
    const Future<int> future = loop.create_future<int>();
    const Task<void> waiter = create_task(await_future(future), "waiter");
    loop.call_later(2.0, [future] { future.set_result(1); });
    co_await waiter;
}

Coro<void> callback_sets_a_future(EventLoop& loop)
{
    const Future<int> future = loop.create_future<int>();
    const Task<void> waiter = create_task(await_future(future), "waiter");
    co_await sleep(0);
    loop.call_soon([future] { future.set_result(1); });
    co_await waiter;
}

Coro<void> gathers_three_naps(EventLoop&)
{
    std::vector<Coro<void>> naps;
    naps.push_back(nap(1.0));
    naps.push_back(nap(3.0));
    naps.push_back(nap(2.0));
    const auto together = gather(std::move(naps));
    co_await together;
}

Coro<void> fail_after(double delay)
{
    co_await sleep(delay);
    throw ValueError("boom");
}

Coro<void> gathers_a_failure(EventLoop&)
{
    std::vector<Coro<void>> children;
    children.push_back(nap(3.0));
    children.push_back(fail_after(1.0));
    const auto together = gather(std::move(children));
    co_await together;
}

Coro<void> stands_in_a_failing_group(EventLoop&)
{
    TaskGroup group;
    co_await group.aenter();
    group.create_task(nap(9.0), "neighbour");
    group.create_task(fail_after(1.0), "culprit");
    co_await group.aexit(nullptr);
}

Coro<void> waits_for_a_lock(EventLoop&)
{
    Lock lock;
    co_await lock.acquire();
    const Task<void> waiter = create_task(lock.acquire(), "waiter");
    co_await sleep(1.0);
    lock.release();
    co_await waiter;
}

Coro<void> leaves_a_request(EventLoop& loop)
{
    loop.network().set_latency("https://example.com", 5.0);
    const ClientSession session;
    const Task<Response> task = create_task(session.get("https://example.com"));
    co_await sleep(1.0);
}

} // namespace

TEST_CASE("a task is ready, runs, waits, is ready again and runs to its end", "[core][spans]")
{
    const auto trace = trace_of(one_nap);
    CHECK(lane_of(*trace, 2) == "ready 0, running 0, waiting 0-1.5, ready 1.5, running 1.5");
    const RunSpans spans = spans_of(*trace);
    const TaskLane& lane = spans.tasks.at(1);
    CHECK(lane.created == all<TaskCreated>(*trace).at(1));
    CHECK(lane.end == LaneEnd{LaneEnd::Kind::Finished, all<TaskFinished>(*trace).at(0), TimePoint{seconds(1.5)}});
    CHECK(trace->future(lane.spans[2].on).kind == FutureKind::Sleep);
    CHECK(lane.spans[2].stack != StackId::Empty);
}

TEST_CASE("work splits the time a task has the thread", "[core][spans]")
{
    const auto trace = trace_of(compute_and_block);
    CHECK(lane_of(*trace, 1)
          == "ready 0, running 0, ready 0, running 0, computing 0-1, running 1, blocking 1-1.5, running 1.5");
}

TEST_CASE("a task that lets the others go first is ready at once", "[core][spans]")
{
    const auto trace = trace_of(turns);
    CHECK(lane_of(*trace, 1) == "ready 0, running 0, ready 0, running 0, ready 0, running 0");
    CHECK(causes_of_task(*trace, 1) == "created, turn by main, turn by main");
}

TEST_CASE("the loop's lane shows who has the thread and when it sleeps", "[core][spans]")
{
    const auto trace = trace_of(one_nap);
    const RunSpans spans = spans_of(*trace);
    CHECK(text_of(spans.loop)
          == "running 0, running 0, selecting 0-1.5, running 1.5, running 1.5, running 1.5, running 1.5");
    CHECK(spans.loop[0].task == TaskId{1});
    CHECK(spans.loop[1].task == TaskId{2});
    CHECK(spans.loop[3].handle != HandleId{}); // the sleep's callback
    CHECK(spans.loop[4].task == TaskId{2});
    CHECK(spans.loop[5].task == TaskId{1});
}

TEST_CASE("requests overlap on the network's lane", "[core][spans]")
{
    const auto trace = trace_of(samples::three_pages);
    const RunSpans spans = spans_of(*trace);
    CHECK(text_of(spans.network) == "in flight 0-1, in flight 0-2, in flight 0-0.5");
    CHECK(spans.network[1].task == TaskId{3});
    CHECK(trace->channel(spans.network[1].channel).peer == "example.org");
}

TEST_CASE("a request that is given up ends there and says so", "[core][spans]")
{
    const auto trace = trace_of(leaves_a_request);
    CHECK(text_of(spans_of(*trace).network) == "in flight 0-1!");
}

TEST_CASE("a task is marked between the request to cancel it and its end", "[core][spans]")
{
    const auto trace = trace_of(cancels_a_sleeper);
    CHECK(lane_of(*trace, 2) == "ready 0, running 0, waiting 0-1, waiting 1!, ready 1!, running 1!");
    CHECK(spans_of(*trace).tasks.at(1).end.kind == LaneEnd::Kind::Cancelled);
}

TEST_CASE("a task that is cancelled before it started runs nothing", "[core][spans]")
{
    const auto trace = trace_of(cancels_before_it_started);
    CHECK(lane_of(*trace, 2) == "ready 0, ready 0!, running 0!");
}

TEST_CASE("a sleeper is woken by its timer", "[core][spans]")
{
    const auto trace = trace_of(one_nap);
    CHECK(causes_of_task(*trace, 2) == "created by main, timer");
    CHECK(wake_of(*trace, 2, 0).from_step == all<TimerFired>(*trace).at(0));
}

TEST_CASE("the end of a task wakes who awaits it", "[core][spans]")
{
    const auto trace = trace_of(one_nap);
    const Cause wake = wake_of(*trace, 1, 0);
    CHECK(wake.kind == Cause::Kind::Task);
    CHECK(wake.from_task == TaskId{2});
    CHECK(wake.from_step == all<TaskFinished>(*trace).at(0));
}

TEST_CASE("a socket wakes the task that awaits its answer", "[core][spans]")
{
    const auto trace = trace_of(samples::three_pages);
    const Cause wake = wake_of(*trace, 4, 0);
    CHECK(wake.kind == Cause::Kind::Io);
    CHECK(wake.from_channel == ChannelId{3});
    CHECK(wake.from_step == all<IoReady>(*trace).at(0));
}

TEST_CASE("a gather wakes its awaiter because of the child that ended last", "[core][spans]")
{
    const auto trace = trace_of(gathers_three_naps);
    const Cause wake = wake_of(*trace, 1, 0);
    CHECK(wake.kind == Cause::Kind::Task);
    CHECK(wake.from_task == TaskId{3}); // of 1, 3 and 2 seconds
    CHECK(wake.from_step == all<TaskFinished>(*trace).at(2));
}

TEST_CASE("a gather that fails wakes its awaiter because of the child that failed", "[core][spans]")
{
    const auto trace = trace_of(gathers_a_failure);
    const Cause wake = wake_of(*trace, 1, 0);
    CHECK(wake.from_task == TaskId{3});
    CHECK(wake.from_step == all<TaskFailed>(*trace).at(0));
}

TEST_CASE("a task that sets a future is the cause of the wake", "[core][spans]")
{
    const auto trace = trace_of(sets_a_future);
    const Cause wake = wake_of(*trace, 2, 0);
    CHECK(wake.kind == Cause::Kind::Future);
    CHECK(wake.from_task == TaskId{1});
    CHECK(wake.from_step + 1 == wake.to_step);
    CHECK(std::holds_alternative<FutureResolved>((*trace)[wake.from_step].fact));
}

TEST_CASE("a future that a timer's callback sets leads back to the timer", "[core][spans]")
{
    const auto trace = trace_of(timer_sets_a_future);
    const Cause wake = wake_of(*trace, 2, 0);
    CHECK(wake.kind == Cause::Kind::Timer);
    CHECK(wake.from_step == all<TimerFired>(*trace).at(0));
}

TEST_CASE("a future that a plain callback sets is nobody's but its own", "[core][spans]")
{
    const auto trace = trace_of(callback_sets_a_future);
    const Cause wake = wake_of(*trace, 2, 0);
    CHECK(wake.kind == Cause::Kind::Future);
    CHECK_FALSE(wake.from_task);
}

TEST_CASE("who asks a sleeper to stop is the cause of its wake", "[core][spans]")
{
    const auto trace = trace_of(cancels_a_sleeper);
    const Cause wake = wake_of(*trace, 2, 0);
    CHECK(wake.kind == Cause::Kind::Cancel);
    CHECK(wake.from_task == TaskId{1});
    CHECK(wake.from_step == all<CancelRequested>(*trace).at(0));
}

TEST_CASE("who cancels a future is the cause of its waiter's wake", "[core][spans]")
{
    const auto trace = trace_of(cancels_a_future);
    const Cause wake = wake_of(*trace, 2, 0);
    CHECK(wake.kind == Cause::Kind::Cancel);
    CHECK(wake.from_task == TaskId{1});
    CHECK(std::holds_alternative<FutureResolved>((*trace)[wake.from_step].fact));
}

TEST_CASE("a cancellation travels inwards by request and outwards by the end of tasks", "[core][spans]")
{
    const auto trace = trace_of(cancels_through_a_task);
    CHECK(causes_of_task(*trace, 2) == "created by main, cancel by main");
    CHECK(causes_of_task(*trace, 3) == "created by main, task by inner");
    CHECK(wake_of(*trace, 2, 0).from_step == all<CancelRequested>(*trace).at(1));
    CHECK(wake_of(*trace, 3, 0).from_step == all<TaskCancelled>(*trace).at(0));
}

TEST_CASE("in a group that fails, the task that failed is the cause of its neighbours' wakes", "[core][spans]")
{
    const auto trace = trace_of(stands_in_a_failing_group);
    CHECK(causes_of_task(*trace, 2) == "created by main, cancel by culprit");
    const Cause wake = wake_of(*trace, 2, 0);
    CHECK(std::holds_alternative<CancelRequested>((*trace)[wake.from_step].fact));
}

TEST_CASE("who releases a lock is the cause of the next holder's wake", "[core][spans]")
{
    const auto trace = trace_of(waits_for_a_lock);
    CHECK(causes_of_task(*trace, 2) == "created by main, future by main");
}

TEST_CASE("spans of an empty trace are empty", "[core][spans]")
{
    const RunSpans spans = spans_of(Trace());
    CHECK(spans.loop.empty());
    CHECK(spans.tasks.empty());
    CHECK(spans.facts == 0);
}

TEST_CASE("the spans of a task follow each other without a gap, from its creation to its end", "[core][spans]")
{
    for (std::uint32_t seed = 1; seed <= 60; ++seed) {
        const auto trace = samples::random_run(seed);
        for (const TaskLane& lane : spans_of(*trace).tasks) {
            INFO("seed " << seed << ", task " << lane.task.value);
            REQUIRE(!lane.spans.empty());
            std::size_t step = lane.created;
            for (const Span& span : lane.spans) {
                REQUIRE(span.begin == step);
                REQUIRE(span.begin < span.end);
                REQUIRE(span.from == trace->when(span.begin));
                REQUIRE(span.to == trace->when(span.end));
                step = span.end;
            }
            REQUIRE(step == lane.end.step);
        }
    }
}

TEST_CASE("one at a time has the thread, and the loop's lane says who", "[core][spans]")
{
    for (std::uint32_t seed = 1; seed <= 60; ++seed) {
        const auto trace = samples::random_run(seed);
        const RunSpans spans = spans_of(*trace);
        std::size_t step = 0;
        std::size_t held = 0;
        for (const Span& span : spans.loop) {
            REQUIRE(span.begin >= step);
            step = span.end;
            held += span.task ? span.end - span.begin : 0;
        }
        std::size_t held_by_tasks = 0;
        for (const TaskLane& lane : spans.tasks)
            for (const Span& span : lane.spans)
                if (span.kind == SpanKind::Running || span.kind == SpanKind::Computing)
                    held_by_tasks += span.end - span.begin;
        CHECK(held == held_by_tasks);
    }
}

TEST_CASE("spans and snapshots agree on every task at every step", "[core][spans]")
{
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
        const auto trace = samples::random_run(seed);
        const RunSpans spans = spans_of(*trace);
        std::vector<std::size_t> at(spans.tasks.size());
        Snapshot state;
        while (state.step < trace->size()) {
            apply(state, *trace);
            for (const TaskSnapshot& task : state.tasks) {
                const TaskLane& lane = spans.tasks[task.id.value - 1];
                if (is_over(task.state)) {
                    REQUIRE(state.step > lane.end.step);
                    continue;
                }
                std::size_t& i = at[task.id.value - 1];
                while (lane.spans[i].end < state.step)
                    ++i;
                const SpanKind kind = lane.spans[i].kind;
                INFO("seed " << seed << ", step " << state.step << ", task " << task.id.value);
                REQUIRE((kind == SpanKind::Ready) == (task.state == TaskState::Ready));
                REQUIRE((kind == SpanKind::Waiting) == (task.state == TaskState::Waiting));
                REQUIRE((kind == SpanKind::Computing) == task.work.has_value());
                REQUIRE(lane.spans[i].cancelling == task.cancelling);
            }
        }
    }
}

TEST_CASE("every time a task becomes ready there is one cause, and it does not lie ahead", "[core][spans]")
{
    for (std::uint32_t seed = 1; seed <= 60; ++seed) {
        const auto trace = samples::random_run(seed);
        const RunSpans spans = spans_of(*trace);
        std::vector<std::size_t> became_ready = all<TaskCreated>(*trace);
        for (const std::size_t i : all<TaskWoken>(*trace))
            became_ready.push_back(i);
        for (const std::size_t i : all<TaskYielded>(*trace))
            became_ready.push_back(i);
        std::sort(became_ready.begin(), became_ready.end());
        std::vector<std::size_t> explained;
        for (const Cause& cause : spans.causes) {
            explained.push_back(cause.to_step);
            REQUIRE(cause.from_step <= cause.to_step);
            const Fact from = (*trace)[cause.from_step].fact;
            const bool fits = (cause.kind == Cause::Kind::Timer) == std::holds_alternative<TimerFired>(from)
                && (cause.kind == Cause::Kind::Created) == std::holds_alternative<TaskCreated>(from)
                && (cause.kind == Cause::Kind::Turn) == std::holds_alternative<TaskYielded>(from);
            REQUIRE(fits);
        }
        CHECK(explained == became_ready);
    }
}

} // namespace loopscope
