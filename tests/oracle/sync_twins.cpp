#include "tests/oracle/twin.h"

#include <exception>
#include <string>
#include <utility>
#include <vector>

namespace loopscope::oracle {
namespace {

// ---- locks ----

Coro<void> lock_free_one_is_taken_inline()
{
    Lock lock;
    get_running_loop().call_soon([] { log("a turn of the loop"); });
    auto block = [&]() -> Coro<void> {
        log("locked " + truth(lock.locked()));
        co_return;
    };
    co_await async_with(lock, block());
    log("locked " + truth(lock.locked()));
    co_await sleep(0);
}

Coro<void> two_seconds_inside(std::string name, Lock& lock)
{
    auto block = [&]() -> Coro<void> {
        log(name + " holds");
        co_await sleep(2);
    };
    co_await async_with(lock, block());
}

Coro<void> lock_cancelled_waiter_is_skipped()
{
    Lock lock;
    std::vector<Task<>> tasks;
    for (const char* name : {"a", "b", "c"})
        tasks.push_back(create_task(two_seconds_inside(name, lock)));
    co_await sleep(1);
    tasks[1].cancel();
    log("b cancelled");
    co_await wait(tasks);
    log("locked " + truth(lock.locked()));
}

Coro<void> lock_release_of_a_free_one()
{
    Lock lock;
    try {
        lock.release();
    } catch (const RuntimeError& error) {
        log(error.type() + ": " + error.what());
    }
    co_return;
}

Coro<void> holder_that_may_fail(std::string name, Lock& lock, bool fails)
{
    auto block = [&]() -> Coro<void> {
        log(name + " holds");
        co_await sleep(1);
        if (fails)
            throw ValueError(name);
    };
    co_await async_with(lock, block());
}

Coro<void> lock_held_through_an_exception()
{
    Lock lock;
    std::vector<Coro<void>> workers;
    workers.push_back(holder_that_may_fail("a", lock, true));
    workers.push_back(holder_that_may_fail("b", lock, false));
    workers.push_back(holder_that_may_fail("c", lock, true));
    auto all = gather(return_exceptions, std::move(workers));
    const auto results = co_await all;
    std::string types;
    for (const auto& result : results) {
        types += types.empty() ? "" : " ";
        types += result ? "NoneType" : describe_error(result.error).type;
    }
    log(types);
}

Coro<void> holder_for_a_turn(std::string name, Lock& lock)
{
    auto block = [&]() -> Coro<void> {
        log(name + " holds");
        co_await sleep(0);
        log(name + " gives back");
    };
    co_await async_with(lock, block());
}

Coro<void> ticker(int ticks)
{
    for (int tick = 0; tick < ticks; ++tick) {
        log("tick " + std::to_string(tick));
        co_await sleep(0);
    }
}

Coro<void> lock_hand_over_takes_one_iteration()
{
    Lock lock;
    auto all = gather(holder_for_a_turn("a", lock), holder_for_a_turn("b", lock), ticker(6),
                      holder_for_a_turn("c", lock));
    co_await all;
}

// ---- events ----

Coro<void> event_waiter(std::string name, Event& event)
{
    co_await event.wait();
    log(name + " woke");
}

Coro<void> event_wakes_all_in_order()
{
    Event event;
    std::vector<Task<>> tasks;
    for (const char* name : {"a", "b", "c"})
        tasks.push_back(create_task(event_waiter(name, event)));
    co_await sleep(1);
    event.set();
    log("set");
    for (const Task<>& task : tasks)
        co_await task;
}

Coro<void> waits_twice(Event& event)
{
    co_await event.wait();
    log("woke, set " + truth(event.is_set()));
    co_await event.wait();
    log("woke again");
}

Coro<void> event_set_and_cleared_at_once()
{
    Event event;
    Task<> task = create_task(waits_twice(event));
    co_await sleep(1);
    event.set();
    event.clear();
    co_await sleep(1);
    event.set();
    co_await task;
}

Coro<void> waits_in_vain(Event& event)
{
    co_await event.wait();
}

Coro<void> event_never_set()
{
    Event event;
    create_task(waits_in_vain(event), "first waiter");
    co_await sleep(3);
    log("main waits too");
    co_await event.wait();
}

// ---- conditions ----

Coro<void> waits_to_be_notified(std::string name, Condition& cond)
{
    auto block = [&]() -> Coro<void> {
        co_await cond.wait();
        log(name + " notified");
        co_await sleep(0.5);
    };
    co_await async_with(cond, block());
}

Coro<void> cond_notify_n()
{
    Condition cond;
    std::vector<Task<>> tasks;
    for (const char* name : {"a", "b", "c", "d"})
        tasks.push_back(create_task(waits_to_be_notified(name, cond)));
    co_await sleep(1);
    auto notify_two = [&]() -> Coro<void> {
        cond.notify(2);
        log("two notified, the lock still held");
        co_await sleep(1);
    };
    co_await async_with(cond, notify_two());
    co_await sleep(3);
    auto notify_all = [&]() -> Coro<void> {
        cond.notify_all();
        co_return;
    };
    co_await async_with(cond, notify_all());
    co_await wait(tasks);
}

Coro<void> notes_its_cancellation(Condition& cond)
{
    auto block = [&]() -> Coro<void> {
        try {
            co_await cond.wait();
        } catch (const CancelledError&) {
            log("cancelled, locked " + truth(cond.locked()));
            throw;
        }
    };
    co_await async_with(cond, block());
}

Coro<void> cond_cancelled_waiter_takes_the_lock_first()
{
    Condition cond;
    Task<> task = create_task(notes_its_cancellation(cond));
    co_await sleep(1);
    auto block = [&]() -> Coro<void> {
        task.cancel();
        log("asked");
        co_await sleep(2);
        log("gives the lock back");
    };
    co_await async_with(cond, block());
    const std::vector<Task<>> tasks(1, task);
    co_await wait(tasks);
    log("cancelled " + truth(task.cancelled()));
}

Coro<void> cond_needs_the_lock()
{
    Condition cond;
    try {
        co_await cond.wait();
    } catch (const RuntimeError& error) {
        log("wait: " + error.type());
    }
    try {
        cond.notify();
    } catch (const RuntimeError& error) {
        log("notify: " + error.type());
    }
}

// ---- semaphores ----

Coro<void> takes_and_gives_back(std::string name, Semaphore& sem)
{
    co_await sem.acquire();
    log(name + " got it");
    sem.release();
}

Coro<void> sem_newcomer_queues_up()
{
    Semaphore sem(1);
    co_await sem.acquire();
    std::vector<Task<>> tasks;
    for (const char* name : {"a", "b"})
        tasks.push_back(create_task(takes_and_gives_back(name, sem)));
    co_await sleep(0);
    sem.release();
    log("released, locked " + truth(sem.locked()));
    co_await sem.acquire();
    log("main got it again");
    sem.release();
    co_await wait(tasks);
}

Coro<void> goes_in(std::string name, Semaphore& sem)
{
    auto block = [&]() -> Coro<void> {
        log(name + " in");
        co_return;
    };
    co_await async_with(sem, block());
}

Coro<void> sem_woken_waiter_is_cancelled()
{
    Semaphore sem(1);
    co_await sem.acquire();
    Task<> b = create_task(goes_in("b", sem));
    Task<> c = create_task(goes_in("c", sem));
    co_await sleep(0);
    sem.release();
    b.cancel();
    const std::vector<Task<>> tasks = {b, c};
    co_await wait(tasks);
    log("b cancelled " + truth(b.cancelled()) + ", locked " + truth(sem.locked()));
}

Coro<void> sem_negative_start()
{
    try {
        Semaphore sem(-1);
    } catch (const ValueError& error) {
        log(error.type() + ": " + error.what());
    }
    co_return;
}

Coro<void> goes_in_and_stays(std::string name, Semaphore& sem)
{
    co_await sem.acquire();
    log(name + " in");
}

Coro<void> sem_many_releases_at_once()
{
    Semaphore sem(0);
    std::vector<Task<>> tasks;
    for (const char* name : {"a", "b", "c", "d"})
        tasks.push_back(create_task(goes_in_and_stays(name, sem)));
    co_await sleep(1);
    for (int i = 0; i < 3; ++i)
        sem.release();
    log("released three");
    co_await sleep(1);
    sem.release();
    co_await wait(tasks);
}

// ---- barriers ----

Coro<void> runner(std::string name, double delay, Barrier& barrier)
{
    co_await sleep(delay);
    log(name + " arrives");
    const int place = co_await barrier.wait();
    log(name + " passes as " + std::to_string(place));
}

Coro<void> barrier_opens_for_all()
{
    Barrier barrier(3);
    auto all = gather(runner("a", 2, barrier), runner("b", 1, barrier), runner("c", 3, barrier));
    co_await all;
}

Coro<void> runner_that_may_leave(std::string name, double delay, Barrier& barrier)
{
    co_await sleep(delay);
    log(name + " arrives");
    try {
        co_await barrier.wait();
        log(name + " passes");
    } catch (const CancelledError&) {
        log(name + " cancelled, waiting " + std::to_string(barrier.n_waiting()));
        throw;
    }
}

Coro<void> barrier_cancelled_waiter()
{
    Barrier barrier(2);
    std::vector<Task<>> tasks;
    tasks.push_back(create_task(runner_that_may_leave("a", 1, barrier)));
    tasks.push_back(create_task(runner_that_may_leave("b", 3, barrier)));
    tasks.push_back(create_task(runner_that_may_leave("c", 5, barrier)));
    co_await sleep(2);
    tasks[0].cancel();
    co_await wait(tasks);
    log("broken " + truth(barrier.broken()));
}

Coro<void> runner_that_may_be_thrown_out(std::string name, double delay, Barrier& barrier)
{
    co_await sleep(delay);
    try {
        co_await barrier.wait();
        log(name + " passes");
    } catch (const BrokenBarrierError&) {
        log(name + " is thrown out");
    }
}

Coro<void> barrier_reset()
{
    Barrier barrier(2);
    std::vector<Task<>> tasks;
    tasks.push_back(create_task(runner_that_may_be_thrown_out("a", 1, barrier)));
    tasks.push_back(create_task(runner_that_may_be_thrown_out("b", 3, barrier)));
    tasks.push_back(create_task(runner_that_may_be_thrown_out("c", 4, barrier)));
    co_await sleep(2);
    co_await barrier.reset();
    log("reset, broken " + truth(barrier.broken()));
    co_await wait(tasks);
}

// ---- queues ----

Coro<void> queue_is_fifo()
{
    Queue<std::string> queue;
    for (const char* item : {"one", "two", "three"})
        co_await queue.put(item);
    get_running_loop().call_soon([] { log("a turn of the loop"); });
    for (int i = 0; i < 3; ++i) {
        const std::string item = co_await queue.get();
        log(item + ", left " + std::to_string(queue.qsize()));
    }
    co_await sleep(0);
}

Coro<void> putter(std::string name, Queue<std::string>& queue)
{
    co_await queue.put(name);
    log(name + " is in");
}

Coro<void> queue_full_one_blocks_put()
{
    Queue<std::string> queue(1);
    std::vector<Task<>> tasks;
    for (const char* name : {"a", "b", "c"})
        tasks.push_back(create_task(putter(name, queue)));
    for (int i = 0; i < 3; ++i) {
        co_await sleep(1);
        const std::string item = co_await queue.get();
        log("took " + item + ", full " + truth(queue.full()));
    }
    co_await wait(tasks);
}

Coro<void> works_for_ever(Queue<int>& queue)
{
    for (;;) {
        const int item = co_await queue.get();
        co_await sleep(item);
        log("did " + std::to_string(item));
        queue.task_done();
    }
}

Coro<void> queue_join()
{
    Queue<int> queue;
    for (int item : {3, 1, 2, 1})
        queue.put_nowait(item);
    std::vector<Task<>> workers;
    for (int i = 0; i < 2; ++i)
        workers.push_back(create_task(works_for_ever(queue)));
    co_await queue.join();
    log("all done");
    for (const Task<>& worker : workers)
        worker.cancel();
    auto all = gather(return_exceptions, workers);
    const auto results = co_await all;
    log(describe_error(results[0].error).type + " " + describe_error(results[1].error).type);
}

Coro<void> named_getter(std::string name, Queue<std::string>& queue)
{
    const std::string item = co_await queue.get();
    log(name + " got " + item);
}

Coro<void> queue_cancelled_getter()
{
    Queue<std::string> queue;
    Task<> a = create_task(named_getter("a", queue));
    Task<> b = create_task(named_getter("b", queue));
    co_await sleep(1);
    a.cancel();
    queue.put_nowait("item");
    const std::vector<Task<>> tasks = {a, b};
    co_await wait(tasks);
    log("a cancelled " + truth(a.cancelled()) + ", left " + std::to_string(queue.qsize()));
}

Coro<void> getter(Queue<std::string>& queue)
{
    const std::string item = co_await queue.get();
    log("getter got " + item);
}

Coro<void> queue_item_taken_by_a_newcomer()
{
    Queue<std::string> queue;
    Task<> task = create_task(getter(queue));
    co_await sleep(1);
    queue.put_nowait("first");
    log("main took " + queue.get_nowait());
    co_await sleep(1);
    queue.put_nowait("second");
    co_await task;
}

using Prioritised = std::pair<int, std::string>;

Coro<void> takes_what_is_urgent(PriorityQueue<Prioritised>& queue)
{
    while (!queue.empty()) {
        const Prioritised item = co_await queue.get();
        log(std::to_string(item.first) + " " + item.second);
        co_await sleep(1);
    }
}

Coro<void> queue_priority()
{
    PriorityQueue<Prioritised> queue;
    queue.put_nowait({3, "low"});
    queue.put_nowait({1, "high"});
    queue.put_nowait({2, "middle"});
    queue.put_nowait({1, "also high"});
    Task<> task = create_task(takes_what_is_urgent(queue));
    co_await sleep(1.5);
    queue.put_nowait({0, "urgent"});
    co_await task;
}

Coro<void> producer_of_two(Queue<int>& queue)
{
    for (int item = 0; item < 2; ++item) {
        co_await queue.put(item);
        co_await sleep(1);
    }
    log("producer is gone");
}

Coro<void> queue_getter_without_putter()
{
    Queue<int> queue;
    create_task(producer_of_two(queue), "producer");
    for (;;) {
        const int item = co_await queue.get();
        log("item " + std::to_string(item));
    }
}

Coro<void> gets_three(Queue<int>& queue)
{
    for (int i = 0; i < 3; ++i) {
        const int item = co_await queue.get();
        log("got " + std::to_string(item));
    }
}

Coro<void> queue_hand_over_takes_one_iteration()
{
    Queue<int> queue;
    Task<> task = create_task(gets_three(queue));
    co_await sleep(1);
    Task<> ticking = create_task(ticker(3));
    for (int item = 0; item < 3; ++item)
        queue.put_nowait(item);
    log("size " + std::to_string(queue.qsize()));
    auto both = gather(task, ticking);
    co_await both;
}

} // namespace

std::vector<Twin> sync_twins()
{
    return {
        {"079_lock_free_one_is_taken_inline", lock_free_one_is_taken_inline},
        {"080_lock_cancelled_waiter_is_skipped", lock_cancelled_waiter_is_skipped},
        {"081_lock_release_of_a_free_one", lock_release_of_a_free_one},
        {"082_lock_held_through_an_exception", lock_held_through_an_exception},
        {"083_lock_hand_over_takes_one_iteration", lock_hand_over_takes_one_iteration},
        {"084_event_wakes_all_in_order", event_wakes_all_in_order},
        {"085_event_set_and_cleared_at_once", event_set_and_cleared_at_once},
        {"086_event_never_set", event_never_set},
        {"087_cond_notify_n", cond_notify_n},
        {"088_cond_cancelled_waiter_takes_the_lock_first",
         cond_cancelled_waiter_takes_the_lock_first},
        {"089_cond_needs_the_lock", cond_needs_the_lock},
        {"090_sem_newcomer_queues_up", sem_newcomer_queues_up},
        {"091_sem_woken_waiter_is_cancelled", sem_woken_waiter_is_cancelled},
        {"092_sem_negative_start", sem_negative_start},
        {"093_sem_many_releases_at_once", sem_many_releases_at_once},
        {"094_barrier_opens_for_all", barrier_opens_for_all},
        {"095_barrier_cancelled_waiter", barrier_cancelled_waiter},
        {"096_barrier_reset", barrier_reset},
        {"097_queue_is_fifo", queue_is_fifo},
        {"098_queue_full_one_blocks_put", queue_full_one_blocks_put},
        {"099_queue_join", queue_join},
        {"100_queue_cancelled_getter", queue_cancelled_getter},
        {"101_queue_item_taken_by_a_newcomer", queue_item_taken_by_a_newcomer},
        {"102_queue_priority", queue_priority},
        {"103_queue_getter_without_putter", queue_getter_without_putter},
        {"104_queue_hand_over_takes_one_iteration", queue_hand_over_takes_one_iteration},
    };
}

} // namespace loopscope::oracle
