# Queues and back-pressure.
#
# A queue stands between those who find work and those who do it. When work comes faster than it is
# done, something has to give: the queue grows, or whoever brings the work has to wait.

#@ story
import asyncio

#@ function worker
async def worker(queue, seconds):
    while True:
        await queue.get()  #@ get
        await asyncio.sleep(seconds)  #@ work
        queue.task_done()  #@ job done

#@ function main
async def main(every=0.1, seconds=0.3):
    queue = asyncio.Queue()
    task = asyncio.create_task(worker(queue, seconds))  #@ create
    for job in range(1, 21):
        await asyncio.sleep(every)  #@ find
        await queue.put(job)  #@ put
    print("all put")  #@ all put
    await queue.join()  #@ join
    print("all done")  #@ all done

asyncio.run(main())

#@ function main_bounded
async def main_bounded(size=3, every=0.1, seconds=0.3):
    queue = asyncio.Queue(size)
    task = asyncio.create_task(worker(queue, seconds))  #@ bounded create
    for job in range(1, 21):
        await asyncio.sleep(every)  #@ bounded find
        await queue.put(job)  #@ bounded put
    print("all put")  #@ bounded all put
    await queue.join()  #@ bounded join
    print("all done")  #@ bounded all done

asyncio.run(main_bounded())

#@ function main_workers
async def main_workers(workers=2, every=0.1, seconds=0.3):
    queue = asyncio.Queue()
    tasks = []
    for i in range(workers):
        task = asyncio.create_task(worker(queue, seconds))  #@ crew create
        tasks.append(task)
    for job in range(1, 21):
        await asyncio.sleep(every)  #@ crew find
        await queue.put(job)  #@ crew put
    await queue.join()  #@ crew join
    print("all done")  #@ crew all done

asyncio.run(main_workers())

#@ function until_zero
async def until_zero(queue, seconds):
    while job := await queue.get():  #@ get or zero
        await asyncio.sleep(seconds)  #@ work on
        print(f"done {job}")  #@ done one

#@ function main_sentinel
async def main_sentinel(workers=2, every=0.1, seconds=0.3):
    queue = asyncio.Queue()
    crew = []
    for i in range(workers):
        work = until_zero(queue, seconds)
        crew.append(asyncio.create_task(work))  #@ hire
    for job in range(1, 21):
        await asyncio.sleep(every)  #@ sentinel find
        await queue.put(job)  #@ sentinel put
    for i in range(workers):
        await queue.put(0)  #@ put zero
    await asyncio.gather(*crew)  #@ sentinel home
    print("all gone home")  #@ sentinel gone

asyncio.run(main_sentinel())

#@ function until_end
async def until_end(queue, seconds):
    try:
        while True:
            await queue.get()  #@ get or end
            await asyncio.sleep(seconds)  #@ work till end
    except asyncio.QueueShutDown:
        pass  # nothing is left

#@ function main_shutdown
async def main_shutdown(workers=2, every=0.1, seconds=0.3):
    queue = asyncio.Queue()
    crew = []
    for i in range(workers):
        work = until_end(queue, seconds)
        crew.append(asyncio.create_task(work))  #@ hire all
    for job in range(1, 21):
        await asyncio.sleep(every)  #@ shutdown find
        await queue.put(job)  #@ shutdown put
    queue.shutdown()  #@ shutdown
    await asyncio.gather(*crew)  #@ shutdown home

asyncio.run(main_shutdown())

#@ end


def start(variant, values, network):
    """The variant's main coroutine, with the learner's values, as in the C++ file."""
    pace = values["produce"], values["consume"]
    if variant == "unbounded":
        return main(*pace)
    if variant == "bounded":
        return main_bounded(values["size"], *pace)
    story = {"more-workers": main_workers, "sentinel": main_sentinel, "shutdown": main_shutdown}[variant]
    return story(values["workers"], *pace)
