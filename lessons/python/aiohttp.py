"""Stands in for aiohttp: the part that the lessons use, on a network that answers by the script."""

import asyncio


class Network:
    """Which page answers what, and after how long; as core/asyncio/network.h has it."""

    def __init__(self):
        self.latencies = {}
        self.bodies = {}
        self.connect_cost = 0.0

    def set_latency(self, url, seconds):
        self.latencies[url] = seconds

    def set_body(self, url, body):
        self.bodies[url] = body

    def set_connect_cost(self, seconds):
        self.connect_cost = seconds


network = Network()  # of the run in progress; the runner puts a new one here each time


class ClientResponse:
    def __init__(self, body):
        self.body = body

    async def text(self):
        return self.body


class Request:
    """What session.get() gives: entering it sends the request and waits for the answer."""

    def __init__(self, session, url):
        self.session = session
        self.url = url

    async def __aenter__(self):
        loop = asyncio.get_running_loop()
        if not self.session.connected:
            self.session.connected = True
            if network.connect_cost > 0:
                await loop.readable_after(network.connect_cost)
        await loop.readable_after(network.latencies[self.url])
        return ClientResponse(network.bodies[self.url])

    async def __aexit__(self, *error):
        pass


class ClientSession:
    def __init__(self):
        self.connected = False

    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        pass

    def get(self, url):
        return Request(self, url)
