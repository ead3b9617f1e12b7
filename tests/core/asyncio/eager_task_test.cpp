#include "core/asyncio.h"
#include "core/lesson/run.h"
#include "core/trace/replay.h"
#include "core/trace/spans.h"
#include "tests/support/catch.h"

#include <string>
#include <vector>

// What CPython 3.13 does with asyncio.eager_task_factory; the logs are its own.

namespace loopscope::tests {
namespace {

using lines = std::vector<std::string>;

// A program writes into it; a run begins with an empty one.
lines written;

void log(std::string text) { written.push_back(std::move(text)); }

Coro<std::string> child(std::string name, double delay)
{
    log(name + " starts");
    if (delay >= 0)
        co_await sleep(delay);
    log(name + " ends");
    co_return name;
}

Coro<std::string> child(std::string name) { return child(std::move(name), -1); }

Coro<void> eagerly(Coro<void> main)
{
    get_running_loop().set_task_factory(eager_task_factory);
    co_await std::move(main);
}

lines log_of(Coro<void> main)
{
    written.clear();
    run(eagerly(std::move(main)));
    return written;
}

std::string current_name() { return get_running_loop().current_task()->name(); }

Coro<void> order()
{
    Task<std::string> a = create_task(child("a", 0));
    log("created a");
    Task<std::string> b = create_task(child("b"));
    log(b.done() ? "created b, done" : "created b");
    log(std::to_string(get_running_loop().all_tasks().size()) + " tasks");
    co_await a;
    log("awaited a");
    co_await b;
    log("awaited b");
}

Coro<void> inner()
{
    log("inner " + current_name());
    co_await sleep(0);
    log("inner goes on");
}

Coro<void> outer()
{
    log("outer " + current_name());
    Task<> task = create_task(inner());
    log("outer back " + current_name());
    co_await task;
}

Coro<void> nested()
{
    Task<> task = create_task(outer());
    co_await task;
    log("main " + current_name());
}

Coro<void> bad()
{
    throw ValueError("x");
    co_return;
}

Coro<void> failing()
{
    Task<> task = create_task(bad());
    log(task.done() ? "done" : "pending");
    try {
        co_await task;
    } catch (const ValueError& e) {
        log(std::string("caught ") + e.what());
    }
}

Coro<void> gathered()
{
    std::vector<std::string> names = co_await gather(child("a"), child("b", 0), child("c"));
    log(names[0] + names[1] + names[2]);
    names = co_await gather(child("d"), child("e"));
    log(names[0] + names[1]);
}

Coro<void> grouped()
{
    TaskGroup group;
    auto block = [&]() -> Coro<void> {
        group.create_task(child("a"));
        group.create_task(bad());
        log("still in block");
        co_await sleep(0);
        log("after sleep");
    };
    try {
        co_await async_with(group, block());
    } catch (const ExceptionGroup& error) {
        log("group of " + std::to_string(error.exceptions().size()));
    }
}

Coro<void> cancelled()
{
    Task<std::string> task = create_task(child("a", 1));
    task.cancel();
    try {
        co_await task;
    } catch (const CancelledError&) {
        log("cancelled");
    }
}

Coro<void> asks_itself_to_stop(bool waits)
{
    get_running_loop().current_task()->cancel();
    log("asked");
    if (waits)
        co_await sleep(0);
    log("not stopped yet");
}

Coro<void> stops_itself()
{
    Task<> waits = create_task(asks_itself_to_stop(true));
    log(waits.done() ? "done" : "pending");
    try {
        co_await waits;
    } catch (const CancelledError&) {
        log("cancelled");
    }
    Task<> returns = create_task(asks_itself_to_stop(false));
    log(returns.cancelled() ? "cancelled at once" : "not cancelled");
}

Coro<void> in_a_callback()
{
    EventLoop& loop = get_running_loop();
    loop.call_soon([&loop] {
        Task<std::string> task = loop.create_task(child("in a callback", 0));
        log("callback back");
    });
    co_await sleep(0.1);
}

Coro<void> with_helpers()
{
    const std::string waited = co_await wait_for(child("w"), 1);
    log(waited);
    std::vector<Task<std::string>> tasks;
    tasks.push_back(create_task(child("x")));
    tasks.push_back(create_task(child("y", 0.1)));
    auto both = co_await wait(tasks, std::nullopt, ReturnWhen::FirstCompleted);
    log(std::to_string(both.done.size()) + " done, " + std::to_string(both.pending.size()) + " pending");
    const std::string shielded = co_await shield(child("s"));
    log(shielded);
}

Coro<void> only_one()
{
    Task<std::string> first = create_task(child("queued", 0));
    Task<std::string> second = get_running_loop().create_task(child("eager", 0), eager_start);
    log("both created");
    co_await gather(first, second);
}

TEST_CASE("an eager task runs up to its first wait inside create_task", "[core][asyncio][eager]")
{
    CHECK(log_of(order())
          == lines{"a starts", "created a", "b starts", "b ends", "created b, done", "2 tasks", "a ends", "awaited a",
                   "awaited b"});
}

TEST_CASE("an eager task is the current one until it waits, and then its maker is again", "[core][asyncio][eager]")
{
    CHECK(log_of(nested())
          == lines{"outer Task-2", "inner Task-3", "outer back Task-2", "inner goes on", "main Task-1"});
}

TEST_CASE("an eager task keeps its exception until it is awaited", "[core][asyncio][eager]")
{
    CHECK(log_of(failing()) == lines{"done", "caught x"});
}

TEST_CASE("gather of eager tasks gives the results in the order of the arguments", "[core][asyncio][eager]")
{
    CHECK(log_of(gathered())
          == lines{"a starts", "a ends", "b starts", "c starts", "c ends", "b ends", "abc", "d starts", "d ends",
                   "e starts", "e ends", "de"});
}

TEST_CASE("an eager task that fails at once does not stop the block of its group before the block waits",
          "[core][asyncio][eager]")
{
    CHECK(log_of(grouped()) == lines{"a starts", "a ends", "still in block", "group of 1"});
}

TEST_CASE("cancelling an eager task reaches it where it waits", "[core][asyncio][eager]")
{
    CHECK(log_of(cancelled()) == lines{"a starts", "cancelled"});
}

TEST_CASE("an eager task that asks itself to stop does so at its wait, or as it returns", "[core][asyncio][eager]")
{
    CHECK(log_of(stops_itself())
          == lines{"asked", "pending", "cancelled", "asked", "not stopped yet", "cancelled at once"});
}

TEST_CASE("a callback makes eager tasks too", "[core][asyncio][eager]")
{
    CHECK(log_of(in_a_callback()) == lines{"in a callback starts", "callback back", "in a callback ends"});
}

TEST_CASE("wait_for, wait and shield take eager tasks", "[core][asyncio][eager]")
{
    CHECK(log_of(with_helpers())
          == lines{"w starts", "w ends", "w", "x starts", "x ends", "y starts", "1 done, 1 pending", "s starts",
                   "s ends", "s"});
}

TEST_CASE("one task may be eager where the others are queued", "[core][asyncio][eager]")
{
    written.clear();
    run(only_one());
    CHECK(written == lines{"eager starts", "both created", "queued starts", "eager ends", "queued ends"});
}

TEST_CASE("before the loop runs an eager task is queued like any other", "[core][asyncio][eager]")
{
    written.clear();
    EventLoop loop;
    Task<std::string> task = loop.create_task(child("a"), eager_start);
    CHECK(written.empty());
    loop.run_until_complete(task);
    CHECK(written == lines{"a starts", "a ends"});
}

TEST_CASE("the states show an eager task running inside its maker's step", "[core][asyncio][eager]")
{
    EventLoop loop;
    CHECK(run_program(loop, [] { return eagerly(nested()); }) == Outcome{});
    const Trace& trace = *loop.trace();
    Snapshot state;
    std::vector<std::string> running;
    while (state.step < trace.size()) {
        apply(state, trace);
        const std::string now = state.running ? trace.display_name(state.running) : "-";
        if (running.empty() || running.back() != now)
            running.push_back(now);
    }
    CHECK(running == lines{"-", "main", "outer", "inner", "outer", "main", "-", "inner", "-", "outer", "-", "main", "-"});
    for (const TaskLane& lane : spans_of(trace).tasks)
        for (std::size_t i = 1; i < lane.spans.size(); ++i)
            CHECK(lane.spans[i - 1].end <= lane.spans[i].begin);
}

} // namespace
} // namespace loopscope::tests
