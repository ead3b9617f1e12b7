# `await` pauses me, not the world.
#
# A task that awaits is parked at that line, and whoever else is ready runs meanwhile. A heartbeat
# beside it makes visible which waits leave the thread to others and which keep it.

#@ story
import asyncio, time

async def heartbeat(period):
    while True:
        print("tick")  #@ tick
        await asyncio.sleep(period)  #@ beat

#@ function step
async def step(name, seconds):
    await asyncio.sleep(seconds)  #@ wait
    print(f"{name} done")  #@ done

#@ function step_blocking
async def step_blocking(name, seconds):
    time.sleep(seconds)  #@ block
    print(f"{name} done")  #@ blocking done

#@ function main
async def main(a=1.0, b=2.0, period=0.4):
    beat = asyncio.create_task(heartbeat(period))  #@ create
    await step("A", a)  #@ await A
    await step("B", b)  #@ await B
    print("end")  #@ end

asyncio.run(main())

#@ function main_blocking
async def main_blocking(a=1.0, b=2.0, period=0.4):
    beat = asyncio.create_task(heartbeat(period))  #@ blocking create
    await step_blocking("A", a)  #@ blocking await A
    await step_blocking("B", b)  #@ blocking await B
    print("end")  #@ blocking end

asyncio.run(main_blocking())

#@ end


def start(variant, values, network):
    """The variant's main coroutine, with the learner's values, as in the C++ file."""
    story = {"await": main, "blocking": main_blocking}[variant]
    return story(values["a"], values["b"], values["period"])
