"""Stands in for aiohttp: the part that the lessons use, on a network that answers by the script."""

import asyncio
import math


class Network:
    """Which page answers what, and after how long; as core/asyncio/network.h has it."""

    def __init__(self):
        self.latencies = {}
        self.bodies = {}
        self.connect_cost = 0.0
        self.capacities = {}
        self.unanswered = {}  # by host: when each answer is due
        self.pieces = {}  # by host and port: what it sends to whom connects, and when

    def set_latency(self, url, seconds):
        self.latencies[url] = seconds

    def set_body(self, url, body):
        self.bodies[url] = body

    def set_connect_cost(self, seconds):
        self.connect_cost = seconds

    def set_capacity(self, requests, host=None):
        """How many requests a host, or each of the others, works on at a time: it refuses more."""
        self.capacities[host] = requests

    def set_pieces(self, host, port, pieces):
        """What a host sends: (seconds after a connection is made, bytes), and then the end."""
        self.pieces[host, port] = pieces

    def take_place(self, host, latency, now):
        """When the answer is due; nothing if the host refuses."""
        busy = [due for due in self.unanswered.get(host, []) if due > now]
        self.unanswered[host] = busy
        if len(busy) >= self.capacities.get(host, self.capacities.get(None, math.inf)):
            return None
        busy.append(round(now + latency, 6))
        return busy[-1]

    def let_go(self, host, due):
        """The client has its answer, or has given up."""
        if due in self.unanswered[host]:
            self.unanswered[host].remove(due)


network = Network()  # of the run in progress; the runner puts a new one here each time


class ClientError(Exception):
    pass


class ClientResponseError(ClientError):
    def __init__(self, status, message, url):
        super().__init__(f"{status}, message={message!r}, url={url!r}")
        self.status = status


class ClientResponse:
    def __init__(self, url, status, body):
        self.url = url
        self.status = status
        self.ok = status < 400
        self.body = body

    def raise_for_status(self):
        if not self.ok:
            raise ClientResponseError(self.status, "Service Unavailable", self.url)

    async def text(self):
        return self.body


class Request:
    """What session.get() gives: entering or awaiting it sends the request and waits for the answer."""

    def __init__(self, session, url):
        self.session = session
        self.url = url

    async def __aenter__(self):
        loop = asyncio.get_running_loop()
        if not self.session.connected:
            self.session.connected = True
            if network.connect_cost > 0:
                await loop.readable_after(network.connect_cost)
        host = self.url.split("://")[-1].split("/")[0]
        latency = network.latencies.get(self.url, 0)
        due = network.take_place(host, latency, loop.time())
        if due is None:
            await loop.readable_after(0)
            return ClientResponse(self.url, 503, "Service Unavailable")
        try:
            await loop.readable_after(latency)
        finally:
            network.let_go(host, due)
        return ClientResponse(self.url, 200, network.bodies.get(self.url, f"page {self.url}"))

    def __await__(self):
        return self.__aenter__().__await__()

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
