# When one of them fails.
#
# gather() hands the first failure on at once and lets the other jobs run; nobody hears from them
# any more. With return_exceptions=True it waits for all, and an error is a result like any other.

#@ story
import asyncio

#@ function job
async def job(name, seconds, fails=False):
    await asyncio.sleep(seconds)  #@ sleep
    if fails:
        raise ValueError(f"{name} failed")  #@ fail
    print(f"{name} done")  #@ done
    return name

#@ function main
async def main(a=("a", 1.0), b=("b", 0.5, True), c=("c", 2.0)):
    jobs = [job(*a), job(*b), job(*c)]
    try:
        all = await asyncio.gather(*jobs)  #@ gather
        print("results:", ", ".join(all))  #@ results
    except ValueError as error:
        print(f"handled: {error}")  #@ handled
    await asyncio.sleep(2.0)  #@ more

asyncio.run(main())

#@ function main_keep_errors
async def main_keep_errors(a=("a", 1.0), b=("b", 0.5, True),
                           c=("c", 2.0)):
    jobs = [job(*a), job(*b), job(*c)]
    waits = asyncio.gather(*jobs, return_exceptions=True)  #@ keep gather
    all = await waits  #@ keep await
    for result in all:
        if isinstance(result, ValueError):
            print(f"handled: {result}")  #@ keep handled
        else:
            print(f"result: {result}")  #@ keep result

asyncio.run(main_keep_errors())

#@ function main_exit_at_once
async def main_exit_at_once(a=("a", 1.0), b=("b", 0.5, True),
                            c=("c", 2.0)):
    jobs = [job(*a), job(*b), job(*c)]
    try:
        all = await asyncio.gather(*jobs)  #@ exit gather
        print("results:", ", ".join(all))  #@ exit results
    except ValueError as error:
        print(f"handled: {error}")  #@ exit handled

asyncio.run(main_exit_at_once())

#@ function main_group
async def main_group(a=("a", 1.0), b=("b", 0.5, True),
                     c=("c", 2.0)):
    try:
        async with asyncio.TaskGroup() as group:  #@ group
            for it in (a, b, c):
                group.create_task(job(*it))  #@ group create
    except ExceptionGroup as errors:
        print(f"handled: {errors.exceptions[0]}")  #@ group handled

asyncio.run(main_group())

#@ end


def start(variant, values, network):
    """The variant's main coroutine, with the learner's values, as in the C++ file."""
    jobs = [(name, values["delay_" + name], values["fails"] == name) for name in "abc"]
    story = {"gather": main, "keep-errors": main_keep_errors, "exit-at-once": main_exit_at_once,
             "group": main_group}[variant]
    return story(*jobs)
