# async with and async for.
#
# Both are places where a coroutine waits: at the start and the end of a block, and before each round.
# They start no task, so that rounds follow each other; what shall overlap has to become a task.

from stage import Session, http

#@ story
import asyncio

async def pages(count, seconds):
    for n in range(count):
        await http(seconds)  #@ fetch
        yield f"page {n + 1}"  #@ yield

async def save(page, seconds):
    await asyncio.sleep(seconds)  #@ save
    print(f"saved {page}")  #@ saved

#@ function main
async def main(n=3, get=0.5, put=0.4):
    async with Session():  #@ with
        async for page in pages(n, get):  #@ next
            await save(page, put)  #@ await save

asyncio.run(main())

#@ function main_tasks
async def main_tasks(n=3, get=0.5, put=0.4):
    async with Session(), asyncio.TaskGroup() as group:  #@ pipeline with
        async for page in pages(n, get):  #@ pipeline next
            group.create_task(save(page, put))  #@ create save

asyncio.run(main_tasks())

#@ end


def start(variant, values, network):
    """Gives the variant's main coroutine, as in the C++ file."""
    story = main if variant == "in-order" else main_tasks
    return story(values["pages"], values["fetch"], values["save"])
