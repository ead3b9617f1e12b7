#include "core/trace/stats_at.h"

#include "core/trace/channels.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace loopscope {
namespace {

Duration length_of(const Span& span) { return span.to - span.from; }

/// The longest stretch without a gap in which one holder had the thread: its running, computing and
/// blocking of one turn together.
Duration longest_hold(const std::vector<Span>& loop)
{
    Duration longest{0};
    Duration held{0};
    const Span* before = nullptr;
    for (const Span& span : loop) {
        const bool goes_on = before && before->end == span.begin && before->task == span.task
            && before->handle == span.handle && before->kind != SpanKind::Selecting;
        held = goes_on ? held : Duration{0};
        if (span.kind != SpanKind::Selecting)
            held += length_of(span);
        longest = std::max(longest, held);
        before = &span;
    }
    return longest;
}

void add_loop(RunStats& stats, const std::vector<Span>& loop)
{
    for (const Span& span : loop) {
        if (span.kind == SpanKind::Selecting)
            stats.idle += length_of(span);
        else
            stats.busy += length_of(span);
        if (span.kind == SpanKind::Computing)
            stats.computing += length_of(span);
    }
    stats.largest_gap = longest_hold(loop);
}

TaskStats stats_of_lane(TaskId task, const std::vector<Span>& spans)
{
    TaskStats stats;
    stats.task = task;
    for (const Span& span : spans) {
        if (span.kind == SpanKind::Ready)
            stats.ready += length_of(span);
        else if (span.kind == SpanKind::Waiting)
            stats.waiting += length_of(span);
        else
            stats.busy += length_of(span);
    }
    return stats;
}

void count_facts(RunStats& stats, const Trace& trace, std::size_t step)
{
    for (std::size_t i = 0; i < step; ++i) {
        const Fact fact = trace[i].fact;
        if (const auto* stepped = std::get_if<TaskStepped>(&fact)) {
            ++stats.switches;
            ++stats.per_task[stepped->task.value - 1].steps;
        } else if (std::holds_alternative<IterationBegan>(fact)) {
            ++stats.iterations;
        } else if (std::holds_alternative<TimerScheduled>(fact)) {
            ++stats.timers;
        }
    }
}

/// What has begun before `step`; what has not ended by then, up to `now`.
std::vector<Span> cut(const std::vector<Span>& spans, std::size_t step, TimePoint now)
{
    std::vector<Span> seen;
    for (const Span& span : spans) {
        if (span.begin >= step)
            continue;
        seen.push_back(span);
        if (span.end >= step) {
            seen.back().end = step;
            seen.back().to = now;
        }
    }
    return seen;
}

/// What is on its way on the network. Bytes of one end of a connection come one after another, however early
/// they are known: together, and with the connecting before them, they are one thing in flight.
std::vector<Span> in_flight(const Trace& trace, const std::vector<Span>& spans)
{
    const std::set<std::string_view> senders = senders_of(trace, spans);
    std::vector<Span> all;
    std::map<std::string_view, std::size_t> lines; // of the streams, by peer: where in `all` the last one is
    for (const Span& span : spans) {
        const ChannelInfo& channel = trace.channel(span.channel);
        if (!is_load(channel))
            continue;
        if (is_stream(channel) || (channel.label == "connect" && senders.contains(channel.peer))) {
            const auto [line, is_new] = lines.try_emplace(channel.peer, all.size());
            if (!is_new && all[line->second].end >= span.begin) {
                all[line->second].end = std::max(all[line->second].end, span.end);
                continue;
            }
            line->second = all.size();
        }
        all.push_back(span);
    }
    return all;
}

} // namespace

std::size_t most_at_once(const std::vector<Span>& spans)
{
    std::vector<std::pair<std::size_t, int>> changes;
    for (const Span& span : spans) {
        changes.emplace_back(span.begin, +1);
        changes.emplace_back(span.end, -1);
    }
    std::sort(changes.begin(), changes.end());
    int now = 0;
    int most = 0;
    for (const auto& [step, change] : changes) {
        now += change;
        most = std::max(most, now);
    }
    return static_cast<std::size_t>(most);
}

RunStats stats_of(const Trace& trace, const RunSpans& spans) { return stats_at(trace, spans, trace.size()); }

RunStats stats_at(const Trace& trace, const RunSpans& spans, std::size_t step)
{
    RunStats stats;
    if (step == 0)
        return stats;
    const TimePoint now = trace.when(step - 1);
    stats.makespan = now - trace.when(0);
    stats.total = stats.makespan;
    if (!spans.tasks.empty() && spans.tasks.front().end.kind != LaneEnd::Kind::Open && spans.tasks.front().end.step < step)
        stats.total = spans.tasks.front().end.when - trace.when(0);
    add_loop(stats, cut(spans.loop, step, now));
    for (const TaskLane& lane : spans.tasks) {
        if (lane.created >= step)
            continue;
        stats.per_task.push_back(stats_of_lane(lane.task, cut(lane.spans, step, now)));
        stats.waiting += stats.per_task.back().waiting;
    }
    stats.tasks = stats.per_task.size();
    stats.peak_in_flight = most_at_once(in_flight(trace, cut(spans.network, step, now)));
    count_facts(stats, trace, step);
    return stats;
}

} // namespace loopscope
