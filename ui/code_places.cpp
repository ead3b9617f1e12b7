#include "ui/code_places.h"

#include <algorithm>
#include <iterator>

namespace loopscope::ui {
namespace {

std::optional<std::size_t> rowWithMark(const std::vector<SourceLine>& lines, const std::string& mark)
{
    const auto found = std::find_if(lines.begin(), lines.end(),
                                    [&](const SourceLine& line) { return line.mark == mark; });
    if (found == lines.end())
        return std::nullopt;
    return static_cast<std::size_t>(std::distance(lines.begin(), found));
}

} // namespace

CodePlaces::CodePlaces(const Lesson& lesson, const Variant& variant, const Sources& sources)
    : m_file(lesson.cpp_file)
    , m_python(sources.python.lines(variant.functions))
    , m_cpp(sources.cpp.lines(variant.functions))
{
}

std::optional<std::size_t> CodePlaces::row(const Trace& trace, PlaceId place, Language language) const
{
    if (place == PlaceId::None || trace.place(place).file != m_file)
        return std::nullopt;
    return rowOfLine(trace.place(place).line, language);
}

LineNamer CodePlaces::lineNamer(const Trace& trace, Language language) const
{
    return [this, &trace, language](PlaceId place) {
        const auto at = row(trace, place, language);
        if (at)
            return "line " + std::to_string(lineNumber(*at, language));
        // A part of the file that is not shown is still at its line; in the other language it is at none.
        const bool inFile = language == Language::Cpp && trace.place(place).file == m_file;
        return inFile ? "line " + std::to_string(trace.place(place).line) : std::string();
    };
}

std::optional<std::size_t> CodePlaces::rowOfLine(std::uint32_t cppLine, Language language) const
{
    const auto found = std::find_if(m_cpp.begin(), m_cpp.end(),
                                    [&](const SourceLine& line) { return line.file_line == cppLine; });
    if (found == m_cpp.end())
        return std::nullopt;
    if (language == Language::Cpp)
        return static_cast<std::size_t>(std::distance(m_cpp.begin(), found));
    if (found->mark.empty())
        return std::nullopt;
    return rowWithMark(m_python, found->mark);
}

std::optional<std::uint32_t> CodePlaces::cppLine(std::size_t row, Language language) const
{
    const SourceLine& line = lines(language)[row];
    if (language == Language::Cpp)
        return line.file_line;
    const auto twin = line.mark.empty() ? std::nullopt : rowWithMark(m_cpp, line.mark);
    return twin ? std::optional(m_cpp[*twin].file_line) : std::nullopt;
}

std::optional<std::size_t> CodePlaces::rowOf(const Trace& trace, const TaskSnapshot& task,
                                             Language language) const
{
    if (task.stack != StackId::Empty)
        if (const auto parked = row(trace, trace.innermost_in(task.stack, m_file), language))
            return parked;
    return row(trace, task.place, language);
}

std::optional<std::size_t> CodePlaces::currentRow(const Trace& trace, const Snapshot& snapshot,
                                                  Language language) const
{
    if (snapshot.step == 0)
        return std::nullopt;
    if (snapshot.running)
        return rowOf(trace, snapshot.task(snapshot.running), language);
    return row(trace, trace[snapshot.step - 1].place, language);
}

} // namespace loopscope::ui
