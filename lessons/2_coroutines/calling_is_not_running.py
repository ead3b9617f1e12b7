# Calling is not running.
#
# A call of an `async def` builds a coroutine and runs nothing of it. It begins when somebody awaits
# it, or when it is made a task; one that is dropped before has never run a line.

#@ story
import asyncio

async def greet(pause):  #@ greet
    print("hi")  #@ hi
    await asyncio.sleep(pause)  #@ sleep
    print("bye")  #@ bye

#@ function main
async def main(pause=0.5):
    greet(pause)
    greet(pause)
    greet(pause)
    await asyncio.sleep(pause)  #@ time enough
    print("end")  #@ end

asyncio.run(main())

#@ function main_awaited
async def main_awaited(pause=0.5):
    await greet(pause)  #@ await 1
    await greet(pause)  #@ await 2
    await greet(pause)  #@ await 3
    print("end")  #@ awaited end

asyncio.run(main_awaited())

#@ function main_tasks
async def main_tasks(pause=0.5):
    first = asyncio.create_task(greet(pause))  #@ create 1
    second = asyncio.create_task(greet(pause))  #@ create 2
    third = asyncio.create_task(greet(pause))  #@ create 3
    await first  #@ await task 1
    await second  #@ await task 2
    await third  #@ await task 3
    print("end")  #@ tasks end

asyncio.run(main_tasks())

#@ function main_mixed
MODES = ["bare", "await", "await"]

async def main_mixed(modes=MODES, pause=0.5):
    tasks = []
    for mode in modes:
        if mode == "bare":
            greet(pause)
        elif mode == "await":
            await greet(pause)  #@ mixed await
        else:  # "task"
            task = asyncio.create_task(greet(pause))  #@ mixed create
            tasks.append(task)
    for task in tasks:
        await task  #@ mixed await task
    print("end")  #@ mixed end

asyncio.run(main_mixed())

#@ end


def start(variant, values, network):
    """The variant's main coroutine, with the learner's values, as in the C++ file."""
    if variant == "mixed":
        return main_mixed([values["first"], values["second"], values["third"]], values["pause"])
    story = {"forgotten": main, "awaited": main_awaited, "tasks": main_tasks}[variant]
    return story(values["pause"])
