# A limit on the crowd.
#
# Waiting costs nothing, so a program can wait for as many pages at once as it likes. The server it
# asks cannot. A semaphore is a gate with so many places: who has none waits until one is given back.

#@ story
import asyncio, aiohttp

#@ function get
async def get(session, number):
    async with session.get("http://shop/page") as answer:  #@ get
        word = "got" if answer.ok else "refused"
        print(word, number)  #@ got

#@ function main_unlimited
async def main_unlimited(pages=12):
    async with aiohttp.ClientSession() as session:  #@ unlimited session
        numbers = range(1, pages + 1)
        gets = [get(session, number) for number in numbers]
        await asyncio.gather(*gets)  #@ unlimited gather

asyncio.run(main_unlimited())

#@ function polite_get
async def polite_get(gate, session, i):
    async with gate:  #@ gate
        await get(session, i)

#@ function main
async def main(places=5, pages=12):
    gate = asyncio.Semaphore(places)
    async with aiohttp.ClientSession() as session:  #@ session
        numbers = range(1, pages + 1)
        gets = [polite_get(gate, session, i) for i in numbers]
        await asyncio.gather(*gets)  #@ gather

asyncio.run(main())

#@ end


def start(variant, values, network):
    """Sets the stage and gives the variant's main coroutine, as in the C++ file."""
    network.set_latency("http://shop/page", values["latency"])
    if variant == "unlimited":
        return main_unlimited(values["requests"])
    if variant == "fragile-server":
        network.set_capacity(values["server_limit"])
    return main(values["k"], values["requests"])
