# Computing in threads.
#
# Threads of an ordinary Python share one interpreter, and its lock lets one of them run at a time. They
# do not make computing quicker, but they leave the event loop its turns. Processes have an interpreter
# each, and a free-threaded build of Python has no such lock.

import stage
from stage import cpu

#@ story
import asyncio, concurrent.futures

#@ function heartbeat
async def heartbeat():
    while True:
        print("tick")  #@ tick
        await asyncio.sleep(0.1)  #@ pause

#@ function crunch
async def crunch(seconds):
    cpu(seconds)  #@ compute

#@ function main_on_loop
async def main_on_loop(jobs=4, seconds=1.0):
    heart = asyncio.create_task(heartbeat())  #@ loop heart
    calls = [crunch(seconds) for _ in range(jobs)]
    await asyncio.gather(*calls)  #@ loop gather
    print("all done")  #@ loop all

asyncio.run(main_on_loop())

#@ function main
async def main(jobs=4, seconds=1.0):
    heart = asyncio.create_task(heartbeat())  #@ heart
    loop = asyncio.get_running_loop()
    pool = concurrent.futures.ThreadPoolExecutor(jobs, "thread")
    calls = []
    for _ in range(jobs):
        call = loop.run_in_executor(pool, cpu, seconds)  #@ call
        calls.append(call)
    await asyncio.gather(*calls)  #@ gather
    print("all done")  #@ all
    pool.shutdown()

asyncio.run(main())

#@ function main_processes
async def main_processes(jobs=4, seconds=1.0):
    heart = asyncio.create_task(heartbeat())  #@ process heart
    loop = asyncio.get_running_loop()
    pool = concurrent.futures.ProcessPoolExecutor(jobs)
    calls = []
    for _ in range(jobs):
        call = loop.run_in_executor(pool, cpu, seconds)  #@ process call
        calls.append(call)
    await asyncio.gather(*calls)  #@ process gather
    print("all done")  #@ process all
    pool.shutdown()

asyncio.run(main_processes())

#@ end


def start(variant, values, network):
    """Sets the stage and gives the variant's main coroutine, as in the C++ file."""
    stage.machine.set_cores(values["cores"])
    stage.machine.set_free_threaded(variant == "free-threaded")
    stage.machine.set_process_costs(0.3, 0)
    story = {"on-loop": main_on_loop, "processes": main_processes}.get(variant, main)
    return story(values["jobs"], values["cost"])
