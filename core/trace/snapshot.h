#pragma once

#include "core/trace/trace.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <variant>
#include <vector>

namespace loopscope {

/// The states that the screen tells apart. asyncio's own three are a coarser view of them:
/// Ready, Running and Waiting are pending; Finished and Failed are finished.
enum class TaskState : std::uint8_t { Ready, Running, Waiting, Finished, Failed, Cancelled };

[[nodiscard]] constexpr bool is_over(TaskState s) { return s >= TaskState::Finished; }

struct TaskSnapshot {
    TaskId id;
    TaskState state = TaskState::Ready;
    FutureId waiting_on;            ///< while Waiting
    StackId stack = StackId::Empty; ///< while Waiting, or Ready after a wait: where it goes on
    PlaceId place = PlaceId::None;  ///< the last line of the program known for it
    std::uint32_t cancel_requests = 0;
    bool started = false;
    bool cancelling = false; ///< a cancellation is under way and the task is not over
    std::optional<WorkKind> work; ///< while it holds the thread with work
    std::uint32_t depth = 0; ///< coroutines awaited directly and still open

    friend bool operator==(const TaskSnapshot&, const TaskSnapshot&) = default;
};

/// What stands in the ready queue: the step of a task, or a callback.
using ReadyItem = std::variant<TaskId, HandleId>;

struct TimerSnapshot {
    HandleId handle;
    TimePoint deadline;
    bool cancelled = false;

    friend bool operator==(const TimerSnapshot&, const TimerSnapshot&) = default;
};

/// What the loop looks like between two facts.
struct Snapshot {
    TimePoint now;
    std::size_t step = 0; ///< how many facts have been folded
    std::uint64_t iteration = 0;
    LoopPhase phase = LoopPhase::Created;

    bool selecting = false; ///< asleep in the selector
    std::optional<TimePoint> select_until;
    bool stuck = false;

    TaskId running;            ///< at most one
    HandleId running_handle;   ///< the callback in progress, if any
    std::vector<TaskSnapshot> tasks;  ///< by id; those not created yet are missing
    std::deque<ReadyItem> ready;      ///< front runs next
    std::vector<TimerSnapshot> timers; ///< the heap's array, in heapq's order
    std::vector<ChannelId> in_flight; ///< in the order in which they were started
    std::vector<HandleId> cancelled_handles; ///< still standing in the ready queue
    std::size_t notes = 0; ///< texts printed so far

    /// Requires a task that was created.
    [[nodiscard]] const TaskSnapshot& task(TaskId id) const { return tasks[id.value - 1]; }

    /// Timers that still count, the soonest first; equal deadlines in the order in which the heap
    /// will give them out.
    [[nodiscard]] std::vector<TimerSnapshot> pending_timers() const;

    friend bool operator==(const Snapshot&, const Snapshot&) = default;
};

/// Whether a place is known and belongs to the program that is shown, not to the library under it.
[[nodiscard]] bool is_program_line(const Trace& trace, PlaceId place);

/// The innermost line of the program on a stack: a wait often happens inside the library, while a
/// reader looks for the await that led there. None when there is none.
[[nodiscard]] PlaceId program_line(const Trace& trace, StackId stack);

/// Folds the next fact of `trace` into `state`: the only way from facts to states.
/// Requires state.step < trace.size().
void apply(Snapshot& state, const Trace& trace);

} // namespace loopscope
