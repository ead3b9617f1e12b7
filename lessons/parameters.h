#pragma once

#include "core/lesson/lesson.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace loopscope::lessons {

// What a learner may change, in one line each. Names are for scripts, labels stand beside the sliders;
// `shown` is that of Parameter.

using Shown = std::function<bool(const Values&)>;

/// A length of time: `in_seconds("fetch_a", "page a", {.low = 0.1, .high = 2.0, .step = 0.1}, 0.6)`.
[[nodiscard]] inline Parameter in_seconds(std::string name, std::string label, NumberRange range, double initial,
                                          Shown shown = {})
{
    return {.name = std::move(name),
            .label = std::move(label),
            .unit = "s",
            .range = range,
            .initial = initial,
            .shown = std::move(shown)};
}

/// The fewest and the most of something.
struct Between {
    int fewest;
    int most;
};

/// A number of things: `how_many("workers", "workers", {1, 8}, 4)`.
[[nodiscard]] inline Parameter how_many(std::string name, std::string label, Between range, int initial)
{
    return {.name = std::move(name),
            .label = std::move(label),
            .unit = {},
            .range = NumberRange{.low = static_cast<double>(range.fewest),
                                 .high = static_cast<double>(range.most),
                                 .step = 1,
                                 .whole = true},
            .initial = static_cast<double>(initial)};
}

/// One of several words: `one_of("cancel", "cancel the losers", {"yes", "no"}, "yes")`.
[[nodiscard]] inline Parameter one_of(std::string name, std::string label, std::vector<std::string> words,
                                      std::string initial, Shown shown = {})
{
    return {.name = std::move(name),
            .label = std::move(label),
            .unit = {},
            .range = Choices{std::move(words)},
            .initial = std::move(initial),
            .shown = std::move(shown)};
}

} // namespace loopscope::lessons
