"""What holds the thread in a story, on whatever clock there is.

By itself cpu() computes and time.sleep() sleeps. The runner of twins puts a virtual clock in their
place, which they move.
"""

import time


def cpu(seconds):
    """Computes for so long."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass


def set_clock(loop):
    """From now on, whoever holds the thread moves the clock of `loop`."""
    global cpu
    cpu = loop.advance
    time.sleep = loop.advance
