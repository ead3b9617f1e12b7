#include "core/base/clock.h"
#include "core/base/format.h"
#include "core/base/heapq.h"
#include "core/base/where.h"
#include "tests/support/catch.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace loopscope::tests {
namespace {

TEST_CASE("sums of decimals meet on the microsecond", "[core][base]")
{
    CHECK(TimePoint{} + seconds(0.1) + seconds(0.2) == TimePoint{} + seconds(0.3));
    CHECK(seconds(0.0000004) == Duration{0});
    CHECK(seconds(0.0000006) == Duration{1});
    CHECK(to_seconds(seconds(2.5)) == 2.5);
}

TEST_CASE("time never goes back", "[core][base]")
{
    VirtualClock clock;
    clock.advance(seconds(2));
    clock.advance(seconds(-1));
    CHECK(clock.now() == TimePoint{seconds(2)});
}

TEST_CASE("numbers are written as short as possible", "[core][base]")
{
    CHECK(format_number(2.0) == "2");
    CHECK(format_number(1.5) == "1.5");
    CHECK(format_number(0.25) == "0.25");
    CHECK(format_number(-0.0) == "0");
    CHECK(format_number(100.0) == "100");
    CHECK(format_number(1.0 / 3) == "0.333333");
}

TEST_CASE("durations are written for people", "[core][base]")
{
    CHECK(format_duration(seconds(2)) == "2.0 s");
    CHECK(format_duration(seconds(0.35)) == "0.35 s");
    CHECK(format_duration(seconds(0.0125)) == "12.5 ms");
    CHECK(format_duration(Duration{3}) == "3 µs");
    CHECK(format_duration(Duration{0}) == "0 s");
    CHECK(format_moment(TimePoint{seconds(0.42)}) == "0.420 s");
}

TEST_CASE("counts agree with their noun", "[core][base]")
{
    CHECK(format_count(1, "task") == "1 task");
    CHECK(format_count(3, "task") == "3 tasks");
    CHECK(format_count(0, "switch") == "0 switches");
    CHECK(format_count(2, "query") == "2 queries");
    CHECK(format_list({}) == "");
    CHECK(format_list({"a"}) == "a");
    CHECK(format_list({"a", "b"}) == "a and b");
    CHECK(format_list({"a", "b", "c"}) == "a, b and c");
}

TEST_CASE("the nearest word is found through typing errors, and none for nonsense", "[core][base]")
{
    const std::vector<std::string> words = {"gather-three-urls", "tasks-make-overlap"};
    CHECK(nearest_word("gather-tree-urls", words) == "gather-three-urls");
    CHECK(nearest_word("overlap", words) == "tasks-make-overlap");
    CHECK(nearest_word("zzzzzzzzzzzzzzzzzzzzzzzzzzz", words) == "");
}

TEST_CASE("the heap gives equal items out as Python's heapq does", "[core][base]")
{
    // Four timers with one deadline fire as A C B D on CPython.
    using Item = std::pair<int, char>;
    const auto sooner = [](const Item& a, const Item& b) { return a.first < b.first; };
    std::vector<Item> heap;
    for (const char name : {'A', 'B', 'C', 'D'})
        heapq::push(heap, Item{1, name}, sooner);
    std::string order;
    while (!heap.empty())
        order += heapq::pop(heap, sooner).second;
    CHECK(order == "ACBD");
}

TEST_CASE("the heap sorts whatever comes in", "[core][base]")
{
    std::vector<int> heap;
    unsigned state = 1;
    for (int i = 0; i < 500; ++i) {
        state = state * 1103515245U + 12345U;
        heapq::push(heap, static_cast<int>(state >> 16 & 0xff), std::less<>{});
    }
    heapq::heapify(heap, std::less<>{});
    int last = -1;
    while (!heap.empty()) {
        const int next = heapq::pop(heap, std::less<>{});
        REQUIRE(next >= last);
        last = next;
    }
}

TEST_CASE("a function's plain name is found in the signatures of both compilers", "[core][base]")
{
    CHECK(function_name("loopscope::Coro<int> loopscope::{anonymous}::fetch_url(std::string)") == "fetch_url");
    CHECK(function_name("Coro<void> (anonymous namespace)::n::fetch(std::string)") == "fetch");
    CHECK(function_name("void n::S::get(n::S::get(int)::_ZN1S3getEi.Frame*)") == "get");
    CHECK(function_name("Coro<T> await_future(Future<T>) [with T = int]") == "await_future");
    CHECK(function_name("std::vector<std::pair<int, int>> pairs()") == "pairs");
    CHECK(function_name("int main()") == "main");
}

} // namespace
} // namespace loopscope::tests
