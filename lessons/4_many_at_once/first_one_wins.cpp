// First one wins.
//
// wait() comes back with the first answer and leaves the slower tasks alone; as_completed() gives
// one answer after the other as they come. Whoever has lost goes on until somebody cancels it.

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

constexpr ReturnWhen FIRST_COMPLETED = ReturnWhen::FirstCompleted;

//@ function fetch
Coro<string> fetch(string name, double seconds)
{
    co_await sleep(seconds); //@ sleep
    print(name + " answers"); //@ answer
    co_return name;
}

//@ function main
Coro<> main(double a = 1.2, double b = 0.4, double c = 0.9,
            string cancel = "yes")
{
    vector<Task<string>> tasks = {
        create_task(fetch("a", a)), //@ create a
        create_task(fetch("b", b)), //@ create b
        create_task(fetch("c", c))}; //@ create c
    auto waiting = wait(tasks, {}, FIRST_COMPLETED);
    auto waited = co_await waiting; //@ wait
    print(text_of(waited.pending.size()) + " still at work"); //@ first
    co_await sleep(0.1); //@ use
    if (cancel == "yes")
        for (Task<string> task : tasks) // one that is done
            task.cancel();              // takes no notice
    co_await wait(tasks); //@ over
}

//@ function main_as_completed
Coro<> main_as_completed(double a = 1.2, double b = 0.4,
                         double c = 0.9)
{
    vector<Task<string>> tasks = {
        create_task(fetch("a", a)), //@ next create a
        create_task(fetch("b", b)), //@ next create b
        create_task(fetch("c", c))}; //@ next create c
    auto coming = as_completed(tasks);
    while (!coming.empty()) {
        string name = co_await coming.next(); //@ next
        print("got " + name); //@ got
    }
}

//@ function main_hedge
Coro<> main_hedge(double delay = 1.0, double first = 2.0,
                  double late = 0.4)
{
    vector<Task<string>> tasks;
    tasks.push_back(create_task(fetch("first", first))); //@ hedge create
    auto waited = co_await wait(tasks, delay); //@ hedge delay
    if (waited.done.empty()) {
        tasks.push_back(create_task(fetch("backup", late))); //@ hedge backup
        auto both = wait(tasks, {}, FIRST_COMPLETED);
        co_await both; //@ hedge wait
    }
    for (Task<string> task : tasks)
        task.cancel(); // takes no notice when it is done
    co_await wait(tasks); //@ hedge over
}
//@ end

Coro<> start_wait(EventLoop&, const Values& values)
{
    return main(values.number("latency_a"), values.number("latency_b"), values.number("latency_c"),
                values.word("cancel"));
}

Coro<> start_as_completed(EventLoop&, const Values& values)
{
    return main_as_completed(values.number("latency_a"), values.number("latency_b"), values.number("latency_c"));
}

Coro<> start_hedge(EventLoop&, const Values& values)
{
    return main_hedge(values.number("hedge_delay"), values.number("primary"), values.number("backup"));
}

} // namespace

