#include "ui/paint_scene.h"
#include "ui/paint_tools.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace loopscope::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(loopscope::ui::Pictures)
};

const QString letterA = QStringLiteral("A");
const QString letterB = QStringLiteral("B");

/// The letter is what the columns of the tables and the bars of the verdict call the run.
void paintHeading(QPainter& painter, const CompareScene::Half& half, const QString& letter, const Theme& theme)
{
    QRectF row = rectOf(half.heading);
    if (half.difference_x) // its sign has the foot of the row
        row.adjust(0, 0, 0, -10);
    const QFont bold = wordFont(TextSize::Normal, QFont::Bold);
    drawWords(painter, row, Qt::AlignLeft | Qt::AlignVCenter, letter, bold, theme.textMuted);
    drawWords(painter, row.adjusted(widthOf(letter, bold) + 8, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, textOf(half.title),
              bold, theme.textStrong);
    drawWords(painter, row, Qt::AlignRight | Qt::AlignVCenter, textOf(half.total), codeFont(TextSize::Normal, QFont::Bold),
              half.better ? theme.ok : theme.textStrong);
}

/// Where the two runs part: a broken line down the lanes, below a diamond. The present moment is an
/// unbroken line below a triangle, and of another colour.
void paintDifference(QPainter& painter, const CompareScene::Half& half, const Theme& theme, bool withWords)
{
    if (!half.difference_x)
        return;
    const double x = *half.difference_x;
    const double bottom = half.top + half.timeline.height;
    for (double y = half.top - 1; y < bottom; y += 7)
        verticalLine(painter, x, y, std::min(y + 4, bottom), theme.info, 1.5);
    const double middle = half.top - 6;
    const QPointF corners[] = {{x - 4.5, middle}, {x, middle - 4.5}, {x + 4.5, middle}, {x, middle + 4.5}};
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.info);
    painter.drawPolygon(corners, 4);
    if (!withWords)
        return;
    const QFont font = wordFont(TextSize::Small);
    const QString words = Words::tr("first difference");
    const double width = widthOf(words, font) + 1;
    const bool right = x + 9 + width <= half.heading.right();
    drawWords(painter, {right ? x + 9 : x - 9 - width, middle - 6, width, 12}, Qt::AlignLeft | Qt::AlignVCenter, words, font, theme.info);
}

/// What lies right of the present moment, in paler colours, before what has happened is painted over its edge.
void paintAhead(QPainter& painter, const TimelineScene& ahead, double x, const Theme& theme)
{
    painter.save();
    painter.setClipRect(QRectF(x, 0, ahead.width - x, ahead.height), Qt::IntersectClip);
    paintScene(painter, ahead, paled(theme, remembered), {.background = false, .ruler = false, .labels = false, .exposed = {}});
    painter.restore();
}

void paintHalf(QPainter& painter, const CompareScene& scene, const CompareScene::Half& half, const Theme& theme,
               const ComparisonParts& parts)
{
    const bool first = &half == &scene.a;
    paintHeading(painter, half, first ? letterA : letterB, theme);
    painter.save();
    painter.translate(0, half.top);
    paintScene(painter, half.timeline, theme, {.shapes = false, .words = false, .exposed = {}});
    if (parts.ahead)
        paintAhead(painter, first ? parts.ahead->a : parts.ahead->b, parts.ahead->x, theme);
    const double from = std::max(parts.from, 0.0);
    const QRectF needed(from, 0, std::min(parts.to, half.timeline.width) - from, half.timeline.height);
    if (needed.width() > 0)
        paintScene(painter, half.timeline, theme,
                   {.background = false, .ruler = false, .labels = false, .words = false, .exposed = needed});
    painter.translate(0, -half.top);
    const bool isAhead = parts.ahead && half.difference_x && *half.difference_x > parts.ahead->x;
    paintDifference(painter, half, isAhead ? paled(theme, remembered) : theme, first); // under the words of the lanes
    painter.translate(0, half.top);
    if (parts.words)
        paintScene(painter, half.timeline, theme,
                   {.background = false, .ruler = false, .labels = false, .shapes = false, .exposed = {}});
    painter.restore();
    if (half.note_box.width > 0) {
        const QRectF row = rectOf(half.note_box);
        drawWords(painter, row, Qt::AlignLeft | Qt::AlignVCenter, textOf(half.note), wordFont(TextSize::Small), theme.textMuted);
    }
}

