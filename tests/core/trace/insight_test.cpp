#include "tests/core/trace/sample_runs.h"
#include "tests/support/catch.h"
#include "tests/support/run_scenario.h"

#include "core/trace/insight.h"

namespace loopscope {
namespace {

using Kind = Insight::Kind;
using Sentences = std::vector<std::string>;

struct Ran {
    std::shared_ptr<const Trace> trace;
    std::vector<Insight> insights;
};

Ran run_story(Coro<void> (*story)(), RunLimits limits = {})
{
    const tests::Ran ran = tests::run_main(story, limits);
    return {ran.trace, insights_of(*ran.trace)};
}

/// What a story shows; lines are wherever they are.
Sentences told(Coro<void> (*story)())
{
    Sentences sentences;
    for (const Insight& insight : run_story(story).insights) {
        std::string text = insight.sentence;
        for (std::size_t at = text.find(" at line "); at != std::string::npos; at = text.find(" at line "))
            text.erase(at, text.find_first_not_of("0123456789", at + 9) - at);
        sentences.push_back(text);
    }
    return sentences;
}

Coro<void> nap(double delay) { co_await sleep(delay); }

Coro<void> fail(double delay = 0.5)
{
    co_await sleep(delay);
    throw ValueError("boom");
}

// ---- coroutines ----

Coro<void> forgets_to_await()
{
    {
        const Coro<void> forgotten = nap(1.0);
    }
    co_await sleep(1.0);
}

Coro<void> holds(Lock& lock, double time)
{
    auto block = [&]() -> Coro<void> { co_await sleep(time); };
    co_await async_with(lock, block());
}

Coro<void> never_enters_a_block()
{
    Lock lock;
    const Task<void> a = create_task(holds(lock, 2.0), "a");
    const Task<void> b = create_task(holds(lock, 1.0), "b");
    co_await sleep(1.0);
    b.cancel();
    const std::vector<Task<void>> both{a, b};
    co_await wait(both);
}

Coro<void> asks_a_closed_group()
{
    TaskGroup group;
    auto block = []() -> Coro<void> { co_return; };
    co_await async_with(group, block());
    try {
        group.create_task(nap(1.0));
    } catch (const RuntimeError&) {
    }
}

// ---- failures ----

Coro<void> leaves_a_failure_alone()
{
    const Task<void> lonely = create_task(fail(), "lonely");
    co_await sleep(1.0);
}

std::vector<Task<void>> kept;

Coro<void> keeps_a_failure_for_later()
{
    kept.push_back(create_task(fail(), "kept"));
    co_await sleep(1.0);
}

Coro<void> gathers_two_failures()
{
    const auto together = gather(fail(0.5), fail(1.0));
    try {
        co_await together;
    } catch (const ValueError&) {
    }
    co_await sleep(1.0);
}

Coro<void> forgets_a_gather()
{
    const auto together = gather(fail(0.5), nap(0.1));
    co_await sleep(1.0);
}

Coro<void> looks_at_a_failure()
{
    const Task<void> task = create_task(fail());
    const std::vector<Task<void>> one{task};
    co_await wait(one);
    (void)task.exception();
}

Coro<void> waits_without_looking()
{
    const Task<void> task = create_task(fail(), "unseen");
    const std::vector<Task<void>> one{task};
    co_await wait(one);
}

Coro<void> fails_in_a_group()
{
    TaskGroup group;
    auto block = [&]() -> Coro<void> {
        group.create_task(fail(), "weak");
        group.create_task(nap(9.0), "strong");
        co_return;
    };
    try {
        co_await async_with(group, block());
    } catch (const ExceptionGroup&) {
    }
}

Coro<void> fails_itself()
{
    co_await sleep(1.0);
    throw ValueError("main");
}

Coro<void> fails_when_it_is_stopped()
{
    try {
        co_await sleep(9.0);
    } catch (const CancelledError&) {
        throw ValueError("in the clean-up");
    }
}

Coro<void> ends_with_a_failing_leftover()
{
    create_task(fails_when_it_is_stopped(), "worker");
    co_await sleep(1.0);
}

// ---- the end ----

Coro<void> forgets_a_task()
{
    create_task(nap(9.0), "saver");
    co_await sleep(1.0);
}

Coro<void> cancels_on_purpose()
{
    const Task<void> ticker = create_task(nap(9.0), "ticker");
    co_await sleep(1.0);
    ticker.cancel();
}

Coro<void> makes_a_task_too_late()
{
    get_running_loop().call_later(1.0, [] { create_task(nap(1.0), "late"); });
    co_await sleep(1.0);
    get_running_loop().call_soon([] { create_task(nap(1.0), "later"); });
}

Coro<void> waits_in_a_queue_that_is_left()
{
    auto queue = std::make_shared<Queue<int>>(0, "jobs");
    auto worker = [](std::shared_ptr<Queue<int>> jobs) -> Coro<void> { (void)co_await jobs->get(); };
    create_task(worker(queue), "worker");
    co_await sleep(1.0);
}

Coro<void> makes_tasks_while_ending_inner()
{
    try {
        co_await sleep(9.0);
    } catch (const CancelledError&) {
        create_task(nap(9.0), "orphan");
    }
}
Coro<void> makes_tasks_while_ending()
{
    create_task(makes_tasks_while_ending_inner(), "parent");
    co_await sleep(1.0);
}

// ---- turns ----

Coro<void> computes_for_long()
{
    const Task<void> first = create_task(nap(1.0), "first");
    const Task<void> second = create_task(nap(5.0), "second");
    co_await sleep(0);
    cpu(2.5);
    co_await second;
}

Coro<void> computes_alone()
{
    cpu(0.1);
    co_await sleep(0);
}

Coro<void> computes_just_short_of_it()
{
    for (int i = 0; i < 3; ++i) {
        cpu(0.0999);
        co_await sleep(0);
    }
}

Coro<void> computes_in_a_callback()
{
    get_running_loop().call_soon([] { block(0.3); }, "resize");
    co_await sleep(0);
}

Coro<void> makes_ready_after_computing()
{
    cpu(1.0);
    const Task<void> late = create_task(nap(0), "late"); // has not waited for a moment
    co_await late;
}

Coro<void> makes_ready_before_computing()
{
    const Task<void> early = create_task(nap(0), "early");
    cpu(1.0);
    co_await early;
}

Coro<void> never_ends()
{
    create_task(nap(9.0), "patient");
    for (;;)
        co_await sleep(0);
}

// ---- deadlocks ----

Coro<void> take_both(Lock& first, Lock& second)
{
    co_await first.acquire();
    co_await sleep(1.0);
    co_await second.acquire();
}

Coro<void> locks_crosswise()
{
    Lock left("left");
    Lock right("right");
    const Task<void> a = create_task(take_both(left, right), "a");
    const Task<void> b = create_task(take_both(right, left), "b");
    const auto both = gather(a, b);
    co_await both;
}

Coro<void> locks_in_a_ring()
{
    Lock one("one");
    Lock two("two");
    Lock three("three");
    std::vector<Task<void>> ring;
    ring.push_back(create_task(take_both(one, two), "a"));
    ring.push_back(create_task(take_both(two, three), "b"));
    ring.push_back(create_task(take_both(three, one), "c"));
    co_await wait(ring);
}

Coro<void> keeps_a_lock(Lock& lock) { co_await lock.acquire(); }

Coro<void> inherits_a_lock()
{
    Lock lock;
    co_await create_task(keeps_a_lock(lock), "selfish");
    co_await lock.acquire();
}

Coro<void> awaits_each_other_inner(std::shared_ptr<Future<void>> slot) { co_await *slot; }

Coro<void> awaits_each_other()
{
    auto slot = std::make_shared<Future<void>>();
    const Task<void> a = create_task(awaits_each_other_inner(slot), "a");
    auto parts = [](Future<void> task) -> Coro<void> {
        const auto gathered = gather(task);
        co_await gathered;
    };
    const Task<void> b = create_task(parts(a), "b");
    *slot = b;
    co_await b;
}

Coro<void> takes_a_place_twice()
{
    Semaphore places(1, "desk");
    co_await places.acquire();
    co_await places.acquire();
}

Coro<void> waits_in_its_own_group()
{
    TaskGroup group;
    Lock lock;
    auto member = [&]() -> Coro<void> { co_await lock.acquire(); };
    auto block = [&]() -> Coro<void> {
        co_await lock.acquire();
        group.create_task(member(), "member");
    };
    co_await async_with(group, block());
}

Coro<void> meets_nobody()
{
    Barrier barrier(3, "start");
    (void)co_await barrier.wait();
}

Coro<void> fills_a_queue()
{
    Queue<int> queue(1, "orders");
    co_await queue.put(1);
    co_await queue.put(2);
}

Coro<void> waits_with_others()
{
    Event door("door");
    auto waits = [&]() -> Coro<void> { co_await door.wait(); };
    std::vector<Task<void>> tasks;
    for (const char* name : {"a", "b"})
        tasks.push_back(create_task(waits(), name));
    co_await tasks[0];
}

} // namespace

TEST_CASE("a coroutine that nobody awaited is found", "[core][insight]")
{
    CHECK(told(forgets_to_await)
          == Sentences{"nap() was called, but its coroutine was never awaited, so nothing of it ran."});
    const Ran ran = run_story(forgets_to_await);
    CHECK(ran.insights.at(0).kind == Kind::NeverAwaited);
    CHECK(ran.insights.at(0).task == TaskId{1});
    CHECK(std::holds_alternative<CoroutineNeverAwaited>((*ran.trace)[ran.insights.at(0).step].fact));
}

TEST_CASE("a block that was not entered, and a coroutine that a closed group refuses, are nobody's slip", "[core][insight]")
{
    CHECK(told(never_enters_a_block).empty());
    CHECK(told(asks_a_closed_group).empty());
}

TEST_CASE("a failure that nobody took notice of is found where it happened", "[core][insight]")
{
    CHECK(told(leaves_a_failure_alone)
          == Sentences{"lonely failed with ValueError: boom, and nobody ever took notice of the exception."});
    CHECK(told(waits_without_looking)
          == Sentences{"unseen failed with ValueError: boom, and nobody ever took notice of the exception."});
    const Ran ran = run_story(leaves_a_failure_alone);
    CHECK(ran.insights.at(0).severity == Insight::Severity::Error);
    CHECK(std::holds_alternative<TaskFailed>((*ran.trace)[ran.insights.at(0).step].fact));
}

TEST_CASE("a failure is lost also when the task outlives its loop", "[core][insight]")
{
    CHECK(told(keeps_a_failure_for_later)
          == Sentences{"kept failed with ValueError: boom, and nobody ever took notice of the exception."});
    kept.clear();
}

TEST_CASE("a failure that somebody looked at is not lost", "[core][insight]")
{
    CHECK(told(gathers_two_failures).empty()); // a gather looks at all its children
    CHECK(told(looks_at_a_failure).empty());
    CHECK(told(fails_in_a_group).empty());
    CHECK(told(fails_itself).empty()); // it is what the program ended with
}

TEST_CASE("a gather that nobody awaits keeps its failure to itself", "[core][insight]")
{
    CHECK(told(forgets_a_gather)
          == Sentences{"gather(fail, nap) failed, and nobody ever took notice of the exception."});
}

TEST_CASE("a task that the end of the program cut off is found, with where it stood", "[core][insight]")
{
    CHECK(told(forgets_a_task)
          == Sentences{"saver had not ended when main did, so it was asked to stop, during its sleep of 9.0 s."});
    CHECK(told(waits_in_a_queue_that_is_left)
          == Sentences{"worker had not ended when main did, so it was asked to stop, while it awaited an item of the "
                       "queue jobs."});
    CHECK(told(ends_with_a_failing_leftover)
          == Sentences{"worker had not ended when main did, so it was asked to stop, during its sleep of 9.0 s.",
                       "worker failed with ValueError: in the clean-up, and nobody ever took notice of the exception."});
}

TEST_CASE("a task that was cancelled on purpose was not cut off", "[core][insight]")
{
    CHECK(told(cancels_on_purpose).empty());
}

TEST_CASE("a task that came too late never ran", "[core][insight]")
{
    CHECK(told(makes_a_task_too_late)
          == Sentences{"late had not ended when main did, so it was asked to stop, during its sleep of 1.0 s.",
                       "later had not begun when main did, so it was stopped without having run a line."});
}

TEST_CASE("a task that was made during the end is left behind", "[core][insight]")
{
    CHECK(told(makes_tasks_while_ending)
          == Sentences{"parent had not ended when main did, so it was asked to stop, during its sleep of 9.0 s.",
                       "orphan had not ended when the loop was closed, and goes no further, during its sleep of 9.0 s."});
}

TEST_CASE("a turn that holds the loop says for how long and who had to wait", "[core][insight]")
{
    CHECK(told(computes_for_long)
          == Sentences{"main held the loop for 2.5 s in one turn, and first had to wait meanwhile."});
    CHECK(told(computes_alone) == Sentences{"main held the loop for 0.1 s in one turn, though nobody had to wait for it."});
    CHECK(told(computes_in_a_callback)
          == Sentences{"The callback “resize” held the loop for 0.3 s in one turn, and main had to wait meanwhile."});
    const Ran ran = run_story(computes_for_long);
    CHECK(ran.insights.at(0).sentence.find("one turn at line ") != std::string::npos);
    CHECK(run_story(computes_alone).insights.at(0).severity == Insight::Severity::Hint);
}

TEST_CASE("only who was ready before the end of a turn had to wait for it", "[core][insight]")
{
    CHECK(told(makes_ready_after_computing)
          == Sentences{"main held the loop for 1.0 s in one turn, though nobody had to wait for it."});
    CHECK(told(makes_ready_before_computing)
          == Sentences{"main held the loop for 1.0 s in one turn, and early had to wait meanwhile."});
}

TEST_CASE("turns below a tenth of a second are not slow, unless one asks for less", "[core][insight]")
{
    CHECK(told(computes_just_short_of_it).empty());
    CHECK(insights_of(*run_story(computes_just_short_of_it).trace, std::chrono::milliseconds(50)).size() == 3);
}

TEST_CASE("nothing is said of what had still time when a run was stopped", "[core][insight]")
{
    CHECK(run_story(never_ends, RunLimits{.facts = 500}).insights.empty());
}

TEST_CASE("a deadlock is told with its circle of waiters", "[core][insight]")
{
    CHECK(told(locks_crosswise)
          == Sentences{"a waits for the lock right, which b holds, and b waits for the lock left, which a holds, so "
                       "none of them can ever go on."});
    const Ran ran = run_story(locks_crosswise);
    CHECK(ran.insights.at(0).circle == std::vector<TaskId>{TaskId{2}, TaskId{3}});
    CHECK(ran.insights.at(0).kind == Kind::Deadlock);
    CHECK(std::holds_alternative<LoopStuck>((*ran.trace)[ran.insights.at(0).step].fact));
    CHECK(told(locks_in_a_ring)
          == Sentences{"a waits for the lock two, which b holds, b waits for the lock three, which c holds, and c waits "
                       "for the lock one, which a holds, so none of them can ever go on."});
}

TEST_CASE("a circle may go through tasks, gathers, groups and semaphores", "[core][insight]")
{
    CHECK(told(awaits_each_other)
          == Sentences{"a awaits b, and b awaits gather(a) and so a, so none of them can ever go on."});
    CHECK(told(takes_a_place_twice)
          == Sentences{"main waits for a place of the semaphore desk, where it has one itself, so it waits for ever."});
    CHECK(told(waits_in_its_own_group)
          == Sentences{"main waits for the end of its task group and so of member, and member waits for the lock, which "
                       "main holds, so none of them can ever go on."});
}

TEST_CASE("a deadlock without a circle says what is missing", "[core][insight]")
{
    CHECK(told(inherits_a_lock)
          == Sentences{"Nothing can go on: main waits for the lock, which selfish has not released before its end."});
    CHECK(told(meets_nobody)
          == Sentences{"Nothing can go on: main waits at the barrier start, where 1 of 3 parties are and nobody is left to join."});
    CHECK(told(fills_a_queue)
          == Sentences{"Nothing can go on: main waits for room in the queue orders, from which nobody is left to take an item."});
    CHECK(told(waits_with_others)
          == Sentences{"Nothing can go on: main awaits a, and a waits for the event door, which nobody is left to set, as b does."});
}

TEST_CASE("an insight is certain no sooner than the fact that makes it so", "[core][insight]")
{
    const Ran left = run_story(leaves_a_failure_alone);
    REQUIRE(left.insights.size() == 1);
    CHECK(std::holds_alternative<TaskFailed>((*left.trace)[left.insights[0].step].fact));
    CHECK(left.insights[0].known > left.insights[0].step); // somebody might still have asked
}

} // namespace loopscope
