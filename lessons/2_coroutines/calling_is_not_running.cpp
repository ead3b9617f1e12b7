// Calling is not running.
//
// A call of an `async def` builds a coroutine and runs nothing of it. It begins when somebody awaits
// it, or when it is made a task; one that is dropped before has never run a line.

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
Coro<> greet(double pause) //@ greet
{
    print("hi"); //@ hi
    co_await sleep(pause); //@ sleep
    print("bye"); //@ bye
}

//@ function main
Coro<> main(double pause = 0.5)
{
    (void)greet(pause); // (void): the compiler would warn
    (void)greet(pause);
    (void)greet(pause);
    co_await sleep(pause); //@ time enough
    print("end"); //@ end
}

//@ function main_awaited
Coro<> main_awaited(double pause = 0.5)
{
    co_await greet(pause); //@ await 1
    co_await greet(pause); //@ await 2
    co_await greet(pause); //@ await 3
    print("end"); //@ awaited end
}

//@ function main_tasks
Coro<> main_tasks(double pause = 0.5)
{
    Task<> first = create_task(greet(pause)); //@ create 1
    Task<> second = create_task(greet(pause)); //@ create 2
    Task<> third = create_task(greet(pause)); //@ create 3
    co_await first; //@ await task 1
    co_await second; //@ await task 2
    co_await third; //@ await task 3
    print("end"); //@ tasks end
}

//@ function main_mixed
Coro<> main_mixed(vector<string> modes, double pause = 0.5)
{
    vector<Task<>> tasks;
    for (string mode : modes) {
        if (mode == "bare")
            (void)greet(pause);
        else if (mode == "await")
            co_await greet(pause); //@ mixed await
        else // "task"
            tasks.push_back(create_task(greet(pause))); //@ mixed create
    }
    for (Task<> task : tasks)
        co_await task; //@ mixed await task
    print("end"); //@ mixed end
}
//@ end

auto three_calls(Coro<> (*story)(double))
{
    return [story](EventLoop&, const Values& values) { return story(values.number("pause")); };
}

Coro<> mixed_calls(EventLoop&, const Values& values)
{
    const vector<string> modes = {values.word("first"), values.word("second"), values.word("third")};
    return main_mixed(modes, values.number("pause"));
}

Parameter mode(const string& name, const string& initial)
{
    return one_of(name, name + " call", {"bare", "await", "task"}, initial);
}

} // namespace

