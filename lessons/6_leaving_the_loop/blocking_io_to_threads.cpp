// Blocking calls in threads.
//
// A library that cannot await may block in a thread of a pool, while the loop goes on. The pool's size
// says how many calls are under way at once; nothing can stop one that has begun; and the way back to
// the loop from another thread is call_soon_threadsafe.

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
using std::to_string;
using std::vector;

//@ function read
void read(int n, double seconds)
{
    block(seconds); //@ read
    print("file " + to_string(n) + " is read"); //@ is read
}

//@ function read_async
Coro<> read_async(int n, double seconds)
{
    read(n, seconds); // no await
    co_return;
}

//@ function main_on_loop
Coro<> main_on_loop(int files = 8, double seconds = 0.5)
{
    vector<Coro<>> reads;
    for (int n = 1; n <= files; ++n)
        reads.push_back(read_async(n, seconds));
    co_await gather(std::move(reads)); //@ gather on loop
    print("all are read"); //@ all on loop
}

//@ function main
Coro<> main(int files = 8, double seconds = 0.5, int size = 2)
{
    EventLoop& loop = get_running_loop();
    ThreadPoolExecutor pool(size, "reader");
    vector<Future<void>> reads;
    for (int n = 1; n <= files; ++n)
        reads.push_back(
            loop.run_in_executor(pool, read, n, seconds)); //@ call
    co_await gather(std::move(reads)); //@ gather
    print("all are read"); //@ all
    pool.shutdown();
}

//@ function main_timeout
Coro<> main_timeout(double seconds = 0.5, double limit = 0.2)
{
    try {
        Timeout budget = timeout(limit);
        auto block = [&]() -> Coro<> {
            co_await to_thread(read, 1, seconds); //@ read in thread
        };
        co_await async_with(budget, block()); //@ limited
    } catch (const TimeoutError&) {
        print("too late"); //@ too late
    }
}

//@ function listen_unsafe
void listen_unsafe(EventLoop* loop)
{
    block(0.2); //@ unsafe listen
    loop->call_soon([] { print("news"); }); //@ unsafe post
    block(2.0); //@ unsafe listen on
}

//@ function main_unsafe
Coro<> main_unsafe(double seconds = 0.8)
{
    EventLoop& loop = get_running_loop();
    loop.run_in_executor(nullptr, listen_unsafe, &loop); //@ unsafe call
    co_await sleep(seconds); //@ unsafe sleep
    print("main has slept"); //@ unsafe slept
}

//@ function listen_safe
void listen_safe(EventLoop* loop)
{
    block(0.2); //@ safe listen
    loop->call_soon_threadsafe([] { print("news"); }); //@ safe post
    block(2.0); //@ safe listen on
}

//@ function main_safe
Coro<> main_safe(double seconds = 0.8)
{
    EventLoop& loop = get_running_loop();
    loop.run_in_executor(nullptr, listen_safe, &loop); //@ safe call
    co_await sleep(seconds); //@ safe sleep
    print("main has slept"); //@ safe slept
}
//@ end

Coro<> start_on_loop(EventLoop&, const Values& values)
{
    return main_on_loop(values.whole("files"), values.number("seconds"));
}

Coro<> start_threads(EventLoop&, const Values& values)
{
    return main(values.whole("files"), values.number("seconds"), values.whole("pool"));
}

Coro<> start_timeout(EventLoop&, const Values& values)
{
    return main_timeout(values.number("seconds"), values.number("limit"));
}

auto napping(Coro<> (*story)(double))
{
    return [story](EventLoop&, const Values& values) { return story(values.number("nap")); };
}

