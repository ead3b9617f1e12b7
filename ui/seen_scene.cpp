#include "ui/seen_scene.h"

#include "core/timeline/cut.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>

namespace loopscope::ui {
namespace {

constexpr double thinnest = 2; // pixels: what has just begun must be seen too

/// Shortens a text to so many characters of UTF-8, the last of which is an ellipsis.
std::string shortened(const std::string& text, std::size_t characters)
{
    std::size_t end = 0;
    for (std::size_t seen = 0; end < text.size(); ++end) {
        const bool beginsCharacter = (static_cast<unsigned char>(text[end]) & 0xC0) != 0x80;
        if (beginsCharacter && ++seen == characters)
            break;
    }
    std::string kept = text.substr(0, end);
    while (kept.ends_with(' ') || kept.ends_with(',') || kept.ends_with("…")) // no ellipsis after an ellipsis
        kept.erase(kept.size() - (kept.ends_with("…") ? std::string_view("…").size() : 1));
    return kept + "…";
}

void moveLabelInto(Bar& bar, double charWidth)
{
    constexpr double margin = 5;
    constexpr double fewest = 5; // characters that still tell something
    if (bar.label_box.width <= 0 || bar.label_box.right() <= bar.box.right() - margin)
        return;
    const double room = bar.box.width - 2 * margin;
    const auto characters = static_cast<double>(std::count_if(
        bar.label.begin(), bar.label.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
    const double padding = std::max(0.0, bar.label_box.width - characters * charWidth);
    if (bar.label_box.width > room) {
        const double fitting = std::floor((room - padding) / charWidth);
        if (fitting < fewest) {
            bar.label_box = {};
            return;
        }
        bar.label = shortened(bar.label, static_cast<std::size_t>(fitting));
        bar.label_box.width = padding + fitting * charWidth;
    }
    bar.label_box.x = bar.box.x + (bar.box.width - bar.label_box.width) / 2;
}

/// The facts of the run that a scene shows.
std::size_t stepsOf(const TimelineScene& scene)
{
    return scene.axis.stops().empty() ? 0 : scene.axis.stops().back().step;
}

/// Where something printed lies, its dot included.
std::pair<double, double> extentOf(const Mark& mark)
{
    const bool words = mark.label_box.width > 0;
    return {words ? std::min(mark.x, mark.label_box.x) : mark.x, words ? std::max(mark.x, mark.label_box.right()) : mark.x};
}

/// The playhead must not run through what is printed beside it: such words stand at the other side of their
/// dot, where nothing else does; or else beyond the playhead when the run is over; or they are cut.
void keepFromPlayhead(TimelineScene& seen, double x, double charWidth, bool over)
{
    constexpr double margin = 4;
    constexpr double fewest = 4; // characters
    for (Mark& mark : seen.marks) {
        Box& box = mark.label_box;
        if (box.width <= 0 || box.right() <= x - margin || box.x >= x + margin)
            continue;
        Box flipped = box;
        flipped.x = mark.x - std::max(0.0, box.x - mark.x) - box.width;
        const bool taken = std::any_of(seen.marks.begin(), seen.marks.end(), [&](const Mark& other) {
            const auto [from, to] = extentOf(other);
            return &other != &mark && other.lane == mark.lane && std::abs(other.y - mark.y) < box.height
                && from < flipped.right() && to > flipped.x - margin;
        });
        const bool onBar = std::any_of(seen.bars.begin(), seen.bars.end(), [&](const Bar& bar) {
            return bar.lane == mark.lane && bar.box.y + 1 < flipped.bottom() && bar.box.bottom() - 1 > flipped.y
                && bar.box.x < flipped.right() && bar.box.right() > flipped.x - margin;
        });
        const double fitting = std::floor((x - margin - box.x) / charWidth);
        if (!taken && !onBar && flipped.x >= seen.label_width && flipped.right() < x - margin) {
            box = flipped;
        } else if (over && x + margin + 1 + box.width <= seen.width) {
            box.x = x + margin + 1;
        } else if (fitting < fewest) {
            if (!over)
                box = {};
        } else {
            mark.label = shortened(mark.label, static_cast<std::size_t>(fitting));
            box.width = fitting * charWidth;
        }
    }
}

} // namespace

TimelineScene seenScene(const TimelineScene& scene, std::size_t step, double x, double charWidth)
{
    TimelineScene seen = scene;
    // What begins between two facts, like a wait for the thread, is not there before the playhead is.
    std::erase_if(seen.bars, [&](const Bar& bar) { return bar.begin >= step || (bar.end >= step && bar.box.x > x + thinnest); });
    for (Bar& bar : seen.bars) {
        // A bar whose end lies behind is whole, also where it is drawn wider than it lasted.
        if (bar.end < step || bar.box.right() <= x)
            continue;
        bar.box.width = std::max(thinnest, x - bar.box.x);
        bar.open = true;
        moveLabelInto(bar, charWidth);
    }
    std::erase_if(seen.walls, [&](const Wall& wall) { return wall.box.x >= x; });
    for (Wall& wall : seen.walls)
        wall.box.width = std::min(wall.box.width, x - wall.box.x);
    for (Density& density : seen.densities)
        std::erase_if(density.columns, [&](const Density::Column& column) { return column.step >= step; });
    std::erase_if(seen.arrows, [&](const Arrow& arrow) { return arrow.to_step >= step; });
    std::erase_if(seen.marks, [&](const Mark& mark) {
        return mark.step >= step || (mark.kind == Mark::Kind::Due && mark.x > x);
    });
    keepFromPlayhead(seen, x, charWidth, step >= stepsOf(scene));
    show_until(seen, step, x);
    return seen;
}

TimelineScene aheadScene(const TimelineScene& scene, std::size_t step, double x)
{
    TimelineScene ahead = scene;
    std::erase_if(ahead.bars, [&](const Bar& bar) { return bar.end < step; });
    for (Bar& bar : ahead.bars)
        if (bar.begin < step)
            bar.label_box = {};
    std::erase_if(ahead.arrows, [&](const Arrow& arrow) { return arrow.to_step < step; });
    std::erase_if(ahead.marks, [&](const Mark& mark) { return mark.step < step; });
    for (Mark& mark : ahead.marks)
        if (mark.label_box.x < x) // the rest of it would be other words
            mark.label_box = {};
    show_from(ahead, step);
    return ahead;
}

} // namespace loopscope::ui
