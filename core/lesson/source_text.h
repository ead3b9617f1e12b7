#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace loopscope {

/// One line of a lesson's file as the code pane shows it.
struct SourceLine {
    std::string text;            ///< without marks
    std::uint32_t file_line = 0; ///< in the file, from 1: what the trace speaks of
    std::string mark;            ///< the same in both languages where two lines correspond
};

/// A lesson's file, cut down to its story.
///
/// What runs is what is shown: the file itself. Marks at the end of a line (`//@ name` in C++,
/// `#@ name` in Python) tell which lines of the two languages correspond. `//@ story` and
/// `//@ end` (`#@ …`) on lines of their own enclose what is shown; what lies outside is plumbing.
/// A line `//@ function NAME` opens a part that is shown only for variants that list NAME.
class SourceText {
public:
    SourceText() = default;

    /// Reads a whole file's text. Without marks, all of it is the story.
    explicit SourceText(std::string_view file_text);

    /// The lines that a variant with these functions shows; all when the list is empty. Runs of
    /// empty lines left by the cut are closed.
    [[nodiscard]] std::vector<SourceLine> lines(const std::vector<std::string>& functions = {}) const;

private:
    struct Line : SourceLine {
        std::string function; ///< the part it belongs to; empty for all
    };
    std::vector<Line> lines_;
};

} // namespace loopscope
