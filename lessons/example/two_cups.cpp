// Two cups of tea: the smallest complete lesson, to copy from. It is tested, but not in the catalog.

#include "core/lesson/lesson.h"

#include <string>
#include <utility>
#include <vector>

//@ story
#include "core/asyncio.h"

//@ end
namespace loopscope::lessons {
namespace {

using std::string;

//@ story
Coro<> brew(string tea, double minutes)
{
    co_await sleep(minutes); //@ draw
    print(tea + " is ready"); //@ ready
}

//@ function main
Coro<> main(double green = 2.0, double black = 3.0)
{
    Task<> first = create_task(brew("green", green)); //@ create
    co_await brew("black", black); //@ black
    co_await first; //@ green
}

//@ function main_in_order
Coro<> main_in_order(double green = 2.0, double black = 3.0)
{
    co_await brew("green", green); //@ green first
    co_await brew("black", black); //@ black then
}
//@ end

Parameter minutes(const string& tea, double initial)
{
    return {.name = tea,
            .label = tea + " tea",
            .unit = "min",
            .range = NumberRange{.low = 0.5, .high = 5.0, .step = 0.5},
            .initial = initial};
}

} // namespace

Lesson two_cups()
{
    const auto with = [](Coro<> (*story)(double, double)) {
        return [story](EventLoop&, const Values& v) { return story(v.number("green"), v.number("black")); };
    };
    return {
        .number = 1,
        .chapter = 1,
        .chapter_title = "Tea",
        .id = "two-cups",
        .title = "Two cups of tea",
        .question = "How long do two cups of tea take?",
        .text = "Each tea draws for a while, and nobody has to stand beside it. `brew` waits for a tea and then says "
                "that it is ready. `create_task` lets a brew go on by itself while `main` does something else; a "
                "plain `await` stays with it until it is over. One variant has a task and an await, the other two "
                "awaits in a row.",
        .takeaway = "What draws by itself takes no longer for two cups than for the slower one.",
        .cpp_file = "lessons/example/two_cups.cpp",
        .python_file = "lessons/example/two_cups.py",
        .parameters = {minutes("green", 2.0), minutes("black", 3.0)},
        .variants = {{.name = "together",
                      .title = "Together",
                      .summary = "The green tea draws by itself meanwhile.",
                      .start = with(main),
                      .functions = {"brew", "main"}},
                     {.name = "in-order",
                      .title = "One after another",
                      .summary = "The black tea is begun when the green one is ready.",
                      .start = with(main_in_order),
                      .functions = {"brew", "main_in_order"}}},
        .compare = {"in-order", "together"},
        .predictions
        = {{.id = "total",
            .question = "How long do both cups take together?",
            .setup = {.variant = "together"},
            .answer = "total",
            .options = {{.text = "{} min", .value = "green + black", .belief = "M2"},
                        {.text = "{} min", .value = "max(green, black)"},
                        {.text = "{} min", .value = "min(green, black)", .belief = "The first cup ends it all."}},
            .decided_by = "printed(\"black is ready\")",
            .because = "Both draw at the same time, so the slower one decides.",
            .again = {{"green=4"}, {"green=1.5", "black=2.5"}}},
           {.id = "order",
            .question = "Which cup is ready first?",
            .setup = {.variant = "together"},
            .answer = "item(order, 1)",
            .options = {{.text = "`{}`", .value = "\"green is ready\""},
                        {.text = "`{}`", .value = "\"black is ready\"", .belief = "M3"}},
            .decided_by = "printed(\"green is ready\")",
            .because = "`main` waits for the black tea, and the task goes on meanwhile.",
            .again = {{"green=1", "black=4"}}}},
        .challenge = {.task = "Have both cups within 2.5 minutes, and none in less than 2.",
                      .goal = "total <= 2.5 and min(green, black) >= 2",
                      .begins = {.variant = "in-order"},
                      .passes = {.variant = "together", .sets = {"black=2.5"}},
                      .hint = "Which tea decides when both draw together?"},
        .remarks = {{.variant = "together",
                     .moment = "printed(\"green is ready\")",
                     .text = "`main` still waits for the black tea; the green one did not need it."}},
    };
}

} // namespace loopscope::lessons
