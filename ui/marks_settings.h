#pragma once

#include "ui/lesson_marks.h"

#include <QString>

#include <map>
#include <string>

namespace loopscope::ui {

/// Breakpoints and bookmarks of all lessons as text (JSON), for the settings file.
[[nodiscard]] QString marksAsText(const std::map<std::string, LessonMarks>& marks);

/// The marks that such a text tells of. What cannot be read is left out.
[[nodiscard]] std::map<std::string, LessonMarks> marksFromText(const QString& text);

} // namespace loopscope::ui
