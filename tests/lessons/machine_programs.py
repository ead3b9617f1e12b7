"""Programs with threads and processes, as machine_twins_test.cpp has them in C++."""

import asyncio
import concurrent.futures
import time

import stage
from stage import cpu


class Dice:
    """The same throws in both languages."""

    def __init__(self, seed):
        self.state = seed

    def __call__(self, sides):
        self.state = (self.state * 1103515245 + 12345) % 2**31
        return (self.state >> 16) % sides


async def mixture(roll):
    """Threads and processes that compute, block, post and throw, while the loop sleeps, computes and
    cancels."""
    loop = asyncio.get_running_loop()
    threads = concurrent.futures.ThreadPoolExecutor(1 + roll(4))
    processes = concurrent.futures.ProcessPoolExecutor(1 + roll(3))

    def work(posts):
        for _ in range(roll(5)):
            what = roll(5)
            if what < 2:
                cpu(0.001 * roll(40))
            elif what == 2:
                time.sleep(0.001 * roll(60))
            elif what == 3 and posts:
                loop.call_soon_threadsafe(print, "posted")
            else:
                print("at work")
        if roll(6) == 0:
            raise ValueError("unlucky")

    async def heart():
        while True:
            print("tick")
            await asyncio.sleep(0.013)

    beat = asyncio.create_task(heart())
    calls = []
    for _ in range(5 + roll(10)):
        kind = roll(6)
        if kind == 0:
            calls.append(loop.run_in_executor(threads, work, True))
        elif kind == 1:
            calls.append(loop.run_in_executor(processes, work, False))
        elif kind == 2:
            cpu(0.001 * roll(30))
        elif kind == 3:
            time.sleep(0.001 * roll(30))
        elif kind == 4:
            if calls:
                calls[roll(len(calls))].cancel()
        else:
            await asyncio.sleep(0.001 * roll(30))
    for call in calls:
        try:
            await call
            print("done")
        except ValueError as error:
            print(error)
        except asyncio.CancelledError:
            print("cancelled")
    threads.shutdown()
    processes.shutdown()
    await asyncio.sleep(0.01)
    beat.cancel()


async def call_back(safe):
    """The end of the call is not what wakes the loop."""
    loop = asyncio.get_running_loop()

    def work():
        time.sleep(0.2)
        (loop.call_soon_threadsafe if safe else loop.call_soon)(print, "called back")
        time.sleep(5.0)

    loop.run_in_executor(None, work)
    await asyncio.sleep(0.8)


async def posted():
    """What workers post while the loop is held comes before the timers that became due."""
    loop = asyncio.get_running_loop()

    def post(after, text):
        time.sleep(after)
        loop.call_soon_threadsafe(print, text)

    loop.call_later(0.03, print, "timer")
    one = loop.run_in_executor(None, post, 0.05, "posted 1")
    two = loop.run_in_executor(None, post, 0.1, "posted 2")
    loop.call_soon(print, "soon")
    await asyncio.sleep(0)
    time.sleep(0.2)
    print("blocked")
    await asyncio.gather(one, two)
    print("end")


async def given_up():
    """Cancelling gives up a call that has not begun; one that has goes on."""
    loop = asyncio.get_running_loop()
    pool = concurrent.futures.ThreadPoolExecutor(1)

    def work(n):
        print(f"begin {n}")
        time.sleep(0.1)
        print(f"end {n}")
        return n

    calls = [loop.run_in_executor(pool, work, n) for n in range(3)]
    await asyncio.sleep(0.05)
    calls[0].cancel()
    calls[1].cancel()
    print(f"got {await calls[2]}")
    pool.shutdown()
    try:
        loop.run_in_executor(pool, work, 9)
    except RuntimeError as error:
        print(error)


async def outlived():
    """A timeout ends the wait but not the thread, and the run waits for it."""

    def work():
        time.sleep(0.5)
        print("the thread is done")

    try:
        async with asyncio.timeout(0.2):
            await asyncio.to_thread(work)
    except TimeoutError:
        print("too late")


async def stuck():
    """The thread ends, and wakes nobody who could go on."""
    loop = asyncio.get_running_loop()
    pool = concurrent.futures.ThreadPoolExecutor(1)
    loop.run_in_executor(pool, time.sleep, 1.0)
    await loop.create_future()


async def free_threads():
    """Six that compute share four cores."""
    await asyncio.gather(*[asyncio.to_thread(cpu, 1.0) for _ in range(6)])
    print("computed")


def start(variant, values, network):
    if variant == "mixture":
        roll = Dice(values["seed"])
        stage.machine.set_cores(1 + roll(4))
        stage.machine.set_free_threaded(roll(2) == 0)
        stage.machine.set_switch_interval(0.001 * (1 + roll(8)))
        stage.machine.set_process_costs(0.01 * roll(5), 0.001 * roll(3))
        return mixture(roll)
    if variant in ("call-back-safe", "call-back-unsafe"):
        return call_back(variant == "call-back-safe")
    if variant == "free-threads":
        stage.machine.set_cores(4)
        stage.machine.set_free_threaded(True)
        return free_threads()
    return {"posted": posted, "given-up": given_up, "outlived": outlived, "stuck": stuck}[variant]()
