// Put it together.
//
// Ten pages of one shop. Two never answer, and the server refuses a crowd. A gate limits how many are
// asked for at once, a timeout how long each may take; and what becomes of an error is a choice.

#include "lessons/catalog.h"
#include "lessons/parameters.h"

#include "core/base/format.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/asyncio.h"

namespace loopscope::lessons {
namespace {

using std::string;
using std::to_string;
using std::vector;

constexpr double never = std::numeric_limits<double>::infinity();
const vector<double> latencies = {0.3, 0.8, 0.5, never, 0.4, 0.6, 0.2, never, 0.7, 0.5};
const vector<string> URLS = {"http://shop/a", "http://shop/b", "http://shop/c", "http://shop/d", "http://shop/e",
                             "http://shop/f", "http://shop/g", "http://shop/h", "http://shop/i", "http://shop/j"};

// What the pages share. Copies share the gate too: pages may still be at work when main has given up.
class Crawler {
    std::shared_ptr<Semaphore> gate_;

public:
    Crawler(int places, double time_limit, double parse_time)
        : gate_(std::make_shared<Semaphore>(places, "gate")), gate(*gate_), limit(time_limit), parse(parse_time)
    {
    }

    Semaphore& gate;
    ClientSession session;
    double limit;
    double parse;
};

vector<Coro<>> for_each_url(Coro<> (*page)(Crawler, string), const Crawler& my)
{
    vector<Coro<>> pages;
    for (const string& url : URLS)
        pages.push_back(page(my, url));
    return pages;
}

string count_errors(const vector<Gathered<void>>& results)
{
    return to_string(std::count_if(results.begin(), results.end(), [](const auto& r) { return r.error != nullptr; }));
}

//@ story
//@ function get
Coro<Response> get(Crawler my, string url)
{
    Timeout limit = timeout(my.limit);
    co_return co_await async_with(limit, my.session.get(url)); //@ get
}

//@ function save
Coro<> save(Crawler my, string url)
{
    auto page = co_await async_with(my.gate, get(my, url)); //@ gate
    page.raise_for_status(); //@ check
    cpu(my.parse); //@ parse
    print("saved " + url); //@ saved
}

//@ function main
Coro<> main(int k = 3, double limit = 2.0, double parse = 0.05)
{
    Crawler my(k, limit, parse); //@ my
    auto pages = for_each_url(save, my);
    try {
        co_await gather(std::move(pages)); //@ gather
    } catch (const Exception& error) {
        print("gave up: " + error.type()); //@ gave up
    }
}

//@ function main_keep_errors
Coro<> main_keep_errors(int k, double limit, double parse)
{
    Crawler my(k, limit, parse); //@ keep my
    auto pages = for_each_url(save, my);
    auto everyone = gather(return_exceptions, std::move(pages)); //@ keep everyone
    auto results = co_await everyone; //@ keep gather
    print("failed: " + count_errors(results)); //@ failed
}

//@ function main_group
Coro<> main_group(int k, double limit, double parse)
{
    Crawler my(k, limit, parse); //@ group my
    TaskGroup group;
    auto block = [&]() -> Coro<> {
        for (string url : URLS)
            group.create_task(save(my, url)); //@ group create
        co_return;
    };
    co_await async_with(group, block()); //@ group
}

//@ function save_or_skip
Coro<> save_or_skip(Crawler my, string url)
{
    try {
        auto page = co_await async_with(my.gate, get(my, url)); //@ own gate
        page.raise_for_status(); //@ own check
        cpu(my.parse); //@ own parse
        print("saved " + url); //@ own saved
    } catch (const Exception& error) {
        print("lost " + url + ": " + error.type()); //@ lost
    }
}

//@ function main_per_page
Coro<> main_per_page(int k, double limit, double parse)
{
    Crawler my(k, limit, parse); //@ own my
    auto pages = for_each_url(save_or_skip, my);
    co_await gather(std::move(pages)); //@ own gather
}
//@ end

auto on_stage(Coro<> (*story)(int, double, double))
{
    return [story](EventLoop& loop, const Values& values) {
        loop.network().set_capacity(4);
        for (std::size_t i = 0; i < URLS.size(); ++i)
            loop.network().set_latency(URLS[i], latencies[i]);
        return story(values.whole("k"), values.number("limit"), values.number("parse"));
    };
}

// How many pages answer within the limit, in the language of goals.
string answer_in_time()
{
    string terms;
    for (const double latency : latencies)
        if (latency < never)
            terms += (terms.empty() ? "if(limit > " : " + if(limit > ") + format_number(latency) + ", 1, 0)";
    return terms;
}

vector<Variant> variants()
{
    return {{.name = "gather",
             .title = "Gather, and hope",
             .summary = "The first error that any page has is the error of all.",
             .start = on_stage(main),
             .functions = {"get", "save", "main"}},
            {.name = "keep-errors",
             .title = "Gather, and look later",
             .summary = "`gather` keeps the errors as results, so that every page comes to its end.",
             .start = on_stage(main_keep_errors),
             .functions = {"get", "save", "main_keep_errors"}},
            {.name = "group",
             .title = "A task group",
             .summary = "Each page is a task of a group, and no error is handled.",
             .start = on_stage(main_group),
             .functions = {"get", "save", "main_group"},
             .ends = "ExceptionGroup"},
            {.name = "per-page",
             .title = "Each for itself",
             .summary = "Each page handles its own error, so that no error ever reaches the others.",
             .start = on_stage(main_per_page),
             .functions = {"get", "save_or_skip", "main_per_page"}}};
}

vector<Prediction> predictions()
{
    const Prediction saved{
        .id = "short-limit",
        .question = "Each page handles its own error, and the limit is shorter than some pages need. How many of the "
                    "ten are saved?",
        .setup = {.variant = "per-page", .sets = {"k=4", "limit=0.55"}},
        .answer = "count(\"saved *\")",
        .options = {{"{}", "8", "Only a page that never answers runs into its limit."},
                    {"{}", answer_in_time()},
                    {"{}", "10", "A page that was given up is tried again."}},
        .decided_by = "printed(\"lost *\")",
        .because = "A limit does not know whether a page is late or lost. It cuts off whatever takes longer.",
        .again = {{"k=4", "limit=0.75"}, {"k=4", "limit=0.35"}},
    };
    const Prediction group{
        .id = "group",
        .question = "A plain task group, and two of the ten pages never answer. How many are saved?",
        .setup = {.variant = "group", .sets = {"k=4", "limit=1"}},
        .answer = "count(\"saved *\")",
        .options = {{"{}: all that answer", "8", "In a task group too, a page that fails leaves the others alone."},
                    {"{}: those that come before the first limit passes", "count(\"saved *\")"},
                    {"{}: the group takes everything back", "0", "A group that fails undoes what its tasks have done."}},
        .decided_by = "fact(\"group aborted\")",
        .because = "The first page that runs into its limit fails, and the group cancels all that are not done.",
        .again = {{"k=4", "limit=0.9"}, {"k=3", "limit=1"}},
    };
    const Prediction refused{
        .id = "refused",
        .question = "More places than the server bears, and a plain `gather`. How many pages are saved?",
        .setup = {.variant = "gather", .sets = {"k=10"}},
        .answer = "count(\"saved *\")",
        .options = {{"{}: all that answer", "8", "M26"},
                    {"{}: what the server has begun and can answer", "3",
                     "What is under way comes to its end when `gather` fails."},
                    {"{}", "0"}},
        .decided_by = "printed(\"gave up*\")",
        .because = "The first refusal comes at once and ends the `gather`. `main` ends with it, and the end of the "
                   "program cancels what is left.",
        .again = {{"k=6"}, {"k=5", "limit=4"}},
    };
    return {saved, group, refused};
}

vector<Remark> remarks()
{
    return {{"gather", "printed(\"gave up*\")",
             "One page failed, and `gather` passes the error on at once. Pages that are not done yet go on, until the "
             "end of the program cancels them."},
            {"keep-errors", "printed(\"failed*\")",
             "All pages have come to their end. Only now does `main` learn what failed."},
            {"group", "fact(\"group aborted\")",
             "One page has failed, and the group asks the others to stop, also those that were doing well."},
            {"per-page", "printed(\"lost*\")", "This page is lost. Its place goes to the next, and nobody else hears of "
                                               "it."},
            {"per-page", "fact(\"timeout expired\")",
             "A page that takes too long holds its place until its limit has passed, and no longer."},
            {"", "printed(\"saved*\")", "A page is here, parsed and saved. While it was parsed, nobody else could run."}};
}

} // namespace

Lesson build_a_crawler()
{
    return {
        .number = 30,
        .chapter = 8,
        .chapter_title = "Sharing and flow",
        .id = "build-a-crawler",
        .title = "Put it together",
        .question = "Can you make it quick, polite and unbreakable?",
        .text = "A crawler saves ten pages of a shop. Two of them never answer, and the server works on four requests "
                "at a time and refuses more. `my` holds what all pages share: a `gate` with `k` places, the session, "
                "the time `limit` of a request, and how long it takes to `parse` a page. Past its limit a page "
                "raises `TimeoutError`; `raise_for_status` raises `ClientResponseError` when it was refused. The "
                "variants differ in how far such an error reaches: to `main` through `gather`, into a list of "
                "results, to the whole of a task group, or no further than the page itself. You have met all the parts. "
                "Now choose.",
        .takeaway = "Limit how many go at once, limit how long each may take, and decide how far an error may reach.",
        .cpp_file = "lessons/8_sharing/build_a_crawler.cpp",
        .python_file = "lessons/8_sharing/build_a_crawler.py",
        .parameters = {how_many("k", "places", {1, 10}, 3),
                       in_seconds("limit", "time limit", {.low = 0.2, .high = 5.0, .step = 0.05}, 2.0),
                       in_seconds("parse", "parse a page", {.low = 0, .high = 0.2, .step = 0.01}, 0.05)},
        .variants = variants(),
        .default_variant = 0,
        .compare = {"gather", "per-page"},
        .predictions = predictions(),
        .challenge = {.task = "Within 2.2 s, save all eight pages that ever answer. No request is refused, no task is "
                              "left over at the end, and no turn holds the thread for more than 0.1 s.",
                      .goal = "count(\"saved *\") == 8 and total <= 2.2 and count(\"lost *: ClientResponseError\") == 0 "
                              "and pending_at_exit == 0 and longest_turn <= 0.1 and parse >= 0.05",
                      .begins = {.variant = "gather"},
                      .passes = {.variant = "per-page", .sets = {"k=4", "limit=1"}},
                      .hint = "As many places as the server bears, a limit just above the slowest page that answers, and "
                              "errors that stay with their page."},
        .remarks = remarks(),
        .needs = {"when-one-fails", "task-groups", "timeouts", "limit-the-crowd"},
        .versions = "`asyncio.timeout` and task groups came with Python 3.11.",
    };
}

} // namespace loopscope::lessons
