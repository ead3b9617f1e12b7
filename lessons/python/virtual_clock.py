"""CPython's own asyncio on a clock that only moves when it is told to.

Every order is decided by the interpreter that runs this: its ready queue, its timer heap, its
tasks and futures. Replaced is only what asyncio leaves to the world outside. Time stands still
while code runs; where the loop would sleep in its selector, the clock jumps to the next deadline
or to the moment at which a socket becomes readable. Threads and processes live beside the loop in the
same time (virtual_machine.py). Times are whole microseconds, so that sums of decimals meet.
"""

import asyncio
import collections.abc
import contextlib
import itertools
import math
import selectors

import virtual_machine
import virtual_socket


class Stuck(Exception):
    """Nothing is ready, and no timer and no socket is left: main can never end."""


class ScriptedSelector(selectors.BaseSelector):
    """Sockets that become readable at chosen times. Sleeping moves the clock of `loop`."""

    def __init__(self):
        self.loop = None
        self.registered = {}
        self.arrivals = []  # (moment, number): equal moments in the order in which they were asked for
        self.streams = {}  # sockets that may become readable again and again, by number
        self.machine = None
        self.numbers = itertools.count(1_000_000)  # above every real file descriptor

    def socket_readable_at(self, moment):
        """The number of a new socket."""
        number = next(self.numbers)
        if moment < math.inf:
            self.add_arrival(moment, number)
        return number

    def add_stream(self, stream):
        """The number of a socket that tells by itself when it is readable."""
        number = next(self.numbers)
        self.streams[number] = stream
        return number

    def watch(self, number):
        """It has been registered, or read: the next moment counts at which something is there."""
        self.add_arrival(self.streams[number].readable_at(), number)

    def add_arrival(self, moment, number):
        self.arrivals.append((moment, number))
        self.arrivals.sort(key=lambda arrival: arrival[0])

    def forget(self, number):
        """Nobody waits for it any more."""
        self.arrivals = [arrival for arrival in self.arrivals if arrival[1] != number]

    def register(self, fileobj, events, data=None):
        fd = fileobj if isinstance(fileobj, int) else fileobj.fileno()
        self.registered[fileobj] = selectors.SelectorKey(fileobj, fd, events, data)
        if fd in self.streams:
            self.watch(fd)
        return self.registered[fileobj]

    def unregister(self, fileobj):
        key = self.registered.pop(fileobj)
        if key.fd in self.streams:
            self.forget(key.fd)
        return key

    def get_map(self):
        return self.registered

    def select(self, timeout=None):
        until = [moment for moment, _ in self.arrivals[:1]]
        if timeout is not None:
            until.append(round(self.loop.time() + timeout, 6))
        self.sleep(min(until, default=None))
        ready = [number for moment, number in self.arrivals if moment <= self.loop.time()]
        self.arrivals = self.arrivals[len(ready):]
        return [(self.registered[number], selectors.EVENT_READ) for number in ready]

    def sleep(self, until):
        if self.machine.busy():
            if until is not None and until <= self.loop.time():
                self.machine.look_around()
            elif not self.machine.rest(None if until is None else virtual_machine.microseconds(until),
                                       lambda: self.arrivals[:1] and self.arrivals[0][0] <= self.loop.time()):
                raise Stuck
        elif until is None:
            raise Stuck
        elif until > self.loop.time():
            self.loop.advance(until - self.loop.time())


class InOrder(dict):
    """A set that keeps its order."""

    def add(self, item):
        self[item] = None

    def discard(self, item):
        self.pop(item, None)


class TaskGroup(asyncio.TaskGroup):
    """Cancels its tasks in the order of their creation, where a set has whatever order it has."""

    def __init__(self):
        super().__init__()
        self._tasks = InOrder()


asyncio.TaskGroup = TaskGroup


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

    def __init__(self, network=None):
        self.now = 0.0
        self.network = network
        self.log = []
        self.switches = []
        self.tasks = []
        self.sockets = ScriptedSelector()
        self.sockets.loop = self
        self.machine = self.sockets.machine = virtual_machine.Machine(self)
        self.wake_up_pending = False
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

    def cpu(self, seconds):
        """Stands for cpu() in a story."""
        self.machine.hold(True, seconds)

    def block(self, seconds):
        """Stands for time.sleep() in a story."""
        self.machine.hold(False, seconds)

    def _write_to_self(self):
        """Another thread has posted something: the pipe to the loop becomes readable."""
        if not self.wake_up_pending and self._ssock is not None:
            self.wake_up_pending = True
            self.sockets.add_arrival(self.now, self._ssock.fileno())

    def _read_from_self(self):
        self.wake_up_pending = False

    async def shutdown_default_executor(self, timeout=None):
        """As asyncio's, whose thread that waits for the others would be a real one."""
        self._executor_shutdown_called = True
        if self._default_executor is None:
            return
        ended = self.create_future()

        def tell():
            if not self.is_closed():
                self.call_soon_threadsafe(lambda: ended.done() or ended.set_result(None))

        self._default_executor.shut_down(False, tell)
        try:
            async with asyncio.timeout(timeout):
                await ended
        except TimeoutError:
            self.print("RuntimeWarning: The executor did not finishing joining its threads within "
                       f"{timeout} seconds.")

    def join_threads(self):
        """What asyncio.run() does last, unless there is nothing to wait for."""
        if self._default_executor is None or self._executor_shutdown_called:
            return
        if self._default_executor.busy():
            self.run_until_complete(self.create_task(self.shutdown_default_executor(300)))
            return
        self._executor_shutdown_called = True
        self._default_executor.shut_down(False, None)
        self.machine.look_around()

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

    async def create_connection(self, protocol_factory, host=None, port=None, **options):
        """To a host of the script; its name costs nothing to look up."""
        await self.readable_after(0)
        if (host, port) not in self.network.pieces:
            raise ConnectionRefusedError(f"[Errno 111] Connect call failed ('{host}', {port})")
        sock = virtual_socket.VirtualSocket(self, (host, port), self.network.pieces[host, port])
        return await super().create_connection(protocol_factory, sock=sock, **options)

    def print(self, *values):
        """Stands for print() in a story."""
        task = None if virtual_machine.current_worker() else asyncio.current_task(self)
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
            loop.join_threads()
        except Stuck:
            outcome = {"kind": "deadlock", "waiting": waiting(loop)}
        except RecursionError as error:  # of cancelling tasks that await each other in a circle
            outcome = outcome_of(error)
    record = {"log": loop.log[:], "switches": loop.switches[:], "outcome": outcome,
              "total": total[0] if total else loop.time()}
    loop.machine.close()
    for coroutine in filter(None, [t.get_coro() for t in loop.tasks]):  # none: eager, and done at once
        with contextlib.suppress(Exception, BaseExceptionGroup):  # of one that would go on outside the loop
            coroutine.close()
    loop.close()
    return record
