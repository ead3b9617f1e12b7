// Lost tasks.
//
// A task that nobody awaits is a promise to nobody. When main ends, asyncio.run() cancels what is
// left; a failure inside such a task is heard of when it is too late, if at all.

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

//@ function save
Coro<> save(double seconds)
{
    co_await sleep(seconds); //@ save
    print("saved"); //@ saved
}

//@ function main
Coro<> main(int n = 1, double seconds = 1.0, double nap = 0.3)
{
    for (int i = 0; i < n; ++i)
        create_task(save(seconds)); //@ create
    co_await sleep(nap); //@ nap
    print("main end"); //@ main end
}

//@ function main_kept_not_awaited
Coro<> main_kept_not_awaited(int n = 1, double seconds = 1.0,
                             double nap = 0.3)
{
    vector<Task<>> kept;
    for (int i = 0; i < n; ++i)
        kept.push_back(create_task(save(seconds))); //@ keep
    co_await sleep(nap); //@ keep nap
    print("main end"); //@ keep end
}

//@ function main_kept_and_awaited
Coro<> main_kept_and_awaited(int n = 1, double seconds = 1.0,
                             double nap = 0.3)
{
    vector<Task<>> kept;
    for (int i = 0; i < n; ++i)
        kept.push_back(create_task(save(seconds))); //@ await create
    co_await sleep(nap); //@ await nap
    for (Task<> task : kept)
        co_await task; //@ await
    print("main end"); //@ await end
}

//@ function main_group
Coro<> main_group(int n = 1, double seconds = 1.0,
                  double nap = 0.3)
{
    TaskGroup group;
    auto block = [&]() -> Coro<> {
        for (int i = 0; i < n; ++i)
            group.create_task(save(seconds)); //@ group create
        co_await sleep(nap); //@ group nap
    };
    co_await async_with(group, block()); //@ group
    print("main end"); //@ group end
}

//@ function save_badly
Coro<> save_badly()
{
    co_await sleep(0.1); //@ badly
    throw OSError("the disk is full"); //@ fail
}

//@ function main_crash
Coro<> main_crash(double nap = 0.3)
{
    create_task(save_badly()); //@ crash create
    co_await sleep(nap); //@ crash nap
    print("main end"); //@ crash end
}

//@ function save_when_told
Coro<> save_when_told()
{
    EventLoop& loop = get_running_loop();
    Future<void> word = loop.create_future(); //@ future
    co_await word; //@ told
    print("saved"); //@ told saved
}

//@ function main_collected
Coro<> main_collected(double nap = 0.3)
{
    create_task(save_when_told()); //@ told create
    co_await sleep(nap); //@ told nap
    print("main end"); //@ told end
}
//@ end

auto saving(Coro<> (*story)(int, double, double))
{
    return [story](EventLoop&, const Values& values) {
        return story(values.whole("saves"), values.number("save_time"), values.number("main_sleep"));
    };
}

auto one_save(Coro<> (*story)(double))
{
    return [story](EventLoop&, const Values& values) { return story(values.number("main_sleep")); };
}

} // namespace

