"""Runs Python twins of lessons on a virtual clock.

Reads a JSON list of cases from standard input and writes the list of their records. A case:

    file       the twin
    variant    one of the lesson's
    values     a value for each parameter
    launch     "run": what asyncio.run() does; or "run_until_complete", which cancels nothing
    as_shown   run the coroutine that the story itself gives to asyncio.run(), in place of the one
               that start() makes with the values

A record has log, switches, outcome and total, with the meanings that `loopscope run --json` has.
"""

import asyncio
import json
import pathlib
import sys

import aiohttp
import stage
import virtual_clock

sources = {}


def load(file, print_function):
    """The twin as a module's names, and what it gave to asyncio.run() by the coroutine's name."""
    if file not in sources:
        sources[file] = compile(pathlib.Path(file).read_text(encoding="utf-8"), file, "exec")
    shown = {}
    names = {"__name__": "twin", "print": print_function}
    real_run = asyncio.run
    asyncio.run = lambda coroutine: shown.setdefault(coroutine.__name__, coroutine)
    try:
        exec(sources[file], names)
    finally:
        asyncio.run = real_run
    return names, shown


def record_of(case):
    loop = virtual_clock.VirtualLoop()
    stage.set_clock(loop)
    aiohttp.network = aiohttp.Network()
    names, shown = load(case["file"], loop.print)
    main = names["start"](case["variant"], case["values"], aiohttp.network)
    if case["as_shown"]:
        main.close()
        main = shown.pop(main.__name__)
    for other in shown.values():
        other.close()
    return virtual_clock.run(loop, main, case["launch"])


json.dump([record_of(case) for case in json.load(sys.stdin)], sys.stdout)
