#include "core/timeline/labels.h"
#include "core/timeline/layout_parts.h"

#include <algorithm>
#include <map>

namespace loopscope::detail {
namespace {

constexpr double note_radius = 2.5;
constexpr double note_line = 11;   ///< height of a printed text's line at the foot of its lane
constexpr double fold_notes = 8;   ///< dots closer than this become one: no letter would fit between them
constexpr double join_notes = 60;  ///< and so do those closer than this of which one has no room for a word
constexpr double capsule_padding = 6;

constexpr auto nowhere = static_cast<std::size_t>(-1);

/// Whether a mark stands at the foot of its lane, with words beside it.
bool has_words(Mark::Kind kind)
{
    return kind == Mark::Kind::Note || kind == Mark::Kind::NeverAwaited || kind == Mark::Kind::Remark;
}

double height_at(const Draft& draft, const Mark& mark)
{
    const LaneRow& lane = draft.scene.lanes[mark.lane];
    if (!has_words(mark.kind))
        return lane.box.y + lane.headroom + 6;
    if (!has_note_line(draft.metrics))
        return lane.box.bottom() - 3;
    const double foot = lane.box.bottom() - lane.footroom;
    // A coroutine that nobody awaited says nothing, so it never stands among what is said.
    return mark.kind == Mark::Kind::NeverAwaited ? foot + capsule_row / 2 : foot - note_line / 2;
}

void place_mark(const Draft& draft, Mark& mark)
{
    mark.color = draft.scene.lanes[mark.lane].color;
    mark.y = height_at(draft, mark);
}

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
    place_mark(draft, mark);
    return mark;
}

/// What facts mean that leave no sign of their own, at the feet of the lanes which that concerns.
std::vector<Mark> placed_remarks(const Draft& draft, std::size_t step)
{
    std::vector<Mark> marks;
    for (Remark& remark : remarks_at(draft, step)) {
        Mark mark{.kind = Mark::Kind::Remark, .x = draft.x_after(step), .task = remark.task, .step = step,
                  .text = std::move(remark.text), .lane = remark.lane, .label = {}, .label_box = {}, .radius = note_radius};
        place_mark(draft, mark);
        if (draft.in_view(mark.x))
            marks.push_back(std::move(mark));
    }
    return marks;
}

/// Dots that are one, with the texts of all.
struct Notes {
    Mark mark;
    std::vector<std::string> texts;

