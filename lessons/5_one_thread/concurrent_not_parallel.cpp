// Concurrent is not parallel.
//
// All tasks of a loop share its one thread. While one of them waits, another may compute; while one
// computes, nobody else can. Waits lie on top of each other, computations behind each other.

#include "lessons/catalog.h"
#include "lessons/parameters.h"
#include "lessons/stage.h"

#include <string>
#include <utility>
#include <vector>

//@ story
#include "core/asyncio.h"

//@ end
namespace loopscope::lessons {
namespace {

using std::string;
using std::to_string;
using std::vector;

//@ function compute
Coro<> compute(int n, double seconds)
{
    cpu(seconds); //@ compute
    print("job " + to_string(n) + " done"); //@ computed
    co_return;
}

//@ function main
Coro<> main(int jobs = 3, double seconds = 1.0)
{
    vector<Coro<>> todo;
    for (int n = 1; n <= jobs; ++n)
        todo.push_back(compute(n, seconds));
    co_await gather(std::move(todo)); //@ gather computations
    print("all done"); //@ all computed
}

//@ function ask
Coro<> ask(int n, double seconds)
{
    co_await http(seconds); //@ ask
    print("job " + to_string(n) + " done"); //@ answered
}

//@ function main_wait
Coro<> main_wait(int jobs = 3, double seconds = 1.0)
{
    vector<Coro<>> todo;
    for (int n = 1; n <= jobs; ++n)
        todo.push_back(ask(n, seconds));
    co_await gather(std::move(todo)); //@ gather waits
    print("all done"); //@ all answered
}

//@ function job
Coro<> job(int n, double computing, double waiting)
{
    cpu(computing); //@ job computes
    co_await http(waiting); //@ job asks
    print("job " + to_string(n) + " done"); //@ job done
}

//@ function main_mixed
Coro<> main_mixed(int jobs = 3, double c = 1.0, double w = 1.0)
{
    vector<Coro<>> todo;
    for (int n = 1; n <= jobs; ++n)
        todo.push_back(job(n, c, w));
    co_await gather(std::move(todo)); //@ gather jobs
    print("all done"); //@ all jobs done
}

//@ function main_processes
void crunch(int n, double c)
{
    cpu(c); //@ crunch
    print("job " + to_string(n) + " done"); //@ crunched
}

Coro<> main_processes(int jobs = 3, double c = 1.0)
{
    EventLoop& loop = get_running_loop();
    ProcessPoolExecutor pool(jobs);
    vector<Future<void>> calls;
    for (int n = 1; n <= jobs; ++n) {
        auto call = loop.run_in_executor(pool, crunch, n, c); //@ call
        calls.push_back(call);
    }
    co_await gather(std::move(calls)); //@ gather calls
    pool.shutdown(); //@ shutdown
    print("all done"); //@ all crunched
}
//@ end

Coro<> start_compute(EventLoop&, const Values& values) { return main(values.whole("jobs"), values.number("compute")); }

Coro<> start_wait(EventLoop&, const Values& values) { return main_wait(values.whole("jobs"), values.number("wait")); }

Coro<> start_mixed(EventLoop&, const Values& values)
{
    return main_mixed(values.whole("jobs"), values.number("compute"), values.number("wait"));
}

Coro<> start_processes(EventLoop& loop, const Values& values)
{
    loop.machine().set_cores(values.whole("cores"));
    return main_processes(values.whole("jobs"), values.number("compute"));
}

Parameter part(const string& name, const string& label)
{
    return in_seconds(name, label, {.low = 0, .high = 2.0, .step = 0.05}, 1.0);
}

vector<Prediction> predictions()
{
    return {
        {.id = "computing",
         .question = "The tasks only compute, on a machine that has a core for each of them. When are all done?",
         .setup = {.variant = "compute"},
         .answer = "total",
         .options = {{.text = "after {} s: each on a core of its own", .value = "compute", .belief = "M7"},
                     {.text = "after {} s: one behind the other", .value = "jobs * compute"},
                     {.text = "after {} s: together they save half of it", .value = "jobs * compute / 2",
                      .belief = "Tasks that run together save a part of the computing."}},
         .decided_by = "printed(\"all done\")",
         .because = "The loop has one thread, and a task that computes holds it. The next one begins only when it is "
                    "done, however many cores the machine has.",
         .again = {{"jobs=4", "compute=0.5"}, {"jobs=5", "compute=0.2"}}},
        {.id = "mixed",
         .question = "Each task first computes, then waits for an answer. When are all done?",
         .setup = {.variant = "mixed", .sets = {"compute=0.5"}},
         .answer = "total",
         .options = {{.text = "after {} s: all together", .value = "compute + wait", .belief = "M7"},
                     {.text = "after {} s", .value = "jobs * compute + wait"},
                     {.text = "after {} s: one behind the other", .value = "jobs * (compute + wait)",
                      .belief = "M3"}},
         .decided_by = "printed(\"all done\")",
         .because = "The computations stood in line for the one thread. Only the last task's wait comes on top: the "
                    "others had begun to wait before, while somebody else computed.",
         .again = {{"compute=0.2", "wait=1.5"}, {"jobs=4", "compute=0.3", "wait=0.5"}}},
    };
}

} // namespace

Lesson concurrent_not_parallel()
{
    return {
        .number = 15,
        .chapter = 5,
        .chapter_title = "One thread for all",
        .id = "concurrent-not-parallel",
        .title = "Concurrent is not parallel",
        .question = "Do three tasks use three cores?",
        .text = "A job has two ways to spend time. `cpu(s)` computes for s seconds. `http(s)` asks a server, whose "
                "answer comes after s seconds; at this `await` the job is suspended, and the event loop may run another "
                "one. `gather` makes a task of each job and waits until all have ended. Tasks are concurrent: a new "
                "one may begin before an old one has ended. Parallel says more, namely that they run at the very "
                "same moment, each on a core of its own. In the last variant `run_in_executor` hands each job to "
                "another process. Look at the lanes, and ask at each moment how many of them run.",
        .takeaway = "An event loop has one thread, so waits overlap and computations do not.",
        .cpp_file = "lessons/5_one_thread/concurrent_not_parallel.cpp",
        .python_file = "lessons/5_one_thread/concurrent_not_parallel.py",
        .parameters = {how_many("jobs", "jobs", {1, 8}, 3),
                       part("compute", "each computes"), part("wait", "each waits"),
                       how_many("cores", "cores", {1, 8}, 3)},
        .variants = {{.name = "compute",
                      .title = "Computing",
                      .summary = "The jobs only compute.",
                      .start = start_compute,
                      .functions = {"compute", "main"},
                      .parameters = {"jobs", "compute"}},
                     {.name = "wait",
                      .title = "Waiting",
                      .summary = "The jobs only wait for answers.",
                      .start = start_wait,
                      .functions = {"ask", "main_wait"},
                      .parameters = {"jobs", "wait"}},
                     {.name = "mixed",
                      .title = "Both",
                      .summary = "Each job computes, then waits for an answer.",
                      .start = start_mixed,
                      .functions = {"job", "main_mixed"},
                      .parameters = {"jobs", "compute", "wait"}},
                     {.name = "processes",
                      .title = "Processes",
                      .summary = "Each job computes in a process of its own, beside the loop.",
                      .start = start_processes,
                      .functions = {"main_processes"},
                      .parameters = {"jobs", "compute", "cores"}}},
        .default_variant = 0,
        .compare = {"compute", "wait"},
        .predictions = predictions(),
        .challenge = {.task = "Alone, each of the three jobs would take 1.0 s, computing and waiting added up. Divide "
                              "this second so that all three are done within 1.3 s.",
                      .goal = "compute + wait == 1 and compute > 0 and jobs == 3 and total <= 1.3",
                      .begins = {.variant = "mixed", .sets = {"compute=0.5", "wait=0.5"}},
                      .passes = {.variant = "mixed", .sets = {"compute=0.15", "wait=0.85"}},
                      .hint = "Each tenth of a second that a job computes counts three times, once for each job.",
                      .variants = {"mixed"}},
        .remarks = {{.variant = "compute",
                     .moment = "printed(\"job 1 done\")",
                     .text = "Job 1 has held the thread from its first line to its last, since it never awaits. Only "
                             "now can another one begin, as if there were no tasks."},
                    {.variant = "wait",
                     .moment = "fact(\"task suspended\", \"ask-1\")",
                     .text = "Waiting needs no thread. Job 1 lets go of it at once, so another job can send its "
                             "request at the same moment."},
                    {.variant = "mixed",
                     .moment = "fact(\"task suspended\", \"job-1\")",
                     .text = "From here on job 1 only waits, and the thread is free for the next job to compute."},
                    {.variant = "mixed",
                     .moment = "fact(\"task suspended\", \"job\", -1)",
                     .text = "The last computation is over. Answers that came meanwhile are noticed only now, and all "
                             "other waits pass together."},
                    {.variant = "processes",
                     .moment = "if(cores > 1 and jobs > 1, fact(\"work began on a worker\", -1), never)",
                     .text = "This is parallel: processes have threads of their own, and several compute at the very "
                             "same moment, as far as there are cores for them. They had to be started first, which "
                             "took time."}},
        .needs = {"tasks-make-overlap"},
    };
}

} // namespace loopscope::lessons
