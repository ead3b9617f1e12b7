#pragma once

#include "core/base/clock.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace loopscope {

/// As short as possible: "2", "1.5", "0.25"; at most six decimals.
[[nodiscard]] std::string format_number(double value);

/// A duration for people: "2.0 s", "0.35 s", "12.5 ms", "3 µs", "0 s".
[[nodiscard]] std::string format_duration(Duration span);

/// A moment for people, always with three decimals so that columns line up: "0.420 s".
[[nodiscard]] std::string format_moment(TimePoint when);

/// "1 task", "3 tasks".
[[nodiscard]] std::string format_count(std::size_t count, std::string_view noun);

/// "a", "a and b", "a, b and c".
[[nodiscard]] std::string format_list(const std::vector<std::string>& words);

/// The candidate nearest to what was typed, by edit distance; empty when nothing is near.
[[nodiscard]] std::string nearest_word(std::string_view typed, const std::vector<std::string>& candidates);

} // namespace loopscope
