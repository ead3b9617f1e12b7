#include "core/lesson/be_the_loop.h"

#include "core/base/format.h"

#include <algorithm>
#include <optional>
#include <tuple>

namespace loopscope {
namespace {

using Kind = Pick::Kind;

// A fact with which a turn, or a sleep, begins.
bool begins_turn(const Fact& fact)
{
    return std::holds_alternative<TaskStepped>(fact) || std::holds_alternative<CallbackRan>(fact)
        || std::holds_alternative<SelectEntered>(fact) || std::holds_alternative<LoopStuck>(fact);
}

/// What the questions about one switch have in common.
class Switch {
public:
    Switch(const Snapshot& now, const Trace& trace) : now_(now), trace_(trace) {}

    [[nodiscard]] bool is_skipped(HandleId handle) const
    {
        const auto& cancelled = now_.cancelled_handles;
        return std::find(cancelled.begin(), cancelled.end(), handle) != cancelled.end();
    }

    /// The ready queue without callbacks whose turn will pass.
    [[nodiscard]] std::vector<Pick> queue() const
    {
        std::vector<Pick> queue;
        for (const ReadyItem& item : now_.ready) {
            if (const TaskId* task = std::get_if<TaskId>(&item))
                queue.push_back({.kind = Kind::Task, .task = *task});
            else if (const HandleId handle = std::get<HandleId>(item); !is_skipped(handle))
                queue.push_back({.kind = Kind::Callback, .handle = handle});
        }
        return queue;
    }

    [[nodiscard]] TaskId waiter_of(FutureId future) const
    {
        for (const TaskSnapshot& task : now_.tasks)
            if (future && task.state == TaskState::Waiting && task.waiting_on == future)
                return task.id;
        return {};
    }

    [[nodiscard]] PickChoice in_words(const Pick& pick) const
    {
        PickChoice choice{.pick = pick, .about = pick.task, .name = {}, .detail = {}};
        switch (pick.kind) {
        case Kind::Task:
            choice.name = trace_.display_name(pick.task);
            choice.detail = "ready";
            break;
        case Kind::Waiting:
            choice.name = trace_.display_name(pick.task);
            choice.detail = "waits";
            if (const FutureId on = now_.task(pick.task).waiting_on)
                if (const std::string_view label = trace_.future(on).label; !label.empty())
                    choice.detail = "waits: " + std::string(label);
            break;
        case Kind::Callback:
            name_callback(choice, trace_.handle(pick.handle));
            choice.detail = "callback, ready";
            break;
        case Kind::Timer: {
            const HandleInfo& info = trace_.handle(pick.handle);
            name_callback(choice, info);
            choice.detail = "timer, due at " + format_duration(info.deadline.since_start);
            break;
        }
        case Kind::Io: {
            const ChannelInfo& info = trace_.channel(pick.channel);
            const TaskId waiter = waiter_of(info.future);
            choice.about = waiter ? waiter : info.task;
            choice.name = choice.about ? trace_.display_name(choice.about) : std::string(info.label);
            choice.detail = "socket" + (info.peer.empty() ? std::string() : " of " + std::string(info.peer));
            break;
        }
        case Kind::Sleep:
            choice.name = "sleep in select";
            choice.detail = "until a timer is due or a socket is ready";
            break;
        }
        return choice;
    }

    [[nodiscard]] PickVerdict while_ready(const Pick& pick, const std::vector<Pick>& queue) const
    {
        const std::string front = in_words(queue.front()).name;
        if (pick == queue.front())
            return {true, "It stands at the front of the ready queue."};
        switch (pick.kind) {
        case Kind::Task:
        case Kind::Callback: {
            const std::string name = in_words(pick).name;
            if (name == front)
                return {false, "That callback stands further back: the ready queue is first in, first out."};
            return {false, name + " stands behind " + front + ": the ready queue is first in, first out."};
        }
        case Kind::Timer:
            if (trace_.handle(pick.handle).deadline <= now_.now)
                return {false, "This timer is due, but the loop looks at its timers only once a pass: until then "
                                   + front + " is ready, and comes first."};
            return {false, not_due(pick)};
        case Kind::Io:
            return {false, "The loop asks for sockets only once a pass, and waits for none while something is ready: "
                               + front + " is."};
        case Kind::Waiting:
            return {false, still_waits(pick)};
        case Kind::Sleep:
            return {false, front + " is ready: the loop sleeps only when the ready queue is empty."};
        }
        return {};
    }

