#include "tests/oracle/twin.h"

#include <algorithm>
#include <exception>
#include <string>
#include <utility>
#include <vector>

namespace loopscope::oracle {
namespace {

// ---- coroutines ----

namespace coro_is_lazy {

Coro<int> child()
{
    log("child runs");
    co_return 7;
}

Coro<void> main()
{
    Coro<int> coro = child();
    log("called");
    co_await sleep(0);
    log("still not run");
    const int result = co_await std::move(coro);
    log("result " + std::to_string(result));
}

} // namespace coro_is_lazy

namespace coro_deep_wait_resumes_the_innermost {

Coro<int> down(int depth)
{
    if (depth == 0) {
        co_await sleep(1);
        log("bottom");
        co_return 0;
    }
    const int below = co_await down(depth - 1);
    co_return 1 + below;
}

Coro<void> main()
{
    const Task<int> task = create_task(down(20));
    log("main waits");
    const int depth = co_await task;
    log("depth " + std::to_string(depth));
}

} // namespace coro_deep_wait_resumes_the_innermost

// ---- tasks ----

namespace task_starts_later_and_in_order {

Coro<void> child(int n)
{
    log("child " + std::to_string(n) + " starts");
    co_return;
}

Coro<void> main()
{
    std::vector<Task<void>> tasks;
    for (int n = 0; n < 4; ++n)
        tasks.push_back(create_task(child(n)));
    log("all created");
    co_await tasks[3];
    const bool all = std::all_of(tasks.begin(), tasks.end(), [](const auto& t) { return t.done(); });
    log("last one is done, and all others: " + truth(all));
}

} // namespace task_starts_later_and_in_order

namespace task_never_awaited_still_runs {

Coro<void> brief()
{
    log("short ran");
    co_return;
}

Coro<void> lengthy()
{
    try {
        co_await sleep(100);
    } catch (const CancelledError&) {
        log("long was cancelled");
        throw;
    }
}

Coro<void> main()
{
    create_task(brief());
    create_task(lengthy());
    co_await sleep(1);
    log("main ends");
}

} // namespace task_never_awaited_still_runs

namespace task_leftovers_are_cancelled_in_order {

Coro<void> worker(std::string name, double cleanup)
{
    auto clean_up = [&]() -> Coro<void> {
        log(name + " cleans up");
        co_await sleep(cleanup);
        log(name + " is clean");
    };
    Coro<void> work = sleep(100);
    co_await try_finally(std::move(work), clean_up);
}

Coro<void> main()
{
    create_task(worker("a", 2));
    create_task(worker("b", 1));
    create_task(worker("c", 0));
    co_await sleep(1);
    log("main ends");
}

} // namespace task_leftovers_are_cancelled_in_order

namespace task_result_needs_an_extra_iteration {

Coro<int> child()
{
    get_running_loop().call_soon([] { log("soon, from the child"); });
    log("child ends");
    co_return 1;
}

Coro<void> main()
{
    const Task<int> task = create_task(child());
    const int result = co_await task;
    log("result " + std::to_string(result));
}

} // namespace task_result_needs_an_extra_iteration

namespace task_two_waiters_wake_in_order {

Coro<void> waiter(std::string name, Task<int> task)
{
    log(name + " waits");
    const int result = co_await task;
    log(name + " got " + std::to_string(result));
}

Coro<int> job()
{
    co_await sleep(1);
    log("job ends");
    co_return 42;
}

Coro<void> main()
{
    const Task<int> task = create_task(job());
    std::vector<Task<void>> waiters;
    for (const char* name : {"x", "y", "z"})
        waiters.push_back(create_task(waiter(name, task)));
    co_await sleep(0);
    const int result = co_await task;
    log("main got " + std::to_string(result));
    for (const Task<void>& w : waiters)
        co_await w;
}

} // namespace task_two_waiters_wake_in_order

namespace task_remove_done_callback {

Coro<void> main()
{
    const Task<void> task = create_task(Coro<void>(sleep(1)));
    const Ref<DoneCallback> note = task.add_done_callback([](FutureBase&) { log("note"); });
    task.add_done_callback([](FutureBase&) { log("keep"); });
    task.state()->add_done_callback(note);
    log("removed " + std::to_string(task.remove_done_callback(note)));
    log("removed " + std::to_string(task.remove_done_callback(note)));
    co_await task;
}

} // namespace task_remove_done_callback

namespace task_names_and_current_task {

Coro<void> who(std::string label)
{
    log(label + ": " + get_running_loop().current_task()->name());
    co_return;
}

Coro<void> main()
{
    co_await who("awaited");
    const Task<void> a = create_task(who("plain"));
    const Task<void> b = create_task(who("named"), "worker");
    const Task<void> c = create_task(who("plain again"));
    c.set_name("renamed");
    const Task<void> d = create_task(who("last"));
    const std::vector<Task<void>> all{a, b, c, d};
    for (const Task<void>& task : all)
        co_await task;
    get_running_loop().call_soon([] {
        const TaskBase* task = get_running_loop().current_task();
        log("in a callback: " + (task ? task->name() : "None"));
    });
    co_await sleep(0);
}

} // namespace task_names_and_current_task

namespace task_created_inside_a_task {

Coro<void> leaf(std::string name)
{
    log(name);
    co_return;
}

Coro<void> node(std::string name)
{
    log(name);
    create_task(leaf(name + ".1"));
    create_task(leaf(name + ".2"));
    co_await sleep(0);
    log(name + " again");
}

Coro<void> main()
{
    create_task(node("a"));
    create_task(node("b"));
    for (int turn = 0; turn < 4; ++turn) {
        co_await sleep(0);
        log("turn " + std::to_string(turn));
    }
}

} // namespace task_created_inside_a_task

namespace task_chain_unwinds_one_per_iteration {

Coro<std::string> link(int n, Future<std::string> before)
{
    const std::string result = co_await before;
    log("link " + std::to_string(n));
    co_return result + "." + std::to_string(n);
}

Coro<void> ticker()
{
    for (int tick = 0; tick < 6; ++tick) {
        log("tick " + std::to_string(tick));
        co_await sleep(0);
    }
}

Coro<void> main()
{
    const Future<std::string> gate = get_running_loop().create_future<std::string>();
    Future<std::string> last = gate;
    for (int n = 0; n < 4; ++n)
        last = create_task(link(n, last));
    co_await sleep(0);
    const Task<void> ticking = create_task(ticker());
    gate.set_result("core");
    const std::string result = co_await last;
    log(result);
    co_await ticking;
}

} // namespace task_chain_unwinds_one_per_iteration

// ---- futures ----

namespace future_many_waiters {

Coro<void> waiter(std::string name, Future<std::string> future)
{
    const std::string result = co_await future;
    log(name + " " + result);
}

Coro<void> main()
{
    EventLoop& loop = get_running_loop();
    const Future<std::string> future = loop.create_future<std::string>();
    std::vector<Task<void>> tasks;
    for (const char* name : {"a", "b"})
        tasks.push_back(create_task(waiter(name, future)));
    co_await sleep(0);
    future.add_done_callback([](FutureBase&) { log("callback"); });
    tasks.push_back(create_task(waiter("c", future)));
    co_await sleep(0);
    loop.call_later(1, [future] { future.set_result("ready"); });
    for (const Task<void>& task : tasks)
        co_await task;
}

} // namespace future_many_waiters

namespace future_is_set_only_once {

Coro<void> main()
{
    EventLoop& loop = get_running_loop();
    const Future<int> future = loop.create_future<int>();
    future.set_result(1);
    try {
        future.set_result(2);
    } catch (const InvalidStateError& e) {
        log(e.type());
    }
    try {
        future.set_exception(ValueError("late"));
    } catch (const InvalidStateError& e) {
        log(e.type());
    }
    log("cancel " + truth(future.cancel()) + " result " + std::to_string(future.result()));
    const Future<int> other = loop.create_future<int>();
    const bool first = other.cancel();
    const bool again = other.cancel();
    log("cancel " + truth(first) + " again " + truth(again));
    try {
        other.set_result(3);
    } catch (const InvalidStateError& e) {
        log(e.type());
    }
    co_return;
}

} // namespace future_is_set_only_once

namespace future_cancel_reaches_the_waiters {

Coro<void> waiter(std::string name, Future<void> future)
{
    bool gone = false;
    try {
        co_await future;
    } catch (const CancelledError&) {
        gone = true;
    }
    if (gone) {
        log(name + ": future gone");
        log(name + ": requests " + requests());
        co_await sleep(1);
        log(name + " goes on");
    }
}

Coro<void> main()
{
    const Future<void> future = get_running_loop().create_future();
    std::vector<Task<void>> tasks;
    for (const char* name : {"a", "b"})
        tasks.push_back(create_task(waiter(name, future)));
    co_await sleep(1);
    future.cancel();
    for (const Task<void>& task : tasks)
        co_await task;
    log("cancelled " + truth(future.cancelled()));
}

} // namespace future_cancel_reaches_the_waiters

namespace future_set_while_the_waiter_is_cancelled {

Coro<void> waiter(Future<std::string> future)
{
    try {
        const std::string result = co_await future;
        log("got " + result);
    } catch (const CancelledError&) {
        log("cancelled, future done " + truth(future.done()));
        throw;
    }
}

Coro<void> main()
{
    const Future<std::string> future = get_running_loop().create_future<std::string>();
    const Task<void> task = create_task(waiter(future));
    co_await sleep(0);
    future.set_result("value");
    task.cancel();
    co_await sleep(0);
    log("task cancelled " + truth(task.cancelled()));
}

} // namespace future_set_while_the_waiter_is_cancelled

namespace future_callback_on_a_done_one {

Coro<void> main()
{
    const Future<int> future = get_running_loop().create_future<int>();
    future.set_result(1);
    future.add_done_callback([](FutureBase&) { log("callback"); });
    log("added");
    co_await sleep(0);
    log("a turn later");
}

} // namespace future_callback_on_a_done_one

// ---- gather ----

namespace gather_results_in_argument_order {

Coro<std::string> child(std::string name, double delay)
{
    co_await sleep(delay);
    log(name + " ends");
    co_return name;
}

Coro<void> main()
{
    const auto all = gather(child("slow", 3), child("quick", 1), child("middle", 2));
    const std::vector<std::string> names = co_await all;
    log(names[0] + "," + names[1] + "," + names[2]);
}

} // namespace gather_results_in_argument_order

namespace gather_exceptions_as_results {

Coro<int> child(int delay, std::exception_ptr error)
{
    co_await sleep(delay);
    if (error)
        std::rethrow_exception(error);
    co_return delay;
}

Coro<void> main()
{
    std::vector<Coro<int>> children;
    children.push_back(child(2, nullptr));
    children.push_back(child(1, std::make_exception_ptr(ValueError("boom"))));
    children.push_back(child(3, std::make_exception_ptr(OSError("disk"))));
    const auto all = gather(return_exceptions, std::move(children));
    const std::vector<Gathered<int>> results = co_await all;
    for (const Gathered<int>& result : results) {
        if (result) {
            log(std::to_string(*result.value));
        } else {
            const ErrorText text = describe_error(result.error);
            log(text.type + ": " + text.message);
        }
    }
}

} // namespace gather_exceptions_as_results

namespace gather_of_nothing {

Coro<void> main()
{
    get_running_loop().call_soon([] { log("a turn of the loop"); });
    const auto outer = gather(std::vector<Task<int>>());
    log("done " + truth(outer.done()));
    const std::vector<int> results = co_await outer;
    log("results " + std::to_string(results.size()));
    co_await sleep(0);
}

} // namespace gather_of_nothing

namespace gather_same_task_twice {

Coro<std::string> child()
{
    log("child runs");
    co_await sleep(1);
    co_return "x";
}

Coro<void> main()
{
    const Task<std::string> task = create_task(child());
    const auto all = gather(task, task, task);
    const std::vector<std::string> results = co_await all;
    log(results[0] + results[1] + results[2]);
}

} // namespace gather_same_task_twice

namespace gather_one_child_cancelled {

Coro<void> child(std::string name)
{
    co_await sleep(2);
    log(name + " ends");
}

Coro<void> main()
{
    const Task<void> a = create_task(child("a"));
    const Task<void> b = create_task(child("b"));
    get_running_loop().call_later(1, [a] { a.cancel(); });
    const auto both = gather(a, b);
    try {
        co_await both;
    } catch (const CancelledError&) {
        log("caught, requests " + requests());
    }
    co_await b;
    log("a " + truth(a.cancelled()) + " b " + truth(b.cancelled()));
}

} // namespace gather_one_child_cancelled

namespace gather_outer_cancel_with_return_exceptions {

Coro<void> child(std::string name)
{
    try {
        co_await sleep(10);
    } catch (const CancelledError&) {
        log(name + " swallows it");
    }
}

Coro<void> main()
{
    std::vector<Coro<void>> children;
    children.push_back(child("a"));
    children.push_back(child("b"));
    const auto outer = gather(return_exceptions, std::move(children));
    get_running_loop().call_later(1, [outer] { outer.cancel(); });
    try {
        co_await outer;
    } catch (const CancelledError&) {
        log("gather cancelled");
    }
    log("cancelled " + truth(outer.cancelled()));
}

} // namespace gather_outer_cancel_with_return_exceptions

namespace gather_mixed_awaitables {

Coro<std::string> child(std::string value)
{
    co_await sleep(1);
    co_return value;
}

Coro<void> main()
{
    EventLoop& loop = get_running_loop();
    const Future<std::string> future = loop.create_future<std::string>();
    loop.call_later(2, [future] { future.set_result("future"); });
    const Future<std::string> done = loop.create_future<std::string>();
    done.set_result("done before");
    const Task<std::string> task = create_task(child("task"));
    const auto all = gather(child("coroutine"), future, done, task);
    const std::vector<std::string> results = co_await all;
    log(results[0] + " / " + results[1] + " / " + results[2] + " / " + results[3]);
}

} // namespace gather_mixed_awaitables

namespace gather_second_exception_is_dropped {

Coro<void> child(std::string name, double delay)
{
    co_await sleep(delay);
    throw ValueError(name);
}

Coro<void> main()
{
    std::vector<Task<void>> tasks;
    tasks.push_back(create_task(child("a", 2), "a"));
    tasks.push_back(create_task(child("b", 1), "b"));
    tasks.push_back(create_task(child("c", 3), "c"));
    const auto all = gather(tasks);
    try {
        co_await all;
    } catch (const ValueError& e) {
        log(std::string("first: ") + e.what());
    }
    co_await sleep(3);
    for (const Task<void>& task : tasks)
        log(task.name() + " holds " + describe_error(task.exception()).message);
}

} // namespace gather_second_exception_is_dropped

// ---- wait ----

namespace wait_for_all {

Coro<int> child(int delay, bool fails)
{
    co_await sleep(delay);
    if (fails)
        throw ValueError("failed at " + std::to_string(delay));
    co_return delay;
}

Coro<void> main()
{
    std::vector<Task<int>> tasks;
    for (const int delay : {3, 1, 2})
        tasks.push_back(create_task(child(delay, delay == 2)));
    const Waited<Task<int>> sets = co_await wait(tasks);
    log(std::to_string(sets.done.size()) + " done " + std::to_string(sets.pending.size()) + " pending");
    for (const Task<int>& task : tasks) {
        if (const std::exception_ptr error = task.exception())
            log(describe_error(error).message);
        else
            log(std::to_string(task.result()));
    }
}

} // namespace wait_for_all

namespace wait_first_completed_takes_ties_together {

Coro<void> child(int turns)
{
    for (int n = 0; n < turns; ++n)
        co_await sleep(0);
}

Coro<void> main()
{
    std::vector<Task<void>> left;
    for (const int turns : {1, 2, 3, 4})
        left.push_back(create_task(child(turns), "t" + std::to_string(turns)));
    while (!left.empty()) {
        Coro<Waited<Task<void>>> waiting = wait(left, {}, ReturnWhen::FirstCompleted);
        const Waited<Task<void>> sets = co_await std::move(waiting);
        left = sets.pending;
        std::vector<std::string> names;
        for (const Task<void>& task : sets.done)
            names.push_back(task.name());
        std::sort(names.begin(), names.end());
        std::string text;
        for (const std::string& name : names)
            text += (text.empty() ? "" : ",") + name;
        log(text);
    }
}

} // namespace wait_first_completed_takes_ties_together

namespace wait_with_timeout {

Coro<void> child(std::string name, double delay)
{
    co_await sleep(delay);
    log(name + " ends");
}

void note(const Waited<Task<void>>& sets)
{
    log(std::to_string(sets.done.size()) + " done " + std::to_string(sets.pending.size()) + " pending");
}

Coro<void> main()
{
    std::vector<Task<void>> tasks;
    tasks.push_back(create_task(child("a", 1)));
    tasks.push_back(create_task(child("b", 2)));
    tasks.push_back(create_task(child("c", 3)));
    const Waited<Task<void>> first = co_await wait(tasks, 2.5);
    note(first);
    const Waited<Task<void>> second = co_await wait(tasks, 10);
    note(second);
}

} // namespace wait_with_timeout

namespace wait_cancelled_leaves_the_tasks {

Coro<void> child()
{
    co_await sleep(3);
    log("child ends");
}

Coro<void> waiter(std::vector<Task<void>> tasks)
{
    try {
        co_await wait(tasks);
    } catch (const CancelledError&) {
        log("waiter cancelled");
        throw;
    }
}

Coro<void> main()
{
    const Task<void> task = create_task(child());
    const Task<void> waiting = create_task(waiter({task}));
    co_await sleep(1);
    waiting.cancel();
    co_await task;
    log(truth(waiting.cancelled()) + " " + truth(task.cancelled()));
}

} // namespace wait_cancelled_leaves_the_tasks

namespace wait_of_nothing {

template <class A>
concept Waitable = requires(std::vector<A> awaitables) { wait(std::move(awaitables)); };

Coro<void> main()
{
    const std::vector<Task<void>> none;
    try {
        co_await wait(none);
    } catch (const ValueError& e) {
        log(e.type());
    }
    // What Python says at run time, the compiler says here.
    static_assert(Waitable<Task<void>> && !Waitable<Coro<void>>);
    log("TypeError");
}

} // namespace wait_of_nothing

// ---- wait_for ----

namespace waitfor_result_in_time {

Coro<void> main()
{
    const Future<std::string> future = get_running_loop().create_future<std::string>();
    get_running_loop().call_later(1, [future] { future.set_result("ok"); });
    const std::string result = co_await wait_for(future, 5);
    log(result);
    co_await sleep(10);
    log("end");
}

} // namespace waitfor_result_in_time

namespace waitfor_zero_never_starts_the_coroutine {

Coro<void> child()
{
    log("never");
    co_return;
}

Coro<void> main()
{
    try {
        co_await wait_for(child(), 0);
    } catch (const TimeoutError&) {
        log("timeout");
    }
    const Future<std::string> done = get_running_loop().create_future<std::string>();
    done.set_result("was done");
    const std::string result = co_await wait_for(done, 0);
    log(result);
}

} // namespace waitfor_zero_never_starts_the_coroutine
} // namespace

std::vector<Twin> task_twins()
{
    return {
        {"015_coro_is_lazy", coro_is_lazy::main},
        {"016_coro_deep_wait_resumes_the_innermost", coro_deep_wait_resumes_the_innermost::main},
        {"017_task_starts_later_and_in_order", task_starts_later_and_in_order::main},
        {"018_task_never_awaited_still_runs", task_never_awaited_still_runs::main},
        {"019_task_leftovers_are_cancelled_in_order", task_leftovers_are_cancelled_in_order::main},
        {"020_task_result_needs_an_extra_iteration", task_result_needs_an_extra_iteration::main},
        {"021_task_two_waiters_wake_in_order", task_two_waiters_wake_in_order::main},
        {"022_task_remove_done_callback", task_remove_done_callback::main},
        {"023_task_names_and_current_task", task_names_and_current_task::main},
        {"024_task_created_inside_a_task", task_created_inside_a_task::main},
        {"025_task_chain_unwinds_one_per_iteration", task_chain_unwinds_one_per_iteration::main},
        {"026_future_many_waiters", future_many_waiters::main},
        {"027_future_is_set_only_once", future_is_set_only_once::main},
        {"028_future_cancel_reaches_the_waiters", future_cancel_reaches_the_waiters::main},
        {"029_future_set_while_the_waiter_is_cancelled", future_set_while_the_waiter_is_cancelled::main},
        {"030_future_callback_on_a_done_one", future_callback_on_a_done_one::main},
        {"031_gather_results_in_argument_order", gather_results_in_argument_order::main},
        {"032_gather_exceptions_as_results", gather_exceptions_as_results::main},
        {"033_gather_of_nothing", gather_of_nothing::main},
        {"034_gather_same_task_twice", gather_same_task_twice::main},
        {"035_gather_one_child_cancelled", gather_one_child_cancelled::main},
        {"036_gather_outer_cancel_with_return_exceptions", gather_outer_cancel_with_return_exceptions::main},
        {"037_gather_mixed_awaitables", gather_mixed_awaitables::main},
        {"038_gather_second_exception_is_dropped", gather_second_exception_is_dropped::main},
        {"039_wait_for_all", wait_for_all::main},
        {"040_wait_first_completed_takes_ties_together", wait_first_completed_takes_ties_together::main},
        {"041_wait_with_timeout", wait_with_timeout::main},
        {"042_wait_cancelled_leaves_the_tasks", wait_cancelled_leaves_the_tasks::main},
        {"043_wait_of_nothing", wait_of_nothing::main},
        {"044_waitfor_result_in_time", waitfor_result_in_time::main},
        {"045_waitfor_zero_never_starts_the_coroutine", waitfor_zero_never_starts_the_coroutine::main},
    };
}

} // namespace loopscope::oracle
