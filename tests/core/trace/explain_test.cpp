#include "tests/core/trace/sample_runs.h"
#include "tests/support/catch.h"

#include "core/trace/causes.h"
#include "core/trace/explain.h"

#include <algorithm>
#include <set>

namespace loopscope {
namespace {

using samples::all;
using samples::trace_of;

Coro<void> nap(double delay)
{
    co_await sleep(delay);
}

Coro<void> fail()
{
    co_await sleep(0.5);
    throw ValueError("boom");
}

Coro<void> awaits_a_nap(EventLoop&)
{
    const Task<void> task = create_task(nap(1.0));
    co_await task;
}

Coro<void> holds_the_thread(EventLoop&)
{
    const Task<void> task = create_task(nap(1.0));
    co_await sleep(0.0);
    cpu(2.5);
    co_await task;
}

Coro<void> cancels(EventLoop&)
{
    const Task<void> sleeper = create_task(nap(9.0), "sleeper");
    co_await sleep(1.0);
    sleeper.cancel();
    co_await sleep(0.0);
}

Coro<void> cancels_before_the_start(EventLoop&)
{
    const Task<void> never = create_task(nap(9.0), "never");
    never.cancel();
    co_await sleep(0.0);
}

Coro<void> fails_alone(EventLoop&)
{
    const Task<void> task = create_task(fail(), "loner");
    co_await sleep(1.0);
}

Coro<void> gathers(EventLoop&)
{
    std::vector<Coro<void>> naps;
    naps.push_back(nap(2.0));
    naps.push_back(nap(1.0));
    const auto together = gather(std::move(naps));
    co_await together;
}

Coro<void> gathers_a_failure(EventLoop&)
{
    std::vector<Coro<void>> children;
    children.push_back(nap(2.0));
    children.push_back(fail());
    const auto together = gather(std::move(children));
    co_await together;
}

Coro<void> forgets_a_coroutine(EventLoop&)
{
    {
        const Coro<void> forgotten = nap(1.0);
    }
    co_await sleep(0.0);
}

Coro<void> awaits_inline(EventLoop&)
{
    co_await nap(0.0);
}

Coro<void> locks_around_a_nap(EventLoop&)
{
    Lock lock;
    co_await async_with(lock, nap(0.0));
}

Coro<void> waits_in_a_block(EventLoop&)
{
    Lock lock;
    auto block = [&]() -> Coro<void> {
        std::vector<Task<void>> tasks{create_task(nap(1.0))};
        Coro<Waited<Task<void>>> waiting = wait(tasks);
        co_await std::move(waiting);
    };
    co_await async_with(lock, block());
}

AsyncGenerator<int> one_item() { co_yield 1; }

Coro<void> asks_for_items(EventLoop&)
{
    AsyncGenerator<int> items = one_item();
    while (std::optional<int> item = co_await items.next()) {
    }
}

Coro<void> makes_an_eager_task(EventLoop& loop)
{
    loop.set_task_factory(eager_task_factory);
    const Task<void> task = create_task(nap(1.0));
    co_await task;
}

Coro<void> gathers_at_once(EventLoop&)
{
    auto one = nap(1.0);
    auto two = nap(2.0);
    co_await gather(one, two);
}

Coro<void> takes_a_lock(EventLoop&)
{
    Lock lock;
    co_await lock.acquire();
}

Coro<void> waits_for_ever(EventLoop& loop)
{
    const Future<void> never = loop.create_future();
    co_await never;
}

Coro<void> prints(EventLoop& loop)
{
    print("hello");
    loop.call_soon([] { print("from below"); }, "greet");
    co_await sleep(0.0);
}

/// The explanation of the n-th fact of one kind.
template <class F>
Explanation explain_nth(const Trace& trace, std::size_t n)
{
    return explain(trace, all<F>(trace).at(n));
}

/// Lines of the stories above are wherever they are: they are called by what stands in them.
std::string at(const Trace& trace, std::size_t index)
{
    return " at line " + std::to_string(trace.place(trace[index].place).line);
}

} // namespace

TEST_CASE("a new task is told with its coroutine, its maker and its place in the queue", "[core][explain]")
{
    const auto trace = trace_of(gathers);
    const auto created = all<TaskCreated>(*trace);
    CHECK(explain(*trace, created.at(0)).sentence
          == "The first task is made of gathers(): main. Nothing of it has run yet: its first step joins the "
             "ready queue and is next.");
    CHECK(explain(*trace, created.at(2)).sentence
          == "main makes a task of nap()" + at(*trace, created.at(2))
              + ": nap-2. Nothing of it has run yet: its first step joins the ready queue behind nap-1.");
}

TEST_CASE("a first turn starts at the top", "[core][explain]")
{
    const Explanation words = explain_nth<TaskStepped>(*trace_of(awaits_a_nap), 1);
    CHECK(words.headline == "nap's first turn");
    CHECK(words.sentence == "The loop gives nap its first turn: it starts at the top of nap().");
    CHECK(words.context == "main is still suspended.");
}

TEST_CASE("a sleep is told with its length and its end", "[core][explain]")
{
    const auto trace = trace_of(awaits_a_nap);
    const std::size_t suspended = all<TaskSuspended>(*trace).at(1);
    CHECK(explain(*trace, suspended).sentence
          == "A" + at(*trace, suspended).substr(2)
              + ", nap begins a sleep of 1.0 s and is suspended until 1.000 s. The thread is free for others. "
                "Nobody else is ready.");
    CHECK(explain_nth<SelectEntered>(*trace, 0).sentence
          == "Nothing is ready, so the loop sleeps in the selector for 1.0 s, until the timer of sleep 1.0 s is due "
             "at 1.000 s.");
    CHECK(explain_nth<SelectReturned>(*trace, 0).sentence
          == "The loop wakes up after 1.0 s, because the timer of sleep 1.0 s is due. It is 1.000 s now.");
    const Explanation fired = explain_nth<TimerFired>(*trace, 0);
    CHECK(fired.headline == "timer fired → nap will wake");
    CHECK(fired.sentence
          == "The timer of sleep 1.0 s is due, so its callback joins the ready queue and is next; nap will be woken by it.");
    CHECK(fired.context == "nap and main are still suspended.");
    CHECK(explain_nth<TaskWoken>(*trace, 0).sentence
          == "nap wakes because the timer of sleep 1.0 s was due. It joins the ready queue and is next.");
}

TEST_CASE("the end of a task names who awaits it", "[core][explain]")
{
    const auto trace = trace_of(awaits_a_nap);
    CHECK(explain_nth<TaskFinished>(*trace, 0).sentence
          == "nap has come to its end. main, which awaits it, joins the ready queue next.");
    CHECK(explain_nth<TaskWoken>(*trace, 1).sentence
          == "main wakes because nap has ended. It joins the ready queue and is next.");
    CHECK(explain_nth<TaskFinished>(*trace, 1).sentence
          == "main has come to its end. It was the main task, so the loop will stop.");
}

TEST_CASE("an answer from the network names its host and who will wake", "[core][explain]")
{
    const auto trace = trace_of(samples::three_pages);
    const std::size_t started = all<IoStarted>(*trace).at(0);
    CHECK(explain(*trace, started + 1).headline == "fetch_url-1 is suspended");
    CHECK(explain(*trace, started).headline == "I/O started → example.com");
    const Explanation ready = explain_nth<IoReady>(*trace, 1);
    CHECK(ready.headline == "I/O ready → fetch_url-1 will wake");
    CHECK(ready.sentence
          == "The socket of example.com became readable, so its callback joins the ready queue and is next; "
             "fetch_url-1 will be woken by it.");
    CHECK(ready.context == "fetch_url-1, fetch_url-2 and main are still suspended.");
    CHECK(explain_nth<TaskWoken>(*trace, 1).sentence
          == "fetch_url-1 wakes because the socket of example.com was readable: the response of example.com is here. "
             "It joins the ready queue and is next.");
    CHECK(explain_nth<SelectEntered>(*trace, 0).sentence
          == "Nothing is ready, so the loop sleeps in the selector until one of 3 sockets is readable.");
    CHECK(explain_nth<SelectEntered>(*trace, 2).sentence
          == "Nothing is ready, so the loop sleeps in the selector until the socket of example.org is readable.");
}

TEST_CASE("a request inside the library is told at the program's own line", "[core][explain]")
{
    const auto trace = trace_of(samples::three_pages);
    const std::size_t entered = all<CoroutineEntered>(*trace).at(0); // session.get()
    CHECK(explain(*trace, all<IoStarted>(*trace).at(0)).sentence
          == "fetch_url-1 sends its request to example.com" + at(*trace, entered)
              + ". The network works on it, and the thread stays free. It is the only request in flight.");
}

TEST_CASE("a gather's wake names the child that was the last", "[core][explain]")
{
    const auto trace = trace_of(gathers);
    CHECK(explain_nth<TaskWoken>(*trace, 2).sentence
          == "main wakes because nap-1, the last of gather(nap-1, nap-2), has ended. It joins the ready queue and is next.");
}

TEST_CASE("a gather that fails passes the exception on", "[core][explain]")
{
    const auto trace = trace_of(gathers_a_failure);
    CHECK(explain_nth<TaskFailed>(*trace, 0).sentence
          == "An exception leaves fail, so it has failed with ValueError: boom. The callback that gather() left with "
             "fail joins the ready queue next.");
    CHECK(explain_nth<TaskWoken>(*trace, 1).sentence
          == "main wakes because fail has failed, and gather(nap, fail) passes that on. It joins the ready queue and "
             "is next. Its await will throw the exception.");
}

TEST_CASE("an error that nobody waits for stays in its task", "[core][explain]")
{
    CHECK(explain_nth<TaskFailed>(*trace_of(fails_alone), 0).sentence
          == "An exception leaves loner, so it has failed with ValueError: boom. Nobody waits for it, so the error "
             "stays in the task.");
}

TEST_CASE("cancelling asks, and the next turn throws", "[core][explain]")
{
    const auto trace = trace_of(cancels);
    const std::size_t parked = all<TaskSuspended>(*trace).at(1);
    CHECK(explain_nth<CancelRequested>(*trace, 0).sentence
          == "main asks sleeper to stop. It does not stop at once: what it awaits is cancelled, and its next turn "
             "brings CancelledError" + at(*trace, parked) + ".");
    CHECK(explain_nth<TaskWoken>(*trace, 1).sentence
          == "sleeper wakes because main asked it to stop, which has cancelled its sleep of 9.0 s. It joins the ready "
             "queue and is next. Its await will throw CancelledError.");
    CHECK(explain(*trace, all<TaskCancelled>(*trace).at(0)).headline == "sleeper is cancelled");
}

TEST_CASE("a task that is cancelled before its first turn runs no line", "[core][explain]")
{
    const auto trace = trace_of(cancels_before_the_start);
    CHECK(explain_nth<TaskStepped>(*trace, 1).sentence
          == "The loop gives never its first turn, but it was cancelled before that, so not a line of it runs.");
}

TEST_CASE("work that holds the thread tells whom it kept waiting", "[core][explain]")
{
    const auto trace = trace_of(holds_the_thread);
    const std::size_t began = all<WorkBegan>(*trace).at(0);
    CHECK(explain(*trace, began).sentence
          == "main computes for 2.5 s" + at(*trace, began)
              + ". It holds the thread, so nobody else can run until 2.500 s.");
    CHECK(explain(*trace, began + 1).sentence
          == "main has held the thread for 2.5 s and goes on. 1 due timer had to wait meanwhile.");
    CHECK(explain_nth<TimerFired>(*trace, 0).sentence
          == "The timer of sleep 1.0 s is due, so its callback joins the ready queue and is next; nap will be woken by "
             "it. It is 1.5 s late: until now the thread was held.");
}

TEST_CASE("a coroutine that is awaited runs inside its awaiter", "[core][explain]")
{
    const auto trace = trace_of(awaits_inline);
    const std::size_t entered = all<CoroutineEntered>(*trace).at(0);
    CHECK(explain(*trace, entered).sentence
          == "main awaits nap()" + at(*trace, entered)
              + ". It starts at once, in main's own turn; others get one only if it has to wait.");
    CHECK(explain_nth<CoroutineLeft>(*trace, 0).sentence
          == "nap() has returned, so main goes on" + at(*trace, entered) + " with its result, in the same turn.");
}

TEST_CASE("at an async with it is the lock that lets a task in, and no coroutine that returns", "[core][explain]")
{
    const auto trace = trace_of(locks_around_a_nap);
    const auto sentence = [&](std::size_t left) { return explain_nth<CoroutineLeft>(*trace, left).sentence; };
    const std::string line = at(*trace, all<CoroutineEntered>(*trace).at(0));
    CHECK(explain_nth<CoroutineEntered>(*trace, 1).sentence
          == "main asks to be let in" + line + ".");
    CHECK(sentence(0) == "The lock has let main in" + line + ", so it goes on into the block, in the same turn.");
    CHECK(explain_nth<CoroutineLeft>(*trace, 0).headline == "the lock has let main in");
    CHECK(sentence(1) == "nap() has returned, so main goes on" + line + " with its result, in the same turn.");
    CHECK(sentence(2) == "The async with is left, so main goes on" + line + ", in the same turn.");
    CHECK(sentence(3) == "The async with is over, so main goes on behind it" + line + ", in the same turn.");
}

TEST_CASE("the block of an async with is told as a block, and what asyncio awaits inside by what the program called", "[core][explain]")
{
    const auto trace = trace_of(waits_in_a_block);
    const auto entered = [&](std::size_t n) { return explain_nth<CoroutineEntered>(*trace, n).sentence; };
    const std::string with = at(*trace, all<CoroutineEntered>(*trace).at(0));
    const std::string wait = at(*trace, all<CoroutineEntered>(*trace).at(3));
    CHECK(entered(2) == "main runs the block of the async with" + with + ".");
    CHECK(entered(3) == "main awaits wait()" + wait + ". It starts at once, in main's own turn; others get one only if it has to wait.");
    CHECK(entered(4) == "main goes on inside wait()" + wait + ", in its own turn.");
    CHECK(explain_nth<CoroutineLeft>(*trace, 3).sentence == "main has come to the end of the block of the async with" + with + ".");
}

TEST_CASE("an async generator yields until it returns", "[core][explain]")
{
    const auto trace = trace_of(asks_for_items);
    const std::vector<std::size_t> left = all<CoroutineLeft>(*trace);
    CHECK(explain(*trace, left.at(0)).sentence
          == "one_item() yields an item" + at(*trace, left.at(0)) + " and stands still there: main goes on with the item, in the same turn.");
    CHECK(explain(*trace, left.at(1)).headline == "the next item is there");
    CHECK(explain(*trace, left.at(2)).sentence == "one_item() has returned, so it gives no more items to main.");
    CHECK(explain(*trace, left.at(3)).headline == "no next item");
}

TEST_CASE("an eager task starts inside its maker's turn and gives it back", "[core][explain]")
{
    const auto trace = trace_of(makes_an_eager_task);
    CHECK(explain_nth<TaskStepped>(*trace, 1).sentence
          == "nap starts inside main's turn, at the top of nap(), and goes on until it has to wait.");
    const std::string words = explain_nth<TaskSuspended>(*trace, 0).sentence;
    CHECK(words.substr(words.find("create_task")) == "create_task() returns to main, which goes on.");
}

TEST_CASE("tasks that gather() makes are told as its own", "[core][explain]")
{
    const auto trace = trace_of(gathers_at_once);
    CHECK(explain_nth<TaskCreated>(*trace, 1).sentence
          == "gather() in main makes a task of nap()" + at(*trace, all<TaskSuspended>(*trace).at(0))
              + ": nap-1. Nothing of it has run yet: its first step joins the ready queue and is next.");
}

TEST_CASE("a future that was cancelled is not called done", "[core][explain]")
{
    const auto trace = trace_of(cancels);
    const std::vector<std::size_t> resolved = all<FutureResolved>(*trace);
    CHECK(std::any_of(resolved.begin(), resolved.end(),
                      [&](std::size_t i) { return explain(*trace, i).headline == "sleep cancelled"; }));
}

TEST_CASE("whoever yields to nobody is not told that others had their turn", "[core][explain]")
{
    const auto trace = trace_of(awaits_inline);
    const std::string words = explain_nth<TaskStepped>(*trace, 1).sentence;
    CHECK(words.starts_with("Nobody else was ready, so it is main's turn again: it goes on"));
}

TEST_CASE("an error that is never asked for is told in asyncio's own words", "[core][explain]")
{
    CHECK(explain_nth<ExceptionNeverRetrieved>(*trace_of(fails_alone), 0).sentence
          == "loner failed and was dropped before anybody asked for its exception, so asyncio logs “Task exception was "
             "never retrieved”.");
}

TEST_CASE("a lock that is taken without async with is a coroutine that returns", "[core][explain]")
{
    const auto trace = trace_of(takes_a_lock);
    CHECK(explain_nth<CoroutineLeft>(*trace, 0).headline == "acquire() has returned");
}

TEST_CASE("to whom is asked what is next, no fact says it", "[core][explain]")
{
    for (const auto& story : {awaits_a_nap, gathers, cancels, fails_alone, locks_around_a_nap}) {
        const auto trace = trace_of(story);
        for (std::size_t i = 0; i < trace->size(); ++i) {
            const Explanation words = explain(*trace, i, Outlook::LeftOut);
            INFO(words.headline << ": " << words.sentence);
            for (const char* ahead : {"is next", "Next in", "next."})
                CHECK(words.sentence.find(ahead) == std::string::npos);
            CHECK(words.sentence.find("will be woken") == std::string::npos);
            CHECK(words.headline.find("will wake") == std::string::npos);
            CHECK(words.sentence.back() != ' ');
        }
    }
    const auto trace = trace_of(awaits_a_nap);
    CHECK(explain(*trace, all<TimerFired>(*trace).at(0), Outlook::LeftOut)
          == Explanation{"timer fired", "The timer of sleep 1.0 s is due, so its callback joins the ready queue.",
                         "nap and main are still suspended."});
}

TEST_CASE("a coroutine that is forgotten never ran", "[core][explain]")
{
    CHECK(explain_nth<CoroutineNeverAwaited>(*trace_of(forgets_a_coroutine), 0).headline == "coroutine never awaited");
}

TEST_CASE("a program that is stuck says who waits for ever", "[core][explain]")
{
    CHECK(explain_nth<LoopStuck>(*trace_of(waits_for_ever), 0).sentence
          == "Nothing is ready, no timer is set and no socket is watched, so nothing can ever wake main: the program "
             "is stuck.");
}

TEST_CASE("a text names who printed it, a task or a callback", "[core][explain]")
{
    const auto trace = trace_of(prints);
    const auto notes = all<Noted>(*trace);
    CHECK(explain(*trace, notes.at(0)).sentence == "main prints “hello”" + at(*trace, notes.at(0)) + ".");
    CHECK(explain(*trace, notes.at(1)).sentence
          == "The callback “greet” prints “from below”" + at(*trace, notes.at(1)) + ".");
}

TEST_CASE("a window may call lines by other names, or by none", "[core][explain]")
{
    const auto trace = trace_of(prints);
    const std::size_t note = all<Noted>(*trace).at(0);
    const Snapshot after = samples::plain_fold(*trace, note + 1);
    const auto causes = causes_of(*trace);
    CHECK(explain(*trace, note, after, causes, [](PlaceId) { return std::string("Python's line 3"); }).sentence
          == "main prints “hello” at Python's line 3.");
    CHECK(explain(*trace, note, after, causes, [](PlaceId) { return std::string(); }).sentence == "main prints “hello”.");
}

TEST_CASE("every fact of every run is told in whole sentences", "[core][explain]")
{
    std::set<std::string_view> told;
    for (std::uint32_t seed = 1; seed <= 25; ++seed) {
        const auto trace = samples::random_run(seed);
        const auto causes = causes_of(*trace);
        Snapshot after;
        while (after.step < trace->size()) {
            const std::size_t index = after.step;
            apply(after, *trace);
            const Explanation words = explain(*trace, index, after, causes);
            INFO("seed " << seed << ", fact " << index << ": " << words.sentence);
            REQUIRE(!words.headline.empty());
            REQUIRE(words.sentence.ends_with("."));
            REQUIRE(words.sentence.find("  ") == std::string::npos);
            REQUIRE(words.sentence.find("..") == std::string::npos);
            REQUIRE(words.sentence.find(" ,") == std::string::npos);
            REQUIRE(words.sentence.find("1 tasks") == std::string::npos);
            REQUIRE((words.context.empty() || words.context.ends_with("still suspended.")));
            told.insert(fact_name((*trace)[index].fact));
            if (index % 97 == 0)
                REQUIRE(explain(*trace, index) == words);
        }
    }
    CHECK(told.size() >= 20); // the dice reaches most of the vocabulary
}

} // namespace loopscope
