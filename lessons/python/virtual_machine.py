"""Threads, processes and Python's interpreter lock on a virtual clock.

The model is that of core/asyncio/machine.h and simulated_pool.h, so that a story has the same log in
both languages: cores, the lock with its switch interval, what processes cost. Functions run in real
Python threads of which exactly one has its turn; where one would compute or sleep, it hands the turn
back, and the machine moves the clock. What reaches the event loop does so by CPython's own ways:
concurrent.futures.Future, asyncio.wrap_future and loop.call_soon_threadsafe decide the order.
"""

import collections
import concurrent.futures
import math
import threading

NOTHING_LEFT = 0.01  # microseconds: shares of a core are fractions, so a rest may miss zero
here = threading.local()  # .worker: whose thread this is


def current_worker():
    """The worker on whose thread this is called; None on the loop's own."""
    return getattr(here, "worker", None)


def microseconds(seconds):
    return round(seconds * 1e6)


class Unwinding(BaseException):
    """Takes a function off a worker's stack when its machine goes away."""


class Lane:
    """One thread that takes part: the loop's own, or a worker's."""

    def __init__(self, shares_gil):
        self.shares_gil = shares_gil
        self.state = "idle"  # starting, idle, waiting, running, computing, resting, over
        self.number = 0  # of the work in progress: what began first ends first
        self.remaining = 0.0  # microseconds still to compute; 0 when it is to run code
        self.since = 0  # when it asked for the interpreter, or got it
        self.until = None  # while resting


class Worker(Lane):
    """A thread that has the turn only between resume() and pause()."""

    def __init__(self, shares_gil, name, body):
        super().__init__(shares_gil)
        self.mine, self.theirs = threading.Semaphore(0), threading.Semaphore(0)
        self.unwinds = False

        def live():
            here.worker = self
            self.mine.acquire()
            try:
                if not self.unwinds:
                    body(self)
            except Unwinding:
                pass
            finally:
                self.state = "over"
                self.theirs.release()

        self.thread = threading.Thread(target=live, name=name, daemon=True)
        self.thread.start()

    def resume(self):
        self.mine.release()
        self.theirs.acquire()

    def pause(self):
        if not self.unwinds:
            self.theirs.release()
            self.mine.acquire()
        if self.unwinds:
            raise Unwinding


