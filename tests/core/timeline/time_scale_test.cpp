#include "core/timeline/time_scale.h"

#include "tests/support/catch.h"

#include <cmath>

using namespace loopscope;

namespace {

RunPosition at(double when, double step) { return {TimePoint{seconds(when)}, step}; }
const TimeScale ten_seconds(TimePoint{seconds(10.0)}, 50, 1000, 0);

bool close(double a, double b) { return std::abs(a - b) < 1e-6; }

} // namespace

TEST_CASE("with blend 0 x is time alone", "[core][timeline]")
{
    CHECK(ten_seconds.x(at(0, 0)) == 0);
    CHECK(ten_seconds.x(at(2.5, 7)) == 250);
    CHECK(ten_seconds.x(at(2.5, 30)) == 250);
    CHECK(ten_seconds.x(at(10, 50)) == 1000);
}

TEST_CASE("with blend 1 x counts facts alone", "[core][timeline]")
{
    const TimeScale scale = ten_seconds.with_blend(1);
    CHECK(scale.x(at(0, 0)) == 0);
    CHECK(scale.x(at(2.5, 10)) == 200);
    CHECK(scale.x(at(9.9, 10)) == 200);
    CHECK(scale.x(at(10, 50)) == 1000);
}

TEST_CASE("with blend 0.5 time and facts have equal shares", "[core][timeline]")
{
    const TimeScale scale = ten_seconds.with_blend(0.5);
    CHECK(close(scale.x(at(4, 10)), 300)); // half of 400 and half of 200
    CHECK(scale.x(at(10, 50)) == 1000);
}

TEST_CASE("a run in which no time passes is shown by its facts", "[core][timeline]")
{
    const TimeScale scale(TimePoint{}, 20, 500, 0);
    CHECK(scale.x(at(0, 5)) == 125);
    CHECK(close(scale.zoomed(2, 250).x(at(0, 10)), 250));
}

TEST_CASE("zooming keeps what lies under the anchor", "[core][timeline]")
{
    const double anchor = 300;
    const double u = ten_seconds.u_at(anchor);
    for (const double factor : {1.5, 2.0, 8.0, 1000.0}) {
        const TimeScale zoomed = ten_seconds.zoomed(factor, anchor);
        CHECK(close(zoomed.x_of_u(u), anchor));
        CHECK(close(zoomed.high() - zoomed.low(), 1 / factor));
    }
}

TEST_CASE("zooming out stops at the whole run", "[core][timeline]")
{
    CHECK(ten_seconds.zoomed(4, 900).zoomed(0.01, 100) == ten_seconds);
}

TEST_CASE("zooming in stops where a microsecond is wide", "[core][timeline]")
{
    const TimeScale deepest = ten_seconds.zoomed(1e12, 500);
    const double one_microsecond = deepest.x(at(1.000001, 0)) - deepest.x(at(1, 0));
    CHECK(one_microsecond > 100);
    CHECK(one_microsecond < 500);
    CHECK(deepest == deepest.zoomed(2, 500));
}

TEST_CASE("panning stays inside the run", "[core][timeline]")
{
    const TimeScale half = ten_seconds.showing(0.25, 0.75);
    CHECK(close(half.panned(100).low(), 0.30));
    CHECK(half.panned(-5000).low() == 0);
    CHECK(half.panned(5000).high() == 1);
    CHECK(close(half.panned(5000).low(), 0.5));
}

TEST_CASE("showing a span puts its ends at the edges", "[core][timeline]")
{
    const TimeScale scale = ten_seconds.showing(0.2, 0.4);
    CHECK(close(scale.x(at(2, 0)), 0));
    CHECK(close(scale.x(at(4, 0)), 1000));
    CHECK(close(scale.x(at(3, 0)), 500));
}

TEST_CASE("another width keeps what is shown", "[core][timeline]")
{
    const TimeScale scale = ten_seconds.showing(0.2, 0.4).with_width(500);
    CHECK(close(scale.x(at(4, 0)), 500));
    CHECK(close(scale.low(), 0.2));
}

TEST_CASE("u_at is the inverse of x_of_u", "[core][timeline]")
{
    const TimeScale scale = ten_seconds.showing(0.1, 0.35);
    for (const double x : {0.0, 17.0, 999.5})
        CHECK(close(scale.x_of_u(scale.u_at(x)), x));
}
