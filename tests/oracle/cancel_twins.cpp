#include "core/base/format.h"
#include "tests/oracle/twin.h"

#include <cstddef>
#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace loopscope::oracle {
namespace {

// ---- timeout ----

namespace timeout_expires {

Coro<void> main()
{
    Timeout scope = timeout(2);
    auto block = []() -> Coro<void> {
        try {
            co_await sleep(10);
        } catch (const CancelledError&) {
            log("cancelled inside");
            throw;
        }
    };
    try {
        co_await async_with(scope, block());
    } catch (const TimeoutError& e) {
        log(e.type() + ", expired " + truth(scope.expired()));
    }
    log("requests " + requests());
}

} // namespace timeout_expires

namespace timeout_block_ends_in_time {

Coro<void> main()
{
    Timeout scope = timeout(2);
    auto block = []() -> Coro<void> {
        co_await sleep(1);
        log("work done");
    };
    co_await async_with(scope, block());
    co_await sleep(5);
    log("expired " + truth(scope.expired()));
}

} // namespace timeout_block_ends_in_time

namespace timeout_without_a_wait_never_expires {

Coro<void> main()
{
    Timeout first = timeout(1);
    auto without_a_wait = []() -> Coro<void> {
        busy(5);
        log("computed");
        co_return;
    };
    try {
        co_await async_with(first, without_a_wait());
    } catch (const TimeoutError&) {
        log("timeout");
    }
    log("expired " + truth(first.expired()));

    Timeout second = timeout(1);
    auto with_a_wait = []() -> Coro<void> {
        busy(5);
        log("computed");
        co_await sleep(0.5);
        log("waited");
    };
    try {
        co_await async_with(second, with_a_wait());
    } catch (const TimeoutError&) {
        log("timeout");
    }
    log("expired " + truth(second.expired()));
}

} // namespace timeout_without_a_wait_never_expires

namespace timeout_nested_outer_first {

Coro<void> main()
{
    Timeout outer = timeout(1);
    std::optional<Timeout> inner;
    auto rest = []() -> Coro<void> { co_await sleep(10); };
    auto block = [&]() -> Coro<void> {
        inner.emplace(timeout(5));
        try {
            co_await async_with(*inner, rest());
        } catch (...) {
            log("inner saw " + describe_error(std::current_exception()).type);
            throw;
        }
    };
    try {
        co_await async_with(outer, block());
    } catch (const TimeoutError&) {
        log("outer timeout");
    }
    log("inner " + truth(inner->expired()) + " outer " + truth(outer.expired()));
}

} // namespace timeout_nested_outer_first

namespace timeout_and_a_real_cancel {

Coro<void> worker()
{
    Timeout scope = timeout(10);
    auto block = []() -> Coro<void> { co_await sleep(20); };
    try {
        co_await async_with(scope, block());
    } catch (const TimeoutError&) {
        log("timeout");
    } catch (const CancelledError&) {
        log("cancelled");
        throw;
    }
}

Coro<void> main()
{
    const Task<void> task = create_task(worker());
    co_await sleep(1);
    task.cancel();
    const std::vector<Task<void>> all{task};
    co_await wait(all);
    log("cancelled " + truth(task.cancelled()));
}

} // namespace timeout_and_a_real_cancel

namespace timeout_swallowed_inside {

Coro<void> main()
{
    Timeout scope = timeout(1);
    auto block = []() -> Coro<void> {
        try {
            co_await sleep(10);
        } catch (const CancelledError&) {
            log("swallowed");
        }
        co_await sleep(3);
        log("goes on after the deadline");
    };
    co_await async_with(scope, block());
    log("expired " + truth(scope.expired()));
    log("requests " + requests());
}

} // namespace timeout_swallowed_inside

namespace timeout_deadline_of_a_running_block {

Coro<void> main()
{
    Timeout scope = timeout(1);
    auto block = [&]() -> Coro<void> {
        log("deadline " + format_number(*scope.when()));
        scope.reschedule(5);
        log("deadline " + format_number(*scope.when()));
        co_await sleep(2);
    };
    co_await async_with(scope, block());
    try {
        scope.reschedule(6);
    } catch (const RuntimeError& e) {
        log(e.type());
    }
}

} // namespace timeout_deadline_of_a_running_block

namespace timeout_in_a_group_task {

Coro<void> quick(std::string name)
{
    try {
        co_await sleep(5);
    } catch (const CancelledError&) {
        log(name + " cancelled");
        throw;
    }
}

Coro<void> slow()
{
    Timeout scope = timeout(1);
    auto block = []() -> Coro<void> { co_await sleep(10); };
    co_await async_with(scope, block());
}

Coro<void> main()
{
    TaskGroup group;
    auto block = [&]() -> Coro<void> {
        group.create_task(quick("neighbour"));
        group.create_task(slow());
        co_return;
    };
    try {
        co_await async_with(group, block());
    } catch (const ExceptionGroup& e) {
        const std::size_t taken = take_out<TimeoutError>(e);
        log(std::to_string(taken) + " TimeoutError");
    }
}

} // namespace timeout_in_a_group_task

// ---- shield ----

namespace shield_outer_cancel_spares_the_inner {

Coro<std::string> inner()
{
    co_await sleep(3);
    log("inner ends");
    co_return "result";
}

Coro<void> outer(Task<std::string> task)
{
    const Future<std::string> shielded = shield(task);
    try {
        co_await shielded;
    } catch (const CancelledError&) {
        log("outer cancelled");
        throw;
    }
}

Coro<void> main()
{
    const Task<std::string> task = create_task(inner());
    const Task<void> waiting = create_task(outer(task));
    co_await sleep(1);
    waiting.cancel();
    const std::string result = co_await task;
    log(result);
    log("outer " + truth(waiting.cancelled()) + " inner " + truth(task.cancelled()));
}

} // namespace shield_outer_cancel_spares_the_inner

namespace shield_in_a_timeout {

Coro<int> work()
{
    co_await sleep(5);
    log("work done");
    co_return 1;
}

Coro<void> main()
{
    const Task<int> task = create_task(work());
    auto block = [&]() -> Coro<void> {
        const Future<int> shielded = shield(task);
        const int result = co_await shielded;
        log("result " + std::to_string(result));
    };
    for (int attempt = 0; attempt < 3; ++attempt) {
        Timeout scope = timeout(2);
        try {
            co_await async_with(scope, block());
        } catch (const TimeoutError&) {
            log("attempt " + std::to_string(attempt) + " gave up");
        }
    }
}

} // namespace shield_in_a_timeout

namespace shield_failure_after_the_outer_is_gone {

Coro<void> inner()
{
    co_await sleep(2);
    log("inner fails");
    throw ValueError("late");
}

Coro<void> outer(Task<void> task)
{
    const Future<void> shielded = shield(task);
    co_await shielded;
}

Coro<void> main()
{
    const Task<void> task = create_task(inner());
    const Task<void> waiting = create_task(outer(task));
    co_await sleep(1);
    waiting.cancel();
    const std::vector<Task<void>> both{task, waiting};
    co_await wait(both);
    log("outer cancelled " + truth(waiting.cancelled()) + ", inner "
        + describe_error(task.exception()).message);
}

} // namespace shield_failure_after_the_outer_is_gone

// ---- as_completed ----

namespace ascompleted_in_order_of_ending {

Coro<std::string> child(std::string name, double delay)
{
    co_await sleep(delay);
    co_return name;
}

Coro<void> main()
{
    std::vector<Task<std::string>> tasks;
    tasks.push_back(create_task(child("slow", 3)));
    tasks.push_back(create_task(child("quick", 1)));
    tasks.push_back(create_task(child("middle", 2)));
    auto coming = as_completed(tasks);
    while (!coming.empty()) {
        const std::string name = co_await coming.next();
        log(name);
    }
}

} // namespace ascompleted_in_order_of_ending

namespace ascompleted_exceptions_in_their_place {

Coro<std::string> child(int delay, bool fails)
{
    co_await sleep(delay);
    if (fails)
        throw ValueError("failed at " + std::to_string(delay));
    co_return "done at " + std::to_string(delay);
}

Coro<void> main()
{
    std::vector<Task<std::string>> tasks;
    for (const int delay : {3, 2, 1})
        tasks.push_back(create_task(child(delay, delay == 2)));
    auto coming = as_completed(tasks);
    while (!coming.empty()) {
        try {
            const std::string text = co_await coming.next();
            log(text);
        } catch (const ValueError& e) {
            log(e.what());
        }
    }
}

} // namespace ascompleted_exceptions_in_their_place

// ---- cancel ----

namespace cancel_while_sleeping {

Coro<void> worker()
{
    try {
        co_await sleep(100);
    } catch (const CancelledError&) {
        log("cancelled");
        throw;
    }
}

Coro<void> main()
{
    const Task<void> task = create_task(worker());
    co_await sleep(1);
    log("asked " + truth(task.cancel()));
    log("done " + truth(task.done()) + " requests " + std::to_string(task.cancelling()));
    try {
        co_await task;
    } catch (const CancelledError&) {
        log("done " + truth(task.done()) + " cancelled " + truth(task.cancelled()));
    }
}

} // namespace cancel_while_sleeping

namespace cancel_before_the_first_step {

Coro<void> worker()
{
    const Finally last([] { log("never either"); });
    log("never");
    co_return;
}

Coro<void> main()
{
    const Task<void> task = create_task(worker());
    task.add_done_callback([](FutureBase&) { log("done callback"); });
    task.cancel();
    log("done " + truth(task.done()));
    co_await sleep(0);
    log("done " + truth(task.done()) + " cancelled " + truth(task.cancelled()));
    co_await sleep(0);
    log("end");
}

} // namespace cancel_before_the_first_step

namespace cancel_twice_before_delivery {

Coro<void> worker()
{
    int caught = 0;
    for (;;) {
        try {
            co_await sleep(5);
            log("slept, caught " + std::to_string(caught));
            co_return;
        } catch (const CancelledError&) {
            ++caught;
            log("requests " + requests());
        }
    }
}

Coro<void> main()
{
    const Task<void> task = create_task(worker());
    co_await sleep(1);
    const bool first = task.cancel();
    const bool second = task.cancel();
    log(truth(first) + " " + truth(second));
    co_await task;
}

} // namespace cancel_twice_before_delivery

namespace cancel_twice_in_sequence {

Coro<void> clean_up()
{
    log("clean-up starts");
    try {
        co_await sleep(10);
        log("clean-up ends");
    } catch (const CancelledError&) {
        log("clean-up interrupted");
        throw;
    }
}

Coro<void> worker()
{
    Coro<void> work = sleep(10);
    co_await try_finally(std::move(work), clean_up);
}

Coro<void> main()
{
    const Task<void> task = create_task(worker());
    for (int n = 0; n < 2; ++n) {
        co_await sleep(1);
        task.cancel();
    }
    const std::vector<Task<void>> all{task};
    co_await wait(all);
    log("cancelled " + truth(task.cancelled()));
}

} // namespace cancel_twice_in_sequence

namespace cancel_goes_down_to_the_awaited_task {

Coro<void> low()
{
    try {
        co_await sleep(10);
    } catch (const CancelledError&) {
        log("low cancelled");
        throw;
    }
}

Coro<void> high(Task<void> task)
{
    try {
        co_await task;
    } catch (const CancelledError&) {
        log("high cancelled, low done " + truth(task.done()));
        throw;
    }
}

Coro<void> main()
{
    const Task<void> down = create_task(low());
    const Task<void> up = create_task(high(down));
    co_await sleep(1);
    up.cancel();
    const std::vector<Task<void>> all{up};
    co_await wait(all);
    log(truth(up.cancelled()) + " " + truth(down.cancelled()));
    log("requests " + std::to_string(up.cancelling()) + " " + std::to_string(down.cancelling()));
}

} // namespace cancel_goes_down_to_the_awaited_task

namespace cancel_chain_of_three {

// The lowest link has none below it.
Coro<void> link(int n, Task<void> below)
{
    const Finally last([n] { log("link " + std::to_string(n) + " unwinds"); });
    if (below)
        co_await below;
    else
        co_await sleep(10);
}

Coro<void> ticker()
{
    for (int tick = 0; tick < 5; ++tick) {
        log("tick " + std::to_string(tick));
        co_await sleep(0);
    }
}

Coro<void> main()
{
    Task<void> task;
    for (int n = 0; n < 3; ++n)
        task = create_task(link(n, task));
    co_await sleep(1);
    task.cancel();
    const Task<void> ticking = create_task(ticker());
    const std::vector<Task<void>> both{task, ticking};
    co_await wait(both);
}

} // namespace cancel_chain_of_three

namespace cancel_is_not_seen_by_done_awaits {

Coro<void> inlined()
{
    log("inline");
    co_return;
}

Coro<void> worker()
{
    get_running_loop().current_task()->cancel();
    co_await inlined();
    const Future<std::string> done = get_running_loop().create_future<std::string>();
    done.set_result("done future");
    const std::string result = co_await done;
    log(result);
    try {
        co_await sleep(1);
    } catch (const CancelledError&) {
        log("hit at the first real wait");
    }
}

Coro<void> main()
{
    const Task<void> task = create_task(worker());
    co_await task;
    log("end");
}

} // namespace cancel_is_not_seen_by_done_awaits

namespace cancel_uncancel_counts {

Coro<void> worker()
{
    TaskBase& task = *get_running_loop().current_task();
    try {
        co_await sleep(10);
    } catch (const CancelledError&) {
        log("requests " + requests());
        for (int n = 0; n < 3; ++n)
            log("left " + std::to_string(task.uncancel()));
    }
    co_await sleep(1);
    log("goes on");
}

Coro<void> main()
{
    const Task<void> task = create_task(worker());
    co_await sleep(0);
    task.cancel();
    task.cancel();
    co_await task;
    log("cancelled " + truth(task.cancelled()));
}

} // namespace cancel_uncancel_counts

namespace cancel_turned_into_another_exception {

Coro<void> worker()
{
    try {
        co_await sleep(10);
    } catch (const CancelledError&) {
        throw RuntimeError("could not clean up");
    }
}

Coro<void> main()
{
    const Task<void> task = create_task(worker());
    co_await sleep(0);
    task.cancel();
    try {
        co_await task;
    } catch (const RuntimeError& e) {
        log(std::string(e.what()) + ", cancelled " + truth(task.cancelled()));
    }
}

} // namespace cancel_turned_into_another_exception

namespace cancel_raised_by_hand {

Coro<void> worker()
{
    throw CancelledError("by hand");
    co_return;
}

Coro<void> main()
{
    const Task<void> task = create_task(worker());
    try {
        co_await task;
    } catch (const CancelledError& e) {
        log(e.message() + ": " + truth(task.cancelled()) + " requests "
            + std::to_string(task.cancelling()));
    }
}

} // namespace cancel_raised_by_hand

namespace cancel_main_ends_the_program {

Coro<void> main()
{
    EventLoop& loop = get_running_loop();
    TaskBase* task = loop.current_task();
    loop.call_later(2, [task] { task->cancel(); });
    const Finally last([] { log("main is cancelled"); });
    co_await sleep(10);
}

} // namespace cancel_main_ends_the_program
} // namespace

