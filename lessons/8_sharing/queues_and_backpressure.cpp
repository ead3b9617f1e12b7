// Queues and back-pressure.
//
// A queue stands between those who find work and those who do it. When work comes faster than it is
// done, something has to give: the queue grows, or whoever brings the work has to wait.

#include "lessons/catalog.h"
#include "lessons/parameters.h"

#include <memory>
#include <string>
#include <vector>

//@ story
#include "core/asyncio.h"

//@ end
namespace loopscope::lessons {
namespace {

using std::make_shared;
using std::size_t;
using std::string;
using std::to_string;
using std::vector;

// Shared, since the workers still look at it when main has ended.
using Jobs = std::shared_ptr<Queue<int>>;

//@ function worker
Coro<> worker(Jobs queue, double seconds)
{
    while (true) {
        co_await queue->get(); //@ get
        co_await sleep(seconds); //@ work
        queue->task_done(); //@ job done
    }
}

//@ function main
Coro<> main(double every = 0.1, double seconds = 0.3)
{
    auto queue = make_shared<Queue<int>>();
    Task<> task = create_task(worker(queue, seconds)); //@ create
    for (int job = 1; job <= 20; ++job) {
        co_await sleep(every); //@ find
        co_await queue->put(job); //@ put
    }
    print("all put"); //@ all put
    co_await queue->join(); //@ join
    print("all done"); //@ all done
}

//@ function main_bounded
Coro<> main_bounded(size_t size, double every, double seconds)
{
    auto queue = make_shared<Queue<int>>(size);
    Task<> task = create_task(worker(queue, seconds)); //@ bounded create
    for (int job = 1; job <= 20; ++job) {
        co_await sleep(every); //@ bounded find
        co_await queue->put(job); //@ bounded put
    }
    print("all put"); //@ bounded all put
    co_await queue->join(); //@ bounded join
    print("all done"); //@ bounded all done
}

//@ function main_workers
Coro<> main_workers(int workers, double every, double seconds)
{
    auto queue = make_shared<Queue<int>>();
    vector<Task<>> tasks;
    for (int i = 1; i <= workers; ++i)
        tasks.push_back(create_task(worker(queue, seconds))); //@ crew create
    for (int job = 1; job <= 20; ++job) {
        co_await sleep(every); //@ crew find
        co_await queue->put(job); //@ crew put
    }
    co_await queue->join(); //@ crew join
    print("all done"); //@ crew all done
}

//@ function until_zero
Coro<> until_zero(Jobs queue, double seconds)
{
    while (int job = co_await queue->get()) { //@ get or zero
        co_await sleep(seconds); //@ work on
        print("done " + to_string(job)); //@ done one
    }
}

//@ function main_sentinel
Coro<> main_sentinel(int workers, double every, double seconds)
{
    auto queue = make_shared<Queue<int>>();
    vector<Task<>> crew;
    for (int i = 1; i <= workers; ++i)
        crew.push_back(create_task(until_zero(queue, seconds))); //@ hire
    for (int job = 1; job <= 20; ++job) {
        co_await sleep(every); //@ sentinel find
        co_await queue->put(job); //@ sentinel put
    }
    for (int i = 1; i <= workers; ++i)
        co_await queue->put(0); //@ put zero
    co_await gather(crew); //@ sentinel home
    print("all gone home"); //@ sentinel gone
}

//@ function until_end
Coro<> until_end(Jobs queue, double seconds)
{
    try {
        while (true) {
            co_await queue->get(); //@ get or end
            co_await sleep(seconds); //@ work till end
        }
    } catch (const QueueShutDown&) {} // nothing is left
}

//@ function main_shutdown
Coro<> main_shutdown(int workers, double every, double seconds)
{
    auto queue = make_shared<Queue<int>>();
    vector<Task<>> crew;
    for (int i = 1; i <= workers; ++i)
        crew.push_back(create_task(until_end(queue, seconds))); //@ hire all
    for (int job = 1; job <= 20; ++job) {
        co_await sleep(every); //@ shutdown find
        co_await queue->put(job); //@ shutdown put
    }
    queue->shutdown(); //@ shutdown
    co_await gather(crew); //@ shutdown home
}
//@ end

Parameter pace(const string& name, const string& label, double initial)
{
    return in_seconds(name, label, {.low = 0.05, .high = 1.0, .step = 0.05}, initial);
}

// The stage of the variants with several workers.
auto crew(Coro<> (*story)(int, double, double))
{
    return [story](EventLoop&, const Values& v) {
        return story(v.whole("workers"), v.number("produce"), v.number("consume"));
    };
}

Coro<> start_unbounded(EventLoop&, const Values& v) { return main(v.number("produce"), v.number("consume")); }

Coro<> start_bounded(EventLoop&, const Values& v)
{
    return main_bounded(static_cast<size_t>(v.whole("size")), v.number("produce"), v.number("consume"));
}

vector<Variant> variants()
{
    const vector<string> with_workers = {"workers", "produce", "consume"};
    return {{.name = "unbounded",
             .title = "Without a limit",
             .summary = "One worker, and a queue that takes whatever comes.",
             .start = start_unbounded,
             .functions = {"worker", "main"},
             .parameters = {"produce", "consume"}},
            {.name = "bounded",
             .title = "A short queue",
             .summary = "One worker, and a queue with only so many places: put waits while it is full.",
             .start = start_bounded,
             .functions = {"worker", "main_bounded"},
             .parameters = {"size", "produce", "consume"}},
            {.name = "more-workers",
             .title = "More workers",
             .summary = "Several workers take from one queue.",
             .start = crew(main_workers),
             .functions = {"worker", "main_workers"},
             .parameters = with_workers},
            {.name = "sentinel",
             .title = "The end as a job",
             .summary = "After the last job comes a 0 for each worker, which means: go home.",
             .start = crew(main_sentinel),
             .functions = {"until_zero", "main_sentinel"},
             .parameters = with_workers},
            {.name = "shutdown",
             .title = "Closing the queue",
             .summary = "The queue itself is closed: workers take what is left, and then get raises.",
             .start = crew(main_shutdown),
             .functions = {"until_end", "main_shutdown"},
             .parameters = with_workers,
             .python_minor = 13}};
}

vector<Prediction> predictions()
{
    const Prediction bounding{
        .id = "bounding",
        .question = "One worker is too slow for the jobs that come. Now the queue gets only a few places, so that "
                    "`put` has to wait. When is all work done, compared with a queue without a limit?",
        .setup = {.variant = "bounded"},
        .answer = "if(runs(bounded).total > runs(unbounded).total, \"later\", "
                  "if(runs(bounded).total < runs(unbounded).total, \"sooner\", \"same\"))",
        .options = {{"later", "\"later\"", "A bigger queue makes it quicker."},
                    {"sooner", "\"sooner\"", "A worker with less in front of it works faster."},
                    {"at the same time", "\"same\""}},
        .decided_by = "printed(\"all done\")",
        .because = "The worker decides the time, and it is never without a job. The limit only decides where the "
                   "jobs wait: in the queue, or where they come from.",
        .again = {{"size=1"}, {"size=5", "consume=0.2"}},
    };
    const Prediction workers{
        .id = "workers",
        .question = "How many workers does it take to keep up, so that the queue stays short?",
        .setup = {.variant = "unbounded"},
        .answer = "(total - produce) / at(\"all put\")", // all the work, by the time in which it comes
        .options = {{"{}", "consume / produce - 1", "What waits in the queue gets done meanwhile, too."},
                    {"{}", "consume / produce"},
                    {"{}", "1 / produce", "It takes one worker for each job that comes in a second."}},
        .decided_by = "printed(\"all put\")",
        .because = "While one job is being done, that many others come. With fewer workers the queue grows, "
                   "and with more some have nothing to do.",
        .again = {{"produce=0.2", "consume=0.8"}, {"consume=0.5"}},
    };
    return {bounding, workers};
}

vector<Remark> remarks()
{
    return {{"unbounded", "if(consume > 2 * produce, printed(\"all put\"), never)",
             "`main` was never held up. Most jobs still wait in the queue, and had there been more, it would be longer "
             "still."},
            {"unbounded", "printed(\"all done\")",
             "`join` returns when `task_done` has been called for each job. The worker waits for another one, until "
             "`asyncio.run` cancels it."},
            {"bounded", "if(at(\"all put\") > 20 * produce + 0.01, printed(\"all put\"), never)",
             "`main` was held up at `put`. That is back-pressure: who brings work goes at the pace of who does it."},
            {"bounded", "if(total == runs(unbounded).total, printed(\"all done\"), never)",
             "Not a moment later than with a queue without a limit."},
            {"more-workers", "printed(\"all done\")",
             "All workers share one queue, and whoever is free takes the next job."},
            {"sentinel", "printed(\"all gone home\")",
             "Each worker got a 0 of its own. With one too few, a worker would wait for ever, and `main` for the "
             "worker."},
            {"shutdown", "fact(\"queue closed\")",
             "Closed for new jobs only: the workers take what is left, and then `get` raises `QueueShutDown`."}};
}

} // namespace

Lesson queues_and_backpressure()
{
    return {
        .number = 28,
        .chapter = 8,
        .chapter_title = "Sharing and flow",
        .id = "queues-and-backpressure",
        .title = "Queues and back-pressure",
        .question = "What if work arrives faster than I can do it?",
        .text = "A queue stands between who finds work and who does it. `main` finds twenty jobs, one every 0.1 s, and "
                "puts each into the queue. A worker, a task of its own, takes one out with `get`, which waits while "
                "there is none, and needs 0.3 s for it. `task_done` says that a job is finished, and `join` waits "
                "until all are. A `Queue()` takes any number; in a `Queue(3)` three have room, and `put` waits while it "
                "is full. The variants limit the queue, add workers, and show two ways of telling workers that "
                "nothing more will come.",
        .takeaway = "A queue evens out a rush but makes nobody faster: give it a limit, so that who brings the work "
                    "feels how fast it is done.",
        .cpp_file = "lessons/8_sharing/queues_and_backpressure.cpp",
        .python_file = "lessons/8_sharing/queues_and_backpressure.py",
        .parameters = {how_many("workers", "workers", {1, 6}, 2), how_many("size", "places in the queue", {1, 20}, 3),
                       pace("produce", "a job every", 0.1), pace("consume", "a job takes", 0.3)},
        .variants = variants(),
        .default_variant = 0,
        .compare = {"unbounded", "bounded"},
        .predictions = predictions(),
        .challenge = {.task = "Twenty jobs, one every 0.1 s, each of 0.3 s: have all done within 2.4 s, with never more "
                              "than three in the queue.",
                      .goal = "count(\"all done\") == 1 and total <= 2.4 and peak(queue) <= 3 and produce >= 0.1 and "
                              "consume >= 0.3",
                      .begins = {.variant = "more-workers"},
                      .passes = {.variant = "more-workers", .sets = {"workers=3"}},
                      .hint = "How many jobs come while one is being done?"},
        .remarks = remarks(),
        .needs = {"tasks-make-overlap"},
        .versions = "`Queue.shutdown` came with Python 3.13. Before, each worker was sent an end of its own, or was "
                    "cancelled after `join`.",
    };
}

} // namespace loopscope::lessons
