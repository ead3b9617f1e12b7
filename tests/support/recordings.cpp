#include "tests/support/recordings.h"

#include "core/lesson/be_the_loop.h"
#include "core/lesson/comparison.h"
#include "core/timeline/ascii.h"
#include "core/timeline/compare_layout.h"
#include "core/timeline/layout.h"
#include "core/trace/await_tree.h"
#include "core/trace/cause_hops.h"
#include "core/trace/explain.h"
#include "core/trace/fact_groups.h"
#include "core/trace/insight.h"
#include "core/trace/origins.h"
#include "core/trace/replay.h"
#include "core/trace/stats.h"
#include "core/trace/stats_at.h"

#include <algorithm>
#include <random>
#include <vector>

namespace loopscope::tests {
namespace {

std::vector<std::string_view> pieces(std::string_view text, char at)
{
    std::vector<std::string_view> all;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t end = std::min(text.find(at, from), text.size());
        all.push_back(text.substr(from, end - from));
        from = end + 1;
    }
    return all;
}

std::string joined(const std::vector<std::string_view>& all, char with)
{
    std::string text;
    for (const std::string_view piece : all) {
        text += piece;
        text += with;
    }
    text.pop_back();
    return text;
}

/// Another word in place of one: a number near it or far from it, one from elsewhere, or none.
std::string other_word(std::string_view word, std::mt19937& dice, const std::vector<std::string_view>& elsewhere)
{
    const std::size_t digits = std::min(word.find_first_of("0123456789"), word.size());
    const std::string_view kind = word.substr(0, digits > 1 ? 0 : digits);
    switch (dice() % 6) {
    case 0: return std::string(kind) + std::to_string(dice() % 8);
    case 1: return std::string(kind) + std::to_string(dice() % 300);
    case 2: return std::string(kind) + std::to_string(dice());
    case 3: return "-";
    default: break;
    }
    const std::vector<std::string_view> words = pieces(elsewhere[dice() % elsewhere.size()], ' ');
    return std::string(words[dice() % words.size()]);
}

} // namespace

bool same_run(const Trace& a, const Trace& b)
{
    if (a.size() != b.size())
        return false;
    Snapshot of_a;
    Snapshot of_b;
    while (of_a.step < a.size()) {
        const std::size_t index = of_a.step;
        const TraceEvent here = a[index];
        const TraceEvent there = b[index];
        apply(of_a, a);
        apply(of_b, b);
        if (here.when != there.when || here.place != there.place || here.fact.index() != there.fact.index()
            || of_a != of_b || explain(a, index, of_a, {}) != explain(b, index, of_b, {}))
            return false;
    }
    return true;
}

void look_at_everything(const Recording& recording)
{
    const std::shared_ptr<const Trace>& trace = recording.run.trace;
    const RunSpans spans = spans_of(*trace);
    (void)stats_of(*trace, spans);
    (void)stats_at(*trace, spans, trace->size() / 2);
    (void)insights_of(*trace);
    (void)notes_of(*trace);
    const Origins origins(*trace, spans.causes);
    const AwaitTrees trees(*trace);
    const std::vector<std::size_t> switches = switches_of(*trace);

    const std::size_t stride = 1 + trace->size() / 400;
    Snapshot state;
    while (state.step < trace->size()) {
        apply(state, *trace);
        if (state.step % stride != 0 && state.step != trace->size())
            continue;
        (void)explain(*trace, state.step - 1, state, spans.causes);
        (void)trees.at(state);
        (void)state.pending_timers();
        (void)hop_back(spans, state.step, state.running);
        (void)origins.of(state.step - 1);
        (void)origins.led_to(state.step - 1);
        (void)hop_on(spans, state.step, state.running);
        if (std::binary_search(switches.begin(), switches.end(), state.step))
            for (const PickChoice& choice : picks_at(state, *trace))
                (void)judge_pick(state, *trace, choice.pick);
    }
    const Replay replay(trace, 64);
    (void)replay.at(trace->size() / 2);

    for (const double blend : {0.0, 0.4}) {
        const TimeScale scale(std::max(spans.end, TimePoint{Duration{1}}), std::max<std::size_t>(1, spans.facts), 900, blend);
        (void)layout(*trace, spans, scale);
        LayoutMetrics cut;
        cut.until = position_of(*trace, trace->size() / 2);
        (void)layout(*trace, spans, scale.showing(0.2, 0.7), cut);
    }
    (void)compare(recording.run, recording.run);
    (void)compare_layout(*trace, spans, *trace, spans, {}, 900);
    (void)lesson_of(recording);
    (void)describe(recording.run);
}

std::string damaged(std::string_view text, std::uint32_t number)
{
    std::mt19937 dice(number);
    std::string bytes(text);
    std::vector<std::string_view> lines = pieces(text, '\n');
    const std::size_t at = dice() % lines.size();
    const std::size_t other = dice() % lines.size();
    const std::size_t byte = dice() % bytes.size();
    switch (dice() % 12) {
    case 0: bytes[byte] = static_cast<char>(dice()); return bytes;
    case 1: return bytes.erase(byte, 1 + dice() % 3);
    case 2: return bytes.insert(byte, 1, static_cast<char>(dice()));
    case 3: return bytes.substr(0, byte);
    case 4: lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(at)); return joined(lines, '\n');
    case 5: lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(at), lines[other]); return joined(lines, '\n');
    case 6: std::swap(lines[at], lines[other]); return joined(lines, '\n');
    case 7: // the end of the file is lost, and what it described there with it
        lines.resize(at + 1);
        return joined(lines, '\n') + "\n";
    default: break;
    }
    std::vector<std::string_view> words = pieces(lines[at], ' ');
    const std::size_t which = dice() % words.size();
    const std::string word = other_word(words[which], dice, lines);
    words[which] = word;
    const std::string line = joined(words, ' ');
    lines[at] = line;
    return joined(lines, '\n');
}

} // namespace loopscope::tests
