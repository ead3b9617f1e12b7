#include "ui/code_lines_delegate.h"

#include "ui/theme.h"

#include <QApplication>
#include <QListView>
#include <QPainter>

#include <algorithm>

namespace loopscope::ui {
namespace {

constexpr int padX = 6;
constexpr int padY = 5;
constexpr int furtherIn = 4; // characters, as Python's own style has it

qsizetype charactersIn(const QStyleOptionViewItem& option)
{
    const auto* view = qobject_cast<const QListView*>(option.widget);
    const int width = (view ? view->viewport()->width() : option.rect.width()) - 2 * padX;
    return std::max<qsizetype>(12, static_cast<qsizetype>(width / QFontMetricsF(codeFont(TextSize::Normal)).horizontalAdvance(u'0')));
}

} // namespace

QList<std::pair<qsizetype, QString>> hangingLines(const QString& code, qsizetype most)
{
    qsizetype indent = 0;
    while (indent < code.size() && code[indent] == u' ')
        ++indent;
    QList<std::pair<qsizetype, QString>> lines;
    QString rest = code.mid(indent);
    qsizetype begin = indent;
    do {
        const qsizetype room = std::max<qsizetype>(8, most - begin);
        qsizetype end = rest.size();
        if (end > room) {
            const qsizetype gap = rest.lastIndexOf(u' ', room);
            end = gap > 0 ? gap + 1 : room;
        }
        lines.emplaceBack(begin, rest.left(end).trimmed());
        rest = rest.mid(end);
        begin = indent + furtherIn;
    } while (!rest.isEmpty());
    return lines;
}

QSize CodeLinesDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto lines = hangingLines(index.data().toString(), charactersIn(option)).size();
    return {option.rect.width(), static_cast<int>(lines) * QFontMetrics(codeFont(TextSize::Normal)).lineSpacing() + 2 * padY};
}

void CodeLinesDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem drawn = option;
    initStyleOption(&drawn, index);
    drawn.text.clear(); // only its ground
    const QStyle* style = drawn.widget ? drawn.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &drawn, painter, drawn.widget);
    const QFontMetricsF metrics(codeFont(TextSize::Normal));
    painter->save();
    painter->setFont(codeFont(TextSize::Normal));
    painter->setPen(option.palette.color(QPalette::Text));
    double y = option.rect.top() + padY + metrics.ascent();
    for (const auto& [begin, words] : hangingLines(index.data().toString(), charactersIn(option))) {
        painter->drawText(QPointF(option.rect.left() + padX + static_cast<double>(begin) * metrics.horizontalAdvance(u'0'), y), words);
        y += metrics.lineSpacing();
    }
    painter->restore();
}

} // namespace loopscope::ui
