// Computing in threads.
//
// Threads of an ordinary Python share one interpreter, and its lock lets one of them run at a time. They
// do not make computing quicker, but they leave the event loop its turns. Processes have an interpreter
// each, and a free-threaded build of Python has no such lock.

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

//@ function heartbeat
Coro<> heartbeat()
{
    for (;;) {
        print("tick"); //@ tick
        co_await sleep(0.1); //@ pause
    }
}

//@ function crunch
Coro<> crunch(double seconds)
{
    cpu(seconds); //@ compute
    co_return;
}

//@ function main_on_loop
Coro<> main_on_loop(int jobs = 4, double seconds = 1.0)
{
    Task<> heart = create_task(heartbeat()); //@ loop heart
    vector<Coro<>> calls;
    for (int n = 0; n < jobs; ++n)
        calls.push_back(crunch(seconds));
    co_await gather(std::move(calls)); //@ loop gather
    print("all done"); //@ loop all
}

//@ function main
Coro<> main(int jobs = 4, double seconds = 1.0)
{
    Task<> heart = create_task(heartbeat()); //@ heart
    EventLoop& loop = get_running_loop();
    ThreadPoolExecutor pool(jobs, "thread");
    vector<Future<void>> calls;
    for (int n = 0; n < jobs; ++n)
        calls.push_back(
            loop.run_in_executor(pool, cpu, seconds)); //@ call
    co_await gather(std::move(calls)); //@ gather
    print("all done"); //@ all
    pool.shutdown();
}

//@ function main_processes
Coro<> main_processes(int jobs = 4, double seconds = 1.0)
{
    Task<> heart = create_task(heartbeat()); //@ process heart
    EventLoop& loop = get_running_loop();
    ProcessPoolExecutor pool(jobs);
    vector<Future<void>> calls;
    for (int n = 0; n < jobs; ++n)
        calls.push_back(
            loop.run_in_executor(pool, cpu, seconds)); //@ process call
    co_await gather(std::move(calls)); //@ process gather
    print("all done"); //@ process all
    pool.shutdown();
}
//@ end

auto on_machine(Coro<> (*story)(int, double), bool free_threaded = false)
{
    return [story, free_threaded](EventLoop& loop, const Values& values) {
        Machine& machine = loop.machine();
        machine.set_cores(values.whole("cores"));
        machine.set_free_threaded(free_threaded);
        machine.set_process_costs(0.3, 0);
        return story(values.whole("jobs"), values.number("cost"));
    };
}

vector<Prediction> predictions()
{
    return {
        {.id = "threads",
         .question = "There is a thread for each job, and a core for each thread. When are all jobs done?",
         .setup = {.variant = "threads"},
         .answer = "total",
         .options = {{.text = "after {} s: all compute at once", .value = "cost", .belief = "M10"},
                     {.text = "after {} s: as long as one after the other", .value = "jobs * cost"},
                     {.text = "after {} s", .value = "jobs * cost / 2",
                      .belief = "Threads make computing a little faster, though not by the number of cores."}},
         .decided_by = "printed(\"all done\")",
         .because = "The interpreter's lock let one thread compute at a time. The jobs took turns of 5 ms, and all "
                    "turns add up to the same time.",
         .again = {{"jobs=3", "cost=0.6"}, {"cost=0.5"}}},
        {.id = "heart",
         .question = "What about the ticks while the jobs compute in threads?",
         .setup = {.variant = "threads"},
         .answer = "gap(heartbeat) < 0.15",
         .options = {{.text = "they go on, a little late", .value = "true"},
                     {.text = "they stop until the jobs are done", .value = "false",
                      .belief = "Threads that compute hold the event loop up, as if they ran on it."}},
         .decided_by = "printed(tick, 2)",
         .because = "The loop's own thread waits for the interpreter's lock as the others do. Whoever has the lock "
                    "lets go of it after 5 ms, so the loop's turn comes soon.",
         .again = {{"jobs=2", "cost=0.6"}, {"jobs=5", "cost=0.3"}}},
        {.id = "free-threaded",
         .question = "The same program on a Python without the lock. When are all jobs done?",
         .setup = {.variant = "free-threaded"},
         .answer = "total",
         .options = {{.text = "after {} s", .value = "cost * max(1, jobs / cores)"},
                     {.text = "after {} s", .value = "jobs * cost",
                      .belief = "Python's threads can never compute at the same time."},
                     {.text = "after {} s", .value = "cost / cores",
                      .belief = "The cores share out a single job between them."}},
         .decided_by = "printed(\"all done\")",
         .because = "Without the lock the threads computed at the same moment, as far as there were cores for them.",
         .again = {{"jobs=6", "cores=3", "cost=0.5"}, {"jobs=3", "cores=6", "cost=0.8"}}},
    };
}

} // namespace

