// Starting and stopping the loop.
//
// A loop has a life of its own: somebody makes it, runs it and closes it. asyncio.run() does all of
// that and cleans up in between. What stands here behind "started by" is what the program does with
// the story: Variant::launch says which.

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

//@ function backup
Coro<> backup()
{
    co_await sleep(1.0); //@ back up
    print("backup done"); //@ backed up
}

//@ function other
Coro<> other(double seconds)
{
    co_await sleep(seconds); //@ work
    print("other done"); //@ worked
}

//@ function main
// started by: run(main())
Coro<> main(double seconds = 0.1)
{
    Task<> saving = create_task(backup()); //@ create
    co_await other(seconds); //@ other
    print("main ends"); //@ ends
}

//@ function main_low_level
// started by: loop.run_until_complete(main_low_level()),
// and then loop.close()
Coro<> main_low_level(double seconds = 0.1)
{
    Task<> saving = create_task(backup()); //@ low create
    co_await other(seconds); //@ low other
    print("main ends"); //@ low ends
}

//@ function main_get_event_loop
// started by: loop.run_until_complete(main_get_event_loop()),
// and then loop.close(), as in programs before Python 3.7
Coro<> main_get_event_loop(double seconds = 0.1)
{
    EventLoop& loop = get_running_loop();
    Task<> saving = loop.create_task(backup()); //@ get create
    co_await other(seconds); //@ get other
    print("main ends"); //@ get ends
}

//@ function main_nested
// started by: run(main_nested())
Coro<> main_nested(string how = "asyncio.run",
                   double seconds = 0.1)
{
    print("main begins"); //@ nested begins
    if (how == "asyncio.run")
        run(other(seconds)); //@ nested run
    else if (how == "run_until_complete")
        get_running_loop().run_until_complete(other(seconds)); //@ nested until
    else if (how == "await")
        co_await other(seconds); //@ nested await
    else // "task"
        co_await create_task(other(seconds)); //@ nested task
    print("main ends"); //@ nested ends
}
//@ end

auto of_length(Coro<> (*story)(double))
{
    return [story](EventLoop&, const Values& values) { return story(values.number("length")); };
}

Coro<> start_nested(EventLoop&, const Values& values)
{
    return main_nested(values.word("how"), values.number("length"));
}

vector<Parameter> parameters()
{
    return {in_seconds("length", "other takes", {.low = 0.1, .high = 2.0, .step = 0.1}, 0.1),
            one_of("how", "start other by", {"asyncio.run", "run_until_complete", "await", "task"}, "asyncio.run")};
}

vector<Prediction> predictions()
{
    return {
        {.id = "nested",
         .question = "A loop runs `main`, and `main` starts a loop for `other`, by the call that is named below. What "
                     "happens?",
         .setup = {.variant = "nested"},
         .answer = "outcome",
         .options = {{.text = "`other` runs in a loop inside the loop", .value = "\"result\"", .belief = "M23"},
                     {.text = "`other` runs in a loop of its own, on another thread",
                      .value = "\"result\"",
                      .belief = "A loop that is started inside another one gets a thread of its own."},
                     {.text = "A `RuntimeError`; `other` never starts", .value = "\"RuntimeError\""}},
         .decided_by = "fact(\"task failed\", 1)",
         .because = "A thread runs one loop at a time, and this one runs a loop already. The second start is "
                    "refused, and the `other()` that it was given is dropped without ever running.",
         .again = {{"how=run_until_complete"}, {"length=0.5"}}},
        {.id = "leftover",
         .question = "`asyncio.run(main())`: what becomes of `backup`, which needs 1 s, when `main` ends?",
         .setup = {.variant = "run"},
         .answer = "state(backup, total)",
         .options = {{.text = "It goes on by itself", .value = "\"waiting\"", .belief = "M16"},
                     {.text = "It is cancelled",
                      .value = "\"cancelled\"",
                      .belief = "`asyncio.run()` cancels every task that `main` made, whether it has ended or not."},
                     {.text = "It has finished by then",
                      .value = "\"finished\"",
                      .belief = "`asyncio.run()` waits until every task has finished."}},
         .decided_by = "fact(\"task finished\", main)",
         .because = "When `main` ends, `asyncio.run` cancels each task that is left, waits until these have "
                    "ended and closes the loop. A task that ended before has nothing to fear.",
         .again = {{"length=0.6"}, {"length=1.5"}}},
        {.id = "needed",
         .question = "A program does nothing but `asyncio.run(main())`: no `get_event_loop`, no "
                     "`run_until_complete`. Does `main` run?",
         .setup = {.variant = "run"},
         .answer = "outcome",
         .options = {{.text = "No: there is no loop yet that could run it", .value = "\"RuntimeError\"", .belief = "M24"},
                     {.text = "Yes: the call makes a loop, and closes it in the end", .value = "\"result\""}},
         .decided_by = "fact(\"task created\", main)",
         .because = "`asyncio.run` has made a loop, and `main` is the first thing that it will run. Nobody has "
                    "to ask for a loop before.",
         .again = {{"length=0.5"}}},
        {.id = "low-level",
         .question = "Only `run_until_complete` and `close`: what becomes of `backup` when `main` ends?",
         .setup = {.variant = "low-level"},
         .answer = "state(backup, total)",
         .options = {{.text = "It is dropped in the middle of its wait", .value = "\"waiting\""},
                     {.text = "It is cancelled",
                      .value = "\"cancelled\"",
                      .belief = "`run_until_complete()` cleans up as `asyncio.run()` does."},
                     {.text = "It has finished by then",
                      .value = "\"finished\"",
                      .belief = "`run_until_complete()` completes every task of the loop."}},
         .decided_by = "last_fact()",
         .because = "`run_until_complete` means until `main` is complete. Nobody cancels `backup`, and a closed loop "
                    "never gives it another turn. When Python throws it away, asyncio logs: Task was "
                    "destroyed but it is pending!",
         .again = {{"length=0.5"}, {"length=0.8"}}},
    };
}

} // namespace