vector<Prediction> predictions()
{
    return {
        {.id = "async-in-front",
         .question = "`read_async` is a coroutine, and `gather` makes a task of each call. When are all files read?",
         .setup = {.variant = "on-loop"},
         .answer = "total",
         .options = {{.text = "at {} s", .value = "seconds", .belief = "M11"},
                     {.text = "at {} s", .value = "files * seconds"},
                     {.text = "at {} s", .value = "files * seconds / 2",
                      .belief = "Tasks that are gathered hide a part of a blocking wait."}},
         .decided_by = "printed(\"all are read\")",
         .because = "Inside `read_async` nothing is awaited. Each task held the one thread until its file was read.",
         .again = {{"files=4", "seconds=0.8"}, {"files=6", "seconds=0.3"}}},
        {.id = "pool",
         .question = "The pool has half as many threads as there are files. When are all files read?",
         .setup = {.variant = "threads", .sets = {"pool=4"}},
         .answer = "total",
         .options = {{.text = "at {} s", .value = "seconds",
                      .belief = "Every call gets a thread at once, however small the pool is."},
                     {.text = "at {} s", .value = "ceil(files / pool) * seconds"},
                     {.text = "at {} s", .value = "files * seconds",
                      .belief = "A blocking call holds everybody up, also in a thread."}},
         .decided_by = "printed(\"all are read\")",
         .because = "Each thread of the pool blocked in a call of its own, and the other calls stood in line until a "
                    "thread was free.",
         .again = {{"files=6", "pool=3", "seconds=0.8"}, {"files=12", "pool=6", "seconds=0.3"}}},
        {.id = "after-the-timeout",
         .question = "`main` gives up before the file is read. When does the thread print that it is?",
         .setup = {.variant = "timeout"},
         .answer = "at(\"file 1 is read\")",
         .options = {{.text = "never: the time limit has stopped it", .value = "never", .belief = "M20"},
                     {.text = "at {} s: it goes on", .value = "seconds"},
                     {.text = "at {} s: it is woken early", .value = "limit", .belief = "M20"}},
         .decided_by = "printed(\"file 1 is read\")",
         .because = "The time limit ended the await and nothing else. The thread did not hear of it, and `asyncio.run` "
                    "waited for it before it returned.",
         .again = {{"seconds=0.9", "limit=0.4"}, {"seconds=1.5", "limit=0.1"}}},
        {.id = "news",
         .question = "The thread calls `loop.call_soon` at 0.2 s, while the loop sleeps. When is the news printed?",
         .setup = {.variant = "call-back-unsafe"},
         .answer = "at(news)",
         .options = {{.text = "at {} s", .value = "0.2", .belief = "M25"},
                     {.text = "at {} s", .value = "nap"},
                     {.text = "never", .value = "never",
                      .belief = "What another thread hands to the loop is lost."}},
         .decided_by = "printed(news)",
         .because = "`call_soon` only puts the callback into the ready queue. The loop found it there when its own "
                    "timer woke it.",
         .again = {{"nap=0.5"}, {"nap=1.4"}}},
    };
}

} // namespace

