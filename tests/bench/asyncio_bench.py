"""CPython's asyncio at the work of core_bench.cpp, written as its documentation writes it.

Prints one JSON object: the seconds of processor time that one unit of each row takes, the best of
several runs after one to warm up, and the bytes of a sleeping task.

    asyncio_bench.py [asyncio|uvloop] [memory]
"""

import asyncio
import json
import platform
import sys
import time
import tracemalloc

UNITS = 20_000
NEIGHBOURS = 100
TIMERS_AT_ONCE = 1000
SLEEPERS = 20_000
RUNS = 5


async def yields(n):
    for _ in range(n):
        await asyncio.sleep(0)


async def yield_alone():
    await yields(UNITS)


async def yield_among_many():
    tasks = [asyncio.create_task(yields(UNITS // NEIGHBOURS)) for _ in range(NEIGHBOURS)]
    for task in tasks:
        await task


async def child(i):
    return i


async def await_child():
    total = 0
    for i in range(UNITS):
        total += await child(i)
    return total


async def nothing():
    pass


async def spawn_and_finish():
    for _ in range(UNITS):
        await asyncio.create_task(nothing())


async def gather_children():
    for _ in range(UNITS // NEIGHBOURS):
        await asyncio.gather(*[nothing() for _ in range(NEIGHBOURS)])


async def timers():
    # The delays are so short that all have passed when the loop looks; uvloop counts milliseconds, and
    # takes them for none at all.
    loop = asyncio.get_running_loop()
    for _ in range(UNITS // TIMERS_AT_ONCE):
        left = TIMERS_AT_ONCE
        all_fired = loop.create_future()

        def fired():
            nonlocal left
            left -= 1
            if left == 0:
                all_fired.set_result(None)

        for k in range(TIMERS_AT_ONCE):
            loop.call_later(1e-9 * (k * 387 % TIMERS_AT_ONCE), fired)
        await all_fired


async def memory():
    # What is asked of the allocator, without what it loses between the pieces.
    async def sleeper():
        await asyncio.sleep(1000)

    tasks = []
    tracemalloc.start()
    tasks += [asyncio.create_task(sleeper()) for _ in range(SLEEPERS)]
    await asyncio.sleep(0)
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    return used / SLEEPERS


ROWS = {
    "yield alone": yield_alone,
    "yield among 100": yield_among_many,
    "await a child": await_child,
    "spawn and finish": spawn_and_finish,
    "gather, a child": gather_children,
    "timer set and fired": timers,
}


def main(loop_name="asyncio", only=None):
    if loop_name == "uvloop":
        import uvloop

        asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())

    seconds = {}
    for name, program in {} if only == "memory" else ROWS.items():
        runs = []
        for _ in range(RUNS + 1):
            before = time.process_time()
            asyncio.run(program())
            runs.append((time.process_time() - before) / UNITS)
        seconds[name] = min(runs[1:])
    report = {"loop": loop_name, "python": platform.python_version(), "seconds": seconds}
    if only == "memory":
        report["bytes"] = asyncio.run(memory())
    print(json.dumps(report))


if __name__ == "__main__":
    main(*sys.argv[1:])
