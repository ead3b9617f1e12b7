# Cancelling is asking.
#
# cancel() puts an exception where a task waits. What the task does with it is its own affair: it may
# clean up first, take no notice, or have no ear for it, and behind a shield it never hears of it.

from stage import cpu

#@ story
import asyncio

#@ function clean_up
async def clean_up(seconds):
    await asyncio.sleep(seconds)  #@ clean
    print("clean done")  #@ clean done

#@ function worker
async def worker(cleanup):
    try:
        await asyncio.sleep(5.0)  #@ work
    finally:
        await clean_up(cleanup)

#@ function main
async def main(after=1.0, cleanup=0.3):
    task = asyncio.create_task(worker(cleanup))  #@ create
    await asyncio.sleep(after)  #@ nap
    task.cancel()  #@ cancel
    print("done" if task.done() else "not done yet")  #@ asked
    await asyncio.wait([task])  #@ wait
    print("cancelled" if task.cancelled() else "ended")  #@ over

asyncio.run(main())

#@ function stubborn
async def stubborn():
    for i in range(3):
        try:
            await asyncio.sleep(2.0)  #@ stubborn work
        except asyncio.CancelledError:
            print("so what?")  #@ so what

#@ function main_swallow
async def main_swallow(after=1.0):
    task = asyncio.create_task(stubborn())  #@ create stubborn
    await asyncio.sleep(after)  #@ stubborn nap
    task.cancel()  #@ cancel stubborn
    print("done" if task.done() else "not done yet")  #@ asked stubborn
    await asyncio.wait([task])  #@ wait stubborn
    print("cancelled" if task.cancelled() else "ended")  #@ stubborn over

asyncio.run(main_swallow())

#@ function busy_worker
async def busy_worker(seconds):
    cpu(seconds)  #@ compute
    print("computed")  #@ computed
    await asyncio.sleep(5.0)  #@ busy work

#@ function main_busy
async def main_busy(after=1.0, compute=2.0):
    task = asyncio.create_task(busy_worker(compute))  #@ create busy
    await asyncio.sleep(after)  #@ busy nap
    task.cancel()  #@ cancel busy
    print("done" if task.done() else "not done yet")  #@ asked busy
    await asyncio.wait([task])  #@ wait busy
    print("cancelled" if task.cancelled() else "ended")  #@ busy over

asyncio.run(main_busy())

#@ function save
async def save(seconds):
    await asyncio.sleep(seconds)  #@ save
    print("saved")  #@ saved

#@ function wait_for_it
async def wait_for_it(saving):
    await asyncio.shield(saving)  #@ shield

#@ function main_shield
async def main_shield(after=1.0, seconds=1.3):
    saving = asyncio.create_task(save(seconds))  #@ create save
    task = asyncio.create_task(wait_for_it(saving))  #@ create caller
    await asyncio.sleep(after)  #@ caller nap
    task.cancel()  #@ cancel caller
    print("done" if task.done() else "not done yet")  #@ asked caller
    await asyncio.wait([task])  #@ wait caller
    print("cancelled" if task.cancelled() else "ended")  #@ caller over
    await saving  #@ await save

asyncio.run(main_shield())

#@ end


def start(variant, values, network):
    """The variant's main coroutine, with the learner's values, as in the C++ file."""
    after = values["cancel_at"]
    if variant == "swallow":
        return main_swallow(after)
    if variant == "busy":
        return main_busy(after, values["compute"])
    if variant == "shield":
        return main_shield(after, values["save"])
    return main(after, values["cleanup"])
