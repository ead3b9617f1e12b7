// One blocking call freezes everyone.
//
// A call that holds the thread while it waits keeps the event loop from running anybody else. Ticks
// that are due meanwhile come late, and all of the program answers to nobody.

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

//@ function heartbeat
Coro<> heartbeat(double period)
{
    for (;;) {
        print("tick"); //@ tick
        co_await sleep(period); //@ pause
    }
}

//@ function main
Coro<> main(double seconds = 1.0, double period = 0.1)
{
    Task<> heart = create_task(heartbeat(period)); //@ heart
    co_await sleep(0.25); //@ before
    block(seconds); //@ block
    print("the answer is here"); //@ answer
    co_await sleep(0.22); //@ after
}

//@ function main_awaiting
Coro<> main_awaiting(double seconds = 1.0, double period = 0.1)
{
    Task<> heart = create_task(heartbeat(period)); //@ awaiting heart
    co_await sleep(0.25); //@ awaiting before
    co_await sleep(seconds); //@ awaiting
    print("the answer is here"); //@ awaiting answer
    co_await sleep(0.22); //@ awaiting after
}

//@ function main_thread
Coro<> main_thread(double seconds = 1.0, double period = 0.1)
{
    Task<> heart = create_task(heartbeat(period)); //@ thread heart
    co_await sleep(0.25); //@ thread before
    co_await to_thread(block, seconds); //@ thread
    print("the answer is here"); //@ thread answer
    co_await sleep(0.22); //@ thread after
}

//@ function main_debug
Coro<> main_debug(double seconds = 1.0, double period = 0.1)
{
    get_running_loop().set_debug(true);
    Task<> heart = create_task(heartbeat(period)); //@ debug heart
    co_await sleep(0.25); //@ debug before
    block(seconds); //@ debug block
    print("the answer is here"); //@ debug answer
    co_await sleep(0.22); //@ debug after
}
//@ end

auto with_heart(Coro<> (*story)(double, double))
{
    return [story](EventLoop&, const Values& values) {
        return story(values.number("latency"), values.number("period"));
    };
}

vector<Prediction> predictions()
{
    return {
        {.id = "next-tick",
         .question = "The third tick came at 0.2 s, and at 0.25 s `main` makes its blocking call. When does the "
                     "fourth tick come?",
         .setup = {.variant = "blocking"},
         .answer = "at(tick, 4)",
         .options = {{.text = "at {} s, as planned", .value = "3 * period", .belief = "M9"},
                     {.text = "at {} s", .value = "0.25 + latency"},
                     {.text = "never: a tick that is missed is dropped", .value = "never",
                      .belief = "A timer that comes due while the thread is held is lost."}},
         .decided_by = "printed(tick, 4)",
         .because = "The tick was due long before, but the one thread was in the blocking call. The loop could notice "
                    "its timer only when `main` let go.",
         .again = {{"latency=0.6"}, {"latency=2.3"}},
         .asked_at = "printed(tick, 3)"},
        {.id = "gap",
         .question = "What is the largest gap between two ticks?",
         .setup = {.variant = "blocking"},
         .answer = "gap(heartbeat)",
         .options = {{.text = "{} s", .value = "period", .belief = "M9"},
                     {.text = "{} s: as long as the call", .value = "latency",
                      .belief = "The gap begins with the call, and not with the last tick before it."},
                     {.text = "{} s", .value = "0.25 + latency - 2 * period"}},
         .decided_by = "printed(tick, 4)",
         .because = "The last tick before the call was at 0.2 s. The next one had to wait for the rest of `main`'s "
                    "sleep and for all of the call.",
         .again = {{"latency=0.5"}, {"latency=1.8"}}},
    };
}

} // namespace

Lesson blocking_freezes_everyone()
{
    return {
        .number = 16,
        .chapter = 5,
        .chapter_title = "One thread for all",
        .id = "blocking-freezes-everyone",
        .title = "One blocking call freezes everyone",
        .question = "Why did my server stop answering?",
        .text = "A task called `heartbeat` prints a tick, sleeps for a while, and begins again: as long as it ticks, "
                "the program can answer. Meanwhile `main` needs an answer that takes a while. `time.sleep(s)`, in C++ "
                "`block(s)`, stands for a blocking call, an ordinary function that comes back only with its answer: "
                "`requests.get`, an ordinary database driver, reading a file. The variant \"Awaiting\" has a library "
                "made for asyncio, whose wait is an `await`. \"In a thread\" hands the blocking call to `to_thread`: "
                "another thread makes it, and `main` awaits its end. The last variant turns on asyncio's debug mode.",
        .takeaway = "A blocking call holds the thread of the event loop, so nobody else runs until it returns, "
                    "however short their own work is.",
        .cpp_file = "lessons/5_one_thread/blocking_freezes_everyone.cpp",
        .python_file = "lessons/5_one_thread/blocking_freezes_everyone.py",
        .parameters = {in_seconds("latency", "the answer takes", {.low = 0.1, .high = 3.0, .step = 0.1}, 1.0),
                       in_seconds("period", "heartbeat", {.low = 0.05, .high = 0.5, .step = 0.05}, 0.1)},
        .variants = {{.name = "blocking",
                      .title = "Blocking",
                      .summary = "An ordinary call, which holds the thread until it returns.",
                      .start = with_heart(main),
                      .functions = {"heartbeat", "main"}},
                     {.name = "awaiting",
                      .title = "Awaiting",
                      .summary = "The wait is an await: the loop is free meanwhile, and the ticks keep their time.",
                      .start = with_heart(main_awaiting),
                      .functions = {"heartbeat", "main_awaiting"}},
                     {.name = "thread",
                      .title = "In a thread",
                      .summary = "The same blocking call in another thread: `main` awaits its end, and the ticks keep "
                                 "their time.",
                      .start = with_heart(main_thread),
                      .functions = {"heartbeat", "main_thread"}},
                     {.name = "debug",
                      .title = "In debug mode",
                      .summary = "Blocking again, and asyncio reports which task held the loop, and for how long.",
                      .start = with_heart(main_debug),
                      .functions = {"heartbeat", "main_debug"}}},
        .default_variant = 0,
        .compare = {"blocking", "awaiting"},
        .predictions = predictions(),
        .challenge = {.task = "The answer takes a second or more. Get it, with no more than 0.15 s between any two "
                              "ticks.",
                      .goal = "gap(heartbeat) <= 0.15 and count(\"the answer is here\") == 1 and latency >= 1",
                      .begins = {.variant = "blocking"},
                      .passes = {.variant = "awaiting"},
                      .hint = "While `main` waits, somebody else should have the thread: choose another variant."},
        .remarks
        = {{.variant = "blocking",
            .moment = "fact(\"work began\")",
            .text = "The loop cannot do anything until this call returns: its only thread waits in there."},
           {.variant = "blocking",
            .moment = "if(period == 0.1, printed(tick, 4), never)",
            .text = "This tick was due at 0.3 s. Its timer has been due since then, but nobody was there to notice."},
           {.variant = "awaiting",
            .moment = "if(period == 0.1, printed(tick, 4), never)",
            .text = "`main` waits for its answer too, but it has let go of the thread."},
           {.variant = "thread",
            .moment = "fact(\"call began\")",
            .text = "The blocking call is on a thread of its own now. It holds that one, and not the loop's."},
           {.variant = "debug",
            .moment = "fact(\"slow turn reported\")",
            .text = "Debug mode measures each turn on the loop and reports those of 0.1 s and more, with the task's "
                    "name: an easy way to find a blocking call."}},
        .needs = {"concurrent-not-parallel"},
    };
}

} // namespace loopscope::lessons
