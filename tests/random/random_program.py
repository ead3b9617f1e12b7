"""Runs random programs on CPython's own asyncio, on the virtual clock of the lessons' twins.

Reads a JSON list of programs from standard input and writes the list of their records: log, switches,
outcome and total, as `loopscope run --json` has them. A program is a list of steps; each has the name
of an instruction, up to three numbers and the lists of steps inside it. What an instruction means is
said twice, here and in interpreter.cpp.
"""

import asyncio
import contextlib
import contextvars
import inspect
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "lessons" / "python"))
import virtual_clock  # noqa: E402

MODES = [asyncio.ALL_COMPLETED, asyncio.FIRST_COMPLETED, asyncio.FIRST_EXCEPTION]
CAUGHT = [ValueError, asyncio.CancelledError, TimeoutError, Exception]


class InOrder(dict):
    """A set that keeps its order: a group's tasks are cancelled in the order of their creation."""

    def add(self, item):
        self[item] = None

    def discard(self, item):
        self.pop(item, None)


class World:
    """What the tasks of a program share."""

    def __init__(self, loop):
        self.loop = loop
        self.print = loop.print
        self.tasks = []
        self.timers = []
        self.futures = [loop.create_future() for _ in range(2)]
        self.locks = [asyncio.Lock() for _ in range(2)]
        self.semaphores = [asyncio.Semaphore(1), asyncio.BoundedSemaphore(2)]
        self.events = [asyncio.Event() for _ in range(2)]
        self.conditions = [asyncio.Condition(self.locks[0]), asyncio.Condition()]
        self.queues = [asyncio.Queue(1), asyncio.Queue(), asyncio.LifoQueue(2), asyncio.PriorityQueue(2)]
        self.barrier = asyncio.Barrier(2)
        self.variable = contextvars.ContextVar("variable", default=0)

    def spawn(self, steps, **options):
        number = len(self.tasks)
        self.tasks.append(None)
        self.tasks[number] = self.loop.create_task(task(self, steps, number), **options)
        return self.tasks[number]

    def task(self, number):
        """One of those that were started; none while there are none."""
        return self.tasks[number % len(self.tasks)] if self.tasks else None


    def other_task(self, number):
        """The same, but never the running one. CPython's task in C that awaits itself stays marked, so
        that others who await it then get an error too; its task in Python does not."""
        task = self.task(number)
        return task if task is not asyncio.current_task() else None


def told(error):
    if isinstance(error, BaseExceptionGroup):
        return f"ExceptionGroup({', '.join(map(told, error.exceptions))})"
    if isinstance(error, asyncio.CancelledError):
        return f"CancelledError({error.args[0] if error.args else ''})"
    return type(error).__name__


async def body(w, steps):
    for step in steps:
        await INSTRUCTIONS[step["do"]](w, step.get("a", 0), step.get("b", 0), step.get("t", 0), step.get("parts", []))


async def task(w, steps, number):
    w.print("begins")
    try:
        await body(w, steps)
    except BaseException as error:
        w.print(f"ends with {told(error)}")
        raise
    w.print("ends")
    return number


# ---- the instructions ----


async def sleep(w, a, b, t, parts):
    await asyncio.sleep(t)


async def busy(w, a, b, t, parts):
    w.loop.advance(t)


async def note(w, a, b, t, parts):
    w.print(f"note {a}")


async def spawn(w, a, b, t, parts):
    w.spawn(parts[0])


async def spawn_eagerly(w, a, b, t, parts):
    w.spawn(parts[0], eager_start=True)


async def join(w, a, b, t, parts):
    if other := w.other_task(a):
        w.print(f"got {await other}")


async def cancel(w, a, b, t, parts):
    if other := w.task(a):
        w.print(f"cancel {other.cancel(f'for {b}')}")


async def cancel_later(w, a, b, t, parts):
    if other := w.task(a):
        w.timers.append(w.loop.call_later(t, other.cancel))


async def cancel_itself(w, a, b, t, parts):
    asyncio.current_task().cancel()


async def uncancel(w, a, b, t, parts):
    w.print(f"uncancel {asyncio.current_task().uncancel()}")


async def watch(w, a, b, t, parts):
    if other := w.task(a):
        other.add_done_callback(lambda _: w.print(f"watched {a}"))


async def lock(w, a, b, t, parts):
    async with w.locks[a % 2]:
        await body(w, parts[0])


async def semaphore(w, a, b, t, parts):
    async with w.semaphores[a % 2]:
        await body(w, parts[0])


async def take(w, a, b, t, parts):
    await w.semaphores[a % 2].acquire()


async def give(w, a, b, t, parts):
    w.semaphores[a % 2].release()


async def event_set(w, a, b, t, parts):
    w.events[a % 2].set()


async def event_clear(w, a, b, t, parts):
    w.events[a % 2].clear()


async def event_wait(w, a, b, t, parts):
    await w.events[a % 2].wait()


async def condition_wait(w, a, b, t, parts):
    async with w.conditions[a % 2]:
        await w.conditions[a % 2].wait()
        w.print("notified")


async def condition_notify(w, a, b, t, parts):
    async with w.conditions[a % 2]:
        w.conditions[a % 2].notify(b)
        await body(w, parts[0])


async def put(w, a, b, t, parts):
    await w.queues[a % 4].put(b)


async def get(w, a, b, t, parts):
    w.print(f"item {await w.queues[a % 4].get()}")


async def put_nowait(w, a, b, t, parts):
    try:
        w.queues[a % 4].put_nowait(b)
    except asyncio.QueueFull:
        w.print("full")