Lesson who_owns_the_loop()
{
    return {
        .number = 3,
        .chapter = 1,
        .chapter_title = "Why wait differently?",
        .id = "who-owns-the-loop",
        .title = "Starting and stopping the loop",
        .question = "What does `asyncio.run` do that `run_until_complete` does not?",
        .text = "An event loop does not appear by itself: somebody makes it, runs it and closes it. "
                "`asyncio.run(main())` is the usual way. `run_until_complete` is the older one: you make "
                "the loop yourself, run it until `main` has ended, and close it. Either is a call from "
                "outside, made once, before anything runs. In this story `main` starts `backup` and does "
                "not wait for it; what the loop runs beside `main` in this way is called a task. `main` "
                "itself is one too. To cancel a task is to ask it to stop. Then `main` lets `other` do its work, and ends. In "
                "\"Your choice\" there is no `backup`, and you decide how `other` is started.",
        .takeaway = "Call `asyncio.run` once, from outside: it makes the loop, cancels what is "
                    "left when `main` ends, waits for that and closes the loop.",
        .cpp_file = "lessons/1_waiting/who_owns_the_loop.cpp",
        .python_file = "lessons/1_waiting/who_owns_the_loop.py",
        .parameters = parameters(),
        .variants = {{.name = "run",
                      .title = "asyncio.run",
                      .summary = "One call makes the loop, runs `main` in it, cleans up and closes it.",
                      .start = of_length(main),
                      .functions = {"backup", "other", "main"},
                      .parameters = {"length"}},
                     {.name = "low-level",
                      .title = "By hand",
                      .summary = "The loop is made, run until `main` has ended, and closed: three calls of your own.",
                      .start = of_length(main_low_level),
                      .functions = {"backup", "other", "main_low_level"},
                      .parameters = {"length"},
                      .launch = Launch::RunUntilComplete},
                     {.name = "get_event_loop",
                      .title = "As old programs do",
                      .summary = "`get_event_loop()` makes the loop if there is none: with a warning since Python "
                                 "3.12, and not at all since 3.14.",
                      .start = of_length(main_get_event_loop),
                      .functions = {"backup", "other", "main_get_event_loop"},
                      .parameters = {"length"},
                      .launch = Launch::RunUntilComplete},
                     {.name = "nested",
                      .title = "Your choice",
                      .summary = "`main` starts `other` in the way that you choose; two of the four try to start a loop.",
                      .start = start_nested,
                      .functions = {"other", "main_nested"},
                      .ends = "RuntimeError"}},
        .default_variant = 0,
        .compare = {"run", "low-level"},
        .predictions = predictions(),
        .challenge = {.task = "Let `main` get the work of `other` done, without an error.",
                      .goal = "count(\"other done\") == 1 and errors == 0",
                      .begins = {.variant = "nested"},
                      .passes = {.variant = "nested", .sets = {"how=await"}},
                      .hint = "A loop is running already. What can `main` ask of that one?",
                      .variants = {"nested"}},
        .remarks = {{.variant = "run",
                     .moment = "fact(\"task finished\", main)",
                     .text = "`main` is over, so `asyncio.run` begins to clean up: it asks every task that is "
                             "left to stop."},
                    {.variant = "run",
                     .moment = "fact(\"task cancelled\", backup)",
                     .text = "`backup` has ended, cancelled in the middle of its wait. Now the loop can be "
                             "closed with nothing left in it."},
                    {.variant = "low-level",
                     .moment = "last_fact()",
                     .text = "The loop is closed. If `backup` still waits, nobody will ever wake it, and "
                             "nobody has asked it to stop."},
                    {.variant = "get_event_loop",
                     .moment = "fact(\"task created\", backup)",
                     .text = "Inside a running loop `get_event_loop()` gives that loop in every version, as "
                             "`get_running_loop()` does. Outside, where no loop is set, it depends on the version."},
                    {.variant = "get_event_loop",
                     .moment = "last_fact()",
                     .text = "This was the old way to begin. Since Python 3.14 `get_event_loop()` raises RuntimeError "
                             "where no loop is set, so the program stops before `main`."},
                    {.variant = "nested",
                     .moment = "fact(\"task failed\", main)",
                     .text = "The second start of a loop was refused, and `other` never ran. The error ends "
                             "`main`, and `asyncio.run` passes it on to its caller."}},
        .needs = {"meet-the-loop"},
        .versions = "In the main thread, outside a running loop, `get_event_loop()` made a loop without a word for "
                    "many years. Python 3.12 and 3.13 warn when it does (as 3.10.0 to 3.10.8 and 3.11.0 did), "
                    "and 3.14 raises RuntimeError.",
    };
}

} // namespace loopscope::lessons
