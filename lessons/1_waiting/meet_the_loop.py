# Meet the event loop.
#
# No tasks yet, only what they are made of: functions that stand in a queue, timers, and a loop that
# takes its turns in passes. Everything else in asyncio is built on these.

#@ story
import asyncio

#@ function first
def first():
    print("C")  #@ C
    loop = asyncio.get_running_loop()
    loop.call_soon(print, "D")  #@ soon D

#@ function main
async def main(delay=0.2, times=1):
    loop = asyncio.get_running_loop()
    for _ in range(times):
        loop.call_soon(print, "A")  #@ soon A
    loop.call_later(delay, print, "B")  #@ later B
    loop.call_soon(first)  #@ soon first
    await asyncio.sleep(delay + 0.1)  # until all is over  #@ stay

asyncio.run(main())

#@ function main_zero_delay
async def main_zero_delay(times=1):
    loop = asyncio.get_running_loop()
    for _ in range(times):
        loop.call_soon(print, "A")  #@ zero A
    loop.call_later(0, print, "B")  #@ zero B
    loop.call_soon(first)  #@ zero first
    await asyncio.sleep(0.1)  # until all is over  #@ zero stay

asyncio.run(main_zero_delay())

#@ function main_idle
async def main_idle(wait=3.0):
    print("nothing to do")  #@ nothing
    await asyncio.sleep(wait)  # a timer, and nothing else  #@ idle
    print("awake")  #@ awake

asyncio.run(main_idle())

#@ end


def start(variant, values, network):
    """The variant's main coroutine, with the learner's values, as in the C++ file."""
    if variant == "idle":
        return main_idle(values["wait"])
    if variant == "zero-delay":
        return main_zero_delay(values["times"])
    return main(values["delay"], values["times"])
