#include "ui/arrow_path.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace loopscope::ui {
namespace {

constexpr double reach = 5; // pixels beside an arrow that still mean it

double distanceToLine(QPointF a, QPointF b, QPointF point)
{
    const QPointF along = b - a;
    const double length = QPointF::dotProduct(along, along);
    const double part = length <= 0 ? 0 : std::clamp(QPointF::dotProduct(point - a, along) / length, 0.0, 1.0);
    const QPointF off = point - (a + part * along);
    return std::hypot(off.x(), off.y());
}

} // namespace

ArrowPath pathOf(const Arrow& arrow)
{
    const QPointF from(arrow.x1, arrow.y1);
    const QPointF to(arrow.x2, arrow.y2);
    const double rise = to.y() - from.y();
    // What is created begins at once, so its arrow goes straight down beside the column of titles.
    const double bend = arrow.kind == Cause::Kind::Created ? std::clamp(std::abs(rise) * 0.05, 1.0, 8.0)
                                                           : std::clamp(std::abs(rise) * 0.16, 3.0, 24.0);
    return {from, {from.x() - bend * 0.6, from.y() + rise * 0.35}, {to.x() - bend, to.y() - rise * 0.35}, to};
}

double distanceTo(const Arrow& arrow, QPointF point)
{
    constexpr int pieces = 16;
    const ArrowPath path = pathOf(arrow);
    QPointF last = path.from;
    double nearest = std::numeric_limits<double>::infinity();
    for (int i = 1; i <= pieces; ++i) {
        const double t = static_cast<double>(i) / pieces;
        const double s = 1 - t;
        const QPointF next = s * s * s * path.from + 3 * s * s * t * path.c1 + 3 * s * t * t * path.c2 + t * t * t * path.to;
        nearest = std::min(nearest, distanceToLine(last, next, point));
        last = next;
    }
    return nearest;
}

const Arrow* arrowAt(const std::vector<Arrow>& arrows, QPointF point)
{
    const Arrow* found = nullptr;
    double nearest = reach;
    for (const Arrow& arrow : arrows) {
        const double low = std::min(arrow.y1, arrow.y2);
        const double high = std::max(arrow.y1, arrow.y2);
        if (point.y() < low - reach || point.y() > high + reach)
            continue;
        const double distance = distanceTo(arrow, point);
        if (distance <= nearest) {
            nearest = distance;
            found = &arrow;
        }
    }
    return found;
}

} // namespace loopscope::ui
