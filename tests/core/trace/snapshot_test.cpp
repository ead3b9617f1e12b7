#include "tests/core/trace/sample_runs.h"
#include "tests/support/catch.h"

#include "core/trace/snapshot.h"

#include <optional>

namespace loopscope {
namespace {

using samples::all;
using samples::plain_fold;
using samples::states_of;
using samples::trace_of;

/// What a fact takes from the front of the ready queue, if it takes anything.
std::optional<ReadyItem> taken_by(const Fact& fact)
{
    if (const auto* f = std::get_if<TaskStepped>(&fact))
        return f->task;
    if (const auto* f = std::get_if<CallbackRan>(&fact))
        return f->handle;
    if (const auto* f = std::get_if<CallbackSkipped>(&fact))
        return f->handle;
    return std::nullopt;
}

Coro<void> nap(double delay)
{
    co_await sleep(delay);
}

Coro<void> two_naps(EventLoop&)
{
    const Task<void> a = create_task(nap(1.0));
    const Task<void> b = create_task(nap(2.0));
    co_await b;
}

Coro<void> cancels_a_nap(EventLoop&)
{
    const Task<void> a = create_task(nap(1.0), "sleeper");
    co_await sleep(0.5);
    a.cancel();
    co_await sleep(0);
    co_await sleep(0);
}

Coro<void> four_equal_timers(EventLoop& loop)
{
    for (const char* name : {"A", "B", "C", "D"})
        loop.call_later(1.0, [] {}, name);
    co_await sleep(2.0);
}

Coro<void> cancels_a_callback(EventLoop& loop)
{
    const Ref<Handle> handle = loop.call_soon([] {}, "never");
    handle->cancel();
    co_await sleep(0);
}

Coro<void> rebuilds_its_timers(EventLoop& loop)
{
    std::vector<Ref<TimerHandle>> timers;
    for (int i = 0; i < 150; ++i)
        timers.push_back(loop.call_later(1.0 + (i * 7) % 13, [] {}));
    for (std::size_t i = 0; i < 90; ++i)
        timers[i]->cancel();
    co_await sleep(20.0);
}

Coro<void> computes(EventLoop&)
{
    cpu(1.0);
    co_await sleep(0);
}

Coro<void> waits_for_ever(EventLoop& loop)
{
    const Future<void> never = loop.create_future();
    co_await never;
}

} // namespace

TEST_CASE("a new task is ready, and main runs on", "[core][snapshot]")
{
    const auto trace = trace_of(two_naps);
    const Snapshot state = plain_fold(*trace, all<TaskCreated>(*trace).at(2) + 1);
    CHECK(states_of(*trace, state) == "main running, nap-1 ready, nap-2 ready");
    CHECK(state.running == TaskId{1});
    CHECK(state.ready == std::deque<ReadyItem>{TaskId{2}, TaskId{3}});
}

TEST_CASE("a suspended task knows what it waits for and at which line", "[core][snapshot]")
{
    const auto trace = trace_of(two_naps);
    const std::size_t suspended = all<TaskSuspended>(*trace).at(0);
    const Snapshot state = plain_fold(*trace, suspended + 1);
    const TaskSnapshot& main = state.task(TaskId{1});
    CHECK(main.state == TaskState::Waiting);
    CHECK(trace->future(main.waiting_on).task == TaskId{3});
    CHECK(trace->place(main.place).function == "two_naps");
    CHECK_FALSE(state.running);
}

TEST_CASE("a woken task keeps its place until it steps", "[core][snapshot]")
{
    const auto trace = trace_of(two_naps);
    const Snapshot state = plain_fold(*trace, all<TaskWoken>(*trace).at(0) + 1);
    const TaskSnapshot& woken = state.task(TaskId{2});
    CHECK(woken.state == TaskState::Ready);
    CHECK_FALSE(woken.waiting_on);
    CHECK(woken.stack != StackId::Empty);
    CHECK(trace->place(woken.place).function == "nap");
}

TEST_CASE("the soonest timer stands first, and the selector sleeps until then", "[core][snapshot]")
{
    const auto trace = trace_of(two_naps);
    const Snapshot state = plain_fold(*trace, all<SelectEntered>(*trace).at(0) + 1);
    CHECK(state.selecting);
    CHECK(state.select_until == TimePoint{seconds(1.0)});
    const auto timers = state.pending_timers();
    REQUIRE(timers.size() == 2);
    CHECK(timers[0].deadline == TimePoint{seconds(1.0)});
    CHECK(timers[1].deadline == TimePoint{seconds(2.0)});
}

TEST_CASE("a cancelled task is cancelling from the request to its end", "[core][snapshot]")
{
    const auto trace = trace_of(cancels_a_nap);
    const std::size_t asked = all<CancelRequested>(*trace).at(0);
    const std::size_t ended = all<TaskCancelled>(*trace).at(0);
    const TaskId sleeper{2};
    CHECK_FALSE(plain_fold(*trace, asked).task(sleeper).cancelling);
    CHECK(plain_fold(*trace, asked + 1).task(sleeper).cancelling);
    CHECK(plain_fold(*trace, ended).task(sleeper).cancelling);
    const Snapshot after = plain_fold(*trace, ended + 1);
    CHECK_FALSE(after.task(sleeper).cancelling);
    CHECK(after.task(sleeper).state == TaskState::Cancelled);
    CHECK(after.task(sleeper).cancel_requests == 1);
}

TEST_CASE("a cancelled timer stays in the heap but is not pending", "[core][snapshot]")
{
    const auto trace = trace_of(cancels_a_nap);
    const Snapshot state = plain_fold(*trace, all<TimerCancelled>(*trace).at(0) + 1);
    CHECK(state.timers.size() == 1);
    CHECK(state.pending_timers().empty());
    CHECK(plain_fold(*trace, all<TimerDropped>(*trace).at(0) + 1).timers.empty());
}

TEST_CASE("equal deadlines come in the order of Python's heap", "[core][snapshot]")
{
    const auto trace = trace_of(four_equal_timers);
    const Snapshot state = plain_fold(*trace, all<SelectEntered>(*trace).at(0) + 1);
    std::string order;
    for (const TimerSnapshot& timer : state.pending_timers())
        order += trace->handle(timer.handle).label;
    CHECK(order.substr(0, 4) == "ACBD"); // heapq's own, with main's later timer behind them
    std::string fired;
    for (const std::size_t i : all<TimerFired>(*trace))
        fired += trace->handle(std::get<TimerFired>((*trace)[i].fact).handle).label;
    CHECK(order == fired);
}

TEST_CASE("a cancelled callback keeps its place in the queue until its turn passes", "[core][snapshot]")
{
    const auto trace = trace_of(cancels_a_callback);
    const std::size_t cancelled = all<CallbackCancelled>(*trace).at(0);
    const Snapshot marked = plain_fold(*trace, cancelled + 1);
    CHECK(marked.ready.size() == 1);
    CHECK(marked.cancelled_handles.size() == 1);
    const Snapshot skipped = plain_fold(*trace, all<CallbackSkipped>(*trace).at(0) + 1);
    CHECK(skipped.cancelled_handles.empty());
    CHECK(skipped.ready == std::deque<ReadyItem>{TaskId{1}});
}

TEST_CASE("a heap made anew holds only timers that count", "[core][snapshot]")
{
    const auto trace = trace_of(rebuilds_its_timers);
    const std::size_t rebuilt = all<TimersRebuilt>(*trace).at(0);
    CHECK(plain_fold(*trace, rebuilt).timers.size() == 151);
    CHECK(plain_fold(*trace, rebuilt + 1).timers.size() == 61);
}

TEST_CASE("a task that computes says so while it does", "[core][snapshot]")
{
    const auto trace = trace_of(computes);
    const std::size_t began = all<WorkBegan>(*trace).at(0);
    CHECK(plain_fold(*trace, began + 1).task(TaskId{1}).work == WorkKind::Computing);
    CHECK_FALSE(plain_fold(*trace, began + 2).task(TaskId{1}).work);
}

TEST_CASE("a program that nothing can wake is stuck", "[core][snapshot]")
{
    const auto trace = trace_of(waits_for_ever);
    const std::size_t stuck = all<LoopStuck>(*trace).at(0);
    CHECK_FALSE(plain_fold(*trace, stuck).stuck);
    CHECK(plain_fold(*trace, stuck + 1).stuck);
}

TEST_CASE("a request is in flight until its socket is ready", "[core][snapshot]")
{
    const auto trace = trace_of(samples::three_pages);
    const std::size_t last_started = all<IoStarted>(*trace).at(2);
    CHECK(plain_fold(*trace, last_started + 1).in_flight
          == std::vector<ChannelId>{ChannelId{1}, ChannelId{2}, ChannelId{3}});
    const std::size_t first_ready = all<IoReady>(*trace).at(0);
    CHECK(plain_fold(*trace, first_ready + 1).in_flight == std::vector<ChannelId>{ChannelId{1}, ChannelId{2}});
}

TEST_CASE("what a wait in the library leads back to is the program's own line", "[core][snapshot]")
{
    const auto trace = trace_of(samples::three_pages);
    const Snapshot state = plain_fold(*trace, all<SelectEntered>(*trace).at(0) + 1);
    const TaskSnapshot& fetch = state.task(TaskId{2});
    REQUIRE(fetch.state == TaskState::Waiting);
    CHECK(trace->place(fetch.place).function == "fetch_url");
}

TEST_CASE("what runs next always stands at the front, and what fires on top", "[core][snapshot]")
{
    for (std::uint32_t seed = 1; seed <= 60; ++seed) {
        const auto trace = samples::random_run(seed);
        Snapshot state;
        while (state.step < trace->size()) {
            const Fact fact = (*trace)[state.step].fact;
            INFO("seed " << seed << ", fact " << state.step);
            if (const auto taken = taken_by(fact)) {
                REQUIRE(!state.ready.empty());
                REQUIRE(state.ready.front() == *taken);
            }
            if (const auto* fired = std::get_if<TimerFired>(&fact))
                REQUIRE(state.timers.front().handle == fired->handle);
            if (const auto* dropped = std::get_if<TimerDropped>(&fact))
                REQUIRE((state.timers.front().handle == dropped->handle && state.timers.front().cancelled));
            if (std::holds_alternative<SelectEntered>(fact))
                REQUIRE(state.ready.empty());
            apply(state, *trace);
        }
        for (const TaskSnapshot& task : state.tasks)
            CHECK(is_over(task.state));
    }
}

} // namespace loopscope