Lesson cpu_and_the_gil()
{
    const vector<string> without_cores = {"jobs", "cost"};
    return {
        .number = 21,
        .chapter = 6,
        .chapter_title = "Leaving the loop",
        .id = "cpu-and-the-gil",
        .title = "Computing in threads",
        .question = "Do threads speed up computing?",
        .text = "`cpu(s)` computes for s seconds; it stands for work in Python, such as parsing a page. A heartbeat "
                "ticks every 0.1 s, as long as the event loop gets a turn. Python's interpreter has a lock, the GIL: "
                "only the thread that holds it may run Python code. (Some libraries written in C let go of it while "
                "they compute.) A thread lets go of the lock while it waits, and, if others want it, after 5 ms. Since "
                "3.13 there is also a build without it, called free-threaded. A process is a program of its own with "
                "its own interpreter; here it takes 0.3 s to start up. A pool of processes is used like one of "
                "threads.",
        .takeaway = "The interpreter's lock lets one thread at a time run Python code, so threads keep the loop "
                    "answering, but only processes or a free-threaded Python get the computing done sooner.",
        .cpp_file = "lessons/6_leaving_the_loop/cpu_and_the_gil.cpp",
        .python_file = "lessons/6_leaving_the_loop/cpu_and_the_gil.py",
        .parameters = {how_many("jobs", "jobs", {1, 6}, 4),
                       in_seconds("cost", "one job", {.low = 0.1, .high = 1.0, .step = 0.1}, 1.0),
                       how_many("cores", "cores", {1, 8}, 4)},
        .variants = {{.name = "on-loop",
                      .title = "On the loop",
                      .summary = "Tasks that compute: each holds the loop's thread to its end, and nothing ticks.",
                      .start = on_machine(main_on_loop),
                      .functions = {"heartbeat", "crunch", "main_on_loop"},
                      .parameters = without_cores},
                     {.name = "threads",
                      .title = "In threads",
                      .summary = "Threads take turns at the interpreter, and the loop takes part.",
                      .start = on_machine(main),
                      .functions = {"heartbeat", "main"},
                      .parameters = without_cores},
                     {.name = "free-threaded",
                      .title = "Threads without the lock",
                      .summary = "The same story on a free-threaded Python: a thread computes when there is a core "
                                 "for it.",
                      .start = on_machine(main, true),
                      .functions = {"heartbeat", "main"}},
                     {.name = "processes",
                      .title = "In processes",
                      .summary = "Each process has an interpreter of its own, after it has started up.",
                      .start = on_machine(main_processes),
                      .functions = {"heartbeat", "main_processes"}}},
        .default_variant = 1,
        .compare = {"threads", "processes"},
        .predictions = predictions(),
        .challenge = {.task = "Compute 4 s in all, with no more than 0.15 s between any two ticks, and within 4.1 s. No "
                              "processes, and an ordinary Python.",
                      .goal = "gap(heartbeat) <= 0.15 and total <= 4.1 and processes == 0 and jobs * cost >= 4",
                      .begins = {.variant = "on-loop"},
                      .passes = {.variant = "threads"},
                      .hint = "It need not be quicker than on the loop; the loop only has to get its turns.",
                      .variants = {"on-loop", "threads", "processes"}},
        .remarks
        = {{.variant = "on-loop",
            .moment = "fact(\"task finished\", crunch)",
            .text = "There was no tick while this job computed: the loop had no turn."},
           {.variant = "threads",
            .moment = "fact(\"interpreter taken\")",
            .text = "From here on the lock goes around. Whoever holds it computes, for 5 ms at a time, and all others "
                    "wait for it."},
           {.variant = "threads",
            .moment = "printed(tick, 2)",
            .text = "This tick was due at 0.1 s. The loop's thread had to wait for the interpreter, but not for long."},
           {.variant = "free-threaded",
            .moment = "fact(\"work ended on a worker\")",
            .text = "No lock went around: this thread computed whenever there was a core for it."},
           {.variant = "processes",
            .moment = "fact(\"worker ready\")",
            .text = "The process is up. It shares no lock with the loop, so from now on the two run side by side."}},
        .needs = {"concurrent-not-parallel", "blocking-io-to-threads"},
        .versions = "The free-threaded build came with Python 3.13 as an experiment, in a program of its own: "
                    "python3.13t. From 3.14 on it is officially supported.",
    };
}

} // namespace loopscope::lessons
