#pragma once

#include "core/lesson/goal.h"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace loopscope {

/// A part of a goal. Which fields count is decided by its kind.
struct GoalNode {
    enum class Kind {
        Number, ///< number
        Text,   ///< text, without quotes
        Name,   ///< text
        List,   ///< parts
        Call,   ///< text is the function's name, parts its arguments
        Of,     ///< parts[0] is runs(variant), parts[1] what is asked of it
        Not,    ///< parts[0]
        Minus,  ///< parts[0]
        Binary, ///< text is the operator, between parts[0] and parts[1]
    };

    Kind kind = Kind::Number;
    std::size_t begin = 0; ///< in the goal's text, in characters
    std::size_t end = 0;
    double number = 0;
    std::string text = {};
    std::vector<std::shared_ptr<const GoalNode>> parts = {};
};

namespace detail {

/// Why a goal cannot be read or answered, and where in its text.
struct GoalProblem {
    std::size_t at;
    std::string sentence;
};

/// Every name that stands for a measure, and every function.
[[nodiscard]] const std::vector<std::string>& goal_measures();
[[nodiscard]] const std::vector<std::string>& goal_functions();

/// Throws GoalProblem.
[[nodiscard]] std::shared_ptr<const GoalNode> parse_goal(std::string_view text);
[[nodiscard]] GoalValue value_of(const GoalNode& node, const Measures& run);

/// A clause in short words: "done within 1.05 s", "“saved” printed 3 times".
[[nodiscard]] std::string words_for(const GoalNode& clause, const Measures& run);
/// What a comparison is about is worth, with its unit: "3 s"; empty when it is no comparison, or its
/// number says nothing to a reader.
[[nodiscard]] std::string worth_of(const GoalNode& clause, const Measures& run);

} // namespace detail
} // namespace loopscope
