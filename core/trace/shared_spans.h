#pragma once

#include "core/trace/trace.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace loopscope {

// What lies around, between and beside the tasks of a run: blocks, values that are watched, what tasks
// share, the life of the loop. Part of RunSpans.

/// A block with something around it, from entering to leaving.
struct BlockSpan {
    enum class Kind : std::uint8_t {
        TaskGroup,
        Timeout,
        AsyncWith, ///< of the program's own; only where entering or leaving it waits for something
    } kind = Kind::TaskGroup;
    struct Member {
        TaskId task;
        std::size_t step = 0; ///< index of its TaskAdopted
    };

    TaskId task = {}; ///< runs the block
    std::size_t begin = 0;
    std::size_t end = 0; ///< size() of the trace when it was not left
    TimePoint from = {};
    TimePoint to = {};
    bool left = false;
    bool threw = false;
    std::size_t depth = 0;           ///< blocks of the same task around it
    std::vector<Member> members = {}; ///< of a group, in the order in which it made them
    std::optional<TimePoint> deadline = {}; ///< of a timeout, the last that was set
    std::optional<std::size_t> expired = {}; ///< index of its TimeoutExpired
    std::optional<std::size_t> opened = {};  ///< of an AsyncWith: it was entered …
    std::optional<std::size_t> closing = {}; ///< … and began to be left
};

/// The values of a watched variable.
struct ValueLine {
    struct Step {
        std::size_t step = 0; ///< index of its ValueChanged
        std::string_view text;
        std::optional<double> number; ///< when the text is one
        TaskId by;            ///< who set it, if a task did
    };
    WatchId watch = {};
    std::vector<Step> steps = {};
};

/// How many are in a queue, or hold a place of a lock, a semaphore or a barrier; and how many wait.
struct ResourceLine {
    struct Step {
        std::size_t step = 0; ///< index of the fact that changed it
        std::uint32_t level = 0;
        std::uint32_t waiting = 0;
    };
    /// A place that a task held. Places are numbered from 0, the lowest free one is taken.
    struct Seat {
        TaskId task;
        std::uint32_t number = 0;
        std::size_t begin = 0;
        std::size_t end = 0; ///< size() of the trace when it was not given back
    };
    ResourceId resource = {};
    std::vector<Step> steps = {}; ///< the first is where the trace first heard of it
    std::vector<Seat> seats = {}; ///< of a lock or a semaphore, by begin
    std::uint32_t peak = 0;
    std::uint32_t most_waiting = 0;
};

/// A coroutine that a task awaits directly: it runs inside the task, from being entered to being left.
struct CoroutineSpan {
    TaskId task;
    std::string_view name;
    std::size_t begin = 0;
    std::size_t end = 0; ///< size() of the trace when it was not left
};

/// A sleep that was over before the loop could look: something else had the thread.
struct LateWait {
    TaskId task;
    TimePoint due;
    std::size_t end = 0; ///< where its wait ends, as Span::end has it
};

/// The loop entered a phase of its life.
struct PhaseStep {
    LoopPhase phase = LoopPhase::Created;
    std::size_t step = 0;
};

struct SharedSpans {
    std::vector<BlockSpan> blocks;       ///< in the order of entering
    std::vector<ValueLine> values;       ///< by watch
    std::vector<ResourceLine> resources; ///< by resource; those that nothing happened to are empty
    std::vector<LateWait> late;          ///< by end
    /// The program's own coroutines, in the order of entering; none that lies inside another, nor those
    /// of asyncio that are one wait and no more: what it waits for says the same.
    std::vector<CoroutineSpan> coroutines;
    std::vector<PhaseStep> phases;       ///< in order
    std::vector<std::size_t> slow_turns; ///< index of each SlowTurnReported
    std::vector<std::size_t> dropped;    ///< index of each CoroutineNeverAwaited
    std::optional<std::size_t> stuck;    ///< index of the LoopStuck that ends the run
    /// When it is stuck: tasks each of which waits for the next, and the last for the first.
    std::vector<std::vector<TaskId>> circles;
    std::vector<bool> refused;           ///< by channel - 1: what was waited for at the socket failed
};

} // namespace loopscope
