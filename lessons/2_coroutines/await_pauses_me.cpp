// `await` pauses me, not the world.
//
// A task that awaits is parked at that line, and whoever else is ready runs meanwhile. A heartbeat
// beside it makes visible which waits leave the thread to others and which keep it.

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

//@ story
Coro<> heartbeat(double period)
{
    while (true) {
        print("tick"); //@ tick
        co_await sleep(period); //@ beat
    }
}

//@ function step
Coro<> step(string name, double seconds)
{
    co_await sleep(seconds); //@ wait
    print(name + " done"); //@ done
}

//@ function step_blocking
Coro<> step_blocking(string name, double seconds)
{
    block(seconds); //@ block
    print(name + " done"); //@ blocking done
    co_return;
}

//@ function main
Coro<> main(double a = 1.0, double b = 2.0, double period = 0.4)
{
    Task<> beat = create_task(heartbeat(period)); //@ create
    co_await step("A", a); //@ await A
    co_await step("B", b); //@ await B
    print("end"); //@ end
}

//@ function main_blocking
Coro<> main_blocking(double a = 1.0, double b = 2.0,
                     double period = 0.4)
{
    Task<> beat = create_task(heartbeat(period)); //@ blocking create
    co_await step_blocking("A", a); //@ blocking await A
    co_await step_blocking("B", b); //@ blocking await B
    print("end"); //@ blocking end
}
//@ end

auto two_steps(Coro<> (*story)(double, double, double))
{
    return [story](EventLoop&, const Values& values) {
        return story(values.number("a"), values.number("b"), values.number("period"));
    };
}

} // namespace

