#pragma once

#include "core/base/clock.h"

#include <string>
#include <vector>

namespace loopscope {

/// A step for a ruler: 1, 2 or 5 times a power of ten, the smallest that is not below `least`.
/// Requires least > 0.
[[nodiscard]] double nice_step(double least);

/// The same in whole microseconds, at least one.
[[nodiscard]] Duration nice_step(Duration least);

/// "0.4 s", "12 ms", "350 µs": a multiple of `step` in the unit that suits the step, with as many
/// decimals as the step needs, so that all labels of a ruler look alike.
[[nodiscard]] std::string tick_label(TimePoint when, Duration step);

} // namespace loopscope
