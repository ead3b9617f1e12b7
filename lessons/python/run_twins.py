"""Runs Python twins of lessons on a virtual clock.

Reads a JSON list of cases from standard input and writes the list of their records. A case:

    file       the twin
    variant    one of the lesson's
    values     a value for each parameter
    launch     "run": what asyncio.run() does; or "run_until_complete", which cancels nothing
    as_shown   run the coroutine that the story itself gives to asyncio.run(), or to a loop, in place
               of the one that start() makes with the values

A case may have `source` in place of all these: a program that runs itself by asyncio.run() at its
end. When it does not come as far as that, its outcome is the exception.

A record has log, switches, outcome and total, with the meanings that `loopscope run --json` has.
"""

import asyncio
import json
import pathlib
import sys
from unittest import mock

import aiohttp
import stage
import virtual_clock

sources = {}


class ShownLoop:
    """The loop that a story makes at its end. It only keeps what it is asked to run."""

    def __init__(self, keep):
        self.run_until_complete = keep

    def close(self):
        pass


def load(file, print_function):
    """The twin as a module's names, and what it gave to asyncio.run(), or to a loop that it made, by
    the coroutine's name."""
    if file not in sources:
        sources[file] = compile(pathlib.Path(file).read_text(encoding="utf-8"), file, "exec")
    shown = {}

    def keep(coroutine):
        shown[coroutine.__name__] = coroutine

    names = {"__name__": "twin", "print": print_function}
    with (mock.patch.object(asyncio, "run", keep),
          mock.patch.object(asyncio, "new_event_loop", lambda: ShownLoop(keep)),
          mock.patch.object(asyncio, "get_event_loop", lambda: ShownLoop(keep))):
        exec(sources[file], names)
    return names, shown


def record_of_source(source):
    loop = virtual_clock.VirtualLoop(aiohttp.Network())
    stage.set_clock(loop)
    ran = []
    names = {"__name__": "puzzle", "print": loop.print}
    real_run = asyncio.run
    asyncio.run = lambda coroutine: ran.append(virtual_clock.run(loop, coroutine))
    try:
        exec(compile(source, "puzzle", "exec"), names)
    except Exception as error:
        return {"log": [], "switches": [], "outcome": virtual_clock.outcome_of(error), "total": 0.0}
    finally:
        asyncio.run = real_run
    return ran[0]


def record_of(case):
    if "source" in case:
        return record_of_source(case["source"])
    aiohttp.network = aiohttp.Network()
    loop = virtual_clock.VirtualLoop(aiohttp.network)
    stage.set_clock(loop)
    names, shown = load(case["file"], loop.print)
    main = names["start"](case["variant"], case["values"], aiohttp.network)
    if case["as_shown"]:
        main.close()
        main = shown.pop(main.__name__)
    for other in shown.values():
        other.close()
    return virtual_clock.run(loop, main, case["launch"])


json.dump([record_of(case) for case in json.load(sys.stdin)], sys.stdout)
