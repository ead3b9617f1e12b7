# Task groups.
#
# A task group's block does not end before the tasks made in it have. When one fails, the group
# cancels the others, waits for them too, and hands over all failures together.

#@ story
import asyncio

#@ function job
async def job(name, seconds):
    await asyncio.sleep(seconds)  #@ sleep
    if name == "b":
        raise ValueError("b failed")  #@ fail
    print(f"{name} done")  #@ done

#@ function main
async def main(a=1.0, b=0.5, c=2.0):
    try:
        async with asyncio.TaskGroup() as group:  #@ group
            group.create_task(job("a", a))  #@ create a
            group.create_task(job("b", b))  #@ create b
            group.create_task(job("c", c))  #@ create c
    except ExceptionGroup as errors:
        for error in errors.exceptions:
            print(f"error: {error}")  #@ error

asyncio.run(main())

#@ function main_gather
async def main_gather(a=1.0, b=0.5, c=2.0):
    jobs = [job("a", a), job("b", b), job("c", c)]
    try:
        await asyncio.gather(*jobs)  #@ gather
    except ValueError as error:
        print(f"error: {error}")  #@ gather error
    await asyncio.sleep(2.0)  #@ more

asyncio.run(main_gather())

#@ function tidy_job
async def tidy_job(name, seconds, cleanup):
    try:
        await asyncio.sleep(seconds)  #@ tidy sleep
        if name == "b":
            raise ValueError("b failed")  #@ tidy fail
        print(f"{name} done")  #@ tidy done
    except asyncio.CancelledError:
        await asyncio.sleep(cleanup)  #@ clean up
        raise

#@ function main_with_cleanup
async def main_with_cleanup(a=1.0, b=0.5, c=2.0, cleanup=0.2):
    async with asyncio.TaskGroup() as group:  #@ tidy group
        group.create_task(tidy_job("a", a, cleanup))  #@ tidy a
        group.create_task(tidy_job("b", b, cleanup))  #@ tidy b
        group.create_task(tidy_job("c", c, cleanup))  #@ tidy c

asyncio.run(main_with_cleanup())

#@ function clumsy_job
async def clumsy_job(name, seconds):
    try:
        await asyncio.sleep(seconds)  #@ clumsy sleep
    except asyncio.CancelledError:
        raise OSError(name)  #@ clumsy mess
    raise ValueError(name)  #@ clumsy fail

#@ function main_two_errors
async def main_two_errors(b=0.5, c=2.0):
    try:
        async with asyncio.TaskGroup() as group:  #@ clumsy group
            group.create_task(clumsy_job("b", b))  #@ clumsy b
            group.create_task(clumsy_job("c", c))  #@ clumsy c
    except* ValueError as errors:
        print("failed:", *errors.exceptions)  #@ clumsy failed
    except* OSError as errors:
        print("left a mess:", *errors.exceptions)  #@ clumsy left

asyncio.run(main_two_errors())

#@ end


def start(variant, values, network):
    """The variant's main coroutine, with the learner's values, as in the C++ file."""
    a, b, c = (values["delay_" + name] for name in "abc")
    if variant == "with-cleanup":
        return main_with_cleanup(a, b, c, values["cleanup"])
    if variant == "two-errors":
        return main_two_errors(b, c)
    return (main if variant == "group" else main_gather)(a, b, c)
