# When does a task start?
#
# create_task() puts a task at the end of the queue, and goes on. The task begins when whoever runs
# lets go of the thread, so what stands between create_task and the next await comes first.

#@ story
import asyncio

#@ end
from stage import cpu

#@ function child
async def child(nap):
    print("child begins")  #@ begins
    await asyncio.sleep(nap)  #@ nap
    print("child done")  #@ done

#@ function main
async def main(work=0.5, nap=0.1):
    task = asyncio.create_task(child(nap))  #@ create
    print("main goes on")  #@ goes on
    cpu(work)  #@ work
    await task  #@ await
    print("main ends")  #@ ends

asyncio.run(main())

#@ function main_polite
async def main_polite(work=0.5, nap=0.1):
    task = asyncio.create_task(child(nap))  #@ polite create
    print("main goes on")  #@ polite goes on
    await asyncio.sleep(0)  #@ polite pause
    cpu(work)  #@ polite work
    await task  #@ polite await
    print("main ends")  #@ polite ends

asyncio.run(main_polite())

#@ function main_eager
async def main_eager(work=0.5, nap=0.1):
    loop = asyncio.get_running_loop()
    loop.set_task_factory(asyncio.eager_task_factory)
    task = asyncio.create_task(child(nap))  #@ eager create
    print("main goes on")  #@ eager goes on
    cpu(work)  #@ eager work
    await task  #@ eager await
    print("main ends")  #@ eager ends

asyncio.run(main_eager())

#@ function child_of_user
from contextvars import ContextVar

user = ContextVar("user")

async def child_of_user(nap):
    print(f"child works for {user.get()}")  #@ user begins
    await asyncio.sleep(nap)  #@ user nap

#@ function main_context
async def main_context(work=0.5, nap=0.1):
    user.set("Ann")
    task = asyncio.create_task(child_of_user(nap))  #@ user create
    user.set("Bob")
    print(f"main works for {user.get()}")  #@ user goes on
    cpu(work)  #@ user work
    await task  #@ user await

asyncio.run(main_context())

#@ end


def start(variant, values, network):
    """The variant's main coroutine, with the learner's values, as in the C++ file."""
    story = {"normal": main, "polite": main_polite, "eager": main_eager, "context": main_context}[variant]
    return story(values["cpu"], values["child_sleep"])
