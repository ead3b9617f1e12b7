#include "tests/lessons/promises.h"

namespace loopscope::tests {
namespace {

TEST_CASE("blocking calls go through a pool in waves, and on the loop one after the other", "[lessons]")
{
    CHECK(total("blocking-io-to-threads", "on-loop") == 4.0);
    CHECK(total("blocking-io-to-threads", "threads") == 2.0);
    CHECK(total("blocking-io-to-threads", "threads", {"pool=4"}) == 1.0);
    CHECK(total("blocking-io-to-threads", "threads", {"pool=8"}) == 0.5);
}

TEST_CASE("a timeout ends the wait for a thread, and the program waits for the thread", "[lessons]")
{
    const Run run = run_of("blocking-io-to-threads", "timeout");
    CHECK(printed(*run.trace) == Lines{"0.2 main: too late", "0.5 asyncio_0: file 1 is read"});
    CHECK(to_seconds(run.trace->end_time()) == 0.5);
}

TEST_CASE("what another thread hands to a sleeping loop waits, unless it wakes the loop", "[lessons]")
{
    CHECK(lines_of("blocking-io-to-threads", "call-back-unsafe")
          == Lines{"0.8 -: news", "0.8 main: main has slept"});
    CHECK(lines_of("blocking-io-to-threads", "call-back-safe")
          == Lines{"0.2 -: news", "0.8 main: main has slept"});
}

TEST_CASE("threads that compute take as long as one thread, unless there is no lock", "[lessons]")
{
    CHECK(total("cpu-and-the-gil", "on-loop") == 4.0);
    CHECK(total("cpu-and-the-gil", "threads") == 4.0);
    CHECK(total("cpu-and-the-gil", "free-threaded") == 1.0);
    CHECK(total("cpu-and-the-gil", "processes") == 1.3);
    CHECK(total("cpu-and-the-gil", "free-threaded", {"cores=2"}) == 2.0);
}

TEST_CASE("processes cost their start-up, the sending of each call, and waves of work", "[lessons]")
{
    CHECK(total("cpu-to-processes", "processes", {"cost=0.5"}) == 1.46);
    CHECK(total("cpu-to-processes", "on-loop", {"cost=0.5"}) == 4.0);
    CHECK(total("cpu-to-processes", "processes", {"cost=0.02"}) == 0.5);
    CHECK(total("cpu-to-processes", "on-loop", {"cost=0.02"}) == 0.16);
    CHECK(total("cpu-to-processes", "processes", {"cost=0.08"}) == 0.62);
    CHECK(total("cpu-to-processes", "on-loop", {"cost=0.08"}) == 0.64);
    CHECK(total("cpu-to-processes", "processes", {"cost=0.07"}) > total("cpu-to-processes", "on-loop", {"cost=0.07"}));
}

TEST_CASE("each model is the best for one of four pieces of work", "[lessons]")
{
    const auto table = [](const char* variant, const std::string& parameter) {
        std::vector<double> row;
        for (const char* model : {"plain", "asyncio", "threads", "processes"})
            row.push_back(total("when-not-asyncio", variant, {parameter + "=" + model}));
        return row;
    };
    CHECK(table("dependent", "model_a") == std::vector{1.2, 1.25, 1.25, 1.5});
    CHECK(table("requests", "model_b") == std::vector{20.0, 0.55, 2.55, 5.3});
    CHECK(table("computing", "model_c") == std::vector{4.0, 4.05, 4.05, 1.3});
    CHECK(table("reads", "model_d") == std::vector{1.8, 1.85, 0.35, 0.9});
}

} // namespace
} // namespace loopscope::tests
