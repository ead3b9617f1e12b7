#pragma once

#include "core/trace/shared_spans.h"
#include "core/trace/trace.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace loopscope {

/// What a lane does over a stretch of the run.
enum class SpanKind : std::uint8_t {
    Ready,      ///< stands in the ready queue
    Running,    ///< has the thread
    Computing,  ///< has the thread and computes; time passes
    Blocking,   ///< has the thread and only waits; time passes for everybody
    Waiting,    ///< suspended at an await
    Selecting,  ///< the loop sleeps in the selector
    InFlight,   ///< the network is busy with a request
    StartingUp, ///< a process, before it can take a call
    WaitingForGil, ///< a thread may not go on before it has the interpreter
    Queued,     ///< a call waits for a free worker
    Sending,    ///< the arguments of a call travel to a process
};

/// A stretch of one lane between two facts. Positions count facts: a span covers what lies between
/// the fact `begin` and the fact `end`, so that it has a length also where time stands still.
struct Span {
    SpanKind kind = SpanKind::Running;
    std::size_t begin = 0; ///< index of the fact that opened it
    std::size_t end = 0;   ///< index of the fact that closed it; size() of the trace if none did
    TimePoint from = {};
    TimePoint to = {};
    TaskId task = {};           ///< whose span it is; for the loop's lane, who was running
    HandleId handle = {};       ///< the callback that was running, on the loop's lane
    FutureId on = {};           ///< while Waiting
    ChannelId channel = {};     ///< while InFlight
    WorkerId worker = {};       ///< whose span it is; for a call, who ran it in the end
    CallId call = {};           ///< the call that the worker runs, or that is Queued or Sending
    StackId stack = StackId::Empty; ///< while Waiting, or Ready after a wait: where it goes on
    /// Between a cancel request and the end of the task; for a request in flight, that it was given
    /// up; for a call that was queued, likewise.
    bool cancelling = false;

    friend bool operator==(const Span&, const Span&) = default;
};

/// How a task's lane ends.
struct LaneEnd {
    enum class Kind : std::uint8_t { Open, Finished, Failed, Cancelled } kind = Kind::Open;
    std::size_t step = 0;
    TimePoint when = {};

    friend bool operator==(const LaneEnd&, const LaneEnd&) = default;
};

/// One task's life.
struct TaskLane {
    TaskId task = {};
    std::size_t created = 0; ///< index of its TaskCreated
    TimePoint created_at = {};
    std::vector<Span> spans = {}; ///< in order, without overlap
    LaneEnd end = {};
};

/// One thread's or process's life.
struct WorkerLane {
    WorkerId worker = {};
    std::size_t started = 0; ///< index of its WorkerStarted
    TimePoint started_at = {};
    std::vector<Span> spans = {}; ///< in order, without overlap; nothing while it has no call
    std::optional<std::size_t> ended = {}; ///< index of its WorkerEnded
};

/// Who had the interpreter lock, from when to when.
struct GilSpan {
    WorkerId worker = {}; ///< none for the loop's own thread
    CallId call = {};     ///< what it ran then
    std::size_t begin = 0, end = 0;
    TimePoint from = {}, to = {};

    friend bool operator==(const GilSpan&, const GilSpan&) = default;
};

/// Why a task became ready. A wake by a future that several steps led to names the deciding fact:
/// of a gather, the end of the child that ended last.
struct Cause {
    enum class Kind : std::uint8_t { Created, Timer, Io, Task, Future, Cancel, Turn, Worker } kind = Kind::Created;
    std::size_t from_step = 0; ///< the fact that caused it (a TimerFired, an IoReady, a TaskFinished…)
    std::size_t to_step = 0;   ///< the fact by which the task became ready
    TaskId from_task = {};       ///< the task that caused it, if one did
    ChannelId from_channel = {}; ///< the socket that caused it, if one did
    WorkerId from_worker = {};   ///< the thread or process that caused it, if one did
    TaskId to_task = {};

    friend bool operator==(const Cause&, const Cause&) = default;
};

/// Who was in which state from when to when, for every lane of a run.
struct RunSpans {
    std::vector<Span> loop;            ///< Running / Computing / Blocking / Selecting, in order
    std::vector<TaskLane> tasks;       ///< in the order of creation
    std::vector<Span> network;         ///< InFlight, in the order in which they began; they overlap
    std::vector<WorkerLane> workers;   ///< in the order in which they were started
    std::vector<Span> calls;           ///< Queued and Sending, in the order in which they began; they overlap
    std::vector<GilSpan> gil;          ///< in order, without overlap
    std::vector<Cause> causes;         ///< in the order of to_step
    SharedSpans shared;                ///< blocks, values, what tasks share, the loop's life
    std::size_t facts = 0;             ///< size() of the trace
    TimePoint end = {};                ///< moment of the last fact
};

[[nodiscard]] RunSpans spans_of(const Trace& trace);

} // namespace loopscope
