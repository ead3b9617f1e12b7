#include "core/timeline/layout.h"

#include "tests/support/catch.h"
#include "tests/support/timeline_stories.h"

#include <cmath>

using namespace loopscope;
using namespace loopscope::tests;

namespace {

TimeScale scale_of(const Trace& trace, double blend) { return {trace.end_time(), trace.size(), 1000, blend}; }

/// The furthest that a step is drawn from where the scale has it, to the left and to the right.
std::pair<double, double> furthest(const Trace& trace, double blend)
{
    const TimeScale scale = scale_of(trace, blend);
    const StepAxis axis = step_axis(trace, spans_of(trace), scale);
    std::pair<double, double> far{0, 0};
    for (std::size_t step = 0; step <= trace.size(); ++step) {
        const double off = axis.x(static_cast<double>(step)) - scale.x(position_of(trace, step));
        far = {std::min(far.first, off), std::max(far.second, off)};
    }
    return far;
}

} // namespace

TEST_CASE("a later step is never drawn further left", "[core][timeline]")
{
    for (const auto& trace : {trace_of(together()), trace_of(trouble()), trace_of(crowd(40)), trace_of(turns(30))})
        for (const double blend : {0.0, 0.3, 0.5, 1.0}) {
            const StepAxis axis = step_axis(*trace, spans_of(*trace), scale_of(*trace, blend));
            double last = axis.x(0);
            for (std::size_t step = 1; step <= trace->size(); ++step) {
                const double x = axis.x(static_cast<double>(step));
                REQUIRE(x >= last);
                last = x;
            }
        }
}

TEST_CASE("no step is drawn left of its moment, nor further right than the limit", "[core][timeline]")
{
    const LayoutMetrics metrics;
    for (const auto& trace : {trace_of(together()), trace_of(trouble()), trace_of(crowd(40)), trace_of(crowd(300))})
        for (const double blend : {0.0, 0.2, 0.5}) {
            const auto [left, right] = furthest(*trace, blend);
            CHECK(left >= -1e-6);
            CHECK(right <= metrics.max_shift + 1e-6);
        }
}

TEST_CASE("on the step axis nothing is pushed where a step is wide enough", "[core][timeline]")
{
    const auto trace = trace_of(sleeper(1.0));
    const auto [left, right] = furthest(*trace, 1.0);
    CHECK(left == 0);
    CHECK(std::abs(right) < 1e-6);
}

TEST_CASE("blocks of one moment lie side by side in their order", "[core][timeline]")
{
    const auto trace = trace_of(together());
    const RunSpans spans = spans_of(*trace);
    const StepAxis axis = step_axis(*trace, spans, scale_of(*trace, 0));
    double right = 0;
    int at_start = 0;
    for (const Span& span : spans.loop)
        if (span.kind == SpanKind::Running && span.to == TimePoint{}) {
            const double x0 = axis.x(static_cast<double>(span.begin + 1));
            const double x1 = axis.x(static_cast<double>(span.end + 1));
            CHECK(x0 >= right);
            CHECK(x1 - x0 >= 2);
            right = x1;
            ++at_start;
        }
    CHECK(at_start == 4); // main and three requests
}

TEST_CASE("the step at an x is the last one drawn at or before it", "[core][timeline]")
{
    const auto trace = trace_of(trouble());
    const StepAxis axis = step_axis(*trace, spans_of(*trace), scale_of(*trace, 0.4));
    for (std::size_t step = 0; step <= trace->size(); ++step) {
        const std::size_t found = axis.step_at(axis.x(static_cast<double>(step)));
        CHECK(found >= step);
        CHECK(axis.x(static_cast<double>(found)) <= axis.x(static_cast<double>(step)) + 1e-6);
    }
    CHECK(axis.step_at(-100) == 0);
    CHECK(axis.step_at(1e6) == trace->size());
}

TEST_CASE("a position between facts has the moment of the one before", "[core][timeline]")
{
    const auto trace = trace_of(sleeper(1.0));
    CHECK(position_of(*trace, 0).when == TimePoint{});
    CHECK(position_of(*trace, trace->size()).when == trace->end_time());
    CHECK(position_of(*trace, 3).step == 3.0);
}

TEST_CASE("dragging finds the facts that have happened at an x of the scale", "[core][timeline]")
{
    const auto trace = trace_of(sleeper(1.0));
    const TimeScale scale = scale_of(*trace, 0);
    CHECK(step_at(*trace, scale, 1000) == trace->size());
    const std::size_t asleep = step_at(*trace, scale, 500);
    CHECK(trace->when(asleep - 1) == TimePoint{});
    CHECK(trace->when(asleep) == TimePoint{seconds(1.0)});
}