    void take(Notes& other)
    {
        mark.folded += other.mark.folded;
        std::move(other.texts.begin(), other.texts.end(), std::back_inserter(texts));
    }
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

/// The line at which the loop cancels what is left, when it lies right of an x.
double line_after(const Draft& draft, double x)
{
    double line = draft.scene.width;
    for (const Edge& edge : draft.scene.edges)
        if (edge.x > x)
            line = std::min(line, edge.x);
    return line;
}

/// Writes texts beside their dots: at the right as far as the next dot leaves room, or at the left where only
/// there is enough. Gives the first for which neither side had room.
std::optional<std::size_t> put_texts(const Draft& draft, std::vector<Notes>& notes)
{
    const LayoutMetrics& m = draft.metrics;
    const double padding = notes.front().mark.kind == Mark::Kind::NeverAwaited ? capsule_padding : 0;
    const double gap = note_radius + 4 + padding / 2;
    std::optional<std::size_t> missed;
    double taken = draft.left;
    for (std::size_t i = 0; i < notes.size(); ++i) {
        Mark& note = notes[i].mark;
        note.label.clear();
        note.label_box = {};
        const auto fitting = [&](double from, double to) {
            return static_cast<std::size_t>(std::max(0.0, (to - from) / m.char_width));
        };
        const double end = i + 1 < notes.size() ? notes[i + 1].mark.x - gap : draft.right - m.word_margin;
        const std::size_t right = fitting(note.x + gap, end - padding);
        const std::size_t left = fitting(taken + padding, note.x - gap);
        std::string text = joined(notes[i].texts);
        if (note.folded > 1 && char_count(text) > std::max(left, right))
            text = note.text + " … (" + std::to_string(note.folded) + ")";
        // What was said before the loop cancels what is left stands before that line, if it can.
        const std::size_t before_line = fitting(note.x + gap, std::min(end, line_after(draft, note.x) - gap) - padding);
        const bool to_left = before_line < char_count(text) && left >= char_count(text);
        taken = note.x + gap;
        constexpr double close = 24;
        if (!to_left && before_line < char_count(text) && before_line < right && i > 0 && note.x - notes[i - 1].mark.x < close)
            missed = missed.value_or(i);
        if (!to_left && right < char_count(text) && right < 8) {
            missed = missed.value_or(i);
            continue;
        }
        note.label = cut_to(text, to_left ? left : right);
        const double width = text_width(draft, note.label);
        note.label_box = {to_left ? note.x - gap - width : note.x + gap, note.y - note_line / 2, width, note_line};
        taken = std::max(taken, note.label_box.right() + gap);
    }
    return missed;
}

/// A text that has no room of its own is told together with the one before it, or the one after it.
bool join(std::vector<Notes>& notes, std::size_t missed)
{
    // What was printed is never told together with what the program did not say.
    const auto near = [&](std::size_t left) {
        return notes[left + 1].mark.kind == notes[left].mark.kind
            && notes[left + 1].mark.x - notes[left].mark.x < join_notes;
    };
    std::size_t left = missed;
    if (missed > 0 && near(missed - 1))
        left = missed - 1;
    else if (missed + 1 == notes.size() || !near(missed))
        return false;
    notes[left].take(notes[left + 1]);
    notes.erase(notes.begin() + static_cast<std::ptrdiff_t>(left) + 1);
    return true;
}

void label_notes(const Draft& draft, std::vector<Notes>& notes)
{
    if (!has_note_line(draft.metrics))
        return;
    while (const std::optional<std::size_t> missed = put_texts(draft, notes))
        if (!join(notes, *missed))
            break;
}

} // namespace

bool has_note_line(const LayoutMetrics& m) { return m.lane_height >= m.bar_height + 2 * note_line; }

std::size_t lane_at(const Draft& draft, std::size_t step)
{
    const std::vector<Span>& turns = draft.spans.loop;
    const auto after = std::upper_bound(turns.begin(), turns.end(), step,
                                        [](std::size_t s, const Span& turn) { return s < turn.begin; });
    if (after == turns.begin() || step >= std::prev(after)->end || !std::prev(after)->task)
        return draft.loop_lane;
    return draft.task_lanes[std::prev(after)->task.value - 1];
}

void add_notes(Draft& draft)
{
    std::map<std::pair<std::size_t, bool>, std::vector<Notes>> rows; // of a lane: coroutines nobody awaited, and the rest
    const auto keep = [&](std::optional<Mark> mark) {
        if (!mark)
            return;
        if (!has_words(mark->kind)) {
            draft.scene.marks.push_back(std::move(*mark));
            return;
        }
        std::vector<Notes>& row = rows[{mark->lane, mark->kind == Mark::Kind::NeverAwaited}];
        std::string text = mark->text;
        Notes note{.mark = std::move(*mark), .texts = {std::move(text)}};
        if (!row.empty() && note.mark.kind == row.back().mark.kind && note.mark.x - row.back().mark.x < fold_notes)
            row.back().take(note);
        else
            row.push_back(std::move(note));
    };
    for (std::size_t step = draft.first_step; step < draft.last_step; ++step) {
        keep(mark_of(draft, step));
        if (draft.metrics.notes)
            for (Mark& remark : placed_remarks(draft, step))
                keep(std::move(remark));
    }
    for (auto& [row, notes] : rows) {
        label_notes(draft, notes);
        for (Notes& note : notes)
            draft.scene.marks.push_back(std::move(note.mark));
    }
}

} // namespace loopscope::detail
