# Computing politely.
#
# A long computation that is cut into pieces, with an await between them, lets the others have their
# turns. They wait for pieces still, and each cut costs a little.

from stage import cpu

#@ story
import asyncio

async def heartbeat(period):
    while True:
        print("tick")  #@ tick
        await asyncio.sleep(period)  #@ until next

#@ function crunch_whole
async def crunch_whole():
    cpu(1.0)  #@ whole
    print("crunched")  #@ whole crunched

#@ function main_one_piece
async def main_one_piece(beat=0.1):
    pulse = asyncio.create_task(heartbeat(beat))  #@ one pulse
    await asyncio.create_task(crunch_whole())  #@ one crunch
    await asyncio.sleep(1.5 * beat)  #@ one rest

asyncio.run(main_one_piece())

#@ function crunch
async def crunch(pieces, cut):
    for i in range(pieces):
        cpu(1.0 / pieces + cut)  #@ piece
        await asyncio.sleep(0)  #@ others first
    print("crunched")  #@ crunched

#@ function main
async def main(n=10, cut=0.002, beat=0.1):
    pulse = asyncio.create_task(heartbeat(beat))  #@ pulse
    await asyncio.create_task(crunch(n, cut))  #@ crunch
    await asyncio.sleep(1.5 * beat)  #@ rest

asyncio.run(main())

#@ function main_2
async def main_2(n=10, cut=0.002, beat=0.1):
    pulse = asyncio.create_task(heartbeat(beat))  #@ two pulse
    await asyncio.gather(crunch(n, cut), crunch(n, cut))  #@ two crunch
    await asyncio.sleep(1.5 * beat)  #@ two rest

asyncio.run(main_2())

#@ end


def start(variant, values, network):
    """Gives the variant's main coroutine, as in the C++ file."""
    if variant == "one-piece":
        return main_one_piece(values["period"])
    story = main if variant == "pieces" else main_2
    return story(values["pieces"], values["overhead"], values["period"])
