// Tasks make overlap.
//
// The same jobs, awaited in different places. Awaiting a coroutine runs it on the spot; a task has
// turns of its own. Where `create_task` and `await` stand decides whether
// two waits follow each other or overlap.

#include "lessons/catalog.h"
#include "lessons/parameters.h"

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

//@ story
Coro<> job(string name, double seconds)
{
    co_await sleep(seconds); //@ sleep
    print(name + " done"); //@ done
}

//@ function main_sequential
Coro<> main_sequential(double a = 1.0, double b = 2.0)
{
    co_await job("a", a); //@ sequential a
    print("collected a"); //@ sequential has a
    co_await job("b", b); //@ sequential b
    print("collected b"); //@ sequential has b
}

//@ function main
Coro<> main(double a = 1.0, double b = 2.0)
{
    Task<> first = create_task(job("a", a)); //@ create a
    Task<> second = create_task(job("b", b)); //@ create b
    co_await first; //@ await a
    print("collected a"); //@ has a
    co_await second; //@ await b
    print("collected b"); //@ has b
}

//@ function main_trap
Coro<> main_trap(double a = 1.0, double b = 2.0)
{
    co_await create_task(job("a", a)); //@ trap a
    print("collected a"); //@ trap has a
    co_await create_task(job("b", b)); //@ trap b
    print("collected b"); //@ trap has b
}

//@ function main_half
Coro<> main_half(double a = 1.0, double b = 2.0)
{
    Task<> first = create_task(job("a", a)); //@ half create a
    co_await job("b", b); //@ half b
    print("collected b"); //@ half has b
    co_await first; //@ half await a
    print("collected a"); //@ half has a
}

//@ function main_mixed
struct Job { string name; double seconds; string mode; };

Coro<> main_mixed(vector<Job> jobs)
{
    vector<Task<>> later;
    for (const auto& [name, seconds, mode] : jobs) {
        if (mode == "await")
            co_await job(name, seconds); //@ mixed direct
        else if (mode == "at-once")
            co_await create_task(job(name, seconds)); //@ mixed at once
        else // "later"
            later.push_back(create_task(job(name, seconds))); //@ mixed create
    }
    for (Task<> task : later)
        co_await task; //@ mixed await
    print("collected all"); //@ mixed has all
}
//@ end

// The stage of the variants that take two jobs.
auto two_jobs(Coro<> (*story)(double, double))
{
    return [story](EventLoop&, const Values& values) {
        return story(values.number("job_a"), values.number("job_b"));
    };
}

Coro<> three_jobs(EventLoop&, const Values& values)
{
    vector<Job> jobs;
    for (const string name : {"a", "b", "c"})
        jobs.push_back({name, values.number("job_" + name), values.word("mode_" + name)});
    return main_mixed(std::move(jobs));
}

Parameter length(const string& name, double initial)
{
    return in_seconds("job_" + name, "job " + name, {.low = 0.1, .high = 5.0, .step = 0.1}, initial);
}

Parameter mode(const string& name)
{
    return one_of("mode_" + name, "start " + name, {"await", "at-once", "later"}, "at-once");
}

} // namespace

