#pragma once

#include "core/timeline/scene.h"

#include <QString>

#include <span>
#include <variant>
#include <vector>

namespace loopscope::ui {

/// A sign that is seen in a picture, and what it means. The sample is a piece of that picture, so that
/// it has the colour there.
struct LegendEntry {
    using Sample = std::variant<Bar, Wall, Mark, Frame, Bracket, Flag, Edge, Seat, Level, Limit, WaitArrow, Arrow, Density,
                                Pass>;

    Sample sample;
    QString word;
};

/// What pictures need words for: states first, in the order of a task's life, then signs, then causes.
/// A sign that has its words beside it needs none here, nor has a state that is too thin to be seen.
[[nodiscard]] std::vector<LegendEntry> legendEntries(std::span<const TimelineScene* const> scenes);

} // namespace loopscope::ui
