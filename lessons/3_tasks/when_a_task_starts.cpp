// When does a task start?
//
// create_task() puts a task at the end of the queue, and goes on. The task begins when whoever runs
// lets go of the thread, so what stands between create_task and the next await comes first.

#include "lessons/catalog.h"
#include "lessons/parameters.h"

#include <string>

//@ story
#include "core/asyncio.h"

//@ end
namespace loopscope::lessons {
namespace {

using std::string;

//@ function child
Coro<> child(double nap)
{
    print("child begins"); //@ begins
    co_await sleep(nap); //@ nap
    print("child done"); //@ done
}

//@ function main
Coro<> main(double work = 0.5, double nap = 0.1)
{
    Task<> task = create_task(child(nap)); //@ create
    print("main goes on"); //@ goes on
    cpu(work); //@ work
    co_await task; //@ await
    print("main ends"); //@ ends
}

//@ function main_polite
Coro<> main_polite(double work = 0.5, double nap = 0.1)
{
    Task<> task = create_task(child(nap)); //@ polite create
    print("main goes on"); //@ polite goes on
    co_await sleep(0); //@ polite pause
    cpu(work); //@ polite work
    co_await task; //@ polite await
    print("main ends"); //@ polite ends
}

//@ function main_eager
Coro<> main_eager(double work = 0.5, double nap = 0.1)
{
    EventLoop& loop = get_running_loop();
    loop.set_task_factory(eager_task_factory);
    Task<> task = create_task(child(nap)); //@ eager create
    print("main goes on"); //@ eager goes on
    cpu(work); //@ eager work
    co_await task; //@ eager await
    print("main ends"); //@ eager ends
}

//@ function child_of_user
const ContextVar<string> user("user");

Coro<> child_of_user(double nap)
{
    print("child works for " + user.get()); //@ user begins
    co_await sleep(nap); //@ user nap
}

//@ function main_context
Coro<> main_context(double work = 0.5, double nap = 0.1)
{
    user.set("Ann");
    Task<> task = create_task(child_of_user(nap)); //@ user create
    user.set("Bob");
    print("main works for " + user.get()); //@ user goes on
    cpu(work); //@ user work
    co_await task; //@ user await
}
//@ end

auto stage(Coro<> (*story)(double, double))
{
    return [story](EventLoop&, const Values& values) {
        return story(values.number("cpu"), values.number("child_sleep"));
    };
}

} // namespace

Lesson when_a_task_starts()
{
    return {
        .number = 9,
        .chapter = 3,
        .chapter_title = "Tasks",
        .id = "when-a-task-starts",
        .title = "When does a task start?",
        .question = "Does `create_task` run anything?",
        .text = "`create_task(child(…))` makes a task: the event loop will run the child beside `main`. But "
                "there is one thread, and at that moment `main` has it. `main` says that it goes on, "
                "computes for a while and then awaits the child. Computing holds the thread: nobody "
                "else runs meanwhile. `sleep(0)` is a wait of no time; it lets everybody who is ready "
                "have a turn before `main` goes on. Since Python 3.12 a loop can be asked for eager "
                "tasks: see what they do. In the last variant `user` is a context variable: it says for "
                "whom the work is done, without being handed on from call to call. `main` sets it "
                "before it makes the task, and again after.",
        .takeaway = "A new task waits in the ready queue until the one that runs gives up its turn; only an "
                    "eager task begins inside `create_task`.",
        .cpp_file = "lessons/3_tasks/when_a_task_starts.cpp",
        .python_file = "lessons/3_tasks/when_a_task_starts.py",
        .parameters = {in_seconds("cpu", "main computes", {.low = 0, .high = 2.0, .step = 0.1}, 0.5),
                       in_seconds("child_sleep", "child sleeps", {.low = 0.05, .high = 1.0, .step = 0.05}, 0.1)},
        .variants = {{.name = "normal",
                      .title = "As usual",
                      .summary = "`main` makes the task, computes, and only then awaits something.",
                      .start = stage(main),
                      .functions = {"child", "main"}},
                     {.name = "polite",
                      .title = "A pause first",
                      .summary = "`main` awaits `sleep(0)` before it computes.",
                      .start = stage(main_polite),
                      .functions = {"child", "main_polite"}},
                     {.name = "eager",
                      .title = "Eager tasks",
                      .summary = "The loop is asked to make eager tasks, as Python can since 3.12.",
                      .start = stage(main_eager),
                      .functions = {"child", "main_eager"},
                      .python_minor = 12},
                     {.name = "context",
                      .title = "For whom?",
                      .summary = "A context variable is set before the task is made, and again after.",
                      .start = stage(main_context),
                      .functions = {"child_of_user", "main_context"}}},
        .default_variant = 0,
        .compare = {"normal", "polite"},
        .predictions =
            {{.id = "start",
              .question = "`main` makes the task at 0 s. When does the child print its first line?",
              .setup = {.variant = "normal"},
              .answer = "at(\"child begins\")",
              .options = {{.text = "At {} s, inside `create_task`", .value = "0", .belief = "M5"},
                          {.text = "At {} s, when its sleep is over",
                           .value = "child_sleep",
                           .belief = "A task's own sleep decides when it begins."},
                          {.text = "At {} s, when `main` has computed", .value = "cpu"}},
              .decided_by = "printed(\"child begins\")",
              .because = "The child was ready all the time, but `main` kept the thread until it awaited the task. "
                         "Only then could the loop give the child its first turn.",
              .again = {{"cpu=0.8", "child_sleep=0.3"}, {"cpu=1.2", "child_sleep=0.5"}}},
             {.id = "eager",
              .question = "The loop makes eager tasks. What is printed first?",
              .setup = {.variant = "eager"},
              .answer = "item(order, 1)",
              .options = {{.text = "`child begins`", .value = "\"child begins\""},
                          {.text = "`main goes on`",
                           .value = "\"main goes on\"",
                           .belief = "Every task has to wait in the queue, an eager one too."}},
              .decided_by = "printed(\"child begins\")",
              .because = "An eager task runs inside `create_task`, up to its first wait. Then `create_task` "
                         "returns and `main` goes on.",
              .again = {{"cpu=1", "child_sleep=0.4"}}},
             {.id = "pause",
              .question = "`main` sleeps for 0 s before it computes. When does `main` end?",
              .setup = {.variant = "polite"},
              .answer = "total",
              .options = {{.text = "At {} s: the computing, then the child's sleep",
                           .value = "cpu + child_sleep",
                           .belief = "A sleep of no time changes nothing."},
                          {.text = "At {} s: the longer of the two", .value = "max(cpu, child_sleep)"}},
              .decided_by = "printed(\"child done\")",
              .because = "The child began in the pause, so its sleep ran while `main` computed: the two "
                         "overlap, and the longer one decides.",
              .again = {{"cpu=0.8", "child_sleep=0.4"}, {"cpu=0.3", "child_sleep=0.9"}}},
             {.id = "user",
              .question = "`main` sets the user to Ann, makes the task, and sets the user to Bob. For whom does "
                          "the child work?",
              .setup = {.variant = "context"},
              .answer = "item(order(\"child works for *\"), 1)",
              .options = {{.text = "For Ann", .value = "\"child works for Ann\""},
                          {.text = "For Bob",
                           .value = "\"child works for Bob\"",
                           .belief = "A task sees a context variable as it is when the task begins to run."}},
              .decided_by = "printed(\"child works for *\")",
              .because = "`create_task` copied the variables, and the copy stays with the task. What "
                         "`main` sets later changes only its own.",
              .again = {{"cpu=1", "child_sleep=0.4"}}}},
        .challenge = {.task = "`main` computes for half a second, the child sleeps for 0.1 s. Have both over "
                              "within 0.55 s.",
                      .goal = "total <= 0.55 and cpu >= 0.5 and child_sleep >= 0.1",
                      .begins = {.variant = "normal"},
                      .passes = {.variant = "polite"},
                      .hint = "The child's sleep must begin before the computing does.",
                      .variants = {"normal", "polite", "eager"}},
        .remarks =
            {{.variant = "normal",
              .moment = "fact(\"task created\", child)",
              .text = "The task exists and is ready, but not a line of it has run: it stands in the queue, and "
                      "`main` still has the thread."},
             {.variant = "normal",
              .moment = "printed(\"child begins\")",
              .text = "`main` awaits the task, so the thread is free at last. All the computing came before the "
                      "child's first line."},
             {.variant = "polite",
              .moment = "printed(\"child begins\")",
              .text = "`sleep(0)` took no time, but it gave up the turn: the child began before the computing."},
             {.variant = "polite",
              .moment = "printed(\"child done\")",
              .text = "If its sleep was over while `main` still computed, the child had to wait until the thread was "
                      "free."},
             {.variant = "eager",
              .moment = "printed(\"child begins\")",
              .text = "This runs inside `create_task`: `main` is in the middle of the line that makes the task."},
             {.variant = "eager",
              .moment = "printed(\"main goes on\")",
              .text = "The child has come to its first wait, so `create_task` returned. An eager task that never "
                      "waits would be over by now."},
             {.variant = "context",
              .moment = "printed(\"child works for *\")",
              .text = "`create_task` copied the context while the user was Ann; that Bob came later does not "
                      "reach the copy."}},
        .needs = {"tasks-make-overlap"},
        .versions = "Eager tasks came with Python 3.12.",
    };
}

} // namespace loopscope::lessons
