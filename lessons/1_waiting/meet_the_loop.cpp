// Meet the event loop.
//
// No tasks yet, only what they are made of: functions that stand in a queue, timers, and a loop that
// works in iterations. Everything else in asyncio is built on these.

#include "lessons/catalog.h"
#include "lessons/parameters.h"

#include <string>
#include <vector>

//@ story
#include "core/asyncio.h"

//@ end
namespace loopscope::lessons {
namespace {

using std::string;
using std::vector;

//@ function first
void first()
{
    print("C"); //@ C
    EventLoop& loop = get_running_loop();
    loop.call_soon([] { print("D"); }, "D"); //@ soon D
}

//@ function main
Coro<> main(double delay = 0.2, int times = 1)
{
    EventLoop& loop = get_running_loop();
    for (int i = 0; i < times; ++i)
        loop.call_soon([] { print("A"); }, "A"); //@ soon A
    loop.call_later(delay, [] { print("B"); }, "B"); //@ later B
    loop.call_soon(first, "first"); //@ soon first
    co_await sleep(delay + 0.1); // until all is over //@ stay
}

//@ function main_zero_delay
Coro<> main_zero_delay(int times = 1)
{
    EventLoop& loop = get_running_loop();
    for (int i = 0; i < times; ++i)
        loop.call_soon([] { print("A"); }, "A"); //@ zero A
    loop.call_later(0, [] { print("B"); }, "B"); //@ zero B
    loop.call_soon(first, "first"); //@ zero first
    co_await sleep(0.1); // until all is over //@ zero stay
}

//@ function main_idle
Coro<> main_idle(double wait = 3.0)
{
    print("nothing to do"); //@ nothing
    co_await sleep(wait); // a timer, and nothing else //@ idle
    print("awake"); //@ awake
}
//@ end

Coro<> start_callbacks(EventLoop&, const Values& values)
{
    return main(values.number("delay"), values.whole("times"));
}

Coro<> start_zero_delay(EventLoop&, const Values& values) { return main_zero_delay(values.whole("times")); }

Coro<> start_idle(EventLoop&, const Values& values) { return main_idle(values.number("wait")); }

vector<Parameter> parameters()
{
    return {in_seconds("delay", "B is due after", {.low = 0, .high = 1.0, .step = 0.1}, 0.2),
            how_many("times", "how often A", {0, 5}, 1),
            in_seconds("wait", "idle for", {.low = 0.5, .high = 10.0, .step = 0.5}, 3.0)};
}

vector<Prediction> predictions()
{
    return {
        {.id = "order",
         .question = "In which order are the letters printed?",
         .setup = {.variant = "callbacks"},
         .answer = "order",
         .options = {{.text = "{}", .value = "[A, B, C, D]", .belief = "Calls run in the order of the lines that ask for them."},
                     {.text = "{}",
                      .value = "[A, C, D, B]",
                      .belief = "What a callback adds still has its turn in the same iteration."},
                     {.text = "{}",
                      .value = "[A, C, B, D]",
                      .belief = "A timer that was set earlier goes before what is added later, even if it is not due."},
                     {.text = "{}", .value = "[C, D, A, B]", .belief = "The newest callback has its turn first."}},
         .decided_by = "printed(D)",
         .because = "`call_soon` queues at the end, and D was added only when `first` ran. The loop looks at its "
                    "timers when an iteration begins, and B joins the queue when it is due.",
         .again = {{"delay=0.7"}, {"delay=0"}}},
        {.id = "idle",
         .question = "The only thing left is one timer. How many more iterations does the loop make before "
                     "the timer is due?",
         .setup = {.variant = "idle"},
         .answer = "passes(0, wait)",
         .options = {{.text = "Thousands: it asks again and again whether something is ready",
                      .value = "1000 * wait",
                      .belief = "M29"},
                     {.text = "{}: one every 0.1 s",
                      .value = "wait / 0.1",
                      .belief = "The loop looks at its timers at fixed intervals."},
                     {.text = "None: it sleeps once, until the timer is due", .value = "0"}},
         .decided_by = "fact(\"select entered\", 1)",
         .because = "The loop knows its nearest timer, so it tells the operating system for how long to put "
                    "it to sleep. Nothing runs until then, not even the loop.",
         .again = {{"wait=5"}, {"wait=10"}}},
    };
}

} // namespace

Lesson meet_the_loop()
{
    return {
        .number = 2,
        .chapter = 1,
        .chapter_title = "Why wait differently?",
        .id = "meet-the-loop",
        .title = "Meet the event loop",
        .question = "Who decides what runs next?",
        .text = "An event loop calls functions that it was given, one at a time; such a function is called "
                "a callback. `call_soon` puts one at the end of the ready queue. `call_later` sets a "
                "timer. The loop works in iterations. When one begins, the callbacks of timers that "
                "are due join the ready queue, behind those that stand there. Then the loop calls what "
                "stands there, and only that: what joins the queue meanwhile waits for the next "
                "iteration. `main` is what the loop begins with, and its last line keeps the "
                "loop going; what `async` and `await` mean comes in the next chapter.",
        .takeaway = "The loop calls what is ready in the order in which it became ready, and sleeps when "
                    "nothing is.",
        .cpp_file = "lessons/1_waiting/meet_the_loop.cpp",
        .python_file = "lessons/1_waiting/meet_the_loop.py",
        .parameters = parameters(),
        .variants = {{.name = "callbacks",
                      .title = "Four callbacks",
                      .summary = "A and `first` come by `call_soon`, B by `call_later`; `first` prints C and adds D.",
                      .start = start_callbacks,
                      .functions = {"first", "main"},
                      .parameters = {"delay", "times"}},
                     {.name = "zero-delay",
                      .title = "A delay of zero",
                      .summary = "B's timer is due at once, which is still not the same as `call_soon`.",
                      .start = start_zero_delay,
                      .functions = {"first", "main_zero_delay"},
                      .parameters = {"times"}},
                     {.name = "idle",
                      .title = "Nothing to do",
                      .summary = "One timer, and nothing else that could be ready before it is due.",
                      .start = start_idle,
                      .functions = {"main_idle"},
                      .parameters = {"wait"}}},
        .default_variant = 0,
        .compare = {"callbacks", "zero-delay"},
        .predictions = predictions(),
        .challenge = {.task = "Get the letters in the order A, C, B, D.",
                      .goal = "order == [A, C, B, D]",
                      .begins = {.variant = "callbacks"},
                      .passes = {.variant = "callbacks", .sets = {"delay=0"}},
                      .hint = "D joins the queue during an iteration, and waits for the next. When would B "
                              "have to be due to be called in that one?",
                      .variants = {"callbacks"}},
        .remarks = {{.variant = "callbacks",
                     .moment = "printed(C)",
                     .text = "`first` has its turn, and adds D to the queue. This iteration calls only what "
                             "stood there when it began, so D waits for the next one."},
                    {.variant = "callbacks",
                     .moment = "if(delay > 0, fact(\"select entered\", 1), never)",
                     .text = "Nothing is ready. The loop sleeps in its selector, where it waits for timers and for the "
                             "network, until the nearest timer is due: B."},
                    {.variant = "callbacks",
                     .moment = "fact(\"timer fired\", 1)",
                     .text = "B is due. A timer runs nothing by itself: its callback joins the ready queue."},
                    {.variant = "zero-delay",
                     .moment = "fact(\"timer fired\", 1)",
                     .text = "B is due when the iteration begins, and joins the queue behind what stands there already: "
                             "`first` is in front of it."},
                    {.variant = "zero-delay",
                     .moment = "printed(B)",
                     .text = "D has been in the queue since `first` ran, but B was there when this iteration began."},
                    {.variant = "idle",
                     .moment = "fact(\"select entered\", 1)",
                     .text = "The selector is one call to the operating system: the program sleeps until the timer "
                             "is due. No iteration happens meanwhile."},
                    {.variant = "idle",
                     .moment = "fact(\"timer fired\", 1)",
                     .text = "The timer is due, and only now does the loop go on."}},
        .needs = {"waiting-is-not-working"},
    };
}

} // namespace loopscope::lessons
