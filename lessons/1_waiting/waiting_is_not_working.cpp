// Waiting is not working.
//
// A program that asks for pages spends nearly all of its time on waiting for them. While it waits it
// computes nothing, so it may as well wait for several at once; what it has to compute stays the
// same.

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

//@ story
const vector<double> PAGES = {1.0, 2.0, 1.5};

//@ function main_sequential
Coro<> main_sequential(vector<double> pages = PAGES,
                       double parse = 0.05)
{
    for (double seconds : pages) {
        // wait for the server, then read what it sent
        block(seconds); //@ blocked
        cpu(parse); //@ sequential parse
        print("page read"); //@ sequential read
    }
    co_return; // which makes it a coroutine
}

//@ function page
Coro<> page(double seconds, double parse)
{
    // wait for the server, then read what it sent
    co_await sleep(seconds); //@ wait
    cpu(parse); //@ parse
    print("page read"); //@ read
}

//@ function main
Coro<> main(vector<double> pages = PAGES, double parse = 0.05)
{
    vector<Task<>> tasks;
    for (double seconds : pages)
        tasks.push_back(create_task(page(seconds, parse))); //@ ask
    for (Task<> task : tasks)
        co_await task; //@ collect
}
//@ end

constexpr double lengths[] = {1.0, 2.0, 1.5, 0.7, 1.2, 0.5, 1.8, 0.9}; // no two alike

auto with_pages(Coro<> (*story)(vector<double>, double))
{
    return [story](EventLoop&, const Values& values) {
        vector<double> pages;
        for (int i = 1; i <= values.whole("pages"); ++i)
            pages.push_back(values.number("latency_" + std::to_string(i)));
        return story(pages, values.number("parse"));
    };
}

vector<Parameter> parameters()
{
    vector<Parameter> all = {how_many("pages", "pages", {1, 8}, 3)};
    constexpr const char* names[] = {"1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th"};
    int number = 0;
    for (const double length : lengths) {
        const char* name = names[number++];
        all.push_back(in_seconds("latency_" + std::to_string(number), name + string(" answer after"),
                                 {.low = 0.1, .high = 5.0, .step = 0.1}, length,
                                 [number](const Values& values) { return values.whole("pages") >= number; }));
    }
    all.push_back(in_seconds("parse", "read one page", {.low = 0, .high = 1.0, .step = 0.05}, 0.05));
    return all;
}

vector<Prediction> predictions()
{
    const vector<string> slower = {"latency_1=2.0", "latency_2=4.0", "latency_3=3.0", "parse=0.1"};
    const vector<string> quicker = {"latency_1=0.8", "latency_2=0.6", "latency_3=0.4", "parse=0.02"};
    return {
        {.id = "share",
         .question = "The pages are read one after another. For how long does the program compute?",
         .setup = {.variant = "sequential"},
         .answer = "computing",
         .options = {{.text = "{} s: all the time",
                      .value = "total",
                      .belief = "A program that has not ended is computing all the time."},
                     {.text = "{} s: half of the time",
                      .value = "total / 2",
                      .belief = "The program is already at work on a page while it waits for it."},
                     {.text = "{} s: only while it reads pages", .value = "pages * parse"}},
         .decided_by = "fact(\"work began\", 2)",
         .because = "Only reading a page is computing. The rest is waiting for the server, and there the "
                    "program does nothing at all.",
         .again = {slower, quicker}},
        {.id = "total",
         .question = "Now the three waits overlap. When have all pages been read?",
         .setup = {.variant = "overlapped"},
         .answer = "total",
         .options = {{.text = "{} s", .value = "max(latency_1, latency_2, latency_3) + parse"},
                     {.text = "{} s",
                      .value = "min(latency_1, latency_2, latency_3) + parse",
                      .belief = "The first answer that comes ends the wait for all of them."},
                     {.text = "{} s",
                      .value = "latency_1 + latency_2 + latency_3 + 3 * parse",
                      .belief = "Waits always add up, whoever waits."},
                     {.text = "{} s", .value = "3 * parse", .belief = "Waits that overlap take no time at all."}},
         .decided_by = "printed(\"page read\", -1)",
         .because = "All pages were asked for at 0 s, so the slowest answer decides, and reading that page "
                    "comes on top. No server was any quicker than before.",
         .again = {slower, quicker}},
        {.id = "work",
         .question = "The waits overlap, and all three answers come at the same moment. Reading a page takes "
                     "long. When have all pages been read?",
         .setup = {.variant = "overlapped",
                   .sets = {"latency_1=1.0", "latency_2=1.0", "latency_3=1.0", "parse=0.4"}},
         .answer = "total",
         .options = {{.text = "{} s", .value = "latency_1 + parse", .belief = "M7"},
                     {.text = "{} s", .value = "latency_1 + 3 * parse"},
                     {.text = "{} s",
                      .value = "3 * latency_1 + 3 * parse",
                      .belief = "Waits always add up, whoever waits."}},
         .decided_by = "fact(\"work began\", 2)",
         .because = "The answers came together, but there is one thread, and it reads one page at a time.",
         .again = {{"latency_1=2.0", "latency_2=2.0", "latency_3=2.0", "parse=0.5"},
                   {"latency_1=0.6", "latency_2=0.6", "latency_3=0.6", "parse=0.2"}}},
    };
}

} // namespace

