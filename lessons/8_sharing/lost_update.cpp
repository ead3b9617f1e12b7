// A race on one thread.
//
// Two tasks read a balance, wait, and write it back. Only one of them runs at a time, and still an
// update is lost: what a task has read may be out of date after an await.

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

// The balance lives in main, which ends after the tasks that refer to it.

//@ function withdraw
Coro<> withdraw(Watched<int>& balance, int amount, double pause)
{
    int seen = balance;
    print("saw " + to_string(seen)); //@ saw
    co_await sleep(pause); //@ pause
    balance = seen - amount; //@ write
    print("wrote " + to_string(balance)); //@ wrote
}

//@ function main
Coro<> main(int a = 30, int b = 50, double pause = 0.1)
{
    Watched<int> balance("balance", 100); //@ balance
    auto first = withdraw(balance, a, pause);
    auto second = withdraw(balance, b, pause);
    co_await gather(first, second); //@ gather
    print("balance " + to_string(balance)); //@ result
}

//@ function with_lock
Coro<> with_lock(Watched<int>& balance, Lock& lock,
                 int amount, double pause)
{
    auto block = [&]() -> Coro<> {
        int seen = balance;
        print("saw " + to_string(seen)); //@ locked saw
        co_await sleep(pause); //@ locked pause
        balance = seen - amount; //@ locked write
        print("wrote " + to_string(balance)); //@ locked wrote
    };
    co_await async_with(lock, block()); //@ lock
}

//@ function main_locked
Coro<> main_locked(int a = 30, int b = 50, double pause = 0.1)
{
    Watched<int> balance("balance", 100); //@ locked balance
    Lock lock;
    auto first = with_lock(balance, lock, a, pause);
    auto second = with_lock(balance, lock, b, pause);
    co_await gather(first, second); //@ locked gather
    print("balance " + to_string(balance)); //@ locked result
}

//@ function re_read
Coro<> re_read(Watched<int>& balance, int amount, double pause)
{
    co_await sleep(pause); //@ late pause
    int seen = balance;
    print("saw " + to_string(seen)); //@ late saw
    balance = seen - amount; //@ late write
    print("wrote " + to_string(balance)); //@ late wrote
}

//@ function main_late
Coro<> main_late(int a = 30, int b = 50, double pause = 0.1)
{
    Watched<int> balance("balance", 100); //@ late balance
    auto first = re_read(balance, a, pause);
    auto second = re_read(balance, b, pause);
    co_await gather(first, second); //@ late gather
    print("balance " + to_string(balance)); //@ late result
}

//@ function visitor
Coro<> visitor(Watched<int>& hits)
{
    for (int i = 0; i < 10; ++i) {
        hits += 1; //@ add
        co_await sleep(0); //@ others first
    }
}

//@ function main_counter
Coro<> main_counter(int visitors = 10)
{
    Watched<int> hits("hits", 0); //@ hits
    vector<Coro<>> all;
    for (int i = 0; i < visitors; ++i)
        all.push_back(visitor(hits));
    co_await gather(std::move(all)); //@ gather visitors
    print("hits " + to_string(hits)); //@ all hits
}
//@ end

auto two_withdrawals(Coro<> (*story)(int, int, double))
{
    return [story](EventLoop&, const Values& values) {
        return story(values.whole("first"), values.whole("second"), values.number("pause"));
    };
}

Coro<> start_counter(EventLoop&, const Values& values) { return main_counter(values.whole("visitors")); }

Parameter amount(const string& name, int initial)
{
    return how_many(name, name + " amount", {1, 99}, initial);
}

vector<Prediction> predictions()
{
    return {
        {.id = "balance",
         .question = "The account holds 100. Both withdrawals read it, wait, and write what they read minus their "
                     "amount. What does it hold at the end?",
         .setup = {.variant = "race"},
         .answer = "balance",
         .options = {{.text = "{}: both amounts are taken off", .value = "100 - first - second", .belief = "M21"},
                     {.text = "{}: only the second amount is", .value = "100 - second"},
                     {.text = "{}: only the first amount is", .value = "100 - first",
                      .belief = "Whoever reads a variable first keeps it until it has written."}},
         .decided_by = "fact(\"value changed\", 3)",
         .because = "The second task writes what it computed from the 100 that it had read before its wait. The first "
                    "task's update, made in between, is overwritten.",
         .again = {{"first=10", "second=60"}, {"first=70", "second=20"}}},
        {.id = "counter",
         .question = "Each visitor adds 1 to a shared counter ten times, with an `await` after each addition and "
                     "without a lock. What does the counter say at the end?",
         .setup = {.variant = "counter"},
         .answer = "hits == 10 * visitors",
         .options = {{.text = "exactly ten for each visitor", .value = "true"},
                     {.text = "less, since some additions overwrite others", .value = "false", .belief = "M22"}},
         .decided_by = "last_fact()",
         .because = "Nothing waits between reading the counter and writing it, so no other task can run there.",
         .again = {{"visitors=3"}, {"visitors=20"}}},
    };
}

} // namespace

