// When not to use asyncio.
//
// Four pieces of work, each by any of four models: plain code, asyncio, threads, processes. Each model
// is the best for one of them.

#include "lessons/catalog.h"
#include "lessons/parameters.h"

#include <memory>
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

using Pool = std::shared_ptr<Executor>;

// What a model costs before it does anything; and its pool, if it has one.
Pool set_up(const string& model, Where at = Where::current())
{
    if (model == "processes")
        return std::make_shared<ProcessPoolExecutor>(4);
    if (model == "plain")
        return nullptr;
    cpu(0.05, at);
    return model == "threads" ? std::make_shared<ThreadPoolExecutor>(8, "thread") : nullptr;
}

//@ function main_dependent
Coro<> main_dependent(string model = "asyncio",
                      double request = 0.8)
{
    EventLoop& loop = get_running_loop();
    Pool pool = set_up(model); //@ dependent set up
    for (double span : {request, 0.4}) // ask, then write
        if (model == "plain") {
            block(span); //@ dependent plain
        } else if (model == "asyncio") {
            co_await sleep(span); //@ dependent asyncio
        } else {
            auto call
                = loop.run_in_executor(*pool, block, span); //@ dependent call
            co_await call; //@ dependent await
        }
    print("A is written"); //@ dependent done
}

//@ function ask
Coro<> ask(double seconds)
{
    co_await sleep(seconds); //@ ask
}

//@ function main_requests
Coro<> main_requests(string model = "asyncio")
{
    EventLoop& loop = get_running_loop();
    Pool pool = set_up(model); //@ requests set up
    vector<Future<void>> calls;
    for (int i = 0; i < 40; ++i)
        if (model == "plain")
            block(0.5); //@ requests plain
        else if (model == "asyncio")
            calls.push_back(create_task(ask(0.5))); //@ requests task
        else
            calls.push_back(
                loop.run_in_executor(*pool, block, 0.5)); //@ requests call
    co_await gather(std::move(calls)); //@ requests gather
    print("B has 40 answers"); //@ requests done
}

//@ function compute
Coro<> compute(double seconds)
{
    cpu(seconds); //@ compute
    co_return;
}

//@ function main_computing
Coro<> main_computing(string model = "asyncio",
                      double cost = 1.0)
{
    EventLoop& loop = get_running_loop();
    Pool pool = set_up(model); //@ computing set up
    vector<Future<void>> calls;
    for (int i = 0; i < 4; ++i)
        if (model == "plain")
            cpu(cost); //@ computing plain
        else if (model == "asyncio")
            calls.push_back(create_task(compute(cost))); //@ computing task
        else
            calls.push_back(
                loop.run_in_executor(*pool, cpu, cost)); //@ computing call
    co_await gather(std::move(calls)); //@ computing gather
    print("C is computed"); //@ computing done
}

//@ function read
Coro<> read(double seconds)
{
    block(seconds); //@ read
    co_return;
}

//@ function main_reads
Coro<> main_reads(string model = "asyncio")
{
    EventLoop& loop = get_running_loop();
    Pool pool = set_up(model); //@ reads set up
    vector<Future<void>> calls;
    for (int i = 0; i < 6; ++i)
        if (model == "plain")
            block(0.3); //@ reads plain
        else if (model == "asyncio")
            calls.push_back(create_task(read(0.3))); //@ reads task
        else
            calls.push_back(
                loop.run_in_executor(*pool, block, 0.3)); //@ reads call
    co_await gather(std::move(calls)); //@ reads gather
    print("D has 6 files"); //@ reads done
}
//@ end

template <class Story>
auto on_machine(Story story)
{
    return [story](EventLoop& loop, const Values& values) {
        loop.machine().set_cores(values.whole("cores"));
        loop.machine().set_process_costs(0.3, 0);
        return story(values);
    };
}

Coro<> start_dependent(const Values& values)
{
    return main_dependent(values.word("model_a"), values.number("request"));
}
Coro<> start_requests(const Values& values) { return main_requests(values.word("model_b")); }
Coro<> start_computing(const Values& values)
{
    return main_computing(values.word("model_c"), values.number("cost"));
}
Coro<> start_reads(const Values& values) { return main_reads(values.word("model_d")); }

Parameter model(const string& name, const string& label)
{
    return one_of(name, label, {"plain", "asyncio", "threads", "processes"}, "asyncio");
}

vector<Prediction> predictions()
{
    return {
        {.id = "dependent",
         .question = "The write needs the answer of the request. When is A written, with asyncio?",
         .setup = {.variant = "dependent"},
         .answer = "total",
         .options = {{.text = "at {} s: the two overlap", .value = "max(request, 0.4) + 0.05", .belief = "M8"},
                     {.text = "at {} s", .value = "request + 0.4 + 0.05"},
                     {.text = "at {} s, as in plain code", .value = "request + 0.4",
                      .belief = "Starting an event loop costs nothing."}},
         .decided_by = "printed(\"A is written\")",
         .because = "Two things of which one needs the other cannot overlap in any model. Plain code would have done "
                    "the same and saved the set-up.",
         .again = {{"request=0.5"}, {"request=1.6"}}},
        {.id = "computing",
         .question = "C computes four times, on four cores. When is it done, with asyncio?",
         .setup = {.variant = "computing"},
         .answer = "total",
         .options = {{.text = "at {} s", .value = "cost + 0.05", .belief = "M7"},
                     {.text = "at {} s", .value = "2 * cost + 0.05",
                      .belief = "Tasks that compute save about half of the time."},
                     {.text = "at {} s", .value = "4 * cost + 0.05"}},
         .decided_by = "printed(\"C is computed\")",
         .because = "All tasks share the loop's one thread, so the computations stood behind each other, and three "
                    "cores had nothing to do.",
         .again = {{"cost=0.5"}, {"cost=0.8"}}},
    };
}

} // namespace

