// When one of them fails.
//
// gather() hands the first failure on at once and lets the other jobs run; nobody hears from them
// any more. With return_exceptions it waits for all, and an error is a result like any other.

#include "lessons/catalog.h"
#include "lessons/parameters.h"
#include "lessons/stage.h"

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
string message(const Exception& error) { return error.what(); }

template <class... More>
vector<Coro<string>> list(Coro<string> first, More... more)
{
    vector<Coro<string>> jobs;
    jobs.push_back(std::move(first));
    (jobs.push_back(std::move(more)), ...);
    return jobs;
}

struct Job {
    string name;
    double seconds;
    bool fails = false;
};

//@ function job
Coro<string> job(Job it)
{
    co_await sleep(it.seconds); //@ sleep
    if (it.fails) throw ValueError(it.name + " failed"); //@ fail
    print(it.name + " done"); //@ done
    co_return it.name;
}

//@ function main
Coro<> main(Job a = {"a", 1.0}, Job b = {"b", 0.5, true},
            Job c = {"c", 2.0})
{
    vector<Coro<string>> jobs = list(job(a), job(b), job(c));
    try {
        auto all = co_await gather(std::move(jobs)); //@ gather
        print("results: " + join(all)); //@ results
    } catch (const ValueError& error) {
        print("handled: " + message(error)); //@ handled
    }
    co_await sleep(2.0); //@ more
}

//@ function main_keep_errors
Coro<> main_keep_errors(Job a = {"a", 1.0},
                        Job b = {"b", 0.5, true},
                        Job c = {"c", 2.0})
{
    vector<Coro<string>> jobs = list(job(a), job(b), job(c));
    auto waits = gather(return_exceptions, std::move(jobs)); //@ keep gather
    auto all = co_await waits; //@ keep await
    for (const auto& [result, error] : all)
        if (error)
            print("handled: " + message(error)); //@ keep handled
        else
            print("result: " + *result); //@ keep result
}

//@ function main_exit_at_once
Coro<> main_exit_at_once(Job a = {"a", 1.0},
                         Job b = {"b", 0.5, true},
                         Job c = {"c", 2.0})
{
    vector<Coro<string>> jobs = list(job(a), job(b), job(c));
    try {
        auto all = co_await gather(std::move(jobs)); //@ exit gather
        print("results: " + join(all)); //@ exit results
    } catch (const ValueError& error) {
        print("handled: " + message(error)); //@ exit handled
    }
}

//@ function main_group
Coro<> main_group(Job a = {"a", 1.0}, Job b = {"b", 0.5, true},
                  Job c = {"c", 2.0})
{
    TaskGroup group;
    auto block = [&]() -> Coro<> {
        for (Job it : {a, b, c})
            group.create_task(job(it)); //@ group create
        co_return;
    };
    try {
        co_await async_with(group, block()); //@ group
    } catch (const ExceptionGroup& errors) {
        print("handled: " + message(errors.exceptions()[0])); //@ group handled
    }
}
//@ end

auto stage(Coro<> (*story)(Job, Job, Job))
{
    return [story](EventLoop&, const Values& values) {
        const auto job_named = [&](const char* name) {
            return Job{name, values.number(string("delay_") + name), values.word("fails") == name};
        };
        return story(job_named("a"), job_named("b"), job_named("c"));
    };
}

Parameter delay(const string& name, double initial)
{
    return in_seconds("delay_" + name, "job " + name, {.low = 0.1, .high = 3.0, .step = 0.1}, initial);
}

} // namespace

