# Waiting is not working.
#
# A program that asks for pages spends nearly all of its time on waiting for them. While it waits it
# computes nothing, so it may as well wait for several at once; what it has to compute stays the
# same.

from stage import cpu

#@ story
import asyncio, time

PAGES = [1.0, 2.0, 1.5]

#@ function main_sequential
async def main_sequential(pages=PAGES, parse=0.05):
    for seconds in pages:
        # wait for the server, then read what it sent
        time.sleep(seconds)  #@ blocked
        cpu(parse)  #@ sequential parse
        print("page read")  #@ sequential read

asyncio.run(main_sequential())

#@ function page
async def page(seconds, parse):
    # wait for the server, then read what it sent
    await asyncio.sleep(seconds)  #@ wait
    cpu(parse)  #@ parse
    print("page read")  #@ read

#@ function main
async def main(pages=PAGES, parse=0.05):
    tasks = []
    for seconds in pages:
        task = asyncio.create_task(page(seconds, parse))  #@ ask
        tasks.append(task)
    for task in tasks:
        await task  #@ collect

asyncio.run(main())

#@ end


def start(variant, values, network):
    """The variant's main coroutine, with the learner's values, as in the C++ file."""
    pages = [values[f"latency_{i}"] for i in range(1, values["pages"] + 1)]
    story = {"sequential": main_sequential, "overlapped": main}[variant]
    return story(pages, values["parse"])
