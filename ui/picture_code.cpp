#include "ui/picture_code.h"

#include "core/base/format.h"
#include "core/trace/replay.h"

#include "ui/code_highlight.h"
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

void paintLine(QPainter& painter, const QRectF& row, const QString& line, Language language, const Theme& theme)
{
    const QFont font = codeFont(TextSize::Small);
    // What does not fit ends in an ellipsis, wherever the tokens' borders lie.
    const double dots = widthOf(QStringLiteral("…"), font);
    const bool cut = widthOf(line, font) > row.width() + 1;
    double x = row.left();
    for (const Token& token : tokensOf(line, language)) {
        QString text = line.mid(token.start, token.length);
        const double width = widthOf(text, font);
        if (cut && x + width > row.right() - dots) {
            while (!text.isEmpty() && x + widthOf(text, font) > row.right() - dots)
                text.chop(1);
            text += u'…';
            drawWords(painter, {x, row.top(), widthOf(text, font) + 1, row.height()}, Qt::AlignLeft | Qt::AlignVCenter, text,
                      font, colorOf(theme, token.kind));
            return;
        }
        drawWords(painter, {x, row.top(), width + 1, row.height()}, Qt::AlignLeft | Qt::AlignVCenter,
                  text, font, colorOf(theme, token.kind));
        x += width;
    }
}

} // namespace

CodePicture codePictureOf(const Lesson& lesson, const Variant& variant, const Sources& sources,
                          std::shared_ptr<const Trace> trace, Language language)
{
    const auto places = std::make_shared<const CodePlaces>(lesson, variant, sources);
    const auto replay = std::make_shared<const Replay>(std::move(trace));
    CodePicture code;
    code.title = QFileInfo(QString::fromStdString(language == Language::Python ? lesson.python_file : lesson.cpp_file)).fileName();
    code.language = language;
    for (const SourceLine& line : places->lines(language)) {
        code.lines += QString::fromStdString(line.text);
        code.numbers.push_back(line.file_line);
    }
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

void paintCode(QPainter& painter, const QRectF& rect, const CodePicture& code, std::optional<std::size_t> step,
               const Theme& theme)
{
    painter.save();
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    roundedBox(painter, crisp(painter, rect), 8, theme.panel, theme.line);
    drawWords(painter, {rect.left() + margin, rect.top() + 6, rect.width() - 2 * margin, 22}, Qt::AlignLeft | Qt::AlignVCenter,
              code.title, codeFont(TextSize::Small), theme.textMuted);

    const auto count = static_cast<std::size_t>(code.lines.size());
    const auto fitting = static_cast<std::size_t>(std::max(1.0, (rect.height() - headHeight - margin / 2) / rowHeight));
    const std::optional<std::size_t> current = step && code.rowAt ? code.rowAt(*step) : std::nullopt;
    std::size_t first = 0;
    if (count > fitting) {
        const std::size_t middle = current.value_or(0);
        first = std::min(middle > fitting / 2 ? middle - fitting / 2 : 0, count - fitting);
    }
    for (std::size_t i = first; i < std::min(count, first + fitting); ++i) {
        const QRectF row(rect.left() + 1, rect.top() + headHeight + rowHeight * static_cast<double>(i - first), rect.width() - 2, rowHeight);
        const std::size_t below = count - std::min(count, first + fitting);
        if (below > 0 && i + 1 == first + fitting) { // a listing must not seem to end here
            drawWords(painter, {row.left() + numberWidth, row.top(), row.width() - numberWidth - 6, row.height()},
                      Qt::AlignLeft | Qt::AlignVCenter, Words::tr("… %1").arg(textOf(format_count(below + 1, "more line"))),
                      wordFont(TextSize::Small), theme.textMuted);
            break;
        }
        const bool isCurrent = current == i;
        if (isCurrent) {
            painter.fillRect(crisp(painter, row), theme.selected);
            painter.fillRect(crisp(painter, {row.left(), row.top(), 3, row.height()}), theme.playhead);
        }
        drawWords(painter, {row.left(), row.top(), numberWidth - 14, row.height()}, Qt::AlignRight | Qt::AlignVCenter,
                  QString::number(code.numbers[i]), codeFont(TextSize::Small), isCurrent ? theme.textStrong : theme.lineNumber);
        paintLine(painter, {row.left() + numberWidth, row.top(), row.width() - numberWidth - 6, row.height()},
                  code.lines[static_cast<qsizetype>(i)], code.language, theme);
    }
    painter.restore();
}

} // namespace loopscope::ui
