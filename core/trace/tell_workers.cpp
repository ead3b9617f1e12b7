#include "core/trace/telling.h"

#include "core/base/format.h"

#include <algorithm>

namespace loopscope {
namespace {

bool is_process(const Telling& t, WorkerId worker) { return t.trace().worker(worker).kind == WorkerKind::Process; }

/// Calls of the same executor that stand before this one.
std::size_t calls_before(const Telling& t, CallId call)
{
    std::size_t before = 0;
    for (const QueuedCallSnapshot& queued : t.after().queued_calls)
        if (queued.call < call && t.trace().call(queued.call).pool == t.trace().call(call).pool)
            ++before;
    return before;
}

/// Threads that may not go on before they have the interpreter.
std::string kept_waiting(const Telling& t)
{
    const auto waiting = static_cast<std::size_t>(
        std::count_if(t.after().workers.begin(), t.after().workers.end(),
                      [](const WorkerSnapshot& w) { return w.state == WorkerState::WaitingForGil; }));
    return waiting == 0 ? std::string()
                        : " " + capitalized(format_count(waiting, "other thread")) + " "
            + (waiting == 1 ? "waits" : "wait") + " for it.";
}

std::string ended_words(FutureEnd how)
{
    return how == FutureEnd::Exception ? "with an exception" : "with a result";
}

} // namespace

Explanation tell(const Telling& t, const WorkerStarted& f)
{
    const std::string name(t.trace().worker(f.worker).name);
    if (is_process(t, f.worker))
        return {"process starts up → " + name,
                "The executor starts the process " + name + ". It starts up beside the loop, which stays free.", {}};
    return {"thread started → " + name,
            "None of the executor's threads was idle and it may have one more, so it starts the thread " + name + ".", {}};
}

Explanation tell(const Telling& t, const WorkerReady& f)
{
    return {"process is up", capitalized(t.worker(f.worker)) + " has started up and can take calls.", {}};
}

Explanation tell(const Telling& t, const WorkerEnded& f)
{
    return {"worker ended",
            "The executor was shut down and no call is left for " + t.worker(f.worker) + ", so it ends.", {}};
}

Explanation tell(const Telling& t, const CallQueued& f)
{
    const CallInfo& info = t.trace().call(f.call);
    const std::size_t before = calls_before(t, f.call);
    const std::string whose = t.trace().future(info.future).kind == FutureKind::Process ? "a process" : "a thread";
    return {"call handed over",
            (info.task ? t.name(info.task) : t.actor_first()) + " hands a function to an executor" + t.at_line()
                + ", to be called in " + whose + ". "
                + (before == 0 ? "No other call stands before it." : format_count(before, "other call") + " "
                       + (before == 1 ? "stands" : "stand") + " before it."), {}};
}

Explanation tell(const Telling& t, const CallSent& f)
{
    return {"arguments travel", "The arguments of " + t.call(f.call) + " are packed and travel to the processes.", {}};
}

Explanation tell(const Telling& t, const CallArrived& f)
{
    return {"arguments have arrived", "The arguments of " + t.call(f.call) + " have arrived with the processes.", {}};
}

Explanation tell(const Telling& t, const CallBegan& f)
{
    const std::string where = is_process(t, f.worker) ? "in another process, with an interpreter of its own"
                                                      : "in another thread, while the loop goes on";
    return {std::string(t.trace().worker(f.worker).name) + " begins a call",
            capitalized(t.worker(f.worker)) + " begins " + t.call(f.call) + ": the function runs " + where + ".", {}};
}

Explanation tell(const Telling& t, const CallEnded& f)
{
    return {std::string(t.trace().worker(f.worker).name) + " ends a call",
            capitalized(t.call(f.call)) + " has ended " + ended_words(f.how) + " in " + t.worker(f.worker)
                + ". The loop learns of it by a callback that is put in its ready queue.", {}};
}

Explanation tell(const Telling& t, const CallCancelled& f)
{
    return {"call given up", capitalized(t.call(f.call)) + " had not begun and nobody wants it any more, so no worker will run it.", {}};
}

Explanation tell(const Telling& t, const WorkerWorkBegan& f)
{
    const std::string name(t.trace().worker(f.worker).name);
    const std::string span = format_duration(f.span);
    if (f.kind == WorkKind::Blocking)
        return {name + " blocks", name + " waits for " + span + t.at_line() + ". Only this worker is held up; the loop stays free.", {}};
    const std::string with = t.trace().worker(f.worker).shares_gil
        ? " It needs the interpreter for that, which only one thread can have at a time."
        : " It runs beside the loop.";
    return {name + " computes", name + " computes for " + span + t.at_line() + "." + with, {}};
}

Explanation tell(const Telling& t, const WorkerWorkEnded& f)
{
    const std::string name(t.trace().worker(f.worker).name);
    return {name + (f.kind == WorkKind::Computing ? " has computed" : " has stopped blocking"),
            name + (f.kind == WorkKind::Computing ? " has computed" : " has waited") + " and goes on with its function.", {}};
}

Explanation tell(const Telling& t, const GilTaken& f)
{
    const std::string who = f.worker ? std::string(t.trace().worker(f.worker).name) : "the loop";
    return {"interpreter → " + who,
            capitalized(t.worker(f.worker)) + " has the interpreter lock now: it alone runs Python code." + kept_waiting(t), {}};
}

Explanation tell(const Telling& t, const GilReleased& f)
{
    return {"interpreter is free",
            capitalized(t.worker(f.worker)) + " does not need the interpreter any more and gives up its lock." + kept_waiting(t), {}};
}

Explanation tell(const Telling& t, const LoopWoken&)
{
    return {"loop woken by another thread",
            "The selector found the loop's own pipe readable, because another thread had written to it. The callback that empties it "
                + t.joins_queue() + ".", {}};
}

} // namespace loopscope