Lesson waiting_is_not_working()
{
    return {
        .number = 1,
        .chapter = 1,
        .chapter_title = "Why wait differently?",
        .id = "waiting-is-not-working",
        .title = "Waiting is not working",
        .question = "What is the program doing while it waits for an answer?",
        .text = "A program wants three web pages. It asks a server for each, waits for the answer and "
                "then reads the page. The clock of this window stands still unless the program waits or "
                "computes, so every second you see is one or the other. `time.sleep` (`block` in C++) "
                "stands for a request that keeps the whole program waiting, a blocking call. `cpu` computes. "
                "`await asyncio.sleep` stands for a request that lets the rest of the program go on "
                "meanwhile. The second variant uses it: `create_task` asks for a page and does "
                "not wait, and `await task` waits until that page has been read. Later lessons explain each of these "
                "words; here only the time matters.",
        .takeaway = "Asynchronous code lets waits overlap and makes no computation any quicker, so what "
                    "you gain depends on how much of the time was waiting.",
        .cpp_file = "lessons/1_waiting/waiting_is_not_working.cpp",
        .python_file = "lessons/1_waiting/waiting_is_not_working.py",
        .parameters = parameters(),
        .variants = {{.name = "sequential",
                      .title = "One after another",
                      .summary = "Each wait holds up the whole program, so waits and work add up.",
                      .start = with_pages(main_sequential),
                      .functions = {"main_sequential"}},
                     {.name = "overlapped",
                      .title = "Waiting together",
                      .summary = "All pages are asked for at once, so their waits overlap.",
                      .start = with_pages(main),
                      .functions = {"page", "main"}}},
        .default_variant = 0,
        .compare = {"sequential", "overlapped"},
        .predictions = predictions(),
        .challenge = {.task = "Make overlapping almost useless: with three pages or more, one after another "
                              "must take less than 1.2 times as long as waiting together.",
                      .goal = "pages >= 3 and runs(sequential).total / runs(overlapped).total < 1.2",
                      .begins = {.variant = "overlapped"},
                      .passes = {.variant = "overlapped",
                                 .sets = {"latency_1=0.1", "latency_2=0.1", "latency_3=0.1", "parse=0.5"}},
                      .hint = "Only waits can overlap: what is left when there is hardly any?"},
        .remarks = {{.variant = "sequential",
                     .moment = "fact(\"work began\", 1)",
                     .text = "The thread is held, and all it does is wait. Nothing else of this program can "
                             "run until the answer is there."},
                    {.variant = "sequential",
                     .moment = "fact(\"work began\", 2)",
                     .text = "This is all the work that the page needs. Compare it with the wait before."},
                    {.variant = "overlapped",
                     .moment = "fact(\"select entered\", 1)",
                     .text = "Every page has been asked for. While the program sleeps, it waits for all of them."},
                    {.variant = "overlapped",
                     .moment = "fact(\"work began\", -1)",
                     .text = "The last page is read. No two pages were ever read at the same time."}},
    };
}

} // namespace loopscope::lessons
