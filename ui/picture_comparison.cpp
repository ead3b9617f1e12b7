#include "ui/export.h"
#include "ui/paint_tools.h"
#include "ui/picture_parts.h"
#include "ui/picture_texts.h"
#include "ui/seen_scene.h"

#include "core/timeline/layout.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace loopscope::ui {
namespace {

double legendFor(const CompareScene& scene)
{
    const TimelineScene* scenes[] = {&scene.a.timeline, &scene.b.timeline};
    return legendHeight(scenes, scene.width - 2 * scene.margin);
}

/// What a comparison needs below its verdict, the legend's height given.
double below(const ComparisonPicture& picture, double legend)
{
    return (legend > 0 ? legend + 14 : 0) + (picture.caption.isEmpty() ? 0 : captionHeight + 8);
}

CompareScene wholeScene(const ComparisonPicture& picture, const RunSpans& a, const RunSpans& b, double width)
{
    return compare_layout(*picture.a, a, *picture.b, b, picture.words, width, 0, timelineMetrics(), {}, picture.view);
}

double legendRoom(const ComparisonPicture& picture, const RunSpans& a, const RunSpans& b, double width)
{
    return picture.legend ? legendFor(wholeScene(picture, a, b, width)) : 0;
}

CompareScene sceneOf(const ComparisonPicture& picture, const RunSpans& a, const RunSpans& b, double width, double height)
{
    return compare_layout(*picture.a, a, *picture.b, b, picture.words, width, height, timelineMetrics(),
                          picture.seen ? std::nullopt : picture.until, picture.view);
}

/// Takes what comes after the picture's moment out of the scene.
ComparisonAhead cutAtMoment(CompareScene& scene, const ComparisonPicture& picture)
{
    ComparisonAhead ahead{.x = picture.atBegin ? scene.axis.begin() : scene.axis.x(*picture.until), .a = {}, .b = {}};
    const double charWidth = timelineMetrics().char_width;
    const auto cut = [&](CompareScene::Half& half, const Trace& trace) {
        const std::size_t steps = picture.atBegin ? 0 : static_cast<std::size_t>(position_at(trace, *picture.until).step);
        TimelineScene later = aheadScene(half.timeline, steps, ahead.x);
        half.timeline = seenScene(half.timeline, steps, ahead.x, charWidth);
        half.timeline.cut_x = ahead.x;
        return later;
    };
    ahead.a = cut(scene.a, *picture.a);
    ahead.b = cut(scene.b, *picture.b);
    return ahead;
}

Headline headlineOf(const ComparisonPicture& picture)
{
    return {picture.until ? momentText(*picture.until) : QString(), {}};
}

} // namespace

AxisView viewOf(const Trace& a, const Trace& b, TimePoint from, TimePoint to)
{
    const TimeScale scale(std::max(a.end_time(), b.end_time()), 1, 1, 0);
    return {scale.u({from, 0}), scale.u({to, 0})};
}

int naturalHeight(const ComparisonPicture& picture, int width)
{
    const double margin = marginOf(width);
    const RunSpans a = spans_of(*picture.a);
    const RunSpans b = spans_of(*picture.b);
    const CompareScene scene = sceneOf(picture, a, b, width, 0);
    const double height = titleHeight(picture.title, picture.subtitle, margin) + scene.height + margin / 4
        + below(picture, legendRoom(picture, a, b, width));
    return std::clamp(static_cast<int>(std::ceil(height)), smallestPicture.height(), largestPicture.height());
}

void paintPicture(QPainter& painter, const ComparisonPicture& picture, const Theme& theme, QSize size)
{
    const RunSpans a = spans_of(*picture.a);
    const RunSpans b = spans_of(*picture.b);
    // No lane may be left out here, so a picture that is too low for all is drawn smaller as a whole.
    double shrink = shrinkFor(size);
    for (;; shrink *= 1.2) {
        const double width = size.width() * shrink;
        const double height = size.height() * shrink;
        const double margin = marginOf(width);
        const double top = titleHeight(picture.title, picture.subtitle, margin);
        const double legend = legendRoom(picture, a, b, width);
        const double foot = below(picture, legend);
        CompareScene scene = sceneOf(picture, a, b, width, std::max(1.0, height - top - margin / 4 - foot));
        if (foot + top + scene.height > height && shrink < 16)
            continue;
        painter.save();
        painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
        painter.fillRect(QRectF(QPointF(0, 0), QSizeF(size)), theme.canvas);
        painter.scale(1 / shrink, 1 / shrink);
        paintTitle(painter, picture.title, picture.subtitle, width, theme, headlineOf(picture));
        painter.translate(0, top);
        std::optional<ComparisonAhead> ahead;
        if (picture.until && picture.seen)
            ahead = cutAtMoment(scene, picture);
        paintComparison(painter, scene, theme, {.ahead = ahead ? &*ahead : nullptr});
        for (const CompareScene::Half* half : {&scene.a, &scene.b}) {
            if (!half->timeline.cut_x)
                continue;
            painter.save();
            painter.translate(0, half->top);
            paintCut(painter, half->timeline, theme, ahead ? std::nullopt : half->timeline.cut_x);
            painter.restore();
        }
        if (picture.legend) {
            std::vector<const TimelineScene*> explained{&scene.a.timeline, &scene.b.timeline};
            if (ahead)
                explained.insert(explained.end(), {&ahead->a, &ahead->b});
            const CompareScene whole = picture.steadyLegend ? wholeScene(picture, a, b, width) : CompareScene{};
            if (picture.steadyLegend)
                explained = {&whole.a.timeline, &whole.b.timeline};
            paintLegend(painter, {margin, scene.height + 6}, width - 2 * margin, explained, theme);
        }
        const double under = scene.height + (legend > 0 ? legend + 12 : 4);
        drawWords(painter, {margin, under, width - 2 * margin, 16}, Qt::AlignLeft | Qt::AlignVCenter, picture.caption,
                  wordFont(TextSize::Small), theme.text);
        painter.restore();
        return;
    }
}

} // namespace loopscope::ui
