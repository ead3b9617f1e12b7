#include "core/trace/telling.h"

#include "core/base/format.h"

#include <algorithm>

// What tasks share, and the blocks that they are in.

namespace loopscope {
namespace {

std::string is_left(std::size_t count, std::string_view noun)
{
    return format_count(count, noun) + " " + std::string(is_or_are(count)) + " left";
}

/// Tasks that wait at a resource and were not woken yet; at one end of a queue.
std::vector<TaskId> asleep(const Telling& t, ResourceId id, QueueEnd end = QueueEnd::None)
{
    std::vector<TaskId> tasks;
    for (const WaiterSnapshot& waiter : t.after().resource(id)->waiters)
        if (!waiter.woken && waiter.end == end)
            tasks.push_back(waiter.task);
    return tasks;
}

/// " nap-1, which waits first, is woken next." or nothing.
std::string first_is_woken(const Telling& t, const std::vector<TaskId>& waiting)
{
    return waiting.empty() || !t.looks_ahead() ? std::string() : " " + t.name(waiting.front()) + ", which waits first, is woken next.";
}

std::string all_are_woken(const Telling& t, const std::vector<TaskId>& waiting, std::string_view where)
{
    return t.names(waiting) + ", which " + (waiting.size() == 1 ? "waits " : "wait ") + std::string(where) + ", "
        + std::string(is_or_are(waiting.size())) + (t.looks_ahead() ? " woken next" : " woken");
}

/// Who gets a lock that is free again.
std::string next_owner(const Telling& t, ResourceId lock)
{
    const auto& waiters = t.after().resource(lock)->waiters;
    if (waiters.empty())
        return "Nobody waits for it.";
    const WaiterSnapshot& first = waiters.front();
    const std::string name = t.name(first.task);
    if (!first.woken)
        return name + ", which waits first, is woken for it" + (t.looks_ahead() ? " next." : ".");
    return first.woken == FutureEnd::Result ? name + " was woken for it already."
                                            : name + " is cancelled and will pass it on.";
}

std::string holder(const Telling& t, ScopeId scope) { return t.name(t.trace().scope(scope).task); }

bool is_group(const Telling& t, ScopeId scope) { return t.trace().scope(scope).kind == ScopeKind::TaskGroup; }

bool had_expired(const Telling& t, ScopeId timeout)
{
    for (std::size_t i = t.index(); i-- > 0;) {
        const Fact fact = t.trace()[i].fact;
        if (const auto* expired = std::get_if<TimeoutExpired>(&fact); expired && expired->timeout == timeout)
            return true;
        if (const auto* entered = std::get_if<ScopeEntered>(&fact); entered && entered->scope == timeout)
            break;
    }
    return false;
}

/// Whether the deadline is set because the block is entered, and not moved.
bool is_first_deadline(const Telling& t, ScopeId timeout)
{
    if (t.index() == 0)
        return false;
    const Fact before = t.trace()[t.index() - 1].fact;
    const auto* entered = std::get_if<ScopeEntered>(&before);
    return entered && entered->scope == timeout;
}

} // namespace

Explanation tell(const Telling& t, const ResourceAcquired& f)
{
    const std::string what = t.resource(f.resource);
    const std::string who = t.name(f.task);
    if (t.trace().resource(f.resource).kind == ResourceKind::Lock)
        return {who + " acquires " + what,
                who + " acquires " + what + t.at_line() + ": whoever asks for it now has to wait.", {}};
    return {who + " enters " + what,
            who + " takes a place of " + what + t.at_line() + ". "
                + (f.free == 0 ? std::string("It was the last one.") : capitalized(is_left(f.free, "place")) + "."), {}};
}

Explanation tell(const Telling& t, const ResourceReleased& f)
{
    const std::string what = t.resource(f.resource);
    if (t.trace().resource(f.resource).kind == ResourceKind::Lock)
        return {what + " is free", t.actor_first() + " releases " + what + t.at_line() + ". " + next_owner(t, f.resource), {}};
    const std::vector<TaskId> waiting = asleep(t, f.resource);
    return {"a place of " + what + " is free",
            t.actor_first() + " gives a place of " + what + " back" + t.at_line() + "."
                + (waiting.empty() ? " Nobody waits for it, so " + is_left(f.free, "place") + "."
                                   : first_is_woken(t, waiting)), {}};
}

Explanation tell(const Telling& t, const EventSet& f)
{
    const std::string what = t.resource(f.event);
    const std::vector<TaskId> waiting = asleep(t, f.event);
    return {what + " is set",
            t.actor_first() + " sets " + what + t.at_line() + ". "
                + (waiting.empty() ? "Nobody waits for it, and from now on nobody has to."
                                   : all_are_woken(t, waiting, "for it") + "."), {}};
}

Explanation tell(const Telling& t, const EventCleared& f)
{
    const std::string what = t.resource(f.event);
    return {what + " is cleared", t.actor_first() + " clears " + what + t.at_line() + ": whoever asks for it now has to wait.", {}};
}

Explanation tell(const Telling& t, const ConditionNotified& f)
{
    const std::string what = t.resource(f.condition);
    const std::string notifies = t.actor_first() + " notifies " + what + t.at_line();
    std::vector<TaskId> waiting = asleep(t, f.condition);
    waiting.resize(std::min<std::size_t>(waiting.size(), f.woken));
    if (waiting.empty())
        return {what + " is notified", notifies + ", but nobody waits at it, so nothing follows.", {}};
    return {what + " is notified",
            notifies + ". " + all_are_woken(t, waiting, "at it") + "; going on takes the lock as well.", {}};
}

Explanation tell(const Telling& t, const BarrierArrived& f)
{
    const std::string what = t.resource(f.barrier);
    const std::string who = t.name(f.task);
    const std::uint32_t parties = t.trace().resource(f.barrier).capacity;
    const std::string arrives = who + " arrives at " + what + t.at_line();
    if (f.inside == parties)
        return {what + " opens",
                arrives
                    + (parties == 1       ? std::string(", which is for one party")
                           : parties == 2 ? ", and both parties are there"
                                          : ", and all " + std::to_string(parties) + " parties are there")
                    + ": it opens.", {}};
    return {who + " arrives at " + what,
            arrives + ": " + std::to_string(f.inside) + " of " + std::to_string(parties) + " parties "
                + std::string(is_or_are(f.inside)) + " there.", {}};
}

Explanation tell(const Telling& t, const BarrierLeft& f)
{
    const std::string what = t.resource(f.barrier);
    const std::string who = t.name(f.task);
    return {who + " leaves " + what,
            who + " leaves " + what + t.at_line() + ". "
                + (f.inside > 0 ? std::to_string(f.inside) + (f.inside == 1 ? " party is" : " parties are") + " still inside."
                                : std::string("Nobody is inside any more.")), {}};
}

Explanation tell(const Telling& t, const BarrierReset& f)
{
    const std::string what = t.resource(f.barrier);
    const auto& barrier = std::get<BarrierSnapshot>(t.after().resource(f.barrier)->state);
    return {what + (f.broken ? " is broken" : " is reset"),
            t.actor_first() + (f.broken ? " breaks " : " resets ") + what + t.at_line()
                + (f.broken ? ", for good. " : ". ")
                + (barrier.inside == 0 ? "Nobody is inside."
                                       : "Whoever waits inside is thrown out with BrokenBarrierError."), {}};
}

Explanation tell(const Telling& t, const ItemPut& f)
{
    const std::string what = t.resource(f.queue);
    return {"item → " + what,
            t.actor_first() + " puts an item into " + what + t.at_line() + ". The queue holds " + format_count(f.items, "item")
                + " now." + first_is_woken(t, asleep(t, f.queue, QueueEnd::Get)), {}};
}

Explanation tell(const Telling& t, const ItemTaken& f)
{
    const std::string what = t.resource(f.queue);
    return {what + " → item",
            t.actor_first() + " takes an item from " + what + t.at_line() + ". The queue "
                + (f.items == 0 ? "is empty now." : "holds " + format_count(f.items, "item") + " now.")
                + first_is_woken(t, asleep(t, f.queue, QueueEnd::Put)), {}};
}

Explanation tell(const Telling& t, const ItemDone& f)
{
    const std::string what = t.resource(f.queue);
    const std::vector<TaskId> waiting = asleep(t, f.queue, QueueEnd::Join);
    std::string follows = " " + capitalized(format_count(f.unfinished, "item")) + " " + std::string(is_or_are(f.unfinished))
        + " unfinished.";
    if (f.unfinished == 0)
        follows = waiting.empty() ? " It was the last one." : " It was the last one, so " + all_are_woken(t, waiting, "in join()") + ".";
    return {"item of " + what + " is done", t.actor_first() + " has dealt with an item of " + what + t.at_line() + "." + follows, {}};
}

Explanation tell(const Telling& t, const QueueClosed& f)
{
    const std::string what = t.resource(f.queue);
    std::vector<TaskId> waiting = asleep(t, f.queue, QueueEnd::Get);
    const std::vector<TaskId> putters = asleep(t, f.queue, QueueEnd::Put);
    waiting.insert(waiting.end(), putters.begin(), putters.end());
    return {what + " is shut down",
            t.actor_first() + " shuts " + what + " down" + t.at_line() + ": no more items come in, and "
                + (f.items == 0 ? std::string("none is left.") : is_left(f.items, "item") + ".")
                + (waiting.empty() ? std::string() : " " + all_are_woken(t, waiting, "at it") + " to find that out."), {}};
}

Explanation tell(const Telling& t, const ScopeEntered& f)
{
    const std::string who = holder(t, f.scope);
    if (is_group(t, f.scope))
        return {who + " opens a task group",
                who + " opens a task group" + t.at_line() + ": the block will not end before all tasks of the group have.", {}};
    return {who + " enters a timeout", who + " enters a block whose time is limited" + t.at_line() + ".", {}};
}

Explanation tell(const Telling& t, const ScopeLeft& f)
{
    const std::string who = holder(t, f.scope);
    const std::string with = f.throws ? " with an exception" : "";
    if (is_group(t, f.scope))
        return {who + " leaves its task group",
                "All tasks of the group are over, so " + who + " leaves the block" + with + t.at_line() + ".", {}};
    return {who + " leaves its timeout",
            who + " leaves the block" + with + t.at_line() + ", "
                + (had_expired(t, f.scope) ? "after its time was up." : "and its deadline counts no more."), {}};
}

Explanation tell(const Telling& t, const TaskAdopted& f)
{
    const std::string task = t.name(f.task);
    return {task + " joins the group",
            task + " belongs to the task group of " + holder(t, f.group) + " now, which waits for its end and stops it when another one fails.", {}};
}

Explanation tell(const Telling& t, const GroupAborted& f)
{
    const ScopeSnapshot* group = t.after().scope(f.group);
    std::vector<TaskId> rest;
    if (group)
        for (const TaskId task : group->tasks)
            if (!is_over(t.after().task(task).state))
                rest.push_back(task);
    const std::string who = holder(t, f.group);
    return {"the task group shuts down",
            (f.because ? t.name(f.because) + " has failed, so" : "An exception has come to " + who + " inside the block, so")
                + " the task group of " + who + " takes no more tasks"
                + (rest.empty() ? std::string("; none of its tasks is left to stop.")
                                : " and asks " + t.names(rest) + " to stop."), {}};
}

Explanation tell(const Telling& t, const DeadlineSet& f)
{
    const std::string who = holder(t, f.timeout);
    if (!f.when)
        return {"no deadline", "The block of " + who + " has no deadline" + t.at_line() + ": it may take as long as it likes.", {}};
    const Duration left = *f.when - t.event().when;
    const std::string until = format_moment(*f.when)
        + (left > Duration::zero() ? ", which is " + format_duration(left) + " from now." : ", which is not in the future: its time is up.");
    if (is_first_deadline(t, f.timeout))
        return {"deadline at " + format_moment(*f.when), "The block of " + who + " has time until " + until, {}};
    return {"deadline moved to " + format_moment(*f.when),
            t.actor_first() + " moves the deadline of the block" + t.at_line() + " to " + until, {}};
}

Explanation tell(const Telling& t, const TimeoutExpired& f)
{
    const std::string who = holder(t, f.timeout);
    return {"timeout → " + who + " is cut off",
            "The time limit of " + who + "'s block has run out, so its timeout asks " + who + " to stop.", {}};
}

} // namespace loopscope
