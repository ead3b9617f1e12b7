#pragma once

#include "core/timeline/lanes.h"
#include "core/timeline/scene.h"
#include "core/timeline/time_scale.h"
#include "core/trace/spans.h"
#include "core/trace/trace.h"

#include <optional>
#include <string>
#include <vector>

namespace loopscope {

/// Measures of a timeline in pixels. Everything that is drawn derives from these.
struct LayoutMetrics {
    double label_width = 132;
    double label_inset = 14;     ///< from the left edge to the lanes' coloured ticks
    double ruler_height = 28;
    double lane_height = 50;
    double bar_height = 28;
    double channel_height = 6;   ///< one request in the network lane
    double channel_gap = 6;      ///< between two requests
    double min_bar_width = 3;    ///< thinner ones of one lane are folded together
    double char_width = 7.0;     ///< of the code typeface at label size: decides which labels fit
    bool arrows = true;

    double right_margin = 48;    ///< right of the axis: room for the blocks and marks of the last moment
    double pill_height = 19;
    double block_width = 7;      ///< what a block that takes no time is given, see layout()
    double max_shift = 28;       ///< how far that may push a block right of its moment
    /// The same for blocks of the run's last moment, where a picture has room for more; 0 for no more.
    /// Nothing lies right of them that they could be taken for.
    double last_block_width = 0;
    double last_shift = 0;
    double mark_radius = 7;      ///< of the end marks
    bool passes = false;         ///< the loop's passes by number, where all of them are wide enough
    double word_margin = 2;      ///< between what is printed and the picture's right edge
    double tick_chars = 10;      ///< from one tick of the ruler to the next, at least
    bool notes = true;           ///< printed texts as dots
    bool ruler = true;
    bool loop_last = false;      ///< the loop's lane below the others, as comparisons have it
    bool subtitles = true;
    bool idle = true;            ///< the loop's sleep in the selector as bars

    double frame_row = 13;       ///< above the bars of a lane, for each of the frames that lie in one another
    double least_framed = 34;    ///< a lane lower than this has no room for that
    bool frames = true;          ///< blocks of task groups and timeouts, and the end of the loop
    std::size_t shared_lanes = 4; ///< at most so many lanes of values, queues and places

    /// Shows the run as it stood at this position: later facts are not drawn, what goes on then is
    /// drawn up to it, and labels stand in the middle of what is seen. All lanes keep their places.
    std::optional<RunPosition> until;
    /// Where `until` lies in the picture, when more than this run decides it.
    std::optional<double> cut_x;
};

/// The colour slot of each task, by id - 1: tasks keep theirs whatever else is shown. `main` has
/// slot 0, the others go round.
[[nodiscard]] std::vector<ColorSlot> color_slots(const Trace& trace);

/// The colour slot of each request, by id - 1: its task's; but main's requests go round by the host
/// they talk to, so that a host keeps its colour when every fetch has a task of its own.
[[nodiscard]] std::vector<ColorSlot> channel_slots(const Trace& trace);

/// The width of the axis in a picture this wide: what a TimeScale for it is made with. At least 1.
[[nodiscard]] double axis_width(double picture_width, const LayoutMetrics& metrics);

/// The measures for a run in a picture `width` wide: one that ends stuck gets room behind its last
/// moment, where it is seen that its waits go on for ever.
[[nodiscard]] LayoutMetrics with_room(LayoutMetrics metrics, const RunSpans& spans, double width);

/// The margin of a picture this wide.
[[nodiscard]] double picture_margin(double width);

/// The measures of a picture this wide with lanes of this height: everything in a lane keeps its proportion to
/// it. `char_width` is what LayoutMetrics has.
[[nodiscard]] LayoutMetrics picture_metrics(double lane, double width, double char_width);

/// The measures for a picture of a whole run `width` wide: its last moment, in which most is decided, gets
/// wider blocks, and room at the right for what is printed then. Requires what TimeScale does.
[[nodiscard]] LayoutMetrics with_last_words(LayoutMetrics metrics, const Trace& trace, const RunSpans& spans, double width,
                                            double blend);

/// The blend of the axis that shows most of a run. Time alone, as a rule; but a run told by callbacks rather
/// than by tasks is about which pass of the loop each one is in, and its passes take no time: mostly steps.
[[nodiscard]] double fitting_blend(const Trace& trace, const RunSpans& spans);

/// Where each step of a run is drawn, right of the label column (0 … scale.width(), and a little
/// further at the end).
///
/// Callbacks take no virtual time. Where that would leave a block thinner than `block_width`, it is
/// widened to it and pushes what follows to the right, on all lanes alike, so that the blocks of
/// one moment lie side by side in their order. No position is ever drawn left of its moment, nor
/// more than `max_shift` pixels right of it (`last_shift` at the run's end): when a moment holds more blocks than fit, they become
/// thinner together, and the lanes fold those that cannot be seen. The ruler is not pushed.
[[nodiscard]] StepAxis step_axis(const Trace& trace, const RunSpans& spans, const TimeScale& scale,
                                 const LayoutMetrics& metrics = {});

/// Lays out a run. `scale` maps to x = 0 … scale.width() right of the label column; blocks lie where
/// step_axis() says. Labels are placed only where they fit, in the longest wording that does; bars
/// of one lane that are thinner than `min_bar_width` are folded into one that says how many. Tasks have
/// lanes in the given order, which must be of this trace, or else in that of their creation.
[[nodiscard]] TimelineScene layout(const Trace& trace, const RunSpans& spans, const TimeScale& scale,
                                   const LayoutMetrics& metrics = {}, const LaneOrder* order = nullptr);
/// The same with an axis from elsewhere: two runs that are compared share theirs.
[[nodiscard]] TimelineScene layout(const Trace& trace, const RunSpans& spans, const TimeScale& scale,
                                   const LayoutMetrics& metrics, const StepAxis& axis,
                                   const LaneOrder* order = nullptr);

/// How high that scene will be, for less than it costs to lay it out.
[[nodiscard]] double layout_height(const Trace& trace, const RunSpans& spans, const TimeScale& scale,
                                   const LayoutMetrics& metrics, const StepAxis& axis, const LaneOrder* order = nullptr);

/// Says in the lanes of requests and of calls how many there are after `step` facts; without a step, the
/// most there were at once. The layout does it for its whole run, or for LayoutMetrics::until.
void tell_numbers(TimelineScene& scene, const Trace& trace, const RunSpans& spans, std::optional<std::size_t> step);

/// Where a position between facts lies: after `step` facts. Requires step <= trace.size().
[[nodiscard]] RunPosition position_of(const Trace& trace, std::size_t step);

/// Where a moment lies: after all that happened at that very moment.
[[nodiscard]] RunPosition position_at(const Trace& trace, TimePoint when);

/// The number of facts that have happened at an x of the axis (0 at the label column's edge): for
/// dragging a playhead. It knows the scale only; a scene's own axis also knows where
/// blocks were widened.
[[nodiscard]] std::size_t step_at(const Trace& trace, const TimeScale& scale, double x);

/// What a wait is called on the timeline: "sleep 1.0 s", "gather(fetch-1, …)", "response".
[[nodiscard]] std::string wait_label(const Trace& trace, FutureId on);

} // namespace loopscope
