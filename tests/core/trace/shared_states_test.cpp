#include "tests/core/trace/sample_runs.h"
#include "tests/support/catch.h"

#include "core/trace/explain.h"
#include "core/trace/replay.h"

#include <functional>
#include <optional>

namespace loopscope {
namespace {

using samples::all;
using samples::plain_fold;
using samples::trace_of;

/// The one resource of a kind, as it is at a step.
template <class Kind>
Kind only(const Snapshot& state)
{
    std::optional<Kind> found;
    for (const ResourceSnapshot& resource : state.resources)
        if (const auto* kind = std::get_if<Kind>(&resource.state)) {
            REQUIRE_FALSE(found);
            found = *kind;
        }
    REQUIRE(found);
    return *found;
}

/// "b get, c get woken": who stands at the first resource of a kind, in order.
template <class Kind>
std::string waiters(const Trace& trace, const Snapshot& state)
{
    for (const ResourceSnapshot& resource : state.resources) {
        if (!std::holds_alternative<Kind>(resource.state))
            continue;
        std::string text;
        for (const WaiterSnapshot& waiter : resource.waiters) {
            text += (text.empty() ? "" : ", ") + trace.display_name(waiter.task);
            text += waiter.end == QueueEnd::Get ? " get" : waiter.end == QueueEnd::Put ? " put"
                : waiter.end == QueueEnd::Join ? " join" : "";
            text += !waiter.woken ? "" : *waiter.woken == FutureEnd::Result ? " woken" : " cancelled";
        }
        return text;
    }
    return "nothing like that";
}

std::string name_or_nobody(const Trace& trace, TaskId task) { return task ? trace.display_name(task) : "nobody"; }

// ---- locks ----

Coro<void> holds(Lock& lock, double time)
{
    auto block = [&]() -> Coro<void> { co_await sleep(time); };
    co_await async_with(lock, block());
}

Coro<void> three_want_a_lock(EventLoop&)
{
    Lock lock;
    const Task<void> a = create_task(holds(lock, 1.0), "a");
    const Task<void> b = create_task(holds(lock, 1.0), "b");
    const Task<void> c = create_task(holds(lock, 1.0), "c");
    const std::vector<Task<void>> tasks{a, b, c};
    co_await wait(tasks);
}

Coro<void> gives_a_waiter_up(EventLoop&)
{
    Lock lock("printer");
    const Task<void> a = create_task(holds(lock, 2.0), "a");
    const Task<void> b = create_task(holds(lock, 1.0), "b");
    co_await sleep(1.0);
    b.cancel();
    const std::vector<Task<void>> tasks{a, b};
    co_await wait(tasks);
}

// ---- semaphores ----

Coro<void> visits(Semaphore& places)
{
    co_await places.acquire();
    co_await sleep(1.0);
    places.release();
}

Coro<void> three_want_two_places(EventLoop&)
{
    Semaphore places(2, "desk");
    std::vector<Task<void>> tasks;
    for (const char* name : {"a", "b", "c"})
        tasks.push_back(create_task(visits(places), name));
    co_await wait(tasks);
}

Coro<void> is_cancelled_with_a_promised_place(EventLoop&)
{
    Semaphore places(1);
    co_await places.acquire();
    const Task<void> a = create_task(visits(places), "a");
    const Task<void> b = create_task(visits(places), "b");
    co_await sleep(1.0);
    places.release(); // promised to a,
    a.cancel();       // which will not come for it
    const std::vector<Task<void>> tasks{a, b};
    co_await wait(tasks);
}

// ---- events, conditions, barriers ----

Coro<void> waits(Event& event) { co_await event.wait(); }

Coro<void> sets_an_event(EventLoop&)
{
    Event door("door");
    const Task<void> a = create_task(waits(door), "a");
    const Task<void> b = create_task(waits(door), "b");
    co_await sleep(1.0);
    door.set();
    door.set(); // changes nothing
    const std::vector<Task<void>> tasks{a, b};
    co_await wait(tasks);
    door.clear();
}

Coro<void> waits_for_notice(Condition& news)
{
    auto block = [&]() -> Coro<void> { co_await news.wait(); };
    co_await async_with(news, block());
}

Coro<void> notifies_two_of_three(EventLoop&)
{
    Condition news("news");
    std::vector<Task<void>> tasks;
    for (const char* name : {"a", "b", "c"})
        tasks.push_back(create_task(waits_for_notice(news), name));
    co_await sleep(1.0);
    auto two = [&]() -> Coro<void> {
        news.notify(2);
        co_return;
    };
    co_await async_with(news, two());
    co_await sleep(1.0);
    auto rest = [&]() -> Coro<void> {
        news.notify_all();
        co_return;
    };
    co_await async_with(news, rest());
    co_await wait(tasks);
}

Coro<void> arrives(Barrier& barrier, double after)
{
    co_await sleep(after);
    (void)co_await barrier.wait();
}

Coro<void> three_meet(EventLoop&)
{
    Barrier start(3, "start");
    std::vector<Task<void>> tasks;
    for (const double after : {1.0, 2.0, 3.0})
        tasks.push_back(create_task(arrives(start, after), "runner-" + format_number(after)));
    co_await wait(tasks);
}

Coro<void> resets_a_barrier(EventLoop&)
{
    Barrier start(3);
    const Task<void> a = create_task(arrives(start, 0.5), "a");
    co_await sleep(1.0);
    co_await start.reset();
    const std::vector<Task<void>> tasks{a};
    co_await wait(tasks);
    co_await start.abort();
}

// ---- queues ----

Coro<void> produces(Queue<int>& queue)
{
    for (int i = 0; i < 3; ++i)
        co_await queue.put(i);
}

Coro<void> consumes(Queue<int>& queue)
{
    for (;;) {
        (void)co_await queue.get();
        co_await sleep(1.0);
        queue.task_done();
    }
}

Coro<void> works_through_a_queue(EventLoop&)
{
    Queue<int> orders(1, "orders");
    const Task<void> consumer = create_task(consumes(orders), "consumer");
    const Task<void> producer = create_task(produces(orders), "producer");
    co_await producer;
    co_await orders.join();
    orders.shutdown();
    const std::vector<Task<void>> tasks{consumer};
    co_await wait(tasks);
}

// ---- blocks ----

Coro<void> naps(double delay) { co_await sleep(delay); }

Coro<void> fails_after(double delay)
{
    co_await sleep(delay);
    throw ValueError("boom");
}

Coro<void> groups(EventLoop&)
{
    TaskGroup group;
    auto block = [&]() -> Coro<void> {
        group.create_task(naps(1.0), "a");
        group.create_task(naps(2.0), "b");
        co_return;
    };
    co_await async_with(group, block());
}

Coro<void> groups_with_a_failure(EventLoop&)
{
    TaskGroup group;
    auto block = [&]() -> Coro<void> {
        group.create_task(fails_after(1.0), "weak");
        group.create_task(naps(9.0), "strong");
        co_return;
    };
    co_await async_with(group, block());
}

Coro<void> is_cut_off(EventLoop&)
{
    Timeout limit = timeout(1.0);
    auto block = [&]() -> Coro<void> { co_await sleep(9.0); };
    try {
        co_await async_with(limit, block());
    } catch (const TimeoutError&) {
    }
    co_await sleep(0.5);
}

Coro<void> asks_for_more_time(EventLoop& loop)
{
    Timeout limit = timeout(1.0);
    auto block = [&]() -> Coro<void> {
        limit.reschedule(loop.time() + 5.0);
        co_await sleep(2.0);
        limit.reschedule({});
    };
    co_await async_with(limit, block());
}

Coro<void> waits_anyway()
{
    try {
        co_await sleep(9.0);
    } catch (const CancelledError&) {
        get_running_loop().current_task()->uncancel();
    }
    co_await sleep(1.0);
}

Coro<void> is_refused(EventLoop&)
{
    const Task<void> stubborn = create_task(waits_anyway(), "stubborn");
    co_await sleep(1.0);
    stubborn.cancel();
    co_await stubborn;
}

Coro<void> computes_in_a_callback(EventLoop& loop)
{
    loop.call_soon([] { cpu(0.5); }, "cruncher");
    co_await sleep(0);
}

Coro<void> uses_everything(EventLoop& loop)
{
    co_await three_want_a_lock(loop);
    co_await three_want_two_places(loop);
    co_await sets_an_event(loop);
    co_await notifies_two_of_three(loop);
    co_await three_meet(loop);
    co_await works_through_a_queue(loop);
    co_await groups(loop);
    co_await is_cut_off(loop);
    Watched<int> value("value", 1);
}

} // namespace

TEST_CASE("a lock's owner is known while two wait, in their order", "[core][snapshot][resources]")
{
    const auto trace = trace_of(three_want_a_lock);
    const auto acquired = all<ResourceAcquired>(*trace);
    REQUIRE(acquired.size() == 3);
    const auto owner = [&](const Snapshot& state) { return name_or_nobody(*trace, only<LockSnapshot>(state).owner); };

    const Snapshot asleep = plain_fold(*trace, all<SelectEntered>(*trace).at(0));
    CHECK(owner(asleep) == "a");
    CHECK(waiters<LockSnapshot>(*trace, asleep) == "b, c");

    const std::size_t released = all<ResourceReleased>(*trace).at(0);
    const Snapshot free = plain_fold(*trace, released + 1);
    CHECK(owner(free) == "nobody");
    CHECK_FALSE(only<LockSnapshot>(free).locked);

    const Snapshot handed = plain_fold(*trace, acquired.at(1));
    CHECK(waiters<LockSnapshot>(*trace, handed) == "c"); // b has its turn, and takes it
    CHECK(owner(plain_fold(*trace, acquired.at(1) + 1)) == "b");
    CHECK(owner(plain_fold(*trace, acquired.at(2) + 1)) == "c");
    CHECK(owner(plain_fold(*trace, trace->size())) == "nobody");
}

TEST_CASE("a woken waiter stands at its place until its turn", "[core][snapshot][resources]")
{
    const auto trace = trace_of(three_want_a_lock);
    std::size_t woken = all<ResourceReleased>(*trace).at(0);
    while (!std::holds_alternative<TaskWoken>((*trace)[woken].fact))
        ++woken;
    CHECK(waiters<LockSnapshot>(*trace, plain_fold(*trace, woken + 1)) == "b woken, c");
    const auto given_up = trace_of(gives_a_waiter_up);
    std::size_t cancelled = all<CancelRequested>(*given_up).at(0);
    while (!std::holds_alternative<TaskWoken>((*given_up)[cancelled].fact))
        ++cancelled;
    CHECK(waiters<LockSnapshot>(*given_up, plain_fold(*given_up, cancelled + 1)) == "b cancelled");
}

TEST_CASE("a semaphore's places are counted, a promised one as taken", "[core][snapshot][resources]")
{
    const auto trace = trace_of(three_want_two_places);
    const auto free_after = [&](std::size_t step) { return only<SemaphoreSnapshot>(plain_fold(*trace, step + 1)).free; };
    const auto acquired = all<ResourceAcquired>(*trace);
    CHECK(trace->resource(ResourceId{1}).capacity == 2);
    CHECK(free_after(acquired.at(0)) == 1);
    CHECK(free_after(acquired.at(1)) == 0);
    const std::size_t released = all<ResourceReleased>(*trace).at(0);
    CHECK(free_after(released) == 1);
    CHECK(free_after(released + 1) == 0); // c is let in
    CHECK(waiters<SemaphoreSnapshot>(*trace, plain_fold(*trace, released + 3)) == "c woken");
    CHECK(free_after(trace->size() - 1) == 2);
}

TEST_CASE("a promised place that nobody comes for is given back", "[core][snapshot][resources]")
{
    const auto trace = trace_of(is_cancelled_with_a_promised_place);
    const auto released = all<ResourceReleased>(*trace);
    REQUIRE(released.size() == 3); // main's, the one a did not take, b's
    CHECK(trace->display_name(plain_fold(*trace, released.at(1)).running) == "a");
    CHECK(only<SemaphoreSnapshot>(plain_fold(*trace, released.at(1))).free == 0);
    CHECK(only<SemaphoreSnapshot>(plain_fold(*trace, released.at(1) + 1)).free == 1);
    CHECK(only<SemaphoreSnapshot>(plain_fold(*trace, trace->size())).free == 1);
}

TEST_CASE("an event says whether it is set and who waits", "[core][snapshot][resources]")
{
    const auto trace = trace_of(sets_an_event);
    REQUIRE(all<EventSet>(*trace).size() == 1);
    const std::size_t set = all<EventSet>(*trace).at(0);
    CHECK(waiters<EventSnapshot>(*trace, plain_fold(*trace, set)) == "a, b");
    CHECK_FALSE(only<EventSnapshot>(plain_fold(*trace, set)).set);
    CHECK(only<EventSnapshot>(plain_fold(*trace, set + 1)).set);
    CHECK_FALSE(only<EventSnapshot>(plain_fold(*trace, trace->size())).set);
}

TEST_CASE("a condition knows its lock, and a notice wakes as many as it says", "[core][snapshot][resources]")
{
    const auto trace = trace_of(notifies_two_of_three);
    const std::size_t notified = all<ConditionNotified>(*trace).at(0);
    const ResourceId news = std::get<ConditionNotified>((*trace)[notified].fact).condition;
    CHECK(trace->resource(trace->resource(news).lock).kind == ResourceKind::Lock);
    CHECK(std::get<ConditionNotified>((*trace)[notified].fact).woken == 2);
    const Snapshot before = plain_fold(*trace, notified);
    CHECK(waiters<ConditionSnapshot>(*trace, before) == "a, b, c");
    CHECK(trace->display_name(only<LockSnapshot>(before).owner) == "main");
    CHECK(waiters<ConditionSnapshot>(*trace, plain_fold(*trace, notified + 5)) == "a woken, b woken, c");
}

TEST_CASE("a barrier counts its parties and opens for the last", "[core][snapshot][resources]")
{
    using Phase = BarrierSnapshot::Phase;
    const auto trace = trace_of(three_meet);
    const auto arrived = all<BarrierArrived>(*trace);
    REQUIRE(arrived.size() == 3);
    CHECK(only<BarrierSnapshot>(plain_fold(*trace, arrived.at(0) + 1)).inside == 1);
    const Snapshot second = plain_fold(*trace, arrived.at(2));
    CHECK(only<BarrierSnapshot>(second) == BarrierSnapshot{Phase::Filling, 2});
    CHECK(waiters<BarrierSnapshot>(*trace, second) == "runner-1, runner-2");
    CHECK(only<BarrierSnapshot>(plain_fold(*trace, arrived.at(2) + 1)) == BarrierSnapshot{Phase::Open, 3});
    CHECK(only<BarrierSnapshot>(plain_fold(*trace, trace->size())) == BarrierSnapshot{Phase::Filling, 0});
    // The lock that a barrier is made of is nobody's business.
    CHECK(all<ResourceAcquired>(*trace).empty());
}

TEST_CASE("a barrier that is reset throws out who waits, and an aborted one is broken", "[core][snapshot][resources]")
{
    using Phase = BarrierSnapshot::Phase;
    const auto trace = trace_of(resets_a_barrier);
    const auto reset = all<BarrierReset>(*trace);
    REQUIRE(reset.size() == 2);
    CHECK(only<BarrierSnapshot>(plain_fold(*trace, reset.at(0) + 1)) == BarrierSnapshot{Phase::Resetting, 1});
    CHECK(only<BarrierSnapshot>(plain_fold(*trace, reset.at(1))) == BarrierSnapshot{Phase::Filling, 0});
    CHECK(only<BarrierSnapshot>(plain_fold(*trace, reset.at(1) + 1)).phase == Phase::Broken);
}

TEST_CASE("a queue's size is known as producer and consumer run", "[core][snapshot][resources]")
{
    const auto trace = trace_of(works_through_a_queue);
    CHECK(trace->resource(ResourceId{1}).capacity == 1);
    std::vector<std::uint32_t> items;
    std::vector<std::uint32_t> unfinished;
    Snapshot state;
    while (state.step < trace->size()) {
        const Fact fact = (*trace)[state.step].fact;
        apply(state, *trace);
        if (!std::holds_alternative<ItemPut>(fact) && !std::holds_alternative<ItemTaken>(fact)
            && !std::holds_alternative<ItemDone>(fact))
            continue;
        items.push_back(only<QueueSnapshot>(state).items);
        unfinished.push_back(only<QueueSnapshot>(state).unfinished);
    }
    CHECK(items == std::vector<std::uint32_t>{1, 0, 1, 1, 0, 1, 1, 0, 0});
    CHECK(unfinished == std::vector<std::uint32_t>{1, 1, 2, 1, 1, 2, 1, 1, 0});
}

TEST_CASE("a queue knows who waits at which end", "[core][snapshot][resources]")
{
    const auto trace = trace_of(works_through_a_queue);
    const auto asleep = all<SelectEntered>(*trace);
    CHECK(waiters<QueueSnapshot>(*trace, plain_fold(*trace, all<ItemPut>(*trace).at(0))) == "consumer get");
    CHECK(waiters<QueueSnapshot>(*trace, plain_fold(*trace, asleep.at(0))) == "producer put");
    CHECK(waiters<QueueSnapshot>(*trace, plain_fold(*trace, asleep.at(2))) == "main join");
    const std::size_t closed = all<QueueClosed>(*trace).at(0);
    CHECK(waiters<QueueSnapshot>(*trace, plain_fold(*trace, closed)) == "consumer get");
    CHECK(only<QueueSnapshot>(plain_fold(*trace, closed + 1)) == QueueSnapshot{.items = 0, .unfinished = 0, .shut_down = true});
}

TEST_CASE("a task group is open from its entry to its end and knows its tasks", "[core][snapshot][scopes]")
{
    const auto trace = trace_of(groups);
    const std::size_t entered = all<ScopeEntered>(*trace).at(0);
    const std::size_t left = all<ScopeLeft>(*trace).at(0);
    CHECK(plain_fold(*trace, entered).scopes.empty());
    const Snapshot before = plain_fold(*trace, left);
    REQUIRE(before.scopes.size() == 1);
    CHECK(before.scopes[0].tasks == std::vector<TaskId>{TaskId{2}, TaskId{3}});
    CHECK_FALSE(before.scopes[0].aborted);
    CHECK(trace->scope(ScopeId{1}).task == TaskId{1});
    CHECK(plain_fold(*trace, left + 1).scopes.empty());
    CHECK_FALSE(std::get<ScopeLeft>((*trace)[left].fact).throws);
}

TEST_CASE("a task group that shuts down says which task made it", "[core][snapshot][scopes]")
{
    const auto trace = trace_of(groups_with_a_failure);
    const std::size_t aborted = all<GroupAborted>(*trace).at(0);
    CHECK(trace->display_name(std::get<GroupAborted>((*trace)[aborted].fact).because) == "weak");
    CHECK_FALSE(plain_fold(*trace, aborted).scopes.at(0).aborted);
    CHECK(plain_fold(*trace, aborted + 1).scopes.at(0).aborted);
    const std::size_t left = all<ScopeLeft>(*trace).at(0);
    CHECK(std::get<ScopeLeft>((*trace)[left].fact).throws);
}

TEST_CASE("a timeout has its deadline, and says when it has expired", "[core][snapshot][scopes]")
{
    const auto trace = trace_of(is_cut_off);
    const std::size_t set = all<DeadlineSet>(*trace).at(0);
    const std::size_t expired = all<TimeoutExpired>(*trace).at(0);
    CHECK(plain_fold(*trace, set + 1).scopes.at(0).deadline == TimePoint{seconds(1.0)});
    CHECK_FALSE(plain_fold(*trace, expired).scopes.at(0).expired);
    const Snapshot late = plain_fold(*trace, expired + 1);
    CHECK(late.scopes.at(0).expired);
    CHECK(late.now == TimePoint{seconds(1.0)});
    CHECK(plain_fold(*trace, trace->size()).scopes.empty());
}

TEST_CASE("a deadline can be moved and taken away", "[core][snapshot][scopes]")
{
    const auto trace = trace_of(asks_for_more_time);
    std::vector<std::optional<TimePoint>> deadlines;
    for (const std::size_t set : all<DeadlineSet>(*trace))
        deadlines.push_back(plain_fold(*trace, set + 1).scopes.at(0).deadline);
    CHECK(deadlines == std::vector<std::optional<TimePoint>>{TimePoint{seconds(1.0)}, TimePoint{seconds(5.0)}, std::nullopt});
    CHECK(all<TimeoutExpired>(*trace).empty());
}

TEST_CASE("a request that is taken back no longer marks the task as cancelling", "[core][snapshot]")
{
    const auto trace = trace_of(is_refused);
    const TaskId stubborn{2};
    const std::size_t back = all<CancelTakenBack>(*trace).at(0);
    CHECK(plain_fold(*trace, back).task(stubborn).cancelling);
    const Snapshot after = plain_fold(*trace, back + 1);
    CHECK_FALSE(after.task(stubborn).cancelling);
    CHECK(after.task(stubborn).cancel_requests == 0);

    const RunSpans spans = spans_of(*trace);
    const std::vector<Span>& lane = spans.tasks.at(1).spans;
    const auto marked = [&](std::size_t step) {
        for (const Span& span : lane)
            if (span.begin <= step && step < span.end)
                return span.cancelling;
        return false;
    };
    CHECK(marked(back - 1));
    CHECK_FALSE(marked(back));
    CHECK_FALSE(lane.back().cancelling);
}

TEST_CASE("a callback that computes holds the thread, and no task does", "[core][snapshot]")
{
    const auto trace = trace_of(computes_in_a_callback);
    const std::size_t began = all<WorkBegan>(*trace).at(0);
    const Snapshot during = plain_fold(*trace, began + 1);
    CHECK(during.callback_work == WorkKind::Computing);
    CHECK(trace->handle(during.running_handle).label == "cruncher");
    CHECK_FALSE(during.task(TaskId{1}).work);
    CHECK_FALSE(plain_fold(*trace, began + 2).callback_work);
}

TEST_CASE("what is shared is told with its name, who has it and who comes next", "[core][explain]")
{
    const auto told = [](const Trace& trace, std::size_t index) {
        // Lines are wherever they are.
        std::string sentence = explain(trace, index).sentence;
        for (std::size_t at = sentence.find(" at line "); at != std::string::npos; at = sentence.find(" at line "))
            sentence.erase(at, sentence.find_first_not_of("0123456789", at + 9) - at);
        return sentence;
    };
    const auto lock = trace_of(gives_a_waiter_up);
    CHECK(told(*lock, all<ResourceAcquired>(*lock).at(0))
          == "a acquires the lock printer: whoever asks for it now has to wait.");
    CHECK(told(*lock, all<ResourceReleased>(*lock).at(0)) == "a releases the lock printer. Nobody waits for it.");
    const auto busy = trace_of(three_want_a_lock);
    CHECK(told(*busy, all<ResourceReleased>(*busy).at(0))
          == "a releases the lock. b, which waits first, is woken for it next.");
    const auto desk = trace_of(three_want_two_places);
    CHECK(told(*desk, all<ResourceAcquired>(*desk).at(0)) == "a takes a place of the semaphore desk. 1 place is left.");
    CHECK(told(*desk, all<ResourceReleased>(*desk).at(0))
          == "a gives a place of the semaphore desk back. c, which waits first, is woken next.");
    const auto door = trace_of(sets_an_event);
    CHECK(told(*door, all<EventSet>(*door).at(0)) == "main sets the event door. a and b, which wait for it, are woken next.");
    const auto news = trace_of(notifies_two_of_three);
    CHECK(told(*news, all<ConditionNotified>(*news).at(0))
          == "main notifies the condition news. a and b, which wait at it, are woken next; going on takes the lock as well.");
    const auto meet = trace_of(three_meet);
    CHECK(told(*meet, all<BarrierArrived>(*meet).at(1)) == "runner-2 arrives at the barrier start: 2 of 3 parties are there.");
    CHECK(told(*meet, all<BarrierArrived>(*meet).at(2))
          == "runner-3 arrives at the barrier start, and all 3 parties are there: it opens.");
    const auto orders = trace_of(works_through_a_queue);
    CHECK(told(*orders, all<ItemPut>(*orders).at(0))
          == "producer puts an item into the queue orders. The queue holds 1 item now. consumer, which waits first, is woken next.");
    CHECK(told(*orders, all<ItemTaken>(*orders).at(0))
          == "consumer takes an item from the queue orders. The queue is empty now. producer, which waits first, is woken next.");
    CHECK(told(*orders, all<ItemDone>(*orders).at(2))
          == "consumer has dealt with an item of the queue orders. It was the last one, so main, which waits in join(), is woken next.");
    CHECK(told(*orders, all<QueueClosed>(*orders).at(0))
          == "main shuts the queue orders down: no more items come in, and none is left. consumer, which waits at it, is woken next to find that out.");
    const auto group = trace_of(groups_with_a_failure);
    CHECK(told(*group, all<GroupAborted>(*group).at(0))
          == "weak has failed, so the task group of main takes no more tasks and asks strong to stop.");
    const auto limit = trace_of(is_cut_off);
    CHECK(told(*limit, all<DeadlineSet>(*limit).at(0))
          == "The block of main has time until 1.000 s, which is 1.0 s from now.");
    CHECK(told(*limit, all<TimeoutExpired>(*limit).at(0))
          == "The time limit of main's block has run out, so its timeout asks main to stop.");
    CHECK(told(*limit, all<CancelTakenBack>(*limit).at(0))
          == "The timeout of main takes back a request to stop it (uncancel()). main is not asked to stop any more.");
}

TEST_CASE("a wait at something shared is told by its name", "[core][explain]")
{
    const auto orders = trace_of(works_through_a_queue);
    const std::string parked = explain(*orders, all<TaskSuspended>(*orders).at(1)).sentence;
    CHECK(parked.find("consumer awaits an item of the queue orders, which is empty, so it is suspended.") != std::string::npos);
    const auto lock = trace_of(gives_a_waiter_up);
    const std::string queued = explain(*lock, all<TaskSuspended>(*lock).at(2)).sentence;
    CHECK(queued.find("b awaits the lock printer, which is not free, so it is suspended.") != std::string::npos);
}

TEST_CASE("resources of one name are numbered", "[core][trace]")
{
    Trace trace;
    const ResourceId a = trace.add_resource({.kind = ResourceKind::Queue, .label = "queue"});
    const ResourceId b = trace.add_resource({.kind = ResourceKind::Queue, .label = "queue"});
    const ResourceId c = trace.add_resource({.kind = ResourceKind::Lock, .label = "queue"});
    CHECK(trace.display_name(a) == "queue-1");
    CHECK(trace.display_name(b) == "queue-2");
    CHECK(trace.display_name(c) == "queue");
}

TEST_CASE("primitives work the same when nothing is recorded", "[core][resources]")
{
    EventLoop loop(EventLoop::Recording::Off);
    loop.run_until_complete(uses_everything(loop));
    CHECK(loop.trace() == nullptr);
    CHECK(loop.time() == EventLoop(EventLoop::Recording::Off).time() + to_seconds(trace_of(uses_everything)->end_time()));
}

TEST_CASE("what a primitive was before a run began is part of the run's first state", "[core][snapshot][resources]")
{
    Queue<int> queue(0, "stock");
    Event open("open");
    queue.put_nowait(1); // where no loop runs, nobody hears of it
    queue.put_nowait(2);
    open.set();
    for (int round = 0; round < 2; ++round) { // and again with a loop of its own
        EventLoop loop;
        const auto trace = loop.trace();
        loop.run_until_complete([](Queue<int>& stock, Event& door) -> Coro<void> {
            (void)co_await stock.get();
            door.clear();
            stock.put_nowait(3);
            door.set();
        }(queue, open));
        const std::size_t taken = all<ItemTaken>(*trace).at(0);
        const auto after = only<QueueSnapshot>(plain_fold(*trace, taken + 1));
        CHECK(after.items == 1);
        CHECK(after.unfinished == 2 + static_cast<std::uint32_t>(round));
        CHECK(trace->resource(ResourceId{2}).count == 1); // the event was set
        CHECK(only<QueueSnapshot>(plain_fold(*trace, trace->size())).items == 2);
    }
}

// ---- the rebuilt state beside the live one ----

namespace {

class SeenSemaphore final : public Semaphore {
public:
    using Semaphore::Semaphore;
    [[nodiscard]] int value() const { return value_; }
};

/// All that a program of the dice shares, alive.
struct Shared {
    explicit Shared(std::uint32_t seed) : state(seed) {}

