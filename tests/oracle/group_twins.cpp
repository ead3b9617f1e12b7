#include "tests/oracle/twin.h"

#include <cstddef>
#include <exception>
#include <string>
#include <vector>

namespace loopscope::oracle {
namespace {

namespace group_one_fails {

Coro<void> good(std::string name)
{
    try {
        co_await sleep(10);
    } catch (const CancelledError&) {
        log(name + " cancelled");
        throw;
    }
}

Coro<void> bad()
{
    co_await sleep(1);
    log("bad fails");
    throw ValueError("boom");
}

Coro<void> main()
{
    TaskGroup group;
    auto block = [&]() -> Coro<void> {
        for (const char* name : {"a", "b"})
            group.create_task(good(name));
        group.create_task(bad());
        co_return;
    };
    try {
        co_await async_with(group, block());
    } catch (const ExceptionGroup& e) {
        log(std::string(e.what()) + ": " + describe_error(e.exceptions()[0]).message);
    }
    co_await sleep(1);
    log("main goes on");
}

} // namespace group_one_fails

namespace group_several_fail {

Coro<void> child(std::string name, double delay, bool cleanup_fails)
{
    try {
        co_await sleep(delay);
        throw ValueError(name);
    } catch (const CancelledError&) {
        log(name + " cancelled");
        if (!cleanup_fails)
            throw;
    }
    co_await sleep(1);
    throw OSError(name + " clean-up");
}

Coro<void> main()
{
    TaskGroup group;
    auto block = [&]() -> Coro<void> {
        group.create_task(child("a", 5, true));
        group.create_task(child("b", 1, false));
        group.create_task(child("c", 5, false));
        co_return;
    };
    try {
        co_await async_with(group, block());
    } catch (const ExceptionGroup& e) {
        for (const std::exception_ptr& each : e.exceptions()) {
            const ErrorText text = describe_error(each);
            log(text.type + " " + text.message);
        }
    }
}

} // namespace group_several_fail

namespace group_uncaught {

Coro<void> child(std::string text, double delay)
{
    co_await sleep(delay);
    throw ValueError(text);
}

Coro<void> main()
{
    TaskGroup group;
    auto block = [&]() -> Coro<void> {
        group.create_task(child("one", 1));
        group.create_task(child("two", 2));
        co_await sleep(0.5);
        log("body ends");
    };
    co_await async_with(group, block());
}

} // namespace group_uncaught

namespace group_failure_interrupts_the_body {

Coro<void> bad()
{
    co_await sleep(1);
    throw ValueError("boom");
}

Coro<void> main()
{
    TaskGroup group;
    auto block = [&]() -> Coro<void> {
        group.create_task(bad());
        try {
            co_await sleep(10);
        } catch (const CancelledError&) {
            log("body interrupted");
            throw;
        }
    };
    try {
        co_await async_with(group, block());
    } catch (const ExceptionGroup& e) {
        if (take_out<ValueError>(e) > 0)
            log("ValueError came out");
    }
    log("requests " + requests());
    co_await sleep(1);
    log("main goes on");
}

} // namespace group_failure_interrupts_the_body

namespace group_nested {

Coro<void> sibling(std::string name)
{
    const Finally last([&name] { log(name + " ends"); });
    co_await sleep(10);
}

Coro<void> bad()
{
    co_await sleep(1);
    throw ValueError("deep");
}

Coro<void> main()
{
    TaskGroup outer;
    TaskGroup inner;
    auto inner_block = [&]() -> Coro<void> {
        inner.create_task(sibling("inner sibling"));
        inner.create_task(bad());
        co_return;
    };
    auto outer_block = [&]() -> Coro<void> {
        outer.create_task(sibling("outer sibling"));
        co_await async_with(inner, inner_block());
    };
    try {
        co_await async_with(outer, outer_block());
    } catch (const ExceptionGroup& e) {
        log(describe_error(e.exceptions()[0]).type + " in the group");
        try {
            std::rethrow_exception(e.exceptions()[0]);
        } catch (const ExceptionGroup& deeper) {
            log(describe_error(deeper.exceptions()[0]).message + " in that");
        }
    }
}

} // namespace group_nested

namespace group_tasks_create_tasks {

// The group outlives its tasks.
Coro<void> node(TaskGroup& group, std::string name, int depth)
{
    co_await sleep(1);
    log(name);
    if (depth > 0) {
        group.create_task(node(group, name + ".l", depth - 1));
        group.create_task(node(group, name + ".r", depth - 1));
    }
}

Coro<void> main()
{
    TaskGroup group;
    auto block = [&]() -> Coro<void> {
        group.create_task(node(group, "root", 2));
        co_return;
    };
    co_await async_with(group, block());
    log("tree is done");
}

} // namespace group_tasks_create_tasks

namespace group_closed_to_new_tasks {

Coro<void> late(TaskGroup& group)
{
    try {
        co_await sleep(10);
    } catch (const CancelledError&) {
        try {
            group.create_task(Coro<void>(sleep(1)));
        } catch (const RuntimeError& e) {
            log("while shutting down: " + e.type());
        }
        throw;
    }
}

Coro<void> bad()
{
    throw ValueError("boom");
    co_return;
}

Coro<void> main()
{
    TaskGroup group;
    auto block = [&]() -> Coro<void> {
        group.create_task(late(group));
        co_await sleep(0);
        group.create_task(bad());
    };
    try {
        co_await async_with(group, block());
    } catch (const ExceptionGroup& e) {
        if (take_out<ValueError>(e) > 0)
            log("failed");
    }
    try {
        group.create_task(Coro<void>(sleep(1)));
    } catch (const RuntimeError& e) {
        log("after the end: " + e.type());
    }
}

} // namespace group_closed_to_new_tasks

namespace group_never_started_task_is_cancelled {

Coro<void> child()
{
    log("never");
    co_return;
}

Coro<void> main()
{
    TaskGroup group;
    auto block = [&]() -> Coro<void> {
        group.create_task(child());
        group.create_task(child());
        throw ValueError("early");
        co_return;
    };
    try {
        co_await async_with(group, block());
    } catch (const ExceptionGroup& e) {
        const std::size_t taken = take_out<ValueError>(e);
        log(std::to_string(taken) + " exception");
    }
}

} // namespace group_never_started_task_is_cancelled

namespace group_empty {

Coro<void> main()
{
    get_running_loop().call_soon([] { log("a turn of the loop"); });
    TaskGroup group;
    auto block = []() -> Coro<void> {
        log("body");
        co_return;
    };
    co_await async_with(group, block());
    log("after the group");
    co_await sleep(0);
}

} // namespace group_empty
} // namespace

std::vector<Twin> group_twins()
{
    return {
        {"070_group_one_fails", group_one_fails::main},
        {"071_group_several_fail", group_several_fail::main},
        {"072_group_uncaught", group_uncaught::main},
        {"073_group_failure_interrupts_the_body", group_failure_interrupts_the_body::main},
        {"074_group_nested", group_nested::main},
        {"075_group_tasks_create_tasks", group_tasks_create_tasks::main},
        {"076_group_closed_to_new_tasks", group_closed_to_new_tasks::main},
        {"077_group_never_started_task_is_cancelled", group_never_started_task_is_cancelled::main},
        {"078_group_empty", group_empty::main},
    };
}

} // namespace loopscope::oracle
