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

/// Why a callback stands in the ready queue or the timer heap.
enum class CallbackKind : std::uint8_t {
    Plain,     ///< given to call_soon, call_later or call_at by the program
    SleepEnds, ///< the timer of a sleep
    Done,      ///< a done callback of a future
    Reader,    ///< the selector found a socket readable
    Timeout,   ///< the deadline of a timeout
    Stop,      ///< main is done: the loop stops after this iteration
    Thread,    ///< another thread asked for it
};

enum class WorkKind : std::uint8_t {
    Computing, ///< holds the thread and uses it
    Blocking,  ///< holds the thread and only waits
};

/// The life of the loop, seen from asyncio.run().
enum class LoopPhase : std::uint8_t { Created, Running, CancellingLeftovers, Stopped, Closed };

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

/// The running task awaited a coroutine directly: it runs inside the same task, with no turn of
/// the loop. `place` of the event is the await.
struct CoroutineEntered { TaskId task; std::string_view name; };
struct CoroutineLeft { TaskId task; bool threw; };

/// A coroutine object was dropped without having been awaited, so nothing of it ever ran.
struct CoroutineNeverAwaited { std::string_view name; };

/// Only for futures made by the program; others appear when somebody waits for them.
struct FutureCreated { FutureId future; };
struct FutureResolved { FutureId future; FutureEnd how; };

/// The task or future failed and was dropped before anybody asked for its exception.
struct ExceptionNeverRetrieved { FutureId future; };

/// A callback joined the end of the ready queue; one set by a timer or a socket has its own fact.
struct CallbackScheduled { HandleId handle; };
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

/// A request is on its way: the network works, the loop is free.
struct IoStarted { ChannelId channel; TaskId task; };
/// The selector found the socket ready, so its callback joined the end of the ready queue.
struct IoReady { ChannelId channel; HandleId handle; };
/// Nobody waits for it any more.
struct IoCancelled { ChannelId channel; };

/// The running step holds the thread; nobody else can run until the work ends.
struct WorkBegan { TaskId task; WorkKind kind; Duration span; };
struct WorkEnded { TaskId task; WorkKind kind; };

/// In debug mode: the turn of a task or, without one, of a callback held the thread for so long that
/// the loop reports it.
struct SlowTurnReported { TaskId task; HandleId handle; Duration span; };

/// A text was printed; by a plain callback when there is no task.
struct Noted { TaskId task; std::string_view text; };

using Fact = std::variant<
    LoopPhaseEntered, IterationBegan, SelectEntered, SelectReturned, LoopStuck,
    TaskCreated, TaskStepped, TaskSuspended, TaskYielded, TaskWoken,
    TaskFinished, TaskFailed, TaskCancelled, CancelRequested,
    CoroutineEntered, CoroutineLeft, CoroutineNeverAwaited,
    FutureCreated, FutureResolved, ExceptionNeverRetrieved,
    CallbackScheduled, CallbackRan, CallbackReturned, CallbackFailed, CallbackSkipped, CallbackCancelled,
    TimerScheduled, TimerFired, TimerCancelled, TimerDropped, TimersRebuilt,
    IoStarted, IoReady, IoCancelled, WorkBegan, WorkEnded, SlowTurnReported, Noted>;

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
