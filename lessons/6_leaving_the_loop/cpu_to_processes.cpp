// Computing in processes.
//
// Processes compute side by side, but they have to start up first, and what they work on has to be sent
// to them. Whether that pays depends on how much there is to compute.

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

//@ function main_on_loop
Coro<> main_on_loop(int n = 8, double seconds = 0.02)
{
    for (int i = 0; i < n; ++i) //@ each
        cpu(seconds); //@ compute
    print("all done"); //@ loop all
    co_return;
}

//@ function main
Coro<> main(int n = 8, double seconds = 0.02, int workers = 4)
{
    EventLoop& loop = get_running_loop();
    ProcessPoolExecutor pool(workers);
    vector<Future<void>> calls;
    for (int i = 0; i < n; ++i)
        calls.push_back(
            loop.run_in_executor(pool, cpu, seconds)); //@ call
    co_await gather(std::move(calls)); //@ gather
    print("all done"); //@ all
    pool.shutdown();
}
//@ end

Coro<> start_on_loop(EventLoop&, const Values& values)
{
    return main_on_loop(values.whole("n"), values.number("cost"));
}

Coro<> start_processes(EventLoop& loop, const Values& values)
{
    loop.machine().set_process_costs(values.number("start_up"), values.number("transfer"));
    return main(values.whole("n"), values.number("cost"), values.whole("workers"));
}

vector<Prediction> predictions()
{
    const string processes = "start_up + n * transfer + ceil(n / workers) * cost";
    return {
        {.id = "short",
         .question = "Each computation is short. Which way is quicker?",
         .setup = {.variant = "processes"},
         .answer = "if(runs(on-loop).total < runs(processes).total, \"loop\", \"processes\")",
         .options = {{.text = "on the loop", .value = "\"loop\"",
                      .belief = "Short computations are never worth a process, however many there are."},
                     {.text = "in processes", .value = "\"processes\"",
                      .belief = "More processes are always faster."},
                     {.text = "there is no difference", .value = "\"equal\"",
                      .belief = "Processes and the loop share the processor, so both ways take the same time."}},
         .decided_by = "printed(\"all done\")",
         .because = "The processes had to start up and to be sent all the arguments before any of them could compute. "
                    "What they save by computing side by side has to make up for that.",
         .again = {{"cost=0.05"}, {"n=32", "cost=0.05"}}},
        {.id = "long",
         .question = "Now each computation is longer. When are the processes done?",
         .setup = {.variant = "processes", .sets = {"cost=0.5"}},
         .answer = "total",
         .options = {{.text = "after {} s, as on the loop", .value = "n * cost",
                      .belief = "Processes share the interpreter lock, as threads do."},
                     {.text = "after {} s", .value = processes},
                     {.text = "after {} s: all at once", .value = "start_up + n * transfer + cost",
                      .belief = "A pool runs all calls at once, however few workers it has."}},
         .decided_by = "printed(\"all done\")",
         .because = "They started up, received the arguments, and then computed side by side, as many at once as "
                    "there are workers.",
         .again = {{"n=6", "workers=3", "cost=0.8"}, {"n=12", "workers=4", "cost=0.3"}}},
    };
}

} // namespace

Lesson cpu_to_processes()
{
    return {
        .number = 22,
        .chapter = 6,
        .chapter_title = "Leaving the loop",
        .id = "cpu-to-processes",
        .title = "Computing in processes",
        .question = "When does a process pool pay off?",
        .text = "On the loop, `cpu` computes again and again, one computation after the other. A process pool has "
                "workers, each a process with an interpreter of its own, and here also with a core of its own. They "
                "can compute side by side, but first they have to start up. Then the arguments of the calls are packed "
                "and sent to them, one call after the other. When all have arrived, each worker takes a call as soon "
                "as it is free. Two things are simplified here: a real pool begins with the first call that arrives, "
                "and the results cost something on their way back.",
        .takeaway = "Processes pay off when the time that they save by computing side by side is longer than their "
                    "start-up and the sending of the work.",
        .cpp_file = "lessons/6_leaving_the_loop/cpu_to_processes.cpp",
        .python_file = "lessons/6_leaving_the_loop/cpu_to_processes.py",
        .parameters = {how_many("n", "computations", {1, 32}, 8),
                       in_seconds("cost", "one computation", {.low = 0.01, .high = 2.0, .step = 0.01}, 0.02),
                       how_many("workers", "workers", {1, 8}, 4),
                       in_seconds("start_up", "start-up", {.low = 0, .high = 1.0, .step = 0.1}, 0.3),
                       in_seconds("transfer", "sending one call", {.low = 0, .high = 0.1, .step = 0.01}, 0.02)},
        .variants = {{.name = "on-loop",
                      .title = "On the loop",
                      .summary = "One computation after the other, at once and without any preparation.",
                      .start = start_on_loop,
                      .functions = {"main_on_loop"},
                      .parameters = {"n", "cost"}},
                     {.name = "processes",
                      .title = "In processes",
                      .summary = "Start up, send all calls, then compute side by side.",
                      .start = start_processes,
                      .functions = {"main"}}},
        .default_variant = 1,
        .compare = {"on-loop", "processes"},
        .predictions = predictions(),
        .challenge = {.task = "Find the break-even: how long must one computation take for the processes to be "
                              "quicker? Stay at 0.08 s or below, and change nothing else.",
                      .goal = "runs(processes).total < runs(on-loop).total and cost <= 0.08 and n == 8 and "
                              "workers == 4 and start_up == 0.3 and transfer == 0.02",
                      .begins = {.variant = "processes"},
                      .passes = {.variant = "processes", .sets = {"cost=0.08"}},
                      .hint = "The processes spend 0.46 s before they compute, and then each worker computes twice; "
                              "eight computations on the loop must take longer than that."},
        .remarks
        = {{.variant = "processes",
            .moment = "fact(\"call queued\")",
            .text = "Nobody is there to take the call yet. The first call makes the pool start its processes."},
           {.variant = "processes",
            .moment = "fact(\"arguments sent\")",
            .text = "The processes are up. Now the arguments travel, one call after the other."},
           {.variant = "processes",
            .moment = "fact(\"call began\")",
            .text = "Only here does the computing begin. On the loop it would have begun at once."},
           {.variant = "on-loop",
            .moment = "printed(\"all done\")",
            .text = "All of this time went into computing. It also held the loop up from beginning to end."}},
        .needs = {"cpu-and-the-gil"},
        .versions = "Where a process starts as a fresh Python, as on Windows and macOS, and from Python 3.14 on also "
                    "on Linux, the last line of the script has to stand under `if __name__ == \"__main__\":`.",
    };
}

} // namespace loopscope::lessons
