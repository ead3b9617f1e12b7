#include "core/timeline/ticks.h"

#include "tests/support/catch.h"

#include <cmath>

using namespace loopscope;

TEST_CASE("steps of a ruler are 1, 2 or 5 times a power of ten", "[core][timeline]")
{
    CHECK(nice_step(1.0) == 1.0);
    CHECK(nice_step(1.1) == 2.0);
    CHECK(nice_step(3.0) == 5.0);
    CHECK(nice_step(7.0) == 10.0);
    CHECK(std::abs(nice_step(0.1) - 0.1) < 1e-12);
    CHECK(std::abs(nice_step(0.034) - 0.05) < 1e-12);
    CHECK(nice_step(1234.0) == 2000.0);
}

TEST_CASE("a step in time is at least a microsecond", "[core][timeline]")
{
    CHECK(nice_step(Duration{0}) == Duration{1});
    CHECK(nice_step(Duration{3}) == Duration{5});
    CHECK(nice_step(seconds(0.07)) == seconds(0.1));
}

TEST_CASE("labels of one ruler have the same unit and decimals", "[core][timeline]")
{
    const auto label = [](double when, double step) { return tick_label(TimePoint{seconds(when)}, seconds(step)); };
    CHECK(label(0, 0.1) == "0.0 s");
    CHECK(label(0.4, 0.1) == "0.4 s");
    CHECK(label(2, 0.5) == "2.0 s");
    CHECK(label(2, 2) == "2 s");
    CHECK(label(0.35, 0.05) == "0.35 s");
    CHECK(label(0.012, 0.002) == "12 ms");
    CHECK(label(0.0005, 0.0005) == "0.5 ms");
    CHECK(label(0.00002, 0.00001) == "0.02 ms");
    CHECK(label(0.000007, 0.000001) == "7 µs");
    CHECK(label(40, 20) == "40 s");
}
