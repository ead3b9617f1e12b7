# Concurrent is not parallel.
#
# All tasks of a loop share its one thread. While one of them waits, another may compute; while one
# computes, nobody else can. Waits lie on top of each other, computations behind each other.

import stage
from stage import cpu, http

#@ story
import asyncio

#@ function compute
async def compute(n, seconds):
    cpu(seconds)  #@ compute
    print(f"job {n} done")  #@ computed

#@ function main
async def main(jobs=3, seconds=1.0):
    todo = [compute(n + 1, seconds) for n in range(jobs)]
    await asyncio.gather(*todo)  #@ gather computations
    print("all done")  #@ all computed

asyncio.run(main())

#@ function ask
async def ask(n, seconds):
    await http(seconds)  #@ ask
    print(f"job {n} done")  #@ answered

#@ function main_wait
async def main_wait(jobs=3, seconds=1.0):
    todo = [ask(n + 1, seconds) for n in range(jobs)]
    await asyncio.gather(*todo)  #@ gather waits
    print("all done")  #@ all answered

asyncio.run(main_wait())

#@ function job
async def job(n, computing, waiting):
    cpu(computing)  #@ job computes
    await http(waiting)  #@ job asks
    print(f"job {n} done")  #@ job done

#@ function main_mixed
async def main_mixed(jobs=3, c=1.0, w=1.0):
    todo = [job(n + 1, c, w) for n in range(jobs)]
    await asyncio.gather(*todo)  #@ gather jobs
    print("all done")  #@ all jobs done

asyncio.run(main_mixed())

#@ function main_processes
from concurrent.futures import ProcessPoolExecutor

def crunch(n, c):
    cpu(c)  #@ crunch
    print(f"job {n} done")  #@ crunched

async def main_processes(jobs=3, c=1.0):
    loop = asyncio.get_running_loop()
    pool = ProcessPoolExecutor(jobs)
    calls = [loop.run_in_executor(pool, crunch, n + 1, c)  #@ call
             for n in range(jobs)]
    await asyncio.gather(*calls)  #@ gather calls
    pool.shutdown()  #@ shutdown
    print("all done")  #@ all crunched

asyncio.run(main_processes())

#@ end


def start(variant, values, network):
    """Gives the variant's main coroutine, as in the C++ file."""
    if variant == "processes":
        stage.machine.set_cores(values["cores"])
        return main_processes(values["jobs"], values["compute"])
    if variant == "mixed":
        return main_mixed(values["jobs"], values["compute"], values["wait"])
    if variant == "wait":
        return main_wait(values["jobs"], values["wait"])
    return main(values["jobs"], values["compute"])
