#include "core/base/format.h"
#include "core/timeline/labels.h"
#include "core/timeline/layout_parts.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <string_view>

namespace loopscope::detail {
namespace {

constexpr double widest_fold = 12;  ///< wider ones would hide where it was busy and where not
constexpr std::size_t most_rows = 64; ///< of requests; more at once lie on the last row

bool holds_thread(SpanKind kind)
{
    return kind == SpanKind::Running || kind == SpanKind::Computing || kind == SpanKind::Blocking;
}

/// What a folded bar is taken for: the loudest of its parts.
int loudness(SpanKind kind)
{
    switch (kind) {
    case SpanKind::Blocking: return 5;
    case SpanKind::Computing: return 4;
    case SpanKind::Running: return 3;
    case SpanKind::InFlight:
    case SpanKind::StartingUp:
    case SpanKind::Sending: return 2;
    case SpanKind::WaitingForGil:
    case SpanKind::Waiting: return 1;
    case SpanKind::Queued:
    case SpanKind::Ready:
    case SpanKind::Selecting: return 0;
    }
    return 0;
}

double height_of(SpanKind kind, const LayoutMetrics& m)
{
    if (holds_thread(kind))
        return m.bar_height;
    return std::round(m.bar_height * 0.75);
}

/// Lays the spans of one lane in order; those too thin to draw become one bar with a count.
class LaneBars {
public:
    LaneBars(Draft& draft, std::size_t lane, double middle)
        : draft_(draft)
        , lane_(lane)
        , middle_(middle)
        , taken_(draft.left)
    {
    }

    /// The part of a span that lies right of `after_x`, or left of `before_x`, where one is given.
    void add(const Span& span, ColorSlot color, double height, std::optional<double> after_x = {},
             std::optional<double> before_x = {})
    {
        if (span.begin >= draft_.shown_steps)
            return;
        const double begin = std::max(draft_.x_after(span.begin), after_x.value_or(draft_.scene.label_width - 1e9));
        // What is still under way at the cut reaches up to it.
        const bool open = draft_.scene.cut_x && span.end >= draft_.shown_steps;
        const double end = std::min(open ? draft_.right : draft_.x_after(span.end),
                                    before_x.value_or(draft_.scene.width + 1e9));
        if (end < draft_.left || begin > draft_.right)
            return;
        const double x0 = std::clamp(begin, taken_, std::max(taken_, draft_.right));
        const double x1 = std::clamp(end, x0, std::max(x0, draft_.right));

        Bar bar{.kind = span.kind, .box = {x0, middle_ - height / 2, x1 - x0, height}, .color = color,
                .task = span.task, .step = span.end, .begin = span.begin, .end = span.end, .lane = lane_,
                .from = span.from, .to = span.to, .channel = span.channel,
                .worker = span.worker, .call = span.call, .cancelling = span.cancelling,
                .open = open, .label = {}, .label_box = {}};
        const bool thin = x1 - x0 < draft_.metrics.min_bar_width;
        if (pending_ && (!thin || x0 - pending_->box.right() > draft_.metrics.min_bar_width
                         || x1 - pending_->box.x > widest_fold))
            flush(bar);
        if (thin)
            fold(bar);
        else
            emit(std::move(bar), after_x ? std::vector<std::string>{"due, nobody looked", "nobody looked", "due"}
                                         : wordings(draft_.trace, span, draft_.names_host(span)));
    }

    void finish()
    {
        if (pending_) {
            widen(*pending_, draft_.right);
            show_turns(*pending_);
            emit(std::move(*pending_), {});
            pending_.reset();
        }
    }

private:
    void fold(const Bar& bar)
    {
        if (!pending_) {
            pending_ = bar;
            loudest_width_ = bar.box.width;
            computing_ = waiting_ = Duration::zero();
            count_turns(bar);
            return;
        }
        Bar& into = *pending_;
        count_turns(bar);
        const double right = std::max(into.box.right(), bar.box.right());
        const bool louder = loudness(bar.kind) > loudness(into.kind)
            || (loudness(bar.kind) == loudness(into.kind) && bar.box.width > loudest_width_);
        if (louder) {
            into.kind = bar.kind;
            into.color = bar.color;
            into.task = bar.task;
            into.box.y = bar.box.y;
            into.box.height = bar.box.height;
            loudest_width_ = bar.box.width;
        }
        into.box.width = right - into.box.x;
        into.end = bar.end;
        into.step = bar.end;
        into.to = bar.to;
        into.open = bar.open;
        into.cancelling = into.cancelling || bar.cancelling;
        into.folded += 1;
    }