Lesson lost_tasks()
{
    return {
        .number = 10,
        .chapter = 3,
        .chapter_title = "Tasks",
        .id = "lost-tasks",
        .title = "Lost tasks",
        .question = "What happens to a task nobody waits for?",
        .text = "`main` makes a task that saves something, does other work for a while (here it only "
                "sleeps) and ends. Nobody told it to wait for the save. `asyncio.run(main())` runs the "
                "event loop for as long as `main` takes; see what it does about tasks that are not done "
                "by then. The variants take more or less care: they keep the task in a list, await it, "
                "or make it in a task group, a block that looks after its tasks (`async with` begins "
                "such a block in Python). In one variant the save fails after 0.1 s. In the last it waits for a "
                "word that nobody can give it.",
        .takeaway = "Keep every task that you make and await it, or make it in a task group, for "
                    "`asyncio.run` cancels what is left when `main` ends.",
        .cpp_file = "lessons/3_tasks/lost_tasks.cpp",
        .python_file = "lessons/3_tasks/lost_tasks.py",
        .parameters = {how_many("saves", "saves", {1, 5}, 1),
                       in_seconds("save_time", "a save takes", {.low = 0.1, .high = 3.0, .step = 0.1}, 1.0),
                       in_seconds("main_sleep", "main sleeps", {.low = 0.1, .high = 3.0, .step = 0.1}, 0.3)},
        .variants = {{.name = "lost",
                      .title = "Let go",
                      .summary = "The task is made, and nobody keeps it or waits for it.",
                      .start = saving(main),
                      .functions = {"save", "main"}},
                     {.name = "kept-not-awaited",
                      .title = "Kept",
                      .summary = "The task stands in a list, but nobody waits for it.",
                      .start = saving(main_kept_not_awaited),
                      .functions = {"save", "main_kept_not_awaited"}},
                     {.name = "kept-and-awaited",
                      .title = "Kept and awaited",
                      .summary = "The task stands in a list, and `main` awaits it before it ends.",
                      .start = saving(main_kept_and_awaited),
                      .functions = {"save", "main_kept_and_awaited"}},
                     {.name = "group",
                      .title = "A task group",
                      .summary = "The block of a task group ends only when the tasks made in it have ended.",
                      .start = saving(main_group),
                      .functions = {"save", "main_group"}},
                     {.name = "crash",
                      .title = "It fails",
                      .summary = "The save fails after 0.1 s, and nobody asks how it went.",
                      .start = one_save(main_crash),
                      .functions = {"save_badly", "main_crash"},
                      .parameters = {"main_sleep"}},
                     {.name = "collected",
                      .title = "Held by nobody",
                      .summary = "The save waits for a word that nobody else holds, so nothing can wake it.",
                      .start = one_save(main_collected),
                      .functions = {"save_when_told", "main_collected"},
                      .parameters = {"main_sleep"}}},
        .default_variant = 0,
        .compare = {"lost", "group"},
        .predictions =
            {{.id = "after-main",
              .question = "`main` ends while the save is still at work. What becomes of the save?",
              .setup = {.variant = "lost"},
              .answer = "if(total >= save_time, \"awaited\", if(facts(\"task cancelled\") == saves, \"cancelled\", "
                        "\"goes on\"))",
              .options = {{.text = "It goes on in the background", .value = "\"goes on\"", .belief = "M16"},
                          {.text = "It is cancelled", .value = "\"cancelled\""},
                          {.text = "`main` cannot end before the save has",
                           .value = "\"awaited\"",
                           .belief = "M14"}},
              .decided_by = "fact(\"cancel requested\")",
              .because = "`main` is over, so `asyncio.run` asks every task that is left to stop, and closes the "
                         "loop when they have.",
              .again = {{"main_sleep=0.5", "save_time=2"}, {"main_sleep=1.1", "save_time=1.4"}},
              .asked_at = "fact(\"task finished\", main)"},
             {.id = "crash",
              .question = "The save fails at 0.1 s with an error. What does the program do?",
              .setup = {.variant = "crash"},
              .answer = "if(at(\"main end\") == never, \"stops\", if(tasks > 2, \"again\", \"goes on\"))",
              .options = {{.text = "It stops with the error", .value = "\"stops\"", .belief = "M15"},
                          {.text = "It goes on, and `main` ends as usual", .value = "\"goes on\""},
                          {.text = "It starts the save once more",
                           .value = "\"again\"",
                           .belief = "The loop starts a task again that has failed."}},
              .decided_by = "fact(\"task failed\")",
              .because = "The error ends the task and stays in it, for whoever awaits the task. Nobody does, and "
                         "`main` sleeps on.",
              .again = {{"main_sleep=0.6"}, {"main_sleep=1.2"}}},
             {.id = "kept",
              .question = "`main` keeps what it makes in a list, and ends without awaiting it. How often is "
                          "`saved` printed?",
              .setup = {.variant = "kept-not-awaited"},
              .answer = "count(saved)",
              .options = {{.text = "Never", .value = "0"},
                          {.text = "Once for each save",
                           .value = "saves",
                           .belief = "A task that is kept somewhere runs to its end."}},
              .decided_by = "fact(\"cancel requested\")",
              .because = "A list keeps the task, but makes nobody wait for it. `asyncio.run` cancels it like any "
                         "other that is left.",
              .again = {{"saves=2"}, {"saves=3", "main_sleep=0.8"}}}},
        .challenge = {.task = "Three saves of 1 s each, while `main` sleeps for no more than 0.3 s. Have all three "
                              "saved and nothing left over when `main` ends, by 1.05 s.",
                      .goal = "count(saved) == 3 and total <= 1.05 and pending_at_exit == 0 and save_time >= 1 and "
                              "main_sleep <= 0.3",
                      .begins = {.variant = "lost", .sets = {"saves=3"}},
                      .passes = {.variant = "group", .sets = {"saves=3"}},
                      .hint = "Somebody has to wait for the saves before `main` ends."},
        .remarks =
            {{.variant = "lost",
              .moment = "fact(\"cancel requested\")",
              .text = "The save gets a `CancelledError` in the middle of its wait, and never comes to its print."},
             {.variant = "kept-not-awaited",
              .moment = "fact(\"cancel requested\")",
              .text = "The task stood in the list to the end. To hold a task is not to wait for it."},
             {.variant = "kept-and-awaited",
              .moment = "printed(saved)",
              .text = "`main` awaits this task before it ends, so the loop stays open for as long as the save needs."},
             {.variant = "group",
              .moment = "printed(saved)",
              .text = "`main` leaves the group's block only when each of the group's tasks has ended, so a save has "
                      "all the time it needs."},
             {.variant = "crash",
              .moment = "fact(\"task failed\")",
              .text = "This task is over, and nothing else is. Nobody has been told."},
             {.variant = "crash",
              .moment = "fact(\"exception never retrieved\")",
              .text = "Nobody holds the task any more, and nobody has looked at its error. Now asyncio writes "
                      "`Task exception was never retrieved` to the log; that is all the program hears of it."},
             {.variant = "collected",
              .moment = "fact(\"task suspended\", save_when_told)",
              .text = "From here on nobody but the future holds the task (the loop does so only weakly), and nobody "
                      "but the task holds the future. Python's garbage collector may remove both at any time: the "
                      "task vanishes in the middle of its wait, and the log says `Task was destroyed but it is "
                      "pending!`"},
             {.variant = "collected",
              .moment = "fact(\"cancel requested\")",
              .text = "The collector did not come by in this short run, so `asyncio.run` still found the task and "
                      "cancelled it."}},
        .needs = {"tasks-make-overlap", "when-a-task-starts"},
        .versions = "Task groups came with Python 3.11.",
    };
}

} // namespace loopscope::lessons
