"""CPython's own asyncio on a clock that only moves when it is told to.

Every order is decided by the interpreter that runs this: its ready queue, its timer heap, its
tasks and futures. Replaced is only what asyncio leaves to the world outside. Time stands still
while code runs; where the loop would sleep in its selector, the clock jumps to the next deadline
or to the moment at which a socket becomes readable. Times are whole microseconds, so that sums of
decimals meet.
"""

import asyncio
import collections.abc
import contextlib
import itertools
import math
import selectors


class Stuck(Exception):
    """Nothing is ready, and no timer and no socket is left: main can never end."""


class ScriptedSelector(selectors.BaseSelector):
    """Sockets that become readable at chosen times. Sleeping moves the clock of `loop`."""

    def __init__(self):
        self.loop = None
        self.registered = {}
        self.arrivals = []  # (moment, number): equal moments in the order in which they were asked for
        self.numbers = itertools.count(1_000_000)  # above every real file descriptor

    def socket_readable_at(self, moment):
        """The number of a new socket."""
        number = next(self.numbers)
        if moment < math.inf:
            self.arrivals.append((moment, number))
            self.arrivals.sort()
        return number

    def forget(self, number):
        """Nobody waits for it any more."""
        self.arrivals = [arrival for arrival in self.arrivals if arrival[1] != number]

    def register(self, fileobj, events, data=None):
        fd = fileobj if isinstance(fileobj, int) else fileobj.fileno()
        self.registered[fileobj] = selectors.SelectorKey(fileobj, fd, events, data)
        return self.registered[fileobj]

    def unregister(self, fileobj):
        return self.registered.pop(fileobj)

    def get_map(self):
        return self.registered

    def select(self, timeout=None):
        if timeout is None and not self.arrivals:
            raise Stuck
        until = [moment - self.loop.time() for moment, _ in self.arrivals[:1]]
        if timeout is not None:
            until.append(timeout)
        if min(until) > 0:
            self.loop.advance(min(until))
        ready = [number for moment, number in self.arrivals if moment <= self.loop.time()]
        self.arrivals = self.arrivals[len(ready):]
        return [(self.registered[number], selectors.EVENT_READ) for number in ready]


class Watched(collections.abc.Coroutine):
    """A coroutine that reports each step which the loop gives to its task."""

    def __init__(self, coroutine, report):
        self.coroutine = coroutine
        self.report = report

    def send(self, value):
        self.report()
        return self.coroutine.send(value)

    def throw(self, *error):
        self.report()
        return self.coroutine.throw(*error)

    def close(self):
        self.coroutine.close()

    def __await__(self):
        return self.coroutine.__await__()


class VirtualLoop(asyncio.SelectorEventLoop):
    """Keeps a record of what was printed and of every step of a task."""

    def __init__(self):
        self.now = 0.0
        self.log = []
        self.switches = []
        self.tasks = []
        self.sockets = ScriptedSelector()
        self.sockets.loop = self
        super().__init__(self.sockets)
        self._clock_resolution = 1e-9  # a timer is due when its deadline is not later than now
        self.set_exception_handler(lambda loop, context: None)

    def time(self):
        return self.now

    def advance(self, seconds):
        self.now = round(self.now + seconds, 6)

    def call_at(self, when, callback, *args, **options):
        return super().call_at(round(when, 6), callback, *args, **options)

    def create_task(self, coroutine, *, name=None, **options):
        """Numbers the tasks from 1 in each run; asyncio's own counter goes on for ever."""
        index = len(self.tasks)
        self.tasks.append(None)  # an eager task may make others before it is known itself
        watched = Watched(coroutine, self.report_switch)
        name = name or f"Task-{index + 1}"
        factory = self.get_task_factory()  # such as eager_task_factory of 3.12
        self.tasks[index] = (factory(self, watched, name=name, **options) if factory
                             else asyncio.Task(watched, loop=self, name=name, **options))
        return self.tasks[index]

    def report_switch(self):
        self.switches.append([self.now, asyncio.current_task(self).get_name()])

    async def readable_after(self, seconds):
        """Waits until a new socket has become readable; for ever when it never does."""
        number = self.sockets.socket_readable_at(round(self.now + seconds, 6))
        arrived = self.create_future()

        def read():
            self.remove_reader(number)
            if not arrived.done():
                arrived.set_result(None)

        self.add_reader(number, read)
        try:
            await arrived
        except asyncio.CancelledError:
            self.sockets.forget(number)
            self.remove_reader(number)
            raise

    def print(self, *values):
        """Stands for print() in a story."""
        task = asyncio.current_task(self)
        self.log.append({"t": self.now, "task": task.get_name() if task else None,
                         "text": " ".join(map(str, values))})


def outcome_of(error):
    """An exception with the fields of a run's outcome."""
    fields = {"kind": "exception", "type": type(error).__name__, "message": str(error)}
    if isinstance(error, RecursionError):
        fields["message"] = "maximum recursion depth exceeded"  # and of what, as the version has it
    if isinstance(error, BaseExceptionGroup):
        fields["message"] = error.message
        fields["exceptions"] = [outcome_of(inner) for inner in error.exceptions]
    return fields


def waiting(loop):
    return [t.get_name() for t in loop.tasks if not t.done()]


def run(loop, main, launch="run"):
    """Does what asyncio.run does, on `loop`, or no more than loop.run_until_complete() when that is
    the launch. Gives log, switches, outcome and total."""
    task = loop.create_task(main)
    outcome = {"kind": "result", "value": None}
    total = []
    task.add_done_callback(lambda _: total.append(loop.time()))
    try:
        loop.run_until_complete(task)
    except Stuck:
        outcome = {"kind": "deadlock", "waiting": waiting(loop)}
    except BaseException as error:
        outcome = outcome_of(error)
    if outcome["kind"] != "deadlock" and launch == "run":
        left = [t for t in loop.tasks if not t.done()]
        try:
            for t in left:
                t.cancel()
            if left:
                loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        except Stuck:
            outcome = {"kind": "deadlock", "waiting": waiting(loop)}
        except RecursionError as error:  # of cancelling tasks that await each other in a circle
            outcome = outcome_of(error)
    record = {"log": loop.log[:], "switches": loop.switches[:], "outcome": outcome,
              "total": total[0] if total else loop.time()}
    for coroutine in filter(None, [t.get_coro() for t in loop.tasks]):  # none: eager, and done at once
        with contextlib.suppress(Exception, BaseExceptionGroup):  # of one that would go on outside the loop
            coroutine.close()
    loop.close()
    return record