class Machine:
    """The computer on the stage. Times are whole microseconds."""

    def __init__(self, loop):
        self.loop = loop
        self.cores = 8
        self.gil = True
        self.switch_interval = 5000
        self.start_up, self.transfer = 0.1, 0.001
        self.loop_lane = Lane(True)
        self.loop_lane.state = "running"
        self.woken = None  # while the loop's thread rests
        self.workers = []
        self.pools = []
        self.alarms = []  # (when, what), by time, then in the order in which they were set
        self.preparations = []
        self.pending = 0
        self.holder = self.loop_lane  # of the interpreter
        self.line = []  # who waits for it
        self.runnable = []  # who may run code without it
        self.running = None  # the worker whose code has the turn
        self.last_number = 0

    # ---- the stage ----

    def set_cores(self, cores):
        self.cores = cores

    def set_free_threaded(self, free_threaded):
        self.gil = not free_threaded
        self.loop_lane.shares_gil = self.gil

    def set_switch_interval(self, seconds):
        self.switch_interval = microseconds(seconds)

    def set_process_costs(self, start_up, transfer):
        self.start_up, self.transfer = start_up, transfer

    # ---- for executors ----

    def start_worker(self, process, name, start_up, body):
        worker = Worker(self.gil and not process, name, body)
        self.workers.append(worker)
        if process:
            worker.state = "starting"
            self.at(self.now() + start_up, lambda: self.ask(worker))
        elif self.running:
            self.ask(worker)
        else:
            self.run_ahead(worker)

    def idle(self, worker):
        worker.state = "idle"
        worker.pause()

    def wake(self, worker):
        if worker.state == "idle":
            self.ask(worker)

    def at(self, when, what):
        self.alarms.append((when, what))
        self.alarms.sort(key=lambda alarm: alarm[0])

    def block_until(self, over):
        while not over() and self.rest(None, over):
            pass

    def close(self):
        """Unwinds the functions that workers are in the middle of."""
        for worker in self.workers:
            worker.unwinds = True
            if worker.state != "over":
                worker.resume()
            worker.thread.join()
        for pool in self.pools:
            pool.forget_machine()

    # ---- for whoever holds a thread ----

    def hold(self, computes, seconds):
        """cpu() or time.sleep() in a story, on whatever thread it is called."""
        span = max(microseconds(seconds), 0)
        worker = current_worker()
        if worker:
            self.work(worker, computes, span)
        elif not self.busy():
            self.loop.advance(span / 1e6)
        elif computes:
            self.compute(span)
        else:
            self.rest(self.now() + span, lambda: False)

    def work(self, worker, computes, span):
        self.last_number += 1
        worker.number = self.last_number
        if not computes:
            worker.state = "resting"
            worker.until = self.now() + span
            worker.pause()
        elif span > 0:
            worker.state = "computing"
            worker.remaining = float(span)
            worker.pause()

    # ---- the loop's thread meanwhile ----

    def now(self):
        return microseconds(self.loop.now)

    def busy(self):
        return (self.pending > 0 or bool(self.alarms)
                or any(w.state not in ("idle", "over") for w in self.workers))

    def look_around(self):
        """The loop looks at its selector without sleeping."""
        while True:
            if self.do_one_thing():
                continue
            wants_code = [lane for lane in self.line if lane.remaining == 0]
            if not wants_code:
                return
            self.line.remove(wants_code[0])
            self.run_ahead(wants_code[0])

    def compute(self, span):
        if span <= 0:
            return
        self.loop_lane.state = "computing"
        self.loop_lane.remaining = float(span)
        self.last_number += 1
        self.loop_lane.number = self.last_number
        self.live()
        self.back_to_the_loop()

    def rest(self, until, woken):
        """False when there is no moment and nobody will ever wake it."""
        if self.gil:
            self.holder = None
        self.loop_lane.state = "resting"
        self.loop_lane.until = until
        self.woken = woken
        lived = self.live()
        self.woken = None
        self.back_to_the_loop()
        return lived

    def back_to_the_loop(self):
        if self.gil and self.holder is not self.loop_lane:  # only when the program is stuck
            self.line = [lane for lane in self.line if lane is not self.loop_lane]
            self.holder = self.loop_lane
        self.loop_lane.state = "running"
        self.loop_lane.remaining = 0.0

    # ---- how it lives ----

    def live(self):
        """Until the loop's thread can go on; False when nothing will ever happen again."""
        while True:
            self.do_what_is_due()
            if self.loop_lane.state == "running":
                return True
            if any([prepare() for prepare in self.preparations]):
                continue
            if not self.pass_time():
                return False

    def do_what_is_due(self):
        loop_lane = self.loop_lane
        while True:
            if self.do_one_thing() or self.pass_interpreter():
                continue
            if self.is_done_computing(loop_lane):
                loop_lane.state = "running"
            wakes = loop_lane.state == "resting" and (
                (loop_lane.until is not None and loop_lane.until <= self.now()) or self.woken())
            if not wakes:
                return
            loop_lane.remaining = 0.0
            if not self.gil:
                loop_lane.state = "running"
                return
            self.ask(loop_lane)

    def do_one_thing(self):
        """One thing that takes no time and needs no interpreter, or brings a worker to ask for it."""
        if self.ring_alarm() or self.end_work():
            return True
        if not self.runnable:
            return False
        self.run_code(self.runnable.pop(0))
        return True

    def ring_alarm(self):
        if not self.alarms or self.alarms[0][0] > self.now():
            return False
        self.alarms.pop(0)[1]()
        return True

    def end_work(self):
        ends = [w for w in self.workers
                if (w.state == "resting" and w.until <= self.now()) or self.is_done_computing(w)]
        if not ends:
            return False
        first = min(ends, key=lambda w: w.number)
        first.remaining = 0.0
        if first.state == "computing":  # it goes on with what it has
            self.run_code(first)
        else:
            self.ask(first)
        return True

    def pass_interpreter(self):
        if not self.gil or self.holder or not self.line:
            return False
        lane = self.holder = self.line.pop(0)
        lane.since = self.now()
        if lane.remaining > 0:
            lane.state = "computing"
        elif lane is self.loop_lane:
            lane.state = "running"
        else:
            self.run_code(lane)
        return self.loop_lane.state != "running"

    def has_core(self, lane):
        return not lane.shares_gil or self.holder is lane

    def computes(self, lane):
        return lane.state == "computing" and self.has_core(lane)

    def is_done_computing(self, lane):
        return self.computes(lane) and lane.remaining < NOTHING_LEFT

    def share(self):
        """How much of a core everybody who computes gets, up to 1."""
        computing = sum(self.computes(lane) for lane in [self.loop_lane, *self.workers])
        return 1.0 if computing <= self.cores else self.cores / computing

    def end_of_slice(self):
        if not self.gil or not self.holder or self.holder.state != "computing" or not self.line:
            return None
        return max(self.holder.since, self.line[0].since) + self.switch_interval

    def next_moment(self):
        share = self.share()
        moments = [self.end_of_slice()] + [when for when, _ in self.alarms[:1]]
        for lane in [self.loop_lane, *self.workers]:
            if lane.state == "resting":
                moments.append(lane.until)
            elif self.computes(lane):
                moments.append(self.now() + math.ceil(lane.remaining / share - NOTHING_LEFT))
        return min((moment for moment in moments if moment is not None), default=None)

    def pass_time(self):
        moment = self.next_moment()
        if moment is None:
            return False
        end_of_slice = self.end_of_slice()
        self.progress(max(moment - self.now(), 0))
        if end_of_slice is not None and end_of_slice <= self.now() and self.holder.remaining >= NOTHING_LEFT:
            tired, self.holder = self.holder, None
            self.ask(tired)
        return True

    def progress(self, span):
        each = self.share() * span
        for lane in [lane for lane in [self.loop_lane, *self.workers] if self.computes(lane)]:
            lane.remaining = max(lane.remaining - each, 0.0)
        self.loop.advance(span / 1e6)

    def ask(self, lane):
        if not lane.shares_gil:
            self.runnable.append(lane)
            lane.state = "running"
            return
        lane.state = "waiting"
        lane.since = self.now()
        self.line.append(lane)

    def run_code(self, worker):
        worker.state = "running"
        outer, self.running = self.running, worker
        worker.resume()
        self.running = outer
        if worker.state != "computing" and self.holder is worker:
            self.holder = None

    def run_ahead(self, worker):
        if worker.shares_gil:
            self.holder = worker
        self.run_code(worker)
        if not worker.shares_gil:
            return
        if worker.state == "computing":
            self.ask(worker)
        self.holder = self.loop_lane


