#pragma once

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

[[nodiscard]] Record record_of(const Trace& trace, const Outcome& outcome);

/// Whether a script may talk about what it does besides giving its answer.
enum class Talk { IsAnError, IsIgnored };

/// Runs a script of ours with the machine's own python3: gives it `request` and returns its answer.
/// Throws std::runtime_error with what Python said when it fails.
[[nodiscard]] nlohmann::json ask_python(const std::string& script, const nlohmann::json& request, Talk talk);

/// The answer of a script that writes a list of records.
[[nodiscard]] std::vector<Record> records_from(const nlohmann::json& answer);

/// 11 for Python 3.11.
[[nodiscard]] int python_minor();

} // namespace loopscope::tests
