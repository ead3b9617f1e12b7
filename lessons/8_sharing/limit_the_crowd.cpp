// A limit on the crowd.
//
// Waiting costs nothing, so a program can wait for as many pages at once as it likes. The server it
// asks cannot. A semaphore is a gate with so many places: who has none waits until one is given back.

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

//@ function get
Coro<> get(ClientSession session, int number)
{
    auto answer = co_await session.get("http://shop/page"); //@ get
    string word = answer.ok() ? "got " : "refused ";
    print(word + to_string(number)); //@ got
}

//@ function main_unlimited
Coro<> main_unlimited(int pages = 12)
{
    ClientSession session; //@ unlimited session
    vector<Coro<>> gets;
    for (int number = 1; number <= pages; ++number)
        gets.push_back(get(session, number));
    co_await gather(std::move(gets)); //@ unlimited gather
}

//@ function polite_get
Coro<> polite_get(Semaphore& gate, ClientSession session, int i)
{
    co_await async_with(gate, get(session, i)); //@ gate
}

//@ function main
Coro<> main(int places = 5, int pages = 12)
{
    Semaphore gate(places);
    ClientSession session; //@ session
    vector<Coro<>> gets;
    for (int number = 1; number <= pages; ++number)
        gets.push_back(polite_get(gate, session, number));
    co_await gather(std::move(gets)); //@ gather
}
//@ end

void set_latency(EventLoop& loop, const Values& values)
{
    loop.network().set_latency("http://shop/page", values.number("latency"));
}

Coro<> start_unlimited(EventLoop& loop, const Values& values)
{
    set_latency(loop, values);
    return main_unlimited(values.whole("requests"));
}

Coro<> start_semaphore(EventLoop& loop, const Values& values)
{
    set_latency(loop, values);
    return main(values.whole("k"), values.whole("requests"));
}

Coro<> start_fragile_server(EventLoop& loop, const Values& values)
{
    loop.network().set_capacity(static_cast<std::size_t>(values.whole("server_limit")));
    return start_semaphore(loop, values);
}

vector<Variant> variants()
{
    return {{.name = "unlimited",
             .title = "All at once",
             .summary = "Every request is sent at once, to a server that can take them all.",
             .start = start_unlimited,
             .functions = {"get", "main_unlimited"},
             .parameters = {"requests", "latency"}},
            {.name = "semaphore",
             .title = "A gate with places",
             .summary = "The same server, but each request needs a place at the gate first.",
             .start = start_semaphore,
             .functions = {"get", "polite_get", "main"},
             .parameters = {"k", "requests", "latency"}},
            {.name = "fragile-server",
             .title = "A server with limits",
             .summary = "A server that works on only so many requests at a time, and refuses more.",
             .start = start_fragile_server,
             .functions = {"get", "polite_get", "main"}}};
}

vector<Prediction> predictions()
{
    const Prediction three{
        .id = "three-seats",
        .question = "Each request needs a place at the gate. When are all pages there?",
        .setup = {.variant = "semaphore", .sets = {"k=3"}},
        .answer = "total",
        .options = {{"after {} s", "k * latency", "With so many places there are so many waves."},
                    {"after {} s", "requests / k * latency"},
                    {"after {} s", "requests * latency", "A semaphore lets them through one by one, as a lock does."}},
        .decided_by = "last_fact()",
        .because = "Whenever a page comes, its place goes to the next request. So the pages come in waves, one wave "
                   "for each time that all places are taken.",
        .again = {{"k=4"}, {"k=6", "latency=0.4"}},
    };
    const Prediction uneven{
        .id = "last-wave",
        .question = "The pages cannot be shared out evenly among the places, so the last wave is not full. When are all "
                    "pages there?",
        .setup = {.variant = "semaphore", .sets = {"k=5"}},
        .answer = "total",
        .options = {{"after {} s", "requests / k * latency", "A wave that is not full takes less time."},
                    {"after {} s", "ceil(requests / k) * latency"},
                    {"after {} s", "(ceil(requests / k) - 1) * latency",
                     "Those who do not fill a wave find room in the others."}},
        .decided_by = "last_fact()",
        .because = "The last wave has only a few requests, but each of them waits as long as any other.",
        .again = {{"k=8"}, {"requests=20", "k=8"}},
    };
    const Prediction crowd{
        .id = "crowd",
        .question = "All requests get a place at once, but the server takes only a few at a time and refuses the "
                    "others. How many pages come?",
        .setup = {.variant = "fragile-server", .sets = {"k=12"}},
        .answer = "count(\"got *\")",
        .options = {{"all {}", "requests", "M26"},
                    {"{}", "server_limit"},
                    {"{}", "0", "A server with too much to do answers nobody."}},
        .decided_by = "printed(\"refused *\")",
        .because = "A refusal comes at once, while the others are still being worked on. Waiting a moment would "
                   "have been enough.",
        .again = {{"k=12", "server_limit=6"}, {"k=9", "server_limit=3", "requests=9"}},
    };
    return {three, uneven, crowd};
}

