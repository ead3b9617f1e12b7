#pragma once

#include "core/timeline/scene.h"
#include "core/timeline/time_scale.h"
#include "core/trace/spans.h"
#include "core/trace/trace.h"

#include <vector>

namespace loopscope {

/// Measures of a timeline in pixels. Everything that is drawn derives from these.
struct LayoutMetrics {
    double label_width = 128;
    double ruler_height = 28;
    double lane_height = 50;
    double bar_height = 28;
    double channel_height = 6;   ///< one request in the network lane
    double min_bar_width = 3;    ///< thinner ones of one lane are folded together
    double char_width = 7.0;     ///< of the code typeface at label size: decides which labels fit
    bool arrows = true;
};

/// The colour slot of each task, by id - 1: tasks keep theirs whatever else is shown. `main` has
/// slot 0, the others go round.
[[nodiscard]] std::vector<ColorSlot> color_slots(const Trace& trace);

/// Lays out a run. `scale` maps to x = 0 … scale.width() right of the label column. Labels are
/// placed only where they fit; bars thinner than a pixel are folded into one that says how many.
[[nodiscard]] TimelineScene layout(const Trace& trace, const RunSpans& spans, const TimeScale& scale,
                                   const LayoutMetrics& metrics = {});

/// Where a position between facts lies: after `step` facts. Requires step <= trace.size().
[[nodiscard]] RunPosition position_of(const Trace& trace, std::size_t step);

/// The number of facts that have happened at an x of the axis (0 at the label column's edge): for
/// dragging a playhead.
[[nodiscard]] std::size_t step_at(const Trace& trace, const TimeScale& scale, double x);

/// What a wait is called on the timeline: "sleep 1.0 s", "gather(fetch-1, …)", "response".
[[nodiscard]] std::string wait_label(const Trace& trace, FutureId on);

} // namespace loopscope
