#include "ui/paint_scene.h"
#include "ui/paint_tools.h"

#include <QCoreApplication>

#include <algorithm>
#include <vector>

namespace loopscope::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(loopscope::ui::Pictures)
};

struct Entry {
    QString word;
    std::optional<SpanKind> span;
    std::optional<Mark::Kind> mark;
};

/// Whether what blocks holds the loop's thread, and not only one of a worker.
bool blocksLoop(const TimelineScene& scene)
{
    return std::any_of(scene.bars.begin(), scene.bars.end(), [&](const Bar& bar) {
        return bar.kind == SpanKind::Blocking && scene.lanes[bar.lane].kind != LaneRow::Kind::Worker;
    });
}

/// A word for each state that is seen in the picture, in the order of a task's life.
std::vector<Entry> entriesFor(const TimelineScene& scene)
{
    const std::pair<SpanKind, QString> spans[] = {
        {SpanKind::Ready, Words::tr("ready: waits for its turn")},
        {SpanKind::Running, Words::tr("running")},
        {SpanKind::Computing, Words::tr("computing")},
        {SpanKind::Blocking, blocksLoop(scene) ? Words::tr("blocking everybody")
                                               : Words::tr("blocking: only its own thread")},
        {SpanKind::Waiting, Words::tr("waiting at an await")},
        {SpanKind::InFlight, Words::tr("request in flight")},
        {SpanKind::Selecting, Words::tr("loop idle")},
    };
    const std::pair<Mark::Kind, QString> marks[] = {
        {Mark::Kind::Finished, Words::tr("done")},
        {Mark::Kind::Failed, Words::tr("failed")},
        {Mark::Kind::Cancelled, Words::tr("cancelled")},
        {Mark::Kind::Note, Words::tr("printed")},
        {Mark::Kind::NeverAwaited, Words::tr("never awaited")},
        {Mark::Kind::Refused, Words::tr("request failed")},
        {Mark::Kind::LeftBehind, Words::tr("left behind")},
    };
    std::vector<Entry> entries;
    for (const auto& [kind, word] : spans)
        if (std::any_of(scene.bars.begin(), scene.bars.end(), [k = kind](const Bar& bar) { return bar.kind == k; }))
            entries.push_back({word, kind, std::nullopt});
    for (const auto& [kind, word] : marks)
        if (std::any_of(scene.marks.begin(), scene.marks.end(), [k = kind](const Mark& mark) { return mark.kind == k; }))
            entries.push_back({word, std::nullopt, kind});
    return entries;
}

} // namespace

double paintLegend(QPainter& painter, QPointF topLeft, double maxWidth, const TimelineScene& scene, const Theme& theme)
{
    constexpr double height = 16;
    constexpr double gap = 22;
    const QFont font = wordFont(TextSize::Small);
    painter.save();
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    double x = topLeft.x();
    const double middle = topLeft.y() + height / 2;
    for (const Entry& entry : entriesFor(scene)) {
        const bool dot = entry.mark == Mark::Kind::Note || entry.mark == Mark::Kind::NeverAwaited;
        const double sample = dot ? 6 : entry.mark ? 13 : entry.span == SpanKind::Running ? 9 : 26;
        const double width = sample + 7 + widthOf(entry.word, font);
        if (x + width > topLeft.x() + maxWidth)
            break;
        if (entry.span) {
            const bool line = *entry.span == SpanKind::InFlight;
            const double tall = line ? 5 : 13;
            Bar bar;
            bar.kind = *entry.span;
            bar.box = {x, middle - tall / 2, sample, tall};
            bar.color = line ? 1 : *entry.span == SpanKind::Selecting ? -1 : 0;
            paintBar(painter, bar, theme, theme.canvas);
        } else {
            Mark mark;
            mark.kind = *entry.mark;
            mark.x = x + sample / 2;
            mark.y = middle;
            mark.color = 0;
            mark.radius = sample / 2;
            paintMark(painter, mark, theme, theme.canvas);
        }
        drawWords(painter, {x + sample + 7, topLeft.y(), width, height}, Qt::AlignLeft | Qt::AlignVCenter, entry.word,
                  font, theme.textMuted);
        x += width + gap;
    }
    painter.restore();
    return std::max(0.0, x - gap - topLeft.x());
}

} // namespace loopscope::ui
