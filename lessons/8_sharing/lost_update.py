# A race on one thread.
#
# Two tasks read a balance, wait, and write it back. Only one of them runs at a time, and still an
# update is lost: what a task has read may be out of date after an await.

#@ story
import asyncio

#@ function withdraw
async def withdraw(amount, pause):
    global balance
    seen = balance
    print(f"saw {seen}")  #@ saw
    await asyncio.sleep(pause)  #@ pause
    balance = seen - amount  #@ write
    print(f"wrote {balance}")  #@ wrote

#@ function main
async def main(a=30, b=50, pause=0.1):
    global balance
    balance = 100  #@ balance
    first = withdraw(a, pause)
    second = withdraw(b, pause)
    await asyncio.gather(first, second)  #@ gather
    print(f"balance {balance}")  #@ result

asyncio.run(main())

#@ function with_lock
async def with_lock(lock, amount, pause):
    global balance
    async with lock:  #@ lock
        seen = balance
        print(f"saw {seen}")  #@ locked saw
        await asyncio.sleep(pause)  #@ locked pause
        balance = seen - amount  #@ locked write
        print(f"wrote {balance}")  #@ locked wrote

#@ function main_locked
async def main_locked(a=30, b=50, pause=0.1):
    global balance
    balance = 100  #@ locked balance
    lock = asyncio.Lock()
    first = with_lock(lock, a, pause)
    second = with_lock(lock, b, pause)
    await asyncio.gather(first, second)  #@ locked gather
    print(f"balance {balance}")  #@ locked result

asyncio.run(main_locked())

#@ function re_read
async def re_read(amount, pause):
    global balance
    await asyncio.sleep(pause)  #@ late pause
    seen = balance
    print(f"saw {seen}")  #@ late saw
    balance = seen - amount  #@ late write
    print(f"wrote {balance}")  #@ late wrote

#@ function main_late
async def main_late(a=30, b=50, pause=0.1):
    global balance
    balance = 100  #@ late balance
    first = re_read(a, pause)
    second = re_read(b, pause)
    await asyncio.gather(first, second)  #@ late gather
    print(f"balance {balance}")  #@ late result

asyncio.run(main_late())

#@ function visitor
async def visitor():
    global hits
    for i in range(10):
        hits += 1  #@ add
        await asyncio.sleep(0)  #@ others first

#@ function main_counter
async def main_counter(visitors=10):
    global hits
    hits = 0  #@ hits
    everybody = [visitor() for i in range(visitors)]
    await asyncio.gather(*everybody)  #@ gather visitors
    print(f"hits {hits}")  #@ all hits

asyncio.run(main_counter())

#@ end


def start(variant, values, network):
    """Gives the variant's main coroutine, as in the C++ file."""
    if variant == "counter":
        return main_counter(values["visitors"])
    story = {"race": main, "lock": main_locked, "re-read": main_late}[variant]
    return story(values["first"], values["second"], values["pause"])
