#include "ui/paint_scene.h"
#include "ui/paint_tools.h"

#include <algorithm>

namespace loopscope::ui {
namespace {

void paintFog(QPainter& painter, const TimelineScene& scene, const Theme& theme, const SceneOverlay& overlay)
{
    const double from = *overlay.fogFrom;
    const QRectF fog(from, scene.ruler_height, scene.width - from, scene.height - scene.ruler_height);
    if (fog.width() <= 0)
        return;
    fillCrisp(painter, fog, theme.fog);
    // Time itself is no secret, unless its length is what is asked.
    for (const Tick& tick : scene.ticks)
        if (tick.x > from && !overlay.hidesTicks)
            verticalLine(painter, tick.x, fog.top(), fog.bottom(), theme.grid);
    const QFont font = wordFont(TextSize::Normal);
    const double wide = widthOf(overlay.fogText, font);
    if (fog.width() <= wide + 24 || overlay.fogText.isEmpty())
        return;
    const QPointF middle = (overlay.view.isEmpty() ? fog : fog.intersected(overlay.view)).center();
    const QRectF words(middle.x() - wide / 2 - 1, middle.y() - 9, wide + 2, 18);
    fillCrisp(painter, words.adjusted(-4, 0, 4, 0), theme.fog); // or a time line would strike them through
    drawWords(painter, words, Qt::AlignCenter, overlay.fogText, font, theme.textFaint);
}

void paintPlayhead(QPainter& painter, const TimelineScene& scene, const Theme& theme, double x)
{
    const double top = std::max(0.0, scene.ruler_height - 9);
    verticalLine(painter, x, top, scene.height, theme.playhead, 2);
    const QRectF line = crisp(painter, {x - 1, top, 2, 1});
    const double middle = line.center().x();
    const QPointF corners[] = {{middle - 7, top}, {middle + 7, top}, {middle, top + 10}};
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.playhead);
    painter.drawPolygon(corners, 3);
}

void paintMeasured(QPainter& painter, const TimelineScene& scene, const Theme& theme, std::pair<double, double> span)
{
    const auto [low, high] = std::minmax(span.first, span.second);
    fillCrisp(painter, {low, scene.ruler_height, high - low, scene.height - scene.ruler_height}, faded(theme.accent, 0.12));
    verticalLine(painter, low, 0, scene.height, theme.accent);
    verticalLine(painter, high, 0, scene.height, theme.accent);
}

} // namespace

void paintOverlay(QPainter& painter, const TimelineScene& scene, const Theme& theme, const SceneOverlay& overlay)
{
    painter.save();
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    if (overlay.fogFrom)
        paintFog(painter, scene, theme, overlay);

    for (const LaneRow& lane : scene.lanes)
        if (overlay.selected && lane.task == overlay.selected) {
            fillCrisp(painter, rectOf(lane.box), faded(theme.accent, 0.06));
            fillCrisp(painter, {0, lane.box.y, 3, lane.box.height}, theme.accent);
        }
    if (const Bar* bar = overlay.hovered)
        roundedBox(painter, rectOf(bar->box).adjusted(-2, -2, 2, 2), 5, {}, theme.textStrong, 1.5);
    if (overlay.measured)
        paintMeasured(painter, scene, theme, *overlay.measured);
    if (overlay.playhead)
        paintPlayhead(painter, scene, theme, *overlay.playhead);
    painter.restore();
}

} // namespace loopscope::ui
