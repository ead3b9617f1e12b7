#include "core/timeline/crop.h"

#include <algorithm>

namespace loopscope {
namespace {

/// Whether something of the box is left.
bool crop(Box& box, double left, double right)
{
    const double from = std::max(box.x, left);
    const double to = std::min(box.right(), right);
    box.x = from;
    box.width = std::max(0.0, to - from);
    return to > from;
}

} // namespace

void crop(TimelineScene& scene, double left, double right)
{
    const auto outside = [&](double x) { return x < left || x > right; };
    std::erase_if(scene.bars, [&](Bar& bar) { return !crop(bar.box, left, right); });
    for (Bar& bar : scene.bars)
        if (bar.label_box.x < left || bar.label_box.right() > right)
            bar.label_box = {};
    std::erase_if(scene.walls, [&](Wall& wall) { return !crop(wall.box, left, right); });
    std::erase_if(scene.marks, [&](const Mark& mark) { return outside(mark.x - mark.radius) || outside(mark.x + mark.radius); });
    for (Mark& mark : scene.marks)
        if (mark.label_box.right() > right)
            mark.label_box = {};
    std::erase_if(scene.arrows, [&](const Arrow& arrow) { return outside(arrow.x1) || outside(arrow.x2); });
}

} // namespace loopscope
