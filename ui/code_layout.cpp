#include "ui/code_layout.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace loopscope::ui {
namespace {

constexpr double rowPerPixel = 20.0 / 13.0;
constexpr double sizeStep = 0.5;
constexpr qsizetype hanging = 4; // columns that a second row stands further in

double needed(const CodeLineText& line, double fontSize, const CodeWidth& widthOf)
{
    return widthOf(line.text, fontSize) + (line.holdsBadges ? badgeRoom : 0);
}

qsizetype indentOf(const QString& text)
{
    qsizetype indent = 0;
    while (indent < text.size() && text[indent] == u' ')
        ++indent;
    return indent;
}

/// Where to break so that what stands before fits: behind a space, a comma or an opening bracket.
qsizetype breakIn(const QString& text, qsizetype start, double room, double fontSize, const CodeWidth& widthOf)
{
    qsizetype fits = start + 1; // one character always stands
    qsizetype tooFar = text.size() + 1;
    while (tooFar - fits > 1) {
        const qsizetype middle = fits + (tooFar - fits) / 2;
        (widthOf(text.sliced(start, middle - start), fontSize) <= room ? fits : tooFar) = middle;
    }
    for (qsizetype at = fits; at > start + 1; --at)
        if (const QChar before = text[at - 1]; before == u' ' || before == u',' || before == u'(')
            return at;
    return fits;
}

std::vector<CodePiece> piecesOf(const CodeLineText& line, double width, double fontSize, const CodeWidth& widthOf)
{
    const double lastRoom = width - (line.holdsBadges ? badgeRoom : 0); // badges stand behind the last piece
    const qsizetype indent = indentOf(line.text);
    const double further = widthOf(QString(indent + hanging, u' '), fontSize);
    std::vector<CodePiece> pieces;
    qsizetype start = 0;
    double x = 0;
    for (;;) {
        const double rest = widthOf(line.text.sliced(start), fontSize);
        if (rest <= std::max(40.0, lastRoom - x))
            break;
        const double room = rest > width - x ? width : lastRoom;
        // The indentation is no place to break at.
        const qsizetype from = pieces.empty() ? indent : start;
        const double taken = pieces.empty() ? widthOf(line.text.left(indent), fontSize) : 0;
        const qsizetype end = breakIn(line.text, from, std::max(40.0, room - x - taken), fontSize, widthOf);
        if (end >= line.text.size())
            break;
        pieces.push_back({start, end - start, x, x + widthOf(line.text.sliced(start, end - start), fontSize)});
        start = end;
        x = further;
    }
    pieces.push_back({start, line.text.size() - start, x, x + widthOf(line.text.sliced(start), fontSize)});
    return pieces;
}

} // namespace

double CodeLayout::bottom(std::size_t line) const
{
    return lines[line].y + rowHeight * static_cast<double>(lines[line].pieces.size());
}

std::size_t CodeLayout::lineAt(double y) const
{
    const auto below = std::upper_bound(lines.begin(), lines.end(), y,
                                        [](double at, const CodeLineLayout& line) { return at < line.y; });
    return below == lines.begin() ? 0 : static_cast<std::size_t>(std::distance(lines.begin(), below)) - 1;
}

CodeLayout layOutCode(const std::vector<CodeLineText>& lines, double width, const CodeWidth& widthOf)
{
    CodeLayout layout;
    const auto fits = [&](const CodeLineText& line) { return line.breaks || needed(line, layout.fontSize, widthOf) <= width; };
    layout.fontSize = largestCode;
    while (layout.fontSize > smallestCode && !std::all_of(lines.begin(), lines.end(), fits))
        layout.fontSize -= sizeStep;
    layout.rowHeight = std::round(layout.fontSize * rowPerPixel);
    for (const CodeLineText& line : lines) {
        layout.lines.push_back({layout.height, piecesOf(line, width, layout.fontSize, widthOf)});
        layout.height = layout.bottom(layout.lines.size() - 1);
    }
    return layout;
}

} // namespace loopscope::ui