    int dice(int sides)
    {
        state = (state * 1103515245u + 12345u) & 0x7fffffffu;
        return static_cast<int>((state >> 8) % static_cast<std::uint32_t>(sides));
    }

    std::uint32_t state;
    Lock lock{"lock"};
    TaskBase* owner = nullptr;
    SeenSemaphore places{2, "places"};
    Event bell{"bell"};
    Condition news{"news"};
    Barrier gate{3, "gate"};
    Queue<int> queue{2, "queue"};
    Watched<int> value{"value", 0};
    std::vector<Task<void>> tasks;
};

Coro<void> hold_the_lock(Shared& s)
{
    co_await s.lock.acquire();
    s.owner = get_running_loop().current_task();
    const auto give_back = [&] {
        s.owner = nullptr;
        s.lock.release();
    };
    co_await try_finally(naps(0.1 * s.dice(3)), give_back);
}

Coro<void> take_a_place(Shared& s)
{
    auto block = [&]() -> Coro<void> { co_await sleep(0.1 * s.dice(4)); };
    co_await async_with(s.places, block());
}

Coro<void> meet(Shared& s)
{
    try {
        (void)co_await s.gate.wait();
    } catch (const BrokenBarrierError&) {
    }
}

Coro<void> hear_news(Shared& s)
{
    auto block = [&]() -> Coro<void> {
        if (s.dice(2) == 0)
            s.news.notify(1 + static_cast<std::size_t>(s.dice(2)));
        else
            co_await s.news.wait();
    };
    co_await async_with(s.news, block());
}

Coro<void> do_something(Shared& s)
{
    switch (s.dice(13)) {
    case 0: co_await hold_the_lock(s); break;
    case 1: co_await take_a_place(s); break;
    case 2: s.dice(2) == 0 ? s.bell.set() : s.bell.clear(); break;
    case 3: co_await s.bell.wait(); break;
    case 4: co_await meet(s); break;
    case 5: co_await s.queue.put(s.dice(9)); break;
    case 6: (void)co_await s.queue.get(); break;
    case 7:
        try {
            s.queue.task_done();
        } catch (const ValueError&) {
        }
        break;
    case 8: co_await hear_news(s); break;
    case 9: s.value = s.dice(100); break;
    case 10:
        if (s.dice(5) == 0)
            s.tasks[static_cast<std::size_t>(s.dice(static_cast<int>(s.tasks.size())))].cancel();
        break;
    case 11:
        if (s.dice(4) == 0)
            co_await s.gate.reset();
        break;
    default: co_await sleep(0.1 * s.dice(3)); break;
    }
}

Coro<void> act(Shared& s)
{
    for (int i = 0; i < 40; ++i) {
        try {
            co_await wait_for(do_something(s), 0.05 + 0.1 * s.dice(8));
        } catch (const TimeoutError&) {
        }
    }
}

Coro<void> play(Shared& s)
{
    for (int i = 0; i < 6; ++i)
        s.tasks.push_back(create_task(act(s), "t" + std::to_string(i)));
    co_await wait(s.tasks);
}

const ResourceSnapshot* find(const Trace& trace, const Snapshot& state, ResourceKind kind, std::string_view label)
{
    for (const ResourceSnapshot& resource : state.resources)
        if (trace.resource(resource.id).kind == kind && trace.resource(resource.id).label == label)
            return &resource;
    return nullptr;
}

void compare(const Trace& trace, const Snapshot& state, const Shared& live)
{
    if (const auto* lock = find(trace, state, ResourceKind::Lock, "lock")) {
        const auto& seen = std::get<LockSnapshot>(lock->state);
        REQUIRE(seen.locked == live.lock.locked());
        REQUIRE(seen.owner == (live.owner ? live.owner->task_id() : TaskId{}));
    } else {
        REQUIRE_FALSE(live.lock.locked());
    }
    if (const auto* places = find(trace, state, ResourceKind::Semaphore, "places"))
        REQUIRE(static_cast<int>(std::get<SemaphoreSnapshot>(places->state).free) == live.places.value());
    if (const auto* bell = find(trace, state, ResourceKind::Event, "bell"))
        REQUIRE(std::get<EventSnapshot>(bell->state).set == live.bell.is_set());
    if (const auto* news = find(trace, state, ResourceKind::Lock, "news"))
        REQUIRE(std::get<LockSnapshot>(news->state).locked == live.news.locked());
    if (const auto* gate = find(trace, state, ResourceKind::Barrier, "gate")) {
        const auto& seen = std::get<BarrierSnapshot>(gate->state);
        const bool filling = seen.phase == BarrierSnapshot::Phase::Filling;
        REQUIRE(static_cast<int>(filling ? seen.inside : 0) == live.gate.n_waiting());
    }
    if (const auto* queue = find(trace, state, ResourceKind::Queue, "queue"))
        REQUIRE(std::get<QueueSnapshot>(queue->state).items == live.queue.qsize());
    if (!state.values.empty())
        REQUIRE(state.values[0].text == text_of(live.value.value()));
    for (const Task<void>& task : live.tasks)
        REQUIRE(state.task(task.base().task_id()).cancel_requests == task.cancelling());
    // Who waits somewhere is suspended there or was woken; nobody stands in two places.
    std::size_t waiting = 0;
    for (const ResourceSnapshot& resource : state.resources)
        for (const WaiterSnapshot& waiter : resource.waiters) {
            const TaskSnapshot& task = state.task(waiter.task);
            REQUIRE(task.queues_at == resource.id);
            REQUIRE(task.state == (waiter.woken ? TaskState::Ready : TaskState::Waiting));
            ++waiting;
        }
    for (const TaskSnapshot& task : state.tasks)
        waiting -= task.queues_at ? 1 : 0;
    REQUIRE(waiting == 0);
}

} // namespace

TEST_CASE("the trace alone rebuilds what the live objects say, after every handle", "[core][snapshot][resources]")
{
    std::size_t compared = 0;
    for (std::uint32_t seed = 1; seed <= 60; ++seed) {
        EventLoop loop;
        const std::shared_ptr<const Trace> trace = loop.trace();
        Shared shared(seed);
        const Task<void> main = loop.create_task(play(shared));
        loop.stop_when_done(*main.state());
        Snapshot state;
        for (auto stepped = EventLoop::Stepped::Ran; stepped != EventLoop::Stepped::Stopped;) {
            stepped = loop.step();
            REQUIRE(stepped != EventLoop::Stepped::Stuck);
            while (state.step < trace->size())
                apply(state, *trace);
            INFO("seed " << seed << ", fact " << state.step);
            compare(*trace, state, shared);
            ++compared;
        }
        const Replay replay(trace, 7);
        Snapshot plain;
        while (plain.step < trace->size()) {
            REQUIRE(replay.at(plain.step) == plain);
            apply(plain, *trace);
        }
    }
    CHECK(compared > 8'000);
}

} // namespace loopscope