    void count_turns(const Bar& bar)
    {
        if (bar.kind == SpanKind::Computing)
            computing_ += bar.to - bar.from;
        else if (bar.kind == SpanKind::WaitingForGil)
            waiting_ += bar.to - bar.from;
    }

    /// Threads that take turns too short to draw must not look as if all computed at once: such a bar
    /// is as high as its share of the time.
    void show_turns(Bar& bar) const
    {
        if (bar.kind != SpanKind::Computing || waiting_ == Duration::zero())
            return;
        const double share = to_seconds(computing_) / to_seconds(computing_ + waiting_);
        bar.box.height = std::max(3.0, bar.box.height * share);
        bar.box.y = middle_ - bar.box.height / 2;
    }

    /// A bar that is there at all is seen: it takes a pixel, from the next one where it must.
    static void widen(Bar& bar, double limit)
    {
        bar.box.width = std::max(bar.box.width, std::min(1.0, std::max(0.0, limit - bar.box.x)));
    }

    void flush(Bar& next)
    {
        widen(*pending_, next.box.right());
        const double overlap = pending_->box.right() - next.box.x;
        if (overlap > 0) {
            next.box.x += overlap;
            next.box.width = std::max(0.0, next.box.width - overlap);
        }
        show_turns(*pending_);
        emit(std::move(*pending_), {});
        pending_.reset();
    }

    void emit(Bar bar, const std::vector<std::string>& words)
    {
        taken_ = std::max(taken_, bar.box.right());
        if (bar.folded == 1)
            put_label(bar, words, draft_.scene.lanes[lane_].box.height, draft_.metrics);
        draft_.scene.bars.push_back(std::move(bar));
    }

    Draft& draft_;
    std::size_t lane_;
    double middle_;
    double taken_; ///< bars lie right of this
    std::optional<Bar> pending_;
    double loudest_width_ = 0;
    Duration computing_{0}; ///< in what is folded …
    Duration waiting_{0};   ///< … and how long it waited for the interpreter
};

/// The rows of a lane on which several things go on at once. They come closer when there are many;
/// below two pixels several share one.
struct Rows {
    Rows(const Draft& draft, std::size_t lane, std::size_t count, double wanted)
    {
        const LayoutMetrics& m = draft.metrics;
        const double room = draft.scene.lanes[lane].box.height - 12;
        pitch = std::max(2.0, std::min(wanted, room / static_cast<double>(count)));
        seen = std::min(count, static_cast<std::size_t>(std::max(1.0, std::floor(room / pitch))));
        height = std::max(1.5, std::min(m.channel_height, pitch * 0.7));
        first = draft.middle_of(lane) - pitch * static_cast<double>(seen - 1) / 2;
    }

    [[nodiscard]] double y(std::size_t row) const { return first + pitch * static_cast<double>(row); }

    /// Whether words on one line stay off the next.
    [[nodiscard]] bool has_words() const { return seen == 1 || pitch >= words_height; }

