#include "ui/picture_code.h"

#include "core/base/format.h"
#include "core/lesson/run.h"
#include "core/trace/replay.h"

#include "ui/code_highlight.h"
#include "ui/code_layout.h"
#include "ui/code_note.h"
#include "ui/code_places.h"
#include "ui/store.h"
#include "ui/paint_tools.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QFontMetricsF>

#include <algorithm>

namespace loopscope::ui {
namespace {

constexpr double rowHeight = 19;
constexpr double lowestRow = 15;
constexpr double headHeight = 34;
constexpr double numberWidth = 44;
constexpr double margin = 14;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(loopscope::ui::Pictures)
};

QColor colorOf(const Theme& theme, TokenKind kind)
{
    switch (kind) {
    case TokenKind::Plain: return theme.codeText;
    case TokenKind::Keyword: return theme.codeKeyword;
    case TokenKind::Call: return theme.codeFunction;
    case TokenKind::Text: return theme.codeString;
    case TokenKind::Number: return theme.codeNumber;
    case TokenKind::Comment: return theme.codeComment;
    }
    return theme.codeText;
}

/// The rows of a listing: no line is cut, so a long one has several.
std::vector<CodeLineLayout> rowsOf(const CodePicture& code, double width)
{
    const QFont font = codeFont(TextSize::Small);
    std::vector<CodeLineText> lines;
    for (const QString& line : code.lines)
        lines.push_back({line, false});
    return layOutCode(lines, width - numberWidth - 6, [&](const QString& text, double) { return widthOf(text, font); }).lines;
}

std::size_t countRows(const std::vector<CodeLineLayout>& lines)
{
    std::size_t rows = 0;
    for (const CodeLineLayout& line : lines)
        rows += line.pieces.size();
    return rows;
}

/// A part of a line, with the colours that its words have in the whole of it.
void paintPiece(QPainter& painter, const QRectF& row, const QString& line, const CodePiece& piece, Language language,
                const Theme& theme)
{
    const QFont font = codeFont(TextSize::Small);
    double x = row.left() + piece.x;
    for (const Token& token : tokensOf(line, language)) {
        const qsizetype from = std::max<qsizetype>(token.start, piece.start);
        const qsizetype to = std::min<qsizetype>(token.start + token.length, piece.start + piece.length);
        if (from >= to)
            continue;
        const QString text = line.mid(from, to - from);
        const double width = widthOf(text, font);
        drawWords(painter, {x, row.top(), width + 1, row.height()}, Qt::AlignLeft | Qt::AlignVCenter, text, font,
                  colorOf(theme, token.kind));
        x += width;
    }
}

} // namespace

CodePicture codePictureOf(const Lesson& lesson, const Variant& variant, const Sources& sources,
                          const Run& run, Language language)
{
    const auto places = std::make_shared<const CodePlaces>(lesson, variant, sources);
    const auto replay = std::make_shared<const Replay>(run.trace);
    CodePicture code;
    code.title = QFileInfo(QString::fromStdString(language == Language::Python ? lesson.python_file : lesson.cpp_file)).fileName();
    code.language = language;
    for (const SourceLine& line : places->lines(language)) {
        code.lines += QString::fromStdString(line.text);
        code.numbers.push_back(line.file_line);
    }
    if (const auto note = codeNote(places->lines(language), lesson, variant, run.values, language))
        code.lines[static_cast<qsizetype>(note->row)] += note->text;
    code.rowAt = [places, replay, language](std::size_t step) {
        return places->currentRow(replay->trace(), replay->at(std::min(step, replay->size())), language);
    };
    return code;
}

QSizeF naturalSize(const CodePicture& code)
{
    const QFont font = codeFont(TextSize::Small);
    double widest = 0;
    for (const QString& line : code.lines)
        widest = std::max(widest, widthOf(line, font));
    return {numberWidth + widest + margin + 4, headHeight + rowHeight * static_cast<double>(code.lines.size()) + margin};
}

double heightFor(const CodePicture& code, double width)
{
    return headHeight + rowHeight * static_cast<double>(countRows(rowsOf(code, width))) + margin;
}

void paintCode(QPainter& painter, const QRectF& rect, const CodePicture& code, std::optional<std::size_t> step,
               const Theme& theme)
{
    painter.save();
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    roundedBox(painter, crisp(painter, rect), 8, theme.panel, theme.line);
    drawWords(painter, {rect.left() + margin, rect.top() + 6, rect.width() - 2 * margin, 22}, Qt::AlignLeft | Qt::AlignVCenter,
              code.title, codeFont(TextSize::Small), theme.textMuted);

    const std::vector<CodeLineLayout> lines = rowsOf(code, rect.width());
    const std::size_t rows = countRows(lines);
    const double room = rect.height() - headHeight - margin / 2;
    // Rows come closer before any is left out.
    const double pitch = std::clamp(room / static_cast<double>(std::max<std::size_t>(1, rows)), lowestRow, rowHeight);
    const auto fitting = static_cast<std::size_t>(std::max(1.0, std::floor(room / pitch + 1e-6)));
    const std::optional<std::size_t> current = step && code.rowAt ? code.rowAt(*step) : std::nullopt;
    std::size_t first = 0; // of the rows
    if (rows > fitting) {
        const std::size_t middle = countRows({lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(current.value_or(0))});
        first = std::min(middle > fitting / 2 ? middle - fitting / 2 : 0, rows - fitting);
    }
    std::size_t at = 0;
    for (std::size_t i = 0; i < lines.size(); ++i)
        for (std::size_t k = 0; k < lines[i].pieces.size(); ++k, ++at) {
            if (at < first || at >= first + fitting)
                continue;
            const QRectF row(rect.left() + 1, rect.top() + headHeight + pitch * static_cast<double>(at - first), rect.width() - 2, pitch);
            if (rows > first + fitting && at + 1 == first + fitting) { // a listing must not seem to end here
                drawWords(painter, {row.left() + numberWidth, row.top(), row.width() - numberWidth - 6, row.height()},
                          Qt::AlignLeft | Qt::AlignVCenter,
                          Words::tr("… %1").arg(textOf(format_count(lines.size() - i, "more line"))), wordFont(TextSize::Small),
                          theme.textMuted);
                continue;
            }
            const bool isCurrent = current == i;
            if (isCurrent) {
                painter.fillRect(crisp(painter, row), theme.selected);
                painter.fillRect(crisp(painter, {row.left(), row.top(), 3, row.height()}), theme.playhead);
            }
            if (k == 0 && i > 0 && at > first && code.numbers[i] > code.numbers[i - 1] + 1) // lines of the file are left out
                for (double x = row.left() + 8; x < row.left() + numberWidth - 10; x += 4)
                    horizontalLine(painter, row.top(), x, x + 1.5, theme.lineNumber, 1);
            if (k == 0)
                drawWords(painter, {row.left(), row.top(), numberWidth - 14, row.height()}, Qt::AlignRight | Qt::AlignVCenter,
                          QString::number(code.numbers[i]), codeFont(TextSize::Small), isCurrent ? theme.textStrong : theme.lineNumber);
            paintPiece(painter, {row.left() + numberWidth, row.top(), row.width() - numberWidth - 6, row.height()},
                       code.lines[static_cast<qsizetype>(i)], lines[i].pieces[k], code.language, theme);
        }
    painter.restore();
}

} // namespace loopscope::ui
