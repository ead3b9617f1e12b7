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

/// A lesson's file, cut down to its story: what runs is what is shown, namely the file itself.
///
/// Comments that begin with `//@` in C++ and `#@` in Python say what is shown. On a line of its own:
///
///     //@ story            shown from here on, for every variant
///     //@ function NAME    shown from here on, only for variants that list NAME
///     //@ end              plumbing from here on, never shown
///
/// Behind code it is a mark: `co_await sleep(1.0); //@ pause`. Lines with the same mark correspond,
/// one in each language, so marks are unique among the lines that a variant shows.
class SourceText {
public:
    SourceText() = default;

    /// Reads a whole file's text. Without marks, all of it is the story.
    explicit SourceText(std::string_view file_text);

    /// A story that was cut out before: all lines are shown.
    explicit SourceText(std::vector<SourceLine> lines);

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
