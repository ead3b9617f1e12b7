#include "core/trace/telling.h"

#include "core/base/format.h"

#include <algorithm>

namespace loopscope {
namespace {

/// Where a task entered the coroutine that it leaves now: the one that it entered last and has not left yet.
std::optional<std::size_t> entered_before(const Telling& t, TaskId task)
{
    int inner = 0;
    for (std::size_t i = t.index(); i-- > 0;) {
        const Fact fact = t.trace()[i].fact;
        if (const auto* left = std::get_if<CoroutineLeft>(&fact); left && left->task == task)
            ++inner;
        else if (const auto* entered = std::get_if<CoroutineEntered>(&fact); entered && entered->task == task && inner-- == 0)
            return i;
    }
    return std::nullopt;
}

/// The coroutines of which C++ makes an `async with`. In Python a reader sees none of them, so they are
/// told by what they do there.
enum class With { No, Whole, Enter, LetIn, Leave };

With part_of_with(const TraceEvent& entered, const Trace& trace)
{
    const std::string_view name = std::get<CoroutineEntered>(entered.fact).name;
    if (name == "async_with")
        return With::Whole;
    if (entered.place == PlaceId::None || !trace.place(entered.place).file.ends_with("asyncio/async_with.h"))
        return With::No;
    return name == "aenter" ? With::Enter : name == "acquire" ? With::LetIn : name == "aexit" ? With::Leave : With::No;
}

/// Who lets a task in: the lock or the semaphore that it took last.
std::string doorkeeper(const Telling& t, TaskId task, std::size_t entered)
{
    for (std::size_t i = t.index(); i-- > entered;) {
        const Fact fact = t.trace()[i].fact;
        if (const auto* acquired = std::get_if<ResourceAcquired>(&fact); acquired && acquired->task == task)
            return t.resource(acquired->resource);
    }
    return "what stands there";
}

/// Whether the future stands for one task's wait at something that tasks share, and not for that.
bool is_place(FutureKind kind)
{
    return kind == FutureKind::Group || kind == FutureKind::Lock || kind == FutureKind::Event
        || kind == FutureKind::Condition || kind == FutureKind::Semaphore || kind == FutureKind::Barrier
        || kind == FutureKind::Queue || kind == FutureKind::Thread || kind == FutureKind::Process;
}

/// What has become of a future: "the response of example.com has arrived".
std::string outcome(const Telling& t, FutureId future, FutureEnd how)
{
    std::string what = t.awaited(future);
    if (what.starts_with("a "))
        what.replace(0, 1, "the");
    if (how == FutureEnd::Exception)
        return what + " has failed";
    if (how == FutureEnd::Cancelled)
        return (is_place(t.trace().future(future).kind) ? "the wait for " : "") + what + " is cancelled";
    switch (t.trace().future(future).kind) {
    case FutureKind::Sleep: return what + " is over";
    case FutureKind::Io: return what + (t.trace().future(future).label == "connect" ? " is made" : " has arrived");
    case FutureKind::Gather: return what + " has all its results";
    case FutureKind::Group: return what + " has come";
    case FutureKind::Lock: return what + " is free";
    case FutureKind::Event: return what + " is set";
    case FutureKind::Condition: return what + " is notified";
    case FutureKind::Semaphore: return what + " has a free place";
    case FutureKind::Barrier: return what + " opens";
    case FutureKind::Plain:
    case FutureKind::Task: return what + " has its result";
    case FutureKind::Queue: return "the wait for " + what + " is over";
    case FutureKind::Wait: break;
    case FutureKind::Thread:
    case FutureKind::Process: return what + (t.trace().future(future).call ? " is here" : " has come");
    case FutureKind::Shield: break;
    }
    return what + " is done";
}

/// What the end of a future sets going.
std::string followers(const Telling& t, FutureId future)
{
    if (!t.looks_ahead())
        return {};
    const std::vector<TaskId> woken = t.woken_by(future);
    const std::vector<HandleId> called = t.called_by(future);
    if (!woken.empty())
        return t.names(woken) + (woken.size() == 1 ? ", which waits for it, joins" : ", which wait for it, join") + " the ready queue next.";
    if (!called.empty())
        return capitalized(t.callback(called.front())) + " joins the ready queue next.";
    return "Nobody waits for it.";
}

/// The work that ends now, as it began; it stands right before its end unless a recording says more.
std::optional<WorkBegan> begun_work(const Telling& t, TaskId task)
{
    for (std::size_t i = t.index(); i-- > 0;) {
        const Fact fact = t.trace()[i].fact;
        if (const auto* began = std::get_if<WorkBegan>(&fact); began && began->task == task)
            return *began;
    }
    return std::nullopt;
}

Explanation tell_with_left(const Telling& t, const CoroutineLeft& f, std::size_t entered, With part)
{
    const std::string task = t.name(f.task);
    const std::string at = t.at_line();
    const std::string same_turn = ", in the same turn.";
    switch (part) {
    case With::LetIn: {
        if (f.threw)
            return {task + " is not let in", "An exception ends the wait of " + task + " to be let in" + at + ".", {}};
        const std::string who = doorkeeper(t, f.task, entered);
        return {who + " has let " + task + " in", capitalized(who) + " has let " + task + " in" + at + ", so it goes on into the block" + same_turn, {}};
    }
    case With::Enter:
        if (f.threw)
            return {"async with cannot be entered", "An exception keeps " + task + " out of the async with" + at + ".", {}};
        return {task + " has entered async with", "The async with is entered, so " + task + " goes on" + at + " into its block" + same_turn, {}};
    case With::Leave:
        if (f.threw)
            return {"leaving async with has thrown", "Leaving the async with throws an exception in " + task + at + ".", {}};
        return {task + " has left async with", "The async with is left, so " + task + " goes on" + at + same_turn, {}};
    case With::Whole:
    case With::No: break;
    }
    if (f.threw)
        return {"async with has thrown", "An exception leaves the async with, so " + task + " gets it" + at + ".", {}};
    return {"async with is over", "The async with is over, so " + task + " goes on behind it" + at + same_turn, {}};
}

/// What became due while the thread was held.
std::string missed(const Telling& t)
{
    const std::vector<TimerSnapshot> timers = t.after().pending_timers();
    const auto due = static_cast<std::size_t>(
        std::count_if(timers.begin(), timers.end(), [&](const TimerSnapshot& timer) { return timer.deadline <= t.event().when; }));
    const std::size_t ready = t.after().ready.size();
    if (due == 0 && ready == 0)
        return " Nobody had to wait for that.";
    std::vector<std::string> words;
    if (ready > 0)
        words.push_back(format_count(ready, "turn"));
    if (due > 0)
        words.push_back(format_count(due, "due timer"));
    return " " + format_list(words) + " had to wait meanwhile.";
}

} // namespace

Explanation tell(const Telling& t, const CoroutineEntered& f)
{
    const std::string coroutine = std::string(f.name) + "()";
    const std::string task = t.name(f.task);
    switch (part_of_with(t.event(), t.trace())) {
    case With::Whole:
        return {task + " comes to async with",
                task + " comes to an async with" + t.at_line() + ": first it is entered, then its block runs, then it is left.", {}};
    case With::Enter:
        return {task + " enters async with", task + " enters the async with" + t.at_line() + ", on the spot, inside its own turn.", {}};
    case With::LetIn:
        return {task + " asks to be let in", task + " asks to be let in" + t.at_line() + ", on the spot, inside its own turn.", {}};
    case With::Leave:
        return {task + " leaves async with", task + " leaves the async with" + t.at_line() + ", on the spot, inside its own turn.", {}};
    case With::No: break;
    }
    return {task + " awaits " + coroutine,
            task + " awaits " + coroutine + t.at_line() + ": it runs on the spot, inside " + task
                + ", and nobody else has a turn in between.", {}};
}

Explanation tell(const Telling& t, const CoroutineLeft& f)
{
    const std::string task = t.name(f.task);
    const std::optional<std::size_t> entered = entered_before(t, f.task);
    if (const With part = entered ? part_of_with(t.trace()[*entered], t.trace()) : With::No; part != With::No)
        return tell_with_left(t, f, *entered, part);
    const std::string coroutine = entered ? std::string(std::get<CoroutineEntered>(t.trace()[*entered].fact).name) + "()" : "the coroutine";
    if (f.threw)
        return {coroutine + " has thrown", "An exception leaves " + coroutine + ", so the await in " + task + t.at_line() + " throws it.", {}};
    return {coroutine + " has returned", coroutine + " has returned, so " + task + " goes on" + t.at_line() + " with its result, in the same turn.", {}};
}

Explanation tell(const Telling&, const CoroutineNeverAwaited& f)
{
    return {"coroutine never awaited",
            "The coroutine " + std::string(f.name) + "() was made but never awaited, so nothing of it ever ran.", {}};
}

Explanation tell(const Telling& t, const FutureCreated& f)
{
    return {"future created", t.actor_first() + " makes " + t.awaited(f.future) + t.at_line() + ": a result that is still to come.", {}};
}

Explanation tell(const Telling& t, const FutureResolved& f)
{
    // Functions and queues are called by their names, which keep their first letter.
    const FutureKind kind = t.trace().future(f.future).kind;
    const bool function = t.trace().future(f.future).label.ends_with("()"); // drain()
    const bool by_name = function || kind == FutureKind::Gather || kind == FutureKind::Wait || kind == FutureKind::Shield
        || (kind == FutureKind::Queue && f.how != FutureEnd::Cancelled && !t.trace().future(f.future).resource);
    const std::string ended = outcome(t, f.future, f.how);
    return {kind == FutureKind::Sleep && f.how == FutureEnd::Result ? "sleep is over" : "future done",
            (by_name ? ended : capitalized(ended)) + ". " + followers(t, f.future), {}};
}

Explanation tell(const Telling& t, const ExceptionRetrieved& f)
{
    const bool in_turn = t.after().running || t.after().running_handle;
    return {"exception noticed",
            (in_turn ? t.actor_first() : std::string("Whoever runs the loop")) + " takes notice of the failure of "
                + t.awaited(f.future) + ", so it is not lost.", {}};
}

Explanation tell(const Telling& t, const ExceptionNeverRetrieved& f)
{
    return {"nobody asked for the exception",
            t.awaited(f.future) + " failed and was dropped before anybody asked for its exception: the error is lost.", {}};
}

Explanation tell(const Telling& t, const WorkBegan& f)
{
    const std::string who = f.task ? t.name(f.task) : t.actor_first();
    const std::string span = format_duration(f.span);
    const std::string end = format_moment(t.event().when + f.span);
    if (t.trace().worker_count() > 0) { // they go on, and may make it take longer
        if (f.kind == WorkKind::Computing)
            return {who + " computes", who + " computes for " + span + t.at_line() + ". It holds the loop's thread, so no other task can run before that is done.", {}};
        return {who + " blocks the thread",
                who + " waits for " + span + t.at_line() + " without giving up the loop's thread, so no other task can run before that is over.", {}};
    }
    if (f.kind == WorkKind::Computing)
        return {who + " computes", who + " computes for " + span + t.at_line() + ". It holds the thread, so nobody else can run until " + end + ".", {}};
    return {who + " blocks the thread",
            who + " waits for " + span + t.at_line() + " without giving up the thread, so nobody else can run until " + end + ".", {}};
}

Explanation tell(const Telling& t, const WorkEnded& f)
{
    const std::string who = f.task ? t.name(f.task) : t.actor_first();
    const std::optional<WorkBegan> began = begun_work(t, f.task);
    const std::string held = began ? " for " + format_duration(began->span) : "";
    return {who + (f.kind == WorkKind::Computing ? " has computed" : " has stopped blocking"),
            who + " has held the thread" + held + " and goes on." + missed(t), {}};
}

Explanation tell(const Telling& t, const ValueChanged& f)
{
    const std::string name(t.trace().watch(f.watch).label);
    const std::string text(f.text);
    return {name + " = " + text, t.actor_first() + " sets " + name + " to " + text + t.at_line() + ".", {}};
}

Explanation tell(const Telling& t, const Noted& f)
{
    const std::string who = f.worker ? std::string(t.trace().worker(f.worker).name) : f.task ? t.name(f.task) : t.actor_first();
    return {who + " prints", who + " prints “" + std::string(f.text) + "”" + t.at_line() + ".", {}};
}

} // namespace loopscope
