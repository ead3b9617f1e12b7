#include "core/timeline/labels.h"
#include "core/timeline/layout_parts.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace loopscope::detail {
namespace {

constexpr auto nowhere = static_cast<std::size_t>(-1);

constexpr double words_height = 12;
constexpr double apart_in_group = 8; ///< arrows to tasks that share a lane

/// The lane and height at which a cause begins.
struct Source {
    std::size_t lane = 0;
    double y = 0;
    ColorSlot color = -1;
};

/// Whether what a cause brings is an exception: the task failed that somebody waits for.
bool brings_error(const Draft& draft, const Cause& cause)
{
    if (cause.kind == Cause::Kind::Task && cause.from_task) {
        const LaneEnd& end = life_of(draft.spans, cause.from_task).end;
        return end.kind == LaneEnd::Kind::Failed && end.step == cause.from_step;
    }
    return false;
}

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
                      .step = phase.step, .text = "left behind: destroyed while pending", .lane = row, .label = {}, .label_box = {},
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
            mark.text = failed ? std::string(failed->type) : "failed";
            if (failed && !failed->message.empty())
                mark.text += ": " + std::string(failed->message);
        } else if (lane.end.kind == LaneEnd::Kind::Cancelled) {
            mark.kind = Mark::Kind::Cancelled;
            mark.text = "cancelled";
        }
        mark.x += mark.radius + 2;
        if (mark.x - mark.radius >= draft.left && mark.x + mark.radius <= draft.scene.width)
            draft.scene.marks.push_back(std::move(mark));
    }
}

/// What a mark of trouble says, the most telling first; nothing for a good end.
std::vector<std::string> words_of(const Mark& mark)
{
    switch (mark.kind) {
    case Mark::Kind::Failed: {
        const std::string type = mark.text.substr(0, mark.text.find(':'));
        return {mark.text, type};
    }
    case Mark::Kind::LeftBehind: return {"left behind: destroyed while pending", "left behind"};
    case Mark::Kind::Error: return {mark.text, "never asked for"};
    case Mark::Kind::Finished:
    case Mark::Kind::Cancelled:
    case Mark::Kind::Note:
    case Mark::Kind::CancelRequest:
    case Mark::Kind::NeverAwaited:
    case Mark::Kind::Refused:
    case Mark::Kind::Due:
    case Mark::Kind::Arrived:
    case Mark::Kind::Remark:
    case Mark::Kind::SlowTurn: break;
    }
    return {};
}

/// Puts a message that is too long for its line on two, where the lane is high enough for that and both
/// hold all of it.
bool break_in_two(const Draft& draft, Mark& mark, const std::string& words, double from, std::size_t room, std::size_t room_for_two)
{
    const Box& lane = draft.scene.lanes[mark.lane].box;
    const bool low = mark.y - words_height < lane.y || mark.y + words_height > lane.bottom();
    if (low || char_count(words) <= room || words.size() != char_count(words))
        return false;
    const std::size_t cut = words.rfind(' ', room_for_two);
    if (cut == std::string::npos || cut == 0 || words.size() - cut - 1 > room_for_two)
        return false;
    mark.label = words.substr(0, cut) + '\n' + words.substr(cut + 1);
    mark.label_box = {from, mark.y - words_height, std::max(text_width(draft, words.substr(0, cut)), text_width(draft, words.substr(cut + 1))),
                      2 * words_height};
    return true;
}

/// Writes beside the marks of trouble what went wrong, where nothing else lies right of them.
void label_ends(Draft& draft)
{
    if (!has_note_line(draft.metrics) || !draft.metrics.notes)
        return;
    std::vector<Mark>& marks = draft.scene.marks;
    for (Mark& mark : marks) {
        const std::vector<std::string> words = words_of(mark);
        if (words.empty() || (mark.task && draft.is_folded(mark.task)))
            continue;
        const double from = mark.x + mark.radius + 5;
        const auto room_for = [&](double height) {
            double limit = draft.right - draft.metrics.word_margin;
            const auto lies_there = [&](double x, double top, double bottom) {
                return x >= mark.x + 1 && top < mark.y + height / 2 && bottom > mark.y - height / 2;
            };
            for (const Mark& other : marks)
                if (&other != &mark && other.lane == mark.lane
                    && (lies_there(other.x, other.y - other.radius, other.y + other.radius)
                        || (other.label_box.width > 0
                            && lies_there(other.label_box.x, other.label_box.y, other.label_box.bottom()))))
                    limit = std::min(limit, std::min(other.x - other.radius, other.label_box.width > 0 ? other.label_box.x : other.x) - 4);
            for (const Bar& bar : draft.scene.bars)
                if (bar.lane == mark.lane && lies_there(bar.box.x, bar.box.y, bar.box.bottom()))
                    limit = std::min(limit, bar.box.x - 4);
            for (const Frame& frame : draft.scene.frames) // its words may stand on an edge, but not cross a title
                if (frame.label_box.width > 0 && lies_there(frame.label_box.x, frame.label_box.y, frame.label_box.bottom()))
                    limit = std::min(limit, frame.label_box.x - 4);
            return static_cast<std::size_t>(std::max(0.0, (limit - from) / draft.metrics.char_width));
        };
        const std::size_t room = room_for(words_height);
        if (break_in_two(draft, mark, words.front(), from, room, room_for(2 * words_height)))
            continue;
        constexpr std::size_t fewest = 12; // letters of a cut message that still tell something beside its type
        for (const std::string& word : words) {
            const bool message = char_count(word) > char_count(words.back());
            if (char_count(word) > room && !(message && room >= char_count(words.back()) + fewest))
                continue;
            mark.label = cut_to(word, room);
            mark.label_box = {from, mark.y - words_height / 2, text_width(draft, mark.label), words_height};
            break;
        }
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
                    .from_step = cause.from_step, .to_step = cause.to_step, .fails = brings_error(draft, cause)};
        if (!draft.in_view(arrow.x1) || !draft.in_view(arrow.x2))
            continue;
        // Arrows on the same pixels are one.
        const auto [last, is_new] = drawn.try_emplace({cause.kind, source->lane, lane}, arrow.x2);
        if (!is_new && arrow.x2 - last->second < (draft.is_folded(cause.to_task) ? apart_in_group : 1))
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
    add_notes(draft);
    label_ends(draft);
}

} // namespace loopscope::detail
