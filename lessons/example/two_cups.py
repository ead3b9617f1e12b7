# Two cups of tea: the smallest complete lesson, to copy from. It is tested, but not in the catalog.

#@ story
import asyncio

async def brew(tea, minutes):
    await asyncio.sleep(minutes)  #@ draw
    print(f"{tea} is ready")  #@ ready

#@ function main
async def main(green=2.0, black=3.0):
    first = asyncio.create_task(brew("green", green))  #@ create
    await brew("black", black)  #@ black
    await first  #@ green

asyncio.run(main())

#@ function main_in_order
async def main_in_order(green=2.0, black=3.0):
    await brew("green", green)  #@ green first
    await brew("black", black)  #@ black then

asyncio.run(main_in_order())

#@ end


def start(variant, values, network):
    """The variant's main coroutine, with the learner's values, as in the C++ file."""
    story = main if variant == "together" else main_in_order
    return story(values["green"], values["black"])
