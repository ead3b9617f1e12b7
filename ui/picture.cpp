#include "ui/export.h"
#include "ui/paint_scene.h"
#include "ui/paint_tools.h"
#include "ui/picture_parts.h"
#include "ui/seen_scene.h"

#include "core/timeline/crop.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace loopscope::ui {
namespace {

constexpr double laneHeight = 52;   ///< of a picture that may choose its height
constexpr double smallestLane = 18;
constexpr double tallestLane = 84;
constexpr double toldHeight = 20;

/// What just happened, in as many lines as it takes.
QStringList toldLines(const RunPicture& picture, double width)
{
    const QFont font = wordFont(TextSize::Normal);
    const double room = width - 2 * marginOf(width);
    QStringList lines;
    QString line;
    for (const QString& word : picture.told.split(u' ', Qt::SkipEmptyParts)) {
        const QString longer = line.isEmpty() ? word : line + u' ' + word;
        if (line.isEmpty() || widthOf(longer, font) <= room) {
            line = longer;
            continue;
        }
        lines += line;
        line = word;
    }
    if (!line.isEmpty())
        lines += line;
    return lines;
}

double headHeight(const RunPicture& picture, double width)
{
    return titleHeight(picture.title, picture.subtitle, marginOf(width)) + toldHeight * static_cast<double>(toldLines(picture, width).size());
}

std::size_t lanesOf(const Trace& trace, const RunSpans& spans)
{
    return 1 + lane_order(trace).rows.size() + (spans.network.empty() ? 0 : 1);
}

double legendFor(const TimelineScene& scene, double width)
{
    const TimelineScene* scenes[] = {&scene};
    return legendHeight(scenes, width - 2 * marginOf(width));
}

double below(const RunPicture& picture, double margin, double legend)
{
    return (picture.legend ? 14 + legend : 6) + (picture.caption.isEmpty() ? 0 : captionHeight) + margin * 0.75;
}

std::optional<RunPosition> cutOf(const RunPicture& picture)
{
    if (picture.at)
        return picture.at->step < static_cast<double>(picture.trace->size()) ? picture.at : std::nullopt;
    if (!picture.until || *picture.until >= picture.trace->end_time())
        return std::nullopt;
    return position_at(*picture.trace, *picture.until);
}

/// Takes what is over after so many facts out of a scene.
void leaveOut(TimelineScene& scene, std::size_t step)
{
    const auto over = [step](auto& pieces) { std::erase_if(pieces, [step](const auto& piece) { return piece.end < step; }); };
    over(scene.bars);
    over(scene.frames);
    over(scene.brackets);
    over(scene.levels);
    over(scene.seats);
    over(scene.passes);
    const auto past = [step](auto& pieces) { std::erase_if(pieces, [step](const auto& piece) { return piece.step < step; }); };
    past(scene.marks);
    past(scene.flags);
    past(scene.edges);
    std::erase_if(scene.arrows, [step](const Arrow& arrow) { return arrow.to_step < step; });
}

TimelineScene sceneOf(const RunPicture& picture, const RunSpans& spans, double lane, double width)
{
    LayoutMetrics metrics = with_room(picture_metrics(lane, width, timelineMetrics().char_width), spans, width);
    if (picture.view.low <= 0 && picture.view.high >= 1)
        metrics = with_last_words(metrics, *picture.trace, spans, width, picture.blend);
    const std::optional<RunPosition> cut = cutOf(picture);
    const bool partEnds = !cut && picture.part && picture.part->second.step < static_cast<double>(picture.trace->size());
    metrics.until = partEnds ? picture.part->second : cut;
    const TimeScale scale = TimeScale(picture.trace->end_time(), picture.trace->size(), axis_width(width, metrics), picture.blend)
                                .showing(picture.view.low, picture.view.high);
    // Very many tasks fold as they do in the window.
    const LaneOrder order = lane_order(*picture.trace);
    TimelineScene scene = layout(*picture.trace, spans, scale, metrics, &order);
    if (picture.part) // blocks that were over before it may be drawn on its edge
        leaveOut(scene, static_cast<std::size_t>(picture.part->first.step));
    if (partEnds) // nothing is hidden beyond it: it is just no part of the picture
        scene.cut_x.reset();
    if (scale.low() > 0 || scale.high() < 1)
        crop(scene, metrics.label_width, width - marginOf(width) / 2);
    return scene;
}

TimelineScene wholeScene(RunPicture picture, const RunSpans& spans, double width)
{
    picture.at.reset();
    picture.until.reset();
    return sceneOf(picture, spans, laneHeight, width);
}

/// The height of the legend of the whole run, also where only a part of it has happened: the lanes of
/// one moment lie where those of the next do. It hardly depends on how high they are.
double legendRoom(const RunPicture& picture, const RunSpans& spans, double width)
{
    return picture.legend ? legendFor(wholeScene(picture, spans, width), width) : 0;
}

void paintRun(QPainter& painter, const RunPicture& picture, const Theme& theme, QSize size)
{
    const double width = size.width();
    const double margin = marginOf(width);
    const double top = headHeight(picture, width);
    const RunSpans spans = spans_of(*picture.trace);
    const double legend = legendRoom(picture, spans, width);
    const double room = size.height() - top - below(picture, margin, legend) - LayoutMetrics{}.ruler_height;

    // The network's lane may be taller than one, and not in proportion, so the guess is corrected until
    // all lanes fit.
    double lane = std::clamp(std::floor(room / static_cast<double>(lanesOf(*picture.trace, spans))), smallestLane, tallestLane);
    TimelineScene scene = sceneOf(picture, spans, lane, width);
    while (scene.height - scene.ruler_height > room && lane > smallestLane) {
        const double lanes = scene.height - scene.ruler_height;
        lane = std::max(smallestLane, std::min(lane - 1, std::floor(lane * room / lanes)));
        scene = sceneOf(picture, spans, lane, width);
    }
    std::size_t missing = 0;
    while (scene.lanes.size() > 1 && scene.height - scene.ruler_height > room - (missing > 0 ? captionHeight : 0)) {
        keep_lanes(scene, scene.lanes.size() - 1);
        ++missing;
    }

    painter.save();
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    painter.fillRect(QRectF(0, 0, width, size.height()), theme.canvas);
    const bool isWhole = !cutOf(picture) && picture.view.low <= 0 && picture.view.high >= 1;
    paintTitle(painter, picture.title, picture.subtitle, width, theme,
               isWhole ? Headline{picture.total, picture.aside} : Headline{picture.moment, picture.event});
    double head = titleHeight(picture.title, picture.subtitle, margin) - 14;
    for (const QString& line : toldLines(picture, width)) {
        drawWords(painter, {margin, head, width - 2 * margin, toldHeight}, Qt::AlignLeft | Qt::AlignVCenter, line,
                  wordFont(TextSize::Normal), theme.text);
        head += toldHeight;
    }
    painter.save();
    painter.translate(0, top);
    std::optional<TimelineScene> ahead;
    std::optional<double> fog = scene.cut_x;
    if (scene.cut_x && picture.seen && picture.seen->step > cutOf(picture)->step) {
        RunPicture later = picture;
        later.at = picture.seen;
        ahead = sceneOf(later, spans, lane, width);
        keep_lanes(*ahead, scene.lanes.size());
        fog = ahead->cut_x;
    }
    if (picture.rulerEnds)
        std::erase_if(scene.ticks, [&](const Tick& tick) { return tick.x > fog.value_or(scene.width); });
    paintScene(painter, scene, theme, {.shapes = false, .words = false, .exposed = {}});
    if (ahead) { // below what has happened: a file of shapes may know no clip
        painter.save();
        painter.setClipRect(QRectF(*scene.cut_x, scene.ruler_height, fog.value_or(width) - *scene.cut_x, scene.height),
                            Qt::IntersectClip);
        paintScene(painter, aheadScene(*ahead, static_cast<std::size_t>(cutOf(picture)->step), *scene.cut_x), paled(theme, remembered),
                   {.background = false, .ruler = false, .labels = false, .exposed = {}});
        painter.restore();
    }
    paintScene(painter, scene, theme, {.background = false, .ruler = false, .labels = false, .exposed = {}});
    paintCut(painter, scene, theme, fog);
    painter.restore();

    double y = top + scene.height + (missing > 0 ? 4 : 14);
    const double inner = width - 2 * margin;
    if (missing > 0) {
        const QString words = missing == 1 ? PictureWords::tr("1 more lane did not fit: a taller picture shows it")
                                           : PictureWords::tr("%1 more lanes did not fit: a taller picture shows them").arg(missing);
        drawWords(painter, {margin, y, inner, 16}, Qt::AlignLeft | Qt::AlignVCenter, words, wordFont(TextSize::Small),
                  theme.textMuted);
        y += captionHeight - 4;
    }
    if (picture.legend) {
        std::vector<const TimelineScene*> explained{&scene};
        if (ahead)
            explained.push_back(&*ahead);
        const TimelineScene whole = picture.steadyLegend ? wholeScene(picture, spans, width) : TimelineScene{};
        if (picture.steadyLegend)
            explained = {&whole};
        paintLegend(painter, {margin, y}, inner, explained, theme);
        y += legend + 6;
    }
    drawWords(painter, {margin, y, inner, 16}, Qt::AlignLeft | Qt::AlignVCenter, picture.caption,
              wordFont(TextSize::Small), theme.text);
    painter.restore();
}

/// How wide the code beside a picture is, with the margin at its right; 0 without any. It never takes
/// more than two fifths.
double codeWidth(const RunPicture& picture, double width)
{
    return picture.code ? std::min(naturalSize(*picture.code).width() + marginOf(width), width * 0.4) : 0;
}

} // namespace

