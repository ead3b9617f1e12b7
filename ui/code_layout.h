#pragma once

#include <QString>

#include <cstddef>
#include <functional>
#include <vector>

namespace loopscope::ui {

/// One line of code as the pane asks for it.
struct CodeLineText {
    QString text;
    bool holdsBadges = false; ///< tasks are seen at it, so a badge must find room behind the code
    bool breaks = false;      ///< goes on in a second row rather than make all code smaller

    friend bool operator==(const CodeLineText&, const CodeLineText&) = default;
};

/// Part of a line, on one row of the pane.
struct CodePiece {
    qsizetype start = 0;
    qsizetype length = 0;
    double x = 0; ///< from the left edge of the code
    double end = 0;

    friend bool operator==(const CodePiece&, const CodePiece&) = default;
};

struct CodeLineLayout {
    double y = 0;
    std::vector<CodePiece> pieces; ///< one above the other; more than one only in a very narrow pane

    friend bool operator==(const CodeLineLayout&, const CodeLineLayout&) = default;
};

/// Where each line of code is drawn, so that none is cut and nothing scrolls sideways: the type
/// shrinks first, and only where the smallest is still too wide a line goes on in a second row.
struct CodeLayout {
    double fontSize = 13;  ///< pixels
    double rowHeight = 20;
    double height = 0;
    std::vector<CodeLineLayout> lines;

    [[nodiscard]] double bottom(std::size_t line) const;
    /// The line at a height; the last for what lies below. Requires a line.
    [[nodiscard]] std::size_t lineAt(double y) const;
};

inline constexpr double largestCode = 13;
inline constexpr double smallestCode = 10.5;
inline constexpr double badgeRoom = 40; ///< for one short badge, with the gap before it

/// The width of a text in code of this size.
using CodeWidth = std::function<double(const QString& text, double fontSize)>;

[[nodiscard]] CodeLayout layOutCode(const std::vector<CodeLineText>& lines, double width, const CodeWidth& widthOf);

} // namespace loopscope::ui