async def get_nowait(w, a, b, t, parts):
    try:
        w.print(f"item {w.queues[a % 4].get_nowait()}")
    except asyncio.QueueEmpty:
        w.print("empty")


async def item_done(w, a, b, t, parts):
    w.queues[a % 4].task_done()


async def queue_join(w, a, b, t, parts):
    await w.queues[a % 4].join()


async def queue_shutdown(w, a, b, t, parts):
    w.queues[a % 4].shutdown(immediate=b % 2 == 1)


async def barrier(w, a, b, t, parts):
    w.print(f"party {await w.barrier.wait()}")


async def barrier_reset(w, a, b, t, parts):
    await w.barrier.reset()


async def future_wait(w, a, b, t, parts):
    w.print(f"result {await w.futures[a % 2]}")


async def future_set(w, a, b, t, parts):
    if not w.futures[a % 2].done():
        w.futures[a % 2].set_result(b)


async def future_fail(w, a, b, t, parts):
    if not w.futures[a % 2].done():
        w.futures[a % 2].set_exception(ValueError(f"future {b}"))


async def future_cancel(w, a, b, t, parts):
    w.print(f"cancel {w.futures[a % 2].cancel()}")


async def future_renew(w, a, b, t, parts):
    w.futures[a % 2] = w.loop.create_future()


async def timeout(w, a, b, t, parts):
    try:
        async with asyncio.timeout(None if b == 1 else t) as limit:
            if b == 2:
                limit.reschedule(w.loop.time() + 2 * t)
            await body(w, parts[0])
    except TimeoutError:
        w.print(f"time is over {limit.expired()}")


async def wait_for(w, a, b, t, parts):
    try:
        w.print(f"in time {await asyncio.wait_for(task(w, parts[0], b), t)}")
    except TimeoutError:
        w.print("too late")


async def wait_for_task(w, a, b, t, parts):
    if other := w.other_task(a):
        try:
            w.print(f"in time {await asyncio.wait_for(other, t)}")
        except TimeoutError:
            w.print("too late")


async def gather(w, a, b, t, parts):
    children = [task(w, part, n) for n, part in enumerate(parts)]
    results = await asyncio.gather(*children, return_exceptions=b % 2 == 1)
    w.print(f"gathered {', '.join(told(r) if isinstance(r, BaseException) else str(r) for r in results)}")


async def gather_tasks(w, a, b, t, parts):
    if w.task(a) and w.task(b):
        results = await asyncio.gather(w.task(a), w.task(b), return_exceptions=True)
        w.print(f"gathered {', '.join(told(r) if isinstance(r, BaseException) else str(r) for r in results)}")


async def wait(w, a, b, t, parts):
    tasks = [w.spawn(part) for part in parts]
    done, pending = await asyncio.wait(tasks, timeout=t if a % 2 else None, return_when=MODES[b % 3])
    w.print(f"{len(done)} done, {len(pending)} pending")


async def as_completed(w, a, b, t, parts):
    tasks = [w.spawn(part) for part in parts]
    for one in asyncio.as_completed(tasks, timeout=t if a % 2 else None):
        w.print(f"completed {await one}")


async def shield(w, a, b, t, parts):
    w.print(f"shielded {await asyncio.shield(w.spawn(parts[0]))}")


async def shield_task(w, a, b, t, parts):
    if other := w.task(a):
        w.print(f"shielded {await asyncio.shield(other)}")


async def group(w, a, b, t, parts):
    async with asyncio.TaskGroup() as tasks:
        tasks._tasks = InOrder()
        for part in parts[1:]:
            number = len(w.tasks)
            w.tasks.append(tasks.create_task(task(w, part, number)))
        await body(w, parts[0])
    w.print("group ends")


async def try_except(w, a, b, t, parts):
    try:
        await body(w, parts[0])
    except CAUGHT[b % 4] as error:
        w.print(f"caught {told(error)}")
        await body(w, parts[1])


async def try_finally(w, a, b, t, parts):
    try:
        await body(w, parts[0])
    finally:
        await body(w, parts[1])


async def fail(w, a, b, t, parts):
    raise ValueError(f"fail {a}")


async def call_soon(w, a, b, t, parts):
    w.timers.append(w.loop.call_soon(w.print, f"callback {a}"))


async def call_later(w, a, b, t, parts):
    w.timers.append(w.loop.call_later(t, w.print, f"callback {a}"))


async def call_bad(w, a, b, t, parts):
    def bad():
        w.print("bad callback")
        raise ValueError("callback")

    w.loop.call_soon(bad)


async def cancel_callback(w, a, b, t, parts):
    if w.timers:
        w.timers[a % len(w.timers)].cancel()


async def items(w, count, pause):
    try:
        for item in range(count):
            await asyncio.sleep(pause)
            yield item
    except BaseException as error:
        w.print(f"generator ends with {told(error)}")
        raise
    w.print("generator ends")


async def generator(w, a, b, t, parts):
    async with contextlib.aclosing(items(w, b, t)) as source:
        async for item in source:
            w.print(f"item {item}")
            await body(w, parts[0])
            if item == a:
                break


async def variable_set(w, a, b, t, parts):
    w.variable.set(a)


async def variable_get(w, a, b, t, parts):
    w.print(f"variable {w.variable.get()}")


INSTRUCTIONS = {name: value for name, value in globals().items() if inspect.iscoroutinefunction(value)}


def record_of(program):
    loop = virtual_clock.VirtualLoop()

    async def main():
        await body(World(loop), program)

    return virtual_clock.run(loop, main())


json.dump([record_of(program) for program in json.load(sys.stdin)], sys.stdout)
