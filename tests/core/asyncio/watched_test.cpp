#include "tests/core/trace/sample_runs.h"
#include "tests/support/catch.h"

#include "core/trace/explain.h"

#include <map>
#include <optional>

namespace loopscope {
namespace {

using samples::all;
using samples::plain_fold;
using samples::trace_of;

using Texts = std::vector<std::string>;

/// "balance 100", one for each change.
Texts changes_in(const Trace& trace)
{
    Texts texts;
    for (const std::size_t i : all<ValueChanged>(trace)) {
        const auto changed = std::get<ValueChanged>(trace[i].fact);
        texts.push_back(std::string(trace.watch(changed.watch).label) + " " + std::string(changed.text));
    }
    return texts;
}

struct Point {
    int x = 0;
    int y = 0;
};
std::string to_text(const Point& p) { return "(" + std::to_string(p.x) + ", " + std::to_string(p.y) + ")"; }

Coro<void> withdraw(Watched<int>& balance, int amount)
{
    const int seen = balance;
    co_await sleep(1.0);
    balance = seen - amount;
}

Coro<void> loses_an_update(EventLoop&)
{
    Watched<int> balance("balance", 100);
    const Task<void> a = create_task(withdraw(balance, 60), "a");
    const Task<void> b = create_task(withdraw(balance, 30), "b");
    co_await a;
    co_await b;
}

Coro<void> has_two_of_one_name(EventLoop&)
{
    Watched<int> first("n", 1);
    Watched<int> second("n", 2);
    first = second;
    second += 5;
    second -= first;
    co_return;
}

Coro<void> is_set_by_a_callback(EventLoop& loop)
{
    Watched<std::string> state("state", "closed");
    loop.call_soon([&] { state = "open"; }, "opener");
    co_await sleep(0);
}

Watched<int> visits("visits");

Coro<void> visits_once(EventLoop&)
{
    visits += 1;
    co_return;
}

} // namespace

TEST_CASE("a watched variable writes down each value it has", "[core][watched]")
{
    const auto trace = trace_of(loses_an_update);
    CHECK(changes_in(*trace) == Texts{"balance 100", "balance 40", "balance 70"});
}

TEST_CASE("a state knows the values at its step", "[core][watched][snapshot]")
{
    const auto trace = trace_of(loses_an_update);
    const auto changed = all<ValueChanged>(*trace);
    CHECK(plain_fold(*trace, changed.at(0)).values.empty());
    const auto value_after = [&](std::size_t n) {
        const Snapshot state = plain_fold(*trace, changed.at(n) + 1);
        REQUIRE(state.values.size() == 1);
        CHECK(state.values[0].name == "balance");
        return std::string(state.values[0].text);
    };
    CHECK(value_after(0) == "100");
    CHECK(value_after(1) == "40");
    CHECK(value_after(2) == "70");
}

TEST_CASE("a change of value names the line that assigns and who did it", "[core][watched][explain]")
{
    const auto trace = trace_of(loses_an_update);
    const std::size_t second = all<ValueChanged>(*trace).at(1);
    const TraceEvent event = (*trace)[second];
    CHECK(trace->place(event.place).function == "withdraw");
    CHECK(explain(*trace, second).sentence
          == "a sets balance to 40 at line " + std::to_string(trace->place(event.place).line) + ".");
    const auto by_callback = trace_of(is_set_by_a_callback);
    const std::string told = explain(*by_callback, all<ValueChanged>(*by_callback).at(1)).sentence;
    CHECK(told.starts_with("The callback “opener” sets state to open at line "));
}

TEST_CASE("two variables of one name stay two", "[core][watched]")
{
    const auto trace = trace_of(has_two_of_one_name);
    CHECK(changes_in(*trace) == Texts{"n 1", "n 2", "n 2", "n 7", "n 5"});
    const Snapshot end = plain_fold(*trace, trace->size());
    REQUIRE(end.values.size() == 2);
    CHECK(end.values[0].text == "2");
    CHECK(end.values[1].text == "5");
}

TEST_CASE("a variable that outlives a loop is known to the trace of the next", "[core][watched]")
{
    const int before = visits;
    const auto first = trace_of(visits_once);
    const auto second = trace_of(visits_once);
    CHECK(changes_in(*first) == Texts{"visits " + std::to_string(before + 1)});
    CHECK(changes_in(*second) == Texts{"visits " + std::to_string(before + 2)});
}

TEST_CASE("values are written as Python prints them", "[core][watched]")
{
    CHECK(text_of(true) == "True");
    CHECK(text_of(-3) == "-3");
    CHECK(text_of('x') == "x");
    CHECK(text_of(0.5) == "0.5");
    CHECK(text_of(std::string("a b")) == "a b");
    CHECK(text_of(std::optional<int>()) == "None");
    CHECK(text_of(std::optional<int>(4)) == "4");
    CHECK(text_of(std::vector<int>{1, 2}) == "[1, 2]");
    CHECK(text_of(std::vector<bool>{true, false}) == "[True, False]");
    CHECK(text_of(Point{1, 2}) == "(1, 2)");
}

TEST_CASE("a watched variable is a plain one when nothing is recorded", "[core][watched]")
{
    EventLoop loop(EventLoop::Recording::Off);
    loop.run_until_complete(has_two_of_one_name(loop));
    Watched<int> outside("outside", 1); // and where no loop runs
    outside = 2;
    CHECK(outside == 2);
    CHECK(outside.value() == 2);
}

} // namespace loopscope
