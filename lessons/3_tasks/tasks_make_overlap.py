# Tasks make overlap.
#
# The same jobs, awaited in different places. Awaiting a coroutine runs it on the spot; a task runs
# whenever the loop has nothing better to do. Where `create_task` and `await` stand decides whether
# two waits follow each other or overlap.

#@ story
import asyncio

async def job(name, seconds):
    await asyncio.sleep(seconds)  #@ sleep
    print(f"{name} done")  #@ done

#@ function main_sequential
async def main_sequential(a=1.0, b=2.0):
    await job("a", a)  #@ sequential a
    print("collected a")  #@ sequential has a
    await job("b", b)  #@ sequential b
    print("collected b")  #@ sequential has b

asyncio.run(main_sequential())

#@ function main
async def main(a=1.0, b=2.0):
    first = asyncio.create_task(job("a", a))  #@ create a
    second = asyncio.create_task(job("b", b))  #@ create b
    await first  #@ await a
    print("collected a")  #@ has a
    await second  #@ await b
    print("collected b")  #@ has b

asyncio.run(main())

#@ function main_trap
async def main_trap(a=1.0, b=2.0):
    await asyncio.create_task(job("a", a))  #@ trap a
    print("collected a")  #@ trap has a
    await asyncio.create_task(job("b", b))  #@ trap b
    print("collected b")  #@ trap has b

asyncio.run(main_trap())

#@ function main_half
async def main_half(a=1.0, b=2.0):
    first = asyncio.create_task(job("a", a))  #@ half create a
    await job("b", b)  #@ half b
    print("collected b")  #@ half has b
    await first  #@ half await a
    print("collected a")  #@ half has a

asyncio.run(main_half())

#@ function main_mixed
JOBS = [("a", 1.0, "at-once"),
        ("b", 2.0, "at-once"),
        ("c", 1.5, "at-once")]

async def main_mixed(jobs=JOBS):
    later = []
    for name, seconds, mode in jobs:
        if mode == "await":
            await job(name, seconds)  #@ mixed direct
        elif mode == "at-once":
            await asyncio.create_task(job(name, seconds))  #@ mixed at once
        else:  # "later"
            task = asyncio.create_task(job(name, seconds))  #@ mixed create
            later.append(task)
    for task in later:
        await task  #@ mixed await
    print("collected all")  #@ mixed has all

asyncio.run(main_mixed())

#@ end


def start(variant, values, network):
    """The variant's main coroutine, with the learner's values, as in the C++ file."""
    if variant == "mixed":
        return main_mixed([(x, values["job_" + x], values["mode_" + x]) for x in "abc"])
    story = {"sequential": main_sequential, "tasks": main, "trap": main_trap, "half": main_half}[variant]
    return story(values["job_a"], values["job_b"])
