#pragma once

#include "core/base/ids.h"
#include "core/trace/spans.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace loopscope {

// A timeline as plain numbers, in pixels of the picture, y downwards. It knows roles, not colours:
// the theme chooses those. Each piece knows the task and fact it stands for, so that a click on it
// can be answered without asking the layout again.

struct Box {
    double x = 0, y = 0, width = 0, height = 0;
    [[nodiscard]] bool contains(double px, double py) const
    {
        return px >= x && px < x + width && py >= y && py < y + height;
    }
    [[nodiscard]] double right() const { return x + width; }
    [[nodiscard]] double bottom() const { return y + height; }
    friend bool operator==(const Box&, const Box&) = default;
};

/// Which of the theme's task colours; -1 is the loop's own neutral one.
using ColorSlot = int;

struct LaneRow {
    enum class Kind : std::uint8_t {
        Loop,
        Task,
        Network,
        Calls,       ///< those that wait for a worker
        Interpreter, ///< who holds the lock that threads take turns at
        Worker,
    } kind = Kind::Task;
    TaskId task;
    WorkerId worker = {};
    std::string title;    ///< "fetch-1"
    std::string subtitle; ///< "fetch_url"; "1 thread"; "3 in flight"
    ColorSlot color = -1;
    Box box;              ///< the whole lane, labels column included
    bool exists_from_start = true;
};

struct Bar {
    SpanKind kind = SpanKind::Running;
    Box box;
    ColorSlot color = -1;
    TaskId task;
    std::size_t step = 0;     ///< the fact that a click seeks to (its end: what it led to)
    std::size_t begin = 0, end = 0;
    std::size_t lane = 0;     ///< index in TimelineScene::lanes
    TimePoint from, to;       ///< what a tooltip says about it
    ChannelId channel;        ///< while InFlight
    WorkerId worker;          ///< on a worker's lane, or who holds the interpreter
    CallId call;              ///< that the worker runs, or that waits
    bool cancelling = false;
    bool open = false;        ///< it goes on beyond the moment up to which the run is shown
    int folded = 1;           ///< how many spans this bar stands for when they were too thin to draw
    std::string label;        ///< "await gather(…)", "idle: select(0.35 s)"; empty when it has none
    Box label_box;            ///< where the label fits; empty box when it does not
};

/// A round mark: how a task ended, a text that it printed, or a coroutine that it dropped unawaited.
struct Mark {
    enum class Kind : std::uint8_t { Finished, Failed, Cancelled, Note, CancelRequest, Error, NeverAwaited } kind = Kind::Finished;
    double x = 0, y = 0;
    ColorSlot color = -1;
    TaskId task;
    std::size_t step = 0;
    std::string text;
    std::size_t lane = 0;
    std::string label;  ///< what is written beside it: the text, or its beginning; of folded ones all texts, if they fit
    Box label_box;      ///< empty when there is no room
    double radius = 3;
    int folded = 1;     ///< how many marks this one stands for
};

/// A cause on its way to its effect; a smooth line bent to the left.
struct Arrow {
    Cause::Kind kind = Cause::Kind::Created;
    double x1 = 0, y1 = 0, x2 = 0, y2 = 0;
    ColorSlot color = -1;
    TaskId from_task, to_task; ///< of a call's way to a worker, both are the task that asked for it
    std::size_t from_step = 0, to_step = 0;
};

struct Tick {
    double x = 0;
    std::string text; ///< empty for a minor one
    bool major = true;
};

/// A stretch where the whole thread was held: a wall across all lanes.
struct Wall {
    Box box;
    TaskId task;
};

/// Where each position of a run is drawn: a table of stops, straight between them. It never falls
/// from one step to the next, so that what came later is never drawn further left.
class StepAxis {
public:
    struct Stop {
        std::size_t step = 0;
        double x = 0;
    };

    StepAxis() = default;
    /// Requires stops with rising steps and x that does not fall.
    explicit StepAxis(std::vector<Stop> stops) : stops_(std::move(stops)) {}

    /// The x after `step` facts; fractions lie between two facts. Clamped to the run.
    [[nodiscard]] double x(double step) const;

    /// How many facts have happened at an x: the most for which x(step) <= x. Clamped to the run.
    [[nodiscard]] std::size_t step_at(double x) const;

    [[nodiscard]] const std::vector<Stop>& stops() const { return stops_; }

private:
    std::vector<Stop> stops_;
};

struct TimelineScene {
    double width = 0, height = 0;
    double label_width = 0;  ///< the column left of the axis
    double label_inset = 0;  ///< of that column's contents, from the left
    double ruler_height = 0;
    std::vector<LaneRow> lanes;
    std::vector<Bar> bars;
    std::vector<Wall> walls;
    std::vector<Arrow> arrows;
    std::vector<Mark> marks;
    std::vector<Tick> ticks;
    StepAxis axis;                ///< step ↔ x of this picture, the label column included
    std::optional<double> cut_x;  ///< beyond this the run is not shown, see LayoutMetrics::until

    /// The topmost bar at a point, or null.
    [[nodiscard]] const Bar* bar_at(double x, double y) const;
    [[nodiscard]] const Mark* mark_at(double x, double y) const;
    [[nodiscard]] const LaneRow* lane_at(double y) const;
};

} // namespace loopscope
