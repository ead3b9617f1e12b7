# Timeouts.
#
# A timeout is a timer that cancels the task it belongs to. The block inside it gets the cancellation
# where it waits; the edge of the block makes a TimeoutError of it. So it cuts off waits, not work.

from stage import cpu

#@ story
import asyncio

#@ function fetch_both
async def fetch_both(a, b):
    await asyncio.sleep(a)  #@ wait a
    print("a ok")  #@ a ok
    await asyncio.sleep(b)  #@ wait b
    print("b ok")  #@ b ok

#@ function main
async def main(budget=1.0, a=0.6, b=0.6):
    try:
        async with asyncio.timeout(budget):  #@ limited
            await fetch_both(a, b)  #@ fetch both
        print("in time")  #@ in time
    except TimeoutError:
        print("too late")  #@ too late

asyncio.run(main())

#@ function fetch
async def fetch(name, seconds):
    await asyncio.sleep(seconds)  #@ wait
    print(f"{name} ok")  #@ ok

#@ function main_per_call
async def main_per_call(limit=1.0, a=0.6, b=0.6):
    try:
        await asyncio.wait_for(fetch("a", a), limit)  #@ limited a
        await asyncio.wait_for(fetch("b", b), limit)  #@ limited b
        print("in time")  #@ calls in time
    except TimeoutError:
        print("too late")  #@ calls too late

asyncio.run(main_per_call())

#@ function main_slow_cleanup
async def main_slow_cleanup(budget=1.0, a=0.6,
                            b=0.6, cleanup=0.3):
    try:
        async with asyncio.timeout(budget):  #@ limited careful
            try:
                await fetch_both(a, b)  #@ careful fetch
            finally:
                await asyncio.sleep(cleanup)  #@ clean up
        print("in time")  #@ careful in time
    except TimeoutError:
        print("too late")  #@ careful too late

asyncio.run(main_slow_cleanup())

#@ function compute_and_fetch
async def compute_and_fetch(seconds, b, then):
    cpu(seconds)  #@ compute
    print("a ok")  #@ computed
    if then == "fetch b":
        await asyncio.sleep(b)  #@ wait then
        print("b ok")  #@ then ok

#@ function main_computing
async def main_computing(budget=1.0, seconds=2.0,
                         b=0.6, then="fetch b"):
    try:
        async with asyncio.timeout(budget):  #@ limited computing
            await compute_and_fetch(seconds, b, then)
        print("in time")  #@ computing in time
    except TimeoutError:
        print("too late")  #@ computing too late

asyncio.run(main_computing())

#@ end


def start(variant, values, network):
    """The variant's main coroutine, with the learner's values, as in the C++ file."""
    budget, a, b = values["budget"], values["fetch_a"], values["fetch_b"]
    if variant == "slow-cleanup":
        return main_slow_cleanup(budget, a, b, values["cleanup"])
    if variant == "computing":
        return main_computing(budget, values["compute"], b, values["then"])
    return main_per_call(budget, a, b) if variant == "per-call" else main(budget, a, b)
