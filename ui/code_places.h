#pragma once

#include "core/lesson/lesson.h"
#include "core/trace/explain.h"
#include "core/trace/snapshot.h"

#include "ui/sources.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace loopscope::ui {

/// Where in the shown code, of either language, something of a run stands.
///
/// A trace speaks of lines of the C++ file. The marks of both files tell which line of the Python
/// twin is the same place.
class CodePlaces {
public:
    CodePlaces() = default;
    CodePlaces(const Lesson& lesson, const Variant& variant, const Sources& sources);

    /// What the code pane shows.
    [[nodiscard]] const std::vector<SourceLine>& lines(Language language) const
    {
        return language == Language::Python ? m_python : m_cpp;
    }

    /// The row in lines(language) for a place of the trace; nothing when that part is not shown.
    [[nodiscard]] std::optional<std::size_t> row(const Trace& trace, PlaceId place, Language language) const;

    /// The row for a line of the C++ file; nothing when that part is not shown.
    [[nodiscard]] std::optional<std::size_t> rowOfLine(std::uint32_t cppLine, Language language) const;

    /// The line of the C++ file that a row stands for; nothing for a row of the Python twin that has
    /// no counterpart. Requires a row of lines(language).
    [[nodiscard]] std::optional<std::uint32_t> cppLine(std::size_t row, Language language) const;

    /// The row where a task waits or goes on; the innermost line of the story.
    [[nodiscard]] std::optional<std::size_t> rowOf(const Trace& trace, const TaskSnapshot& task,
                                                   Language language) const;

    /// The row that the moment is about: where the running task is, else where the last fact
    /// happened. Nothing while the loop itself is at work.
    [[nodiscard]] std::optional<std::size_t> currentRow(const Trace& trace, const Snapshot& snapshot,
                                                        Language language) const;

    /// Names lines as the code that is shown numbers them; a line without a counterpart there is not
    /// named, for its number would point at another one. Requires that this outlives what is returned.
    [[nodiscard]] LineNamer lineNamer(const Trace& trace, Language language) const;

    /// The number that stands before a row: its line in the file.
    [[nodiscard]] std::uint32_t lineNumber(std::size_t row, Language language) const
    {
        return lines(language)[row].file_line;
    }

private:
    std::string m_file; // the C++ file, as the trace calls it
    std::vector<SourceLine> m_python;
    std::vector<SourceLine> m_cpp;
};

} // namespace loopscope::ui