class Pool(concurrent.futures.Executor):
    """The workers of one executor, and the line of calls before them."""

    process = False
    machine_of_the_run = None  # of the run in progress; the runner puts a new one here each time

    def __init__(self, max_workers=None, prefix=""):
        if max_workers is not None and max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        self.max_workers = max_workers
        self.prefix = prefix
        self.machine = None
        self.workers = self.alive = self.working = self.ready = 0
        self.line = collections.deque()
        self.idle = collections.deque()  # who has waited longest comes first
        self.outbox = []  # calls whose arguments were not sent yet
        self.travelling = []
        self.is_shut_down = False
        self.ended = None

    def busy(self):
        return bool(self.line or self.outbox or self.travelling or self.working)

    def belong_to_the_run(self):
        if self.machine:
            return
        self.machine = Pool.machine_of_the_run
        self.machine.pools.append(self)
        self.max_workers = self.max_workers or min(32, self.machine.cores + 4)
        if self.process:
            self.machine.preparations.append(self.send)

    def submit(self, function, /, *args, **options):
        if self.is_shut_down:
            raise RuntimeError("cannot schedule new futures after shutdown")
        self.belong_to_the_run()
        call = (concurrent.futures.Future(), function, args, options)
        if self.process:
            while self.workers < self.max_workers:
                self.start_worker()
            self.outbox.append(call)
            self.machine.pending += 1
            return call[0]
        self.line.append(call)
        if self.idle:
            self.machine.wake(self.idle.popleft())
        elif self.workers < self.max_workers:
            self.start_worker()
        return call[0]

    def start_worker(self):
        self.workers += 1  # before it starts, since it runs ahead
        self.alive += 1
        self.machine.start_worker(self.process, f"{self.prefix}_{self.workers - 1}",
                                  microseconds(self.machine.start_up), self.work)

    def work(self, worker):
        """What a worker does all its life."""
        self.ready += 1
        while True:
            if self.line:
                self.run(*self.line.popleft())
            elif self.is_shut_down and not self.outbox and not self.travelling:
                break
            else:
                self.idle.append(worker)
                self.machine.idle(worker)
        self.alive -= 1
        if self.alive == 0 and self.ended:
            ended, self.ended = self.ended, None
            ended()

    def run(self, future, function, args, options):
        if not future.set_running_or_notify_cancel():
            return
        self.working += 1
        try:
            result = function(*args, **options)
        except Unwinding:
            raise
        except BaseException as error:
            self.working -= 1
            future.set_exception(error)
        else:
            self.working -= 1
            future.set_result(result)

    def send(self):
        """Arguments to processes: False when there are none to send, or some are on their way."""
        if self.travelling or not self.outbox or self.ready < self.max_workers:
            return False
        self.travelling, self.outbox = self.outbox, []
        self.machine.pending -= len(self.travelling)
        if self.machine.transfer <= 0:
            self.deliver()
            return True
        when = self.machine.now()
        for _ in self.travelling:  # each arrival is a moment of its own
            when += microseconds(self.machine.transfer)
            self.machine.at(when, lambda: None)
        self.machine.at(when, self.deliver)
        return True

    def deliver(self):
        arrived, self.travelling = self.travelling, []
        for call in arrived:
            self.line.append(call)
        for _ in arrived[:len(self.idle)]:
            self.machine.wake(self.idle.popleft())
        if self.is_shut_down:
            self.wake_all()

    def wake_all(self):
        while self.idle:
            self.machine.wake(self.idle.popleft())

    def shut_down(self, cancel_futures, ended):
        self.is_shut_down = True
        if cancel_futures:
            for future, *_ in [*self.line, *self.outbox, *self.travelling]:
                future.cancel()
        if self.alive == 0:
            if ended:
                ended()
            return
        if ended:
            self.ended = ended
        self.wake_all()

    def shutdown(self, wait=True, *, cancel_futures=False):
        self.shut_down(cancel_futures, None)
        if wait and self.alive > 0:
            self.machine.block_until(lambda: self.alive == 0)

    def forget_machine(self):
        self.machine = None
        self.workers = self.alive = self.working = self.ready = 0
        self.line.clear()
        self.idle.clear()
        self.outbox, self.travelling = [], []
        self.ended = None


class ThreadPoolExecutor(Pool):
    """concurrent.futures.ThreadPoolExecutor of a story."""

    def __init__(self, max_workers=None, thread_name_prefix=""):
        super().__init__(max_workers, thread_name_prefix or "ThreadPoolExecutor")


class ProcessPoolExecutor(Pool):
    """concurrent.futures.ProcessPoolExecutor of a story. Simplified: its functions run in this
    process, results cost nothing on their way back, and no copies are made."""

    process = True

    def __init__(self, max_workers=None):
        super().__init__(max_workers, "SpawnProcess")
