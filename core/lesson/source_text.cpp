#include "core/lesson/source_text.h"

#include <algorithm>
#include <utility>

namespace loopscope {
namespace {

std::string_view without_trailing_space(std::string_view text)
{
    const auto last = text.find_last_not_of(" \t\r");
    return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t");
    return first == std::string_view::npos ? std::string_view() : without_trailing_space(text.substr(first));
}

struct Cut {
    std::string_view code; ///< what stands before the mark
    std::string_view mark; ///< empty when there is none
};

// A mark's sign never stands inside a string of a lesson; a lesson's test would notice.
Cut cut_mark(std::string_view line)
{
    auto at = line.find("//@ ");
    std::size_t sign = 4;
    if (at == std::string_view::npos) {
        at = line.find("#@ ");
        sign = 3;
    }
    if (at == std::string_view::npos)
        return {without_trailing_space(line), {}};
    return {without_trailing_space(line.substr(0, at)), trimmed(line.substr(at + sign))};
}

bool has_story(std::string_view text)
{
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const Cut cut = cut_mark(text.substr(0, end));
        if (cut.code.empty() && (cut.mark == "story" || cut.mark.starts_with("function ")))
            return true;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return false;
}

} // namespace

SourceText::SourceText(std::string_view file_text)
{
    constexpr std::string_view function = "function ";
    bool shown = !has_story(file_text);
    std::string part;
    for (std::uint32_t number = 1; !file_text.empty(); ++number) {
        const auto end = std::min(file_text.find('\n'), file_text.size());
        const Cut cut = cut_mark(file_text.substr(0, end));
        file_text.remove_prefix(std::min(end + 1, file_text.size()));

        if (cut.code.empty() && !cut.mark.empty()) {
            shown = cut.mark != "end";
            part = cut.mark.starts_with(function) ? trimmed(cut.mark.substr(function.size())) : std::string_view();
            continue;
        }
        if (!shown)
            continue;
        Line line;
        line.text = cut.code;
        line.file_line = number;
        line.mark = cut.mark;
        line.function = part;
        lines_.push_back(std::move(line));
    }
}

SourceText::SourceText(std::vector<SourceLine> lines)
{
    for (SourceLine& line : lines)
        lines_.push_back({std::move(line), {}});
}

std::vector<SourceLine> SourceText::lines(const std::vector<std::string>& functions) const
{
    const auto is_shown = [&](const Line& line) {
        return functions.empty() || line.function.empty()
            || std::find(functions.begin(), functions.end(), line.function) != functions.end();
    };
    std::vector<SourceLine> shown;
    for (const Line& line : lines_) {
        // A cut leaves empty lines on both sides; one of them is enough.
        const bool gap = shown.empty() || shown.back().text.empty();
        if (is_shown(line) && !(line.text.empty() && gap))
            shown.push_back(line);
    }
    while (!shown.empty() && shown.back().text.empty())
        shown.pop_back();
    return shown;
}

} // namespace loopscope
