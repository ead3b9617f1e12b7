#pragma once

#include "core/base/result.h"
#include "core/lesson/lesson.h"

#include <iosfwd>
#include <span>
#include <string>
#include <vector>

namespace loopscope::app {

// What each verb of the command line does. Words are as they were typed; what does not fit comes
// back as an Error. The text of a success is the output.

struct RunRequest {
    std::string lesson;
    std::string variant; ///< empty: the lesson's own choice
    std::vector<std::string> sets;
};

struct CompareRequest {
    std::string lesson;
    std::string a;
    std::string b;
    std::vector<std::string> sets;
};

[[nodiscard]] std::string listLessons(std::span<const Lesson> lessons, bool json);
struct RecordRequest {
    RunRequest run;
    std::string output; ///< the file
};

[[nodiscard]] Result<std::string> runLesson(std::span<const Lesson> lessons, const RunRequest& request, bool json);
[[nodiscard]] Result<std::string> compareLesson(std::span<const Lesson> lessons, const CompareRequest& request, bool json);

/// Runs a lesson and writes the run as a recording. Gives the sentence that says where.
[[nodiscard]] Result<std::string> recordLesson(std::span<const Lesson> lessons, const RecordRequest& request);

} // namespace loopscope::app
