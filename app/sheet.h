#pragma once

#include "core/base/result.h"
#include "core/lesson/lesson.h"

#include <span>
#include <string>

namespace loopscope::app {

/// Writes a contact sheet into a folder, which is made if it is missing: a picture of every variant of
/// every lesson as it opens, and index.html, which shows them all under their lessons' questions.
/// `theme` is dark, light or print; empty is light. Gives a sentence that says what was written.
[[nodiscard]] Result<std::string> writeSheet(std::span<const Lesson> lessons, const std::string& folder,
                                             const std::string& theme);

} // namespace loopscope::app
