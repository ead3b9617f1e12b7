// Cancelling is asking.
//
// cancel() puts an exception where a task waits. What the task does with it is its own affair: it may
// clean up first, take no notice, or have no ear for it, and behind a shield it never hears of it.

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
using std::vector;

//@ function clean_up
Coro<> clean_up(double seconds)
{
    co_await sleep(seconds); //@ clean
    print("clean done"); //@ clean done
}

//@ function worker
Coro<> worker(double cleanup)
{
    Coro<> work = sleep(5.0);
    auto finally = [=] { return clean_up(cleanup); };
    co_await try_finally(std::move(work), finally); //@ work
}

//@ function main
Coro<> main(double after = 1.0, double cleanup = 0.3)
{
    Task<> task = create_task(worker(cleanup)); //@ create
    co_await sleep(after); //@ nap
    task.cancel(); //@ cancel
    print(task.done() ? "done" : "not done yet"); //@ asked
    co_await wait(vector(1, task)); //@ wait
    print(task.cancelled() ? "cancelled" : "ended"); //@ over
}

//@ function stubborn
Coro<> stubborn()
{
    for (int i = 1; i <= 3; ++i) {
        try {
            co_await sleep(2.0); //@ stubborn work
        } catch (const CancelledError&) {
            print("so what?"); //@ so what
        }
    }
}

//@ function main_swallow
Coro<> main_swallow(double after = 1.0)
{
    Task<> task = create_task(stubborn()); //@ create stubborn
    co_await sleep(after); //@ stubborn nap
    task.cancel(); //@ cancel stubborn
    print(task.done() ? "done" : "not done yet"); //@ asked stubborn
    co_await wait(vector(1, task)); //@ wait stubborn
    print(task.cancelled() ? "cancelled" : "ended"); //@ stubborn over
}

//@ function busy_worker
Coro<> busy_worker(double seconds)
{
    cpu(seconds); //@ compute
    print("computed"); //@ computed
    co_await sleep(5.0); //@ busy work
}

//@ function main_busy
Coro<> main_busy(double after = 1.0, double compute = 2.0)
{
    Task<> task = create_task(busy_worker(compute)); //@ create busy
    co_await sleep(after); //@ busy nap
    task.cancel(); //@ cancel busy
    print(task.done() ? "done" : "not done yet"); //@ asked busy
    co_await wait(vector(1, task)); //@ wait busy
    print(task.cancelled() ? "cancelled" : "ended"); //@ busy over
}

//@ function save
Coro<> save(double seconds)
{
    co_await sleep(seconds); //@ save
    print("saved"); //@ saved
}

//@ function wait_for_it
Coro<> wait_for_it(Task<> saving)
{
    co_await shield(saving); //@ shield
}

//@ function main_shield
Coro<> main_shield(double after = 1.0, double seconds = 1.3)
{
    Task<> saving = create_task(save(seconds)); //@ create save
    Task<> task = create_task(wait_for_it(saving)); //@ create caller
    co_await sleep(after); //@ caller nap
    task.cancel(); //@ cancel caller
    print(task.done() ? "done" : "not done yet"); //@ asked caller
    co_await wait(vector(1, task)); //@ wait caller
    print(task.cancelled() ? "cancelled" : "ended"); //@ caller over
    co_await saving; //@ await save
}
//@ end

vector<Variant> variants()
{
    return {{.name = "cleanup",
             .title = "With clean-up",
             .summary = "The worker has something to put in order before it goes, and awaits in its `finally`.",
             .start = [](EventLoop&, const Values& v) { return main(v.number("cancel_at"), v.number("cleanup")); },
             .functions = {"clean_up", "worker", "main"},
             .parameters = {"cancel_at", "cleanup"}},
            {.name = "swallow",
             .title = "Takes no notice",
             .summary = "The worker catches the `CancelledError` and goes on with its three rounds.",
             .start = [](EventLoop&, const Values& v) { return main_swallow(v.number("cancel_at")); },
             .functions = {"stubborn", "main_swallow"},
             .parameters = {"cancel_at"}},
            {.name = "busy",
             .title = "Computing",
             .summary = "The worker computes first, and holds the thread that `main` would need to ask.",
             .start = [](EventLoop&, const Values& v) { return main_busy(v.number("cancel_at"), v.number("compute")); },
             .functions = {"busy_worker", "main_busy"},
             .parameters = {"cancel_at", "compute"}},
            {.name = "shield",
             .title = "Behind a shield",
             .summary = "The cancelled task waits for a save, and a shield keeps the request from the save.",
             .start = [](EventLoop&, const Values& v) { return main_shield(v.number("cancel_at"), v.number("save")); },
             .functions = {"save", "wait_for_it", "main_shield"},
             .parameters = {"cancel_at", "save"}}};
}

