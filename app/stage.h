#pragma once

#include "core/base/result.h"
#include "core/lesson/lesson.h"
#include "core/lesson/run.h"
#include "ui/open_recording.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace loopscope::app {

// What verbs of the command line share: from typed words to a lesson, its values and a run.

[[nodiscard]] std::string inQuotes(std::string_view word);

/// "; did you mean "gather"?", or what there is when nothing is near.
[[nodiscard]] std::string hintFor(const std::string& typed, const std::vector<std::string>& words);

/// A lesson with the values to run it with; or a recording that was named in its place, with its own.
struct Stage {
    const Lesson* lesson;
    Values values;
    std::shared_ptr<const ui::OpenRecording> recording = {}; ///< which `lesson` is part of
};

/// The code of a stage in both languages.
[[nodiscard]] ui::Sources codeOf(const Stage& stage);

/// Whether a word means a recording's file rather than a lesson.
[[nodiscard]] bool namesRecording(std::string_view word);

/// The Error for a lesson that does not exist.
[[nodiscard]] Error noSuchLesson(std::span<const Lesson> lessons, const std::string& id);
/// What the first word of a verb means, a lesson's name or a recording's file.
[[nodiscard]] Result<Stage> stageOf(std::span<const Lesson> lessons, const std::string& id,
                                    const std::vector<std::string>& sets);
/// The lesson's own choice when the name is empty.
[[nodiscard]] Result<const Variant*> findVariant(const Lesson& lesson, const std::string& name);
[[nodiscard]] Result<Run> runOf(const Stage& stage, const std::string& variant);

} // namespace loopscope::app
