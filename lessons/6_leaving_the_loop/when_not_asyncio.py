# When not to use asyncio.
#
# Four pieces of work, each by any of four models: plain code, asyncio, threads, processes. Each model
# is the best for one of them.

import concurrent.futures

import stage
from stage import cpu


def set_up(model):
    """What a model costs before it does anything; and its pool, if it has one."""
    if model == "processes":
        return concurrent.futures.ProcessPoolExecutor(4)
    if model == "plain":
        return None
    cpu(0.05)
    return concurrent.futures.ThreadPoolExecutor(8, "thread") if model == "threads" else None


#@ story
import asyncio, time

#@ function main_dependent
async def main_dependent(model="asyncio", request=0.8):
    loop = asyncio.get_running_loop()
    pool = set_up(model)  #@ dependent set up
    for span in (request, 0.4):  # ask, then write
        if model == "plain":
            time.sleep(span)  #@ dependent plain
        elif model == "asyncio":
            await asyncio.sleep(span)  #@ dependent asyncio
        else:
            call = loop.run_in_executor(pool, time.sleep, span)  #@ dependent call
            await call  #@ dependent await
    print("A is written")  #@ dependent done

asyncio.run(main_dependent())

#@ function ask
async def ask(seconds):
    await asyncio.sleep(seconds)  #@ ask

#@ function main_requests
async def main_requests(model="asyncio"):
    loop = asyncio.get_running_loop()
    pool = set_up(model)  #@ requests set up
    calls = []
    for _ in range(40):
        if model == "plain":
            time.sleep(0.5)  #@ requests plain
        elif model == "asyncio":
            call = asyncio.create_task(ask(0.5))  #@ requests task
            calls.append(call)
        else:
            call = loop.run_in_executor(pool, time.sleep, 0.5)  #@ requests call
            calls.append(call)
    await asyncio.gather(*calls)  #@ requests gather
    print("B has 40 answers")  #@ requests done

asyncio.run(main_requests())

#@ function compute
async def compute(seconds):
    cpu(seconds)  #@ compute

#@ function main_computing
async def main_computing(model="asyncio", cost=1.0):
    loop = asyncio.get_running_loop()
    pool = set_up(model)  #@ computing set up
    calls = []
    for _ in range(4):
        if model == "plain":
            cpu(cost)  #@ computing plain
        elif model == "asyncio":
            call = asyncio.create_task(compute(cost))  #@ computing task
            calls.append(call)
        else:
            call = loop.run_in_executor(pool, cpu, cost)  #@ computing call
            calls.append(call)
    await asyncio.gather(*calls)  #@ computing gather
    print("C is computed")  #@ computing done

asyncio.run(main_computing())

#@ function read
async def read(seconds):
    time.sleep(seconds)  #@ read

#@ function main_reads
async def main_reads(model="asyncio"):
    loop = asyncio.get_running_loop()
    pool = set_up(model)  #@ reads set up
    calls = []
    for _ in range(6):
        if model == "plain":
            time.sleep(0.3)  #@ reads plain
        elif model == "asyncio":
            call = asyncio.create_task(read(0.3))  #@ reads task
            calls.append(call)
        else:
            call = loop.run_in_executor(pool, time.sleep, 0.3)  #@ reads call
            calls.append(call)
    await asyncio.gather(*calls)  #@ reads gather
    print("D has 6 files")  #@ reads done

asyncio.run(main_reads())

#@ end


def start(variant, values, network):
    """Sets the stage and gives the variant's main coroutine, as in the C++ file."""
    stage.machine.set_cores(values["cores"])
    stage.machine.set_process_costs(0.3, 0)
    if variant == "dependent":
        return main_dependent(values["model_a"], values["request"])
    if variant == "requests":
        return main_requests(values["model_b"])
    if variant == "computing":
        return main_computing(values["model_c"], values["cost"])
    return main_reads(values["model_d"])
