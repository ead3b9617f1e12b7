#include "core/trace/telling.h"

#include "core/base/format.h"

#include <algorithm>

namespace loopscope {
namespace {

/// What a coroutine that a task enters or leaves is to a reader of Python, who sees neither the
/// coroutines of which C++ makes an `async with` nor those inside of asyncio.
struct Awaited {
    enum class Kind {
        Own,        ///< the program awaits it
        With,       ///< an `async with`
        Enter,
        LetIn,      ///< a lock or a semaphore lets somebody in
        Leave,
        Block,      ///< what stands below `async with`
        InBlock,    ///< the one await that stands there
        Try,
        TryBlock,
        InTry,
        Finally,
        InFinally,
        NextItem,   ///< of an async generator
        Generator,
        Inside,     ///< of what the program awaits
    };
    Kind kind = Kind::Own;
    std::string name;          ///< "nap()"
    std::string call;          ///< what the program awaits, where that is something else: "wait_for()"
    std::size_t entered = 0;
};
using Kind = Awaited::Kind;

std::string_view coroutine_at(const Telling& t, std::size_t entered)
{
    const Fact fact = t.trace()[entered].fact;
    return std::get<CoroutineEntered>(fact).name; // interned
}

/// What Python calls what C++ has under a name of its own.
std::string public_name(std::string_view name)
{
    if (name == "wait_for_coroutine" || name == "wait_for_at_once")
        return "wait_for()";
    if (name == "take" || name == "take_result")
        return "the next of as_completed()";
    if (name == "close")
        return "aclose()";
    return std::string(name) + "()";
}

bool is_block_of_its_own(std::string_view name) { return name == "async_with" || name == "try_finally"; }

/// Whether the coroutine that is entered in `parent` at this fact is not the first there.
bool comes_second(const Telling& t, TaskId task, std::size_t parent, std::size_t entered)
{
    for (std::size_t i = parent + 1; i < entered; ++i) {
        const Fact fact = t.trace()[i].fact;
        if (const auto* left = std::get_if<CoroutineLeft>(&fact); left && left->task == task)
            return true;
    }
    return false;
}

/// `around`: the coroutines that the task is in around it, innermost first.
Awaited look_at(const Telling& t, TaskId task, std::size_t entered, const std::vector<std::size_t>& around)
{
    const Trace& trace = t.trace();
    const std::string_view name = coroutine_at(t, entered);
    const PlaceId place = trace[entered].place;
    Awaited seen{Kind::Own, public_name(name), {}, entered};
    const auto is = [&](Kind kind) {
        seen.kind = kind;
        return seen;
    };
    if (place == PlaceId::None || is_program_line(trace, place))
        return is(name == "async_with" ? Kind::With : name == "try_finally" ? Kind::Try : name == "resume" ? Kind::NextItem : Kind::Own);

    for (const std::size_t outer : around) // the outermost that is no block
        if (!is_block_of_its_own(coroutine_at(t, outer)))
            seen.call = public_name(coroutine_at(t, outer));
    if (seen.call.starts_with("the next of "))
        seen.call = seen.call.substr(std::string_view("the next of ").size());
    const bool in_program = !around.empty() && is_program_line(trace, trace[around.back()].place);
    if (!in_program && seen.call.empty())
        seen.call = std::string(trace.task(task).coroutine) + "()";

    const std::string_view parent = around.empty() ? std::string_view() : coroutine_at(t, around.front());
    const std::string& file = trace.place(place).file;
    if (file.ends_with("asyncio/async_generator.h"))
        return is(parent == "resume" ? Kind::Generator : Kind::Inside);
    if (!file.ends_with("asyncio/async_with.h") || name == "arrive" || name == "await_future")
        return is(Kind::Inside);
    const std::string_view function = in_program ? std::string_view(trace.place(trace[around.back()].place).function) : "";
    if (parent == "try_finally" && comes_second(t, task, around.front(), entered))
        return is(name == function ? Kind::Finally : Kind::InFinally);
    if (parent == "try_finally")
        return is(name == function ? Kind::TryBlock : Kind::InTry);
    if (parent == "call") // what an exit stack calls
        return is(Kind::InFinally);
    if (parent != "async_with")
        return is(Kind::Inside);
    const bool part = name == "aenter" || name == "acquire" || name == "aexit";
    if (!seen.call.empty()) // the async with is asyncio's own
        return is(part || is_block_of_its_own(name) ? Kind::Inside : Kind::InBlock);
    if (part)
        return is(name == "aenter" ? Kind::Enter : name == "acquire" ? Kind::LetIn : Kind::Leave);
    if (is_block_of_its_own(name))
        return is(name == "async_with" ? Kind::With : Kind::Try);
    return is(name == function ? Kind::Block : Kind::InBlock);
}

/// " at line 12"; a `try` inside of an `async with` has a line of its own, which the record does not know.
std::string line_of(const Telling& t, const Awaited& seen)
{
    const PlaceId place = t.event().place;
    const bool hidden = seen.kind == Kind::Try || seen.kind == Kind::TryBlock || seen.kind == Kind::Finally;
    return hidden && !is_program_line(t.trace(), place) ? std::string() : t.at_line();
}

/// The await by which a reader finds it: "in the block of the async with", "inside wait_for()".
std::string whereabouts(const Awaited& seen)
{
    switch (seen.kind) {
    case Kind::InBlock: return seen.call.empty() ? " in the block of the async with" : " inside " + seen.call;
    case Kind::InTry: return " in the block of the try";
    case Kind::InFinally: return " in the clean-up";
    default: return {};
    }
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

/// What has become of a future: "the response of example.com has arrived".
std::string outcome(const Telling& t, FutureId future, FutureEnd how)
{
    std::string what = t.awaited(future);
    if (what.starts_with("a "))
        what.replace(0, 1, "the");
    if (how == FutureEnd::Exception)
        return what + " has failed";
    if (how == FutureEnd::Cancelled)
        return (is_only_a_wait(t.trace().future(future).kind) ? "the wait for " : "") + what + " is cancelled";
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
    const std::string joins = t.they_join(t.sent_by(future), "wait for it");
    return joins.empty() ? "Nobody waits for it." : joins;
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

/// Whether a generator that was asked for its next item has given one; unknown in some older recordings.
std::optional<bool> gave_an_item(const Telling& t)
{
    const TraceEvent before = t.trace()[t.index() - 1];
    if (!std::holds_alternative<CoroutineLeft>(before.fact))
        return false; // it was over before
    if (before.place == PlaceId::None)
        return false;
    return is_program_line(t.trace(), before.place) ? std::optional(true) : std::nullopt;
}

Explanation tell_thrown(const Telling& t, const Awaited& seen, const std::string& task)
{
    const std::string at = line_of(t, seen);
    switch (seen.kind) {
    case Kind::With: return {"async with has thrown", "An exception leaves the async with" + at + ", so " + task + " gets it there.", {}};
    case Kind::Enter: return {"async with cannot be entered", "An exception keeps " + task + " out of the async with" + at + ".", {}};
    case Kind::LetIn: return {task + " is not let in", "An exception ends the wait of " + task + " to be let in" + at + ".", {}};
    case Kind::Leave: return {"leaving async with has thrown", "Leaving the async with throws an exception in " + task + at + ".", {}};
    case Kind::Block: return {"the block has thrown", "An exception ends the block of the async with in " + task + at + ".", {}};
    case Kind::Try: return {"try has thrown", "The finally of " + task + " has run, so the exception goes on its way" + at + ".", {}};
    case Kind::TryBlock: return {"the block has thrown", "An exception ends the block of the try in " + task + at + ".", {}};
    case Kind::Finally: return {"the finally has thrown", "An exception ends the finally of the try in " + task + at + ".", {}};
    case Kind::NextItem: return {"no next item", "The async generator has ended with an exception, so the await in " + task + at + " throws it.", {}};
    case Kind::Inside: return {seen.call + " → exception", "An exception passes through " + (seen.call.empty() ? "the async with" : seen.call) + at + " in " + task + ".", {}};
    case Kind::Own:
    case Kind::InBlock:
    case Kind::InTry:
    case Kind::InFinally:
    case Kind::Generator: break;
    }
    return {seen.name + " has thrown", "An exception leaves " + seen.name + ", so the await in " + task + at + " throws it.", {}};
}

Explanation tell_left(const Telling& t, const Awaited& seen, const std::string& task)
{
    const std::string at = line_of(t, seen);
    const std::string same_turn = ", in the same turn.";
    switch (seen.kind) {
    case Kind::With:
        return {"async with is over", "The async with is over, so " + task + " goes on behind it" + at + same_turn, {}};
    case Kind::Enter:
        return {task + " has entered async with", "The async with is entered, so " + task + " goes on" + at + " into its block" + same_turn, {}};
    case Kind::LetIn: {
        const std::string who = doorkeeper(t, t.after().running, seen.entered);
        return {who + " has let " + task + " in", capitalized(who) + " has let " + task + " in" + at + ", so it goes on into the block" + same_turn, {}};
    }
    case Kind::Leave:
        return {task + " has left async with", "The async with is left, so " + task + " goes on" + at + same_turn, {}};
    case Kind::Block:
        return {"the block has ended", task + " has come to the end of the block of the async with" + at + ".", {}};
    case Kind::Try:
        return {"try is over", "The try and its finally are over, so " + task + " goes on" + at + same_turn, {}};
    case Kind::TryBlock:
        return {"the block has ended", task + " has come to the end of the block of the try" + at + ".", {}};
    case Kind::Finally:
        return {"the finally has ended", task + " has come to the end of the finally" + at + ".", {}};
    case Kind::NextItem: {
        const std::optional<bool> item = gave_an_item(t);
        if (!item)
            return {"the generator has answered", "The async generator has answered, so " + task + " goes on" + at + same_turn, {}};
        if (*item)
            return {"the next item is there", task + " has the next item, so it goes on" + at + same_turn, {}};
        return {"no next item", "There is no next item, so " + task + " goes on" + at + same_turn, {}};
    }
    case Kind::Generator:
        if (is_program_line(t.trace(), t.event().place))
            return {seen.name + " yields", seen.name + " yields an item" + at + " and stands still there: " + task + " goes on with the item" + same_turn, {}};
        if (t.event().place == PlaceId::None)
            return {seen.name + " has returned", seen.name + " has returned, so it gives no more items to " + task + ".", {}};
        return {seen.name + " has answered", seen.name + " hands the turn back to " + task + at + ".", {}};
    case Kind::Inside:
        return {task + " is inside " + (seen.call.empty() ? "async with" : seen.call),
                task + " goes on inside " + (seen.call.empty() ? "the async with" : seen.call) + at + same_turn, {}};
    case Kind::Own:
    case Kind::InBlock:
    case Kind::InTry:
    case Kind::InFinally: break;
    }
    const bool thing = seen.name.starts_with("the ");
    return {seen.name + (thing ? " is there" : " has returned"),
            (thing ? capitalized(seen.name) : seen.name) + (thing ? " is there" : " has returned") + ", so " + task + " goes on" + at + " with its result" + same_turn, {}};
}

/// What became due while the thread was held.
std::string missed(const Telling& t)
{
    const std::vector<TimerSnapshot> timers = t.after().pending_timers();
    const auto due = static_cast<std::size_t>(
        std::count_if(timers.begin(), timers.end(), [&](const TimerSnapshot& timer) { return timer.deadline <= t.event().when; }));
    const std::size_t ready = t.after().ready.size();
    if (due == 0 && ready == 0) // of an answer that came meanwhile the loop has not heard yet
        return t.after().in_flight.empty() ? " Nobody had to wait for that." : "";
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
    const std::string task = t.name(f.task);
    const PlaceId place = t.event().place;
    const bool direct = place == PlaceId::None || is_program_line(t.trace(), place);
    const Awaited seen = look_at(t, f.task, t.index(), direct ? std::vector<std::size_t>() : t.open_coroutines(f.task));
    const std::string at = line_of(t, seen);
    const std::string starts = " starts at once, in " + task + "'s own turn; others get one only if it has to wait.";
    switch (seen.kind) {
    case Kind::With:
        return {task + " comes to async with",
                task + " comes to an async with" + at + ": first it is entered, then its block runs, then it is left.", {}};
    case Kind::Enter: return {task + " enters async with", task + " begins to enter the async with" + at + ".", {}};
    case Kind::LetIn: return {task + " asks to be let in", task + " asks to be let in" + at + ".", {}};
    case Kind::Leave: return {task + " leaves async with", task + " begins to leave the async with" + at + ".", {}};
    case Kind::Block: return {task + " runs the block", task + " runs the block of the async with" + at + ".", {}};
    case Kind::Try:
        return {task + " comes to try", task + " comes to a try" + at + ": its block runs, and then its finally, however the block has ended.", {}};
    case Kind::TryBlock: return {task + " runs the block", task + " runs the block of the try" + at + ".", {}};
    case Kind::Finally: return {task + " runs the finally", task + " runs the finally of the try" + at + ".", {}};
    case Kind::NextItem:
        return {task + " asks for the next item", task + " asks an async generator for its next item" + at + ".", {}};
    case Kind::Generator:
        return {seen.name + " goes on", seen.name + " goes on to its next yield, in " + task + "'s own turn; others get one only if it has to wait.", {}};
    case Kind::Inside:
        return {task + " is inside " + (seen.call.empty() ? "async with" : seen.call),
                task + " goes on inside " + (seen.call.empty() ? "the async with" : seen.call) + at + ", in its own turn.", {}};
    case Kind::Own:
    case Kind::InBlock:
    case Kind::InTry:
    case Kind::InFinally: break;
    }
    return {task + " awaits " + seen.name, task + " awaits " + seen.name + whereabouts(seen) + at + ". It" + starts, {}};
}

Explanation tell(const Telling& t, const CoroutineLeft& f)
{
    const std::string task = t.name(f.task);
    const std::vector<std::size_t> open = t.open_coroutines(f.task);
    const Awaited seen = open.empty() ? Awaited{Kind::Own, "the coroutine", {}, t.index()}
                                      : look_at(t, f.task, open.front(), {open.begin() + 1, open.end()});
    return f.threw ? tell_thrown(t, seen, task) : tell_left(t, seen, task);
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
    const FutureInfo& info = t.trace().future(f.future);
    // A queue of C++'s own is called by its name, which keeps its first letter.
    const bool by_name = info.kind == FutureKind::Queue && f.how != FutureEnd::Cancelled && !info.resource;
    const std::string ended = outcome(t, f.future, f.how);
    const std::string noun(noun_of(info));
    return {f.how == FutureEnd::Cancelled       ? noun + " cancelled"
                : f.how == FutureEnd::Exception ? noun + " failed"
                : info.kind == FutureKind::Sleep ? "sleep is over"
                                                 : "future done",
            (by_name ? ended : as_first_words(ended)) + ". " + followers(t, f.future), {}};
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
            (t.trace().future(f.future).task ? t.awaited(f.future) : as_first_words(t.awaited(f.future))) + " failed and was dropped before anybody asked for its exception, so asyncio logs “"
                + (t.trace().future(f.future).task ? "Task" : "Future") + " exception was never retrieved”.", {}};
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
