# Computing in processes.
#
# Processes compute side by side, but they have to start up first, and what they work on has to be sent
# to them. Whether that pays depends on how much there is to compute.

import stage
from stage import cpu

#@ story
import asyncio
from concurrent.futures import ProcessPoolExecutor

#@ function main_on_loop
async def main_on_loop(n=8, seconds=0.02):
    for _ in range(n):  #@ each
        cpu(seconds)  #@ compute
    print("all done")  #@ loop all

asyncio.run(main_on_loop())

#@ function main
async def main(n=8, seconds=0.02, workers=4):
    loop = asyncio.get_running_loop()
    pool = ProcessPoolExecutor(workers)
    calls = []
    for _ in range(n):
        call = loop.run_in_executor(pool, cpu, seconds)  #@ call
        calls.append(call)
    await asyncio.gather(*calls)  #@ gather
    print("all done")  #@ all
    pool.shutdown()

asyncio.run(main())

#@ end


def start(variant, values, network):
    """Sets the stage and gives the variant's main coroutine, as in the C++ file."""
    stage.machine.set_process_costs(values["start_up"], values["transfer"])
    if variant == "on-loop":
        return main_on_loop(values["n"], values["cost"])
    return main(values["n"], values["cost"], values["workers"])
