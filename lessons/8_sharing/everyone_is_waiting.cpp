// Everyone is waiting.
//
// Tasks that wait for each other in a circle never go on. No thread is needed for that, and nothing
// burns: the loop sleeps, since nothing that it knows of can ever happen.

#include "lessons/catalog.h"
#include "lessons/parameters.h"

#include <string>
#include <utility>
#include <vector>

//@ story
#include "core/asyncio.h"

//@ end
namespace loopscope::lessons {
namespace {

using std::string;
using std::to_string;
using std::vector;

// Locks live in main, which ends after the tasks that refer to them.

//@ function worker
Coro<> worker(string name, Lock& first, Lock& second,
              double pause)
{
    auto outer = [&]() -> Coro<> {
        co_await sleep(pause); //@ pause
        print(name + " wants the other lock"); //@ wants
        auto inner = [&]() -> Coro<> {
            co_await sleep(0.1); //@ both
        };
        co_await async_with(second, inner()); //@ second
    };
    co_await async_with(first, outer()); //@ first
    print(name + " done"); //@ done
}

//@ function main
Coro<> main(double pause = 0.1)
{
    Lock a("lock A"), b("lock B");
    auto first = worker("worker-1", a, b, pause);
    auto second = worker("worker-2", b, a, pause);
    co_await gather(first, second); //@ gather
    print("all done"); //@ all
}

//@ function main_same_order
Coro<> main_same_order(double pause = 0.1)
{
    Lock a("lock A"), b("lock B");
    auto first = worker("worker-1", a, b, pause);
    auto second = worker("worker-2", a, b, pause);
    co_await gather(first, second); //@ same gather
    print("all done"); //@ same all
}

//@ function hiker
Coro<> hiker(int n, Barrier& barrier)
{
    co_await sleep(0.1 * n); //@ walk
    print(to_string(n) + " is here"); //@ here
    co_await barrier.wait(); //@ barrier
    print(to_string(n) + " goes on"); //@ goes on
}

//@ function main_barrier
Coro<> main_barrier(int places = 3, int hikers = 2)
{
    Barrier barrier(places);
    vector<Coro<>> group;
    for (int n = 1; n <= hikers; ++n)
        group.push_back(hiker(n, barrier));
    co_await gather(std::move(group)); //@ gather hikers
    print("all done"); //@ all hikers
}

//@ function guest
Coro<> guest(Event& door)
{
    print("guest rings"); //@ ring
    co_await door.wait(); //@ door
    print("guest comes in"); //@ come in
}

//@ function host
Coro<> host(double pause)
{
    co_await sleep(pause); //@ host sleeps
    print("host goes out, forgets to open"); //@ forget
}

//@ function main_event
Coro<> main_event(double pause = 0.1)
{
    Event door("door");
    co_await gather(guest(door), host(pause)); //@ gather guest
    print("all done"); //@ all in
}
//@ end

auto with_pause(Coro<> (*story)(double))
{
    return [story](EventLoop&, const Values& values) { return story(values.number("pause")); };
}

Coro<> start_barrier(EventLoop&, const Values& values)
{
    return main_barrier(values.whole("places"), values.whole("arrivals"));
}

vector<Prediction> predictions()
{
    return {
        {.id = "stuck",
         .question = "worker-1 holds lock A and waits for B, worker-2 holds B and waits for A. What does the event "
                     "loop do?",
         .setup = {.variant = "crossed"},
         .answer = "outcome",
         .options = {{.text = "It asks both again and again, at full load.", .value = "\"gave up\"", .belief = "M29"},
                     {.text = "It sleeps for ever.", .value = "\"deadlock\""},
                     {.text = "It raises an error.", .value = "\"RuntimeError\"",
                      .belief = "asyncio notices that tasks wait for each other, and raises an error."},
                     {.text = "It ends: without threads nobody is stuck.", .value = "\"result\"", .belief = "M30"}},
         .decided_by = "fact(\"loop stuck\")",
         .because = "Nobody is ready, and there is no timer and no socket to wait for. The loop sleeps in its selector, "
                    "and nothing can ever wake it.",
         .again = {{"pause=0.3"}, {"pause=1"}}},
        {.id = "same-order",
         .question = "Both tasks take A first and B second now. Each holds A for the pause, and then both locks for "
                     "0.1 s. When are both done?",
         .setup = {.variant = "same-order"},
         .answer = "total",
         .options = {{.text = "after {} s: side by side", .value = "pause + 0.1",
                      .belief = "Tasks overlap their waits even while they hold the same lock."},
                     {.text = "after {} s: one behind the other", .value = "2 * (pause + 0.1)"},
                     {.text = "never", .value = "never",
                      .belief = "Two tasks that need the same two locks always end up waiting for each other."}},
         .decided_by = "printed(\"all done\")",
         .because = "worker-2 waits for A until worker-1 has let go of both locks. While it waits it holds nothing that "
                    "worker-1 needs.",
         .again = {{"pause=0.3"}, {"pause=0.5"}}},
    };
}

} // namespace

Lesson everyone_is_waiting()
{
    return {
        .number = 29,
        .chapter = 8,
        .chapter_title = "Sharing and flow",
        .id = "everyone-is-waiting",
        .title = "Everyone is waiting",
        .question = "Can it hang without threads?",
        .text = "Tasks wait for each other in many ways. A `Lock` has one holder, and whoever else wants it waits. A "
                "`Barrier` has a number of places, and whoever arrives waits until all places are taken. An `Event` is "
                "a flag: `wait()` waits until somebody calls `set()`. All of these waits end only when another task "
                "does something. In the first two variants two workers need both locks, A and B, and each takes one of "
                "them and then the other.",
        .takeaway = "Tasks that wait for each other in a circle wait for ever, so take several locks in the same order "
                    "everywhere.",
        .cpp_file = "lessons/8_sharing/everyone_is_waiting.cpp",
        .python_file = "lessons/8_sharing/everyone_is_waiting.py",
        .parameters = {in_seconds("pause", "pause", {.low = 0, .high = 1.0, .step = 0.1}, 0.1),
                       how_many("places", "places at the barrier", {1, 5}, 3),
                       how_many("arrivals", "hikers who come", {1, 5}, 2)},
        .variants = {{.name = "crossed",
                      .title = "Crossed",
                      .summary = "One worker takes A and wants B, the other takes B and wants A.",
                      .start = with_pause(main),
                      .functions = {"worker", "main"},
                      .parameters = {"pause"},
                      .ends = "deadlock"},
                     {.name = "same-order",
                      .title = "Same order",
                      .summary = "Both workers take A first and B second.",
                      .start = with_pause(main_same_order),
                      .functions = {"worker", "main_same_order"},
                      .parameters = {"pause"}},
                     {.name = "barrier",
                      .title = "Barrier",
                      .summary = "A barrier has more places than tasks that come.",
                      .start = start_barrier,
                      .functions = {"hiker", "main_barrier"},
                      .parameters = {"places", "arrivals"},
                      .ends = "deadlock"},
                     {.name = "unset-event",
                      .title = "Forgotten event",
                      .summary = "A task waits for an event that nobody sets.",
                      .start = with_pause(main_event),
                      .functions = {"guest", "host", "main_event"},
                      .parameters = {"pause"},
                      .ends = "deadlock"}},
        .default_variant = 0,
        .compare = {"crossed", "same-order"},
        .predictions = predictions(),
        .challenge = {.task = "Both workers done within 0.5 s, each with both locks for 0.1 s.",
                      .goal = "all_done and total <= 0.5 and pause == 0.1",
                      .begins = {.variant = "crossed"},
                      .passes = {.variant = "same-order"},
                      .hint = "The circle closes because each of them holds what the other one wants.",
                      .variants = {"crossed", "same-order"}},
        .remarks = {{.variant = "crossed",
                     .moment = "fact(\"acquired\", \"worker-2\")",
                     .text = "Each worker holds one lock now, and each of them is going to ask for the other's."},
                    {.variant = "crossed",
                     .moment = "fact(\"task suspended\", \"worker-2\", -1)",
                     .text = "The circle is closed: worker-1 waits for worker-2, and worker-2 for worker-1."},
                    {.variant = "crossed",
                     .moment = "fact(\"loop stuck\")",
                     .text = "No task is ready, and no timer and no socket is left. Nothing can ever wake this program; it "
                             "uses no processor time either, which makes it look merely idle."},
                    {.variant = "same-order",
                     .moment = "fact(\"task suspended\", \"worker-2\")",
                     .text = "worker-2 waits for A with empty hands, so worker-1 can get B and will let go of both."},
                    {.variant = "barrier",
                     .moment = "fact(\"loop stuck\")",
                     .text = "Whoever has arrived here waits for somebody who never comes."},
                    {.variant = "unset-event",
                     .moment = "printed(\"host*\")",
                     .text = "This task was to set the event. When it has ended without doing so, nobody is left who "
                             "could."},
                    {.variant = "unset-event",
                     .moment = "fact(\"loop stuck\")",
                     .text = "It needs no circle: one task alone waits for ever, if what it waits for never comes."}},
        .needs = {"lost-update"},
        .versions = "`Barrier` came with Python 3.11.",
    };
}

} // namespace loopscope::lessons