AxisView viewOf(const Trace& trace, double blend, TimePoint from, TimePoint to)
{
    const RunPosition before = position_at(trace, TimePoint{from.since_start - Duration{1}});
    const TimeScale scale(trace.end_time(), trace.size(), 1, blend);
    return {scale.u({from, before.step}), scale.u(position_at(trace, to))};
}

int naturalHeight(const RunPicture& picture, int wholeWidth)
{
    const double code = codeWidth(picture, wholeWidth);
    const int width = wholeWidth - static_cast<int>(code);
    const double margin = marginOf(width);
    const RunSpans spans = spans_of(*picture.trace);
    const TimelineScene scene = sceneOf(picture, spans, laneHeight, width);
    double height = headHeight(picture, width) + scene.height + below(picture, margin, legendRoom(picture, spans, width));
    if (picture.code) { // which stands within the margins of the whole
        const double around = marginOf(wholeWidth);
        height = std::max(height, heightFor(*picture.code, std::floor(code) - around) + 2 * around);
    }
    return std::clamp(static_cast<int>(std::ceil(height)), smallestPicture.height(), largestPicture.height());
}

void paintPicture(QPainter& painter, const RunPicture& picture, const Theme& theme, QSize size)
{
    // One of two lanes that is as high as it needs to be is drawn like all others.
    const double shrink = shrinkFor(size, std::min(300, naturalHeight(picture, std::max(560, size.width()))));
    painter.save();
    painter.scale(1 / shrink, 1 / shrink);
    const QSize whole = (QSizeF(size) * shrink).toSize();
    const double code = codeWidth(picture, whole.width());
    paintRun(painter, picture, theme, {whole.width() - static_cast<int>(code), whole.height()});
    if (picture.code) {
        const double margin = marginOf(whole.width());
        const QRectF column(whole.width() - static_cast<int>(code), 0, static_cast<int>(code), whole.height());
        const double fits = std::min(heightFor(*picture.code, column.width() - margin), whole.height() - 2 * margin);
        painter.fillRect(column, theme.canvas);
        const std::optional<RunPosition> cut = cutOf(picture);
        paintCode(painter, QRectF(column.left(), margin, column.width() - margin, fits), *picture.code,
                  cut ? std::optional(static_cast<std::size_t>(cut->step)) : std::nullopt, theme);
    }
    painter.restore();
}

} // namespace loopscope::ui
