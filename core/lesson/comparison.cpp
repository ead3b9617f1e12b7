#include "core/lesson/comparison.h"

#include "core/base/format.h"
#include "core/lesson/first_difference.h"
#include "core/lesson/overlap.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace loopscope {
namespace {

// A wait for the world outside: nothing inside the program can shorten it.
bool is_outside(FutureKind kind)
{
    return kind == FutureKind::Sleep || kind == FutureKind::Io || kind == FutureKind::Thread
        || kind == FutureKind::Process;
}

using Durations = std::vector<Duration>;

Duration sum(const Durations& waits) { return std::accumulate(waits.begin(), waits.end(), Duration::zero()); }

Durations waits_of(const Trace& trace, const TaskLane& lane)
{
    Durations waits;
    for (const Span& span : lane.spans)
        if (span.kind == SpanKind::Waiting && span.on && is_outside(trace.future(span.on).kind) && span.to > span.from)
            waits.push_back(span.to - span.from);
    return waits;
}

std::string number(Duration d)
{
    const std::string text = format_number(to_seconds(d));
    return text.find('.') == std::string::npos ? text + ".0" : text;
}

std::string in_seconds(Duration d) { return number(d) + " s"; }

// "1.0 + 2.0 + 1.5"; nothing when that would be too long to read.
std::string addition(const Durations& waits)
{
    constexpr std::size_t readable = 4;
    std::string text;
    if (waits.size() <= readable)
        for (const Duration wait : waits)
            text += (text.empty() ? "" : " + ") + number(wait);
    return text;
}

// Where the total of a run comes from, as an equation that holds: "= 1.0 + 2.0, the sum of the
// waits". The plainest one that the facts allow.
std::string equation_of(const Trace& trace, const RunSpans& spans, const RunStats& stats)
{
    Durations all;
    Durations of_one_task; // those of the task that waits longest
    for (const TaskLane& lane : spans.tasks) {
        Durations waits = waits_of(trace, lane);
        all.insert(all.end(), waits.begin(), waits.end());
        if (sum(waits) > sum(of_one_task))
            of_one_task = std::move(waits);
    }
    const Duration total = stats.total;
    const std::string work = stats.busy > Duration::zero() ? " and " + in_seconds(stats.busy) + " of work" : "";
    if (all.empty())
        return total == stats.busy && total > Duration::zero() ? "is work alone: nothing waits" : "pass until main ends";
    if (total == sum(all) + stats.busy) {
        if (all.size() == 1)
            return "is its only wait" + work;
        const std::string terms = addition(all);
        return terms.empty() ? "is the sum of all " + format_count(all.size(), "wait") + work
                             : "= " + terms + ", the sum of the waits" + work;
    }
    if (total == *std::max_element(all.begin(), all.end()))
        return "is the longest of " + format_count(all.size(), "wait");
    if (total == sum(of_one_task)) {
        const std::string terms = addition(of_one_task);
        return terms.empty() ? "is all that the slowest task waits" : "= " + terms + ", the waits of the slowest task";
    }
    if (total == stats.makespan && total == stats.idle + stats.busy)
        return "= " + number(stats.idle) + " idle + " + number(stats.busy) + " busy";
    return "pass until main ends";
}

/// Tasks of a run that did not come to their end, without main.
struct Losses {
    std::size_t failed = 0;
    std::size_t cancelled = 0;
    std::size_t left_over = 0; ///< when main ended, and stopped only by that

