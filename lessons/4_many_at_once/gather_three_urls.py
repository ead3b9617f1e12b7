# Three pages at once.
#
# Requests spend their time on waiting for the other side, so several of them can wait together.
# gather() makes a task of each and gives the pages back in the order in which they were asked for,
# whatever the order in which they came.

#@ story
import asyncio, aiohttp

URLS = ["http://a.example",
        "http://b.example",
        "http://c.example"]

#@ function fetch_url
async def fetch_url(session, url):
    async with session.get(url) as response:  #@ get
        page = await response.text()  #@ text
        print(f"got {page}")  #@ got
        return page

#@ function main_sequential
async def main_sequential(urls=URLS):
    pages = []
    async with aiohttp.ClientSession() as session:  #@ sequential session
        for url in urls:
            page = await fetch_url(session, url)  #@ sequential fetch
            pages.append(page)
    print("pages:", ", ".join(pages))  #@ sequential pages

asyncio.run(main_sequential())

#@ function main
async def main(urls=URLS):
    async with aiohttp.ClientSession() as session:  #@ session
        fetches = [fetch_url(session, url) for url in urls]
        pages = await asyncio.gather(*fetches)  #@ gather
    print("pages:", ", ".join(pages))  #@ pages

asyncio.run(main())

#@ function fetch_alone
async def fetch_alone(url):
    async with aiohttp.ClientSession() as session:  #@ own session
        async with session.get(url) as response:  #@ own get
            page = await response.text()  #@ own text
            print(f"got {page}")  #@ own got
            return page

#@ function main_session_per_request
async def main_session_per_request(urls=URLS):
    fetches = [fetch_alone(url) for url in urls]
    pages = await asyncio.gather(*fetches)  #@ own gather
    print("pages:", ", ".join(pages))  #@ own pages

asyncio.run(main_session_per_request())

#@ end


def start(variant, values, network):
    """Sets the stage and gives the variant's main coroutine, as in the C++ file."""
    urls = []
    for letter in "abcdefghij"[:values["pages"]]:
        url = f"http://{letter}.example"
        network.set_latency(url, values["latency_" + letter])
        network.set_body(url, letter.upper())
        urls.append(url)
    if variant == "session-per-request":
        network.set_connect_cost(values["connect"])
        return main_session_per_request(urls)
    return main(urls) if variant == "gather" else main_sequential(urls)