Lesson calling_is_not_running()
{
    return {
        .number = 4,
        .chapter = 2,
        .chapter_title = "Coroutines",
        .id = "calling-is-not-running",
        .title = "Calling is not running",
        .question = "What do I get when I call an `async def`?",
        .text = "`greet` says hi, waits for a moment and says bye. It is written with `async def`, in "
                "C++ as a function that returns `Coro`; what it returns when you call it is a coroutine. "
                "`main` calls it three times, and there are three things that it may do with each "
                "coroutine: nothing, so that the call stands `bare`; `await` it, in C++ `co_await`, "
                "which waits until the greeting is over; or hand it to `create_task`, which asks the "
                "event loop to run it as a task, in a lane of its own beside `main`. In \"Mix your own\" "
                "you choose for each call.",
        .takeaway = "A call only builds the coroutine: it runs when you await it, or when the event loop "
                    "has it as a task.",
        .cpp_file = "lessons/2_coroutines/calling_is_not_running.cpp",
        .python_file = "lessons/2_coroutines/calling_is_not_running.py",
        .parameters = {mode("first", "bare"), mode("second", "await"), mode("third", "await"),
                       in_seconds("pause", "a greeting's wait", {.low = 0.1, .high = 2.0, .step = 0.1}, 0.5)},
        .variants = {{.name = "forgotten",
                      .title = "Three bare calls",
                      .summary = "Each call stands alone on its line, and `main` leaves it time enough.",
                      .start = three_calls(main),
                      .functions = {"greet", "main"},
                      .parameters = {"pause"}},
                     {.name = "awaited",
                      .title = "Three awaits",
                      .summary = "`main` awaits each of the three coroutines.",
                      .start = three_calls(main_awaited),
                      .functions = {"greet", "main_awaited"},
                      .parameters = {"pause"}},
                     {.name = "tasks",
                      .title = "Three tasks",
                      .summary = "`main` makes a task of each coroutine, and then awaits all three.",
                      .start = three_calls(main_tasks),
                      .functions = {"greet", "main_tasks"},
                      .parameters = {"pause"}},
                     {.name = "mixed",
                      .title = "Mix your own",
                      .summary = "You choose what becomes of each of the three calls.",
                      .start = mixed_calls,
                      .functions = {"greet", "main_mixed"}}},
        .default_variant = 0,
        .compare = {"awaited", "tasks"},
        .predictions =
            {{.id = "bare",
              .question = "Three times the line `greet(…)`, with nothing around it. What is printed?",
              .setup = {.variant = "forgotten"},
              .answer = "order",
              .options = {{.text = "`hi` and `bye`, three times each, then `end`",
                           .value = "[hi, hi, hi, bye, bye, bye, end]",
                           .belief = "M1"},
                          {.text = "`hi` three times, then `end`",
                           .value = "[hi, hi, hi, end]",
                           .belief = "A call runs the coroutine as far as its first await."},
                          {.text = "Only `end`", .value = "[end]"}},
              .decided_by = "fact(\"coroutine never awaited\")",
              .because = "Nobody awaited the coroutine and nobody made it a task, so it is thrown away "
                         "without having run a line. Python warns: coroutine 'greet' was never awaited.",
              .again = {{"pause=1.5"}, {"pause=0.2"}}},
             {.id = "total",
              .question = "One call stands bare, the two others are awaited. When does `main` end?",
              .setup = {.variant = "mixed"},
              .answer = "total",
              .options = {{.text = "At {} s", .value = "3 * pause", .belief = "M1"},
                          {.text = "At {} s", .value = "2 * pause"},
                          {.text = "At {} s", .value = "pause", .belief = "M2"}},
              .decided_by = "printed(hi, 2)",
              .because = "The second greeting begins only now, when the one that was awaited before is over. "
                         "The bare call took no time, for it never ran.",
              .again = {{"pause=0.8"}, {"pause=1.2", "first=await", "second=bare"}}}},
        .challenge = {.task = "Get exactly two greetings, hi and bye, in the time of one.",
                      .goal = "count(hi) == 2 and count(bye) == 2 and total <= pause",
                      .begins = {.variant = "mixed"},
                      .passes = {.variant = "mixed", .sets = {"first=task", "second=task", "third=bare"}},
                      .hint = "Two greetings can wait together only when at least one of them is a task.",
                      .variants = {"mixed"}},
        .remarks = {{.variant = "forgotten",
                     .moment = "fact(\"coroutine never awaited\")",
                     .text = "`greet()` built a coroutine, and the line is over. Nobody has it any more, "
                             "so nothing of it can ever run."},
                    {.variant = "forgotten",
                     .moment = "printed(end)",
                     .text = "`main` has waited as long as a greeting takes, and no lane but its own has "
                             "appeared: time was not what was missing."},
                    {.variant = "awaited",
                     .moment = "printed(hi, 1)",
                     .text = "The `await` runs the coroutine here and now, inside the lane of `main`. No "
                             "task was made."},
                    {.variant = "awaited",
                     .moment = "printed(hi, 2)",
                     .text = "Only now does `main` come to its second `await`: each greeting waits for "
                             "the one before."},
                    {.variant = "tasks",
                     .moment = "fact(\"task created\", greet)",
                     .text = "`create_task` runs nothing of it yet, either. It gives the coroutine to the event "
                             "loop, which will begin it when `main` waits."},
                    {.variant = "tasks",
                     .moment = "printed(bye, 1)",
                     .text = "All three began at the same moment, so all three end together: their waits "
                             "overlap."},
                    {.variant = "mixed",
                     .moment = "fact(\"coroutine never awaited\")",
                     .text = "The bare call ends here, with its line. It will print nothing, whatever the "
                             "other two do."}},
        .needs = {"who-owns-the-loop"},
    };
}

} // namespace loopscope::lessons
