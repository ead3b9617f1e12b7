#include "tests/lessons/promises.h"

#include <algorithm>

namespace loopscope::tests {
namespace {

TEST_CASE("computations of one thread's tasks add up, waits lie on top of each other", "[lessons]")
{
    CHECK(total("concurrent-not-parallel", "compute") == 3.0);
    CHECK(total("concurrent-not-parallel", "wait") == 1.0);
    CHECK(total("concurrent-not-parallel", "mixed", {"compute=0.5"}) == 2.5);
    CHECK(total("concurrent-not-parallel", "mixed", {"compute=0.15", "wait=0.85"}) == 1.3);
    CHECK(worth("longest_turn", "concurrent-not-parallel", "compute") == "1");
}

TEST_CASE("processes compute side by side when there are cores for them", "[lessons]")
{
    // 0.1 s to start up, and 1 ms for each job to travel.
    CHECK(total("concurrent-not-parallel", "processes") == Approx(1.103));
    CHECK(total("concurrent-not-parallel", "processes", {"cores=1"}) == Approx(3.103));
    CHECK(worth("processes", "concurrent-not-parallel", "processes") == "3");
}

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

TEST_CASE("a tick that is due waits for up to three pieces, and for both of two computations", "[lessons]")
{
    CHECK(worth("gap(heartbeat)", "sharing-politely", "one-piece") == "1");
    CHECK(worth("gap(heartbeat)", "sharing-politely", "pieces", {"overhead=0"}) == "0.3");
    CHECK(worth("gap(heartbeat)", "sharing-politely", "pieces") == "0.306");
    CHECK(worth("gap(heartbeat)", "sharing-politely", "two-crunchers") == "0.612");
}

TEST_CASE("more pieces bring the ticks closer and the end of the computation later", "[lessons]")
{
    CHECK(worth("gap(heartbeat)", "sharing-politely", "pieces", {"pieces=50"}) == "0.154");
    CHECK(worth("at(crunched)", "sharing-politely", "pieces", {"pieces=50"}) == "1.1");
    CHECK(worth("at(crunched)", "sharing-politely", "pieces", {"pieces=100"}) == "1.2");
    const auto passes_with = [](int pieces) {
        return worth(lesson_named("sharing-politely").challenge.goal.c_str(), "sharing-politely", "pieces",
                     {"pieces=" + std::to_string(pieces)});
    };
    CHECK(passes_with(37) == "no");
    CHECK(passes_with(40) == "yes");
    CHECK(passes_with(59) == "yes");
    CHECK(passes_with(61) == "no");
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

TEST_CASE("however many pieces are on their way, a connection is one thing in flight", "[lessons]")
{
    CHECK(worth("peak_requests", "how-the-loop-hears-io", "one-socket") == "1");
    CHECK(worth("peak_requests", "how-the-loop-hears-io", "three-sockets") == "3");
}

TEST_CASE("the nearest of timer and data ends the sleep", "[lessons]")
{
    const char* first_sleep = "at(fact(\"select returned\", 2)) - at(fact(\"select entered\", 2))";
    CHECK(worth(first_sleep, "how-the-loop-hears-io", "timer-and-socket") == "0.3");
    CHECK(worth(first_sleep, "how-the-loop-hears-io", "timer-and-socket", {"timer=0.2"}) == "0.2");
}

TEST_CASE("asking again and again brings the line no sooner, at many times the iterations", "[lessons]")
{
    CHECK(lines_of("how-the-loop-hears-io", "polling") == Lines{"0.9 main: got red green blue"});
    CHECK(lines_of("how-the-loop-hears-io", "polling", {"period=0.2"}) == Lines{"1 main: got red green blue"});
    CHECK(worth("passes > 3 * runs(one-socket).passes", "how-the-loop-hears-io", "polling") == "yes");
}

TEST_CASE("rounds of async for follow each other, unless each makes a task", "[lessons]")
{
    CHECK(total("async-for-is-in-order", "in-order") == 3.0);
    CHECK(total("async-for-is-in-order", "pipeline") == 2.2);
    CHECK(lines_of("async-for-is-in-order", "in-order")
          == Lines{"1.1 main: saved page 1", "2 main: saved page 2", "2.9 main: saved page 3"});
    CHECK(lines_of("async-for-is-in-order", "pipeline")
          == Lines{"1.1 save-1: saved page 1", "1.6 save-2: saved page 2", "2.1 save-3: saved page 3"});
}

} // namespace
} // namespace loopscope::tests
