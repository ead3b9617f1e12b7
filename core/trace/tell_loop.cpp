#include "core/trace/telling.h"

#include "core/base/format.h"

#include <algorithm>

namespace loopscope {
namespace {

std::string time_until(const Telling& t, TimePoint then) { return format_duration(then - t.event().when); }

std::vector<TaskId> not_over(const Snapshot& state)
{
    std::vector<TaskId> tasks;
    for (const TaskSnapshot& task : state.tasks)
        if (!is_over(task.state))
            tasks.push_back(task.id);
    return tasks;
}

/// When the loop went to sleep; what other threads do stands between that and its waking.
TimePoint fell_asleep(const Telling& t)
{
    for (std::size_t i = t.index(); i-- > 0;)
        if (std::holds_alternative<SelectEntered>(t.trace()[i].fact))
            return t.trace().when(i);
    return t.event().when;
}

/// What is on its way through a stream, of which many things may be under way to one socket.
bool is_of_stream(std::string_view label)
{
    return label == "data" || label == "end" || label == "reset" || label == "room" || label == "connect";
}

/// The sockets that the loop watches, as who could wake it: "the socket of example.com is readable".
std::string sockets(const Telling& t)
{
    std::vector<std::string_view> streams;
    std::size_t count = 0;
    bool readable = false;
    bool writable = false;
    for (const ChannelId channel : t.after().in_flight) {
        const ChannelInfo& info = t.trace().channel(channel);
        (t.what_for(channel) == "writable" ? writable : readable) = true;
        if (is_of_stream(info.label) && std::find(streams.begin(), streams.end(), info.peer) != streams.end())
            continue;
        ++count;
        if (is_of_stream(info.label))
            streams.push_back(info.peer);
    }
    if (count == 1) // a socket can be read only after it is connected
        return t.socket(t.after().in_flight.front()) + (writable ? " is writable" : " is readable");
    return "one of " + format_count(count, "socket") + (writable && readable ? " is ready" : writable ? " is writable" : " is readable");
}

/// Whether the selector, asked just now, returns without having slept.
bool returns_at_once(const Telling& t)
{
    if (!t.looks_ahead())
        return false;
    for (std::size_t i = t.index() + 1; i < t.trace().size(); ++i) {
        const TraceEvent event = t.trace()[i];
        if (std::holds_alternative<SelectReturned>(event.fact))
            return event.when == t.event().when;
    }
    return false;
}

/// Whose connection what a server is to send waits for; none when it is under way already.
TaskId connects_first(const Telling& t, std::string_view peer)
{
    for (std::size_t i = t.index() + 1; i < t.trace().size(); ++i) {
        const Fact fact = t.trace()[i].fact;
        const auto* io = std::get_if<IoStarted>(&fact);
        if (!io)
            break;
        if (t.trace().channel(io->channel).label == "connect" && t.trace().channel(io->channel).peer == peer)
            return io->task;
    }
    return {};
}

/// Whether a future was cancelled before this fact.
bool was_cancelled(const Telling& t, FutureId future)
{
    for (std::size_t i = t.index(); i-- > 0;) {
        const Fact fact = t.trace()[i].fact;
        if (const auto* resolved = std::get_if<FutureResolved>(&fact); resolved && resolved->future == future)
            return resolved->how == FutureEnd::Cancelled;
    }
    return false;
}

/// Whether the loop's thread had to wait for the interpreter since then.
bool waited_for_interpreter(const Telling& t, TimePoint since)
{
    for (std::size_t i = t.index(); i-- > 0;) {
        const TraceEvent event = t.trace()[i];
        if (event.when < since)
            return false;
        if (const auto* taken = std::get_if<GilTaken>(&event.fact); taken && !taken->worker)
            return true;
    }
    return false;
}

/// What the loop found when its sleep was over: "because the socket of example.com is readable".
std::string found(const Telling& t)
{
    if (t.index() + 1 >= t.trace().size())
        return {};
    std::size_t after = t.index() + 1;
    while (after + 1 < t.trace().size() && std::holds_alternative<BytesArrived>(t.trace()[after].fact))
        ++after;
    const Fact next = t.trace()[after].fact;
    if (const auto* io = std::get_if<IoReady>(&next))
        return ", because " + t.socket(io->channel) + " is " + std::string(t.what_for(io->channel));
    if (std::holds_alternative<LoopWoken>(next))
        return ", because another thread has written to its pipe";
    if (const auto* timer = std::get_if<TimerFired>(&next))
        return ", because " + t.timer(timer->handle) + " is due";
    return {};
}

/// Whom a timer or a socket will wake: "; nap-1 will be woken by it", or nothing.
std::string will_wake(const Telling& t, FutureId future)
{
    if (!future || !t.looks_ahead())
        return {};
    const std::vector<TaskId> tasks = t.waiters(future);
    return tasks.empty() ? std::string() : "; " + t.names(tasks) + " will be woken by it";
}

std::string wakes_headline(const Telling& t, const std::string& what, FutureId future)
{
    if (!t.looks_ahead())
        return what;
    const std::vector<TaskId> tasks = future ? t.waiters(future) : std::vector<TaskId>();
    return tasks.empty() ? what + " → callback is ready" : what + " → " + t.names(tasks) + " will wake";
}

bool has_work(const WorkerSnapshot& worker)
{
    return worker.state != WorkerState::Idle && worker.state != WorkerState::Ended;
}

} // namespace

Explanation tell(const Telling& t, const LoopPhaseEntered& f)
{
    switch (f.phase) {
    case LoopPhase::Created: return {"the loop is made", "The event loop exists, and nothing runs yet.", {}};
    case LoopPhase::Running:
        return {"the loop starts", "The event loop starts. From now on it gives out turns, one at a time.", {}};
    case LoopPhase::CancellingLeftovers: {
        const std::vector<TaskId> rest = not_over(t.after());
        return {"main is over → the rest is cancelled",
                "The main task is over, so asyncio.run() asks "
                    + (rest.empty() ? "whatever is left" : t.names(rest) + ", which " + (rest.size() == 1 ? "has" : "have") + " not ended,")
                    + " to stop, and waits for the end.", {}};
    }
    case LoopPhase::JoiningThreads:
        return {"main is over → threads are waited for",
                "The main task is over, but threads of the loop's own executor are still at work. A thread cannot be stopped, so asyncio.run() waits for them.", {}};
    case LoopPhase::Stopped: return {"the loop stops", "The event loop stops: it gives out no more turns.", {}};
    case LoopPhase::Closed: return {"the loop is closed", "The event loop is closed: the program is over.", {}};
    }
    return {};
}

Explanation tell(const Telling& t, const IterationBegan& f)
{
    const auto& ready = t.after().ready;
    const std::string begins = "Iteration " + std::to_string(f.number) + " of the loop begins. ";
    if (ready.empty())
        return {"iteration " + std::to_string(f.number),
                begins + (t.looks_ahead() ? "Nothing is ready, so the loop looks for what could become ready next." : "Nothing is ready."), {}};
    std::vector<std::string> words;
    const std::size_t shown = ready.size() > 5 ? 4 : ready.size();
    for (std::size_t i = 0; i < shown; ++i)
        words.push_back(t.item(ready[i]));
    if (shown < ready.size())
        words.push_back(std::to_string(ready.size() - shown) + " more");
    return {"iteration " + std::to_string(f.number),
            begins + "In the ready queue " + (ready.size() == 1 ? "stands " : "stand ") + format_list(words)
                + ". What " + (ready.size() == 1 ? "this turn adds" : "these turns add")
                + " to it waits for the next iteration.", {}};
}

Explanation tell(const Telling& t, const SelectEntered& f)
{
    const bool watches = !t.after().in_flight.empty();
    const bool others = std::any_of(t.after().workers.begin(), t.after().workers.end(), has_work);
    std::string until;
    if (f.until) {
        const std::vector<TimerSnapshot> timers = t.after().pending_timers();
        until = " for " + time_until(t, *f.until) + ", until "
            + (timers.empty() ? std::string("the next deadline") : t.timer(timers.front().handle) + " is due")
            + " at " + format_moment(*f.until);
        if (watches)
            until += ", or until " + sockets(t);
        if (others)
            until += ", or until another thread or process wakes it";
    } else {
        until = " until " + (watches ? sockets(t) : others ? std::string("another thread or process wakes it") : std::string("something happens outside"));
    }
    if (returns_at_once(t))
        return {"nothing is ready → the selector is asked",
                "Nothing is ready, so the loop would sleep in the selector" + until + ", but it need not: there is something already.", {}};
    return {"nothing is ready → the loop sleeps", "Nothing is ready, so the loop sleeps in the selector" + until + ".", {}};
}

Explanation tell(const Telling& t, const SelectReturned&)
{
    const TimePoint slept_from = fell_asleep(t);
    if (slept_from == t.event().when)
        return {"the selector returns at once", "The selector returns at once" + found(t) + ". It is " + format_moment(t.event().when) + " now.", {}};
    return {"the loop wakes up",
            "The loop wakes up after " + format_duration(t.event().when - slept_from) + found(t) + ". It is "
                + format_moment(t.event().when) + " now.", {}};
}

Explanation tell(const Telling& t, const LoopStuck&)
{
    const std::vector<TaskId> rest = not_over(t.after());
    return {"the program is stuck",
            "Nothing is ready, no timer is set and no socket is watched, so nothing can ever wake "
                + (rest.empty() ? std::string("this program") : t.names(rest)) + ": the program is stuck.", {}};
}

Explanation tell(const Telling& t, const CallbackScheduled& f)
{
    const HandleInfo& info = t.trace().handle(f.handle);
    const std::string what = t.callback(f.handle);
    const std::string joins = " " + t.joins_queue() + ".";
    if (f.by) {
        const bool safe = info.kind == CallbackKind::Thread;
        const bool process = t.trace().worker(f.by).kind == WorkerKind::Process;
        const std::string who = process ? "For " + t.worker(f.by) + ", a thread of its executor" : capitalized(t.worker(f.by));
        return {"callback from another thread",
                who + (safe ? " writes to the loop's pipe, which wakes a sleeping loop: "
                                                    : " asks for a call soon without waking the loop: ")
                    + what + joins + (safe ? "" : " A loop that sleeps will not notice before it wakes for another reason."), {}};
    }
    if (info.kind == CallbackKind::Stop) {
        if (t.after().phase == LoopPhase::JoiningThreads)
            return {"all threads have ended → the loop will stop",
                    "All threads have ended, so " + what + joins + " The loop ends with the iteration in which it has its turn.", {}};
        const bool leftovers = t.after().phase == LoopPhase::CancellingLeftovers;
        return {leftovers ? "all are done → the loop will stop" : "main is done → the loop will stop",
                (leftovers ? "All that was left is over, so " : "The main task is over, so ") + what + joins
                    + " The loop ends with the iteration in which it has its turn.", {}};
    }
    if (info.kind == CallbackKind::Done && info.future) {
        const std::string whose = t.awaited(info.future);
        const std::size_t name = what.rfind(whose);
        const FutureKind kind = t.trace().future(info.future).kind;
        const std::string done = (kind == FutureKind::Thread || kind == FutureKind::Process) // the work may go on
            ? "the wait for " + whose + " is over"
            : whose + " is done";
        return {done + " → callback is ready",
                (t.trace().future(info.future).task ? done : as_first_words(done)) + ", so "
                    + (name == std::string::npos ? what : what.substr(0, name) + "it") + joins, {}};
    }
    if (info.kind == CallbackKind::Thread)
        return {"another thread → callback is ready", "Another thread asks the loop for a call: " + what + joins, {}};
    return {"callback is ready", t.actor_first() + " asks for a call soon" + t.at_line() + ": " + what + joins, {}};
}

Explanation tell(const Telling& t, const CallbackRan& f)
{
    const HandleInfo& info = t.trace().handle(f.handle);
    const std::string what = t.callback(f.handle);
    const std::vector<TaskId> tasks = info.future ? t.waiters(info.future) : std::vector<TaskId>();
    const std::string whose = tasks.empty() ? std::string() : " that " + t.names(tasks) + (tasks.size() == 1 ? " awaits" : " await");
    std::string does = ".";
    switch (info.kind) {
    case CallbackKind::SleepEnds: does = tasks.empty() ? ": nobody waits for this sleep any more." : ": it ends the sleep" + whose + "."; break;
    case CallbackKind::Reader: does = !info.future ? ": it does what the socket is ready for." : tasks.empty() ? ": nobody waits for the answer any more." : ": it hands over " + t.awaited(info.future) + whose + "."; break;
    case CallbackKind::Done: does = ": it takes note of that end."; break;
    case CallbackKind::Timeout: does = ": the time is up."; break;
    case CallbackKind::Stop: does = ": the loop will stop when this iteration is over."; break;
    case CallbackKind::Thread:
        does = !info.future                    ? ". Another thread asked for it."
            : was_cancelled(t, info.future)    ? ": the future was cancelled meanwhile, so the result is dropped."
                                               : ": it fills the future" + whose + ".";
        break;
    case CallbackKind::WakeUp: does = ": the pipe has done its duty, which was to wake the loop."; break;
    case CallbackKind::Plain: does = ". A callback runs from its beginning to its end; it cannot wait."; break;
    }
    return {"callback runs", "The loop calls " + what + does, {}};
}

Explanation tell(const Telling& t, const CallbackReturned& f)
{
    return {"callback is done", capitalized(t.callback(f.handle)) + " has returned. " + t.next_in_queue(), {}};
}

Explanation tell(const Telling& t, const CallbackFailed& f)
{
    return {"callback failed",
            capitalized(t.callback(f.handle)) + " threw " + std::string(f.type) + (f.message.empty() ? "" : ": " + std::string(f.message))
                + ". Nobody awaits a callback, so the exception goes to the loop's exception handler, and the loop goes on.", {}};
}

Explanation tell(const Telling& t, const SlowTurnReported& f)
{
    const std::string what = f.task ? t.name(f.task) + "'s step" : t.callback(f.handle);
    return {"slow turn reported",
            "Debug mode reports that " + what + " held the thread for " + format_duration(f.span)
                + ": nothing else could run meanwhile.", {}};
}

Explanation tell(const Telling& t, const CallbackSkipped& f)
{
    return {"turn passes", capitalized(t.callback(f.handle)) + " was cancelled while it stood in the ready queue, so its turn passes without a call. " + t.next_in_queue(), {}};
}

Explanation tell(const Telling& t, const CallbackCancelled& f)
{
    const bool stands = !t.after().cancelled_handles.empty() && t.after().cancelled_handles.back() == f.handle;
    return {"callback cancelled",
            t.actor_first() + " cancels " + t.callback(f.handle) + t.at_line() + ". "
                + (stands ? "It keeps its place in the ready queue, but will not be called." : "It stood in no queue any more, so nothing changes."), {}};
}

Explanation tell(const Telling& t, const TimerScheduled& f)
{
    const HandleInfo& info = t.trace().handle(f.handle);
    const std::size_t timers = t.after().pending_timers().size();
    const std::string due = t.timer(f.handle) + ", due at " + format_moment(info.deadline);
    return {"timer set for " + format_moment(info.deadline),
            t.line_of_fact_first() + t.actor_first() + " sets " + due + ". "
                + (timers == 1 ? "It is the only timer of the loop." : "The loop has " + format_count(timers, "timer") + " now."), {}};
}

Explanation tell(const Telling& t, const TimerFired& f)
{
    const HandleInfo& info = t.trace().handle(f.handle);
    const auto& cancelled = t.after().cancelled_handles;
    if (std::find(cancelled.begin(), cancelled.end(), f.handle) != cancelled.end())
        return {"timer due, but cancelled",
                capitalized(t.timer(f.handle)) + " is due, but it was cancelled: it passes through the ready queue without being called.", {}};
    const Duration late = t.event().when - info.deadline;
    const std::string delay = late > Duration::zero() && info.deadline > TimePoint{}
        ? " It is " + format_duration(late) + " late: until now "
            + (waited_for_interpreter(t, info.deadline) ? "other threads held the interpreter." : "the thread was held.")
        : "";
    return {wakes_headline(t, "timer fired", info.future),
            capitalized(t.timer(f.handle)) + " is due, so its callback " + t.joins_queue() + will_wake(t, info.future) + "." + delay, {}};
}

Explanation tell(const Telling& t, const TimerCancelled& f)
{
    return {"timer cancelled",
            capitalized(t.timer(f.handle)) + " is cancelled. It stays in the heap until it comes to the top, and counts no more.", {}};
}

Explanation tell(const Telling& t, const TimerDropped& f)
{
    return {"cancelled timer dropped",
            capitalized(t.timer(f.handle)) + " had been cancelled and has come to the top of the heap, so the loop drops it.", {}};
}

Explanation tell(const Telling& t, const TimersRebuilt&)
{
    const std::size_t left = t.after().timers.size();
    return {"timer heap made anew",
            "More than half of the timers in the heap were cancelled, so the loop makes the heap anew without them: "
                + format_count(left, "timer") + " " + std::string(is_or_are(left)) + " left.", {}};
}

Explanation tell(const Telling& t, const IoStarted& f)
{
    const ChannelInfo& info = t.trace().channel(f.channel);
    const std::string whom = info.peer.empty() ? "the other side" : std::string(info.peer);
    const std::size_t flying = t.after().in_flight.size();
    const auto requests = static_cast<std::size_t>(
        std::count_if(t.after().in_flight.begin(), t.after().in_flight.end(), [&](ChannelId c) {
            const std::string_view label = t.trace().channel(c).label;
            return label == "connect" || !is_of_stream(label);
        }));
    const std::string who = f.task ? t.name(f.task) : info.peer.empty() ? t.actor_first() : whom;
    const std::string flies = " The network works on it, and the thread stays free. "
        + (flying == 1 ? std::string("It is the only thing in flight.") : std::to_string(flying) + " things are in flight.");
    if (const TaskId client = f.task ? TaskId{} : connects_first(t, info.peer); client && t.looks_ahead()) {
        if (info.label == "data")
            return {"bytes will come", whom + " will send " + format_count(info.bytes, "byte") + " once " + t.name(client) + " is connected to it.", {}};
        if (info.label == "end")
            return {"the end of a stream will come", "After that " + whom + " will send no more, so " + t.name(client) + " will read the end of the stream.", {}};
    }
    if (info.label == "data")
        return {"bytes are on their way",
                who + " sends " + format_count(info.bytes, "byte") + t.at_line() + ". The other end will hear of them when they arrive." + flies, {}};
    if (info.label == "end")
        return {"the end of a stream is on its way", who + " sends no more bytes" + t.at_line() + ": the end of the stream travels to the other end." + flies, {}};
    if (info.label == "reset")
        return {"a reset is on its way", whom + " is closed and left bytes unread, so the connection is reset." + flies, {}};
    if (info.label == "connection")
        return {"a connection is asked for", "The server will hear of " + whom + ", which wants to connect, when this arrives." + flies, {}};
    if (info.label == "room")
        return {"writing has to wait", "The buffers between here and " + whom + " are full, so the loop watches for room to write more.", {}};
    const std::string does = info.label == "connect" ? " begins to connect to " + whom
        : info.label == "response" || info.label == "refusal" ? " sends its request to " + whom
                                                     : " begins to wait for " + whom;
    return {"I/O started → " + whom,
            (f.task ? t.name(f.task) : t.actor_first()) + does + t.at_line() + ". The network works on it, and the thread stays free. "
                + (requests == 1 ? "It is the only request in flight." : std::to_string(requests) + " requests are in flight."), {}};
}

Explanation tell(const Telling& t, const IoReady& f)
{
    const FutureId future = t.trace().channel(f.channel).future;
    return {wakes_headline(t, "I/O ready", future),
            capitalized(t.socket(f.channel)) + " became " + std::string(t.what_for(f.channel)) + ", so its callback " + t.joins_queue() + will_wake(t, future) + ".", {}};
}

Explanation tell(const Telling& t, const BytesArrived& f)
{
    const ChannelInfo& info = t.trace().channel(f.channel);
    bool end = false; // of which the loop hears by a callback of its own
    for (std::size_t i = t.index() + 1; i < t.trace().size(); ++i) {
        const Fact next = t.trace()[i].fact;
        const auto* ready = std::get_if<IoReady>(&next);
        if (!ready && !std::holds_alternative<BytesArrived>(next))
            break;
        end = ready && t.trace().channel(ready->channel).label == "end";
        if (ready)
            break;
    }
    const std::string bytes = format_count(info.bytes, "byte") + " from " + std::string(info.peer) + " have arrived, and ";
    return {"bytes arrived", bytes + (end ? "the end of the stream with them." : "more behind them: one callback will read all."), {}};
}

Explanation tell(const Telling& t, const IoCancelled& f)
{
    return {"I/O given up", "Nobody waits for it any more, so the loop stops watching " + t.socket(f.channel) + ".", {}};
}

} // namespace loopscope
