#pragma once

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

} // namespace loopscope::tests
