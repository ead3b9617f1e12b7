# One blocking call freezes everyone.
#
# A call that holds the thread while it waits keeps the event loop from running anybody else. Ticks
# that are due meanwhile come late, and all of the program answers to nobody.

#@ story
import asyncio, time

#@ function heartbeat
async def heartbeat(period):
    while True:
        print("tick")  #@ tick
        await asyncio.sleep(period)  #@ pause

#@ function main
async def main(seconds=1.0, period=0.1):
    heart = asyncio.create_task(heartbeat(period))  #@ heart
    await asyncio.sleep(0.25)  #@ before
    time.sleep(seconds)  #@ block
    print("the answer is here")  #@ answer
    await asyncio.sleep(0.22)  #@ after

asyncio.run(main())

#@ function main_awaiting
async def main_awaiting(seconds=1.0, period=0.1):
    heart = asyncio.create_task(heartbeat(period))  #@ awaiting heart
    await asyncio.sleep(0.25)  #@ awaiting before
    await asyncio.sleep(seconds)  #@ awaiting
    print("the answer is here")  #@ awaiting answer
    await asyncio.sleep(0.22)  #@ awaiting after

asyncio.run(main_awaiting())

#@ function main_thread
async def main_thread(seconds=1.0, period=0.1):
    heart = asyncio.create_task(heartbeat(period))  #@ thread heart
    await asyncio.sleep(0.25)  #@ thread before
    await asyncio.to_thread(time.sleep, seconds)  #@ thread
    print("the answer is here")  #@ thread answer
    await asyncio.sleep(0.22)  #@ thread after

asyncio.run(main_thread())

#@ function main_debug
async def main_debug(seconds=1.0, period=0.1):
    asyncio.get_running_loop().set_debug(True)
    heart = asyncio.create_task(heartbeat(period))  #@ debug heart
    await asyncio.sleep(0.25)  #@ debug before
    time.sleep(seconds)  #@ debug block
    print("the answer is here")  #@ debug answer
    await asyncio.sleep(0.22)  #@ debug after

asyncio.run(main_debug())

#@ end


def start(variant, values, network):
    """The variant's main coroutine, with the learner's values, as in the C++ file."""
    story = {"blocking": main, "awaiting": main_awaiting, "thread": main_thread, "debug": main_debug}[variant]
    return story(values["latency"], values["period"])
