#pragma once

#include "core/base/ids.h"
#include "core/timeline/density.h"
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
        Value, ///< of a variable that is watched
        Gate,  ///< the places of a lock or a semaphore, and who waits for one
        Queue, ///< how many are in a queue, or at a barrier
        Group, ///< tasks that share a lane because there are too many
    } kind = Kind::Task;
    TaskId task;
    WorkerId worker = {};
    std::string title;    ///< "fetch-1"
    std::string subtitle; ///< "fetch_url"; "1 thread"; "3 in flight"
    ColorSlot color = -1;
    Box box;              ///< the whole lane, labels column included
    bool exists_from_start = true;
    double headroom = 0;  ///< of the box, at its top: the titles of frames stand there, and what the whole loop does
    double footroom = 0;  ///< of the box, at its bottom: the lower edges of frames, and coroutines nobody awaited

    /// The height at which its bars lie.
    [[nodiscard]] double middle() const { return box.y + headroom + (box.height - headroom - footroom) / 2; }
    std::string group = {};     ///< key of a group
    std::size_t group_size = 0; ///< how many tasks it stands for
    bool open = false;          ///< its tasks have lanes of their own, below
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

/// A round mark: how a task ended, a text that it printed, a coroutine that it dropped unawaited, a task
/// that was left behind when the loop closed, a request that was refused, the moment at which a timer
/// was due that nobody could look at, or debug mode's report of a turn that took too long.
struct Mark {
    enum class Kind : std::uint8_t {
        Finished,
        Failed,
        Cancelled,
        Note,
        CancelRequest,
        Error,
        NeverAwaited,
        LeftBehind,
        Refused,
        Due,
        SlowTurn,
        Arrived, ///< bytes of a stream, at the end of their line
        Remark,  ///< what the program does not print but a reader must know: the words beside it say it
    } kind = Kind::Finished;
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
    bool fails = false;        ///< what it brings is an exception
    bool unheard = false;      ///< from a thread that put a callback in the queue without waking the loop
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

/// A block with something around it, or the life of the loop: a frame behind the bars of its lanes.
struct Frame {
    enum class Kind : std::uint8_t { TaskGroup, Timeout, AsyncWith, Loop } kind = Kind::TaskGroup;
    Box box;
    TaskId task;             ///< that runs the block
    ColorSlot color = -1;
    std::size_t begin = 0, end = 0;
    bool comes_from_left = false; ///< it began further left than is shown: no edge there
    bool open = false;       ///< it goes on beyond what is shown: no edge at its right
    bool part = false;       ///< lanes of a group's tasks that are not beside its owner's
    std::string label;       ///< "TaskGroup", "timeout 1.0 s"
    Box label_box;           ///< empty when there is no room
};

/// A coroutine that a task awaits directly: it has no lane, it runs in the task's. A bracket above the bars.
struct Bracket {
    Box box;                 ///< the line lies at its top, the ends go down to its foot
    ColorSlot color = -1;
    TaskId task;
    std::size_t begin = 0, end = 0;
    std::size_t lane = 0;
    bool comes_from_left = false, open = false; ///< as a frame's
    std::string label;       ///< "greet()"
    Box label_box;
};

/// The deadline of a timeout, at the frame's right edge, or beyond it when the block was quicker. Without
/// a height it is words alone. One that expired later than it was due has two: a deadline that nobody
/// could look at, and where it took effect.
struct Flag {
    double x = 0, top = 0, bottom = 0;
    double spare_from = 0;   ///< x at which the block was left before its time was up; x when it was not
    TaskId task;
    std::size_t step = 0;    ///< the fact by which it is known: the block's end, or that it expired
    bool expired = false;
    std::string label;       ///< "expired", "0.4 s to spare"
    Box label_box;
};

/// One time round the loop, where it is wide enough to be told from the next: a band with its number above
/// the loop's bars.
struct Pass {
    Box box;
    std::size_t begin = 0, end = 0;
    std::string label; ///< "iteration 2"; "2" where there is no room for the word
    Box label_box;
};

/// A moment that cuts through lanes: the program ends and the loop cancels what is left.
struct Edge {
    double x = 0, top = 0, bottom = 0;
    std::size_t step = 0;
    std::string label;
    Box label_box;
};

/// What a lane of values holds over a stretch: a line at the top of the box, and for numbers of things
/// the area below it.
struct Level {
    enum class Kind : std::uint8_t {
        Value,
        Count,   ///< things in a queue, parties at a barrier, places taken
        Waiting, ///< tasks that wait for a place
    } kind = Kind::Value;
    Box box;
    double from_y = 0;       ///< where the line comes from, at the box' left
    bool begins = true;      ///< the change lies in view
    ColorSlot color = -1;    ///< whose change it is
    TaskId task;
    std::size_t begin = 0, end = 0;
    std::size_t lane = 0;
    bool open = false;
    int count = 0;           ///< of Count and Waiting
    std::string label;       ///< "100"; with those before it that had no room: "70 → 50"
    Box label_box;
};

/// A place of a lock or a semaphore while a task has it.
struct Seat {
    Box box;
    ColorSlot color = -1;
    TaskId task;
    std::size_t begin = 0, end = 0;
    std::size_t lane = 0;
    bool open = false;
    std::string label; ///< the task's name
    Box label_box;
};

/// How much there is room for: a line across a lane of numbers.
struct Limit {
    double y = 0, left = 0, right = 0;
    std::size_t lane = 0;
    std::string label;
    Box label_box;
};

/// A wait that nothing can end, in a run that is stuck: it goes on beyond the last moment. Without a task
/// it is the loop's own sleep.
struct Tail {
    Box box;               ///< the line lies in its middle
    ColorSlot color = -1;
    TaskId task;
    std::size_t lane = 0;
    std::size_t step = 0;  ///< the LoopStuck
    std::string label;     ///< "lock A: for ever"
    Box label_box;
};

/// Of a circle of tasks that wait for each other: one of them, and whom it waits for.
struct WaitArrow {
    double x = 0, y1 = 0, y2 = 0;
    double bend = 0;       ///< how far it leans to the right
    TaskId from, to;
    ColorSlot color = -1;  ///< of who waits
    std::size_t step = 0;
    std::string label = {}; ///< of one of a circle: "each waits for the other"
    Box label_box = {};
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
    std::vector<Density> densities; ///< of the groups
    std::vector<Tick> ticks;
    std::vector<Frame> frames;    ///< outer ones first
    std::vector<Bracket> brackets;
    std::vector<Flag> flags;
    std::vector<Edge> edges;
    std::vector<Pass> passes;
    std::vector<Level> levels;
    std::vector<Seat> seats;
    std::vector<Limit> limits;
    std::vector<Tail> tails;
    std::vector<WaitArrow> wait_arrows;
    StepAxis axis;                ///< step ↔ x of this picture, the label column included
    std::optional<double> cut_x;  ///< beyond this the run is not shown, see LayoutMetrics::until

    /// The topmost bar at a point, or null.
    [[nodiscard]] const Bar* bar_at(double x, double y) const;
    [[nodiscard]] const Mark* mark_at(double x, double y) const;
    [[nodiscard]] const LaneRow* lane_at(double y) const;
};

} // namespace loopscope
