#pragma once

#include "core/lesson/lesson.h"
#include "core/lesson/run.h"
#include "tests/support/record.h"

#include <vector>

namespace loopscope::tests {

[[nodiscard]] Record record_of(const Run& run);

/// A run that the Python side is asked for.
struct TwinCase {
    const Lesson* lesson;
    const Variant* variant;
    Values values;
    bool as_shown = false; ///< exactly what the story itself gives to asyncio.run()
};

/// The same for whole programs in Python.
[[nodiscard]] std::vector<Record> python_records(const std::vector<std::string>& programs);

/// Runs all cases in one process of the machine's own python3. Throws std::runtime_error with what
/// Python said when that fails.
[[nodiscard]] std::vector<Record> python_records(const std::vector<TwinCase>& cases);

} // namespace loopscope::tests
