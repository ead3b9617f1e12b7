#pragma once

#include <chrono>
#include <cmath>
#include <compare>
#include <cstdint>

namespace loopscope {

/// A span of virtual time. Whole microseconds, because CPython's runs are compared on that grid
/// and sums of decimals have to meet: 0.1 + 0.2 and 0.3 are the same moment.
using Duration = std::chrono::microseconds;

/// A moment of a run: the time that has passed since its loop was made.
struct TimePoint {
    Duration since_start{0};

    friend constexpr auto operator<=>(TimePoint, TimePoint) = default;
    friend constexpr TimePoint operator+(TimePoint t, Duration d) { return {t.since_start + d}; }
    friend constexpr TimePoint operator-(TimePoint t, Duration d) { return {t.since_start - d}; }
    friend constexpr Duration operator-(TimePoint a, TimePoint b) { return a.since_start - b.since_start; }
};

/// The nearest whole microsecond, as the oracle's clock rounds. Requires a finite value.
[[nodiscard]] inline Duration seconds(double value)
{
    return Duration{std::llround(value * 1e6)};
}

[[nodiscard]] constexpr double to_seconds(Duration d) { return static_cast<double>(d.count()) / 1e6; }
[[nodiscard]] constexpr double to_seconds(TimePoint t) { return to_seconds(t.since_start); }

/// What an event loop asks for the time, and nothing else. In a lesson it is virtual; the live
/// layer puts a real one in its place.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual TimePoint now() const = 0;
};

/// A clock that stands still until somebody moves it.
class VirtualClock final : public Clock {
public:
    [[nodiscard]] TimePoint now() const override { return now_; }

    /// Moves forward; a span below zero is ignored, since time never goes back.
    void advance(Duration span)
    {
        if (span > Duration::zero())
            now_ = now_ + span;
    }

private:
    TimePoint now_;
};

} // namespace loopscope
