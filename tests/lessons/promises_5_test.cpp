#include "tests/lessons/promises.h"

#include <algorithm>

namespace loopscope::tests {
namespace {

TEST_CASE("a blocking call stops the ticks, an await and a thread do not", "[lessons]")
{
    const auto ticks = [](const char* variant) {
        Lines lines = lines_of("blocking-freezes-everyone", variant);
        std::erase_if(lines, [](const std::string& line) { return !line.ends_with("tick"); });
        return lines;
    };
    const Lines held = {"0 heartbeat: tick", "0.1 heartbeat: tick", "0.2 heartbeat: tick",
                        "1.25 heartbeat: tick", "1.35 heartbeat: tick", "1.45 heartbeat: tick"};
    CHECK(ticks("blocking") == held);
    CHECK(ticks("debug") == held);
    CHECK(ticks("awaiting").size() == 15);
    CHECK(ticks("thread") == ticks("awaiting"));
}

TEST_CASE("a line is there with the piece that ends it", "[lessons]")
{
    CHECK(lines_of("how-the-loop-hears-io", "one-socket") == Lines{"0.9 main: got red green blue"});
    CHECK(lines_of("how-the-loop-hears-io", "one-socket", {"newline=2"}) == Lines{"0.5 main: got red green"});
    CHECK(lines_of("how-the-loop-hears-io", "one-socket", {"newline=1"}) == Lines{"0.3 main: got red"});
}

TEST_CASE("three sockets are heard one by one, with one sleep between two of them", "[lessons]")
{
    CHECK(lines_of("how-the-loop-hears-io", "three-sockets")
          == Lines{"0.3 listen-1: got red", "0.5 listen-2: got green", "0.9 listen-3: got blue"});
}

TEST_CASE("the nearest of timer and data ends the sleep", "[lessons]")
{
    const char* first_sleep = "at(fact(\"select returned\", 2)) - at(fact(\"select entered\", 2))";
    CHECK(worth(first_sleep, "how-the-loop-hears-io", "timer-and-socket") == "0.3");
    CHECK(worth(first_sleep, "how-the-loop-hears-io", "timer-and-socket", {"timer=0.2"}) == "0.2");
}

TEST_CASE("asking again and again brings the line no sooner, at many times the passes", "[lessons]")
{
    CHECK(lines_of("how-the-loop-hears-io", "polling") == Lines{"0.9 main: got red green blue"});
    CHECK(lines_of("how-the-loop-hears-io", "polling", {"period=0.2"}) == Lines{"1 main: got red green blue"});
    CHECK(worth("passes > 3 * runs(one-socket).passes", "how-the-loop-hears-io", "polling") == "yes");
}

} // namespace
} // namespace loopscope::tests
