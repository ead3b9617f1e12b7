#include "core/timeline/labels.h"
#include "core/timeline/layout_parts.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace loopscope::detail {
namespace {

constexpr double note_radius = 2.5;
constexpr double note_line = 11;   ///< height of a printed text's line at the foot of its lane
constexpr double fold_notes = 8;   ///< dots closer than this become one: no letter would fit between them

/// Whether there is room for a line of text below the bars of a lane.
bool has_note_line(const LayoutMetrics& m) { return m.lane_height >= m.bar_height + 2 * note_line; }

constexpr auto nowhere = static_cast<std::size_t>(-1);

/// The lane and height at which a cause begins.
struct Source {
    std::size_t lane = 0;
    double y = 0;
    ColorSlot color = -1;
};

std::optional<Source> source_of(const Draft& draft, const Cause& cause)
{
    if (cause.kind == Cause::Kind::Io && cause.from_channel && !draft.spans.network.empty())
        return Source{draft.network_lane, draft.channel_y[cause.from_channel.value - 1],
                      draft.channel_colors[cause.from_channel.value - 1]};
    if (cause.from_worker) {
        const std::size_t lane = draft.worker_lanes[cause.from_worker.value - 1];
        return Source{lane, draft.middle_of(lane), draft.color_of(cause.to_task)};
    }
    if (cause.from_task) {
        const std::size_t lane = draft.task_lanes[cause.from_task.value - 1];
        return Source{lane, draft.middle_of(lane), draft.scene.lanes[lane].color};
    }
    if (cause.kind == Cause::Kind::Timer)
        return Source{draft.loop_lane, draft.middle_of(draft.loop_lane), -1};
    return std::nullopt;
}

/// Tasks that are not over when the loop is closed: nobody will ever run them again.
void add_left_behind(Draft& draft)
{
    for (const PhaseStep& phase : draft.spans.shared.phases) {
        if (phase.phase != LoopPhase::Closed || phase.step >= draft.shown_steps)
            continue;
        for (const TaskLane& lane : draft.spans.tasks) {
            if (lane.end.kind != LaneEnd::Kind::Open)
                continue;
            const std::size_t row = draft.task_lanes[lane.task.value - 1];
            Mark mark{.kind = Mark::Kind::LeftBehind, .x = draft.x_after(phase.step) + draft.metrics.mark_radius + 2,
                      .y = draft.middle_of(row), .color = draft.scene.lanes[row].color, .task = lane.task,
                      .step = phase.step, .text = "left behind", .lane = row, .label = {}, .label_box = {},
                      .radius = draft.metrics.mark_radius};
            if (mark.x - mark.radius >= draft.left && mark.x + mark.radius <= draft.scene.width)
                draft.scene.marks.push_back(std::move(mark));
        }
    }
}

void add_task_ends(Draft& draft)
{
    for (const TaskLane& lane : draft.spans.tasks) {
        if (lane.end.kind == LaneEnd::Kind::Open || lane.end.step >= draft.shown_steps)
            continue;
        const std::size_t row = draft.task_lanes[lane.task.value - 1];
        // Of a group only what went wrong is worth a mark.
        if (draft.is_folded(lane.task) && lane.end.kind == LaneEnd::Kind::Finished)
            continue;
        Mark mark{.kind = Mark::Kind::Finished, .x = draft.x_after(lane.end.step), .y = draft.middle_of(row),
                  .color = draft.scene.lanes[row].color, .task = lane.task, .step = lane.end.step,
                  .text = "done", .lane = row, .label = {}, .label_box = {}, .radius = draft.metrics.mark_radius};
        if (lane.end.kind == LaneEnd::Kind::Failed) {
            mark.kind = Mark::Kind::Failed;
            const TraceEvent event = draft.trace[lane.end.step];
            const auto* failed = std::get_if<TaskFailed>(&event.fact);
            mark.text = failed ? std::string(failed->type) + ": " + std::string(failed->message) : "failed";
        } else if (lane.end.kind == LaneEnd::Kind::Cancelled) {
            mark.kind = Mark::Kind::Cancelled;
            mark.text = "cancelled";
        }
        mark.x += mark.radius + 2;
        if (mark.x - mark.radius >= draft.left && mark.x + mark.radius <= draft.scene.width)
            draft.scene.marks.push_back(std::move(mark));
    }
}

/// The lane on which something happened: that of the task which had the turn, or the loop's own.
std::size_t lane_at(const Draft& draft, std::size_t step)
{
    const std::vector<Span>& turns = draft.spans.loop;
    const auto after = std::upper_bound(turns.begin(), turns.end(), step,
                                        [](std::size_t s, const Span& turn) { return s < turn.begin; });
    if (after == turns.begin() || step >= std::prev(after)->end || !std::prev(after)->task)
        return draft.loop_lane;
    return draft.task_lanes[std::prev(after)->task.value - 1];
}

/// Whether a mark stands at the foot of its lane, with words beside it.
bool has_words(Mark::Kind kind) { return kind == Mark::Kind::Note || kind == Mark::Kind::NeverAwaited; }

/// The marks that facts leave beside their lane: printed texts, dropped coroutines, calls of cancel(),
/// lost errors.
std::optional<Mark> mark_of(const Draft& draft, std::size_t step)
{
    const TraceEvent event = draft.trace[step];
    Mark mark{.kind = Mark::Kind::Note, .x = draft.x_after(step), .task = {}, .step = step, .text = {},
              .lane = nowhere, .label = {}, .label_box = {}, .radius = note_radius};
    if (const auto* noted = std::get_if<Noted>(&event.fact)) {
        if (!draft.metrics.notes)
            return std::nullopt;
        mark.task = noted->task;
        mark.text = noted->text;
        if (noted->worker)
            mark.lane = draft.worker_lanes[noted->worker.value - 1];
    } else if (const auto* forgotten = std::get_if<CoroutineNeverAwaited>(&event.fact)) {
        if (!draft.metrics.notes)
            return std::nullopt;
        mark.kind = Mark::Kind::NeverAwaited;
        mark.text = std::string(forgotten->name) + "() never awaited";
        mark.lane = lane_at(draft, step);
    } else if (const auto* cancel = std::get_if<CancelRequested>(&event.fact)) {
        mark.kind = Mark::Kind::CancelRequest;
        mark.task = cancel->task;
        mark.text = "cancel()";
        mark.radius = 4;
    } else if (const auto* lost = std::get_if<ExceptionNeverRetrieved>(&event.fact)) {
        mark.kind = Mark::Kind::Error;
        mark.task = draft.trace.future(lost->future).task;
        mark.text = "nobody asked for this error";
        mark.radius = 5;
    } else {
        return std::nullopt;
    }
    if (!draft.in_view(mark.x))
        return std::nullopt;
    if (mark.lane == nowhere)
        mark.lane = mark.task ? draft.task_lanes[mark.task.value - 1] : draft.loop_lane;
    const LaneRow& lane = draft.scene.lanes[mark.lane];
    mark.color = lane.color;
    mark.y = has_words(mark.kind) ? lane.box.bottom() - (has_note_line(draft.metrics) ? note_line / 2 : 3)
                                  : lane.box.y + lane.headroom + 6;
    return mark;
}

/// Dots that are one, with the texts of all.
struct Notes {
    Mark mark;
    std::vector<std::string> texts;
};

/// "bye, hi"; "hi ×3".
std::string joined(const std::vector<std::string>& texts)
{
    std::string all;
    for (std::size_t i = 0; i < texts.size();) {
        std::size_t next = i + 1;
        while (next < texts.size() && texts[next] == texts[i])
            ++next;
        all += (all.empty() ? "" : ", ") + texts[i];
        if (next - i > 1)
            all += " ×" + std::to_string(next - i);
        i = next;
    }
    return all;
}

/// Writes the texts of one lane's notes: right of the dot as far as the next one leaves room, or
/// left of it where only there is enough.
void label_notes(Draft& draft, std::vector<Notes>& notes)
{
    const LayoutMetrics& m = draft.metrics;
    if (!has_note_line(m))
        return;
    constexpr double gap = note_radius + 4;
    double taken = draft.left;
    for (std::size_t i = 0; i < notes.size(); ++i) {
        Mark& note = notes[i].mark;
        const auto fitting = [&](double from, double to) {
            return static_cast<std::size_t>(std::max(0.0, (to - from) / m.char_width));
        };
        const double end = i + 1 < notes.size() ? notes[i + 1].mark.x - gap : draft.right - 2;
        const std::size_t right = fitting(note.x + gap, end);
        const std::size_t left = fitting(taken, note.x - gap);
        std::string text = joined(notes[i].texts);
        if (note.folded > 1 && char_count(text) > std::max(left, right))
            text = note.text + " … (" + std::to_string(note.folded) + ")";
        const bool to_left = right < char_count(text) && left >= char_count(text);
        taken = note.x + gap;
        if (!to_left && right < char_count(text) && right < 8)
            continue;
        note.label = cut_to(text, to_left ? left : right);
        const double width = static_cast<double>(char_count(note.label)) * m.char_width;
        note.label_box = {to_left ? note.x - gap - width : note.x + gap, note.y - note_line / 2, width, note_line};
        taken = std::max(taken, note.label_box.right() + gap);
    }
}

/// Calls on their way to a worker: from the task that asked to where the function begins.
void add_calls(Draft& draft)
{
    std::vector<std::size_t> queued(draft.trace.call_count() + 1, nowhere);
    for (const Span& span : draft.spans.calls)
        queued[span.call.value] = std::min(queued[span.call.value], span.begin);
    const double reach = draft.metrics.bar_height / 2;
    for (const Span& span : draft.spans.calls) {
        if (!span.worker || !span.task || span.end >= draft.shown_steps)
            continue;
        const std::size_t from = draft.task_lanes[span.task.value - 1];
        Arrow arrow{.kind = Cause::Kind::Worker, .x1 = draft.x_after(queued[span.call.value]),
                    .y1 = draft.middle_of(from) + reach, .x2 = draft.x_after(span.end),
                    .y2 = draft.middle_of(draft.worker_lanes[span.worker.value - 1]) - reach * 0.75,
                    .color = draft.color_of(span.task), .from_task = span.task, .to_task = span.task,
                    .from_step = queued[span.call.value], .to_step = span.end};
        if (draft.in_view(arrow.x1) && draft.in_view(arrow.x2))
            draft.scene.arrows.push_back(arrow);
    }
}

} // namespace

