#pragma once

#include "core/base/clock.h"
#include "core/base/ids.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

namespace loopscope {

// The vocabulary of a run: one struct per fact, in the past tense. This is the contract between
// the loop, which writes facts, and everything that shows them; a fact carries what a reader needs
// to draw it, and names things by dense ids whose descriptions the Trace keeps (TaskInfo, …).
//
// Who did it: unless a fact says otherwise, it was done by the step or callback in progress, which
// Snapshot::running and Snapshot::running_handle name.
//
// Text is a view into the trace's interned strings and lives as long as the trace.

/// A place known to a trace, see Trace::place(). Zero means that no place is known.
enum class PlaceId : std::uint16_t { None = 0 };

/// An await stack known to a trace, see Trace::stack(). Zero is the empty stack.
enum class StackId : std::uint32_t { Empty = 0 };

/// What a future stands for; decides how a wait for it is drawn and told.
enum class FutureKind : std::uint8_t {
    Plain,     ///< made with loop.create_future()
    Task,
    Sleep,
    Gather,
    Io,        ///< a socket becomes readable, or a connection is made
    Wait,      ///< wait(), wait_for() or as_completed() for several
    Shield,
    Group,     ///< a task group waits for its tasks
    Lock,
    Event,
    Condition,
    Semaphore,
    Barrier,
    Queue,
    Thread,    ///< work in another thread
    Process,   ///< work in another process
};

/// How a future ended.
enum class FutureEnd : std::uint8_t { Result, Exception, Cancelled };

/// What tasks share and wait at.
enum class ResourceKind : std::uint8_t { Lock, Event, Condition, Semaphore, Barrier, Queue };

/// What a task waits for at a queue.
enum class QueueEnd : std::uint8_t {
    None, ///< it does not wait at a queue
    Get,  ///< an item
    Put,  ///< room for one
    Join, ///< that every item is dealt with
};

enum class ScopeKind : std::uint8_t { TaskGroup, Timeout };

/// Why a callback stands in the ready queue or the timer heap.
enum class CallbackKind : std::uint8_t {
    Plain,     ///< given to call_soon, call_later or call_at by the program
    SleepEnds, ///< the timer of a sleep
    Done,      ///< a done callback of a future
    Reader,    ///< the selector found a socket readable
    Timeout,   ///< the deadline of a timeout
    Stop,      ///< main is done: the loop stops after this iteration
    Thread,    ///< another thread asked for it
    WakeUp,    ///< empties the pipe through which another thread woke the loop
};

/// What runs the calls of an executor.
enum class WorkerKind : std::uint8_t { Thread, Process };

enum class WorkKind : std::uint8_t {
    Computing, ///< holds the thread and uses it
    Blocking,  ///< holds the thread and only waits
};

/// The life of the loop, seen from asyncio.run().
enum class LoopPhase : std::uint8_t { Created, Running, CancellingLeftovers, Stopped, Closed, JoiningThreads };

struct LoopPhaseEntered { LoopPhase phase; };

/// A pass of the loop began; `ready` handles stood in the queue before the selector was asked.
struct IterationBegan { std::uint64_t number; };

/// Nothing was ready, so the loop went to sleep in the selector; until the nearest deadline, or
/// until a socket becomes ready when there is none.
struct SelectEntered { std::optional<TimePoint> until; };
struct SelectReturned {};

/// Nothing is ready, no timer and no socket is left: nothing can ever wake this program.
struct LoopStuck {};

/// A task was made. Unless it is eager, its first step joined the end of the ready queue.
struct TaskCreated { TaskId task; TaskId parent; bool eager; };

/// The loop gave the task its turn. `throws`: the await brings an exception (a cancellation, or
/// the failure of what was awaited) in place of a result.
struct TaskStepped { TaskId task; bool throws; };

/// The task awaits something that is not done; others run meanwhile. The stack is the chain of
/// awaits, outermost first.
struct TaskSuspended { TaskId task; FutureId on; StackId stack; };

/// The task let the others go first (sleep(0)) and joined the end of the ready queue at once.
struct TaskYielded { TaskId task; StackId stack; };

/// What the task awaited is done, so it joined the end of the ready queue.
struct TaskWoken { TaskId task; FutureId by; FutureEnd how; };

struct TaskFinished { TaskId task; };
struct TaskFailed { TaskId task; std::string_view type; std::string_view message; };
struct TaskCancelled { TaskId task; };

/// Somebody called cancel(). The task gets the exception when it next runs, or next waits.
struct CancelRequested { TaskId task; TaskId by; };

/// uncancel() took a request back; so many are left, and at zero the task is not asked to stop any
/// more.
struct CancelTakenBack { TaskId task; std::uint32_t left; };

/// The running task awaited a coroutine directly: it runs inside the same task, with no turn of
/// the loop. `place` of the event is the await.
struct CoroutineEntered { TaskId task; std::string_view name; };
/// `place` is the await again; for an async generator the `yield` at which it stands now, or none at its end.
struct CoroutineLeft { TaskId task; bool threw; };

/// A coroutine object was dropped without having been awaited, so nothing of it ever ran.
struct CoroutineNeverAwaited { std::string_view name; };

/// Only for futures made by the program; others appear when somebody waits for them.
struct FutureCreated { FutureId future; };
struct FutureResolved { FutureId future; FutureEnd how; };

/// Somebody took notice of the failure: awaited it, asked for the result or the exception.
struct ExceptionRetrieved { FutureId future; };
/// The task or future failed and was dropped before anybody asked for its exception.
struct ExceptionNeverRetrieved { FutureId future; };

/// A callback joined the end of the ready queue; one set by a timer or a socket has its own fact.
/// `by` is set when another thread put it there.
struct CallbackScheduled { HandleId handle; WorkerId by = {}; };
struct CallbackRan { HandleId handle; };
/// The callback has returned; what stands between the two happened inside it.
struct CallbackReturned { HandleId handle; };
/// What it threw went to the loop's exception handler; the loop goes on.
struct CallbackFailed { HandleId handle; std::string_view type; std::string_view message; };
/// It was cancelled while it stood in the queue: its turn passes without a call.
struct CallbackSkipped { HandleId handle; };
struct CallbackCancelled { HandleId handle; };

/// A timer was put in the heap; HandleInfo::deadline says for when.
struct TimerScheduled { HandleId handle; };
/// The timer was due and its callback joined the end of the ready queue.
struct TimerFired { HandleId handle; };
/// Takes no part any more; it leaves the heap when it comes to the top.
struct TimerCancelled { HandleId handle; };
/// Left the heap without firing, because it had been cancelled.
struct TimerDropped { HandleId handle; };
/// Over half of more than 100 timers were cancelled: the heap was made anew without them.
struct TimersRebuilt {};

/// A request is on its way, or bytes of a stream are: the network works, the loop is free.
struct IoStarted { ChannelId channel; TaskId task; };
/// The selector found the socket ready, so its callback joined the end of the ready queue.
struct IoReady { ChannelId channel; HandleId handle; };
/// Bytes of a stream have come, and more behind them: one callback will read all, see the IoReady that
/// follows.
struct BytesArrived { ChannelId channel; };
/// Nobody waits for it any more.
struct IoCancelled { ChannelId channel; };

/// The running step holds the thread; nobody else can run until the work ends.
struct WorkBegan { TaskId task; WorkKind kind; Duration span; };
struct WorkEnded { TaskId task; WorkKind kind; };

/// In debug mode: the turn of a task or, without one, of a callback held the thread for so long that
/// the loop reports it.
struct SlowTurnReported { TaskId task; HandleId handle; Duration span; };

// What tasks share. Numbers are those after the fact, so that a picture can be drawn from it alone.

/// The task holds the lock, or a place of the semaphore. `free`: places that are left.
struct ResourceAcquired { ResourceId resource; TaskId task; std::uint32_t free; };
/// A lock or a place was given back, or a semaphore's place that was promised to a task which will
/// not take it. Whoever waits first is woken next: a lock stays free until that task has its turn,
/// while a semaphore's place is taken for it at once (a FutureResolved with a result).
struct ResourceReleased { ResourceId resource; std::uint32_t free; };

/// The event was not set before. All who wait at it are woken next.
struct EventSet { ResourceId event; };
struct EventCleared { ResourceId event; };

/// Of those who wait at the condition, `woken` are woken next.
struct ConditionNotified { ResourceId condition; std::uint32_t woken; };

/// `inside`: how many parties are there; with the last one the barrier opens, and stays open until
/// all have left.
struct BarrierArrived { ResourceId barrier; TaskId task; std::uint32_t inside; };
struct BarrierLeft { ResourceId barrier; TaskId task; std::uint32_t inside; };
/// reset(), or abort() when `broken`: who waits is thrown out.
struct BarrierReset { ResourceId barrier; bool broken; };

/// `items`: how many are in the queue. An item counts as unfinished until ItemDone.
struct ItemPut { ResourceId queue; std::uint32_t items; };
struct ItemTaken { ResourceId queue; std::uint32_t items; };
/// task_done() was called; so many items are still unfinished.
struct ItemDone { ResourceId queue; std::uint32_t unfinished; };
/// No more items come in. Everybody who waits at the queue is woken next, and looks again.
struct QueueClosed { ResourceId queue; std::uint32_t items; std::uint32_t unfinished; };

// Blocks with something around them; ScopeInfo names the task that runs the block.

struct ScopeEntered { ScopeId scope; };
/// `throws`: an exception leaves the block with it.
struct ScopeLeft { ScopeId scope; bool throws; };
/// The group made the task and waits for it.
struct TaskAdopted { ScopeId group; TaskId task; };
/// The group takes no more tasks and asks those that it has to stop, because `because` failed; none
/// when the exception came from the block itself, or from its wait for the tasks.
struct GroupAborted { ScopeId group; TaskId because; };
/// Never, when there is no moment.
struct DeadlineSet { ScopeId timeout; std::optional<TimePoint> when; };
/// The time is up: the task that runs the block is asked to stop.
struct TimeoutExpired { ScopeId timeout; };

/// A watched variable has this value now.
struct ValueChanged { WatchId watch; std::string_view text; };

// Threads and processes beside the loop's own thread. What they do happens while the loop sleeps,
// computes or blocks, so the step in progress has no part in it. Where WorkerInfo::shares_gil, a
// thread runs Python code only while it holds the interpreter lock; so does the loop's thread.

/// A thread was started, or a process began to start up.
struct WorkerStarted { WorkerId worker; };
/// A process has started up.
struct WorkerReady { WorkerId worker; };
/// It takes no more calls.
struct WorkerEnded { WorkerId worker; };

/// A call was handed to an executor; it waits, first in first out, until a worker is free.
struct CallQueued { CallId call; };
/// Its arguments are on their way to a process; those of several calls travel one after the other.
struct CallSent { CallId call; };
/// They are there, but no process takes them out before all that were sent together are there.
struct CallArrived { CallId call; };
struct CallBegan { CallId call; WorkerId worker; };
/// The function has returned or thrown; the loop will be told by a callback.
struct CallEnded { CallId call; WorkerId worker; FutureEnd how; };
/// Given up before it began, so no worker will run it.
struct CallCancelled { CallId call; };

/// The call that the worker runs computes for `span`, or blocks for it. Computing takes longer when
/// it has to share the interpreter or the cores.
struct WorkerWorkBegan { WorkerId worker; WorkKind kind; Duration span; };
struct WorkerWorkEnded { WorkerId worker; WorkKind kind; };

/// The thread has the interpreter lock now, the loop's own for none. Told when it had to wait for
/// it, or when time passes with it; a lock that is free for the asking is no news.
struct GilTaken { WorkerId worker; };
/// The thread gave it up by itself.
struct GilReleased { WorkerId worker; };

/// The selector found the loop's own pipe readable, into which another thread had written, so the
/// callback that empties it joined the end of the ready queue.
struct LoopWoken { HandleId handle; };

/// A text was printed; by a worker if one is named, by a plain callback when there is no task either.
struct Noted { TaskId task; std::string_view text; WorkerId worker = {}; };

using Fact = std::variant<
    LoopPhaseEntered, IterationBegan, SelectEntered, SelectReturned, LoopStuck,
    TaskCreated, TaskStepped, TaskSuspended, TaskYielded, TaskWoken,
    TaskFinished, TaskFailed, TaskCancelled, CancelRequested, CancelTakenBack,
    CoroutineEntered, CoroutineLeft, CoroutineNeverAwaited,
    FutureCreated, FutureResolved, ExceptionRetrieved, ExceptionNeverRetrieved,
    CallbackScheduled, CallbackRan, CallbackReturned, CallbackFailed, CallbackSkipped, CallbackCancelled,
    TimerScheduled, TimerFired, TimerCancelled, TimerDropped, TimersRebuilt,
    IoStarted, IoReady, BytesArrived, IoCancelled, WorkBegan, WorkEnded, SlowTurnReported,
    ResourceAcquired, ResourceReleased, EventSet, EventCleared, ConditionNotified,
    BarrierArrived, BarrierLeft, BarrierReset, ItemPut, ItemTaken, ItemDone, QueueClosed,
    ScopeEntered, ScopeLeft, TaskAdopted, GroupAborted, DeadlineSet, TimeoutExpired,
    ValueChanged,
    WorkerStarted, WorkerReady, WorkerEnded,
    CallQueued, CallSent, CallArrived, CallBegan, CallEnded, CallCancelled,
    WorkerWorkBegan, WorkerWorkEnded, GilTaken, GilReleased, LoopWoken, Noted>;

/// One fact with its moment and, where the program's own line is known, its place.
struct TraceEvent {
    TimePoint when;
    PlaceId place = PlaceId::None;
    Fact fact;
};

/// Lets a visitor be written as one lambda per fact, so that a new fact does not compile until
/// every fold has an opinion about it.
template <class... F>
struct Overloaded : F... {
    using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

} // namespace loopscope
