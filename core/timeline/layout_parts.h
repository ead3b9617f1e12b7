#pragma once

#include "core/timeline/flights.h"
#include "core/timeline/layout.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace loopscope::detail {

/// What a lane of the scene beside tasks and workers shows.
struct SharedLane {
    LaneRow::Kind kind = LaneRow::Kind::Value;
    std::size_t index = 0; ///< in SharedSpans::values or ::resources
    std::size_t lane = 0;
};

/// From one line of a stream to the next: words stand on them.
constexpr double stream_pitch = 18;

/// What the parts of a layout share while a scene is made.
struct Draft {
    const Trace& trace;
    const RunSpans& spans;
    const TimeScale& scale;
    const LayoutMetrics& metrics;
    TimelineScene scene;
    const LaneOrder* order = nullptr; ///< of the tasks; none for that of their creation
    double left = 0;              ///< x of the axis' begin
    double right = 0;             ///< x beyond which nothing is shown: the picture's edge, or the cut
    std::size_t shown_steps = 0;  ///< facts before the cut
    std::size_t loop_lane = 0;
    std::size_t network_lane = 0; ///< past the last lane when there is none
    std::vector<std::size_t> task_lanes; ///< lane of each task, by id - 1
    std::size_t calls_lane = 0;          ///< past the last lane when there is none
    std::size_t interpreter_lane = 0;    ///< likewise
    std::vector<std::size_t> worker_lanes; ///< lane of each worker, by id - 1
    double end_of_tasks = 0;             ///< y below which other threads and processes lie
    std::vector<double> channel_y;       ///< middle of each request's bar, by id - 1
    std::vector<ColorSlot> task_colors;  ///< by id - 1
    std::vector<ColorSlot> channel_colors; ///< by id - 1
    std::vector<double> call_y;          ///< middle of each call's bar while it waits, by id - 1; 0 when it does not
    Flights flights;                     ///< of the network's lane
    std::vector<std::vector<std::string_view>> hosts; ///< that a task talks to, by id - 1
    std::vector<SharedLane> shared_lanes;
    std::vector<double> footrooms;       ///< of the lanes of the loop and the tasks, by lane
    std::optional<bool> many_spare = {}; ///< whether many tasks had time to spare, once it was asked
    std::size_t first_step = 0;          ///< no fact before this is in view …
    std::size_t last_step = 0;           ///< … nor any after this

    /// The x at which the fact `index` has happened.
    [[nodiscard]] double x_after(std::size_t index) const
    {
        return scene.axis.x(static_cast<double>(std::min(index + 1, trace.size())));
    }
    /// Whether the label of a wait says from whom the answer comes: the lane's subtitle cannot, when
    /// there are several.
    [[nodiscard]] bool names_host(const Span& span) const
    {
        return span.task && hosts[span.task.value - 1].size() > 1;
    }
    /// The colour of what is done for a task; neutral for none.
    [[nodiscard]] ColorSlot color_of(TaskId task) const { return task ? task_colors[task.value - 1] : -1; }
    /// Whether a task shares the lane of a group.
    [[nodiscard]] bool is_folded(TaskId task) const
    {
        return scene.lanes[task_lanes[task.value - 1]].kind == LaneRow::Kind::Group;
    }
    [[nodiscard]] bool in_view(double x) const { return x >= left - 0.5 && x <= right + 0.5; }
    [[nodiscard]] double middle_of(std::size_t lane) const
    {
        return scene.lanes[lane].middle();
    }
    /// Where a moment lies: between the facts around it in proportion to time.
    [[nodiscard]] double x_at(TimePoint when) const;
    /// Where the run ends as far as it is shown.
    [[nodiscard]] double end_x() const
    {
        return scene.cut_x ? right : std::min(right, scene.axis.x(static_cast<double>(trace.size())));
    }
};


