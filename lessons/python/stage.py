"""What holds the thread in a story, on whatever clock there is.

By itself cpu() computes and time.sleep() sleeps. The runner of twins puts a virtual clock in their
place, which they move, and a virtual machine in that of threads and processes. A twin's start() sets
that up by `stage.machine`.
"""

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


def set_clock(loop):
    """From now on, whoever holds a thread moves the clock of `loop`, and executors live on it."""
    global cpu, machine
    cpu = loop.cpu
    time.sleep = loop.block
    machine = virtual_machine.Pool.machine_of_the_run = loop.machine
    concurrent.futures.ThreadPoolExecutor = virtual_machine.ThreadPoolExecutor
    concurrent.futures.ProcessPoolExecutor = virtual_machine.ProcessPoolExecutor