Lesson tasks_make_overlap()
{
    const vector<string> first_two = {"job_a", "job_b"};
    return {
        .number = 8,
        .chapter = 3,
        .chapter_title = "Tasks",
        .id = "tasks-make-overlap",
        .title = "Tasks make overlap",
        .question = "What turns two waits into one?",
        .text = "A job waits for a while and then says that it is done. `await job(…)` runs it right "
                "there: `main` goes on when the job has ended. `create_task(job(…))` hands it to the "
                "event loop. Now the job is a task with a lane of its own, and it begins as soon as "
                "`main` waits for something. Awaiting the task later collects it, and takes no time if "
                "it has ended by then. The variants do the same jobs; only `create_task` and `await` "
                "stand in different places. In \"Mix your own\" you choose for each job: `await` it, make a task and "
                "await it `at-once`, or make "
                "it now and await it `later`.",
        .takeaway = "Create the tasks before the first await: what stands behind an await begins only when that "
                    "await is over.",
        .cpp_file = "lessons/3_tasks/tasks_make_overlap.cpp",
        .python_file = "lessons/3_tasks/tasks_make_overlap.py",
        .parameters = {length("a", 1.0), length("b", 2.0), length("c", 1.5), mode("a"), mode("b"), mode("c")},
        .variants = {{.name = "sequential",
                      .title = "One after another",
                      .summary = "Both jobs are awaited directly: the second begins when the first has ended.",
                      .start = two_jobs(main_sequential),
                      .functions = {"job", "main_sequential"},
                      .parameters = first_two},
                     {.name = "tasks",
                      .title = "Two tasks",
                      .summary = "Both tasks exist before the first await, so their waits overlap.",
                      .start = two_jobs(main),
                      .functions = {"job", "main"},
                      .parameters = first_two},
                     {.name = "trap",
                      .title = "Created and awaited",
                      .summary = "Each task is awaited on the line that creates it.",
                      .start = two_jobs(main_trap),
                      .functions = {"job", "main_trap"},
                      .parameters = first_two},
                     {.name = "half",
                      .title = "Task and await",
                      .summary = "One job is a task, and the other is awaited directly.",
                      .start = two_jobs(main_half),
                      .functions = {"job", "main_half"},
                      .parameters = first_two},
                     {.name = "mixed",
                      .title = "Mix your own",
                      .summary = "Three jobs; you choose how each of them is started and awaited.",
                      .start = three_jobs,
                      .functions = {"job", "main_mixed"}}},
        .default_variant = 1,
        .compare = {"sequential", "tasks"},
        .predictions =
            {{.id = "trap",
              .question = "Each task is awaited on the line that creates it. When does `main` end?",
              .setup = {.variant = "trap"},
              .answer = "total",
              .options = {{.text = "At {} s", .value = "max(job_a, job_b)", .belief = "M6"},
                          {.text = "At {} s", .value = "job_a + job_b"},
                          {.text = "At {} s",
                           .value = "(job_a + job_b) / 2",
                           .belief = "Two tasks share the work, so each takes half of its time."}},
              .decided_by = "printed(\"collected a\")",
              .because = "Only now does `main` come to the line that creates b. Until then there was nothing "
                         "that could overlap with a.",
              .again = {{"job_a=1.5", "job_b=0.5"}, {"job_a=0.8", "job_b=2.4"}}},
             {.id = "collected",
              .question = "Both tasks exist, and `main` awaits a first, then b. When is a collected?",
              .setup = {.variant = "tasks"},
              .answer = "at(\"collected a\")",
              .options = {{.text = "At {} s", .value = "0", .belief = "A task is over as soon as it has been made."},
                          {.text = "At {} s", .value = "job_a"},
                          {.text = "At {} s",
                           .value = "max(job_a, job_b)",
                           .belief = "Tasks that were made together are collected together."}},
              .decided_by = "printed(\"collected a\")",
              .because = "`await first` waits for this one task, and a has ended. b goes on waiting meanwhile, "
                         "as a task of its own.",
              .again = {{"job_a=0.5", "job_b=1.5"}, {"job_a=1.2", "job_b=3.0"}}},
             {.id = "half",
              .question = "Only a is a task; b is awaited directly. When does `main` end?",
              .setup = {.variant = "half"},
              .answer = "total",
              .options = {{.text = "At {} s", .value = "max(job_a, job_b)"},
                          {.text = "At {} s",
                           .value = "job_a + job_b",
                           .belief = "Waits overlap only when each of them has a task of its own."}},
              .decided_by = "printed(\"a done\")",
              .because = "`main` waited inside b and left the thread free, so the task a had its wait at the same "
                         "time.",
              .again = {{"job_a=1.5", "job_b=0.5"}, {"job_a=0.6", "job_b=1.8"}}}},
        .challenge = {.task = "Do all three jobs in the time of the longest.",
                      .goal = "total <= max(job_a, job_b, job_c)",
                      .begins = {.variant = "mixed"},
                      .passes = {.variant = "mixed", .sets = {"mode_a=later", "mode_b=later", "mode_c=later"}},
                      .hint = "What `main` starts after a wait cannot overlap with that wait.",
                      .variants = {"mixed"}},
        .remarks = {{.variant = "sequential",
                     .moment = "printed(\"collected a\")",
                     .text = "Only now does `main` come to `job(\"b\", …)`: before this moment there was no b "
                             "that could have waited."},
                    {.variant = "tasks",
                     .moment = "fact(\"task created\", job, 2)",
                     .text = "Both jobs exist before `main` waits for anything. From here their waits can "
                             "overlap."},
                    {.variant = "tasks",
                     .moment = "printed(\"collected a\")",
                     .text = "The first `await` is over as soon as a is. b has had just as long by now, and needs "
                             "only the rest, if any."},
                    {.variant = "trap",
                     .moment = "printed(\"collected a\")",
                     .text = "There were tasks, but never two at a time: this `await` stood between them."},
                    {.variant = "half",
                     .moment = "printed(\"collected b\")",
                     .text = "While `main` itself ran job b, the task a had its turns too. To await it now "
                             "takes only the time that it still needs."},
                    {.variant = "mixed",
                     .moment = "printed(\"collected all\")",
                     .text = "A task that is awaited `later` waits beside the jobs after it; `await` and `at-once` make "
                             "the jobs after them wait."}},
        .needs = {"awaitables-three-kinds"},
    };
}

} // namespace loopscope::lessons