/// The reason in one line or two: broken where a sentence or a clause ends, else where it must.
void paintReason(QPainter& painter, const QRectF& box, const std::string& reason, const Theme& theme)
{
    const QFont font = wordFont(TextSize::Small);
    const QString text = textOf(reason);
    const auto line = [&](double middle, const QString& words) {
        drawWords(painter, {box.left(), middle - 8, box.width(), 16}, Qt::AlignLeft | Qt::AlignVCenter, words, font,
                  theme.textMuted);
    };
    qsizetype cut = text.indexOf(QLatin1Char('\n'));
    if (cut < 0 && widthOf(text, font) <= box.width())
        return line(box.center().y(), text);
    for (const QLatin1String end : {QLatin1String("; "), QLatin1String(". "), QLatin1String(", ")})
        if (cut < 0 && text.indexOf(end) >= 0 && widthOf(text.left(text.indexOf(end) + 1), font) <= box.width())
            cut = text.indexOf(end) + 1;
    if (cut < 0) {
        cut = text.size();
        while (cut > 0 && widthOf(text.left(cut), font) > box.width())
            cut = text.lastIndexOf(QLatin1Char(' '), cut - 1);
        cut = std::max<qsizetype>(cut, 0);
    }
    line(box.center().y() - 8, text.left(cut).trimmed());
    line(box.center().y() + 8, text.mid(cut).trimmed());
}

void paintVerdict(QPainter& painter, const CompareScene& scene, const Theme& theme)
{
    if (scene.verdict.width <= 0)
        return;
    const QColor card = theme.isDark ? theme.window : theme.name == ThemeName::Print ? theme.canvas : theme.window;
    roundedBox(painter, crisp(painter, rectOf(scene.verdict)), 10, card, theme.line);

    QFont large = wordFont(TextSize::Large, QFont::Bold);
    large.setPixelSize(18);
    drawWords(painter, rectOf(scene.verdict_text).adjusted(0, 0, 12, 0), Qt::AlignLeft | Qt::AlignVCenter,
              textOf(scene.words.verdict), large, scene.b.better ? theme.ok : theme.textStrong);
    // The bars have the colours of their totals above: neutral, as no task's is, and the better one's.
    const auto bar = [&](const Box& box, const QString& letter, bool better) {
        roundedBox(painter, crisp(painter, rectOf(box)), 3, better ? theme.ok : theme.textMuted);
        drawWords(painter, {box.x - 16, box.y + box.height / 2 - 8, 14, 16}, Qt::AlignLeft | Qt::AlignVCenter, letter,
                  wordFont(TextSize::Small, QFont::Bold), theme.textMuted);
    };
    bar(scene.bar_a, letterA, scene.a.better);
    bar(scene.bar_b, letterB, scene.b.better);
    paintReason(painter, rectOf(scene.reason_text), scene.words.reason, theme);
    drawWords(painter, rectOf(scene.aside_text), Qt::AlignRight | Qt::AlignVCenter, textOf(scene.words.aside),
              wordFont(TextSize::Small), theme.textMuted);
}

} // namespace

void paintComparison(QPainter& painter, const CompareScene& scene, const Theme& theme, const ComparisonParts& parts)
{
    painter.save();
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    painter.fillRect(QRectF(0, 0, scene.width, scene.height), theme.canvas);
    paintHalf(painter, scene, scene.a, theme, parts);
    horizontalLine(painter, scene.divider_y, scene.margin, scene.width - scene.margin, theme.line);
    paintHalf(painter, scene, scene.b, theme, parts);
    paintTickTexts(painter, scene.ticks, {0, scene.ruler_y, scene.width, 24}, theme);
    paintVerdict(painter, scene, theme);
    painter.restore();
}

} // namespace loopscope::ui