vector<Remark> remarks()
{
    return {{"unlimited", "fact(\"I/O started\")",
             "The first of many requests. All of them are on their way before the loop has waited at all."},
            {"unlimited", "printed(\"got *\")",
             "All pages come together, after the time of one. This server bore the whole crowd."},
            {"semaphore", "fact(\"acquired\")", "A place is free, so this request passes the gate without waiting."},
            {"semaphore", "fact(\"released\")",
             "The page is here and the place is free. If somebody waits at the gate, it goes to who has waited "
             "longest."},
            {"fragile-server", "printed(\"refused *\")",
             "One request too many. It is over at once, so whoever gets its place next comes too early as well."},
            {"fragile-server", "fact(\"released\")",
             "Whoever leaves the gate, with a page or without, lets the next one in."}};
}

} // namespace

Lesson limit_the_crowd()
{
    return {
        .number = 27,
        .chapter = 8,
        .chapter_title = "Sharing and flow",
        .id = "limit-the-crowd",
        .title = "A limit on the crowd",
        .question = "How many at once is best?",
        .text = "A shop has many pages, and each takes its time. `gather` makes a task of each request, so that all of "
                "them wait together. But the server has to work on them all, and not every server can: one with a "
                "limit refuses at once what is too much, and the page is lost. A `Semaphore(k)` is a gate with `k` "
                "places. `async with gate:` takes a place, or waits until one is free, and gives it back at the end of "
                "the block. All tasks exist from the start; the gate only decides who may go on. Choose how many places "
                "there are, and look at the waves in which the pages come.",
        .takeaway = "Waiting is cheap for you and not for the other side: let as many through as the server bears, "
                    "and no more.",
        .cpp_file = "lessons/8_sharing/limit_the_crowd.cpp",
        .python_file = "lessons/8_sharing/limit_the_crowd.py",
        .parameters = {how_many("k", "places", {1, 12}, 5),
                       how_many("requests", "pages", {1, 40}, 12),
                       in_seconds("latency", "each page", {.low = 0.1, .high = 2.0, .step = 0.1}, 0.5),
                       how_many("server_limit", "server takes", {1, 20}, 4)},
        .variants = variants(),
        .default_variant = 1,
        .compare = {"unlimited", "semaphore"},
        .predictions = predictions(),
        .challenge = {.task = "The server takes four requests at a time. Get all twelve pages in less than 2.2 s, with "
                              "none refused.",
                      .goal = "total < 2.2 and count(\"refused *\") == 0 and count(\"got *\") >= 12 and latency >= 0.5 "
                              "and server_limit <= 4",
                      .begins = {.variant = "fragile-server"},
                      .passes = {.variant = "fragile-server", .sets = {"k=4"}},
                      .hint = "Fewer places make more waves; more places than the server bears lose pages.",
                      .variants = {"fragile-server"}},
        .remarks = remarks(),
        .needs = {"gather-three-urls"},
    };
}

} // namespace loopscope::lessons
