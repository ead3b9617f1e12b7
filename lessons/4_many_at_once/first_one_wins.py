# First one wins.
#
# wait() comes back with the first answer and leaves the slower tasks alone; as_completed() gives
# one answer after the other as they come. Whoever has lost goes on until somebody cancels it.

#@ story
import asyncio

#@ function fetch
async def fetch(name, seconds):
    await asyncio.sleep(seconds)  #@ sleep
    print(f"{name} answers")  #@ answer
    return name

#@ function main
async def main(a=1.2, b=0.4, c=0.9, cancel="yes"):
    tasks = [asyncio.create_task(fetch("a", a)),  #@ create a
             asyncio.create_task(fetch("b", b)),  #@ create b
             asyncio.create_task(fetch("c", c))]  #@ create c
    waiting = asyncio.wait(
        tasks, return_when=asyncio.FIRST_COMPLETED)
    done, rest = await waiting  #@ wait
    print(f"{len(rest)} still at work")  #@ first
    await asyncio.sleep(0.1)  #@ use
    if cancel == "yes":
        for task in tasks:  # one that is done takes no notice
            task.cancel()
    await asyncio.wait(tasks)  #@ over

asyncio.run(main())

#@ function main_as_completed
async def main_as_completed(a=1.2, b=0.4, c=0.9):
    tasks = [asyncio.create_task(fetch("a", a)),  #@ next create a
             asyncio.create_task(fetch("b", b)),  #@ next create b
             asyncio.create_task(fetch("c", c))]  #@ next create c
    for coming in asyncio.as_completed(tasks):
        name = await coming  #@ next
        print(f"got {name}")  #@ got

asyncio.run(main_as_completed())

#@ function main_hedge
async def main_hedge(delay=1.0, first=2.0, late=0.4):
    tasks = [asyncio.create_task(fetch("first", first))]  #@ hedge create
    done, rest = await asyncio.wait(tasks, timeout=delay)  #@ hedge delay
    if not done:
        task = asyncio.create_task(fetch("backup", late))  #@ hedge backup
        tasks.append(task)
        both = asyncio.wait(
            tasks, return_when=asyncio.FIRST_COMPLETED)
        await both  #@ hedge wait
    for task in tasks:  # one that is done takes no notice
        task.cancel()
    await asyncio.wait(tasks)  #@ hedge over

asyncio.run(main_hedge())

#@ end


def start(variant, values, network):
    """The variant's main coroutine, with the learner's values, as in the C++ file."""
    if variant == "hedge":
        return main_hedge(values["hedge_delay"], values["primary"], values["backup"])
    latencies = [values["latency_" + name] for name in "abc"]
    return main(*latencies, values["cancel"]) if variant == "wait" else main_as_completed(*latencies)
