#pragma once

#include "core/lesson/goal.h"
#include "core/lesson/run.h"
#include "core/trace/spans.h"
#include "core/trace/stats.h"
#include "tests/lessons/settings.h"
#include "tests/support/catch.h"
#include "tests/support/run_scenario.h"

#include <string>
#include <vector>

namespace loopscope::tests {

// For the tests of what lessons promise, one file a chapter.

using Lines = std::vector<std::string>;

/// A run of the lesson with these "NAME=VALUE" texts on top of its initial values.
inline Run run_of(const char* lesson_id, const char* variant, const std::vector<std::string>& sets = {})
{
    const Lesson& lesson = lesson_named(lesson_id);
    const Result<Values> values = parse_values(lesson, sets);
    REQUIRE(values);
    const Variant* found = find_variant(lesson, variant);
    REQUIRE(found != nullptr);
    return run(lesson, *found, *values);
}

/// When main ended, in seconds.
inline double total(const char* lesson, const char* variant, const std::vector<std::string>& sets = {})
{
    const Run done = run_of(lesson, variant, sets);
    return to_seconds(stats_of(*done.trace, spans_of(*done.trace)).total);
}

/// "1.5 job-1: a done" for each line, in order.
inline Lines lines_of(const char* lesson, const char* variant, const std::vector<std::string>& sets = {})
{
    return printed(*run_of(lesson, variant, sets).trace);
}

/// What an expression of the goal language is worth for such a run, in words.
inline std::string worth(const char* expression, const char* lesson_id, const char* variant,
                         const std::vector<std::string>& sets = {})
{
    const Result<Goal> goal = Goal::parse(expression);
    REQUIRE(goal);
    const Result<GoalValue> value = goal->of(Measures(lesson_named(lesson_id), run_of(lesson_id, variant, sets)));
    REQUIRE(value);
    return text_of(*value);
}

} // namespace loopscope::tests
