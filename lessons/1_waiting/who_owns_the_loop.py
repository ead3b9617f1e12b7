# Starting and stopping the loop.
#
# A loop has a life of its own: somebody makes it, runs it and closes it. asyncio.run() does all of
# that and cleans up in between.

#@ story
import asyncio

#@ function backup
async def backup():
    await asyncio.sleep(1.0)  #@ back up
    print("backup done")  #@ backed up

#@ function other
async def other(seconds):
    await asyncio.sleep(seconds)  #@ work
    print("other done")  #@ worked

#@ function main
async def main(seconds=0.1):
    saving = asyncio.create_task(backup())  #@ create
    await other(seconds)  #@ other
    print("main ends")  #@ ends

asyncio.run(main())

#@ function main_low_level
async def main_low_level(seconds=0.1):
    saving = asyncio.create_task(backup())  #@ low create
    await other(seconds)  #@ low other
    print("main ends")  #@ low ends

loop = asyncio.new_event_loop()
loop.run_until_complete(main_low_level())
loop.close()

#@ function main_get_event_loop
async def main_get_event_loop(seconds=0.1):
    loop = asyncio.get_event_loop()  # the one that runs
    saving = loop.create_task(backup())  #@ get create
    await other(seconds)  #@ get other
    print("main ends")  #@ get ends

loop = asyncio.get_event_loop()  # none runs: one is made
loop.run_until_complete(main_get_event_loop())
loop.close()

#@ function main_nested
async def main_nested(how="asyncio.run", seconds=0.1):
    print("main begins")  #@ nested begins
    if how == "asyncio.run":
        asyncio.run(other(seconds))  #@ nested run
    elif how == "run_until_complete":
        loop = asyncio.get_running_loop()
        loop.run_until_complete(other(seconds))  #@ nested until
    elif how == "await":
        await other(seconds)  #@ nested await
    else:  # "task"
        await asyncio.create_task(other(seconds))  #@ nested task
    print("main ends")  #@ nested ends

asyncio.run(main_nested())

#@ end


def start(variant, values, network):
    """The variant's main coroutine, with the learner's values, as in the C++ file."""
    if variant == "nested":
        return main_nested(values["how"], values["length"])
    story = {"run": main, "low-level": main_low_level, "get_event_loop": main_get_event_loop}[variant]
    return story(values["length"])