    static constexpr double words_height = 11;
    std::size_t seen = 1;
    double height = 0;

private:
    double pitch = 0;
    double first = 0;
};

/// The wait that a span is, when it was over before the loop could look.
const LateWait* late_end(const Draft& draft, const Span& span)
{
    if (span.kind != SpanKind::Waiting)
        return nullptr;
    const std::vector<LateWait>& late = draft.spans.shared.late;
    const auto found = std::lower_bound(late.begin(), late.end(), span.end,
                                        [](const LateWait& wait, std::size_t end) { return wait.end < end; });
    return found != late.end() && found->end == span.end && found->task == span.task ? &*found : nullptr;
}

/// From the moment at which its timer was due the task only waits for the thread.
void add_late(Draft& draft, LaneBars& bars, const Span& span, const LateWait& late, std::size_t row)
{
    const double due = draft.x_at(late.due);
    const LayoutMetrics& m = draft.metrics;
    const ColorSlot color = draft.color_of(span.task);
    Span before = span;
    before.to = std::min(span.to, late.due);
    bars.add(before, color, height_of(SpanKind::Waiting, m), {}, due);
    if (draft.scene.cut_x && due >= draft.right)
        return;
    Span kept = span;
    kept.kind = SpanKind::Ready;
    kept.from = std::max(span.from, late.due);
    // It begins where the fact that lets the thread go is still to come: what has the thread began it.
    const auto known = static_cast<std::size_t>(position_at(draft.trace, late.due).step);
    kept.begin = std::max(span.begin, known > 0 ? known - 1 : 0);
    bars.add(kept, color, height_of(SpanKind::Ready, m), due);
    if (draft.in_view(due)) {
        const double height = m.bar_height;
        draft.scene.marks.push_back({.kind = Mark::Kind::Due, .x = due, .y = draft.middle_of(row), .color = color,
                                     .task = span.task, .step = kept.begin,
                                     .text = "due at " + format_moment(late.due), .lane = row, .label = {},
                                     .label_box = {}, .radius = height / 2});
    }
}

/// Writes words on a bar that is lower than they are, at its beginning.
void put_at_begin(const Draft& draft, Bar& bar, const std::vector<std::string>& wordings, double height)
{
    constexpr double inset = 8;
    for (const std::string& words : wordings) {
        const double width = static_cast<double>(char_count(words)) * draft.metrics.char_width + 6;
        if (words.empty() || width + 2 * inset > bar.box.width)
            continue;
        bar.label = words;
        bar.label_box = {bar.box.x + inset, bar.box.y + (bar.box.height - height) / 2, width, height};
        return;
    }
}

/// Writes on the bars of calls that wait which ones they are.
void name_calls(Draft& draft, std::size_t first, double height)
{
    for (std::size_t i = first; i < draft.scene.bars.size(); ++i) {
        Bar& bar = draft.scene.bars[i];
        if (bar.lane == draft.calls_lane && bar.folded == 1)
            put_at_begin(draft, bar, wordings(draft.trace, {.kind = bar.kind, .from = bar.from, .to = bar.to, .call = bar.call}, false), height);
    }
}

/// Writes on a request's bar with whom it talks; where all talk to one, for whom it is.
void name_requests(Draft& draft, std::size_t first, double height)
{
    std::set<std::string_view> peers;
    for (const Flight& flight : draft.flights.flights)
        if (!flight.stream)
            peers.insert(draft.trace.channel(flight.span.channel).peer);
    for (std::size_t i = first; i < draft.scene.bars.size(); ++i) {
        Bar& bar = draft.scene.bars[i];
        if (bar.lane != draft.network_lane || bar.folded > 1)
            continue;
        const ChannelInfo& channel = draft.trace.channel(bar.channel);
        if (is_stream(channel))
            continue;
        std::string words;
        if (peers.size() > 1)
            words = channel.peer;
        else if (bar.task.value > 1)
            words = draft.trace.display_name(bar.task);
        put_at_begin(draft, bar, {words}, height);
    }
}

/// The parts of a turn in which the task itself has the thread: the first step of an eager one lies inside
/// the turn of the task that made it.
template <class Add>
void add_own_parts(const Draft& draft, const Span& span, const Add& add)
{
    const std::vector<Span>& turns = draft.spans.loop;
    auto turn = std::lower_bound(turns.begin(), turns.end(), span.begin,
                                 [](const Span& s, std::size_t step) { return s.end <= step; });
    Span part = span;
    for (; turn != turns.end() && turn->begin < span.end; ++turn) {
        if (!turn->task || turn->task == span.task || turn->kind == SpanKind::Selecting)
            continue;
        part.end = std::max(part.begin, turn->begin);
        part.to = turn->from;
        if (part.end > part.begin)
            add(part);
        part.begin = std::min(turn->end, span.end);
        part.from = turn->to;
    }
    part.end = span.end;
    part.to = span.to;
    if (part.end > part.begin)
        add(part);
}

} // namespace

void add_bars(Draft& draft)
{
    const LayoutMetrics& m = draft.metrics;
    const auto add_lane = [&](std::size_t row, const std::vector<Span>& spans) {
        LaneBars bars(draft, row, draft.middle_of(row));
        auto span = std::lower_bound(spans.begin(), spans.end(), draft.first_step,
                                     [](const Span& s, std::size_t step) { return s.end < step; });
        for (; span != spans.end() && span->begin <= draft.last_step; ++span) {
            if (!m.idle && span->kind == SpanKind::Selecting)
                continue;
            if (const LateWait* late = late_end(draft, *span)) {
                add_late(draft, bars, *span, *late, row);
                continue;
            }
            if (row != draft.loop_lane && span->kind == SpanKind::Running)
                add_own_parts(draft, *span, [&](const Span& part) { bars.add(part, draft.color_of(part.task), height_of(part.kind, m)); });
            else
                bars.add(*span, draft.color_of(span->task), height_of(span->kind, m));
        }
        bars.finish();
    };
    add_lane(draft.loop_lane, draft.spans.loop);
    for (const TaskLane& lane : draft.spans.tasks)
        if (!draft.is_folded(lane.task))
            add_lane(draft.task_lanes[lane.task.value - 1], lane.spans);
    add_walls(draft);
}

std::vector<std::size_t> rows_of(const std::vector<Span>& network)
{
    std::vector<std::size_t> rows(network.size());
    std::vector<std::size_t> free_from; // of each row, the step from which it is free
    for (std::size_t i = 0; i < network.size(); ++i) {
        auto row = std::find_if(free_from.begin(), free_from.end(),
                                [&](std::size_t step) { return step <= network[i].begin; });
        if (row == free_from.end())
            row = free_from.size() < most_rows ? free_from.insert(row, 0) : std::prev(row);
        *row = std::max(*row, network[i].end);
        rows[i] = static_cast<std::size_t>(row - free_from.begin());
    }
    return rows;
}

void add_network(Draft& draft)
{
    draft.channel_y.assign(draft.trace.channel_count(), 0);
    if (draft.spans.network.empty())
        return;
    const std::vector<Flight>& flights = draft.flights.flights;
    const LayoutMetrics& m = draft.metrics;
    const Rows rows_at(draft, draft.network_lane, draft.flights.rows,
                       draft.flights.streams ? stream_pitch : m.channel_height + m.channel_gap);
    const std::size_t first = draft.scene.bars.size();
    std::vector<LaneBars> lanes;
    for (std::size_t row = 0; row < rows_at.seen; ++row)
        lanes.emplace_back(draft, draft.network_lane, rows_at.y(row));
    for (const Flight& flight : flights) {
        const std::size_t row = std::min(flight.row, rows_at.seen - 1);
        const std::size_t channel = flight.span.channel.value - 1;
        draft.channel_y[channel] = rows_at.y(row);
        if (flight.shown)
            lanes[row].add(flight.span, draft.channel_colors[channel], rows_at.height);
    }
    for (LaneBars& lane : lanes)
        lane.finish();
    if (rows_at.has_words())
        name_requests(draft, first, Rows::words_height);
}

bool has_calls_lane(const RunSpans& spans)
{
    return std::any_of(spans.calls.begin(), spans.calls.end(), [](const Span& s) { return s.to > s.from; });
}

std::size_t worker_lane_count(const RunSpans& spans)
{
    return spans.workers.size() + (has_calls_lane(spans) ? 1 : 0) + (spans.gil.empty() ? 0 : 1);
}

void add_workers(Draft& draft)
{
    for (const WorkerLane& lane : draft.spans.workers) {
        const std::size_t row = draft.worker_lanes[lane.worker.value - 1];
        LaneBars bars(draft, row, draft.middle_of(row));
        auto span = std::lower_bound(lane.spans.begin(), lane.spans.end(), draft.first_step,
                                     [](const Span& s, std::size_t step) { return s.end < step; });
        for (; span != lane.spans.end() && span->begin <= draft.last_step; ++span)
            bars.add(*span, draft.color_of(span->task), height_of(span->kind, draft.metrics));
        bars.finish();
    }
    if (!draft.spans.gil.empty()) {
        LaneBars bars(draft, draft.interpreter_lane, draft.middle_of(draft.interpreter_lane));
        const std::vector<GilSpan>& gil = draft.spans.gil;
        auto first = std::lower_bound(gil.begin(), gil.end(), draft.first_step,
                                      [](const GilSpan& s, std::size_t step) { return s.end < step; });
        for (; first != gil.end() && first->begin <= draft.last_step; ++first) {
            const GilSpan& held = *first;
            const TaskId task = held.call ? draft.trace.call(held.call).task : TaskId{};
            bars.add({.kind = SpanKind::Running, .begin = held.begin, .end = held.end, .from = held.from, .to = held.to,
                      .task = task, .worker = held.worker, .call = held.call},
                     draft.color_of(task), draft.metrics.bar_height);
        }
        bars.finish();
    }
    draft.call_y.assign(draft.trace.call_count(), 0);
    if (!has_calls_lane(draft.spans))
        return;
    const std::vector<std::size_t> rows = rows_of(draft.spans.calls);
    const Rows rows_at(draft, draft.calls_lane, std::ranges::max(rows) + 1,
                       draft.metrics.channel_height + draft.metrics.channel_gap);
    const std::size_t first = draft.scene.bars.size();
    std::vector<LaneBars> lanes;
    for (std::size_t row = 0; row < rows_at.seen; ++row)
        lanes.emplace_back(draft, draft.calls_lane, rows_at.y(row));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Span& span = draft.spans.calls[i];
        const std::size_t row = std::min(rows[i], rows_at.seen - 1);
        if (span.to <= span.from)
            continue;
        lanes[row].add(span, draft.color_of(span.task), rows_at.height);
        draft.call_y[span.call.value - 1] = rows_at.y(row);
    }
    for (LaneBars& lane : lanes)
        lane.finish();
    if (rows_at.has_words())
        name_calls(draft, first, Rows::words_height);
}

} // namespace loopscope::detail
