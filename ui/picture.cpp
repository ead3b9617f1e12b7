#include "ui/export.h"
#include "ui/paint_scene.h"
#include "ui/paint_tools.h"
#include "ui/seen_scene.h"

#include "core/timeline/crop.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace loopscope::ui {
namespace {

struct Picture {
    Q_DECLARE_TR_FUNCTIONS(loopscope::ui::Picture)
};

constexpr double laneHeight = 52;   ///< of a picture that may choose its height
constexpr double smallestLane = 18;
constexpr double tallestLane = 84;
constexpr double captionHeight = 22;
constexpr double toldHeight = 20;

double marginOf(double width) { return picture_margin(width); }

double titleHeight(const QString& title, const QString& subtitle, double margin)
{
    return (title.isEmpty() ? 0 : 30) + (subtitle.isEmpty() ? 0 : 24)
        + (title.isEmpty() && subtitle.isEmpty() ? margin / 2 : margin * 0.75 + 14);
}

/// What stands at the upper right: what the run came to.
struct Headline {
    QString total;
    QString aside;
};

void paintTitle(QPainter& painter, const QString& title, const QString& subtitle, double width, const Theme& theme,
                const Headline& headline = {})
{
    const double margin = marginOf(width);
    double y = margin * 0.75;
    const QFont large = wordFont(TextSize::Large, QFont::Bold);
    const QFont normal = wordFont(TextSize::Normal);
    const double numbers = std::max(widthOf(headline.total, large), widthOf(headline.aside, normal));
    // A picture too narrow for both tells what it is about.
    const bool told = !title.isEmpty() && numbers > 0 && numbers < (width - 2 * margin) * 0.4;
    const double room = width - 2 * margin - (told ? numbers + 24 : 0);
    if (told) {
        drawWords(painter, {width - margin - numbers - 2, y, numbers + 2, 26}, Qt::AlignRight | Qt::AlignVCenter, headline.total, large,
                  theme.textStrong);
        drawWords(painter, {width - margin - numbers - 2, y + 30, numbers + 2, 18}, Qt::AlignRight | Qt::AlignVCenter, headline.aside,
                  normal, theme.textMuted);
    }
    if (!title.isEmpty()) {
        drawWords(painter, {margin, y, room, 26}, Qt::AlignLeft | Qt::AlignVCenter, title,
                  wordFont(TextSize::Large, QFont::Bold), theme.textStrong);
        y += 30;
    }
    drawWords(painter, {margin, y, room, 18}, Qt::AlignLeft | Qt::AlignVCenter, subtitle, wordFont(TextSize::Normal),
              theme.textMuted);
}

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

double legendFor(const CompareScene& scene)
{
    const TimelineScene* scenes[] = {&scene.a.timeline, &scene.b.timeline};
    return legendHeight(scenes, scene.width - 2 * scene.margin);
}

double below(const RunPicture& picture, double margin, double legend)
{
    return (picture.legend ? 14 + legend : 6) + (picture.caption.isEmpty() ? 0 : captionHeight) + margin * 0.75;
}

/// What a comparison needs below its verdict, the legend's height given.
double below(const ComparisonPicture& picture, double legend)
{
    return (legend > 0 ? legend + 14 : 0) + (picture.caption.isEmpty() ? 0 : captionHeight + 8);
}

std::optional<RunPosition> cutOf(const RunPicture& picture)
{
    if (picture.at)
        return picture.at->step < static_cast<double>(picture.trace->size()) ? picture.at : std::nullopt;
    if (!picture.until || *picture.until >= picture.trace->end_time())
        return std::nullopt;
    return position_at(*picture.trace, *picture.until);
}

TimelineScene sceneOf(const RunPicture& picture, const RunSpans& spans, double lane, double width)
{
    LayoutMetrics metrics = with_room(picture_metrics(lane, width, timelineMetrics().char_width), spans, width);
    if (picture.view.low <= 0 && picture.view.high >= 1)
        metrics = with_last_words(metrics, *picture.trace, spans, width, picture.blend);
    metrics.until = cutOf(picture);
    const TimeScale scale = TimeScale(picture.trace->end_time(), picture.trace->size(), axis_width(width, metrics), picture.blend)
                                .showing(picture.view.low, picture.view.high);
    // Very many tasks fold as they do in the window.
    const LaneOrder order = lane_order(*picture.trace);
    TimelineScene scene = layout(*picture.trace, spans, scale, metrics, &order);
    if (scale.low() > 0 || scale.high() < 1)
        crop(scene, metrics.label_width, width - marginOf(width) / 2);
    return scene;
}

/// The height of the legend of the whole run, also where only a part of it has happened: the lanes of
/// one moment lie where those of the next do. It hardly depends on how high they are.
double legendRoom(RunPicture picture, const RunSpans& spans, double width)
{
    if (!picture.legend)
        return 0;
    picture.at.reset();
    picture.until.reset();
    return legendFor(sceneOf(picture, spans, laneHeight, width), width);
}

double legendRoom(const ComparisonPicture& picture, const RunSpans& a, const RunSpans& b, double width)
{
    if (!picture.legend)
        return 0;
    return legendFor(compare_layout(*picture.a, a, *picture.b, b, picture.words, width, 0, timelineMetrics(), {}, picture.view));
}

/// Leaves out the lanes from `keep` on, and what belongs to them.
void keepLanes(TimelineScene& scene, std::size_t keep)
{
    if (keep >= scene.lanes.size())
        return;
    const double bottom = scene.lanes[keep].box.y;
    scene.lanes.resize(keep);
    std::erase_if(scene.bars, [&](const Bar& bar) { return bar.lane >= keep; });
    std::erase_if(scene.marks, [&](const Mark& mark) { return mark.lane >= keep; });
    std::erase_if(scene.brackets, [&](const Bracket& bracket) { return bracket.lane >= keep; });
    std::erase_if(scene.levels, [&](const Level& level) { return level.lane >= keep; });
    std::erase_if(scene.densities, [&](const Density& density) { return density.lane >= keep; });
    std::erase_if(scene.seats, [&](const Seat& seat) { return seat.lane >= keep; });
    std::erase_if(scene.limits, [&](const Limit& limit) { return limit.lane >= keep; });
    std::erase_if(scene.tails, [&](const Tail& tail) { return tail.lane >= keep; });
    std::erase_if(scene.passes, [&](const Pass& pass) { return pass.box.y >= bottom; });
    std::erase_if(scene.flags, [&](const Flag& flag) { return flag.bottom > bottom; });
    std::erase_if(scene.wait_arrows, [&](const WaitArrow& arrow) { return arrow.y1 >= bottom || arrow.y2 >= bottom; });
    std::erase_if(scene.frames, [&](const Frame& frame) { return frame.box.y >= bottom; });
    for (Frame& frame : scene.frames)
        frame.box.height = std::min(frame.box.height, bottom - frame.box.y);
    for (Edge& edge : scene.edges)
        edge.bottom = std::min(edge.bottom, bottom);
    std::erase_if(scene.arrows, [&](const Arrow& arrow) { return arrow.y1 >= bottom || arrow.y2 >= bottom; });
    for (Wall& wall : scene.walls)
        wall.box.height = bottom - wall.box.y;
    scene.height = bottom;
}

/// Below this a picture is laid out larger and drawn smaller: words that overlap help nobody.
double shrinkFor(QSize size, double leastHeight = 300)
{
    return std::max({1.0, 560.0 / size.width(), leastHeight / size.height()});
}

/// The present moment, and the fog over what has not happened by then, or was not seen before.
void paintCut(QPainter& painter, const TimelineScene& scene, const Theme& theme, std::optional<double> fogFrom)
{
    if (!scene.cut_x)
        return;
    SceneOverlay overlay;
    overlay.playhead = scene.cut_x;
    overlay.fogFrom = fogFrom;
    overlay.fogText = Picture::tr("not run yet");
    paintOverlay(painter, scene, theme, overlay);
    paintEndsOver(painter, scene, theme, *scene.cut_x);
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
        keepLanes(scene, scene.lanes.size() - 1);
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
        keepLanes(*ahead, scene.lanes.size());
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
        const QString words = missing == 1 ? Picture::tr("1 more lane did not fit: a taller picture shows it")
                                           : Picture::tr("%1 more lanes did not fit: a taller picture shows them").arg(missing);
        drawWords(painter, {margin, y, inner, 16}, Qt::AlignLeft | Qt::AlignVCenter, words, wordFont(TextSize::Small),
                  theme.textMuted);
        y += captionHeight - 4;
    }
    if (picture.legend) {
        const TimelineScene* scenes[] = {&scene};
        paintLegend(painter, {margin, y}, inner, scenes, theme);
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

AxisView viewOf(TimeScale scale, RunPosition from, RunPosition to)
{
    return {scale.u(from), scale.u(to)};
}

} // namespace

AxisView viewOf(const Trace& trace, double blend, TimePoint from, TimePoint to)
{
    const RunPosition before = position_at(trace, TimePoint{from.since_start - Duration{1}});
    return viewOf(TimeScale(trace.end_time(), trace.size(), 1, blend), {from, before.step}, position_at(trace, to));
}

AxisView viewOf(const Trace& a, const Trace& b, TimePoint from, TimePoint to)
{
    return viewOf(TimeScale(std::max(a.end_time(), b.end_time()), 1, 1, 0), {from, 0}, {to, 0});
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

int naturalHeight(const ComparisonPicture& picture, int width)
{
    const double margin = marginOf(width);
    const RunSpans a = spans_of(*picture.a);
    const RunSpans b = spans_of(*picture.b);
    const CompareScene scene = compare_layout(*picture.a, a, *picture.b, b,
                                              picture.words, width, 0, timelineMetrics(), picture.until, picture.view);
    const double height = titleHeight(picture.title, picture.subtitle, margin) + scene.height + margin / 4
        + below(picture, legendRoom(picture, a, b, width));
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

void paintPicture(QPainter& painter, const ComparisonPicture& picture, const Theme& theme, QSize size)
{
    const RunSpans a = spans_of(*picture.a);
    const RunSpans b = spans_of(*picture.b);
    const LayoutMetrics metrics = timelineMetrics();
    // No lane may be left out here, so a picture that is too low for all is drawn smaller as a whole.
    double shrink = shrinkFor(size);
    const auto sceneFor = [&](double width, double height) {
        return compare_layout(*picture.a, a, *picture.b, b, picture.words, width, height, metrics, picture.until, picture.view);
    };
    for (;; shrink *= 1.2) {
        const double width = size.width() * shrink;
        const double height = size.height() * shrink;
        const double margin = marginOf(width);
        const double top = titleHeight(picture.title, picture.subtitle, margin);
        const double legend = legendRoom(picture, a, b, width);
        const double foot = below(picture, legend);
        const CompareScene scene = sceneFor(width, std::max(1.0, height - top - margin / 4 - foot));
        if (foot + top + scene.height > height && shrink < 16)
            continue;
        painter.save();
        painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
        painter.fillRect(QRectF(QPointF(0, 0), QSizeF(size)), theme.canvas);
        painter.scale(1 / shrink, 1 / shrink);
        paintTitle(painter, picture.title, picture.subtitle, width, theme);
        painter.translate(0, top);
        paintComparison(painter, scene, theme);
        for (const CompareScene::Half* half : {&scene.a, &scene.b}) {
            if (!half->timeline.cut_x)
                continue;
            painter.save();
            painter.translate(0, half->top);
            paintCut(painter, half->timeline, theme, half->timeline.cut_x);
            painter.restore();
        }
        const TimelineScene* scenes[] = {&scene.a.timeline, &scene.b.timeline};
        if (picture.legend)
            paintLegend(painter, {margin, scene.height + 6}, width - 2 * margin, scenes, theme);
        const double under = scene.height + (legend > 0 ? legend + 12 : 4);
        drawWords(painter, {margin, under, width - 2 * margin, 16}, Qt::AlignLeft | Qt::AlignVCenter, picture.caption,
                  wordFont(TextSize::Small), theme.text);
        painter.restore();
        return;
    }
}

} // namespace loopscope::ui
