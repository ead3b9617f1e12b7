#include "tests/oracle/twin.h"

#include <exception>
#include <optional>
#include <string>
#include <vector>

namespace loopscope::oracle {
namespace {

// ---- async generators and iterators ----

AsyncGenerator<int> numbers(int count)
{
    for (int n = 0; n < count; ++n) {
        log("makes " + std::to_string(n));
        co_yield n;
        log("after " + std::to_string(n));
    }
}

Coro<void> agen_items_come_on_demand()
{
    AsyncGenerator<int> source = numbers(2);
    log("created");
    co_await sleep(0);
    while (const std::optional<int> n = co_await source.next())
        log("gets " + std::to_string(*n));
    log("end");
}

AsyncGenerator<int> ticks()
{
    std::exception_ptr error;
    try {
        for (int n = 0; n < 10; ++n) {
            co_await sleep(1);
            co_yield n;
        }
    } catch (...) {
        error = std::current_exception();
    }
    log("generator closing");
    co_await sleep(1);
    log("generator closed");
    if (error)
        std::rethrow_exception(error);
}

Coro<void> agen_cleanup_on_aclose()
{
    AsyncGenerator<int> source = ticks();
    auto block = [&]() -> Coro<void> {
        while (const std::optional<int> n = co_await source.next()) {
            log("tick " + std::to_string(*n));
            if (*n == 2)
                break;
        }
        log("left the loop");
    };
    co_await async_with(source, block());
    log("left the block");
}

AsyncGenerator<std::string> endless_source()
{
    try {
        for (;;) {
            co_await sleep(1);
            co_yield "item";
        }
    } catch (const CancelledError&) {
        log("generator cancelled");
        throw;
    }
}

Coro<void> consumer()
{
    AsyncGenerator<std::string> source = endless_source();
    try {
        while (const std::optional<std::string> item = co_await source.next())
            log(*item);
    } catch (const CancelledError&) {
        log("consumer cancelled");
        throw;
    }
}

Coro<void> agen_consumer_cancelled()
{
    Task<> task = create_task(consumer());
    co_await sleep(2.5);
    task.cancel();
    const std::vector<Task<>> tasks(1, task);
    co_await wait(tasks);
}

class Countdown {
public:
    explicit Countdown(int start) : left_(start) {}

