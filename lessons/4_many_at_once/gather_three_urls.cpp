// Three pages at once.
//
// Requests spend their time on waiting for the other side, so several of them can wait together.
// gather() makes a task of each and gives the pages back in the order in which they were asked for,
// whatever the order in which they came.

#include "lessons/catalog.h"
#include "lessons/parameters.h"
#include "lessons/stage.h"

#include "core/base/format.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

//@ story
#include "core/asyncio.h"

//@ end
namespace loopscope::lessons {
namespace {

using std::string;
using std::vector;

//@ story
const vector<string> URLS = {"http://a.example",
                             "http://b.example",
                             "http://c.example"};

//@ function fetch_url
Coro<string> fetch_url(ClientSession session, string url)
{
    Response response = co_await session.get(url); //@ get
    string page = co_await response.text(); //@ text
    print("got " + page); //@ got
    co_return page;
}

//@ function main_sequential
Coro<> main_sequential(vector<string> urls = URLS)
{
    vector<string> pages;
    ClientSession session; //@ sequential session
    for (string url : urls) {
        string page = co_await fetch_url(session, url); //@ sequential fetch
        pages.push_back(page);
    }
    print("pages: " + join(pages)); //@ sequential pages
}

//@ function main
Coro<> main(vector<string> urls = URLS)
{
    ClientSession session; //@ session
    vector<Coro<string>> fetches;
    for (string url : urls)
        fetches.push_back(fetch_url(session, url));
    auto pages = co_await gather(std::move(fetches)); //@ gather
    print("pages: " + join(pages)); //@ pages
}

//@ function fetch_alone
Coro<string> fetch_alone(string url)
{
    ClientSession session; //@ own session
    Response response = co_await session.get(url); //@ own get
    string page = co_await response.text(); //@ own text
    print("got " + page); //@ own got
    co_return page;
}

//@ function main_session_per_request
Coro<> main_session_per_request(vector<string> urls = URLS)
{
    vector<Coro<string>> fetches;
    for (string url : urls)
        fetches.push_back(fetch_alone(url));
    auto pages = co_await gather(std::move(fetches)); //@ own gather
    print("pages: " + join(pages)); //@ own pages
}
//@ end

constexpr std::string_view letters = "abcdefghij";

// A server for each page, named by a letter, that answers with this letter.
vector<string> set_stage(EventLoop& loop, const Values& values)
{
    vector<string> urls;
    for (const char letter : letters.substr(0, static_cast<std::size_t>(values.whole("pages")))) {
        const string url = string("http://") + letter + ".example";
        loop.network().set_latency(url, values.number(string("latency_") + letter));
        loop.network().set_body(url, string(1, static_cast<char>(letter - 'a' + 'A')));
        urls.push_back(url);
    }
    return urls;
}

Coro<> start_sequential(EventLoop& loop, const Values& values)
{
    return main_sequential(set_stage(loop, values));
}

Coro<> start_gather(EventLoop& loop, const Values& values)
{
    return main(set_stage(loop, values));
}

// The connections of a shared session are open before the clock starts; only here do they cost.
Coro<> start_session_per_request(EventLoop& loop, const Values& values)
{
    loop.network().set_connect_cost(values.number("connect"));
    return main_session_per_request(set_stage(loop, values));
}

vector<Parameter> parameters()
{
    // No two alike, so that nothing depends on a tie.
    constexpr double latencies[] = {1.0, 2.0, 1.5, 0.8, 1.7, 0.5, 1.2, 0.3, 1.8, 0.6};
    vector<Parameter> all = {how_many("pages", "pages", {1, 10}, 3)};
    for (std::size_t i = 0; i < letters.size(); ++i) {
        const string letter(1, letters[i]);
        all.push_back(in_seconds("latency_" + letter, letter + ".example", {.low = 0.1, .high = 5.0, .step = 0.1},
                                 latencies[i], [i](const Values& values) {
                                     return values.whole("pages") > static_cast<int>(i);
                                 }));
    }
    all.push_back(in_seconds("connect", "connect", {.low = 0, .high = 1.0, .step = 0.1}, 0.0));
    return all;
}

} // namespace

Lesson gather_three_urls()
{
    vector<Parameter> all = parameters();
    vector<string> shared_session;
    for (const Parameter& parameter : all)
        if (parameter.name != "connect")
            shared_session.push_back(parameter.name);
    return {
        .number = 11,
        .chapter = 4,
        .chapter_title = "Many at once",
        .id = "gather-three-urls",
        .title = "Three pages at once",
        .question = "How long do three requests take together, and in which order do I get them?",
        .text = "A web page takes its time, and whoever wants it can only wait. `gather` takes "
                "several coroutines, makes each a task of its own, waits until all have ended and gives "
                "you the list of their results. Three servers A, B and C answer as quickly as you set "
                "them. A client session, `ClientSession`, sends the requests and keeps its connections; "
                "in Python `async with` closes it, and each answer, at the end of a block. Connections "
                "of the shared session are open before the clock starts; with a session for each "
                "request, every page first waits for its own, for as long as `connect` says.",
        .takeaway = "Requests that are gathered wait together, so the slowest decides the time, and "
                    "the pages come back in the order in which you asked for them.",
        .cpp_file = "lessons/4_many_at_once/gather_three_urls.cpp",
        .python_file = "lessons/4_many_at_once/gather_three_urls.py",
        .parameters = std::move(all),
        .variants = {{.name = "sequential",
                      .title = "One after another",
                      .summary = "Each page is awaited before the next one is asked for.",
                      .start = start_sequential,
                      .functions = {"fetch_url", "main_sequential"},
                      .parameters = shared_session},
                     {.name = "gather",
                      .title = "All at once",
                      .summary = "Every request is a task of its own, and `gather` waits for them all.",
                      .start = start_gather,
                      .functions = {"fetch_url", "main"},
                      .parameters = shared_session},
                     {.name = "session-per-request",
                      .title = "A session each",
                      .summary = "All at once, but each request opens a connection of its own first.",
                      .start = start_session_per_request,
                      .functions = {"fetch_alone", "main_session_per_request"}}},
        .default_variant = 1,
        .compare = {"sequential", "gather"},
        .predictions =
            {{.id = "total",
              .question = "Three requests are gathered; each server takes its own time to answer. When does `main` have "
                          "its three pages?",
              .setup = {.variant = "gather"},
              .answer = "total",
              .options = {{.text = "After {} s: the waits add up",
                           .value = "latency_a + latency_b + latency_c",
                           .belief = "M31"},
                          {.text = "After {} s: with the slowest", .value = "max(latency_a, latency_b, latency_c)"},
                          {.text = "After {} s: the average of the three",
                           .value = "(latency_a + latency_b + latency_c) / 3",
                           .belief = "Requests that run together share their time, so that each takes the average."}},
              .decided_by = "printed(\"pages: *\")",
              .because = "All three requests were under way from the start, so the waits lie on top of each other. "
                         "Only the slowest can be seen in the total.",
              .again = {{"latency_a=0.6", "latency_b=0.9", "latency_c=2.4"},
                        {"latency_a=1.8", "latency_b=3", "latency_c=0.3"}}},
             {.id = "order",
              .question = "The servers are asked in the order of their letters, and answer in another. In which "
                          "order are the pages in the list that `gather` gives?",
              .setup = {.variant = "gather"},
              .answer = "item(order(\"pages: *\"), 1)",
              .options = {{.text = "{}",
                           .value = "if(pages == 3, \"pages: A, C, B\", if(pages == 4, \"pages: B, D, A, C\", "
                                    "\"pages: B, A\"))",
                           .belief = "M13"},
                          {.text = "{}",
                           .value = "if(pages == 3, \"pages: A, B, C\", if(pages == 4, \"pages: A, B, C, D\", "
                                    "\"pages: A, B\"))"},
                          {.text = "It may be another one each time",
                           .value = "\"pages: any\"",
                           .belief = "The order of results is a matter of chance."}},
              .decided_by = "printed(\"pages: *\")",
              .because = "Each coroutine that `gather` is given has its place in the list. What comes early waits "
                         "there until all places are filled.",
              .again = {{"pages=4", "latency_a=1.1", "latency_b=0.6", "latency_c=2.4", "latency_d=0.8"},
                        {"pages=2", "latency_a=0.9", "latency_b=0.3"}}},
             {.id = "connect",
              .question = "Each request opens a connection of its own first, which takes a while. By how much does "
                          "that make the total longer?",
              .setup = {.variant = "session-per-request", .sets = {"connect=0.3"}},
              .answer = "total - runs(gather).total",
              .options = {{.text = "By {} s, one connection", .value = "connect"},
                          {.text = "By {} s, three connections",
                           .value = "3 * connect",
                           .belief = "Connections are opened one after the other, even by gathered requests."},
                          {.text = "Not at all",
                           .value = "0",
                           .belief = "What is done together with other waits costs no time."}},
              .decided_by = "printed(\"pages: *\")",
              .because = "The three connections were opened at the same time, so they cost the time of one. The "
                         "slowest page had to pay for its own.",
              .again = {{"connect=0.5"}, {"connect=0.8", "latency_b=1.4"}}}},
        .challenge = {.task = "Get six pages or more in the time of one: within 2 s, while b.example keeps its 2 s.",
                      .goal = "count(\"got *\") >= 6 and total <= 2 and latency_b >= 2",
                      .begins = {.variant = "gather"},
                      .passes = {.variant = "gather", .sets = {"pages=6"}},
                      .hint = "A request that is not the slowest adds nothing to the time."},
        .remarks =
            {{.variant = "sequential",
              .moment = "printed(\"got *\")",
              .text = "This page is here, and only now is the next one asked for: each wait begins when the one "
                      "before it has ended."},
             {.variant = "gather",
              .moment = "printed(\"got *\")",
              .text = "The first page is here. `gather` keeps it in its place of the list, and waits until all places "
                      "are filled."},
             {.variant = "gather",
              .moment = "printed(\"pages: *\")",
              .text = "The slowest page has come, so `gather` is over. The list has the order in which the pages were "
                      "asked for."},
             {.variant = "session-per-request",
              .moment = "printed(\"pages: *\")",
              .text = "Every page has paid for a connection of its own. They were opened at the same time, so the "
                      "total holds `connect` once."}},
        .needs = {"lost-tasks"},
    };
}

} // namespace loopscope::lessons