Lesson when_not_asyncio()
{
    return {
        .number = 23,
        .chapter = 6,
        .chapter_title = "Leaving the loop",
        .id = "when-not-asyncio",
        .title = "When not to use asyncio",
        .question = "Which model fits which work?",
        .text = "Four pieces of work. A asks a server, then writes down what it said. B sends 40 requests that do not "
                "need each other. C computes four times. D reads six files with a library that blocks. You choose a "
                "model for each: `plain` code does one thing after the other; `asyncio` awaits, and makes a task of "
                "each call that needs no other; `threads` has a pool of 8 threads, and `processes` one of 4 processes. "
                "A call takes the same time in all models. Setting up, which `set_up` does, is set to nothing for "
                "plain, 0.05 s for asyncio and threads, and 0.3 s for processes. To be shown, plain code runs inside a "
                "coroutine here, too.",
        .takeaway = "Plain code for one thing after another, asyncio for many waits, threads for calls that block, "
                    "processes for computing.",
        .cpp_file = "lessons/6_leaving_the_loop/when_not_asyncio.cpp",
        .python_file = "lessons/6_leaving_the_loop/when_not_asyncio.py",
        .parameters = {model("model_a", "A, ask and write"), model("model_b", "B, 40 requests"),
                       model("model_c", "C, computing"), model("model_d", "D, blocking reads"),
                       in_seconds("request", "the request of A", {.low = 0.1, .high = 2.0, .step = 0.1}, 0.8),
                       in_seconds("cost", "one computation of C", {.low = 0.1, .high = 1.0, .step = 0.1}, 1.0),
                       how_many("cores", "cores", {1, 8}, 4)},
        .variants = {{.name = "dependent",
                      .title = "A: one after the other",
                      .summary = "A request, and a write that needs its answer: nothing to overlap.",
                      .start = on_machine(start_dependent),
                      .functions = {"main_dependent"},
                      .parameters = {"model_a", "request"}},
                     {.name = "requests",
                      .title = "B: many requests",
                      .summary = "Forty waits that could all be under way at once.",
                      .start = on_machine(start_requests),
                      .functions = {"ask", "main_requests"},
                      .parameters = {"model_b"}},
                     {.name = "computing",
                      .title = "C: computing",
                      .summary = "Four computations, which would need a core and an interpreter each to run side by "
                                 "side.",
                      .start = on_machine(start_computing),
                      .functions = {"compute", "main_computing"},
                      .parameters = {"model_c", "cost", "cores"}},
                     {.name = "reads",
                      .title = "D: blocking reads",
                      .summary = "Six calls that hold their thread until they have what they want.",
                      .start = on_machine(start_reads),
                      .functions = {"read", "main_reads"},
                      .parameters = {"model_d"}}},
        .default_variant = 0,
        .compare = {"requests", "computing"},
        .predictions = predictions(),
        .challenge = {.task = "Choose a model for each piece of work, so that the four take 3.4 s or less when you add "
                              "them up.",
                      .goal = "runs(dependent).total + runs(requests).total + runs(computing).total + "
                              "runs(reads).total <= 3.4 and request == 0.8 and cost == 1",
                      .begins = {},
                      .passes = {.variant = {},
                                 .sets = {"model_a=plain", "model_b=asyncio", "model_c=processes", "model_d=threads"}},
                      .hint = "Each model is the best for one of the four."},
        .remarks
        = {{.variant = "dependent",
            .moment = "printed(\"A is written\")",
            .text = "The write had to wait for the answer, in whatever model: setting up has bought nothing. As a script "
                    "of its own, A takes 2 lines of Python in plain code, 3 with threads, and 4 with asyncio or "
                    "processes; and only in plain code is there nothing new that could go wrong."},
           {.variant = "requests",
            .moment = "fact(\"task finished\", ask)",
            .text = "The first of the 40 tasks is done, and the others follow at the same moment: all of them waited "
                    "together, on one thread."},
           {.variant = "requests",
            .moment = "printed(\"B has 40 answers\")",
            .text = "What asyncio asks for in return: 4 lines of Python instead of 2, and two new things that can go "
                    "wrong. A call that blocks holds up all the others, and a call that nobody awaits never runs."},
           {.variant = "computing",
            .moment = "fact(\"task finished\", compute)",
            .text = "Only now can the next task begin. A task that computes has nothing to await, so it never lets "
                    "anybody in between."},
           {.variant = "computing",
            .moment = "printed(\"C is computed\")",
            .text = "What processes ask for in return: 4 lines of Python instead of 2, and three new things that can go "
                    "wrong. Each has to start up, what they are given and give back is copied, and one that crashes "
                    "takes the pool with it."},
           {.variant = "reads",
            .moment = "fact(\"task finished\", read)",
            .text = "`async` in front of a blocking call does not make it wait politely: the next file is begun only "
                    "now."},
           {.variant = "reads",
            .moment = "printed(\"D has 6 files\")",
            .text = "What threads ask for in return: 3 lines of Python instead of 2, and two new things that can go "
                    "wrong. Two threads may change the same thing at once, and none can be stopped from outside."}},
        .needs = {"blocking-io-to-threads", "cpu-to-processes"},
    };
}

} // namespace loopscope::lessons
