#include "core/trace/telling.h"

#include "core/base/format.h"

#include <algorithm>

namespace loopscope {
namespace {

/// Why a wait at a queue is over. Whether the item or the room is still there when the task has its
/// turn is another matter.
std::string queue_phrase(const Telling& t, const FutureInfo& wait)
{
    if (!wait.resource)
        return std::string(wait.label) + " may go on";
    const std::string queue = t.resource(wait.resource);
    const ResourceSnapshot* state = t.after().resource(wait.resource);
    if (wait.end == QueueEnd::Join)
        return "no item of " + queue + " was left unfinished";
    if (state && std::get<QueueSnapshot>(state->state).shut_down)
        return queue + " was shut down";
    return wait.end == QueueEnd::Get ? "an item was put into " + queue : "an item was taken from " + queue;
}

/// "the timer of sleep 1.0 s is due": why a task goes on, when a future brings it.
std::string ended_phrase(const Telling& t, FutureId future, FutureEnd how)
{
    const FutureInfo& info = t.trace().future(future);
    const std::string what = t.awaited(future);
    if (how == FutureEnd::Cancelled)
        return (is_only_a_wait(info.kind) ? "the wait for " : "") + what + " was cancelled";
    if (how == FutureEnd::Exception)
        return what + " failed";
    switch (info.kind) {
    case FutureKind::Sleep: return t.its(future) + " is over";
    case FutureKind::Task: return what + " has ended";
    case FutureKind::Io: return what + (info.label == "connect" ? " is made" : " is here");
    case FutureKind::Gather: return "all of " + what + " have ended";
    case FutureKind::Lock: return what + " is free for it";
    case FutureKind::Event: return what + " is set";
    case FutureKind::Condition: return what + " was notified";
    case FutureKind::Semaphore: return what + " has a place for it";
    case FutureKind::Barrier: return what + " has opened";
    case FutureKind::Group: return "all tasks of the group have ended";
    case FutureKind::Plain: return what == "a future" ? "its future has a result" : what + " has a result";
    case FutureKind::Queue: return queue_phrase(t, info);
    case FutureKind::Wait:
    case FutureKind::Shield: return what + " is done";
    case FutureKind::Thread:
    case FutureKind::Process: return what + " is here";
    }
    return what + " is done";
}

/// Whether cancelling what is awaited asks others to stop first.
bool passes_requests_on(FutureKind kind)
{
    return kind == FutureKind::Task || kind == FutureKind::Gather;
}

/// Why a task has to wait: "which is not done yet".
std::string why_not_yet(const Telling& t, FutureId future)
{
    switch (t.trace().future(future).kind) {
    case FutureKind::Io: return t.trace().future(future).label == "connect" ? "which is not made yet" : "which is not here yet";
    case FutureKind::Lock: return "which is not free";
    case FutureKind::Event: return "which is not set yet";
    case FutureKind::Condition: return "which nobody has notified yet";
    case FutureKind::Semaphore: return "which has no free place";
    case FutureKind::Barrier: return "which is not open yet";
    case FutureKind::Group: return "which has not come yet";
    case FutureKind::Queue:
        switch (t.trace().future(future).end) {
        case QueueEnd::Get: return "which is empty";
        case QueueEnd::Put: return "which is full";
        case QueueEnd::Join: return "which is still to come";
        case QueueEnd::None: break;
        }
        break;
    case FutureKind::Plain:
    case FutureKind::Task:
    case FutureKind::Sleep:
    case FutureKind::Gather:
    case FutureKind::Wait:
    case FutureKind::Shield:
    case FutureKind::Thread:
    case FutureKind::Process: break;
    }
    return "which is not done yet";
}

/// The end of a task that ended something made of several: "nap-2, the last of gather(…), has ended".
std::string last_of_several(const Telling& t, const TaskWoken& f, const Cause& cause)
{
    const std::string task = t.name(cause.from_task);
    const std::string several = t.awaited(f.by);
    const Fact end = t.trace()[cause.from_step].fact;
    const std::string ended = std::holds_alternative<TaskFailed>(end) ? " has failed"
        : std::holds_alternative<TaskCancelled>(end)                  ? " was cancelled"
                                                                      : " has ended";
    if (f.how == FutureEnd::Exception)
        return task + ended + ", and " + several + " passes that on";
    switch (t.trace().future(f.by).kind) {
    case FutureKind::Gather: return task + ", the last of " + several + "," + ended;
    case FutureKind::Group: return task + ", the last task of the group," + ended;
    case FutureKind::Queue: return task + ended + ", and so " + ended_phrase(t, f.by, f.how);
    default: return task + ended + ", which ends " + several;
    }
}

/// The deciding fact of a wake, after "because": "the timer of sleep 1.0 s was due".
std::string cause_phrase(const Telling& t, const TaskWoken& f)
{
    const Cause* cause = t.cause();
    const FutureInfo& future = t.trace().future(f.by);
    const std::string ended = ended_phrase(t, f.by, f.how);
    if (!cause)
        return ended;
    switch (cause->kind) {
    case Cause::Kind::Timer: {
        const TraceEvent event = t.trace()[cause->from_step];
        const std::string due = t.timer(std::get<TimerFired>(event.fact).handle) + " was due";
        return future.kind == FutureKind::Sleep ? due : due + ", and with it " + ended;
    }
    case Cause::Kind::Io:
        return t.socket(cause->from_channel) + " was " + std::string(t.what_for(cause->from_channel)) + ": " + ended;
    case Cause::Kind::Task:
        return future.task == cause->from_task ? ended : last_of_several(t, f, *cause);
    case Cause::Kind::Worker:
        return std::string(t.trace().worker(cause->from_worker).name)
            + (future.call ? " has ended the function" : " has asked the loop for a callback") + ": " + ended;
    case Cause::Kind::Future:
        return ended + (cause->from_task ? ", thanks to " + t.name(cause->from_task) : std::string());
    case Cause::Kind::Cancel: {
        const bool other = cause->from_task && cause->from_task != f.task;
        const TraceEvent event = t.trace()[cause->from_step];
        const auto* request = std::get_if<CancelRequested>(&event.fact);
        if (!request)
            return (other ? t.name(cause->from_task) + " has cancelled " : "somebody has cancelled ") + t.awaited(f.by);
        const std::string cancelled
            = ", which has cancelled " + (future.kind == FutureKind::Sleep ? t.its(f.by) : "its wait for " + t.awaited(f.by));
        if (other && !request->by) // a task group that one of them has left with an exception
            return t.name(cause->from_task) + " has failed, and therefore it was asked to stop" + cancelled;
        return (other ? t.name(cause->from_task) + " asked it to stop" : "it was asked to stop") + cancelled;
    }
    case Cause::Kind::Created:
    case Cause::Kind::Turn: return ended;
    }
    return ended;
}

std::string wake_headline(const Telling& t, const TaskWoken& f)
{
    const Cause* cause = t.cause();
    const std::string wakes = " → " + t.name(f.task) + " wakes";
    switch (cause ? cause->kind : Cause::Kind::Future) {
    case Cause::Kind::Timer: return "timer fired" + wakes;
    case Cause::Kind::Io: return "I/O ready" + wakes;
    case Cause::Kind::Task: return t.name(cause->from_task) + " ended" + wakes;
    case Cause::Kind::Cancel: return "cancelled" + wakes;
    case Cause::Kind::Worker: return std::string(t.trace().worker(cause->from_worker).name) + " is done" + wakes;
    case Cause::Kind::Future:
    case Cause::Kind::Created:
    case Cause::Kind::Turn: break;
    }
    if (f.how == FutureEnd::Result)
        return "future done" + wakes;
    return std::string(noun_of(t.trace().future(f.by))) + (f.how == FutureEnd::Cancelled ? " cancelled" : " failed") + wakes;
}

/// Who is told that a task has ended: "main, which awaits it, is woken next."
std::string followers(const Telling& t, TaskId task)
{
    if (!t.looks_ahead())
        return {};
    const FutureId future = t.trace().task(task).future;
    const std::vector<ReadyItem> sent = future ? t.sent_by(future) : std::vector<ReadyItem>();
    if (sent.empty())
        return "Nobody waits for it.";
    const auto* callback = std::get_if<HandleId>(&sent.front());
    if (callback && t.trace().handle(*callback).kind == CallbackKind::Stop)
        return t.after().phase == LoopPhase::JoiningThreads ? "All threads have ended, so the loop will stop."
                                                            : "It was the main task, so the loop will stop.";
    return t.they_join(sent, "await it");
}

/// What a step of a task that goes on after a wait brings to its await.
std::string brought(const Telling& t, const TaskStepped& f, const TaskWoken& woken)
{
    const std::string ended = ended_phrase(t, woken.by, woken.how);
    const std::string line = t.at_line_of(f.task);
    if (!f.throws)
        return ended + ", so it goes on" + line + ".";
    if (t.was_asked_to_stop(f.task))
        return "it was asked to stop, so its await" + line + " throws CancelledError.";
    if (woken.how == FutureEnd::Cancelled)
        return ended + ", so its await" + line + " throws CancelledError.";
    return ended + ", so its await" + line + " throws the exception.";
}

/// Where gather() stands, if it is what makes a task: its caller awaits it at the same line.
std::optional<std::string> gathered_at(const Telling& t, const TaskCreated& f)
{
    const Trace& trace = t.trace();
    const bool inside = t.event().place != PlaceId::None && trace.place(t.event().place).file.ends_with("asyncio/gather.h");
    for (std::size_t i = t.index() + 1; i < trace.size(); ++i) {
        const TraceEvent event = trace[i];
        if (std::holds_alternative<TaskCreated>(event.fact))
            continue;
        const auto* suspended = std::get_if<TaskSuspended>(&event.fact);
        const bool awaited = suspended && suspended->task == f.parent && trace.future(suspended->on).kind == FutureKind::Gather
            && (inside || event.place == t.event().place);
        if (awaited)
            return t.at_place(event.place);
        break;
    }
    return inside ? std::optional(t.at_line()) : std::nullopt;
}

/// Whether the task makes its first step inside the one that has made it.
bool starts_at_once(const Telling& t, TaskId task)
{
    const std::optional<TraceEvent> before = t.became_ready(task);
    const auto* created = before ? std::get_if<TaskCreated>(&before->fact) : nullptr;
    return created && created->eager;
}

/// Whether anybody had a turn since the task let the others go first.
bool others_had_turns(const Telling& t, TaskId task)
{
    for (std::size_t i = t.index(); i-- > 0;) {
        const Fact fact = t.trace()[i].fact;
        if (const auto* yielded = std::get_if<TaskYielded>(&fact); yielded && yielded->task == task)
            return false;
        if (std::holds_alternative<TaskStepped>(fact) || std::holds_alternative<CallbackRan>(fact))
            return true;
    }
    return false;
}

/// Whether all tasks of the group that the task is about to leave have ended, of which it may not know yet.
bool group_has_ended(const Telling& t, TaskId task)
{
    const std::vector<ScopeSnapshot>& scopes = t.after().scopes;
    const auto group = std::find_if(scopes.rbegin(), scopes.rend(), [&](const ScopeSnapshot& s) {
        const ScopeInfo& info = t.trace().scope(s.id);
        return info.task == task && info.kind == ScopeKind::TaskGroup;
    });
    return group != scopes.rend()
        && std::all_of(group->tasks.begin(), group->tasks.end(), [&](TaskId id) { return is_over(t.after().task(id).state); });
}

bool is_leaving(const Telling& t, TaskId task)
{
    if (t.after().running != task)
        return false;
    const std::vector<std::size_t> open = t.open_coroutines(task);
    if (open.empty())
        return false;
    const Fact fact = t.trace()[open.front()].fact;
    return std::get<CoroutineEntered>(fact).name == "aexit";
}

} // namespace

Explanation tell(const Telling& t, const TaskCreated& f)
{
    const std::string task = t.name(f.task);
    const std::string coroutine(t.trace().task(f.task).coroutine);
    const std::string of = (coroutine.empty() ? std::string("a coroutine") : coroutine + "()");
    const std::optional<std::string> gathers = f.parent ? gathered_at(t, f) : std::nullopt;
    const std::string who = gathers ? "gather() in " + t.name(f.parent) : t.actor_first();
    // By asyncio.run() or loop.run_until_complete(): the record does not tell them apart.
    const std::string made = (t.after().iteration == 0 && !f.parent ? "The first task is made of " + of : who + " makes a task of " + of + gathers.value_or(t.at_line()))
        + ": " + task + ". ";
    if (f.eager)
        return {"task created → " + task + " starts",
                made + "It is an eager one, so it starts at once, without a turn of its own.", {}};
    return {"task created → " + task + " is ready",
            made + "Nothing of it has run yet: its first step " + t.joins_queue() + ".", {}};
}

Explanation tell(const Telling& t, const TaskStepped& f)
{
    const std::string task = t.name(f.task);
    const std::optional<TraceEvent> before = t.became_ready(f.task);
    const auto* woken = before ? std::get_if<TaskWoken>(&before->fact) : nullptr;
    if (woken)
        return {f.throws ? task + "'s turn → its await throws" : task + "'s turn → it goes on",
                "The loop gives " + task + " its turn: " + brought(t, f, *woken), {}};
    if (before && std::holds_alternative<TaskYielded>(before->fact))
        return {f.throws ? task + "'s turn → its await throws" : task + "'s turn → it goes on",
                (others_had_turns(t, f.task) ? "The others have had their turn, and now it is " : "Nobody else was ready, so it is ")
                    + task + (others_had_turns(t, f.task) ? "'s again: " : "'s turn again: ")
                    + (f.throws ? "it was asked to stop meanwhile, so its await" + t.at_line_of(f.task) + " throws CancelledError."
                                : "it goes on" + t.at_line_of(f.task) + "."), {}};
    const std::string coroutine(t.trace().task(f.task).coroutine);
    if (f.throws)
        return {task + "'s first turn → cancelled",
                "The loop gives " + task + " its first turn, but it was cancelled before that, so not a line of it runs.", {}};
    if (starts_at_once(t, f.task)) {
        const TaskId parent = t.trace().task(f.task).parent;
        return {task + " starts at once",
                task + " starts " + (parent ? "inside " + t.name(parent) + "'s turn" : std::string("at once")) + ", at the top of "
                    + (coroutine.empty() ? "its coroutine" : coroutine + "()") + ", and goes on until it has to wait.", {}};
    }
    return {task + "'s first turn",
            "The loop gives " + task + " its first turn: it starts at the top of "
                + (coroutine.empty() ? "its coroutine" : coroutine + "()") + ".", {}};
}

Explanation tell(const Telling& t, const TaskSuspended& f)
{
    const std::string task = t.name(f.task);
    const std::string what = t.awaited(f.on);
    std::string until;
    for (const TimerSnapshot& timer : t.after().timers)
        if (!timer.cancelled && t.trace().handle(timer.handle).future == f.on)
            until = " until " + format_moment(timer.deadline);
    const std::string who = t.line_first(f.task) + task;
    const FutureKind kind = t.trace().future(f.on).kind;
    const std::string waits = kind == FutureKind::Sleep
        ? who + " begins " + what + " and is suspended" + until + "."
        : who + " awaits " + what + ", "
            + (kind == FutureKind::Group && group_has_ended(t, f.task) ? "which has not heard of the last end yet" : why_not_yet(t, f.on))
            + ", so it is suspended" + until + ".";
    if (t.after().running) // an eager one stops for the first time
        return {task + " is suspended", waits + " create_task() returns to " + t.name(t.after().running) + ", which goes on.", {}};
    return {task + " is suspended", waits + " The thread is free for others. " + t.next_in_queue(), {}};
}

Explanation tell(const Telling& t, const TaskYielded& f)
{
    const std::string task = t.name(f.task);
    const bool alone = t.after().ready.size() < 2;
    return {task + " lets the others go first",
            task + " calls sleep(0)" + t.at_line_of(f.task) + ": it waits for nothing and lets whoever is ready go first. "
                + (alone ? std::string(t.looks_ahead() ? "Nobody else is, so its turn comes again at once." : "")
                         : "It " + t.joins_queue() + "."), {}};
}

Explanation tell(const Telling& t, const TaskWoken& f)
{
    const std::string task = t.name(f.task);
    std::string sentence = task + " wakes because " + cause_phrase(t, f) + ". It " + t.joins_queue() + ".";
    if (f.how == FutureEnd::Cancelled)
        sentence += " Its await will throw CancelledError.";
    else if (f.how == FutureEnd::Exception)
        sentence += " Its await will throw the exception.";
    return {wake_headline(t, f), sentence, {}};
}

Explanation tell(const Telling& t, const TaskFinished& f)
{
    const std::string task = t.name(f.task);
    return {task + " has finished", task + " has come to its end. " + followers(t, f.task), {}};
}

Explanation tell(const Telling& t, const TaskFailed& f)
{
    const std::string task = t.name(f.task);
    const std::string error = std::string(f.type) + (f.message.empty() ? "" : ": " + std::string(f.message));
    const std::string follow = followers(t, f.task);
    return {task + " has failed",
            "An exception leaves " + task + ", so it has failed with " + error + ". "
                + (follow == "Nobody waits for it." ? "Nobody waits for it, so the error stays in the task." : follow), {}};
}

Explanation tell(const Telling& t, const TaskCancelled& f)
{
    const std::string task = t.name(f.task);
    return {task + " is cancelled", task + " has ended with CancelledError, so it counts as cancelled. " + followers(t, f.task), {}};
}

Explanation tell(const Telling& t, const CancelRequested& f)
{
    const std::string task = t.name(f.task);
    const TaskSnapshot& state = t.after().task(f.task);
    const std::string who = f.by ? t.name(f.by) : t.actor_first();
    std::string follows;
    if (f.by == f.task || state.state == TaskState::Running)
        follows = "It goes on for now; its next await that has to wait will throw CancelledError.";
    else if (state.state == TaskState::Waiting && passes_requests_on(t.trace().future(state.waiting_on).kind))
        follows = "It does not stop at once: the request is passed on to " + t.awaited(state.waiting_on) + ", which it awaits.";
    else if (state.state == TaskState::Waiting)
        follows = "It does not stop at once: what it awaits is cancelled, and its next turn brings CancelledError"
            + t.at_line_of(f.task) + ".";
    else
        follows = "It does not stop at once: it stands in the ready queue, and its turn will bring CancelledError.";
    return {"cancel() → " + task + " is asked to stop",
            who + " asks " + (f.by == f.task ? "itself" : task) + " to stop" + t.at_line() + ". " + follows, {}};
}

Explanation tell(const Telling& t, const CancelTakenBack& f)
{
    const std::string task = t.name(f.task);
    // A block that is left takes back what it has asked for itself.
    const std::vector<ScopeSnapshot>& scopes = t.after().scopes;
    const auto block = std::find_if(scopes.rbegin(), scopes.rend(),
                                    [&](const ScopeSnapshot& s) { return t.trace().scope(s.id).task == f.task; });
    const bool leaves = is_leaving(t, f.task) && block != scopes.rend();
    const std::string who = !leaves ? t.actor_first()
        : (t.trace().scope(block->id).kind == ScopeKind::TaskGroup ? "The task group of " : "The timeout of ") + task;
    return {task + " is spared",
            who + " takes back a request to stop " + (leaves ? "it" : who == task ? "itself" : task) + (leaves ? " (uncancel())" : t.at_line()) + ". "
                + (f.left == 0 ? task + " is not asked to stop any more."
                               : format_count(f.left, "request") + " " + std::string(is_or_are(f.left)) + " left."), {}};
}

} // namespace loopscope
