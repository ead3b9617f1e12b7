#include "core/timeline/cut.h"

#include <algorithm>

namespace loopscope {
namespace {

constexpr double thinnest = 2; // pixels: what has just begun must be seen too

/// Cuts a piece at x, and says whether something of it is left out.
template <class Piece>
bool cut(Piece& piece, std::size_t step, double x)
{
    if (piece.end < step || piece.box.right() <= x)
        return false;
    piece.box.width = std::max(thinnest, x - piece.box.x);
    piece.open = true;
    if (piece.label_box.right() > x)
        piece.label_box = {};
    return true;
}

template <class Piece>
void cut_all(std::vector<Piece>& pieces, std::size_t step, double x)
{
    std::erase_if(pieces, [&](const Piece& piece) { return piece.begin >= step; });
    for (Piece& piece : pieces)
        cut(piece, step, x);
}

template <class Piece>
void keep_from(std::vector<Piece>& pieces, std::size_t step)
{
    std::erase_if(pieces, [&](const Piece& piece) { return piece.end < step; });
    for (Piece& piece : pieces)
        if (piece.begin < step)
            piece.label_box = {};
}

} // namespace

void show_until(TimelineScene& scene, std::size_t step, double x)
{
    cut_all(scene.frames, step, x);
    cut_all(scene.brackets, step, x);
    cut_all(scene.levels, step, x);
    cut_all(scene.seats, step, x);
    std::erase_if(scene.flags, [&](const Flag& flag) { return flag.step >= step || flag.spare_from > x + 0.5; });
    for (Flag& flag : scene.flags)
        if (flag.label_box.right() > x) // "1." is another number than "1.6 s to spare"
            flag.label_box = {};
    std::erase_if(scene.edges, [&](const Edge& edge) { return edge.step >= step; });
    std::erase_if(scene.passes, [&](const Pass& pass) { return pass.begin >= step; });
    std::erase_if(scene.tails, [&](const Tail& tail) { return tail.step >= step; });
    std::erase_if(scene.wait_arrows, [&](const WaitArrow& arrow) { return arrow.step >= step; });
}

void show_from(TimelineScene& scene, std::size_t step)
{
    keep_from(scene.frames, step);
    keep_from(scene.brackets, step);
    keep_from(scene.levels, step);
    keep_from(scene.seats, step);
    std::erase_if(scene.flags, [&](const Flag& flag) { return flag.step < step; });
    std::erase_if(scene.edges, [&](const Edge& edge) { return edge.step < step; });
    std::erase_if(scene.passes, [&](const Pass& pass) { return pass.end < step; });
    std::erase_if(scene.tails, [&](const Tail& tail) { return tail.step < step; });
    std::erase_if(scene.wait_arrows, [&](const WaitArrow& arrow) { return arrow.step < step; });
}

} // namespace loopscope
