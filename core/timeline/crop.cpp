#include "core/timeline/crop.h"

#include <algorithm>
#include <vector>

namespace loopscope {
namespace {

/// Leaves out what lies beside the picture, and cuts off what sticks out of it.
template <class Piece>
void crop_boxes(std::vector<Piece>& pieces, double left, double right)
{
    std::erase_if(pieces, [&](const Piece& piece) { return piece.box.right() <= left || piece.box.x >= right; });
    for (Piece& piece : pieces) {
        const double to = std::min(piece.box.right(), right);
        piece.box.x = std::max(piece.box.x, left);
        piece.box.width = to - piece.box.x;
    }
}

} // namespace

void crop(TimelineScene& scene, double left, double right)
{
    const auto keep_label = [&](Box& label) {
        if (label.x < left || label.right() > right)
            label = {};
    };
    const auto crop_labelled = [&](auto& pieces) {
        crop_boxes(pieces, left, right);
        for (auto& piece : pieces)
            keep_label(piece.label_box);
    };
    const auto outside = [&](double x) { return x < left || x > right; };
    const auto open_ends = [&](auto& pieces) { // no edge where the picture ends it
        for (auto& piece : pieces) {
            piece.comes_from_left = piece.comes_from_left || piece.box.x < left;
            piece.open = piece.open || piece.box.right() > right;
        }
    };
    open_ends(scene.frames);
    open_ends(scene.brackets);
    crop_labelled(scene.bars);
    crop_labelled(scene.frames);
    crop_labelled(scene.brackets);
    crop_labelled(scene.levels);
    crop_labelled(scene.seats);
    crop_labelled(scene.tails);
    crop_labelled(scene.passes);
    std::erase_if(scene.flags, [&](const Flag& flag) { return outside(flag.x); });
    for (Flag& flag : scene.flags) {
        flag.spare_from = std::max(flag.spare_from, left);
        keep_label(flag.label_box);
    }
    std::erase_if(scene.edges, [&](const Edge& edge) { return outside(edge.x); });
    for (Edge& edge : scene.edges)
        keep_label(edge.label_box);
    std::erase_if(scene.wait_arrows, [&](const WaitArrow& arrow) { return outside(arrow.x) || outside(arrow.x + arrow.bend); });
    crop_boxes(scene.walls, left, right);
    std::erase_if(scene.marks, [&](const Mark& mark) { return outside(mark.x - mark.radius) || outside(mark.x + mark.radius); });
    for (Mark& mark : scene.marks)
        if (mark.label_box.right() > right)
            mark.label_box = {};
    std::erase_if(scene.arrows, [&](const Arrow& arrow) { return outside(arrow.x1) || outside(arrow.x2); });
}

void keep_lanes(TimelineScene& scene, std::size_t keep)
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

} // namespace loopscope