void add_bars(Draft& draft);
void add_network(Draft& draft);
/// What arrives at streams, and refusals.
void add_arrivals(Draft& draft);
/// The bars of workers, of the calls that wait for one, and of the interpreter lock.
void add_workers(Draft& draft);
void add_arrows(Draft& draft);
/// Arrows of calls to their workers, and of what threads put in the loop's queue.
void add_calls(Draft& draft);
/// Words at the foot of a lane that the program did not print.
struct Remark {
    TaskId task;
    std::size_t lane = 0;
    std::string text;
};
/// What a fact means that leaves no other sign: a thread's news, a cancellation that a shield keeps
/// off, an error that leaves the others alone.
[[nodiscard]] std::vector<Remark> remarks_at(const Draft& draft, std::size_t step);
void add_marks(Draft& draft);
void add_ticks(Draft& draft);
void add_frames(Draft& draft);
/// The deadline of a timeout, with words in the row of its frame's title, which begins at `row_top`.
void add_flag(Draft& draft, const BlockSpan& block, const Frame& frame, double row_top);
/// Stretches in which the thread is held while others could use it, once the loop's lane has its bars.
void add_walls(Draft& draft);
/// Gives a bar the longest wording that its box holds. A waiting line is thin: its label may be as
/// high as the lane.
void put_label(Bar& bar, const std::vector<std::string>& words, double lane_height, const LayoutMetrics& metrics);
/// What the whole loop does, above its bars: its passes, turns that took too long, and where it cancels
/// what is left.
void add_loop_words(Draft& draft);
/// Printed texts, and coroutines that nobody awaited.
void add_notes(Draft& draft);
/// The coroutines that tasks await directly.
void add_brackets(Draft& draft);
/// The lines of values, the areas of queues, the places of locks and semaphores.
void add_shared(Draft& draft);
void add_tails(Draft& draft);

/// The lanes of what tasks share, as many as `metrics` lets in, without their place yet.
[[nodiscard]] std::vector<SharedLane> shared_lanes_of(const Trace& trace, const RunSpans& spans,
                                                      const LayoutMetrics& metrics);
/// Such a lane with its title, and how high it wants to be.
[[nodiscard]] std::pair<LaneRow, double> shared_lane(const Trace& trace, const RunSpans& spans, const SharedLane& lane,
                                                     const LayoutMetrics& metrics);
/// Whether lanes are high enough to keep rows above and below their bars for words.
[[nodiscard]] bool keeps_rows(const LayoutMetrics& metrics);
/// The rows above the loop's bars that what it does needs.
[[nodiscard]] double loop_headroom(const Draft& draft);
/// Room at the foot of the lanes of the loop and the tasks, by lane. Requires task_lanes.
[[nodiscard]] std::vector<double> footrooms_of(const Draft& draft);
[[nodiscard]] double footroom_of(const Draft& draft, std::size_t lane);
/// The lane on which something happened: that of the task which had the turn, or the loop's own.
[[nodiscard]] std::size_t lane_at(const Draft& draft, std::size_t step);
/// Whether there is room for a line of text below the bars of a lane.
[[nodiscard]] bool has_note_line(const LayoutMetrics& metrics);
/// How much of a lane's foot a coroutine that nobody awaited takes.
inline constexpr double capsule_row = 18;

/// The width of a text in the code typeface.
[[nodiscard]] double text_width(const Draft& draft, std::string_view text);

/// How many frames lie in one another on a task's lane, by id - 1.
[[nodiscard]] std::vector<std::size_t> frame_depths(const Trace& trace, const RunSpans& spans);

/// The life of a task, also where the lanes of a comparison have another order.
[[nodiscard]] inline const TaskLane& life_of(const RunSpans& spans, TaskId task)
{
    const TaskLane& likely = spans.tasks[task.value - 1];
    return likely.task == task ? likely : *std::find_if(spans.tasks.begin(), spans.tasks.end(),
                                                        [task](const TaskLane& lane) { return lane.task == task; });
}

/// Whether a lane shows the calls that wait for a worker: none that has to wait, no lane.
[[nodiscard]] bool has_calls_lane(const RunSpans& spans);
/// Lanes below those of the tasks and the network.
[[nodiscard]] std::size_t worker_lane_count(const RunSpans& spans);

/// How many rows the requests need so that none lies on another, and the row of each.
[[nodiscard]] std::vector<std::size_t> rows_of(const std::vector<Span>& network);

} // namespace loopscope::detail
