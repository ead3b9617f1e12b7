"""What holds the thread in a story, on whatever clock there is.

By itself cpu() computes and time.sleep() sleeps. The runner of twins puts a virtual clock in their
place, which they move, and a virtual machine in that of threads and processes. A twin's start() sets
that up by `stage.machine`.
"""

import asyncio
import concurrent.futures
import time

import virtual_machine

machine = None  # virtual_machine.Machine of the run in progress


def cpu(seconds):
    """Computes for so long. The thread's own time counts: one that waits for the interpreter does not
    get on."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


async def http(seconds):
    """Asks a server, whose answer comes after so long."""
    await asyncio.sleep(seconds)


class Session:
    """A connection that is opened and closed."""

    async def __aenter__(self):
        await asyncio.sleep(0.2)

    async def __aexit__(self, *error):
        await asyncio.sleep(0.1)


def set_clock(loop):
    """From now on, whoever holds a thread moves the clock of `loop`, and executors live on it."""
    global cpu, http, machine
    cpu = loop.cpu
    http = loop.readable_after
    time.sleep = loop.block
    machine = virtual_machine.Pool.machine_of_the_run = loop.machine
    concurrent.futures.ThreadPoolExecutor = virtual_machine.ThreadPoolExecutor
    concurrent.futures.ProcessPoolExecutor = virtual_machine.ProcessPoolExecutor
