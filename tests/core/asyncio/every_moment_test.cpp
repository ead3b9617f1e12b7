#include "core/asyncio.h"
#include "tests/support/catch.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// Small programs, one for each primitive, that are disturbed at every moment they have: cancelled from
// outside before each of their turns, made to fail at each of their lines, and thrown away with their
// loop after each turn. Whatever happens, they end, nothing stays taken, and nothing leaks.
namespace loopscope::tests {
namespace {

/// Stands first in each coroutine here, so that it lives and dies with the frame.
class Frame {
public:
    Frame() : task_(get_running_loop().current_task()->task_id()), number_(++last_) { ++alive; }
    Frame(const Frame&) = delete;
    Frame& operator=(const Frame&) = delete;
    ~Frame()
    {
        --alive;
        gone.push_back({task_.value, number_});
    }

    struct Gone {
        std::uint32_t task;
        int number; ///< in the order in which frames were entered
    };
    static inline int alive = 0;
    static inline std::vector<Gone> gone; ///< in the order in which they were destroyed

private:
    static inline int last_ = 0;
    TaskId task_;
    int number_;
};

/// What tasks give back, queues hold and callbacks capture.
class Value {
public:
    explicit Value(int n) : n_(n) { ++alive; }
    Value(const Value& other) : n_(other.n_) { ++alive; }
    Value& operator=(const Value&) = default;
    ~Value() { --alive; }
    friend bool operator<(const Value& a, const Value& b) { return a.n_ < b.n_; }

