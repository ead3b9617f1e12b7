#include "ui/legend.h"
#include "ui/paint_scene.h"
#include "ui/paint_tools.h"

#include <algorithm>
#include <vector>

namespace loopscope::ui {
namespace {

constexpr double rowHeight = 16;
constexpr double rowPitch = 21;
constexpr double gap = 22;      ///< between two entries
constexpr double wordsGap = 7;  ///< between a sample and its words

/// How wide a sample is drawn: what is a point in the picture is one here.
double sampleWidth(const LegendEntry& entry)
{
    if (const Mark* mark = std::get_if<Mark>(&entry.sample))
        return mark->kind == Mark::Kind::Note || mark->kind == Mark::Kind::NeverAwaited ? 6
            : mark->kind == Mark::Kind::Arrived                                         ? 7
            : mark->kind == Mark::Kind::Due                                             ? 2
                                                                                        : 13;
    if (const Bar* bar = std::get_if<Bar>(&entry.sample))
        return bar->kind == SpanKind::Running && bar->folded == 1 ? 9 : bar->folded > 1 ? 12 : 26;
    if (std::holds_alternative<Edge>(entry.sample))
        return 4;
    if (std::holds_alternative<Flag>(entry.sample) || std::holds_alternative<WaitArrow>(entry.sample))
        return 10;
    return 26;
}

/// Draws a piece of a picture into a row that is `sampleWidth()` wide.
class SamplePainter {
public:
    SamplePainter(QPainter& painter, QRectF row, const Theme& theme) : painter_(painter), row_(row), theme_(theme) {}

    void operator()(Bar bar) const
    {
        bar.box = inRow(bar.kind == SpanKind::InFlight || bar.kind == SpanKind::Sending ? 5 : 13);
        bar.open = false;
        paintBar(painter_, bar, theme_, theme_.canvas);
    }

    void operator()(Wall) const
    {
        const QRectF rect = crisp(painter_, row_);
        painter_.fillRect(rect, faded(theme_.wall, theme_.isDark ? 0.10 : 0.07));
        verticalLine(painter_, rect.left() + 0.5, rect.top(), rect.bottom(), faded(theme_.wall, 0.55));
        verticalLine(painter_, rect.right() - 0.5, rect.top(), rect.bottom(), faded(theme_.wall, 0.55));
    }

    void operator()(Mark mark) const
    {
        mark.x = row_.center().x();
        mark.y = row_.center().y();
        mark.radius = mark.kind == Mark::Kind::Due ? 6.5 : row_.width() / 2;
        mark.label_box = {};
        mark.label.clear();
        paintMark(painter_, mark, theme_, theme_.canvas);
    }

    void operator()(Frame frame) const
    {
        frame.box = inRow(13);
        frame.comes_from_left = frame.open = false;
        paintFrame(painter_, frame, theme_);
    }

    void operator()(Bracket bracket) const
    {
        bracket.box = inRow(6);
        bracket.label_box = {};
        bracket.label.clear();
        bracket.comes_from_left = bracket.open = false;
        paintBracket(painter_, bracket, theme_, theme_.canvas);
    }

    void operator()(Flag flag) const
    {
        flag.x = flag.spare_from = row_.left();
        flag.top = row_.top();
        flag.bottom = row_.bottom();
        flag.label_box = {};
        flag.label.clear();
        paintFlagPole(painter_, flag, theme_);
        paintFlag(painter_, flag, theme_, theme_.canvas);
    }

    void operator()(Edge edge) const
    {
        edge.x = row_.center().x();
        edge.top = row_.top();
        edge.bottom = row_.bottom();
        paintEdgeLine(painter_, edge, theme_);
    }

    void operator()(Seat seat) const
    {
        seat.box = inRow(11);
        seat.label_box = {};
        seat.label.clear();
        seat.open = false;
        paintSeat(painter_, seat, theme_);
    }

