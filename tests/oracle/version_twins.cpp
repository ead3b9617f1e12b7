#include "tests/oracle/twin.h"

#include <memory>
#include <string>

namespace loopscope::oracle {
namespace {

Coro<void> tick(int times)
{
    for (int n = 0; n < times; ++n) {
        log("tick " + std::to_string(n));
        co_await sleep(0);
    }
}

Coro<void> long_sleep()
{
    co_await sleep(100);
}

namespace finished {

Coro<int> child(int n)
{
    co_return n;
}

Coro<void> gather_of_finished_tasks()
{
    std::vector<Task<int>> tasks;
    for (int n = 0; n < 2; ++n)
        tasks.push_back(create_task(child(n)));
    co_await wait(tasks);
    const Task<> ticking = create_task(tick(4));
    const std::vector<int> results = co_await gather(tasks);
    log("results " + std::to_string(results[0] + results[1]));
    co_await ticking;
}

} // namespace finished

namespace times_out {

Coro<void> slow()
{
    try {
        co_await sleep(100);
    } catch (const CancelledError&) {
        log("slow cancelled");
        throw;
    }
}

Coro<void> waitfor_coroutine_times_out()
{
    try {
        co_await wait_for(slow(), 1);
    } catch (const TimeoutError& e) {
        log(e.type() + ", text '" + e.what() + "'");
    }
    co_await sleep(200);
    log("end");
}

} // namespace times_out

namespace passes {

Coro<void> child()
{
    co_await sleep(1);
    throw LookupError("nothing here");
}

Coro<void> waitfor_exception_passes()
{
    try {
        co_await wait_for(child(), 2);
    } catch (const LookupError& e) {
        log(e.type() + ": " + e.what());
    }
}

} // namespace passes

namespace turns {

Coro<void> child()
{
    co_await sleep(1);
    create_task(tick(4));
}

Coro<void> waitfor_how_many_turns()
{
    const Task<> task = create_task(child());
    co_await wait_for(task, 5);
    log("main");
    co_await sleep(1);
}

} // namespace turns

namespace swallows {

Coro<std::string> stubborn()
{
    try {
        co_await sleep(100);
    } catch (const CancelledError&) {
        log("swallowed");
    }
    co_return "value";
}

Coro<void> waitfor_inner_swallows_the_cancel()
{
    const Task<std::string> task = create_task(stubborn());
    try {
        const std::string got = co_await wait_for(task, 1);
        log("got " + got);
    } catch (const TimeoutError&) {
        log("timeout");
    }
    log("result " + task.result());
}

} // namespace swallows

namespace nested {

Coro<std::string> inner(Future<void> future)
{
    try {
        co_await wait_for(future, 1);
    } catch (const TimeoutError&) {
        log("inner timeout, future cancelled " + truth(future.cancelled()));
        co_return "nothing";
    }
    co_return "None";
}

Coro<void> waitfor_nested_with_a_future()
{
    const Future<void> future = get_running_loop().create_future();
    const Task<std::string> task = create_task(inner(future));
    Timeout limit = timeout(5);
    const auto block = [&]() -> Coro<void> {
        const std::string result = co_await task;
        log(result);
    };
    co_await async_with(limit, block());
}

} // namespace nested

namespace outer_cancel {

Coro<void> clean_up()
{
    log("inner cleans up");
    co_await sleep(1);
    log("inner is clean");
}

Coro<void> inner()
{
    co_await try_finally(long_sleep(), clean_up);
}

Coro<void> outer(Task<> task)
{
    try {
        co_await wait_for(task, 50);
    } catch (const CancelledError&) {
        log("outer cancelled");
        throw;
    }
}

Coro<void> waitfor_outer_cancel_reaches_the_inner()
{
    const Task<> task = create_task(inner());
    const Task<> waiting = create_task(outer(task));
    co_await sleep(2);
    waiting.cancel();
    const std::vector<Task<>> all{waiting};
    co_await wait(all);
    log(truth(waiting.cancelled()) + " " + truth(task.cancelled()));
}

} // namespace outer_cancel

namespace shielded {

Coro<std::string> work()
{
    co_await sleep(3);
    log("work ends");
    co_return "result";
}

Coro<void> waitfor_shielded_task_survives()
{
    const Task<std::string> task = create_task(work());
    try {
        co_await wait_for(shield(task), 1);
    } catch (const TimeoutError&) {
        log("gave up");
    }
    const std::string result = co_await task;
    log(result);
}

} // namespace shielded

namespace cancels {

Coro<void> clean_up()
{
    log("slow cleans up");
    co_await sleep(2);
    log("slow is clean");
}

Coro<void> slow()
{
    co_await try_finally(long_sleep(), clean_up);
}

Coro<void> waitfor_timeout_cancels_the_task()
{
    const Task<> task = create_task(slow());
    try {
        co_await wait_for(task, 1);
    } catch (const TimeoutError&) {
        log("timeout, task cancelled " + truth(task.cancelled()));
    }
}

} // namespace cancels

namespace whose_task {

Coro<std::string> child()
{
    log("child");
    co_return get_running_loop().current_task()->name();
}

Coro<void> waitfor_whose_task_is_it()
{
    const std::string inline_name = co_await wait_for(child(), 1);
    log(inline_name);
    const Task<std::string> task = create_task(child());
    const std::string own_name = co_await task;
    log(own_name);
}

} // namespace whose_task

namespace twice {

Coro<void> inside()
{
    log("inside");
    co_return;
}

Coro<void> timeout_entered_twice()
{
    Timeout scope = timeout(1);
    try {
        scope.reschedule(5);
    } catch (const RuntimeError& e) {
        log(e.type());
    }
    co_await async_with(scope, inside());
    try {
        co_await scope.aenter();
        log("entered once more");
    } catch (const RuntimeError& e) {
        log(e.type());
    }
}

} // namespace twice

namespace taken_back {

Coro<void> worker()
{
    TaskBase& task = *get_running_loop().current_task();
    task.cancel();
    log("left " + std::to_string(task.uncancel()));
    try {
        co_await sleep(1);
        log("slept");
    } catch (const CancelledError&) {
        log("cancelled all the same");
    }
}

Coro<void> cancel_taken_back_before_delivery()
{
    co_await create_task(worker());
}

} // namespace taken_back

namespace group_cancelled {

Coro<void> child()
{
    try {
        co_await sleep(10);
    } catch (const CancelledError&) {
        throw ValueError("clean-up");
    }
}

Coro<void> holder()
{
    TaskGroup group;
    const auto block = [&]() -> Coro<void> {
        group.create_task(child());
        co_return;
    };
    try {
        co_await async_with(group, block());
    } catch (const ExceptionGroup& failed) {
        if (take_out<ValueError>(failed) > 0)
            log("requests " + requests());
    }
    try {
        co_await sleep(1);
        log("slept");
    } catch (const CancelledError&) {
        log("cancelled at the next wait");
    }
}

Coro<void> group_cancelled_while_a_task_fails()
{
    const Task<> task = create_task(holder());
    co_await sleep(1);
    task.cancel();
    const std::vector<Task<>> all{task};
    co_await wait(all);
}

} // namespace group_cancelled

namespace group_fails {

Coro<void> bad()
{
    co_await sleep(1);
    throw ValueError("boom");
}

// A group of one task, which fails; whether it did as a ValueError.
Coro<bool> group_of_bad()
{
    TaskGroup group;
    const auto block = [&]() -> Coro<void> {
        group.create_task(bad());
        co_return;
    };
    try {
        co_await async_with(group, block());
    } catch (const ExceptionGroup& failed) {
        co_return take_out<ValueError>(failed) > 0;
    }
    co_return false;
}

Coro<void> limited()
{
    const bool failed = co_await group_of_bad();
    if (failed)
        log("group failed");
    co_await sleep(10);
}

Coro<void> group_failure_inside_a_timeout()
{
    Timeout limit = timeout(3);
    try {
        co_await async_with(limit, limited());
    } catch (const TimeoutError&) {
        log("timeout");
    } catch (const CancelledError&) {
        log("cancelled");
    }
}

Coro<void> group_leaves_a_request()
{
    co_await group_of_bad();
    log("requests " + requests());
}

} // namespace group_fails

namespace notified {

Coro<void> waiter(std::string name, std::shared_ptr<Condition> cond)
{
    const auto block = [&]() -> Coro<void> {
        co_await cond->wait();
        log(name + " notified");
    };
    co_await async_with(*cond, block());
}

Coro<void> cond_notified_waiter_is_cancelled()
{
    const auto cond = std::make_shared<Condition>();
    const Task<> a = create_task(waiter("a", cond));
    const Task<> b = create_task(waiter("b", cond));
    co_await sleep(1);
    const auto block = [&]() -> Coro<void> {
        cond->notify(1);
        co_await sleep(0);
        a.cancel();
        log("a was notified, and is now cancelled");
    };
    co_await async_with(*cond, block());
    const std::vector<Task<>> both{a, b};
    const Waited<Task<>> waited = co_await wait(both, 5);
    log(std::to_string(waited.done.size()) + " done, " + std::to_string(waited.pending.size())
        + " still waiting");
}

} // namespace notified

namespace handler_context {

Coro<void> exc_handler_context()
{
    EventLoop& loop = get_running_loop();
    // The handler stays with the loop when main is over.
    const auto var = std::make_shared<ContextVar<std::string>>("var", "unset");
    loop.set_exception_handler([var](EventLoop&, const ExceptionContext&) { log("handler sees " + var->get()); });
    var->set("set by main");
    loop.call_soon([var] {
        var->set("set by the callback");
        throw ValueError();
    });
    co_await sleep(0);
}

} // namespace handler_context

} // namespace

std::vector<Twin> version_twins()
{
    return {
        {"001_gather_of_finished_tasks.3.13", finished::gather_of_finished_tasks},
        {"002_waitfor_coroutine_times_out.3.13", times_out::waitfor_coroutine_times_out},
        {"003_waitfor_exception_passes.3.13", passes::waitfor_exception_passes},
        {"004_waitfor_how_many_turns.3.13", turns::waitfor_how_many_turns},
        {"005_waitfor_inner_swallows_the_cancel.3.13", swallows::waitfor_inner_swallows_the_cancel},
        {"006_waitfor_nested_with_a_future.3.13", nested::waitfor_nested_with_a_future},
        {"007_waitfor_outer_cancel_reaches_the_inner.3.13",
         outer_cancel::waitfor_outer_cancel_reaches_the_inner},
        {"008_waitfor_shielded_task_survives.3.13", shielded::waitfor_shielded_task_survives},
        {"009_waitfor_timeout_cancels_the_task.3.13", cancels::waitfor_timeout_cancels_the_task},
        {"010_waitfor_whose_task_is_it.3.13", whose_task::waitfor_whose_task_is_it},
        {"011_timeout_entered_twice.3.13", twice::timeout_entered_twice},
        {"012_cancel_taken_back_before_delivery.3.13",
         taken_back::cancel_taken_back_before_delivery},
        {"013_group_cancelled_while_a_task_fails.3.13",
         group_cancelled::group_cancelled_while_a_task_fails},
        {"014_group_failure_inside_a_timeout.3.13", group_fails::group_failure_inside_a_timeout},
        {"015_group_leaves_a_request.3.13", group_fails::group_leaves_a_request},
        {"016_cond_notified_waiter_is_cancelled.3.13", notified::cond_notified_waiter_is_cancelled},
        {"017_exc_handler_context.3.13", handler_context::exc_handler_context},
    };
}

} // namespace loopscope::oracle