Lesson blocking_io_to_threads()
{
    return {
        .number = 20,
        .chapter = 6,
        .chapter_title = "Leaving the loop",
        .id = "blocking-io-to-threads",
        .title = "Blocking calls in threads",
        .question = "What if the library cannot await?",
        .text = "Ordinary file functions and many libraries block: they hold their thread until they have an answer. "
                "`time.sleep`, in C++ `block`, stands for such a call. A thread pool is a group of threads beside the "
                "one of the event loop, with a line of calls in front. `run_in_executor(pool, f, …)` hands f to such a "
                "pool and gives something to await, which is done when f has returned. `to_thread(f, …)` is short for "
                "the same with the loop's own pool. `timeout` ends an await that takes too long. In the last two "
                "variants a thread has news for the loop at 0.2 s, while the loop sleeps. It hands it over by `call_soon` "
                "or by `call_soon_threadsafe`.",
        .takeaway = "A thread keeps a blocking call off the loop, but a pool has only so many threads, a call that has "
                    "begun cannot be stopped, and `call_soon_threadsafe` is the way back.",
        .cpp_file = "lessons/6_leaving_the_loop/blocking_io_to_threads.cpp",
        .python_file = "lessons/6_leaving_the_loop/blocking_io_to_threads.py",
        .parameters = {how_many("files", "files", {1, 20}, 8),
                       in_seconds("seconds", "reading a file", {.low = 0.1, .high = 2.0, .step = 0.1}, 0.5),
                       how_many("pool", "threads in the pool", {1, 16}, 2),
                       in_seconds("limit", "time limit", {.low = 0.1, .high = 1.0, .step = 0.1}, 0.2),
                       in_seconds("nap", "main sleeps", {.low = 0.1, .high = 2.0, .step = 0.1}, 0.8)},
        .variants = {{.name = "on-loop",
                      .title = "On the loop",
                      .summary = "Coroutines that block: `async` in front does not make a blocking call let go.",
                      .start = start_on_loop,
                      .functions = {"read", "read_async", "main_on_loop"},
                      .parameters = {"files", "seconds"}},
                     {.name = "threads",
                      .title = "In a pool",
                      .summary = "Each call blocks in a thread of the pool, as many at once as it has threads.",
                      .start = start_threads,
                      .functions = {"read", "main"},
                      .parameters = {"files", "seconds", "pool"}},
                     {.name = "timeout",
                      .title = "With a time limit",
                      .summary = "A thread reads, and `main` has a time limit for its await.",
                      .start = start_timeout,
                      .functions = {"read", "main_timeout"},
                      .parameters = {"seconds", "limit"},
                      .ends = {}},
                     {.name = "call-back-unsafe",
                      .title = "News, unsafe",
                      .summary = "A thread hands its news to the loop by `call_soon`.",
                      .start = napping(main_unsafe),
                      .functions = {"listen_unsafe", "main_unsafe"},
                      .parameters = {"nap"}},
                     {.name = "call-back-safe",
                      .title = "News, safe",
                      .summary = "A thread hands its news to the loop by `call_soon_threadsafe`.",
                      .start = napping(main_safe),
                      .functions = {"listen_safe", "main_safe"},
                      .parameters = {"nap"}}},
        .default_variant = 1,
        .compare = {"on-loop", "threads"},
        .predictions = predictions(),
        .challenge = {.task = "Read 8 files of 0.5 s each within 0.6 s.",
                      .goal = "total <= 0.6 and files >= 8 and seconds >= 0.5",
                      .begins = {.variant = "threads"},
                      .passes = {.variant = "threads", .sets = {"pool=8"}},
                      .hint = "How many calls must be under way at once?",
                      .variants = {"on-loop", "threads"}},
        .remarks
        = {{.variant = "on-loop",
            .moment = "printed(\"file 1 is read\")",
            .text = "The first task blocked from its first line to its last. Only now can the loop start the second."},
           {.variant = "threads",
            .moment = "if(pool < files, fact(\"call queued\", -1), never)",
            .text = "All threads of the pool are at work, so this call stands in line. The loop's own thread is not "
                    "held up by that."},
           {.variant = "threads",
            .moment = "fact(\"call ended\")",
            .text = "The thread tells the loop that this call is done. Then it takes the next one from the line, if there "
                    "is one."},
           {.variant = "timeout",
            .moment = "printed(\"too late\")",
            .text = "`main` has given up. Look at the thread: it knows nothing of that."},
           {.variant = "timeout",
            .moment = "if(limit < seconds, printed(\"file 1 is read\"), never)",
            .text = "Nobody waits for this result any more. Python has no way to break off a blocking call in a "
                    "thread."},
           {.variant = "call-back-unsafe",
            .moment = "printed(news)",
            .text = "The callback has been in the ready queue since 0.2 s. Had nothing woken the loop, it would still "
                    "be there. In debug mode, asyncio refuses such a call from another thread with a `RuntimeError`."},
           {.variant = "call-back-safe",
            .moment = "fact(\"loop woken\")",
            .text = "`call_soon_threadsafe` also writes a byte to a socket of the loop's own, which the selector "
                    "watches. That ends the loop's sleep."}},
        .needs = {"concurrent-not-parallel", "blocking-freezes-everyone"},
    };
}

} // namespace loopscope::lessons
