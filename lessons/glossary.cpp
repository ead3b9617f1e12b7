#include "lessons/catalog.h"

#include <array>

namespace loopscope::lessons {

// In the order in which the lessons introduce the words.
std::span<const Term> glossary()
{
    static const std::array all{
        Term{"blocking call", "A call that holds its thread until it has its answer: nothing else runs on that thread meanwhile.",
             "waiting-is-not-working", "time.sleep"},
        Term{"event loop",
             "The part of asyncio that decides who runs next: it runs what is ready, one after the other, and sleeps "
             "when nothing is.",
             "meet-the-loop", "asyncio.loop"},
        Term{"callback", "A plain function that the event loop is asked to call later.", "meet-the-loop",
             "loop.call_soon"},
        Term{"ready queue", "What may run now, in the order in which it will.", "meet-the-loop", "loop.call_soon"},
        Term{"timer", "A callback with a moment before which it does not run.", "meet-the-loop", "loop.call_later"},
        Term{"selector", "Where the loop sleeps until a socket is ready or the nearest timer is due.", "meet-the-loop",
             "selectors"},
        Term{"iteration", "One round of the loop: it looks for what has become ready, then runs what stood in the queue.",
             "meet-the-loop", ""},
        Term{"coroutine", "A function that can pause at an `await` and go on later; also the object that a call of it gives.",
             "calling-is-not-running", "coroutine"},
        Term{"task", "A coroutine that the loop runs by itself, beside the others.", "calling-is-not-running",
             "asyncio.Task"},
        Term{"await",
             "Waits for something inside a coroutine: if it is not there yet, the task is suspended, and the loop runs "
             "others.",
             "await-pauses-me", "await"},
        Term{"suspended",
             "So is a task that pauses at an `await`, because what it awaits is not there yet. It goes on there later.",
             "await-pauses-me", "suspended"},
        Term{"awaitable", "What can stand behind `await`: above all a coroutine, a task or a future.", "awaitables-three-kinds",
             "awaitable"},
        Term{"future", "A place for a result that is not there yet. Many may wait for it; it is filled once.",
             "awaitables-three-kinds", "asyncio.Future"},
        Term{"eager task", "A task whose first step runs at once, where it is made.", "when-a-task-starts",
             "asyncio.eager_task_factory"},
        Term{"context variable", "A variable of which every task has a copy of its own, taken when the task is made.",
             "when-a-task-starts", "contextvars.ContextVar"},
        Term{"gather", "Waits for several awaitables together, makes tasks of the coroutines among them, and gives the "
                       "results in the order of its arguments.",
             "gather-three-urls", "asyncio.gather"},
        Term{"client session", "Keeps the connections of an HTTP client, so that many requests share them.",
             "gather-three-urls", "aiohttp.ClientSession"},
        Term{"task group", "A block that ends when all of its tasks have ended, and cancels the others when one fails.",
             "task-groups", "asyncio.TaskGroup"},
        Term{"exception group", "Several exceptions as one; `except*` takes those of a kind out of it.", "task-groups",
             "ExceptionGroup"},
        Term{"parallel", "At the very same time, on several cores; concurrent tasks only take turns.",
             "concurrent-not-parallel", ""},
        Term{"debug mode", "A way to run asyncio in which it reports turns that hold the thread for long, and other "
                           "slips.",
             "blocking-freezes-everyone", "Debug Mode"},
        Term{"stream", "Bytes that come and go over a connection, piece by piece.", "how-the-loop-hears-io",
             "asyncio.StreamReader"},
        Term{"asynchronous generator", "A function that gives items one by one, with `yield`, and may await between "
                                       "them.",
             "async-for-is-in-order", "asynchronous generator"},
        Term{"thread pool", "Threads that stand ready to run blocking calls beside the loop.", "blocking-io-to-threads",
             "concurrent.futures.ThreadPoolExecutor"},
        Term{"interpreter lock", "The lock that lets only one thread of a Python process at a time run Python code; "
                                 "the GIL.",
             "cpu-and-the-gil", "global interpreter lock"},
        Term{"process pool", "Processes that compute beside the loop, each with an interpreter of its own.",
             "cpu-to-processes", "concurrent.futures.ProcessPoolExecutor"},
        Term{"timeout", "A time limit for a block or a call: when the time is up, the task is cancelled, and a "
                        "`TimeoutError` comes out.",
             "timeouts", "asyncio.timeout"},
        Term{"cancel", "To ask a task to stop: the await at which it waits raises a `CancelledError`.",
             "cancel-is-a-request", "asyncio.Task.cancel"},
        Term{"shield", "Keeps a cancellation away from the work inside, but not from the task that waits for it.",
             "cancel-is-a-request", "asyncio.shield"},
        Term{"race", "A result that depends on who runs when.", "lost-update", ""},
        Term{"lock", "Lets one task at a time into a block.", "lost-update", "asyncio.Lock"},
        Term{"semaphore", "Lets a limited number of tasks at a time into a block.", "limit-the-crowd",
             "asyncio.Semaphore"},
        Term{"queue", "Passes items from tasks that put to tasks that get; one with a limit makes them wait to put "
                      "while it is full.",
             "queues-and-backpressure", "asyncio.Queue"},
        Term{"back-pressure", "What slows down those who bring work to the pace of those who do it.",
             "queues-and-backpressure", ""},
        Term{"barrier", "Makes tasks wait until a number of them have arrived.", "everyone-is-waiting",
             "asyncio.Barrier"},
        Term{"deadlock", "A circle of tasks that wait for each other, so that none can ever go on.",
             "everyone-is-waiting", ""},
    };
    return all;
}

} // namespace loopscope::lessons
