# Lost tasks.
#
# A task that nobody awaits is a promise to nobody. When main ends, asyncio.run() cancels what is
# left; a failure inside such a task is heard of when it is too late, if at all.

#@ story
import asyncio

#@ function save
async def save(seconds):
    await asyncio.sleep(seconds)  #@ save
    print("saved")  #@ saved

#@ function main
async def main(n=1, seconds=1.0, nap=0.3):
    for _ in range(n):
        asyncio.create_task(save(seconds))  #@ create
    await asyncio.sleep(nap)  #@ nap
    print("main end")  #@ main end

asyncio.run(main())

#@ function main_kept_not_awaited
async def main_kept_not_awaited(n=1, seconds=1.0, nap=0.3):
    kept = []
    for _ in range(n):
        kept.append(asyncio.create_task(save(seconds)))  #@ keep
    await asyncio.sleep(nap)  #@ keep nap
    print("main end")  #@ keep end

asyncio.run(main_kept_not_awaited())

#@ function main_kept_and_awaited
async def main_kept_and_awaited(n=1, seconds=1.0, nap=0.3):
    kept = []
    for _ in range(n):
        kept.append(asyncio.create_task(save(seconds)))  #@ await create
    await asyncio.sleep(nap)  #@ await nap
    for task in kept:
        await task  #@ await
    print("main end")  #@ await end

asyncio.run(main_kept_and_awaited())

#@ function main_group
async def main_group(n=1, seconds=1.0, nap=0.3):
    async with asyncio.TaskGroup() as group:  #@ group
        for _ in range(n):
            group.create_task(save(seconds))  #@ group create
        await asyncio.sleep(nap)  #@ group nap
    print("main end")  #@ group end

asyncio.run(main_group())

#@ function save_badly
async def save_badly():
    await asyncio.sleep(0.1)  #@ badly
    raise OSError("the disk is full")  #@ fail

#@ function main_crash
async def main_crash(nap=0.3):
    asyncio.create_task(save_badly())  #@ crash create
    await asyncio.sleep(nap)  #@ crash nap
    print("main end")  #@ crash end

asyncio.run(main_crash())

#@ function save_when_told
async def save_when_told():
    loop = asyncio.get_running_loop()
    word = loop.create_future()  #@ future
    await word  #@ told
    print("saved")  #@ told saved

#@ function main_collected
async def main_collected(nap=0.3):
    asyncio.create_task(save_when_told())  #@ told create
    await asyncio.sleep(nap)  #@ told nap
    print("main end")  #@ told end

asyncio.run(main_collected())

#@ end


def start(variant, values, network):
    """The variant's main coroutine, with the learner's values, as in the C++ file."""
    if variant in ("crash", "collected"):
        return (main_crash if variant == "crash" else main_collected)(values["main_sleep"])
    story = {"lost": main, "kept-not-awaited": main_kept_not_awaited,
             "kept-and-awaited": main_kept_and_awaited, "group": main_group}[variant]
    return story(values["saves"], values["save_time"], values["main_sleep"])