Lesson await_pauses_me()
{
    const NumberRange step_length = {.low = 0.1, .high = 3.0, .step = 0.1};
    return {
        .number = 5,
        .chapter = 2,
        .chapter_title = "Coroutines",
        .id = "await-pauses-me",
        .title = "await pauses me, not the world",
        .question = "Who stops at an `await`?",
        .text = "`main` has two steps to take, A and then B. Beside it lives a heartbeat: a task, made "
                "with `create_task`, that says tick, waits, and says tick again, for ever. It can tick "
                "only when it has the thread, so its ticks show when the thread is free. In \"Steps that "
                "await\" a step waits with `await sleep(…)`; in \"Steps that block\" it waits with "
                "`time.sleep(…)`, in C++ `block(…)`, an ordinary call that knows nothing of the event "
                "loop. A task that pauses at an `await` is suspended: so asyncio calls it, and the window too. When "
                "`main` ends, `asyncio.run` cancels what is left, so the heartbeat ends too.",
        .takeaway = "An `await` that has to wait suspends the task that says it, and no other: the event loop "
                    "runs whoever is ready meanwhile.",
        .cpp_file = "lessons/2_coroutines/await_pauses_me.cpp",
        .python_file = "lessons/2_coroutines/await_pauses_me.py",
        // A whole number of beats must not meet the end of a step by default: which of two timers of
        // one moment comes first is luck.
        .parameters = {in_seconds("a", "step A", step_length, 1.0), in_seconds("b", "step B", step_length, 2.0),
                       in_seconds("period", "heartbeat", {.low = 0.1, .high = 1.0, .step = 0.05}, 0.4)},
        .variants = {{.name = "await",
                      .title = "Steps that await",
                      .summary = "Each step waits with `await sleep(…)`.",
                      .start = two_steps(main),
                      .functions = {"heartbeat", "step", "main"}},
                     {.name = "blocking",
                      .title = "Steps that block",
                      .summary = "Each step waits with an ordinary call that blocks.",
                      .start = two_steps(main_blocking),
                      .functions = {"heartbeat", "step_blocking", "main_blocking"}}},
        .default_variant = 0,
        .compare = {"await", "blocking"},
        .predictions =
            {{.id = "heartbeat",
              .question = "`main` awaits step A. What does the heartbeat do until A is done?",
              .setup = {.variant = "await"},
              .answer = "if(at(tick, 2) < at(\"A done\"), \"goes on\", if(at(tick, 1) < at(\"A done\"), \"once\", "
                        "\"stops\"))",
              .options = {{.text = "It stops until A is done", .value = "\"stops\"", .belief = "M3"},
                          {.text = "It goes on ticking", .value = "\"goes on\""},
                          {.text = "It ticks once, and then waits for A",
                           .value = "\"once\"",
                           .belief = "At an await everybody waits for the same thing."}},
              .decided_by = "printed(tick, 2)",
              .because = "`main` is suspended at its `await`, and only `main`. The heartbeat's own timer was due, so "
                         "the heartbeat went on.",
              .again = {{"a=2.0", "period=0.3"}, {"a=1.3", "period=0.5"}},
              .asked_at = "fact(\"task suspended\", main)"},
             {.id = "total",
              .question = "When does `main` end?",
              .setup = {.variant = "await"},
              .answer = "total",
              .options = {{.text = "At {} s", .value = "max(a, b)", .belief = "M2"},
                          {.text = "At {} s", .value = "a + b"},
                          {.text = "At {} s",
                           .value = "a + b + count(tick) * period",
                           .belief = "What others wait meanwhile is added to my own time."}},
              .decided_by = "printed(\"B done\")",
              .because = "B began when A was done: `await` lets others run, but never the next line of "
                         "the one who waits.",
              .again = {{"a=0.7", "b=1.5"}, {"a=2.5", "b=1.2"}}},
             {.id = "blocking",
              .question = "Now both steps block. How often does the heartbeat tick before B is done?",
              .setup = {.variant = "blocking"},
              .answer = "if(at(tick, 2) < at(\"B done\"), \"often\", if(at(tick, 1) < at(\"B done\"), \"once\", "
                        "\"never\"))",
              .options = {{.text = "As often as if they awaited", .value = "\"often\"", .belief = "M9"},
                          {.text = "Once, when it is created", .value = "\"once\"", .belief = "M5"},
                          {.text = "Never", .value = "\"never\""}},
              .decided_by = "printed(\"B done\")",
              .because = "There is one thread, and the steps kept it all the time, so not even the first "
                         "turn of the heartbeat has come.",
              .again = {{"a=0.5", "period=0.2"}, {"b=0.5", "period=0.6"}}}},
        .challenge = {.task = "Get exactly six ticks, three in each step, and leave the heartbeat as it is.",
                      .goal = "count(tick) == 6 and at(tick, 3) < at(\"A done\") and at(\"A done\") < at(tick, 4) "
                              "and at(tick, 6) < at(\"B done\") and period == 0.4",
                      .begins = {.variant = "await"},
                      .passes = {.variant = "await", .sets = {"b=1.2"}},
                      .hint = "The first tick is at 0 s and the seventh would be at 2.4 s: when must `main` "
                              "end?",
                      .variants = {"await"}},
        .remarks = {{.variant = "await",
                     .moment = "printed(tick, 1)",
                     .text = "`main` has come to its first wait and is suspended there. That is why the "
                             "heartbeat has its first turn."},
                    {.variant = "await",
                     .moment = "printed(\"A done\")",
                     .text = "A went on at its own line when its own timer was due. The ticks in between "
                             "neither delayed nor hurried it."},
                    {.variant = "await",
                     .moment = "printed(end)",
                     .text = "Two awaits in a row are two waits in a row: the heartbeat could run beside "
                             "them because it is a task; A and B are none."},
                    {.variant = "blocking",
                     .moment = "printed(\"A done\")",
                     .text = "The word `await` stands in `main` as before, but the step inside kept the "
                             "thread. The heartbeat has been ready since 0 s, and waits for its turn."},
                    {.variant = "blocking",
                     .moment = "printed(tick, 1)",
                     .text = "Only now, when `main` is over, does the heartbeat have its first turn. It ticks "
                             "once, and is cancelled."}},
        .needs = {"calling-is-not-running"},
    };
}

} // namespace loopscope::lessons
