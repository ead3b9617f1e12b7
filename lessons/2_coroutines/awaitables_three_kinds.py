# Coroutine, task, future.
#
# A future is a place for a result that is still to come; any number of tasks may wait for it. A task
# is a future whose result a coroutine makes. A coroutine is no place for a result at all: it can be
# awaited once.

#@ story
import asyncio

#@ function waiter
async def waiter(name, future):
    value = await future  #@ await future
    print(f"{name} got {value}")  #@ got

#@ function main
async def main(waiters=2, release=1.0):
    future = asyncio.get_running_loop().create_future()  #@ make
    tasks = []
    for n in range(1, waiters + 1):
        name = f"w{n}"
        task = asyncio.create_task(waiter(name, future))  #@ create
        tasks.append(task)
    await asyncio.sleep(release)  #@ sleep
    future.set_result(42)  #@ set
    print("set")  #@ main goes on
    await asyncio.gather(*tasks)  #@ gather

asyncio.run(main())

#@ function event_waiter
async def event_waiter(name, event):
    await event.wait()  #@ await event
    print(f"{name} goes on")  #@ event over

#@ function main_event
async def main_event(waiters=2, release=1.0):
    event = asyncio.Event()
    tasks = []
    for n in range(1, waiters + 1):
        name = f"w{n}"
        task = asyncio.create_task(event_waiter(name, event))  #@ event create
        tasks.append(task)
    await asyncio.sleep(release)  #@ event sleep
    event.set()  #@ event set
    print("set")  #@ event main goes on
    await asyncio.gather(*tasks)  #@ event gather

asyncio.run(main_event())

#@ function sleeper
async def sleeper(name, seconds):
    await asyncio.sleep(seconds)  #@ own timer
    print(f"{name} goes on")  #@ timer over

#@ function main_own_timers
async def main_own_timers(waiters=2, release=1.0):
    tasks = []
    for n in range(1, waiters + 1):
        name = f"w{n}"
        task = asyncio.create_task(sleeper(name, release))  #@ timers create
        tasks.append(task)
    await asyncio.gather(*tasks)  #@ timers gather

asyncio.run(main_own_timers())

#@ function answer
async def answer(seconds):
    await asyncio.sleep(seconds)  #@ answer sleep
    return 42

#@ function main_coroutine_twice
async def main_coroutine_twice(release=1.0):
    coroutine = answer(release)
    first = await coroutine  #@ coroutine first
    print(f"first: {first}")  #@ coroutine first got
    try:
        second = await coroutine  #@ coroutine second
        print(f"second: {second}")  #@ coroutine second got
    except RuntimeError as error:
        print(f"second: {error}")  #@ coroutine error

asyncio.run(main_coroutine_twice())

#@ function main_task_twice
async def main_task_twice(release=1.0):
    task = asyncio.create_task(answer(release))  #@ task create
    first = await task  #@ task first
    print(f"first: {first}")  #@ task first got
    second = await task  #@ task second
    print(f"second: {second}")  #@ task second got

asyncio.run(main_task_twice())

#@ function main_already_done
async def main_already_done(release=1.0):
    future = asyncio.get_running_loop().create_future()  #@ done make
    task = asyncio.create_task(waiter("w1", future))  #@ done create
    future.set_result(42)  #@ done set
    value = await future  #@ done await
    print(f"main got {value}")  #@ done got
    await asyncio.sleep(release)  #@ done sleep
    again = await future  #@ done await again
    print(f"again {again}")  #@ done got again

asyncio.run(main_already_done())

#@ end


def start(variant, values, network):
    """The variant's main coroutine, with the learner's values, as in the C++ file."""
    if variant in ("future", "event", "own-timers"):
        story = {"future": main, "event": main_event, "own-timers": main_own_timers}[variant]
        return story(values["waiters"], values["release"])
    story = {"coroutine-twice": main_coroutine_twice, "task-twice": main_task_twice,
             "already-done": main_already_done}[variant]
    return story(values["release"])
