# Put it together.
#
# Ten pages of one shop. Two never answer, and the server refuses a crowd. A gate limits how many are
# asked for at once, a timeout how long each may take; and what becomes of an error is a choice.

import math

from stage import cpu


class Crawler:
    """What the pages share."""

    def __init__(self, places, limit, parse):
        self.gate = asyncio.Semaphore(places)
        self.session = aiohttp.ClientSession()
        self.limit = limit
        self.parse = parse


URLS = [f"http://shop/{page}" for page in "abcdefghij"]

#@ story
import asyncio, aiohttp

#@ function get
async def get(my, url):
    async with asyncio.timeout(my.limit):
        return await my.session.get(url)  #@ get

#@ function save
async def save(my, url):
    async with my.gate:  #@ gate
        page = await get(my, url)
    page.raise_for_status()  #@ check
    cpu(my.parse)  #@ parse
    print(f"saved {url}")  #@ saved

#@ function main
async def main(k=3, limit=2.0, parse=0.05):
    my = Crawler(k, limit, parse)  #@ my
    pages = [save(my, url) for url in URLS]
    try:
        await asyncio.gather(*pages)  #@ gather
    except Exception as error:
        print(f"gave up: {type(error).__name__}")  #@ gave up

asyncio.run(main())

#@ function main_keep_errors
async def main_keep_errors(k=3, limit=2.0, parse=0.05):
    my = Crawler(k, limit, parse)  #@ keep my
    pages = [save(my, url) for url in URLS]
    everyone = asyncio.gather(*pages, return_exceptions=True)  #@ keep everyone
    results = await everyone  #@ keep gather
    failed = [r for r in results if isinstance(r, Exception)]
    print(f"failed: {len(failed)}")  #@ failed

asyncio.run(main_keep_errors())

#@ function main_group
async def main_group(k=3, limit=2.0, parse=0.05):
    my = Crawler(k, limit, parse)  #@ group my
    async with asyncio.TaskGroup() as group:  #@ group
        for url in URLS:
            group.create_task(save(my, url))  #@ group create

asyncio.run(main_group())

#@ function save_or_skip
async def save_or_skip(my, url):
    try:
        async with my.gate:  #@ own gate
            page = await get(my, url)
        page.raise_for_status()  #@ own check
        cpu(my.parse)  #@ own parse
        print(f"saved {url}")  #@ own saved
    except Exception as error:
        print(f"lost {url}: {type(error).__name__}")  #@ lost

#@ function main_per_page
async def main_per_page(k=3, limit=2.0, parse=0.05):
    my = Crawler(k, limit, parse)  #@ own my
    pages = [save_or_skip(my, url) for url in URLS]
    await asyncio.gather(*pages)  #@ own gather

asyncio.run(main_per_page())

#@ end


def start(variant, values, network):
    """Sets the stage and gives the variant's main coroutine, as in the C++ file."""
    network.set_capacity(4)
    for url, latency in zip(URLS, [0.3, 0.8, 0.5, math.inf, 0.4, 0.6, 0.2, math.inf, 0.7, 0.5]):
        network.set_latency(url, latency)
    story = {"gather": main, "keep-errors": main_keep_errors, "group": main_group, "per-page": main_per_page}[variant]
    return story(values["k"], values["limit"], values["parse"])
