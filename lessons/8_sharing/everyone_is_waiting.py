# Everyone is waiting.
#
# Tasks that wait for each other in a circle never go on. No thread is needed for that, and nothing
# burns: the loop sleeps, since nothing that it knows of can ever happen.

#@ story
import asyncio

#@ function worker
async def worker(name, first, second, pause):
    async with first:  #@ first
        await asyncio.sleep(pause)  #@ pause
        print(f"{name} wants the other lock")  #@ wants
        async with second:  #@ second
            await asyncio.sleep(0.1)  #@ both
    print(f"{name} done")  #@ done

#@ function main
async def main(pause=0.1):
    a, b = asyncio.Lock(), asyncio.Lock()
    first = worker("worker-1", a, b, pause)
    second = worker("worker-2", b, a, pause)
    await asyncio.gather(first, second)  #@ gather
    print("all done")  #@ all

asyncio.run(main())

#@ function main_same_order
async def main_same_order(pause=0.1):
    a, b = asyncio.Lock(), asyncio.Lock()
    first = worker("worker-1", a, b, pause)
    second = worker("worker-2", a, b, pause)
    await asyncio.gather(first, second)  #@ same gather
    print("all done")  #@ same all

asyncio.run(main_same_order())

#@ function hiker
async def hiker(n, barrier):
    await asyncio.sleep(0.1 * n)  #@ walk
    print(f"{n} is here")  #@ here
    await barrier.wait()  #@ barrier
    print(f"{n} goes on")  #@ goes on

#@ function main_barrier
async def main_barrier(places=3, hikers=2):
    barrier = asyncio.Barrier(places)
    group = [hiker(n + 1, barrier) for n in range(hikers)]
    await asyncio.gather(*group)  #@ gather hikers
    print("all done")  #@ all hikers

asyncio.run(main_barrier())

#@ function guest
async def guest(door):
    print("guest rings")  #@ ring
    await door.wait()  #@ door
    print("guest comes in")  #@ come in

#@ function host
async def host(pause):
    await asyncio.sleep(pause)  #@ host sleeps
    print("host goes out, forgets to open")  #@ forget

#@ function main_event
async def main_event(pause=0.1):
    door = asyncio.Event()
    await asyncio.gather(guest(door), host(pause))  #@ gather guest
    print("all done")  #@ all in

asyncio.run(main_event())

#@ end


def start(variant, values, network):
    """Gives the variant's main coroutine, as in the C++ file."""
    if variant == "barrier":
        return main_barrier(values["places"], values["arrivals"])
    story = {"crossed": main, "same-order": main_same_order, "unset-event": main_event}[variant]
    return story(values["pause"])
