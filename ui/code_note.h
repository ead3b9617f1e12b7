#pragma once

#include "core/lesson/lesson.h"
#include "core/lesson/source_text.h"
#include "core/recording/recording.h"

#include "ui/sources.h"

#include <QString>

#include <cstddef>
#include <optional>
#include <vector>

namespace loopscope::ui {

/// A comment behind a line of the code that is shown.
struct CodeNote {
    std::size_t row = 0;
    QString text; ///< with the gap before it: "  # in this run: pages: 6"
};

/// The code tells the values that the lesson begins with. Where a run has others, they stand behind the
/// head of its main function; nothing where it has none.
[[nodiscard]] std::optional<CodeNote> codeNote(const std::vector<SourceLine>& lines, const Lesson& lesson,
                                               const Variant& variant, const Values& values, Language language);

/// A recording does not know with which values its lesson begins, so its code has the comment in it.
[[nodiscard]] Recording withNotes(Recording recording, const Lesson& lesson);

} // namespace loopscope::ui
