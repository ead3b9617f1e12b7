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
    std::uint32_t cancel_requests = 0; ///< cancelling(): asked for and not taken back
    bool started = false;
    bool cancelling = false; ///< it was asked to stop and is not over
    std::optional<WorkKind> work; ///< while it holds the thread with work
    std::uint32_t depth = 0; ///< coroutines awaited directly and still open
    ResourceId queues_at; ///< among whose waiters it stands, also when it is woken already

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

/// A task that waits at a resource.
struct WaiterSnapshot {
    TaskId task;
    QueueEnd end = QueueEnd::None;
    std::optional<FutureEnd> woken; ///< set when its wait is over and its turn is still to come

    friend bool operator==(const WaiterSnapshot&, const WaiterSnapshot&) = default;
};

struct LockSnapshot {
    bool locked = false;
    TaskId owner; ///< none while it is free

    friend bool operator==(const LockSnapshot&, const LockSnapshot&) = default;
};
struct EventSnapshot {
    bool set = false;

    friend bool operator==(const EventSnapshot&, const EventSnapshot&) = default;
};
/// ResourceInfo::lock says where its lock is found.
struct ConditionSnapshot {
    friend bool operator==(const ConditionSnapshot&, const ConditionSnapshot&) = default;
};
struct SemaphoreSnapshot {
    std::uint32_t free = 0; ///< places neither taken nor promised to a waiter

    friend bool operator==(const SemaphoreSnapshot&, const SemaphoreSnapshot&) = default;
};
struct BarrierSnapshot {
    enum class Phase : std::uint8_t {
        Filling,   ///< closed: who arrives waits
        Open,      ///< the last party came; those inside go out
        Resetting, ///< those inside are thrown out
        Broken,    ///< for good
    };
    Phase phase = Phase::Filling;
    std::uint32_t inside = 0; ///< parties that came and have not left

    friend bool operator==(const BarrierSnapshot&, const BarrierSnapshot&) = default;
};
struct QueueSnapshot {
    std::uint32_t items = 0;
    std::uint32_t unfinished = 0; ///< items that task_done() was not called for
    bool shut_down = false;

    friend bool operator==(const QueueSnapshot&, const QueueSnapshot&) = default;
};

struct ResourceSnapshot {
    ResourceId id;
    /// The alternative of its ResourceKind, in the same order.
    std::variant<LockSnapshot, EventSnapshot, ConditionSnapshot, SemaphoreSnapshot, BarrierSnapshot, QueueSnapshot>
        state;
    std::vector<WaiterSnapshot> waiters; ///< in the order in which they began to wait

    friend bool operator==(const ResourceSnapshot&, const ResourceSnapshot&) = default;
};

/// A block that a task is in, with a task group or a timeout around it.
struct ScopeSnapshot {
    ScopeId id;
    std::vector<TaskId> tasks; ///< of a group, in the order in which it made them; over or not
    bool aborted = false;      ///< the group takes no more tasks and asked those it has to stop
    std::optional<TimePoint> deadline; ///< of a timeout
    bool expired = false;              ///< the deadline has cut the block off

    friend bool operator==(const ScopeSnapshot&, const ScopeSnapshot&) = default;
};

struct WatchSnapshot {
    WatchId id;
    std::string_view name;
    std::string_view text; ///< its value

    friend bool operator==(const WatchSnapshot&, const WatchSnapshot&) = default;
};

enum class WorkerState : std::uint8_t {
    Starting,      ///< a process that is not up yet
    Idle,          ///< has no call
    Running,       ///< runs the function of a call
    Computing,     ///< … which computes; time passes
    Blocked,       ///< … which waits for something outside, without the interpreter
    WaitingForGil, ///< … which may not go on before it has the interpreter
    Ended,
};

struct WorkerSnapshot {
    WorkerId id;
    WorkerState state = WorkerState::Idle;
    CallId call; ///< none while Starting, Idle and Ended
    std::optional<WorkKind> work; ///< what its call is busy with, also while it waits for the interpreter

    friend bool operator==(const WorkerSnapshot&, const WorkerSnapshot&) = default;
};

/// A call that no worker has begun.
struct QueuedCallSnapshot {
    CallId call;
    bool sent = false;    ///< its arguments are on their way to a process
    bool arrived = false; ///< … and are there

    friend bool operator==(const QueuedCallSnapshot&, const QueuedCallSnapshot&) = default;
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
    std::optional<WorkKind> callback_work; ///< while that holds the thread with work
    std::vector<TaskSnapshot> tasks;  ///< by id; those not created yet are missing
    std::deque<ReadyItem> ready;      ///< front runs next
    std::vector<TimerSnapshot> timers; ///< the heap's array, in heapq's order
    std::vector<ChannelId> in_flight; ///< in the order in which they were started
    std::vector<HandleId> cancelled_handles; ///< still standing in the ready queue
    std::vector<ResourceSnapshot> resources; ///< by id; those not heard of yet are missing
    std::vector<ScopeSnapshot> scopes; ///< entered and not left, in the order of entering
    std::vector<WatchSnapshot> values; ///< by id; those not heard of yet are missing
    std::size_t notes = 0; ///< texts printed so far
    std::vector<WorkerSnapshot> workers; ///< by id; those not started yet are missing
    std::vector<QueuedCallSnapshot> queued_calls; ///< first in, first out
    /// Who holds the interpreter lock, the loop's own thread for no worker; nothing while it is free,
    /// or nobody wants it but its holder.
    std::optional<WorkerId> gil;

    /// Requires a task that was created.
    [[nodiscard]] const TaskSnapshot& task(TaskId id) const { return tasks[id.value - 1]; }

    /// Null when nothing was heard of it yet.
    [[nodiscard]] const ResourceSnapshot* resource(ResourceId id) const
    {
        return id.value <= resources.size() ? &resources[id.value - 1] : nullptr;
    }
    /// Null when the block was not entered yet, or has been left.
    [[nodiscard]] const ScopeSnapshot* scope(ScopeId id) const;

    /// Timers that still count, the soonest first; equal deadlines in the order in which the heap
    /// will give them out.
    [[nodiscard]] std::vector<TimerSnapshot> pending_timers() const;

    /// Requires a worker that was started.
    [[nodiscard]] const WorkerSnapshot& worker(WorkerId id) const { return workers[id.value - 1]; }

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
