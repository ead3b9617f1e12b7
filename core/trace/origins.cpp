#include "core/trace/origins.h"

#include "core/trace/fact_groups.h"

#include <algorithm>

namespace loopscope {

Origins::Origins(const Trace& trace, const std::vector<Cause>& causes)
    : from_(trace.size(), none)
    , to_(trace.size(), none)
{
    std::vector<std::size_t> set(trace.handle_count() + 1, none);     // by handle: its timer was set
    std::vector<std::size_t> queued(trace.handle_count() + 1, none);  // … it joined the ready queue
    std::vector<std::size_t> started(trace.channel_count() + 1, none);
    std::vector<std::size_t> handed(trace.call_count() + 1, none);    // by call: queued, then begun
    std::vector<std::size_t> ready(trace.task_count() + 1, none);     // by task: it became ready
    std::vector<std::size_t> asked(trace.task_count() + 1, none);     // … it was asked to stop
    std::vector<std::size_t> turns;  // the facts by which the open turns began, innermost last
    auto cause = causes.begin();

    for (std::size_t i = 0; i < trace.size(); ++i) {
        const Fact fact = trace[i].fact;
        bool begins = false;
        bool ends = false;
        std::size_t from = none;
        while (cause != causes.end() && cause->to_step < i)
            ++cause;
        if (cause != causes.end() && cause->to_step == i && cause->from_step != i)
            from = cause->from_step;
        std::visit(Overloaded{
                       [&](const IterationBegan&) { turns.clear(); },
                       [&](const TaskCreated& f) {
                           if (!f.eager)
                               ready[f.task.value] = i;
                       },
                       [&](const TaskWoken& f) { ready[f.task.value] = i; },
                       [&](const TaskStepped& f) {
                           from = ready[f.task.value];
                           begins = true;
                       },
                       [&](const TaskYielded& f) {
                           ready[f.task.value] = i;
                           ends = true;
                       },
                       [&](const TaskSuspended&) { ends = true; },
                       [&](const TaskFinished&) { ends = true; },
                       [&](const TaskFailed&) { ends = true; },
                       [&](const TaskCancelled& f) {
                           from = asked[f.task.value];
                           ends = true;
                       },
                       [&](const CancelRequested& f) { asked[f.task.value] = i; },
                       [&](const CallbackScheduled& f) {
                           queued[f.handle.value] = i;
                           if (f.by && trace.handle(f.handle).future && trace.future(trace.handle(f.handle).future).call)
                               from = handed[trace.future(trace.handle(f.handle).future).call.value];
                       },
                       [&](const TimerScheduled& f) { set[f.handle.value] = i; },
                       [&](const TimerFired& f) {
                           from = set[f.handle.value];
                           queued[f.handle.value] = i;
                       },
                       [&](const TimerDropped& f) { from = set[f.handle.value]; },
                       [&](const TimerCancelled& f) { set[f.handle.value] = i; },
                       [&](const CallbackCancelled& f) { queued[f.handle.value] = i; },
                       [&](const LoopWoken& f) { queued[f.handle.value] = i; },
                       [&](const IoStarted& f) { started[f.channel.value] = i; },
                       [&](const BytesArrived& f) { from = started[f.channel.value]; },
                       [&](const IoReady& f) {
                           from = started[f.channel.value];
                           queued[f.handle.value] = i;
                       },
                       [&](const CallbackRan& f) {
                           turns.clear();
                           from = queued[f.handle.value];
                           begins = true;
                       },
                       [&](const CallbackSkipped& f) { from = queued[f.handle.value]; },
                       [&](const CallbackReturned&) { ends = true; },
                       [&](const CallQueued& f) { handed[f.call.value] = i; },
                       [&](const CallBegan& f) {
                           from = handed[f.call.value];
                           handed[f.call.value] = i;
                       },
                       [&](const CallEnded& f) {
                           from = handed[f.call.value];
                           handed[f.call.value] = i;
                       },
                       [](const auto&) {}, // the turn in which it happened is all there is to tell
                   },
                   fact);
        const bool beside = group_of(fact) == FactGroup::Workers || group_of(fact) == FactGroup::Loop;
        if (from != none)
            link(from, i);
        else if (!turns.empty() && !beside)
            from_[i] = turns.back();
        if (ends && !turns.empty()) {
            if (to_[turns.back()] == none)
                to_[turns.back()] = i;
            turns.pop_back();
        }
        if (begins)
            turns.push_back(i);
    }
}

void Origins::link(std::size_t from, std::size_t to)
{
    from_[to] = from;
    if (to_[from] == none)
        to_[from] = to;
}

std::optional<std::size_t> Origins::of(std::size_t index) const
{
    return from_[index] == none ? std::nullopt : std::optional(from_[index]);
}

std::optional<std::size_t> Origins::led_to(std::size_t index) const
{
    return to_[index] == none ? std::nullopt : std::optional(to_[index]);
}

} // namespace loopscope