    friend bool operator==(const Losses&, const Losses&) = default;
};

Losses losses_of(const RunSpans& spans)
{
    Losses losses;
    if (spans.tasks.empty())
        return losses;
    const LaneEnd& main = spans.tasks.front().end;
    for (std::size_t i = 1; i < spans.tasks.size(); ++i) {
        const TaskLane& lane = spans.tasks[i];
        const bool open = lane.end.kind == LaneEnd::Kind::Open;
        if (open || (lane.end.kind == LaneEnd::Kind::Cancelled && main.kind != LaneEnd::Kind::Open && lane.end.step > main.step))
            ++losses.left_over;
        else if (lane.end.kind == LaneEnd::Kind::Failed)
            ++losses.failed;
        else if (lane.end.kind == LaneEnd::Kind::Cancelled)
            ++losses.cancelled;
    }
    return losses;
}

std::string in_words(const Losses& losses)
{
    std::vector<std::string> words;
    if (losses.failed > 0)
        words.push_back(format_count(losses.failed, "task") + (losses.failed == 1 ? " fails" : " fail"));
    const auto add = [&](std::size_t count, const std::string& what) {
        if (count > 0)
            words.push_back((words.empty() ? format_count(count, "task") : std::to_string(count)) + (count == 1 ? " is " : " are ") + what);
    };
    add(losses.cancelled, "cancelled");
    add(losses.left_over, "left over");
    return words.empty() ? "every task comes to its end" : format_list(words);
}

bool ended(const Run& run)
{
    return run.outcome.kind == Outcome::Kind::Result || run.outcome.kind == Outcome::Kind::Exception;
}

std::string reason_for(const Run& run, const RunSpans& spans, const RunStats& stats)
{
    if (!succeeded(run))
        return "After " + in_seconds(stats.total) + " it " + describe(run) + ".";
    return in_seconds(stats.total) + " " + equation_of(*run.trace, spans, stats) + ".";
}

// With two decimals, as far as they say something.
std::string times(double ratio) { return format_number(std::round(ratio * 100) / 100); }

std::string verdict_for(const Run& a, const Run& b, const Comparison& c, const std::string& name_a,
                        const std::string& name_b)
{
    if (!ended(a) || !ended(b))
        return !ended(a) && !ended(b) ? "neither ends" : "only " + (ended(a) ? name_a : name_b) + " ends";
    if (!succeeded(a) && !succeeded(b))
        return "both fail";
    if (!succeeded(a) || !succeeded(b)) {
        const Run& failed = succeeded(a) ? b : a;
        const std::string& name = succeeded(a) ? name_b : name_a;
        return name + (failed.outcome.type == "CancelledError" ? " is cancelled" : " fails");
    }
    if (!c.same_outcome)
        return "different outcomes";
    if (c.a.total == c.b.total)
        return "equally fast";
    const bool quicker = c.b.total < c.a.total;
    const std::string word = quicker ? " faster" : " slower";
    if (std::min(c.a.total, c.b.total) == Duration::zero())
        return "far" + word;
    const double ratio = quicker ? c.ratio : 1 / c.ratio;
    const std::string factor = times(ratio);
    return factor == "1" ? "barely" + word : factor + "×" + word;
}

double ratio_of(Duration a, Duration b)
{
    if (a == b)
        return 1;
    if (b == Duration::zero())
        return std::numeric_limits<double>::infinity();
    return to_seconds(a) / to_seconds(b);
}

} // namespace

bool succeeded(const Run& run)
{
    return run.outcome.kind == Outcome::Kind::Result;
}

Comparison compare(const Run& a, const Run& b)
{
    // The same variant with other values has no name of its own.
    return compare(a, b, a.variant == b.variant ? RunNames{"A", "B"} : RunNames{a.variant, b.variant});
}

Comparison compare(const Run& a, const Run& b, const RunNames& names)
{
    const RunSpans spans_a = spans_of(*a.trace);
    const RunSpans spans_b = spans_of(*b.trace);
    Comparison c;
    c.a = stats_of(*a.trace, spans_a);
    c.b = stats_of(*b.trace, spans_b);
    c.ratio = ratio_of(c.a.total, c.b.total);

    c.difference = detail::first_difference(*a.trace, *b.trace, names.a, names.b);
    c.note_a = overlap_note(*a.trace, spans_a);
    c.note_b = overlap_note(*b.trace, spans_b);
    const Losses losses_a = losses_of(spans_a);
    const Losses losses_b = losses_of(spans_b);
    c.same_outcome = succeeded(a) && succeeded(b) && losses_a == losses_b;
    c.verdict = verdict_for(a, b, c, names.a, names.b);
    const std::string reason_a = reason_for(a, spans_a, c.a);
    const std::string reason_b = reason_for(b, spans_b, c.b);
    if (succeeded(a) && succeeded(b) && !c.same_outcome) { // how long it took says nothing before that
        c.reason = in_seconds(c.a.total) + ": " + in_words(losses_a) + ".\n" + in_seconds(c.b.total) + ": " + in_words(losses_b) + ".";
        return c;
    }
    c.reason = reason_a == reason_b ? "In both, " + reason_a : reason_a + "\n" + reason_b;
    return c;
}

} // namespace loopscope
