// Coroutine, task, future.
//
// A future is a place for a result that is still to come; any number of tasks may wait for it. A task
// is a future whose result a coroutine makes. A coroutine is no place for a result at all: it can be
// awaited once.

#include "lessons/catalog.h"
#include "lessons/parameters.h"

#include <memory>
#include <string>
#include <vector>

//@ story
#include "core/asyncio.h"

//@ end
namespace loopscope::lessons {
namespace {

using std::make_shared;
using std::shared_ptr;
using std::string;
using std::to_string;
using std::vector;

//@ function waiter
Coro<> waiter(string name, Future<int> future)
{
    int value = co_await future; //@ await future
    print(name + " got " + to_string(value)); //@ got
}

//@ function main
Coro<> main(int waiters = 2, double release = 1.0)
{
    auto future = get_running_loop().create_future<int>(); //@ make
    vector<Task<>> tasks;
    for (int n = 1; n <= waiters; ++n) {
        string name = "w" + to_string(n);
        tasks.push_back(create_task(waiter(name, future))); //@ create
    }
    co_await sleep(release); //@ sleep
    future.set_result(42); //@ set
    print("set"); //@ main goes on
    co_await gather(tasks); //@ gather
}

//@ function event_waiter
Coro<> event_waiter(string name, shared_ptr<Event> event)
{
    co_await event->wait(); //@ await event
    print(name + " goes on"); //@ event over
}

//@ function main_event
Coro<> main_event(int waiters = 2, double release = 1.0)
{
    auto event = make_shared<Event>();
    vector<Task<>> tasks;
    for (int n = 1; n <= waiters; ++n) {
        string name = "w" + to_string(n);
        tasks.push_back(create_task(event_waiter(name, event))); //@ event create
    }
    co_await sleep(release); //@ event sleep
    event->set(); //@ event set
    print("set"); //@ event main goes on
    co_await gather(tasks); //@ event gather
}

//@ function sleeper
Coro<> sleeper(string name, double seconds)
{
    co_await sleep(seconds); //@ own timer
    print(name + " goes on"); //@ timer over
}

//@ function main_own_timers
Coro<> main_own_timers(int waiters = 2, double release = 1.0)
{
    vector<Task<>> tasks;
    for (int n = 1; n <= waiters; ++n) {
        string name = "w" + to_string(n);
        tasks.push_back(create_task(sleeper(name, release))); //@ timers create
    }
    co_await gather(tasks); //@ timers gather
}

//@ function answer
Coro<int> answer(double seconds)
{
    co_await sleep(seconds); //@ answer sleep
    co_return 42;
}

//@ function main_coroutine_twice
Coro<> main_coroutine_twice(double release = 1.0)
{
    Coro<int> coroutine = answer(release);
    int first = co_await coroutine; //@ coroutine first
    print("first: " + to_string(first)); //@ coroutine first got
    try {
        int second = co_await coroutine; //@ coroutine second
        print("second: " + to_string(second)); //@ coroutine second got
    } catch (const RuntimeError& error) {
        print(string("second: ") + error.what()); //@ coroutine error
    }
}

//@ function main_task_twice
Coro<> main_task_twice(double release = 1.0)
{
    Task<int> task = create_task(answer(release)); //@ task create
    int first = co_await task; //@ task first
    print("first: " + to_string(first)); //@ task first got
    int second = co_await task; //@ task second
    print("second: " + to_string(second)); //@ task second got
}

//@ function main_already_done
Coro<> main_already_done(double release = 1.0)
{
    auto future = get_running_loop().create_future<int>(); //@ done make
    Task<> task = create_task(waiter("w1", future)); //@ done create
    future.set_result(42); //@ done set
    int value = co_await future; //@ done await
    print("main got " + to_string(value)); //@ done got
    co_await sleep(release); //@ done sleep
    int again = co_await future; //@ done await again
    print("again " + to_string(again)); //@ done got again
}
//@ end

auto with_waiters(Coro<> (*story)(int, double))
{
    return [story](EventLoop&, const Values& values) {
        return story(values.whole("waiters"), values.number("release"));
    };
}

auto without_waiters(Coro<> (*story)(double))
{
    return [story](EventLoop&, const Values& values) { return story(values.number("release")); };
}

constexpr auto second_await = "if(count(\"second: 42\") == 0, \"error\", if(total > release, \"again\", \"same\"))";

} // namespace

Lesson awaitables_three_kinds()
{
    return {
        .number = 7,
        .chapter = 2,
        .chapter_title = "Coroutines",
        .id = "awaitables-three-kinds",
        .title = "Coroutine, task, future",
        .question = "What can stand after `await`?",
        .text = "What can stand after `await` is called an awaitable, and there are three main kinds. You know "
                "the coroutine, which a call of an `async def` gives, and the task, which `create_task` "
                "makes of it. The third is the future: a place for a result that somebody will put there "
                "with `set_result`. Tasks that await it wait until then. An `Event` has no result: "
                "`set()` lets everybody go on who awaits its `wait()`. `gather` waits until all the "
                "tasks it is given have ended. The "
                "variants await something once, twice, by several tasks, and when it is already done.",
        .takeaway = "A coroutine can be awaited once, while tasks and futures keep their result for "
                    "everybody who asks, however often.",
        .cpp_file = "lessons/2_coroutines/awaitables_three_kinds.cpp",
        .python_file = "lessons/2_coroutines/awaitables_three_kinds.py",
        .parameters = {how_many("waiters", "waiters", {1, 5}, 2),
                       in_seconds("release", "release at", {.low = 0.1, .high = 3.0, .step = 0.1}, 1.0)},
        .variants = {{.name = "future",
                      .title = "One future",
                      .summary = "All wait for one future, to which `main` gives its result.",
                      .start = with_waiters(main),
                      .functions = {"waiter", "main"}},
                     {.name = "event",
                      .title = "One event",
                      .summary = "All wait for one event, which `main` sets.",
                      .start = with_waiters(main_event),
                      .functions = {"event_waiter", "main_event"}},
                     {.name = "own-timers",
                      .title = "A timer each",
                      .summary = "Each waiter sleeps by itself, so the event loop keeps a timer for each.",
                      .start = with_waiters(main_own_timers),
                      .functions = {"sleeper", "main_own_timers"}},
                     {.name = "coroutine-twice",
                      .title = "A coroutine, twice",
                      .summary = "The same coroutine object is awaited a second time.",
                      .start = without_waiters(main_coroutine_twice),
                      .functions = {"answer", "main_coroutine_twice"},
                      .parameters = {"release"}},
                     {.name = "task-twice",
                      .title = "A task, twice",
                      .summary = "The same task is awaited a second time.",
                      .start = without_waiters(main_task_twice),
                      .functions = {"answer", "main_task_twice"},
                      .parameters = {"release"}},
                     {.name = "already-done",
                      .title = "Already done",
                      .summary = "The result is there before anybody awaits it, so nobody has to wait.",
                      .start = without_waiters(main_already_done),
                      .functions = {"waiter", "main_already_done"},
                      .parameters = {"release"}}},
        .default_variant = 0,
        .compare = {"own-timers", "future"},
        .predictions =
            {{.id = "set-result",
              .question = "All waiters wait for one future. `main` calls `set_result(42)`. Who runs next?",
              .setup = {.variant = "future"},
              .answer = "item(order, 1)",
              .options = {{.text = "w1, at once",
                           .value = "\"w1 got 42\"",
                           .belief = "To set a result runs whoever waits for it."},
                          {.text = "w2, at once",
                           .value = "\"w2 got 42\"",
                           .belief = "Who began to wait last goes on first."},
                          {.text = "`main` goes on, and prints set", .value = "\"set\""}},
              .decided_by = "printed(set)",
              .because = "`set_result` filled the future and put those who wait into the ready queue, no more than "
                         "that. The turn of `main` ends at its next wait.",
              .again = {{"release=2.0"}, {"release=0.5", "waiters=3"}}},
             {.id = "coroutine-twice",
              .question = "One coroutine object is awaited twice. What is the second `await` worth?",
              .setup = {.variant = "coroutine-twice"},
              .answer = second_await,
              .options = {{.text = "42, at once", .value = "\"same\"", .belief = "M28"},
                          {.text = "42, after it has run once more",
                           .value = "\"again\"",
                           .belief = "A coroutine begins anew each time it is awaited."},
                          {.text = "An error", .value = "\"error\""}},
              .decided_by = "printed(\"second: *\")",
              .because = "The first `await` ran the coroutine to its end and took the result away. Nothing "
                         "is left to run or to give.",
              .again = {{"release=2.0"}, {"release=0.3"}}},
             {.id = "task-twice",
              .question = "Now one task is awaited twice. What is the second `await` worth?",
              .setup = {.variant = "task-twice"},
              .answer = second_await,
              .options = {{.text = "42, at once", .value = "\"same\""},
                          {.text = "42, after it has run once more",
                           .value = "\"again\"",
                           .belief = "A task runs each time it is awaited."},
                          {.text = "An error", .value = "\"error\"", .belief = "M28"}},
              .decided_by = "printed(\"second: *\")",
              .because = "A task is a future: it keeps its result. Once it is done, an `await` has nothing to "
                         "wait for.",
              .again = {{"release=2.0"}, {"release=0.3"}}}},
        .challenge = {.task = "Let three waiters go on at 2.0 s, with a single timer in the whole program.",
                      .goal = "waiters == 3 and at(\"w1 *\") == 2 and at(\"w2 *\") == 2 and at(\"w3 *\") == 2 "
                              "and timers == 1",
                      .begins = {.variant = "own-timers"},
                      .passes = {.variant = "future", .sets = {"waiters=3", "release=2.0"}},
                      .hint = "A sleep costs a timer, and to wait for a future or an event costs none.",
                      .variants = {"own-timers", "future", "event"}},
        .remarks = {{.variant = "future",
                     .moment = "fact(\"future created\")",
                     .text = "An empty place for a result. Nothing runs for it: whoever has it may fill it."},
                    {.variant = "future",
                     .moment = "fact(\"future resolved\", 2)",
                     .text = "All who wait for it are made ready, in the order in which they came. None of them "
                             "runs yet, for it is still the turn of `main`."},
                    {.variant = "future",
                     .moment = "printed(\"w1 got 42\")",
                     .text = "The first waiter has its turn only after `main` has given up its own. Each waiter "
                             "gets the same 42."},
                    {.variant = "event",
                     .moment = "fact(\"event set\")",
                     .text = "An event keeps a future for each who waits for it, and `set` fills them all."},
                    {.variant = "own-timers",
                     .moment = "fact(\"timer scheduled\")",
                     .text = "Each waiter sets a timer of its own, so there will be as many timers as waiters, all due "
                             "at the same time."},
                    {.variant = "coroutine-twice",
                     .moment = "printed(\"second: *\")",
                     .text = "The object is still there, but it is used up. Who needs the result twice keeps "
                             "the result, or makes a task."},
                    {.variant = "task-twice",
                     .moment = "printed(\"second: 42\")",
                     .text = "No time has passed and nobody else had a turn: the task is done, and its result "
                             "was lying ready."},
                    {.variant = "already-done",
                     .moment = "printed(\"main got 42\")",
                     .text = "The future was full before `main` awaited it, so the `await` went on at once. w1 "
                             "still stands in the queue."},
                    {.variant = "already-done",
                     .moment = "printed(\"again 42\")",
                     .text = "A future keeps its result: later, and for anybody, it is still 42."}},
        .needs = {"await-may-not-switch"},
    };
}

} // namespace loopscope::lessons
