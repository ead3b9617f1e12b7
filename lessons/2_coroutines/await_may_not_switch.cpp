// Not every `await` lets go.
//
// Awaiting a coroutine runs it inside the same turn. The turn ends only where something really has
// to wait: at a sleep, a task or a future that is not done. Without that, nobody else gets in.

#include "lessons/catalog.h"
#include "lessons/parameters.h"

#include <set>
#include <string>
#include <vector>

//@ story
#include "core/asyncio.h"

//@ end
namespace loopscope::lessons {
namespace {

using std::set;
using std::string;
using std::vector;

//@ story
Coro<> quick()
{
    print("q"); //@ q
    co_return;
}

Coro<> other()
{
    print("other"); //@ other
    co_return;
}

//@ function main
Coro<> main(int rounds = 3)
{
    Task<> task = create_task(other()); //@ create
    for (int n = 1; n <= rounds; ++n)
        co_await quick(); //@ await quick
    co_await task; //@ await other
}

//@ function main_as_task
Coro<> main_as_task(int rounds = 3)
{
    Task<> task = create_task(other()); //@ as-task create
    for (int n = 1; n <= rounds; ++n)
        co_await create_task(quick()); //@ as-task await quick
    co_await task; //@ as-task await other
}

//@ function main_polite
Coro<> main_polite(int rounds = 3, set<int> let_go = {1})
{
    Task<> task = create_task(other()); //@ polite create
    for (int n = 1; n <= rounds; ++n) {
        co_await quick(); //@ polite await quick
        if (let_go.contains(n))
            co_await sleep(0); //@ let go
    }
    co_await task; //@ polite await other
}
//@ end

auto plain_rounds(Coro<> (*story)(int))
{
    return [story](EventLoop&, const Values& values) { return story(values.whole("rounds")); };
}

Coro<> polite_rounds(EventLoop&, const Values& values)
{
    set<int> let_go;
    for (int n = 1; n <= 3; ++n)
        if (values.word("sleep_" + std::to_string(n)) == "on")
            let_go.insert(n);
    return main_polite(values.whole("rounds"), let_go);
}

Parameter sleep_in_round(int n, const string& initial)
{
    return one_of("sleep_" + std::to_string(n), "sleep(0) in round " + std::to_string(n), {"off", "on"}, initial,
                  [n](const Values& values) { return values.whole("rounds") >= n; });
}

// After how many q it was printed: none, one, or all.
constexpr auto other_comes_after = "if(item(order, 1) == \"other\", 0, if(item(order, 2) == \"other\", 1, "
                                   "if(item(order, -1) == \"other\", rounds, never)))";

} // namespace

Lesson await_may_not_switch()
{
    const vector<string> no_sleeps = {"rounds"};
    return {
        .number = 6,
        .chapter = 2,
        .chapter_title = "Coroutines",
        .id = "await-may-not-switch",
        .title = "Not every await lets go",
        .question = "When does an `await` really give up the turn?",
        .text = "`other` is a task: it has one thing to print and stands in the ready queue "
                "until `main` gives up its turn. But `main` first plays some rounds, and in each round "
                "it awaits `quick`, which prints q and has nothing to wait for. In \"Awaited directly\" it awaits "
                "the coroutine itself; in \"A task each\" it makes a task of it first. In \"With sleep(0)\" "
                "you choose after which rounds `main` says `await sleep(0)`: to stop for no time at all, "
                "but to go to the back of the queue. No time passes in this lesson; what counts is "
                "the order.",
        .takeaway = "An `await` gives up the turn only where somebody has to wait, or asks for it by `sleep(0)`; "
                    "otherwise it is no more than a call.",
        .cpp_file = "lessons/2_coroutines/await_may_not_switch.cpp",
        .python_file = "lessons/2_coroutines/await_may_not_switch.py",
        .parameters = {how_many("rounds", "rounds", {1, 6}, 3),
                       sleep_in_round(1, "on"), sleep_in_round(2, "off"), sleep_in_round(3, "off")},
        .variants = {{.name = "direct",
                      .title = "Awaited directly",
                      .summary = "In each round `main` awaits `quick()` itself.",
                      .start = plain_rounds(main),
                      .functions = {"quick", "other", "main"},
                      .parameters = no_sleeps},
                     {.name = "as-task",
                      .title = "A task each",
                      .summary = "In each round `main` makes a task of `quick()` and awaits that.",
                      .start = plain_rounds(main_as_task),
                      .functions = {"quick", "other", "main_as_task"},
                      .parameters = no_sleeps},
                     {.name = "polite",
                      .title = "With sleep(0)",
                      .summary = "After the rounds that you choose, `main` awaits `sleep(0)`.",
                      .start = polite_rounds,
                      .functions = {"quick", "other", "main_polite"}}},
        .default_variant = 0,
        .compare = {"direct", "as-task"},
        .predictions =
            {{.id = "direct",
              .question = "`main` awaits `quick()` directly, round after round. When is `other` printed?",
              .setup = {.variant = "direct"},
              .answer = other_comes_after,
              .options = {{.text = "First, before any q", .value = "0", .belief = "M5"},
                          {.text = "After the first q", .value = "1", .belief = "M4"},
                          {.text = "After the last q", .value = "rounds"}},
              .decided_by = "fact(\"task suspended\", main)",
              .because = "This is the first await of `main` that has something to wait for. Until here it "
                         "was one single turn, and nobody else gets in during a turn.",
              .again = {{"rounds=5"}, {"rounds=2"}}},
             {.id = "as-task",
              .question = "Now `main` makes a task of each `quick()` and awaits that. When is `other` printed?",
              .setup = {.variant = "as-task"},
              .answer = other_comes_after,
              .options = {{.text = "First, before any q", .value = "0"},
                          {.text = "After the first q",
                           .value = "1",
                           .belief = "The task that is awaited overtakes those that stand in the queue."},
                          {.text = "After the last q",
                           .value = "rounds",
                           .belief = "To await a coroutine and to await a task of it is the same."}},
              .decided_by = "fact(\"task suspended\", main)",
              .because = "The task of the first `quick()` has not begun, so `main` has to wait. In the queue "
                         "the task of `other` stands before it.",
              .again = {{"rounds=4"}, {"rounds=2"}}},
             {.id = "polite",
              .question = "`main` says `await sleep(0)` after the first round only. When is `other` printed?",
              .setup = {.variant = "polite"},
              .answer = other_comes_after,
              .options = {{.text = "First, before any q", .value = "0", .belief = "M5"},
                          {.text = "After the first q", .value = "1"},
                          {.text = "After the last q",
                           .value = "rounds",
                           .belief = "A sleep of no time does nothing."}},
              .decided_by = "fact(\"task yielded\", main)",
              .because = "`sleep(0)` ends the turn of `main` and puts it at the back of the queue, behind "
                         "`other`.",
              .again = {{"rounds=6"}, {"rounds=2"}}}},
        .challenge = {.task = "Have `other` printed third: q, q, other, q.",
                      .goal = "order == [q, q, other, q]",
                      .begins = {.variant = "polite"},
                      .passes = {.variant = "polite", .sets = {"sleep_1=off", "sleep_2=on"}},
                      .hint = "`other` needs one turn, and gets it at the first await that gives up the turn "
                              "of `main`."},
        .remarks = {{.variant = "direct",
                     .moment = "fact(\"coroutine entered\")",
                     .text = "`await` goes straight into `quick`, as a call would. The turn is still that of "
                             "`main`, and `other` stays in the queue."},
                    {.variant = "direct",
                     .moment = "fact(\"task suspended\", main)",
                     .text = "Here at last something is not done yet: the task of `other` has not even begun. "
                             "So `main` gives up its turn."},
                    {.variant = "as-task",
                     .moment = "fact(\"task suspended\", main)",
                     .text = "`main` awaits a task that cannot be done, since it has had no turn. So `main` has "
                             "to wait, in every round."},
                    {.variant = "as-task",
                     .moment = "printed(other)",
                     .text = "`other` was in the queue before the task of the first `quick()`, so its turn "
                             "comes first."},
                    {.variant = "polite",
                     .moment = "fact(\"task yielded\", main)",
                     .text = "`sleep(0)` sets no timer. `main` is ready again at once, but behind everybody "
                             "who was ready before."},
                    {.variant = "polite",
                     .moment = "printed(other)",
                     .text = "One turn was enough for `other`. Whether `main` lets go once more makes no "
                             "difference to it."}},
        .needs = {"await-pauses-me"},
    };
}

} // namespace loopscope::lessons
