# Not every `await` lets go.
#
# Awaiting a coroutine runs it inside the same turn. The turn ends only where something really has
# to wait: at a sleep, a task or a future that is not done. Without that, nobody else gets in.

#@ story
import asyncio

async def quick():
    print("q")  #@ q

async def other():
    print("other")  #@ other

#@ function main
async def main(rounds=3):
    task = asyncio.create_task(other())  #@ create
    for n in range(rounds):
        await quick()  #@ await quick
    await task  #@ await other

asyncio.run(main())

#@ function main_as_task
async def main_as_task(rounds=3):
    task = asyncio.create_task(other())  #@ as-task create
    for n in range(rounds):
        await asyncio.create_task(quick())  #@ as-task await quick
    await task  #@ as-task await other

asyncio.run(main_as_task())

#@ function main_polite
async def main_polite(rounds=3, let_go={1}):
    task = asyncio.create_task(other())  #@ polite create
    for n in range(1, rounds + 1):
        await quick()  #@ polite await quick
        if n in let_go:
            await asyncio.sleep(0)  #@ let go
    await task  #@ polite await other

asyncio.run(main_polite())

#@ end


def start(variant, values, network):
    """The variant's main coroutine, with the learner's values, as in the C++ file."""
    if variant == "polite":
        return main_polite(values["rounds"], {n for n in (1, 2, 3) if values[f"sleep_{n}"] == "on"})
    return {"direct": main, "as-task": main_as_task}[variant](values["rounds"])
