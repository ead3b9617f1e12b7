// Timeouts.
//
// A timeout is a timer that cancels the task it belongs to. The block inside it gets the cancellation
// where it waits; the edge of the block makes a TimeoutError of it. So it cuts off waits, not work.

#include "lessons/catalog.h"
#include "lessons/parameters.h"

#include <string>
#include <vector>

//@ story
#include "core/asyncio.h"

//@ end
namespace loopscope::lessons {
namespace {

using std::string;
using std::vector;

//@ function fetch_both
Coro<> fetch_both(double a, double b)
{
    co_await sleep(a); //@ wait a
    print("a ok"); //@ a ok
    co_await sleep(b); //@ wait b
    print("b ok"); //@ b ok
}

//@ function main
Coro<> main(double budget = 1.0, double a = 0.6, double b = 0.6)
{
    Timeout limit = timeout(budget);
    auto block = [&]() -> Coro<> {
        co_await fetch_both(a, b); //@ fetch both
    };
    try {
        co_await async_with(limit, block()); //@ limited
        print("in time"); //@ in time
    } catch (const TimeoutError&) {
        print("too late"); //@ too late
    }
}

//@ function fetch
Coro<> fetch(string name, double seconds)
{
    co_await sleep(seconds); //@ wait
    print(name + " ok"); //@ ok
}

//@ function main_per_call
Coro<> main_per_call(double limit = 1.0,
                     double a = 0.6, double b = 0.6)
{
    try {
        co_await wait_for(fetch("a", a), limit); //@ limited a
        co_await wait_for(fetch("b", b), limit); //@ limited b
        print("in time"); //@ calls in time
    } catch (const TimeoutError&) {
        print("too late"); //@ calls too late
    }
}

//@ function main_slow_cleanup
Coro<> main_slow_cleanup(double budget = 1.0, double a = 0.6,
                         double b = 0.6, double cleanup = 0.3)
{
    Timeout limit = timeout(budget);
    auto fetch = [&]() -> Coro<> { co_await fetch_both(a, b); }; //@ careful fetch
    auto tidy = [&]() -> Coro<> { co_await sleep(cleanup); }; //@ clean up
    auto block = try_finally(fetch(), tidy);
    try {
        co_await async_with(limit, std::move(block)); //@ limited careful
        print("in time"); //@ careful in time
    } catch (const TimeoutError&) {
        print("too late"); //@ careful too late
    }
}

//@ function compute_and_fetch
Coro<> compute_and_fetch(double seconds, double b, string then)
{
    cpu(seconds); //@ compute
    print("a ok"); //@ computed
    if (then == "fetch b") {
        co_await sleep(b); //@ wait then
        print("b ok"); //@ then ok
    }
}

//@ function main_computing
Coro<> main_computing(double budget = 1.0, double seconds = 2.0,
                      double b = 0.6, string then = "fetch b")
{
    Timeout limit = timeout(budget);
    auto block = compute_and_fetch(seconds, b, then);
    try {
        co_await async_with(limit, std::move(block)); //@ limited computing
        print("in time"); //@ computing in time
    } catch (const TimeoutError&) {
        print("too late"); //@ computing too late
    }
}
//@ end

Coro<> start_block(EventLoop&, const Values& values)
{
    return main(values.number("budget"), values.number("fetch_a"), values.number("fetch_b"));
}

Coro<> start_per_call(EventLoop&, const Values& values)
{
    return main_per_call(values.number("budget"), values.number("fetch_a"), values.number("fetch_b"));
}

Coro<> start_slow_cleanup(EventLoop&, const Values& values)
{
    return main_slow_cleanup(values.number("budget"), values.number("fetch_a"), values.number("fetch_b"),
                             values.number("cleanup"));
}

Coro<> start_computing(EventLoop&, const Values& values)
{
    return main_computing(values.number("budget"), values.number("compute"), values.number("fetch_b"),
                          values.word("then"));
}

vector<Parameter> parameters()
{
    return {in_seconds("budget", "time limit", {.low = 0.1, .high = 3.0, .step = 0.1}, 1.0),
            in_seconds("fetch_a", "page a", {.low = 0.1, .high = 2.0, .step = 0.1}, 0.6),
            in_seconds("fetch_b", "page b", {.low = 0.1, .high = 2.0, .step = 0.1}, 0.6),
            in_seconds("cleanup", "clean-up", {.low = 0, .high = 1.0, .step = 0.1}, 0.3),
            in_seconds("compute", "compute a", {.low = 0, .high = 3.0, .step = 0.1}, 2.0),
            one_of("then", "afterwards", {"fetch b", "nothing"}, "fetch b")};
}

vector<Variant> variants()
{
    return {{.name = "block",
             .title = "One limit for both",
             .summary = "Both pages share one time limit.",
             .start = start_block,
             .functions = {"fetch_both", "main"},
             .parameters = {"budget", "fetch_a", "fetch_b"}},
            {.name = "per-call",
             .title = "A limit each",
             .summary = "Each page has the whole time limit to itself.",
             .start = start_per_call,
             .functions = {"fetch", "main_per_call"},
             .parameters = {"budget", "fetch_a", "fetch_b"},
             .python_minor = 12},
            {.name = "slow-cleanup",
             .title = "Slow clean-up",
             .summary = "What is cut off has something to put in order first, and that takes time too.",
             .start = start_slow_cleanup,
             .functions = {"fetch_both", "main_slow_cleanup"},
             .parameters = {"budget", "fetch_a", "fetch_b", "cleanup"}},
            {.name = "computing",
             .title = "Computing",
             .summary = "Page a is not waited for but computed, past the time limit.",
             .start = start_computing,
             .functions = {"compute_and_fetch", "main_computing"},
             .parameters = {"budget", "fetch_b", "compute", "then"}}};
}

vector<Prediction> predictions()
{
    Prediction computing{
        .id = "computing",
        .question = "`cpu` computes past the limit without a pause, and then the code awaits page b. "
                    "When does \"too late\" appear?",
        .setup = {.variant = "computing"},
        .answer = "at(\"too late\")",
        .options = {{"at {} s", "budget", "M20"},
                    {"at {} s", "compute"},
                    {"{}", "never", "A time limit that passes unnoticed is forgotten."},
                    {"at {} s", "compute + fetch_b", "A timeout waits for the block to end, and then looks at the clock."}},
        .decided_by = "fact(\"timeout expired\")",
        .because = "Nobody else runs while `cpu` holds the thread, not even the timer of the limit. The loop notices "
                   "it at the first await after that, and this await is cut off at once.",
    };
    computing.again = {{"compute=1.4"}, {"budget=0.5", "compute=2.6"}};

    Prediction per_call{
        .id = "per-call",
        .question = "Each page has the limit to itself. When is the program over, and how?",
        .setup = {.variant = "per-call"},
        .answer = "total",
        .options = {{"at {} s, in time", "fetch_a + fetch_b"},
                    {"at {} s, too late", "budget", "The limit of one call counts for all that follow."},
                    {"at {} s, too late", "2 * budget", "A call with a limit takes as long as the limit."}},
        .decided_by = "printed(\"b ok\")",
        .because = "The limit of page a ended with page a. Page b got a new one, and that was not used up either.",
    };
    per_call.again = {{"fetch_a=0.9", "fetch_b=0.8"}, {"budget=0.8", "fetch_a=0.3", "fetch_b=0.7"}};

    Prediction cleanup{
        .id = "cleanup",
        .question = "The limit passes while page b is awaited, and the clean-up needs some time of its own. "
                    "When does \"too late\" appear?",
        .setup = {.variant = "slow-cleanup"},
        .answer = "at(\"too late\")",
        .options = {{"at {} s", "budget", "M17"},
                    {"at {} s", "budget + cleanup"},
                    {"at {} s", "fetch_a + fetch_b + cleanup", "A timeout lets the call in progress come to its end."}},
        .decided_by = "printed(\"too late\")",
        .because = "The limit cancelled the await at once. But the block is not left before its `finally` has "
                   "ended, and the clean-up there awaits.",
    };
    cleanup.again = {{"cleanup=0.7"}, {"budget=0.8", "fetch_b=0.9", "cleanup=0.4"}};
    return {computing, per_call, cleanup};
}

vector<Remark> remarks()
{
    return {{"block", "printed(\"a ok\")", "Page a is there. What it took is gone from the limit that page b shares."},
            {"block", "fact(\"timeout expired\")",
             "The limit is a timer like any other. All it does is to cancel the task; the task is not stopped yet."},
            {"block", "printed(\"too late\")",
             "On the way out of the block the cancellation has become a `TimeoutError`, and is over with that."},
            {"per-call", "printed(\"a ok\")", "Page a is there, and its limit is forgotten. Page b gets a new one."},
            {"per-call", "printed(\"in time\")", "Together the calls may take longer than one limit. Nobody limited the sum."},
            {"slow-cleanup", "if(budget < fetch_a + fetch_b, fact(\"timeout expired\"), never)",
             "The await is cut off now, but `finally` comes first, and its clean-up awaits."},
            {"slow-cleanup", "printed(\"too late\")",
             "Only now has the block been left. A timeout says when to begin to stop."},
            {"computing", "printed(\"a ok\")",
             "If the limit has passed by now, nobody has noticed: the timer needs the thread, and `cpu` held it."},
            {"computing", "if(budget < compute, fact(\"timeout expired\"), never)",
             "The first await lets go of the thread, so the loop finds the timer due, and cuts this very await off."}};
}

} // namespace

Lesson timeouts()
{
    return {
        .number = 24,
        .chapter = 7,
        .chapter_title = "Stopping",
        .id = "timeouts",
        .title = "Timeouts",
        .question = "What exactly does a timeout limit?",
        .text = "Two pages, a and b, are fetched one after the other; `sleep` stands for the wait for each. A slow "
                "server must not hold us up for ever, so there is a time limit. `asyncio.timeout(1.0)` gives one to a "
                "block of code; `wait_for(…, 1.0)` gives one to a single call. Either way the limit is a timer of the "
                "event loop. When it is due, the loop cancels the task: the await in progress ends with an exception, "
                "which leaves the block as a `TimeoutError`. The variants ask what the limit counts, and whom it "
                "reaches: a block that cleans up behind itself, and one that computes instead of waiting.",
        .takeaway = "A timeout can cut off an await and nothing else: a block ends when its clean-up has ended, "
                    "and code that computes is not interrupted.",
        .cpp_file = "lessons/7_stopping/timeouts.cpp",
        .python_file = "lessons/7_stopping/timeouts.py",
        .parameters = parameters(),
        .variants = variants(),
        .default_variant = 0,
        .compare = {"block", "per-call"},
        .predictions = predictions(),
        .challenge = {.task = "Each page takes 0.6 s. Find the smallest limit for the block with which both arrive.",
                      .goal = "count(\"* ok\") == 2 and budget <= 1.3 and fetch_a + fetch_b >= 1.2",
                      .begins = {.variant = "block"},
                      .passes = {.variant = "block", .sets = {"budget=1.3"}},
                      .hint = "With 1.2 s the limit and page b are due at the same moment, and the limit, which was "
                              "set first, wins.",
                      .variants = {"block"}},
        .remarks = remarks(),
        .needs = {"when-one-fails", "task-groups"},
        .versions = "`asyncio.timeout` came with Python 3.11. `wait_for` runs a coroutine inside the task that awaits "
                    "it since 3.12; before, it made a task of its own.",
    };
}

} // namespace loopscope::lessons
