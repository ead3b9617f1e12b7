#include "core/timeline/ticks.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstdio>

namespace loopscope {

double nice_step(double least)
{
    assert(least > 0);
    // The exponent is rounded down, so the answer is one of these four; the small allowance keeps
    // 0.1 from becoming 0.2 because 0.1 is not a binary fraction.
    const double power = std::pow(10.0, std::floor(std::log10(least)));
    for (const double digit : {1.0, 2.0, 5.0})
        if (digit * power >= least * (1 - 1e-9))
            return digit * power;
    return 10 * power;
}

Duration nice_step(Duration least)
{
    const double us = std::max(1.0, static_cast<double>(least.count()));
    return Duration{std::max<std::int64_t>(1, std::llround(nice_step(us)))};
}

std::string tick_label(TimePoint when, Duration step)
{
    const std::int64_t us = step.count();
    const double value = static_cast<double>(when.since_start.count());
    std::array<char, 64> text{};
    const auto write = [&](double number, int decimals, const char* unit) {
        std::snprintf(text.data(), text.size(), "%.*f %s", decimals, number, unit);
        return std::string(text.data());
    };
    if (us < 100)
        return us % 10 == 0 ? write(value / 1e3, 2, "ms") : write(value, 0, "µs");
    if (us < 1000)
        return write(value / 1e3, 1, "ms");
    if (us < 10'000)
        return write(value / 1e3, 0, "ms");
    if (us < 100'000)
        return write(value / 1e6, 2, "s");
    if (us < 10'000'000)
        return write(value / 1e6, us % 1'000'000 == 0 && us > 1'000'000 ? 0 : 1, "s");
    return write(value / 1e6, 0, "s");
}

} // namespace loopscope
