# Blocking calls in threads.
#
# A library that cannot await may block in a thread of a pool, while the loop goes on. The pool's size
# says how many calls are under way at once; nothing can stop one that has begun; and the way back to
# the loop from another thread is call_soon_threadsafe.

#@ story
import asyncio, time
from concurrent.futures import ThreadPoolExecutor

#@ function read
def read(n, seconds):
    time.sleep(seconds)  #@ read
    print(f"file {n} is read")  #@ is read

#@ function read_async
async def read_async(n, seconds):
    read(n, seconds)  # no await

#@ function main_on_loop
async def main_on_loop(files=8, seconds=0.5):
    reads = [read_async(n, seconds)
             for n in range(1, files + 1)]
    await asyncio.gather(*reads)  #@ gather on loop
    print("all are read")  #@ all on loop

asyncio.run(main_on_loop())

#@ function main
async def main(files=8, seconds=0.5, size=2):
    loop = asyncio.get_running_loop()
    pool = ThreadPoolExecutor(size, "reader")
    reads = []
    for n in range(1, files + 1):
        call = loop.run_in_executor(pool, read, n, seconds)  #@ call
        reads.append(call)
    await asyncio.gather(*reads)  #@ gather
    print("all are read")  #@ all
    pool.shutdown()

asyncio.run(main())

#@ function main_timeout
async def main_timeout(seconds=0.5, limit=0.2):
    try:
        async with asyncio.timeout(limit):  #@ limited
            await asyncio.to_thread(read, 1, seconds)  #@ read in thread
    except TimeoutError:
        print("too late")  #@ too late

asyncio.run(main_timeout())

#@ function listen_unsafe
def listen_unsafe(loop):
    time.sleep(0.2)  #@ unsafe listen
    loop.call_soon(print, "news")  #@ unsafe post
    time.sleep(2.0)  #@ unsafe listen on

#@ function main_unsafe
async def main_unsafe(seconds=0.8):
    loop = asyncio.get_running_loop()
    loop.run_in_executor(None, listen_unsafe, loop)  #@ unsafe call
    await asyncio.sleep(seconds)  #@ unsafe sleep
    print("main has slept")  #@ unsafe slept

asyncio.run(main_unsafe())

#@ function listen_safe
def listen_safe(loop):
    time.sleep(0.2)  #@ safe listen
    loop.call_soon_threadsafe(print, "news")  #@ safe post
    time.sleep(2.0)  #@ safe listen on

#@ function main_safe
async def main_safe(seconds=0.8):
    loop = asyncio.get_running_loop()
    loop.run_in_executor(None, listen_safe, loop)  #@ safe call
    await asyncio.sleep(seconds)  #@ safe sleep
    print("main has slept")  #@ safe slept

asyncio.run(main_safe())

#@ end


def start(variant, values, network):
    """The variant's main coroutine, with the learner's values, as in the C++ file."""
    if variant == "on-loop":
        return main_on_loop(values["files"], values["seconds"])
    if variant == "threads":
        return main(values["files"], values["seconds"], values["pool"])
    if variant == "timeout":
        return main_timeout(values["seconds"], values["limit"])
    return (main_safe if variant == "call-back-safe" else main_unsafe)(values["nap"])
