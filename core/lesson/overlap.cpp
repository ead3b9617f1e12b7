#include "core/lesson/overlap.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace loopscope {
namespace {

enum class Kind { Request, Call, Sleep };

/// Waits of one kind, by when they begin and end.
struct Waits {
    std::vector<std::pair<TimePoint, int>> edges;
    std::vector<TaskId> tasks;

    void add(const Span& span)
    {
        edges.emplace_back(span.from, 1);
        edges.emplace_back(span.to, -1);
        tasks.push_back(span.task);
    }

    [[nodiscard]] std::size_t count() const { return tasks.size(); }
    [[nodiscard]] bool of_one_task() const { return std::all_of(tasks.begin(), tasks.end(), [&](TaskId t) { return t == tasks.front(); }); }

    [[nodiscard]] int most_at_once()
    {
        std::sort(edges.begin(), edges.end()); // at one moment, what ends before what begins
        int now = 0;
        int most = 0;
        for (const auto& [when, change] : edges)
            most = std::max(most, now += change);
        return most;
    }
};

/// A task that waits for a gather of calls is one wait and many calls: those are counted themselves.
void add_calls(const RunSpans& spans, Waits& calls)
{
    for (const WorkerLane& worker : spans.workers) {
        const Span* last = nullptr;
        for (const Span& span : worker.spans) {
            if (!span.call || span.to <= span.from)
                continue;
            if (last && last->call == span.call) { // the same call goes on
                calls.edges.back().first = span.to;
            } else {
                calls.add(span);
            }
            last = &span;
        }
    }
}

} // namespace

std::string overlap_note(const Trace& trace, const RunSpans& spans)
{
    Waits requests, calls, sleeps;
    for (const TaskLane& lane : spans.tasks)
        for (const Span& span : lane.spans) {
            if (span.kind != SpanKind::Waiting || !span.on || span.to <= span.from)
                continue;
            const FutureKind kind = trace.future(span.on).kind;
            if (kind == FutureKind::Io)
                requests.add(span);
            else if (kind == FutureKind::Sleep)
                sleeps.add(span);
        }
    add_calls(spans, calls);

    const auto note = [](Waits& waits, const std::string& at_once, const std::string& next) -> std::string {
        const int most = waits.most_at_once();
        if (most > 1)
            return "up to " + std::to_string(most) + ' ' + at_once + " at once";
        return "never more than 1 " + at_once + (waits.of_one_task() ? ": each await holds up the next " + next : "");
    };
    if (requests.count() > 1)
        return note(requests, "in flight", "request");
    if (calls.count() > 1) {
        const int most = calls.most_at_once();
        return most > 1 ? "up to " + std::to_string(most) + " calls run at once" : "never more than 1 call runs";
    }
    if (sleeps.count() > 1)
        return note(sleeps, "waiting", "one");
    return {};
}

} // namespace loopscope
