#include "core/timeline/shared_axis.h"

#include "core/timeline/compare_layout.h"
#include "core/timeline/crop.h"
#include "core/timeline/layout.h"
#include "tests/support/catch.h"
#include "tests/support/timeline_stories.h"

#include <algorithm>
#include <cmath>

using namespace loopscope;
using namespace loopscope::tests;

namespace {

constexpr double max_shift = LayoutMetrics{}.max_shift;

struct Pair {
    Pair(Coro<void> first, Coro<void> second, double low = 0, double high = 1)
        : a(trace_of(std::move(first)))
        , b(trace_of(std::move(second)))
        , scale(TimeScale(std::max(a->end_time(), b->end_time()), std::max(a->size(), b->size()), 700, 0).showing(low, high))
        , shared(shared_axis(*a, step_axis(*a, spans_of(*a), scale), *b, step_axis(*b, spans_of(*b), scale), scale, max_shift))
    {
    }

    std::shared_ptr<const Trace> a, b;
    TimeScale scale;
    SharedAxis shared;
};

/// The furthest that the facts of one moment reach outside the stretch that the axis gives it.
double strays(const SharedAxis& shared, const Trace& trace, const StepAxis& axis)
{
    double worst = 0;
    for (std::size_t i = 0; i < trace.size(); ++i) {
        const auto moment = std::find_if(shared.moments.begin(), shared.moments.end(),
                                         [&](const SharedAxis::Moment& m) { return m.when == trace.when(i); });
        const double x = axis.x(static_cast<double>(i + 1));
        worst = std::max({worst, moment->start - x, x - moment->end});
    }
    return worst;
}

} // namespace

TEST_CASE("a moment lies in the same stretch of both halves, so that one playhead serves both", "[core][timeline]")
{
    for (const auto& [low, high] : {std::pair(0.0, 1.0), std::pair(0.1, 0.3)}) {
        const Pair pair(one_by_one(), crowd(9), low, high);
        double reached = -1e9;
        for (const SharedAxis::Moment& moment : pair.shared.moments) {
            const double x = pair.scale.x({moment.when, 0});
            CHECK(moment.start >= x);
            CHECK(moment.end <= x + max_shift + 1e-9);
            CHECK(moment.start >= reached);
            CHECK(moment.end >= moment.start);
            reached = moment.end;
        }
        if (low == 0) {
            CHECK(strays(pair.shared, *pair.a, pair.shared.a) < 1e-6);
            CHECK(strays(pair.shared, *pair.b, pair.shared.b) < 1e-6);
        }
    }
}

TEST_CASE("what two runs do alike is drawn alike", "[core][timeline]")
{
    const Pair same(crowd(4), crowd(4));
    for (std::size_t step = 0; step <= same.a->size(); ++step)
        CHECK(same.shared.a.x(static_cast<double>(step)) == same.shared.b.x(static_cast<double>(step)));
}

TEST_CASE("between two moments time passes evenly, and before the first one nothing has happened", "[core][timeline]")
{
    const Pair pair(one_by_one(), together());
    const std::vector<SharedAxis::Moment>& moments = pair.shared.moments;
    REQUIRE(moments.size() >= 3);
    const TimePoint middle{(moments[0].when.since_start + moments[1].when.since_start) / 2};
    CHECK(std::abs(pair.shared.x(middle) - (moments[0].end + moments[1].start) / 2) < 0.01);
    CHECK(pair.shared.x(moments[1].when) == moments[1].end);
    CHECK(pair.shared.begin() == moments[0].start);
}

TEST_CASE("an x leads to the nearest moment", "[core][timeline]")
{
    const Pair pair(one_by_one(), together());
    const std::vector<SharedAxis::Moment>& moments = pair.shared.moments;
    CHECK(pair.shared.moments_until(moments[0].start - 1) == 0);
    CHECK(pair.shared.moments_until(moments[1].start + 0.1) == 2);
    CHECK(pair.shared.moments_until(moments[0].end * 0.9 + moments[1].start * 0.1) == 1);
    CHECK(pair.shared.moments_until(1e6) == moments.size());
}

TEST_CASE("runs without any time are still in order", "[core][timeline]")
{
    const Pair pair(turns(3), turns(5));
    CHECK(pair.shared.moments.size() == 1);
    CHECK(pair.shared.b.x(static_cast<double>(pair.b->size())) > pair.shared.b.x(0));
}

TEST_CASE("a cropped scene keeps within its edges", "[core][timeline]")
{
    const auto trace = trace_of(together());
    const RunSpans spans = spans_of(*trace);
    const TimeScale scale = TimeScale(trace->end_time(), trace->size(), 700, 0).showing(0.4, 0.6);
    TimelineScene scene = layout(*trace, spans, scale);
    REQUIRE(std::any_of(scene.bars.begin(), scene.bars.end(), [](const Bar& bar) { return bar.box.x < 232; }));
    crop(scene, 232, 732);
    CHECK_FALSE(scene.bars.empty());
    for (const Bar& bar : scene.bars) {
        CHECK(bar.box.x >= 232);
        CHECK(bar.box.right() <= 732);
    }
}