    static inline int alive = 0;

private:
    int n_;
};

/// Counts the lines that may fail, and lets one of them.
struct Fuse {
    static inline int lines = 0;
    static inline int fails_at = 0; ///< 0: none
};
void may_fail()
{
    if (++Fuse::lines == Fuse::fails_at)
        throw ValueError("the fuse");
}

// ---- what the programs are made of ----

Coro<Value> work(int n, double seconds = 0.1)
{
    const Frame frame;
    may_fail();
    co_await sleep(seconds * n);
    may_fail();
    co_return Value(n);
}

Coro<void> pause()
{
    const Frame frame;
    may_fail();
    co_await sleep(0.1);
    may_fail();
}

/// Runs them as the tasks of one group, so that they end before what they share does.
Coro<void> together(std::vector<Coro<void>> coroutines)
{
    const Frame frame;
    TaskGroup group;
    auto block = [&]() -> Coro<void> {
        const Frame inner;
        for (Coro<void>& coroutine : coroutines) {
            group.create_task(std::move(coroutine));
            may_fail();
        }
        co_await sleep(0);
    };
    co_await async_with(group, block());
    may_fail();
}

template <class... C>
Coro<void> together(C... coroutines)
{
    std::vector<Coro<void>> all;
    (all.push_back(std::move(coroutines)), ...);
    return together(std::move(all));
}

std::vector<Coro<Value>> three_works()
{
    std::vector<Coro<Value>> works;
    for (int n = 1; n <= 3; ++n)
        works.push_back(work(n));
    return works;
}

std::vector<Task<Value>> three_tasks()
{
    std::vector<Task<Value>> tasks;
    for (int n = 1; n <= 3; ++n)
        tasks.push_back(create_task(work(n)));
    return tasks;
}

// ---- the programs ----

Coro<void> sleeps()
{
    const Frame frame;
    co_await sleep(0);
    may_fail();
    co_await pause();
    co_await sleep(-1);
    may_fail();
    Coro<void> unused = pause(); // never awaited
}

Coro<void> set_soon(Future<Value> future)
{
    const Frame frame;
    co_await sleep(0.1);
    may_fail();
    if (!future.done())
        future.set_result(Value(1));
}
Coro<void> awaits(Future<Value> future)
{
    const Frame frame;
    const Value value = co_await future;
    may_fail();
}
Coro<void> futures()
{
    const Frame frame;
    const Future<Value> future = get_running_loop().create_future<Value>();
    const Value captured(2);
    future.add_done_callback([captured](FutureBase&) { (void)captured; });
    get_running_loop().call_later(0.05, [captured] { (void)captured; });
    co_await together(set_soon(future), awaits(future), awaits(future));
}

Coro<void> tasks()
{
    const Frame frame;
    const std::vector<Task<Value>> started = three_tasks();
    may_fail();
    for (const Task<Value>& task : started) {
        const Value value = co_await task;
        may_fail();
    }
}

Coro<void> gathers()
{
    const Frame frame;
    const std::vector<Value> values = co_await gather(three_works());
    may_fail();
    const auto kept = co_await gather(return_exceptions, three_works());
    may_fail();
}

Coro<void> waits_for(ReturnWhen when)
{
    const Frame frame;
    Coro<Waited<Task<Value>>> waiting = wait(three_tasks(), 0.25, when);
    const Waited<Task<Value>> waited = co_await std::move(waiting);
    may_fail();
    for (const Task<Value>& task : waited.pending)
        task.cancel();
}
Coro<void> waits()
{
    const Frame frame;
    co_await waits_for(ReturnWhen::FirstCompleted);
    co_await waits_for(ReturnWhen::FirstException);
    co_await waits_for(ReturnWhen::AllCompleted);
}

Coro<void> limits()
{
    const Frame frame;
    const Value in_time = co_await wait_for(work(1), 0.2);
    may_fail();
    for (const double delay : {0.15, 0.0}) {
        try {
            const Value late = co_await wait_for(work(3), delay);
        } catch (const TimeoutError&) {
            may_fail();
        }
        const Task<Value> task = create_task(work(3));
        try {
            const Value late = co_await wait_for(task, delay);
        } catch (const TimeoutError&) {
            may_fail();
        }
    }
}

Coro<void> timeouts()
{
    const Frame frame;
    Timeout outer = timeout(0.35);
    auto block = [&]() -> Coro<void> {
        const Frame inner_frame;
        Timeout inner = timeout_at(get_running_loop().time() + 5);
        auto inner_block = [&]() -> Coro<void> {
            const Frame innermost;
            co_await pause();
            inner.reschedule(get_running_loop().time() + 0.15);
            co_await sleep(1);
        };
        try {
            co_await async_with(inner, inner_block());
        } catch (const TimeoutError&) {
            may_fail();
        }
        co_await pause();
        co_await pause();
    };
    try {
        co_await async_with(outer, block());
    } catch (const TimeoutError&) {
        may_fail();
    }
}

Coro<void> shields()
{
    const Frame frame;
    const Value value = co_await shield(work(1));
    may_fail();
    const Task<Value> kept = create_task(work(3));
    try {
        const Value late = co_await wait_for(shield(kept), 0.1);
    } catch (const TimeoutError&) {
        may_fail();
    }
    const Value after_all = co_await kept;
    may_fail();
}

Coro<void> ones_that_end()
{
    const Frame frame;
    AsCompleted<Task<Value>> results = as_completed(three_works());
    while (!results.empty()) {
        const Value value = co_await results.next();
        may_fail();
    }
    AsCompleted<Task<Value>> futures = as_completed(three_tasks(), 0.25);
    try {
        while (!futures.empty()) {
            const Task<Value> done = co_await futures.next_future();
            may_fail();
        }
    } catch (const TimeoutError&) {
        may_fail();
    }
}

Coro<void> groups()
{
    const Frame frame;
    co_await together(together(pause(), pause()), pause(), together(pause()));
}

// Each of these says at its end, however that comes, that nothing stays taken.

Coro<void> holds(Lock& lock)
{
    const Frame frame;
    auto holding = [&]() -> Coro<void> { return pause(); };
    co_await async_with(lock, holding());
    may_fail();
}
Coro<void> locks()
{
    const Frame frame;
    Lock lock;
    auto at_end = [&] { CHECK(!lock.locked()); };
    co_await try_finally(together(holds(lock), holds(lock), holds(lock)), at_end);
}

Coro<void> waits_for_event(Event& event)
{
    const Frame frame;
    co_await event.wait();
    may_fail();
}
Coro<void> sets(Event& event)
{
    const Frame frame;
    co_await pause();
    event.set();
    co_await pause();
}
Coro<void> events()
{
    const Frame frame;
    Event event;
    co_await together(waits_for_event(event), sets(event), waits_for_event(event));
}

Coro<void> waits_at(Condition& condition, int& tokens)
{
    const Frame frame;
    auto waiting = [&]() -> Coro<void> {
        const Frame inner;
        auto has_token = [&] { return tokens > 0; };
        co_await condition.wait_for(has_token);
        --tokens;
        may_fail();
    };
    co_await async_with(condition, waiting());
}
Coro<void> notifies(Condition& condition, int& tokens)
{
    const Frame frame;
    for (int i = 0; i < 2; ++i) {
        co_await pause();
        auto notifying = [&]() -> Coro<void> {
            const Frame inner;
            ++tokens;
            condition.notify();
            co_await sleep(0);
        };
        co_await async_with(condition, notifying());
    }
}
Coro<void> conditions()
{
    const Frame frame;
    Condition condition;
    int tokens = 0;
    auto at_end = [&] { CHECK(!condition.locked()); };
    co_await try_finally(
        together(waits_at(condition, tokens), waits_at(condition, tokens), notifies(condition, tokens)), at_end);
}

Coro<void> takes_a_place(Semaphore& semaphore)
{
    const Frame frame;
    auto inside = [&]() -> Coro<void> { return pause(); };
    co_await async_with(semaphore, inside());
    may_fail();
}
Coro<void> semaphores()
{
    const Frame frame;
    BoundedSemaphore semaphore(2);
    auto at_end = [&] {
        CHECK(!semaphore.locked());
        CHECK_THROWS_AS(semaphore.release(), ValueError); // all places are free
    };
    co_await try_finally(together(takes_a_place(semaphore), takes_a_place(semaphore), takes_a_place(semaphore),
                                  takes_a_place(semaphore)),
                         at_end);
}

Coro<void> arrives(Barrier& barrier, double when)
{
    const Frame frame;
    co_await sleep(when);
    const int index = co_await barrier.wait();
    (void)index;
    may_fail();
}
Coro<void> resets(Barrier& barrier)
{
    const Frame frame;
    co_await sleep(0.35);
    co_await barrier.reset();
    may_fail();
}
Coro<void> barriers()
{
    const Frame frame;
    Barrier barrier(2);
    auto at_end = [&] { CHECK(barrier.n_waiting() == 0); };
    try {
        co_await try_finally(
            together(arrives(barrier, 0.1), arrives(barrier, 0.2), arrives(barrier, 0.3), resets(barrier)), at_end);
    } catch (const ExceptionGroup& group) {
        const auto [broken, rest] = group.split<BrokenBarrierError>();
        if (rest)
            std::rethrow_exception(rest);
    }
}

template <class Q>
Coro<void> puts(Q& queue, int items)
{
    const Frame frame;
    for (int n = items; n > 0; --n) {
        co_await queue.put(Value(n));
        may_fail();
    }
}
template <class Q>
Coro<void> gets(Q& queue, int items)
{
    const Frame frame;
    for (int n = 0; n < items; ++n) {
        const Value item = co_await queue.get();
        co_await pause();
        queue.task_done();
    }
}
template <class Q>
Coro<void> joins(Q& queue)
{
    const Frame frame;
    co_await sleep(0);
    co_await queue.join();
    may_fail();
}
template <class Q>
Coro<void> queues()
{
    const Frame frame;
    Q queue(1);
    co_await together(puts(queue, 3), puts(queue, 2), gets(queue, 2), gets(queue, 3), joins(queue));
}
Coro<void> gets_all(Queue<Value>& queue)
{
    const Frame frame;
    try {
        for (;;) {
            const Value item = co_await queue.get();
            may_fail();
        }
    } catch (const QueueShutDown&) {
        may_fail();
    }
}
Coro<void> puts_all(Queue<Value>& queue)
{
    const Frame frame;
    try {
        for (int n = 0;; ++n) {
            co_await queue.put(Value(n));
            co_await pause();
        }
    } catch (const QueueShutDown&) {
        may_fail();
    }
}
Coro<void> shuts_down(Queue<Value>& queue)
{
    const Frame frame;
    co_await sleep(0.25);
    queue.shutdown();
    may_fail();
}
Coro<void> shutdowns()
{
    const Frame frame;
    Queue<Value> queue(1);
    co_await together(puts_all(queue), puts_all(queue), gets_all(queue), gets_all(queue), shuts_down(queue));
}

AsyncGenerator<Value> counts(int n)
{
    const Frame frame;
    for (int i = 0; i < n; ++i) {
        co_await pause();
        const Value value(i);
        co_yield value;
        may_fail();
    }
}
Coro<void> generators()
{
    const Frame frame;
    AsyncGenerator<Value> whole = counts(2);
    while (const std::optional<Value> item = co_await whole.next())
        may_fail();
    AsyncGenerator<Value> closed = counts(3);
    auto consuming = [&]() -> Coro<void> {
        const Frame inner;
        const std::optional<Value> first = co_await closed.next();
        may_fail();
    };
    co_await async_with(closed, consuming());
    AsyncGenerator<Value> left = counts(3); // in the middle, and never closed
    const std::optional<Value> first = co_await left.next();
    may_fail();
}

/// A context manager that waits on its way in and out.
class Door {
public:
    explicit Door(int& open) : open_(open) {}
    Coro<void> aenter()
    {
        const Frame frame;
        co_await pause();
        ++open_;
    }
    Coro<bool> aexit(std::exception_ptr)
    {
        const Frame frame;
        --open_;
        co_await pause();
        co_return false;
    }

private:
    int& open_;
};
Coro<void> context_managers()
{
    const Frame frame;
    int open = 0;
    Door door(open);
    auto at_end = [&]() -> Coro<void> {
        CHECK(open == 0);
        return pause();
    };
    auto inside = [&]() -> Coro<void> { return pause(); };
    co_await try_finally(async_with(door, inside()), at_end);
}

Coro<void> exit_stacks()
{
    const Frame frame;
    int open = 0;
    Door first(open);
    Door second(open);
    AsyncExitStack stack;
    auto block = [&]() -> Coro<void> {
        const Frame inner;
        co_await stack.enter_async_context(first);
        co_await stack.enter_async_context(second);
        const Value captured(1);
        stack.push_async_callback([captured] { return pause(); });
        stack.callback([captured] { (void)captured; });
        co_await pause();
    };
    auto at_end = [&] { CHECK(open == 0); };
    co_await try_finally(async_with(stack, block()), at_end);
}

Coro<void> requests(const ClientSession session, std::string url)
{
    const Frame frame;
    const Response response = co_await session.get(std::move(url));
    may_fail();
    const std::string text = co_await response.text();
    may_fail();
}
Coro<void> network()
{
    const Frame frame;
    Network& net = get_running_loop().network();
    net.set_connect_cost(0.05);
    net.set_latency("/a", 0.2);
    net.set_latency("/b", 0.1);
    const ClientSession session;
    co_await together(requests(session, "/a"), requests(session, "/b"));
}

Coro<void> eager_tasks()
{
    const Frame frame;
    EventLoop& loop = get_running_loop();
    const Task<Value> first = loop.create_task(work(1), eager_start);
    const Task<Value> second = loop.create_task(work(0, 0), eager_start);
    may_fail();
    const Value a = co_await first;
    const Value b = co_await second;
    may_fail();
}

Value computes(Value with)
{
    block(0.1);
    may_fail();
    return with;
}
Coro<void> leaves(int n)
{
    const Frame frame;
    const Value with(n);
    const Value back = co_await to_thread(computes, with);
    may_fail();
}
Coro<void> threads()
{
    const Frame frame;
    co_await together(leaves(1), leaves(2), leaves(3));
}

Coro<void> answers(StreamReader reader, StreamWriter writer)
{
    const Frame frame;
    const std::string line = co_await reader.readline();
    may_fail();
    co_await pause();
    writer.write(line);
    co_await writer.drain();
    writer.close();
    co_await writer.wait_closed();
    may_fail();
}
Coro<void> asks(int port)
{
    const Frame frame;
    Streams streams = co_await open_connection("127.0.0.1", port);
    may_fail();
    streams.writer.write("question\n");
    co_await streams.writer.drain();
    const std::string answer = co_await streams.reader.readline();
    may_fail();
    streams.writer.close();
    co_await streams.writer.wait_closed();
}
Coro<void> streams()
{
    const Frame frame;
    Server server = co_await start_server(answers, "127.0.0.1", 8000);
    auto serving = [&]() -> Coro<void> {
        co_await together(asks(8000), asks(8000));
        server.close();
        co_await server.wait_closed();
    };
    auto at_end = [&] { server.close(); };
    co_await try_finally(serving(), at_end);
}

using Program = Coro<void> (*)();
struct Named {
    const char* name;
    Program program;
};
constexpr Named programs[] = {
    {"sleep", sleeps},
    {"future", futures},
    {"task", tasks},
    {"gather", gathers},
    {"wait", waits},
    {"wait_for", limits},
    {"timeout", timeouts},
    {"shield", shields},
    {"as_completed", ones_that_end},
    {"task group", groups},
    {"lock", locks},
    {"event", events},
    {"condition", conditions},
    {"semaphore", semaphores},
    {"barrier", barriers},
    {"queue", queues<Queue<Value>>},
    {"LIFO queue", queues<LifoQueue<Value>>},
    {"priority queue", queues<PriorityQueue<Value>>},
    {"queue shutdown", shutdowns},
    {"async generator", generators},
    {"async with", context_managers},
    {"exit stack", exit_stacks},
    {"network", network},
    {"eager task", eager_tasks},
    {"thread", threads},
    {"stream", streams},
};

// ---- running and disturbing them ----

constexpr int enough = 1'000; ///< turns: none of the programs comes near

bool turn(EventLoop& loop)
{
    const EventLoop::Stepped stepped = loop.step();
    return stepped == EventLoop::Stepped::Ran || stepped == EventLoop::Stepped::Passed;
}

/// The turns that a program takes if nobody disturbs it, its leftovers included.
int turns_of(Program program)
{
    EventLoop loop(EventLoop::Recording::Off);
    const Task<void> main = loop.create_task(program());
    loop.stop_when_done(*main.state());
    int turns = 0;
    while (turn(loop) && turns < enough)
        ++turns;
    CHECK(main.done());
    (void)main.exception();
    if (loop.begin_cancelling_leftovers())
        while (turn(loop) && turns < enough)
            ++turns;
    return turns;
}

/// Runs a program; `disturb` is called once, before the turn with that number.
template <class Disturb>
void run_disturbed(Program program, EventLoop::Recording recording, int at, Disturb disturb)
{
    EventLoop loop(recording);
    const Task<void> main = loop.create_task(program());
    loop.stop_when_done(*main.state());
    int turns = 0;
    do {
        if (turns == at)
            disturb(loop, main);
    } while (turn(loop) && ++turns < enough);
    CHECK(main.done());
    if (main.done() && !main.cancelled())
        (void)main.exception();
    if (loop.begin_cancelling_leftovers())
        while (turn(loop) && ++turns < enough) { }
    CHECK(loop.all_tasks().empty());
}

/// True of the same frames, objects and memory as before. Says what is left.
class NothingLeft {
public:
    NothingLeft() { Frame::gone.clear(); }
    void check() const
    {
        CHECK(Frame::alive == 0);
        CHECK(Value::alive == 0);
        CHECK(pool_in_use() == pool_);
    }

private:
    std::size_t pool_ = pool_in_use();
};

EventLoop::Recording recording_of(int n) { return n % 2 == 0 ? EventLoop::Recording::On : EventLoop::Recording::Off; }

TEST_CASE("cancelled at any moment, a program ends and leaves nothing behind", "[core][every-moment]")
{
    for (const Named& named : programs) {
        CAPTURE(named.name);
        const int turns = turns_of(named.program);
        REQUIRE(turns > 1);
        REQUIRE(turns < enough);
        for (int at = 0; at <= turns; ++at) {
            CAPTURE(at);
            const NothingLeft nothing;
            run_disturbed(named.program, recording_of(at), at,
                          [](EventLoop&, const Task<void>& main) { main.cancel("enough"); });
            nothing.check();
        }
    }
}

TEST_CASE("with all its tasks cancelled at any moment, a program ends and leaves nothing behind",
          "[core][every-moment]")
{
    for (const Named& named : programs) {
        CAPTURE(named.name);
        const int turns = turns_of(named.program);
        for (int at = 0; at <= turns; ++at) {
            CAPTURE(at);
            const NothingLeft nothing;
            run_disturbed(named.program, recording_of(at), at, [](EventLoop& loop, const Task<void>&) {
                for (const Ref<TaskBase>& task : loop.all_tasks())
                    task->cancel();
            });
            nothing.check();
        }
    }
}

TEST_CASE("with any one of its tasks cancelled at any moment, a program ends or waits, and leaves nothing behind",
          "[core][every-moment]")
{
    for (const Named& named : programs) {
        CAPTURE(named.name);
        const int turns = turns_of(named.program);
        for (int at = 0; at <= turns; ++at) {
            for (std::size_t which = 1; which < 6; ++which) {
                CAPTURE(at, which);
                const NothingLeft nothing;
                bool cancelled = false;
                {
                    EventLoop loop(recording_of(at));
                    const Task<void> main = loop.create_task(named.program());
                    loop.stop_when_done(*main.state());
                    for (int n = 0; n < at && turn(loop); ++n) { }
                    const auto all = loop.all_tasks();
                    if (which < all.size())
                        cancelled = all[which]->cancel();
                    for (int n = 0; n < enough && turn(loop); ++n) { } // an end, or a wait for what never comes
                    loop.cancel_leftovers();
                    CHECK(loop.all_tasks().empty());
                }
                nothing.check();
                if (!cancelled)
                    break;
            }
        }
    }
}

TEST_CASE("failing at any line, a program ends and leaves nothing behind", "[core][every-moment]")
{
    for (const Named& named : programs) {
        CAPTURE(named.name);
        Fuse::lines = Fuse::fails_at = 0;
        REQUIRE(turns_of(named.program) < enough);
        const int lines = Fuse::lines;
        REQUIRE(lines > 1);
        for (int line = 1; line <= lines; ++line) {
            CAPTURE(line);
            const NothingLeft nothing;
            Fuse::lines = 0;
            Fuse::fails_at = line;
            run_disturbed(named.program, recording_of(line), -1, [](EventLoop&, const Task<void>&) {});
            CHECK(Fuse::lines >= line);
            nothing.check();
        }
        Fuse::fails_at = 0;
    }
}

/// Whether frames went task by task in the order in which the tasks were made, and within each task
/// the innermost first.
bool in_order(const std::vector<Frame::Gone>& gone)
{
    return std::is_sorted(gone.begin(), gone.end(), [](const Frame::Gone& a, const Frame::Gone& b) {
        return a.task != b.task ? a.task < b.task : a.number > b.number;
    });
}

TEST_CASE("thrown away with its loop at any moment, a program's frames go in order and nothing is left",
          "[core][every-moment]")
{
    for (const Named& named : programs) {
        CAPTURE(named.name);
        const int turns = turns_of(named.program);
        std::size_t most = 0;
        for (int at = 0; at <= turns; ++at) {
            CAPTURE(at);
            const NothingLeft nothing;
            {
                EventLoop loop(recording_of(at));
                loop.stop_when_done(*loop.create_task(named.program()).state());
                for (int n = 0; n < at && turn(loop); ++n) { }
                Frame::gone.clear();
            }
            CHECK(in_order(Frame::gone));
            most = std::max(most, Frame::gone.size());
            nothing.check();
        }
        CHECK(most > 1);
    }
}

} // namespace
} // namespace loopscope::tests
