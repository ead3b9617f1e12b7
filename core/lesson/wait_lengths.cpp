#include "core/lesson/wait_lengths.h"

#include <algorithm>
#include <cmath>
#include <compare>
#include <map>
#include <string_view>
#include <utility>

namespace loopscope {
namespace {

constexpr double tolerance = 2e-6; // seconds: the grid of the clock at both ends

/// Which stretch it is, whatever the numbers of a run: the n-th of its lane and kind.
struct WaitPlace {
    SpanKind kind;
    std::uint32_t lane; ///< number of the task or request
    std::size_t nth;

    friend auto operator<=>(const WaitPlace&, const WaitPlace&) = default;
};

struct Stretch {
    Span span;
    double length;
    std::string_view what; ///< the same in the runs that are compared, or they are not the same stretch
};

// Whether a wait has a length of its own; that of gather() or of a lock is others' doing.
bool is_own_wait(const Trace& trace, const Span& span)
{
    if (span.kind == SpanKind::Computing || span.kind == SpanKind::Blocking || span.kind == SpanKind::InFlight)
        return true;
    if (span.kind != SpanKind::Waiting || !span.on)
        return false;
    const FutureKind kind = trace.future(span.on).kind;
    return kind == FutureKind::Sleep || kind == FutureKind::Io;
}

std::map<WaitPlace, Stretch> stretches_of(const Trace& trace)
{
    const RunSpans spans = spans_of(trace);
    std::map<WaitPlace, Stretch> found;
    std::map<std::pair<SpanKind, std::uint32_t>, std::size_t> counts;
    const auto add = [&](const Span& span, std::uint32_t lane, std::string_view what) {
        const std::size_t nth = counts[{span.kind, lane}]++;
        if (span.end < trace.size())
            found.insert({{span.kind, lane, nth},
                          {span, to_seconds(span.to - span.from), what}});
    };
    for (const TaskLane& lane : spans.tasks)
        for (const Span& span : lane.spans)
            if (is_own_wait(trace, span))
                add(span, lane.task.value, trace.task(lane.task).coroutine);
    for (const Span& span : spans.network)
        add(span, span.channel.value, trace.channel(span.channel).peer);
    return found;
}

// By how many seconds the stretch grows for one unit; nothing when it does not follow, or not evenly.
std::optional<double> slope(const WaitPlace& place, const Stretch& here, const std::map<WaitPlace, Stretch>* less,
                            const std::map<WaitPlace, Stretch>* more, double below, double above)
{
    std::optional<double> slope;
    const auto look = [&](const std::map<WaitPlace, Stretch>* other, double by) {
        if (!other || by == 0)
            return true;
        const auto found = other->find(place);
        if (found == other->end() || found->second.what != here.what)
            return false;
        const double change = found->second.length - here.length;
        if (slope && std::abs(*slope * by - change) > tolerance)
            return false;
        slope = change / by;
        return true;
    };
    if (!look(more, above) || !look(less, below) || !slope || std::abs(*slope) < 1e-3)
        return std::nullopt;
    return slope;
}

} // namespace

double GivenWait::value_for(double seconds, double value_now) const
{
    const auto& range = std::get<NumberRange>(parameter->range);
    const double wanted = value_now + (seconds - length) / per_unit;
    return range.number_at(range.step_of(wanted));
}

std::vector<GivenWait> given_waits(const Lesson& lesson, const Run& run)
{
    const Variant* variant = find_variant(lesson, run.variant);
    const std::map<WaitPlace, Stretch> here = stretches_of(*run.trace);
    std::map<WaitPlace, std::vector<GivenWait>> found;
    for (const Parameter& parameter : lesson.parameters) {
        const auto* range = std::get_if<NumberRange>(&parameter.range);
        if (!range || range->whole || !matters(*variant, parameter, run.values))
            continue;
        const double now = run.values.number(parameter.name);
        // Views into a trace live as long as it does.
        std::vector<Run> others;
        const auto with = [&](double value) -> std::optional<std::map<WaitPlace, Stretch>> {
            if (value == now)
                return std::nullopt;
            Values values = run.values;
            values.set(parameter.name, value);
            others.push_back(loopscope::run(lesson, *variant, values));
            return stretches_of(*others.back().trace);
        };
        const double low = std::max(range->low, std::round((now - range->step) * 1e6) / 1e6);
        const double high = std::min(range->high, std::round((now + range->step) * 1e6) / 1e6);
        const auto less = with(low);
        const auto more = with(high);
        for (const auto& [place, stretch] : here) {
            const std::optional<double> by = slope(place, stretch, less ? &*less : nullptr, more ? &*more : nullptr,
                                                   low - now, high - now);
            if (by && *by > 0)
                found[place].push_back({.kind = stretch.span.kind,
                                        .begin = stretch.span.begin,
                                        .end = stretch.span.end,
                                        .task = stretch.span.task,
                                        .channel = stretch.span.channel,
                                        .parameter = &parameter,
                                        .length = stretch.length,
                                        .per_unit = *by});
        }
    }
    std::vector<GivenWait> given;
    for (auto& [place, waits] : found)
        if (waits.size() == 1) // of two that both change it, a hand could not say which one it means
            given.push_back(std::move(waits.front()));
    std::sort(given.begin(), given.end(), [](const GivenWait& a, const GivenWait& b) { return a.begin < b.begin; });
    return given;
}

} // namespace loopscope