std::vector<Twin> cancel_twins()
{
    return {
        {"046_timeout_expires", timeout_expires::main},
        {"047_timeout_block_ends_in_time", timeout_block_ends_in_time::main},
        {"048_timeout_without_a_wait_never_expires", timeout_without_a_wait_never_expires::main},
        {"049_timeout_nested_outer_first", timeout_nested_outer_first::main},
        {"050_timeout_and_a_real_cancel", timeout_and_a_real_cancel::main},
        {"051_timeout_swallowed_inside", timeout_swallowed_inside::main},
        {"052_timeout_deadline_of_a_running_block", timeout_deadline_of_a_running_block::main},
        {"053_timeout_in_a_group_task", timeout_in_a_group_task::main},
        {"054_shield_outer_cancel_spares_the_inner", shield_outer_cancel_spares_the_inner::main},
        {"055_shield_in_a_timeout", shield_in_a_timeout::main},
        {"056_shield_failure_after_the_outer_is_gone", shield_failure_after_the_outer_is_gone::main},
        {"057_ascompleted_in_order_of_ending", ascompleted_in_order_of_ending::main},
        {"058_ascompleted_exceptions_in_their_place", ascompleted_exceptions_in_their_place::main},
        {"059_cancel_while_sleeping", cancel_while_sleeping::main},
        {"060_cancel_before_the_first_step", cancel_before_the_first_step::main},
        {"061_cancel_twice_before_delivery", cancel_twice_before_delivery::main},
        {"062_cancel_twice_in_sequence", cancel_twice_in_sequence::main},
        {"063_cancel_goes_down_to_the_awaited_task", cancel_goes_down_to_the_awaited_task::main},
        {"064_cancel_chain_of_three", cancel_chain_of_three::main},
        {"065_cancel_is_not_seen_by_done_awaits", cancel_is_not_seen_by_done_awaits::main},
        {"066_cancel_uncancel_counts", cancel_uncancel_counts::main},
        {"067_cancel_turned_into_another_exception", cancel_turned_into_another_exception::main},
        {"068_cancel_raised_by_hand", cancel_raised_by_hand::main},
        {"069_cancel_main_ends_the_program", cancel_main_ends_the_program::main},
    };
}

} // namespace loopscope::oracle