    Coro<std::optional<int>> next()
    {
        if (left_ == 0) {
            log("stops");
            co_return std::nullopt;
        }
        --left_;
        co_await sleep(1);
        co_return left_;
    }

private:
    int left_;
};

Coro<void> agen_iterator_class()
{
    Countdown countdown(3);
    while (const std::optional<int> n = co_await countdown.next())
        log(std::to_string(*n));
    log("over");
}

// ---- exit stacks ----

Coro<void> closing(std::string name, double delay)
{
    co_await sleep(delay);
    log(name + " closed");
}

Coro<void> actx_exit_stack()
{
    AsyncExitStack stack;
    auto block = [&]() -> Coro<void> {
        stack.push_async_callback([] { return closing("first", 2); });
        stack.callback([] { log("plain callback"); });
        stack.push_async_callback([] { return closing("last", 1); });
        log("body");
        throw ValueError("boom");
        co_return;
    };
    try {
        co_await async_with(stack, block());
    } catch (const ValueError& error) {
        log(error.what());
    }
}

// ---- exceptions ----

Coro<void> exc_in_a_callback()
{
    EventLoop& loop = get_running_loop();
    loop.set_exception_handler(
        [](EventLoop&, const ExceptionContext& context) { log("handler: " + describe_error(context.exception).message); });
    loop.call_soon([] { throw ValueError("one"); });
    loop.call_soon([] { log("good"); });
    loop.call_later(1, [] { throw ValueError("two"); });
    co_await sleep(2);
    log("main goes on");
}

Coro<void> fails_unseen()
{
    co_await sleep(1);
    log("bad fails");
    throw ValueError("unseen");
}

Coro<void> exc_in_a_task_nobody_awaits()
{
    Task<> task = create_task(fails_unseen());
    co_await sleep(2);
    log("main goes on, task holds " + describe_error(task.exception()).message);
}

Coro<void> fails_first()
{
    co_await sleep(1);
    throw ValueError("first");
}

Coro<void> fails_second()
{
    co_await sleep(1);
    throw OSError("second");
}

Coro<void> fails_in_finally()
{
    co_await try_finally(fails_first(), fails_second);
}

Coro<void> exc_replaced_in_finally()
{
    Task<> child = create_task(fails_in_finally());
    try {
        co_await child;
    } catch (const OSError& error) {
        log(error.what());
    }
}

template <class E>
Coro<void> fails_even_if_cancelled(E error, double delay)
{
    try {
        co_await sleep(delay);
    } catch (const CancelledError&) {
    }
    throw error;
}

// One `except* E` clause: takes its part out of the error that is under way, which is null in the
// end when nothing is left.
template <class E>
void note_part(std::exception_ptr& error)
{
    std::exception_ptr taken;
    try {
        if (error)
            std::rethrow_exception(error);
    } catch (const ExceptionGroup& group) {
        const auto parts = group.split<E>();
        taken = parts.first;
        error = parts.second;
    }
    try {
        if (taken)
            std::rethrow_exception(taken);
    } catch (const ExceptionGroup& part) {
        log(E().type() + ": " + std::to_string(part.exceptions().size()));
    }
}

Coro<void> exc_star_takes_its_part()
{
    TaskGroup group;
    auto block = [&]() -> Coro<void> {
        group.create_task(fails_even_if_cancelled(ValueError("v"), 1));
        group.create_task(fails_even_if_cancelled(OSError("o"), 2));
        group.create_task(fails_even_if_cancelled(RuntimeError("k"), 3));
        co_return;
    };
    try {
        co_await async_with(group, block());
    } catch (const ExceptionGroup&) {
        std::exception_ptr error = std::current_exception();
        note_part<ValueError>(error);
        note_part<OSError>(error);
        if (error)
            std::rethrow_exception(error);
    }
}

// ---- context variables ----

Coro<void> sets(std::string value, const ContextVar<std::string>& var)
{
    co_await sleep(1);
    var.set(value);
}

Coro<void> ctxvar_shared_by_inline_await()
{
    const ContextVar<std::string> var("var", "unset");
    co_await sets("inline", var);
    log(var.get());
    Task<> task = create_task(sets("in a task", var));
    co_await task;
    log(var.get());
}

Coro<void> ctxvar_in_callbacks()
{
    const ContextVar<std::string> var("var", "unset");
    EventLoop& loop = get_running_loop();
    auto show = [&](const std::string& name) {
        log(name + ": " + var.get());
        var.set("changed in a callback");
    };
    var.set("one");
    loop.call_soon([&] { show("soon"); });
    loop.call_later(1, [&] { show("later"); });
    var.set("two");
    co_await sleep(2);
    log("main: " + var.get());
}

} // namespace

std::vector<Twin> generator_twins()
{
    return {
        {"105_agen_items_come_on_demand", agen_items_come_on_demand},
        {"106_agen_cleanup_on_aclose", agen_cleanup_on_aclose},
        {"107_agen_consumer_cancelled", agen_consumer_cancelled},
        {"108_agen_iterator_class", agen_iterator_class},
        {"109_actx_exit_stack", actx_exit_stack},
        {"110_exc_in_a_callback", exc_in_a_callback},
        {"111_exc_in_a_task_nobody_awaits", exc_in_a_task_nobody_awaits},
        {"112_exc_replaced_in_finally", exc_replaced_in_finally},
        {"113_exc_star_takes_its_part", exc_star_takes_its_part},
        {"114_ctxvar_shared_by_inline_await", ctxvar_shared_by_inline_await},
        {"115_ctxvar_in_callbacks", ctxvar_in_callbacks},
    };
}

} // namespace loopscope::oracle