Lesson when_one_fails()
{
    return {
        .number = 12,
        .chapter = 4,
        .chapter_title = "Many at once",
        .id = "when-one-fails",
        .title = "When one of them fails",
        .question = "If one job fails, what happens to the others?",
        .text = "`gather` makes a task of each job, so that they wait side by side, and waits for their "
                "results. Here one of three jobs ends with an error, and `main` handles it: "
                "`except` in Python, `catch` in C++. After that `main` has something else to do for 2 s, or, "
                "in one variant, ends at once. Asked for it by `return_exceptions`, `gather` puts an error "
                "into its list of results and raises none. The last variant does the same jobs in a task "
                "group, of which the next lesson tells more.",
        .takeaway = "`gather` hands on the first error and lets the other jobs run; ask it to return the errors "
                    "when you want every result.",
        .cpp_file = "lessons/4_many_at_once/when_one_fails.cpp",
        .python_file = "lessons/4_many_at_once/when_one_fails.py",
        .parameters = {delay("a", 1.0), delay("b", 0.5), delay("c", 2.0),
                       one_of("fails", "which fails", {"a", "b", "c", "none"}, "b")},
        .variants = {{.name = "gather",
                      .title = "Gather",
                      .summary = "`main` handles the first error, then has something else to do for 2 s.",
                      .start = stage(main),
                      .functions = {"job", "main"}},
                     {.name = "keep-errors",
                      .title = "Errors as results",
                      .summary = "With `return_exceptions`, an error takes its place among the results.",
                      .start = stage(main_keep_errors),
                      .functions = {"job", "main_keep_errors"}},
                     {.name = "exit-at-once",
                      .title = "Gather and leave",
                      .summary = "`main` ends as soon as it has handled the error.",
                      .start = stage(main_exit_at_once),
                      .functions = {"job", "main_exit_at_once"}},
                     {.name = "group",
                      .title = "A task group",
                      .summary = "The same jobs in a task group, which looks after them in another way.",
                      .start = stage(main_group),
                      .functions = {"job", "main_group"}}},
        .default_variant = 0,
        .compare = {"gather", "keep-errors"},
        .predictions =
            {{.id = "still-running",
              .question = "`main` has just handled the error. How many jobs still run 0.1 s later?",
              .setup = {.variant = "gather"},
              .answer = "running(at(\"handled: *\") + 0.1)",
              .options = {{.text = "None", .value = "0", .belief = "M12"},
                          {.text = "One",
                           .value = "1",
                           .belief = "`gather` stops the jobs that stand behind the one that fails."},
                          {.text = "Two", .value = "2"}},
              .decided_by = "printed(\"handled: *\")",
              .because = "`gather` handed the error to `main` and left the two other jobs alone. They go on, with "
                         "nobody to take their results.",
              .again = {{"delay_b=0.3", "delay_a=1.6"}, {"fails=a", "delay_a=0.2"}}},
             {.id = "keep",
              .question = "`gather` is asked to return errors as results. When does `main` get the list?",
              .setup = {.variant = "keep-errors"},
              .answer = "at(\"handled: *\")",
              .options = {{.text = "At {} s, with the error",
                           .value = "delay_b",
                           .belief = "`gather` ends with the first error, returned or raised."},
                          {.text = "At {} s, when the last job has ended", .value = "max(delay_a, delay_b, delay_c)"},
                          {.text = "Never",
                           .value = "never",
                           .belief = "A job that fails has no result, so a list of all results is never complete."}},
              .decided_by = "printed(\"handled: *\")",
              .because = "With `return_exceptions` an error is a result like the others, so `gather` waits until "
                         "it has three of them.",
              .again = {{"delay_b=0.3", "delay_c=1.4"}, {"delay_a=2.6", "delay_b=1.2"}}},
             {.id = "leave",
              .question = "`main` ends as soon as it has handled the error. How many jobs print that they are done?",
              .setup = {.variant = "exit-at-once"},
              .answer = "count(\"* done\")",
              .options = {{.text = "None", .value = "0"},
                          {.text = "Two", .value = "2", .belief = "M16"}},
              .decided_by = "fact(\"cancel requested\")",
              .because = "It was not `gather` that stopped them: `main` had ended, so `asyncio.run` cancelled what "
                         "was left.",
              .again = {{"delay_b=0.3", "delay_a=1.6"}, {"fails=a", "delay_a=0.2"}}}},
        .challenge = {.task = "Handle the error when no job is running any more, and get the results of the two others.",
                      .goal = "at(\"handled: *\") >= max(delay_a, delay_b, delay_c) and count(\"result: *\") >= 2",
                      .begins = {.variant = "gather"},
                      .passes = {.variant = "keep-errors"},
                      .hint = "`gather` can treat the error as one more result."},
        .remarks =
            {{.variant = "gather",
              .moment = "fact(\"task failed\")",
              .text = "The error ends this job. `gather` will hand it to `main` without waiting for the others."},
             {.variant = "gather",
              .moment = "printed(\"handled: *\")",
              .text = "`main` has dealt with the error. The jobs that have not ended go on, but `gather` is over: "
                      "nobody gets their results."},
             {.variant = "keep-errors",
              .moment = "fact(\"task failed\")",
              .text = "`gather` notes the error in this job's place and goes on waiting for the rest."},
             {.variant = "keep-errors",
              .moment = "printed(\"handled: *\")",
              .text = "Every job is over by now. Two results and the error stand in one list, in the order of the "
                      "arguments."},
             {.variant = "exit-at-once",
              .moment = "fact(\"cancel requested\")",
              .text = "`main` is over, so `asyncio.run` cancels the jobs that are left. `gather` itself would have "
                      "let them run."},
             {.variant = "group",
              .moment = "fact(\"group aborted\")",
              .text = "A task group does what many expect of `gather`: one job has failed, so it cancels those "
                      "that are still at work. `main` gets the error, and no results."}},
        .needs = {"lost-tasks", "gather-three-urls"},
        .versions = "Task groups came with Python 3.11.",
    };
}

} // namespace loopscope::lessons
