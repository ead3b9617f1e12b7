#include "core/asyncio.h"
#include "tests/support/catch.h"
#include "tests/support/run_scenario.h"

#include <limits>
#include <string>
#include <vector>

namespace loopscope::tests {
namespace {

using Lines = std::vector<std::string>;

constexpr double infinity = std::numeric_limits<double>::infinity();

Ran run_on(const std::function<void(Network&)>& stage, const std::function<Coro<void>()>& main)
{
    EventLoop loop;
    stage(loop.network());
    Ran ran{loop.trace(), {}};
    ran.outcome = run_program(loop, main);
    return ran;
}

Coro<void> ask(ClientSession session, std::string url)
{
    const Response response = co_await session.get(url);
    const std::string text = co_await response.text();
    print(std::to_string(response.status()) + " " + text);
}

Coro<void> ask_all(std::vector<std::string> urls)
{
    ClientSession session;
    std::vector<Coro<void>> requests;
    for (const std::string& url : urls)
        requests.push_back(ask(session, url));
    co_await gather(std::move(requests));
}

void two_at_a_time(Network& network)
{
    network.set_capacity("shop.example", 2);
    for (const char* page : {"a", "b", "c", "d"}) {
        network.set_latency(std::string("http://shop.example/") + page, 0.5);
        network.set_body(std::string("http://shop.example/") + page, page);
    }
}

TEST_CASE("a host with all hands full refuses at once, and another host does not", "[core][network]")
{
    const auto main = [] {
        return ask_all({"http://shop.example/a", "http://shop.example/b", "http://shop.example/c",
                        "http://other.example/"});
    };
    const Ran ran = run_on(two_at_a_time, main);
    CHECK(printed(*ran.trace)
          == Lines{"0 ask-3: 503 Service Unavailable", "0 ask-4: 200 page http://other.example/", "0.5 ask-1: 200 a",
                   "0.5 ask-2: 200 b"});
}

TEST_CASE("one capacity holds for every host that has none of its own", "[core][network]")
{
    const auto stage = [](Network& network) {
        two_at_a_time(network);
        network.set_capacity(0);
    };
    const auto main = [] { return ask_all({"http://shop.example/a", "http://other.example/"}); };
    CHECK(printed(*run_on(stage, main).trace)
          == Lines{"0 ask-2: 503 Service Unavailable", "0.5 ask-1: 200 a"});
}

TEST_CASE("a place is free again at the moment of the answer, read or not", "[core][network]")
{
    const auto main = []() -> Coro<void> {
        ClientSession session;
        const Task<void> a = create_task(ask(session, "http://shop.example/a"));
        const Task<void> b = create_task(ask(session, "http://shop.example/b"));
        co_await sleep(0.1);
        cpu(0.4);
        co_await ask(session, "http://shop.example/c"); // a and b have not had their turn yet
    };
    CHECK(printed(*run_on(two_at_a_time, main).trace)
          == Lines{"0.5 ask-1: 200 a", "0.5 ask-2: 200 b", "1 main: 200 c"});
}

TEST_CASE("a client that gives up leaves its place", "[core][network]")
{
    const auto main = []() -> Coro<void> {
        ClientSession session;
        const Task<void> a = create_task(ask(session, "http://shop.example/a"));
        Task<void> b = create_task(ask(session, "http://shop.example/b"));
        co_await sleep(0.2);
        b.cancel();
        co_await ask(session, "http://shop.example/c"); // the cancelled task has not run yet
        co_await ask(session, "http://shop.example/d");
    };
    CHECK(printed(*run_on(two_at_a_time, main).trace)
          == Lines{"0.2 main: 503 Service Unavailable", "0.5 ask-1: 200 a", "0.7 main: 200 d"});
}

TEST_CASE("a refusal is an answer; raise_for_status makes an error of it, as aiohttp words it", "[core][network]")
{
    const auto stage = [](Network& network) { network.set_capacity(0); };
    const auto main = []() -> Coro<void> {
        ClientSession session;
        const Response response = co_await session.get("http://shop.example/a");
        print(response.ok() ? "ok" : "not ok");
        response.raise_for_status();
    };
    const Ran ran = run_on(stage, main);
    CHECK(printed(*ran.trace) == Lines{"0 main: not ok"});
    CHECK(ran.outcome.type == "ClientResponseError");
    CHECK(ran.outcome.message == "503, message='Service Unavailable', url='http://shop.example/a'");
}

TEST_CASE("an answer with status 200 raises nothing", "[core][network]")
{
    const auto main = []() -> Coro<void> {
        ClientSession session;
        const Response response = co_await session.get("http://shop.example/a");
        response.raise_for_status();
        print(response.ok() ? "ok" : "not ok");
    };
    CHECK(printed(*run_on(two_at_a_time, main).trace) == Lines{"0.5 main: ok"});
}

TEST_CASE("a page that never answers can be given up, and the answers of others still come", "[core][network]")
{
    const auto stage = [](Network& network) {
        two_at_a_time(network);
        network.set_latency("http://shop.example/b", infinity);
    };
    const auto main = []() -> Coro<void> {
        ClientSession session;
        const Task<void> a = create_task(ask(session, "http://shop.example/a"));
        try {
            co_await wait_for(ask(session, "http://shop.example/b"), 2.0);
        } catch (const TimeoutError&) {
            print("too late");
        }
    };
    const Ran ran = run_on(stage, main);
    CHECK(printed(*ran.trace) == Lines{"0.5 ask: 200 a", "2 main: too late"});
    CHECK(count_of<IoCancelled>(*ran.trace) == 1);
}

TEST_CASE("who waits for a page that never answers waits for ever", "[core][network]")
{
    const auto stage = [](Network& network) { network.set_latency("http://a.example/", infinity); };
    const auto main = [] { return ask_all({"http://a.example/"}); };
    CHECK(run_on(stage, main).outcome.kind == Outcome::Kind::Deadlock);
}

} // namespace
} // namespace loopscope::tests
