#include "ui/paint_tools.h"

#include <algorithm>

namespace loopscope::ui {

// Waiting as a pale hill, ready as a hatched layer upon it, and below both a strip that is as strong
// as the thread was busy with these tasks.
void paintDensity(QPainter& painter, const TimelineScene& scene, const Density& density, const Theme& theme)
{
    if (density.most <= 0)
        return;
    const Box& lane = scene.lanes[density.lane].box;
    const double strip = std::max(2.0, std::min(5.0, lane.height * 0.14));
    const double foot = lane.bottom() - 4;
    const double hill = foot - strip - 1;
    const double height = std::max(4.0, hill - lane.y - 4);
    const QColor color = theme.loopColor;
    QRectF ready; // neighbours of one height are drawn as one
    const auto flush = [&] {
        if (ready.width() <= 0)
            return;
        if (ready.height() >= 5)
            hatch(painter, ready, theme.hatch);
        fillCrisp(painter, {ready.left(), ready.top(), ready.width(), 1}, theme.ready);
        ready = {};
    };
    for (std::size_t i = 0; i < density.columns.size(); ++i) {
        const Density::Column& column = density.columns[i];
        const double x = density.x + static_cast<double>(i) * density.column;
        const double waits = height * column.waiting / density.most;
        const double queued = height * column.ready / density.most;
        if (waits > 0)
            fillCrisp(painter, {x, hill - waits, density.column, waits}, faded(color, 0.35));
        const QRectF layer(x, hill - waits - queued, density.column, queued);
        if (ready.width() > 0 && qFuzzyCompare(ready.top(), layer.top()) && qFuzzyCompare(ready.bottom(), layer.bottom())) {
            ready.setRight(layer.right());
        } else {
            flush();
            if (queued >= 0.5)
                ready = layer;
        }
        if (column.running > 0)
            fillCrisp(painter, {x, foot - strip, density.column, strip}, faded(theme.task(0), 0.35 + 0.65 * column.running));
    }
    flush();
}

} // namespace loopscope::ui