    void operator()(Level level) const
    {
        level.label_box = {};
        level.label.clear();
        level.box = inRow(level.kind == Level::Kind::Value ? 0 : 11);
        level.from_y = level.box.bottom();
        level.begins = level.kind == Level::Kind::Value;
        paintLevel(painter_, level, theme_, theme_.canvas);
    }

    void operator()(Limit limit) const
    {
        limit.y = row_.center().y();
        limit.left = row_.left();
        limit.right = row_.right();
        limit.label_box = {};
        limit.label.clear();
        paintLimit(painter_, limit, theme_);
    }

    void operator()(WaitArrow arrow) const
    {
        arrow.x = row_.left() + 1;
        arrow.y1 = row_.top();
        arrow.y2 = row_.bottom();
        arrow.bend = 7;
        arrow.label_box = {};
        arrow.label.clear();
        paintWaitArrow(painter_, arrow, theme_, theme_.canvas);
    }

    void operator()(Density density) const
    {
        TimelineScene piece; // a hill of its own, with all that a group may do
        piece.lanes.push_back({});
        piece.lanes.back().box = {row_.left(), row_.top() - 4, row_.width(), row_.height() + 8};
        density.lane = 0;
        density.x = row_.left();
        density.column = row_.width();
        density.most = 5;
        density.columns = {{.waiting = 2, .ready = 3, .running = 1}};
        paintDensity(painter_, piece, density, theme_);
    }

    void operator()(Pass pass) const
    {
        pass.box = inRow(9);
        pass.label_box = {};
        pass.label.clear();
        paintPass(painter_, pass, theme_);
    }

    void operator()(Arrow arrow) const
    {
        arrow.x1 = row_.left() + (arrow.kind == Cause::Kind::Io ? 5 : 2);
        arrow.x2 = row_.right();
        arrow.y1 = arrow.y2 = row_.center().y();
        paintArrow(painter_, arrow, theme_, false, 1);
    }

private:
    [[nodiscard]] Box inRow(double height) const
    {
        return {row_.left(), row_.center().y() - height / 2, row_.width(), height};
    }

    QPainter& painter_;
    QRectF row_;
    const Theme& theme_;
};

/// Where each entry begins, in rows that are filled from the left.
std::vector<QPointF> placesOf(const std::vector<LegendEntry>& entries, double maxWidth)
{
    const QFont font = wordFont(TextSize::Small);
    std::vector<QPointF> places;
    QPointF at;
    for (const LegendEntry& entry : entries) {
        const double width = sampleWidth(entry) + wordsGap + widthOf(entry.word, font);
        if (at.x() > 0 && at.x() + width > maxWidth)
            at = {0, at.y() + rowPitch};
        places.push_back(at);
        at.rx() += width + gap;
    }
    return places;
}

} // namespace

double legendHeight(std::span<const TimelineScene* const> scenes, double maxWidth)
{
    const std::vector<QPointF> places = placesOf(legendEntries(scenes), maxWidth);
    return places.empty() ? 0 : places.back().y() + rowHeight;
}

QSizeF paintLegend(QPainter& painter, QPointF topLeft, double maxWidth, std::span<const TimelineScene* const> scenes,
                   const Theme& theme)
{
    const QFont font = wordFont(TextSize::Small);
    const std::vector<LegendEntry> entries = legendEntries(scenes);
    const std::vector<QPointF> places = placesOf(entries, maxWidth);
    painter.save();
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    QSizeF taken;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const QPointF at = topLeft + places[i];
        const double sample = sampleWidth(entries[i]);
        const double words = std::min(widthOf(entries[i].word, font) + 1, maxWidth - sample - wordsGap);
        std::visit(SamplePainter(painter, {at.x(), at.y() + 1, sample, rowHeight - 2}, theme), entries[i].sample);
        drawWords(painter, {at.x() + sample + wordsGap, at.y(), words, rowHeight}, Qt::AlignLeft | Qt::AlignVCenter,
                  entries[i].word, font, theme.textMuted);
        taken = taken.expandedTo({places[i].x() + sample + wordsGap + words, places[i].y() + rowHeight});
    }
    painter.restore();
    return taken;
}

} // namespace loopscope::ui
