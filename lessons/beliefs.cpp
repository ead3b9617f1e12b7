#include "lessons/catalog.h"

#include <array>

namespace loopscope::lessons {

std::span<const Belief> beliefs()
{
    static const std::array all{
        Belief{"M1", "Calling an `async def` function runs it.",
               "The call only makes a coroutine object; nothing of it runs until it is awaited or made a task.",
               "calling-is-not-running"},
        Belief{"M2", "`async` and `await` make things overlap by themselves.",
               "Awaits in a row follow each other; only tasks overlap.", "tasks-make-overlap"},
        Belief{"M3", "`await` stops the whole program.", "It suspends this task, and others run meanwhile.",
               "await-pauses-me"},
        Belief{"M4", "Every `await` lets others run.",
               "Awaiting a coroutine that never has to wait gives nobody else a turn.", "await-may-not-switch"},
        Belief{"M5", "`create_task` starts the task at once.",
               "It queues the first step, which waits at least until the current task is suspended or ends, "
               "unless the task is eager.",
               "when-a-task-starts"},
        Belief{"M6", "`await create_task(…)` line after line runs the tasks together.",
               "Each line waits for its own task before the next one is made.", "tasks-make-overlap"},
        Belief{"M7", "asyncio computes on several cores at once.",
               "There is one thread, and one task runs at a time.", "concurrent-not-parallel"},
        Belief{"M8", "Asynchronous code is simply faster.",
               "It overlaps waits, and costs a little where there is nothing to overlap.", "when-not-asyncio"},
        Belief{"M9", "A blocking call inside `async def` disturbs nobody.",
               "It holds the thread, so every task of the loop stands still.", "blocking-freezes-everyone"},
        Belief{"M10", "Threads make Python compute faster.",
               "The interpreter lock lets one thread at a time run Python code; the loop merely keeps answering.",
               "cpu-and-the-gil"},
        Belief{"M11", "Whatever stands behind `async` does not block.",
               "A call that blocks goes on blocking, unless something hands it to a thread.",
               "blocking-io-to-threads"},
        Belief{"M12", "When one of them fails, `gather` stops the others.", "The others keep running; a task group stops them.",
               "when-one-fails"},
        Belief{"M13", "Results come in the order in which the work ends.",
               "`gather` gives them in the order of its arguments.", "gather-three-urls"},
        Belief{"M14", "A task that is started may safely be forgotten: `main` waits for it in the end.",
               "Nobody waits for it: it is cancelled when `main` ends, and may vanish sooner, since the loop keeps only a "
               "weak reference to it.",
               "lost-tasks"},
        Belief{"M15", "A task that crashes stops the program.",
               "Its exception stays in the task until somebody asks for it.", "lost-tasks"},
        Belief{"M16", "Background tasks live on after `main` has returned.",
               "`asyncio.run` cancels what is left and waits for that.", "lost-tasks"},
        Belief{"M17", "`cancel()` stops a task at once.",
               "It is a request, which arrives where the task waits or will next wait; cleaning up may still take "
               "time.",
               "cancel-is-a-request"},
        Belief{"M18", "Ignoring `CancelledError` does no harm.",
               "It has cut a wait short all the same, and whoever swallows it breaks timeouts and task groups, which "
               "rely on it.",
               "cancel-is-a-request"},
        Belief{"M19", "`shield` makes the caller wait for the work inside.",
               "The caller is cancelled at once; only the work inside goes on.", "cancel-is-a-request"},
        Belief{"M20", "A timeout can break off a computation or a thread.",
               "It acts where a task waits; a thread runs to its end.", "timeouts"},
        Belief{"M21", "With one thread there are no races.",
               "What was read before an `await` may be out of date after it.", "lost-update"},
        Belief{"M22", "Whatever is shared needs a lock.",
               "Between two awaits no other task runs, so a change without an `await` inside is whole.", "lost-update"},
        Belief{"M23", "`asyncio.run` can be called anywhere.",
               "A thread runs one loop at a time: where one is running, the call raises an error.",
               "who-owns-the-loop"},
        Belief{"M24", "One always needs `get_event_loop` and `run_until_complete`.",
               "`asyncio.run` does all of it, and cleans up.", "who-owns-the-loop"},
        Belief{"M25", "Any thread may call the loop.",
               "Only calls that end in `_threadsafe` may come from another thread, and only they wake the loop.",
               "blocking-io-to-threads"},
        Belief{"M26", "The more at once, the better.",
               "Servers refuse what is too much for them; a semaphore limits how many run.", "limit-the-crowd"},
        Belief{"M27", "`async for` runs its rounds together.", "The rounds follow each other, one at a time.",
               "async-for-is-in-order"},
        Belief{"M28", "Coroutine, task and future are the same.",
               "All three can be awaited, but a coroutine only once, and of the three only a task runs by itself.",
               "awaitables-three-kinds"},
        Belief{"M29", "An idle loop spins and asks everybody whether they are ready.",
               "It sleeps until the nearest timer, or until a socket is ready.", "meet-the-loop"},
        Belief{"M30", "Without threads nothing can hang for ever.",
               "Tasks that wait for each other in a circle do; the loop just sleeps.", "everyone-is-waiting"},
        Belief{"M31", "Requests wait one after another, even when they are gathered.",
               "`gather` makes a task of each, and tasks wait at the same time: the slowest decides.",
               "gather-three-urls"},
    };
    return all;
}

} // namespace loopscope::lessons
