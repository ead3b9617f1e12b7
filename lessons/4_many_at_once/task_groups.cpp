// Task groups.
//
// A task group's block does not end before the tasks made in it have. When one fails, the group
// cancels the others, waits for them too, and hands over all failures together.

#include "lessons/catalog.h"
#include "lessons/parameters.h"

#include <exception>
#include <string>
#include <utility>
#include <vector>

//@ story
#include "core/asyncio.h"

//@ end
namespace loopscope::lessons {
namespace {

using std::string;
using std::vector;

string message(const std::exception_ptr& error) { return describe_error(error).message; }

// `except* E`: says what there is of this kind, if there is any.
template <class E>
void tell(const ExceptionGroup& group, string text, Where at = Where::current())
{
    const std::exception_ptr matching = group.split<E>().first;
    if (!matching)
        return;
    try {
        std::rethrow_exception(matching);
    } catch (const ExceptionGroup& errors) {
        for (const std::exception_ptr& error : errors.exceptions())
            text += " " + message(error);
    }
    print(text, at);
}

//@ function job
Coro<> job(string name, double seconds)
{
    co_await sleep(seconds); //@ sleep
    if (name == "b") throw ValueError("b failed"); //@ fail
    print(name + " done"); //@ done
}

//@ function main
Coro<> main(double a = 1.0, double b = 0.5, double c = 2.0)
{
    TaskGroup group;
    auto block = [&]() -> Coro<> {
        group.create_task(job("a", a)); //@ create a
        group.create_task(job("b", b)); //@ create b
        group.create_task(job("c", c)); //@ create c
        co_return;
    };
    try {
        co_await async_with(group, block()); //@ group
    } catch (const ExceptionGroup& errors) {
        for (const auto& error : errors.exceptions())
            print("error: " + message(error)); //@ error
    }
}

//@ function main_gather
Coro<> main_gather(double a = 1.0, double b = 0.5,
                   double c = 2.0)
{
    vector<Coro<>> jobs;
    jobs.push_back(job("a", a));
    jobs.push_back(job("b", b));
    jobs.push_back(job("c", c));
    try {
        co_await gather(std::move(jobs)); //@ gather
    } catch (const ValueError& error) {
        print(string("error: ") + error.what()); //@ gather error
    }
    co_await sleep(2.0); //@ more
}

//@ function tidy_job
Coro<> tidy_job(string name, double seconds, double cleanup)
{
    try {
        co_await sleep(seconds); //@ tidy sleep
        if (name == "b") throw ValueError("b failed"); //@ tidy fail
        co_return print(name + " done"); //@ tidy done
    } catch (const CancelledError&) {} // no await in here
    co_await sleep(cleanup); //@ clean up
    throw CancelledError();
}

//@ function main_with_cleanup
Coro<> main_with_cleanup(double a = 1.0, double b = 0.5,
                         double c = 2.0, double cleanup = 0.2)
{
    TaskGroup group;
    auto block = [&]() -> Coro<> {
        group.create_task(tidy_job("a", a, cleanup)); //@ tidy a
        group.create_task(tidy_job("b", b, cleanup)); //@ tidy b
        group.create_task(tidy_job("c", c, cleanup)); //@ tidy c
        co_return;
    };
    co_await async_with(group, block()); //@ tidy group
}

//@ function clumsy_job
Coro<> clumsy_job(string name, double seconds)
{
    try { co_await sleep(seconds); } //@ clumsy sleep
    catch (const CancelledError&) { throw OSError(name); } //@ clumsy mess
    throw ValueError(name); //@ clumsy fail
}

//@ function main_two_errors
Coro<> main_two_errors(double b = 0.5, double c = 2.0)
{
    TaskGroup group;
    auto block = [&]() -> Coro<> {
        group.create_task(clumsy_job("b", b)); //@ clumsy b
        group.create_task(clumsy_job("c", c)); //@ clumsy c
        co_return;
    };
    try {
        co_await async_with(group, block()); //@ clumsy group
    } catch (const ExceptionGroup& errors) { // as except* does:
        tell<ValueError>(errors, "failed:"); //@ clumsy failed
        tell<OSError>(errors, "left a mess:"); //@ clumsy left
    }
}
//@ end

auto three_jobs(Coro<> (*story)(double, double, double))
{
    return [story](EventLoop&, const Values& values) {
        return story(values.number("delay_a"), values.number("delay_b"), values.number("delay_c"));
    };
}

Coro<> start_with_cleanup(EventLoop&, const Values& values)
{
    return main_with_cleanup(values.number("delay_a"), values.number("delay_b"), values.number("delay_c"),
                             values.number("cleanup"));
}

Coro<> start_two_errors(EventLoop&, const Values& values)
{
    return main_two_errors(values.number("delay_b"), values.number("delay_c"));
}

Parameter delay(const string& name, double initial)
{
    return in_seconds("delay_" + name, "job " + name, {.low = 0.1, .high = 3.0, .step = 0.1}, initial);
}

} // namespace

Lesson task_groups()
{
    const vector<string> delays = {"delay_a", "delay_b", "delay_c"};
    return {
        .number = 13,
        .chapter = 4,
        .chapter_title = "Many at once",
        .id = "task-groups",
        .title = "Task groups",
        .question = "How do I make tasks end together?",
        .text = "A task group is a block. The tasks made in it belong to the group, and `main` goes on behind "
                "the block only when all of them are over. Job b fails when its time has come, here and in the "
                "variant with `gather`, where `main` has something else to do afterwards. In one variant a job "
                "that is cancelled needs a while to clean up, and nobody handles the error. In the last variant a "
                "job fails when it is cancelled. A group hands over what went wrong as an `ExceptionGroup`, which "
                "may hold several errors; Python's `except*` takes those of one kind out of it.",
        .takeaway = "A task group ends when all its tasks have; if one fails the others are cancelled, and all "
                    "failures come out together.",
        .cpp_file = "lessons/4_many_at_once/task_groups.cpp",
        .python_file = "lessons/4_many_at_once/task_groups.py",
        .parameters = {delay("a", 1.0), delay("b", 0.5), delay("c", 2.0),
                       in_seconds("cleanup", "cleaning up", {.low = 0, .high = 1.0, .step = 0.1}, 0.2)},
        .variants = {{.name = "gather",
                      .title = "Gather",
                      .summary = "The same jobs under `gather`, and then something else to do for 2 s.",
                      .start = three_jobs(main_gather),
                      .functions = {"job", "main_gather"},
                      .parameters = delays},
                     {.name = "group",
                      .title = "Task group",
                      .summary = "Each job is a task of the group, and job b fails.",
                      .start = three_jobs(main),
                      .functions = {"job", "main"},
                      .parameters = delays},
                     {.name = "with-cleanup",
                      .title = "Cleaning up",
                      .summary = "Each job needs time to clean up when it is cancelled.",
                      .start = start_with_cleanup,
                      .functions = {"tidy_job", "main_with_cleanup"},
                      .ends = "ExceptionGroup"},
                     {.name = "two-errors",
                      .title = "A failing clean-up",
                      .summary = "One job fails, and the other one fails when it is cancelled.",
                      .start = start_two_errors,
                      .functions = {"clumsy_job", "main_two_errors"},
                      .parameters = {"delay_b", "delay_c"}}},
        .default_variant = 1,
        .compare = {"gather", "group"},
        .predictions =
            {{.id = "left",
              .question = "Job b fails; a job that is cancelled needs a while to clean up. When is the block left?",
              .setup = {.variant = "with-cleanup"},
              .answer = "total",
              .options = {{.text = "At {} s, with the failure",
                           .value = "delay_b",
                           .belief = "A cancelled task is over at once, so nobody has to wait for it."},
                          {.text = "At {} s, when the others have cleaned up", .value = "delay_b + cleanup"},
                          {.text = "At {} s, when the slowest job would be done",
                           .value = "max(delay_a, delay_b, delay_c)",
                           .belief = "A task group lets the other tasks go on when one fails, as `gather` does."}},
              .decided_by = "fact(\"block left\")",
              .because = "The group cancelled the two others and then waited until they were really over. Only then "
                         "is its block left, with the error.",
              .again = {{"delay_b=0.3", "cleanup=0.5"}, {"delay_b=0.8", "cleanup=0.1"}}},
             {.id = "finished",
              .question = "Job b is the first to come to its end, and fails. How many jobs print that they are done?",
              .setup = {.variant = "group"},
              .answer = "count(\"* done\")",
              .options = {{.text = "Two",
                           .value = "2",
                           .belief = "A task group lets the other tasks go on when one fails, as `gather` does."},
                          {.text = "One",
                           .value = "1",
                           .belief = "A group stops only the tasks that were made after the one that fails."},
                          {.text = "None", .value = "0"}},
              .decided_by = "fact(\"group aborted\")",
              .because = "The group asks every other task to stop as soon as one has failed. Neither of the two had "
                         "come to its print.",
              .again = {{"delay_b=0.3"}, {"delay_b=0.8", "delay_c=1.4"}}},
             {.id = "errors",
              .question = "Job b fails, and job c fails in its turn when it is cancelled. How many errors does "
                          "`main` get?",
              .setup = {.variant = "two-errors"},
              .answer = "count(\"failed: *\") + count(\"left a mess: *\")",
              .options = {{.text = "One, the first",
                           .value = "1",
                           .belief = "An error that comes while a task is being cancelled is dropped."},
                          {.text = "Two, in one group", .value = "2"}},
              .decided_by = "fact(\"block left\")",
              .because = "The group collects what its tasks fail with until all are over, and hands over the whole "
                         "collection.",
              .again = {{"delay_b=0.3"}, {"delay_b=1.1", "delay_c=1.6"}}}},
        .challenge = {.task = "Let exactly one job of the group get done, before the group is left with its error.",
                      .goal = "count(\"* done\") == 1 and count(\"error: *\") == 1 and total < 1.5",
                      .begins = {.variant = "group"},
                      .passes = {.variant = "group", .sets = {"delay_a=0.4"}},
                      .hint = "What is over before job b fails cannot be cancelled any more.",
                      .variants = {"group"}},
        .remarks =
            {{.variant = "gather",
              .moment = "printed(\"error: *\")",
              .text = "`gather` is over, but not its jobs: those that have not ended go on, and nobody waits for them."},
             {.variant = "group",
              .moment = "fact(\"group aborted\")",
              .text = "One task has failed, so the group asks all that are left to stop. It also interrupts `main`, "
                      "which may still be at work inside the block."},
             {.variant = "group",
              .moment = "fact(\"block left\")",
              .text = "No task of the group is at work any more: nothing that was begun in the block outlives it."},
             {.variant = "with-cleanup",
              .moment = "fact(\"group aborted\")",
              .text = "Those that are left are asked to stop. Each may still do what it must, and the group waits for "
                      "that."},
             {.variant = "with-cleanup",
              .moment = "fact(\"block left\")",
              .text = "The last task is over, so the block is left, with the error of job b inside an "
                      "`ExceptionGroup`. Nobody handles it, and the program ends with it."},
             {.variant = "two-errors",
              .moment = "fact(\"task failed\", clumsy_job, 2)",
              .text = "A second error joins the first in the group's collection; neither is lost."}},
        .needs = {"when-one-fails"},
        .versions = "Task groups and `except*` came with Python 3.11.",
    };
}

} // namespace loopscope::lessons