    [[nodiscard]] PickVerdict while_nothing_ready(const Pick& pick) const
    {
        const std::optional<Pick> first = wakes_first();
        if (pick.kind == Kind::Sleep) {
            if (!first && std::holds_alternative<LoopStuck>(trace_[now_.step].fact))
                return {true, "Nothing is ready, and nothing is left that could ever wake the loop."};
            return {true, "Nothing was ready, so the loop slept until something could go on."};
        }
        if (first && pick == *first)
            return {true, pick.kind == Kind::Timer ? "Nothing was ready, and this timer was due first."
                                                   : "Nothing was ready, and this socket was the first to be."};
        if (pick.kind == Kind::Waiting)
            return {false, still_waits(pick)};
        if (!first)
            return {false, "Something else wakes the loop before that."};
        const PickChoice sooner = in_words(*first);
        if (first->kind == Kind::Io)
            return {false, pick.kind == Kind::Timer ? "The answer for " + sooner.name + " comes before this timer is due."
                                                    : "Another socket is ready sooner: that of " + sooner.name + "."};
        const std::string due = format_duration(trace_.handle(first->handle).deadline.since_start);
        if (pick.kind == Kind::Timer && trace_.handle(pick.handle).deadline == trace_.handle(first->handle).deadline)
            return {false, "Both timers are due at " + due + ", and that of " + sooner.name + " comes first out of the heap."};
        return {false, pick.kind == Kind::Timer ? not_due(pick) + " That of " + sooner.name + " is due at " + due + "."
                                                : "No answer is there when the timer of " + sooner.name + " is due, at "
                                                      + due + "."};
    }

private:
    void name_callback(PickChoice& choice, const HandleInfo& info) const
    {
        const TaskId waiter = waiter_of(info.future);
        choice.about = waiter ? waiter : info.by;
        if (waiter)
            choice.name = "wake " + trace_.display_name(waiter);
        else if (!info.label.empty())
            choice.name = std::string(info.label);
        else
            choice.name = "callback";
    }

    [[nodiscard]] std::string not_due(const Pick& pick) const
    {
        return "Its timer is due only at " + format_duration(trace_.handle(pick.handle).deadline.since_start) + ".";
    }

    [[nodiscard]] std::string still_waits(const Pick& pick) const
    {
        const FutureId on = now_.task(pick.task).waiting_on;
        const std::string_view label = on ? trace_.future(on).label : std::string_view();
        const std::string what = on && trace_.future(on).task ? trace_.display_name(trace_.future(on).task)
                                                              : std::string(label);
        return trace_.display_name(pick.task) + " waits" + (what.empty() ? "" : " for " + what)
            + ", which is not done: only what stands in the ready queue can run.";
    }

    /// The first thing that the sleep which begins now will find, as the record has it.
    [[nodiscard]] std::optional<Pick> wakes_first() const
    {
        for (std::size_t step = now_.step + 1; step < trace_.size(); ++step) {
            const Fact fact = trace_[step].fact;
            if (const auto* timer = std::get_if<TimerFired>(&fact))
                return Pick{.kind = Kind::Timer, .handle = timer->handle};
            if (const auto* io = std::get_if<IoReady>(&fact))
                return Pick{.kind = Kind::Io, .channel = io->channel};
            if (std::holds_alternative<LoopWoken>(fact) || begins_turn(fact))
                break;
        }
        return std::nullopt;
    }

    const Snapshot& now_;
    const Trace& trace_;
};

} // namespace

std::vector<std::size_t> switches_of(const Trace& trace)
{
    std::vector<std::size_t> steps;
    Snapshot state;
    for (std::size_t step = 0; step < trace.size(); ++step) {
        const bool free = !state.running && !state.running_handle && !state.selecting;
        if (free && begins_turn(trace[step].fact))
            steps.push_back(step);
        apply(state, trace);
    }
    return steps;
}

std::vector<PickChoice> picks_at(const Snapshot& now, const Trace& trace)
{
    const Switch here(now, trace);
    std::vector<Pick> picks = here.queue();
    // By number, not by place: the queue is to be looked at, not read off here.
    std::sort(picks.begin(), picks.end(), [](const Pick& a, const Pick& b) {
        return std::tuple(a.kind, a.task, a.handle) < std::tuple(b.kind, b.task, b.handle);
    });
    std::vector<TimerSnapshot> timers = now.pending_timers();
    std::sort(timers.begin(), timers.end(),
              [](const TimerSnapshot& a, const TimerSnapshot& b) { return a.handle < b.handle; });
    for (const TimerSnapshot& timer : timers)
        picks.push_back({.kind = Kind::Timer, .handle = timer.handle});
    for (const ChannelId channel : now.in_flight)
        picks.push_back({.kind = Kind::Io, .channel = channel});
    std::vector<PickChoice> choices;
    for (const Pick& pick : picks)
        choices.push_back(here.in_words(pick));
    for (const TaskSnapshot& task : now.tasks) {
        const bool stands_there = std::any_of(choices.begin(), choices.end(),
                                              [&](const PickChoice& choice) { return choice.about == task.id; });
        if (task.state == TaskState::Waiting && !stands_there)
            choices.push_back(here.in_words({.kind = Kind::Waiting, .task = task.id}));
    }
    choices.push_back(here.in_words({.kind = Kind::Sleep}));
    return choices;
}

PickVerdict judge_pick(const Snapshot& now, const Trace& trace, const Pick& pick)
{
    const Switch here(now, trace);
    const std::vector<Pick> queue = here.queue();
    return queue.empty() ? here.while_nothing_ready(pick) : here.while_ready(pick, queue);
}

} // namespace loopscope