vector<Prediction> predictions()
{
    const Prediction just_after{
        .id = "just-after",
        .question = "On the line after `task.cancel()`, is the task done?",
        .setup = {.variant = "cleanup"},
        .answer = "count(\"not done yet\") == 0",
        .options = {{"yes", "true", "M17"}, {"no", "false"}},
        .decided_by = "printed(\"not done yet\")",
        .because = "`cancel()` has only put the worker's next turn into the ready queue, a turn that begins with an "
                   "exception. `main` still has the thread.",
        .again = {{"cleanup=0"}, {"cancel_at=3", "cleanup=0.8"}},
    };
    const Prediction over{
        .id = "over",
        .question = "When is the cancelled task over?",
        .setup = {.variant = "cleanup"},
        .answer = "at(\"cancelled\")",
        .options = {{"at {} s", "cancel_at", "M17"},
                    {"at {} s", "cancel_at + cleanup"},
                    {"at {} s", "5 + cleanup", "A cancelled task first ends the wait that it is in."}},
        .decided_by = "printed(\"clean done\")",
        .because = "The wait for the work was cut off at once. But `finally` is part of the task, and the "
                   "clean-up in it awaits.",
        .again = {{"cancel_at=2", "cleanup=0.6"}, {"cancel_at=0.5", "cleanup=1"}},
    };
    const Prediction swallow{
        .id = "swallow",
        .question = "The worker has three rounds of 2.0 s. It catches the `CancelledError` and goes on with the "
                    "next round. When is it over?",
        .setup = {.variant = "swallow"},
        .answer = "at(\"ended\")",
        .options = {{"at {} s", "cancel_at", "M17"},
                    {"at {} s", "cancel_at + 4"},
                    {"at {} s", "6", "M18"}},
        .decided_by = "printed(\"so what?\")",
        .because = "The request cut one round short and was used up by that. `main`, which wanted an end, waits "
                   "for two more rounds, and the task does not even count as cancelled.",
        .again = {{"cancel_at=0.4"}, {"cancel_at=1.7"}},
    };
    const Prediction shield{
        .id = "shield",
        .question = "The task waits for a save, through `shield`, and is cancelled. When is the task over?",
        .setup = {.variant = "shield"},
        .answer = "at(\"cancelled\")",
        .options = {{"at {} s", "cancel_at"},
                    {"at {} s", "save", "M19"},
                    {"{}", "never", "A shield also protects the task that waits at it."}},
        .decided_by = "printed(\"cancelled\")",
        .because = "The shield stands between the task and the save: the task gets its `CancelledError` at once, "
                   "and the save goes on without it.",
        .again = {{"save=2"}, {"cancel_at=0.5", "save=0.9"}},
    };
    return {just_after, over, swallow, shield};
}

vector<Remark> remarks()
{
    return {{"cleanup", "fact(\"cancel requested\")",
             "The wait of the worker is cut off. Its next turn, which brings the exception, is still to come."},
            {"cleanup", "printed(\"not done yet\")",
             "`cancel()` returned at once and `main` went on. Nobody else has run in between."},
            {"cleanup", "printed(\"clean done\")",
             "The clean-up is done, and only with it the task ends. Whoever cancels has to wait for this."},
            {"swallow", "printed(\"so what?\")",
             "The exception was caught and not raised again. It does not come a second time, so the worker goes on as "
             "if nobody had asked."},
            {"swallow", "printed(\"ended\")",
             "The task has returned normally: `cancelled()` says no. A timeout or a task group would have had to wait "
             "just as long."},
            {"busy", "if(compute > cancel_at, printed(\"computed\"), never)",
             "Should the request have come by now? `main` is the one to make it, and `main` had no turn."},
            {"busy", "fact(\"cancel requested\")",
             "Now `main` has its turn and asks. The worker waits by now, and that await will raise."},
            {"shield", "fact(\"cancel requested\")",
             "The task waits at the shield, not at the save. The shield lets go of the task and passes nothing on."},
            {"shield", "printed(\"saved\")",
             "The save has ended as if nothing had happened. Somebody has to wait for it, or the end of the program "
             "cancels it after all."}};
}

} // namespace

Lesson cancel_is_a_request()
{
    const NumberRange up_to_one{.low = 0, .high = 1.0, .step = 0.1};
    return {
        .number = 25,
        .chapter = 7,
        .chapter_title = "Stopping",
        .id = "cancel-is-a-request",
        .title = "Cancelling is asking",
        .question = "When is a cancelled task really over?",
        .text = "`task.cancel()` asks a task to stop: the await at which it waits raises a `CancelledError`. "
                "`finally` runs on its way out, and the task may even catch it, though not by `except Exception`. "
                "`asyncio.wait([task])` waits until the task is over, whichever way, and `task.cancelled()` tells "
                "whether it was cancelled. `main` asks a worker to stop. One worker has something to clean up, one "
                "takes no notice, one computes before it waits, and one waits for a save that must not be cut off: "
                "`shield` keeps the request away from what it is given.",
        .takeaway = "`cancel()` asks and does not wait: the task may clean up first, or even go on, and is over only "
                    "when its code has ended.",
        .cpp_file = "lessons/7_stopping/cancel_is_a_request.cpp",
        .python_file = "lessons/7_stopping/cancel_is_a_request.py",
        .parameters = {in_seconds("cancel_at", "cancel after", {.low = 0.1, .high = 4.0, .step = 0.1}, 1.0),
                       in_seconds("cleanup", "clean-up", up_to_one, 0.3),
                       in_seconds("compute", "compute", {.low = 0, .high = 4.0, .step = 0.1}, 2.0),
                       in_seconds("save", "save", {.low = 0.1, .high = 3.0, .step = 0.1}, 1.3)},
        .variants = variants(),
        .default_variant = 0,
        .compare = {"cleanup", "swallow"},
        .predictions = predictions(),
        .challenge = {.task = "Ask the worker to stop at 1.0 s or later. It shall clean up to the end, and be over by "
                              "1.2 s.",
                      .goal = "count(\"clean done\") == 1 and total <= 1.2 and cancel_at >= 1",
                      .begins = {.variant = "cleanup"},
                      .passes = {.variant = "cleanup", .sets = {"cleanup=0.2"}},
                      .hint = "`main` cannot hurry a clean-up, only cut it off; what helps is a shorter one."},
        .remarks = remarks(),
        .needs = {"timeouts"},
    };
}

} // namespace loopscope::lessons
