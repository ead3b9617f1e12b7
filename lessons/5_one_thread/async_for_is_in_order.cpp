// async with and async for.
//
// Both are places where a coroutine waits: at the start and the end of a block, and before each round.
// They start no task, so that rounds follow each other; what shall overlap has to become a task.

#include "lessons/catalog.h"
#include "lessons/parameters.h"
#include "lessons/stage.h"

#include <string>
#include <vector>

namespace loopscope::lessons {
namespace {

using std::string;
using std::to_string;
using std::vector;

//@ story
AsyncGenerator<string> pages(int count, double seconds)
{
    for (int n = 1; n <= count; ++n) {
        co_await http(seconds); //@ fetch
        co_yield "page " + to_string(n); //@ yield
    }
}

Coro<> save(string page, double seconds)
{
    co_await sleep(seconds); //@ save
    print("saved " + page); //@ saved
}

//@ function main
Coro<> main(int n = 3, double get = 0.5, double put = 0.4)
{
    Session session;
    auto block = [&]() -> Coro<> {
        auto found = pages(n, get);
        while (auto page = co_await found.next()) //@ next
            co_await save(*page, put); //@ await save
    };
    co_await async_with(session, block()); //@ with
}

//@ function main_tasks
Coro<> main_tasks(int n = 3, double get = 0.5, double put = 0.4)
{
    Session session;
    TaskGroup group;
    auto block = [&]() -> Coro<> {
        auto found = pages(n, get);
        while (auto page = co_await found.next()) //@ pipeline next
            group.create_task(save(*page, put)); //@ create save
    };
    co_await async_with(session, async_with(group, block())); //@ pipeline with
}
//@ end

auto on_stage(Coro<> (*story)(int, double, double))
{
    return [story](EventLoop&, const Values& values) {
        return story(values.whole("pages"), values.number("fetch"), values.number("save"));
    };
}

Parameter length(const string& name, double initial)
{
    return in_seconds(name, name + " a page", {.low = 0.1, .high = 2.0, .step = 0.1}, initial);
}

vector<Prediction> predictions()
{
    const vector<vector<string>> other_numbers = {{"pages=4", "fetch=0.3", "save=0.5"}, {"fetch=1.0", "save=0.3"}};
    return {
        {.id = "total",
         .question = "Opening the session takes 0.2 s and closing it 0.1 s. When is `main` over, if the body of `async "
                     "for` awaits each save?",
         .setup = {.variant = "in-order"},
         .answer = "total",
         .options = {{.text = "after {} s: all pages together", .value = "0.3 + fetch + save", .belief = "M27"},
                     {.text = "after {} s: the next page comes while one is saved",
                      .value = "0.3 + fetch + (pages - 1) * max(fetch, save) + save",
                      .belief = "While the body of `async for` waits, the next item is fetched already."},
                     {.text = "after {} s: one step after the other", .value = "0.3 + pages * (fetch + save)"}},
         .decided_by = "last_fact()",
         .because = "`async for` asks for the next page when the body has come to its end, and not before.",
         .again = other_numbers},
        {.id = "other-tasks",
         .question = "Each save is a task now. When is page 1 saved?",
         .setup = {.variant = "pipeline"},
         .answer = "at(\"saved page 1\")",
         .options = {{.text = "after {} s, while `async for` waits for another page", .value = "0.2 + fetch + save"},
                     {.text = "after {} s, for it begins when the next round does", .value = "0.2 + 2 * fetch + save",
                      .belief = "A new task begins with the next round of the loop that made it."},
                     {.text = "after {} s, when `async for` is over", .value = "0.2 + pages * fetch + save",
                      .belief = "`async for` lets nobody else run until its last round is over."}},
         .decided_by = "printed(\"saved page 1\")",
         .because = "`async for` waits for page 2, and that wait leaves the thread to whoever is ready: the task that "
                    "saves page 1.",
         .again = other_numbers},
    };
}

} // namespace

Lesson async_for_is_in_order()
{
    return {
        .number = 19,
        .chapter = 5,
        .chapter_title = "One thread for all",
        .id = "async-for-is-in-order",
        .title = "async with and async for",
        .question = "Does `async for` run its rounds together?",
        .text = "`pages` is an asynchronous generator: it fetches a page, hands it over with `yield`, and stands still until "
                "somebody asks for the next. `async for` asks before each round, and may have to wait for the answer. "
                "`async with` may wait in two places: at the start of its block, where opening the session takes 0.2 "
                "s, and at the end, where closing it takes 0.1 s. In C++ the block is a coroutine that `async_with` "
                "runs, and `next()` asks for a page. The second variant makes each save a task of a `TaskGroup`, whose "
                "block ends when all of its tasks have ended.",
        .takeaway = "`async for` and `async with` wait without holding the thread, but one step after the other: for "
                    "overlap you still need tasks.",
        .cpp_file = "lessons/5_one_thread/async_for_is_in_order.cpp",
        .python_file = "lessons/5_one_thread/async_for_is_in_order.py",
        .parameters = {how_many("pages", "pages", {1, 8}, 3),
                       length("fetch", 0.5), length("save", 0.4)},
        .variants = {{.name = "in-order",
                      .title = "One after another",
                      .summary = "The body awaits each save, so the next page has to wait.",
                      .start = on_stage(main),
                      .functions = {"main"}},
                     {.name = "pipeline",
                      .title = "Saves as tasks",
                      .summary = "The body only makes a task, so a page is saved while the next one comes.",
                      .start = on_stage(main_tasks),
                      .functions = {"main_tasks"}}},
        .default_variant = 0,
        .compare = {"in-order", "pipeline"},
        .predictions = predictions(),
        .challenge = {.task = "Fetch and save the same three pages, with the session opened and closed, within 2.25 s.",
                      .goal = "total <= 2.25 and count(\"saved*\") == 3 and fetch == 0.5 and save == 0.4",
                      .begins = {.variant = "in-order"},
                      .passes = {.variant = "pipeline"},
                      .hint = "The pages come one after the other in any case; somebody else could save them."},
        .remarks = {{.variant = "in-order",
                     .moment = "printed(\"saved page 1\")",
                     .text = "The first round is over. Only now does `async for` ask for another page."},
                    {.variant = "in-order",
                     .moment = "fact(\"task suspended\", \"main\", -1)",
                     .text = "The block is over, but the task is not: `async with` waits until the session is closed."},
                    {.variant = "pipeline",
                     .moment = "fact(\"task created\", \"save\")",
                     .text = "The round is over as soon as the task is made. `async for` asks for the next page, and "
                             "the save runs meanwhile."},
                    {.variant = "pipeline",
                     .moment = "printed(\"saved page*\", -1)",
                     .text = "The group's block ends with its last save; then the session is closed."}},
        .needs = {"tasks-make-overlap"},
        .versions = "`TaskGroup` came with Python 3.11.",
    };
}

} // namespace loopscope::lessons