Lesson first_one_wins()
{
    const NumberRange delays{.low = 0.1, .high = 5.0, .step = 0.1};
    return {
        .number = 14,
        .chapter = 4,
        .chapter_title = "Many at once",
        .id = "first-one-wins",
        .title = "First one wins",
        .question = "How do I act on the first answer?",
        .text = "Sometimes one answer of several is enough: three servers have the same page. `wait` takes "
                "tasks and, when asked for `FIRST_COMPLETED`, comes back as soon as one of them is over; it "
                "gives you two sets, those that are done and the rest. `main` then uses the answer for 0.1 s. "
                "`as_completed` hands over each answer when it is there. In the last variant `main` asks one "
                "server, waits for a while, and then asks a second one too: a backup, in case the first is "
                "slow.",
        .takeaway = "`wait` and `as_completed` tell you who is first and stop nobody: cancel the tasks whose "
                    "answers you do not need any more.",
        .cpp_file = "lessons/4_many_at_once/first_one_wins.cpp",
        .python_file = "lessons/4_many_at_once/first_one_wins.py",
        .parameters = {in_seconds("latency_a", "a answers after", delays, 1.2),
                       in_seconds("latency_b", "b answers after", delays, 0.4),
                       in_seconds("latency_c", "c answers after", delays, 0.9),
                       one_of("cancel", "cancel the losers", {"yes", "no"}, "yes"),
                       in_seconds("hedge_delay", "backup after", {.low = 0.1, .high = 2.0, .step = 0.1}, 1.0),
                       in_seconds("primary", "first answers after", delays, 2.0),
                       in_seconds("backup", "backup answers after", delays, 0.4)},
        .variants = {{.name = "wait",
                      .title = "Wait for the first",
                      .summary = "`wait` comes back with the first answer; then the losers are cancelled, or not.",
                      .start = start_wait,
                      .functions = {"fetch", "main"},
                      .parameters = {"latency_a", "latency_b", "latency_c", "cancel"}},
                     {.name = "as-completed",
                      .title = "One by one",
                      .summary = "`main` takes one answer after another from `as_completed`.",
                      .start = start_as_completed,
                      .functions = {"fetch", "main_as_completed"},
                      .parameters = {"latency_a", "latency_b", "latency_c"}},
                     {.name = "hedge",
                      .title = "A backup",
                      .summary = "When the first server is slow, a second one is asked too, and the first answer wins.",
                      .start = start_hedge,
                      .functions = {"fetch", "main_hedge"},
                      .parameters = {"hedge_delay", "primary", "backup"}}},
        .default_variant = 0,
        .compare = {"wait", "as-completed"},
        .predictions =
            {{.id = "losers",
              .question = "`wait` has come back with the first answer, and `main` uses it. What do the two others do?",
              .setup = {.variant = "wait"},
              .answer = "state(\"fetch-1\", at(\"* still at work\") + 0.05)",
              .options = {{.text = "They are cancelled",
                           .value = "\"cancelled\"",
                           .belief = "`wait` ends the slower ones."},
                          {.text = "They go on waiting for their answers", .value = "\"waiting\""},
                          {.text = "They stand still until `main` waits for them again",
                           .value = "\"ready\"",
                           .belief = "A task makes progress only while somebody awaits it."}},
              .decided_by = "printed(\"* still at work\")",
              .because = "`wait` watches tasks, and stops none of them. Both others are still under way until "
                         "`main` itself cancels them.",
              .again = {{"latency_a=1.8", "latency_b=0.6", "latency_c=1.1"},
                        {"latency_a=0.9", "latency_b=1.5", "latency_c=0.3"}}},
             {.id = "order",
              .question = "Three tasks are made in the order a, b, c. In which order does `as_completed` give their "
                          "answers?",
              .setup = {.variant = "as-completed"},
              .answer = "order(\"got *\")",
              .options = {{.text = "{}",
                           .value = "[\"got a\", \"got b\", \"got c\"]",
                           .belief = "`as_completed` gives the answers in the order of its arguments, as `gather` "
                                     "does."},
                          {.text = "{}", .value = "order(\"got *\")"},
                          {.text = "{}",
                           .value = "[item(order(\"got *\"), 3), item(order(\"got *\"), 2), item(order(\"got *\"), 1)]",
                           .belief = "`as_completed` gives the answer first that was longest on its way."}},
              .decided_by = "printed(\"got *\")",
              .because = "`as_completed` hands over an answer at the moment when it comes, whoever was asked first.",
              .again = {{"latency_a=1.6", "latency_b=2.5", "latency_c=0.7"},
                        {"latency_a=0.6", "latency_b=0.3", "latency_c=0.9"}}}},
        .challenge = {.task = "The first server needs 2 s, the backup 0.4 s. Have an answer and everything over by "
                              "0.7 s, with two requests at most.",
                      .goal = "total <= 0.7 and facts(\"task created\", fetch) <= 2 and pending_at_exit == 0 and primary >= 2 "
                              "and backup >= 0.4",
                      .begins = {.variant = "hedge"},
                      .passes = {.variant = "hedge", .sets = {"hedge_delay=0.3"}},
                      .hint = "Every moment that `main` waits before it asks the backup is part of the total.",
                      .variants = {"hedge"}},
        .remarks =
            {{.variant = "wait",
              .moment = "printed(\"* still at work\")",
              .text = "The first answer is there, so `wait` is over. It has stopped nobody: the slower tasks go on."},
             {.variant = "wait",
              .moment = "fact(\"cancel requested\")",
              .text = "It is `main` that cancels the losers, and then waits until they are over."},
             {.variant = "as-completed",
              .moment = "printed(\"got *\")",
              .text = "The quickest comes first, wherever it stands in the list."},
             {.variant = "hedge",
              .moment = "fact(\"task created\", fetch, 2)",
              .text = "The time is up and the first server has not answered. It was not cancelled: from now on two "
                      "requests are under way."},
             {.variant = "hedge",
              .moment = "fact(\"cancel requested\")",
              .text = "One answer is enough. Without this the loser would go on, and its answer would be for nobody."}},
        .needs = {"when-one-fails"},
        .versions = "Since Python 3.13 `async for` can go through `as_completed` too; the plain `for` works "
                    "everywhere.",
    };
}

} // namespace loopscope::lessons
