#include "core/base/format.h"
#include "core/timeline/labels.h"
#include "core/timeline/layout_parts.h"

#include <algorithm>
#include <string>

namespace loopscope::detail {
namespace {

constexpr double words_height = 11;
constexpr double inset = 2.5;          ///< from the lane's upper edge to its first row
constexpr double mark_radius = 5;
constexpr std::size_t most_passes = 16;
constexpr std::size_t most_facts = 2000; ///< of a run whose passes could be told apart

bool cancels_leftovers(const Draft& draft)
{
    const std::vector<PhaseStep>& phases = draft.spans.shared.phases;
    return std::any_of(phases.begin(), phases.end(),
                       [](const PhaseStep& phase) { return phase.phase == LoopPhase::CancellingLeftovers; });
}

/// Whether something is said of the loop that needs a row of its own.
bool says_something(const Draft& draft)
{
    const SharedSpans& shared = draft.spans.shared;
    return cancels_leftovers(draft) || !shared.slow_turns.empty() || shared.stuck;
}

/// The loop's passes from their first fact to the next one's, when all of them are wide enough for their
/// number; otherwise none.
std::vector<Pass> passes_of(const Draft& draft)
{
    std::vector<Pass> passes;
    if (!draft.metrics.passes || draft.trace.size() > most_facts)
        return passes;
    for (std::size_t step = 0; step < draft.trace.size(); ++step) {
        if (!std::holds_alternative<IterationBegan>(draft.trace[step].fact))
            continue;
        if (!passes.empty())
            passes.back().end = step;
        passes.push_back({.box = {}, .begin = step, .end = draft.trace.size(),
                          .label = "iteration " + std::to_string(passes.size() + 1), .label_box = {}});
        if (passes.size() > most_passes)
            return {};
    }
    for (Pass& pass : passes) {
        pass.box.x = draft.scene.axis.x(static_cast<double>(pass.begin));
        pass.box.width = draft.scene.axis.x(static_cast<double>(pass.end)) - pass.box.x;
    }
    const auto fits = [&](const Pass& pass) { return pass.box.width >= text_width(draft, pass.label) + 4; };
    if (!std::all_of(passes.begin(), passes.end(), fits)) // all of them are called alike
        for (std::size_t i = 0; i < passes.size(); ++i)
            passes[i].label = std::to_string(i + 1);
    if (!std::all_of(passes.begin(), passes.end(), fits)
        || std::any_of(passes.begin(), passes.end(), [&](const Pass& pass) { return pass.box.x < draft.left - 0.5; }))
        return {};
    if (passes.size() < 2)
        passes.clear();
    return passes;
}

void add_passes(Draft& draft, double row_top)
{
    for (Pass& pass : passes_of(draft)) {
        if (pass.begin >= draft.shown_steps)
            continue;
        pass.box.width = std::min(pass.box.right(), draft.right) - pass.box.x;
        pass.box.y = row_top;
        pass.box.height = words_height;
        const double width = text_width(draft, pass.label);
        if (width + 4 <= pass.box.width)
            pass.label_box = {pass.box.x + (pass.box.width - width) / 2, row_top, width, words_height};
        draft.scene.passes.push_back(std::move(pass));
    }
}

bool is_free(const std::vector<Box>& taken, const Box& box)
{
    return std::none_of(taken.begin(), taken.end(),
                        [&](const Box& other) { return box.x < other.right() + 4 && other.x < box.right() + 4; });
}

/// Where the loop, with main done, cancels what is left: a line through the lanes, with words at its head.
void add_edge(Draft& draft, double row_top, const std::vector<Box>& taken)
{
    for (const PhaseStep& phase : draft.spans.shared.phases) {
        if (phase.phase != LoopPhase::CancellingLeftovers || phase.step >= draft.shown_steps)
            continue;
        const double x = draft.scene.axis.x(static_cast<double>(phase.step));
        if (!draft.in_view(x))
            continue;
        const LaneRow& loop = draft.scene.lanes[draft.loop_lane];
        Edge edge{.x = x, .top = draft.scene.ruler_height, .bottom = loop.box.bottom(), .step = phase.step, .label = {},
                  .label_box = {}};
        for (const std::size_t lane : draft.task_lanes)
            edge.bottom = std::max(edge.bottom, draft.scene.lanes[lane].box.bottom());
        for (const char* words : {"main is done: the rest is cancelled", "the rest is cancelled"}) {
            edge.label = words;
            const double width = text_width(draft, edge.label);
            const Box box{x - 6 - width, row_top, width, words_height};
            if (loop.headroom <= 0 || box.x < draft.left || !is_free(taken, box))
                continue;
            edge.label_box = box;
            break;
        }
        draft.scene.edges.push_back(std::move(edge));
    }
}

std::string who_was_slow(const Trace& trace, const SlowTurnReported& slow)
{
    if (slow.task)
        return trace.display_name(slow.task);
    const std::string label(slow.handle ? trace.handle(slow.handle).label : std::string_view{});
    return label.empty() ? "a callback" : label;
}

/// What debug mode reports when a turn was over that took too long.
void add_slow_turns(Draft& draft, double row_top, std::vector<Box>& taken)
{
    const LaneRow& loop = draft.scene.lanes[draft.loop_lane];
    for (const std::size_t step : draft.spans.shared.slow_turns) {
        const TraceEvent event = draft.trace[step];
        const auto* slow = std::get_if<SlowTurnReported>(&event.fact);
        Mark mark{.kind = Mark::Kind::SlowTurn, .x = draft.x_after(step), .y = row_top + words_height / 2, .task = slow->task,
                  .step = step, .text = {}, .lane = draft.loop_lane, .label = {}, .label_box = {}, .radius = mark_radius};
        if (step >= draft.shown_steps || !draft.in_view(mark.x))
            continue;
        if (loop.headroom <= 0)
            mark.y = loop.box.y + 6;
        const std::string took = format_duration(slow->span);
        mark.text = "slow: " + who_was_slow(draft.trace, *slow) + " held the loop " + took;
        for (const std::string& words : {mark.text, "slow: " + took}) {
            const double width = text_width(draft, words);
            const double gap = mark_radius + 4;
            for (const double x : {mark.x + gap, mark.x - gap - width}) {
                const Box box{x, row_top, width, words_height};
                const bool inside = box.x >= draft.left && box.right() <= draft.right - draft.metrics.word_margin;
                if (loop.headroom <= 0 || mark.label_box.width > 0 || !inside || !is_free(taken, box))
                    continue;
                mark.label = words;
                mark.label_box = box;
            }
        }
        taken.push_back({mark.x - mark_radius, row_top, 2 * mark_radius, words_height});
        if (mark.label_box.width > 0)
            taken.push_back(mark.label_box);
        draft.scene.marks.push_back(std::move(mark));
    }
}

} // namespace

double loop_headroom(const Draft& draft)
{
    if (!keeps_rows(draft.metrics))
        return 0;
    const int rows = (says_something(draft) ? 1 : 0) + (passes_of(draft).empty() ? 0 : 1);
    return rows * draft.metrics.frame_row;
}

void add_loop_words(Draft& draft)
{
    if (!draft.metrics.frames)
        return;
    const double top = draft.scene.lanes[draft.loop_lane].box.y + inset;
    std::vector<Box> taken;
    for (const PhaseStep& phase : draft.spans.shared.phases) // the edge's line goes through nobody's words
        if (phase.phase == LoopPhase::CancellingLeftovers)
            taken.push_back({draft.scene.axis.x(static_cast<double>(phase.step)), top, 1, words_height});
    add_slow_turns(draft, top, taken);
    add_edge(draft, top, taken);
    if (keeps_rows(draft.metrics))
        add_passes(draft, top + (says_something(draft) ? draft.metrics.frame_row : 0));
}

} // namespace loopscope::detail