Lesson lost_update()
{
    const vector<string> withdrawals = {"first", "second", "pause"};
    return {
        .number = 26,
        .chapter = 8,
        .chapter_title = "Sharing and flow",
        .id = "lost-update",
        .title = "A race on one thread",
        .question = "Can one thread race with itself?",
        .text = "Two tasks withdraw money from the same account, which holds 100. Each reads the balance, waits a "
                "moment, as if it asked the bank, and writes the new balance. Tasks of an event loop share one thread: "
                "one runs at a time, and another gets its turn only where the running one waits at an `await`. "
                "`gather` makes a task of each withdrawal and waits for both. A `Lock` has one holder at a time: "
                "whoever comes to its block while somebody is inside waits at the entrance. The counter variant has no "
                "lock and many tasks. Follow what each task saw and what it wrote.",
        .takeaway = "What you read before an `await` may be out of date after it; between two awaits no other task can "
                    "get in your way.",
        .cpp_file = "lessons/8_sharing/lost_update.cpp",
        .python_file = "lessons/8_sharing/lost_update.py",
        .parameters = {amount("first", 30), amount("second", 50),
                       in_seconds("pause", "asking the bank", {.low = 0, .high = 1.0, .step = 0.1}, 0.1),
                       how_many("visitors", "visitors", {1, 20}, 10)},
        .variants = {{.name = "race",
                      .title = "Race",
                      .summary = "An await lies between reading and writing.",
                      .start = two_withdrawals(main),
                      .functions = {"withdraw", "main"},
                      .parameters = withdrawals},
                     {.name = "lock",
                      .title = "Lock",
                      .summary = "A lock keeps the other out from the reading to the writing.",
                      .start = two_withdrawals(main_locked),
                      .functions = {"with_lock", "main_locked"},
                      .parameters = withdrawals},
                     {.name = "re-read",
                      .title = "Read late",
                      .summary = "The balance is read after the wait, right before it is written.",
                      .start = two_withdrawals(main_late),
                      .functions = {"re_read", "main_late"},
                      .parameters = withdrawals},
                     {.name = "counter",
                      .title = "Counter",
                      .summary = "Many tasks add 1 to the same variable, and no await lies inside an addition.",
                      .start = start_counter,
                      .functions = {"visitor", "main_counter"},
                      .parameters = {"visitors"}}},
        .default_variant = 0,
        .compare = {"race", "lock"},
        .predictions = predictions(),
        .challenge = {.task = "Take both amounts off the account, 30 and 50, within 0.15 s, though asking the bank "
                              "takes 0.1 s.",
                      .goal = "balance == 20 and total <= 0.15 and first == 30 and second == 50 and pause == 0.1",
                      .begins = {.variant = "race"},
                      .passes = {.variant = "re-read"},
                      .hint = "A lock makes the second one wait. Is there a way to have no await between reading and "
                              "writing?",
                      .variants = {"race", "lock", "re-read"}},
        .remarks = {{.variant = "race",
                     .moment = "printed(\"saw *\", 2)",
                     .text = "Both tasks have read the same balance now. The one that writes last will not know what "
                             "the other wrote."},
                    {.variant = "race",
                     .moment = "printed(\"wrote *\", 1)",
                     .text = "The balance is right at this moment, but what the other task has read is out of date."},
                    {.variant = "race",
                     .moment = "printed(\"wrote *\", 2)",
                     .text = "The first withdrawal is lost: this balance was computed from the old one."},
                    {.variant = "lock",
                     .moment = "fact(\"task suspended\", \"with_lock-2\")",
                     .text = "The lock is taken, so the second withdrawal waits before it has read anything."},
                    {.variant = "lock",
                     .moment = "printed(\"saw *\", 2)",
                     .text = "It reads what the first one wrote. The price is that the two waits came one after the "
                             "other."},
                    {.variant = "re-read",
                     .moment = "printed(\"saw *\", 2)",
                     .text = "The wait is over, and nobody can come between this reading and the writing: no await "
                             "lies between them."},
                    {.variant = "counter",
                     .moment = "last_fact()",
                     .text = "Not one addition is lost. All tasks took turns at their awaits, and none of these lies "
                             "inside an addition."}},
        .needs = {"tasks-make-overlap"},
    };
}

} // namespace loopscope::lessons
