#pragma once

#include "core/lesson/lesson.h"
#include "core/lesson/run.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace loopscope::tests {

/// What two runs of one program must share, in either language: readable, so that the first line
/// that differs says what went wrong.
struct Record {
    std::string outcome;               ///< as JSON
    std::string total;                 ///< "2 s"
    std::vector<std::string> log;      ///< "1.5 Task-2: got A"
    std::vector<std::string> switches; ///< "1.5 Task-2"
};

[[nodiscard]] Record record_of(const Run& run);

/// A run that the Python side is asked for.
struct TwinCase {
    const Lesson* lesson;
    const Variant* variant;
    Values values;
    bool as_shown = false; ///< exactly what the story itself gives to asyncio.run()
};

/// Runs all cases in one process of the machine's own python3. Throws std::runtime_error with what
/// Python said when that fails.
[[nodiscard]] std::vector<Record> python_records(const std::vector<TwinCase>& cases);

} // namespace loopscope::tests