void add_arrows(Draft& draft)
{
    const double reach = draft.metrics.bar_height / 2;
    const std::vector<Cause>& causes = draft.spans.causes;
    std::map<std::tuple<Cause::Kind, std::size_t, std::size_t>, double> drawn; // up to which x, between two lanes
    auto first = std::lower_bound(causes.begin(), causes.end(), draft.first_step,
                                  [](const Cause& c, std::size_t step) { return c.to_step < step; });
    for (; first != causes.end() && first->to_step < draft.shown_steps && first->to_step <= draft.last_step; ++first) {
        const Cause& cause = *first;
        if (cause.kind == Cause::Kind::Turn || cause.from_task == cause.to_task)
            continue;
        const std::optional<Source> source = source_of(draft, cause);
        if (!source)
            continue;
        const std::size_t lane = draft.task_lanes[cause.to_task.value - 1];
        if (source->lane == lane) // both in one group
            continue;
        Arrow arrow{.kind = cause.kind, .x1 = draft.x_after(cause.from_step), .y1 = source->y,
                    .x2 = draft.x_after(cause.to_step), .y2 = draft.middle_of(lane), .color = source->color,
                    .from_task = cause.from_task, .to_task = cause.to_task,
                    .from_step = cause.from_step, .to_step = cause.to_step};
        if (!draft.in_view(arrow.x1) || !draft.in_view(arrow.x2))
            continue;
        // Arrows on the same pixels are one.
        const auto [last, is_new] = drawn.try_emplace({cause.kind, source->lane, lane}, arrow.x2);
        if (!is_new && arrow.x2 - last->second < 1)
            continue;
        last->second = arrow.x2;
        // From edge to edge, so that no block is struck through.
        const double down = arrow.y2 > arrow.y1 ? 1 : -1;
        arrow.y1 += cause.kind == Cause::Kind::Io ? 0 : down * reach;
        arrow.y2 -= down * reach * 0.75;
        draft.scene.arrows.push_back(arrow);
    }
    add_calls(draft);
}

void add_marks(Draft& draft)
{
    add_task_ends(draft);
    add_left_behind(draft);
    std::map<std::size_t, std::vector<Notes>> notes;
    for (std::size_t step = draft.first_step; step < draft.last_step; ++step) {
        std::optional<Mark> mark = mark_of(draft, step);
        if (!mark)
            continue;
        if (!has_words(mark->kind)) {
            draft.scene.marks.push_back(std::move(*mark));
            continue;
        }
        std::vector<Notes>& lane = notes[mark->lane];
        if (!lane.empty() && mark->x - lane.back().mark.x < fold_notes) {
            Notes& same = lane.back();
            same.mark.folded += 1;
            if (mark->kind == Mark::Kind::NeverAwaited)
                same.mark.kind = mark->kind; // what was forgotten is the rarer thing to see
            same.texts.push_back(std::move(mark->text));
        } else {
            std::string text = mark->text;
            lane.push_back({.mark = std::move(*mark), .texts = {std::move(text)}});
        }
    }
    for (auto& [lane, folded] : notes) {
        label_notes(draft, folded);
        for (Notes& note : folded)
            draft.scene.marks.push_back(std::move(note.mark));
    }
}

} // namespace loopscope::detail
