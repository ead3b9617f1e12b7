#include "core/timeline/layout.h"

#include "core/timeline/flights.h"
#include "core/timeline/labels.h"
#include "core/timeline/layout_groups.h"
#include "core/timeline/layout_parts.h"

#include <algorithm>
#include <map>

namespace loopscope {
namespace {

using detail::Draft;

std::optional<std::size_t> step_of(const std::optional<RunPosition>& position)
{
    return position ? std::optional(static_cast<std::size_t>(position->step)) : std::nullopt;
}

void add_lane(Draft& draft, LaneRow lane, double height)
{
    TimelineScene& scene = draft.scene;
    if (!draft.metrics.subtitles)
        lane.subtitle.clear();
    lane.box = {0, scene.height, scene.width, height};
    scene.height += height;
    scene.lanes.push_back(std::move(lane));
}

void add_loop_lane(Draft& draft)
{
    draft.loop_lane = draft.scene.lanes.size();
    const double headroom = detail::loop_headroom(draft);
    const double footroom = detail::footroom_of(draft, draft.loop_lane);
    add_lane(draft, {.kind = LaneRow::Kind::Loop, .task = {}, .title = "event loop",
                     .subtitle = detail::loop_subtitle(draft.spans), .color = -1, .box = {}, .headroom = headroom,
                     .footroom = footroom},
             draft.metrics.lane_height + headroom + footroom);
}

/// Finds the lane of each task before there is any: how high a lane is depends on what lies over several.
void number_lanes(Draft& draft)
{
    draft.task_lanes.resize(draft.trace.task_count());
    const std::size_t tasks = draft.order ? draft.order->rows.size() : draft.spans.tasks.size();
    draft.loop_lane = draft.metrics.loop_last ? tasks : 0;
    const std::size_t first = draft.metrics.loop_last ? 0 : 1;
    if (!draft.order) {
        for (std::size_t i = 0; i < draft.spans.tasks.size(); ++i)
            draft.task_lanes[draft.spans.tasks[i].task.value - 1] = first + i;
        return;
    }
    const std::vector<LaneOrder::Row>& rows = draft.order->rows;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (!rows[i].task)
            for (const TaskId task : draft.order->groups[rows[i].group].tasks)
                draft.task_lanes[task.value - 1] = first + i;
    for (std::size_t i = 0; i < rows.size(); ++i) // one of its own goes before a group's
        if (rows[i].task)
            draft.task_lanes[rows[i].task.value - 1] = first + i;
}

void add_task_lanes(Draft& draft)
{
    const LayoutMetrics& m = draft.metrics;
    const std::vector<std::size_t> depths = detail::keeps_rows(m) ? detail::frame_depths(draft.trace, draft.spans)
                                                                  : std::vector<std::size_t>(draft.trace.task_count());
    const auto add_task = [&](const TaskLane& lane) {
        const std::string title = draft.trace.display_name(lane.task);
        const double headroom = m.frame_row * static_cast<double>(depths[lane.task.value - 1]);
        const double footroom = detail::footroom_of(draft, draft.scene.lanes.size());
        add_lane(draft, {.kind = LaneRow::Kind::Task, .task = lane.task,
                         .title = title,
                         .subtitle = detail::task_subtitle(draft.trace, lane, title, draft.hosts),
                         .color = draft.task_colors[lane.task.value - 1], .box = {},
                         .exists_from_start = lane.created_at == TimePoint{},
                         .headroom = headroom, .footroom = footroom},
                 m.lane_height + headroom + footroom);
    };
    if (!draft.order) {
        for (const TaskLane& lane : draft.spans.tasks)
            add_task(lane);
        return;
    }
    for (const LaneOrder::Row& row : draft.order->rows)
        if (row.task)
            add_task(draft.spans.tasks[row.task.value - 1]);
        else
            add_lane(draft, detail::group_lane(*draft.order, row.group), draft.metrics.lane_height);
}

void add_network_lane(Draft& draft)
{
    draft.network_lane = draft.scene.lanes.size();
    if (draft.spans.network.empty())
        return;
    const LayoutMetrics& m = draft.metrics;
    draft.flights = detail::flights_of(draft.trace, draft.spans);
    const auto rows = static_cast<double>(draft.flights.rows);
    const double wanted = draft.flights.streams ? rows * detail::stream_pitch + 12
                                                : rows * m.channel_height + (rows - 1) * m.channel_gap + 16;
    add_lane(draft, {.kind = LaneRow::Kind::Network, .task = {}, .title = "network",
                     .subtitle = detail::network_subtitle(draft.trace, draft.spans, step_of(m.until)), .color = -1, .box = {}},
             std::clamp(wanted, m.lane_height, 2 * m.lane_height));
}

void add_shared_lanes(Draft& draft)
{
    draft.shared_lanes = detail::shared_lanes_of(draft.trace, draft.spans, draft.metrics);
    for (detail::SharedLane& shared : draft.shared_lanes) {
        shared.lane = draft.scene.lanes.size();
        auto [lane, height] = detail::shared_lane(draft.trace, draft.spans, shared, draft.metrics);
        add_lane(draft, std::move(lane), height);
    }
}

void add_worker_lanes(Draft& draft)
{
    const LayoutMetrics& m = draft.metrics;
    draft.end_of_tasks = draft.scene.height;
    draft.calls_lane = draft.scene.lanes.size();
    if (detail::has_calls_lane(draft.spans)) {
        const auto rows = static_cast<double>(std::ranges::max(detail::rows_of(draft.spans.calls)) + 1);
        const double wanted = rows * m.channel_height + (rows - 1) * m.channel_gap + 16;
        add_lane(draft, {.kind = LaneRow::Kind::Calls, .task = {}, .title = "waiting calls",
                         .subtitle = detail::calls_subtitle(draft.spans, step_of(m.until)), .color = -1, .box = {}},
                 std::clamp(wanted, m.lane_height, 2 * m.lane_height));
    }
    draft.interpreter_lane = draft.scene.lanes.size();
    if (!draft.spans.gil.empty())
        add_lane(draft, {.kind = LaneRow::Kind::Interpreter, .task = {}, .title = "interpreter",
                         .subtitle = "one at a time", .color = -1, .box = {}},
                 m.lane_height);
    draft.worker_lanes.resize(draft.trace.worker_count());
    for (const WorkerLane& lane : draft.spans.workers) {
        draft.worker_lanes[lane.worker.value - 1] = draft.scene.lanes.size();
        add_lane(draft, {.kind = LaneRow::Kind::Worker, .task = {}, .worker = lane.worker,
                         .title = detail::worker_title(draft.trace, lane.worker),
                         .subtitle = detail::worker_subtitle(draft.trace, lane.worker), .color = -1, .box = {},
                         .exists_from_start = lane.started_at == TimePoint{}},
                 m.lane_height);
    }
}

void find_cut(Draft& draft)
{
    draft.right = draft.scene.width;
    draft.shown_steps = draft.trace.size();
    if (!draft.metrics.until)
        return;
    const RunPosition& until = *draft.metrics.until;
    draft.shown_steps = std::min(static_cast<std::size_t>(until.step), draft.trace.size());
    // Between two facts time alone says how far the run has come.
    const double x = draft.metrics.cut_x.value_or(
        std::max(draft.scene.axis.x(until.step), draft.left + draft.scale.x(until)));
    draft.scene.cut_x = std::clamp(x, draft.left, draft.scene.width);
    draft.right = *draft.scene.cut_x;
}

/// A draft that has its axis and its lanes, and nothing in them yet.
Draft with_lanes(const Trace& trace, const RunSpans& spans, const TimeScale& scale, const LayoutMetrics& metrics,
                 const StepAxis& axis, const LaneOrder* order)
{
    Draft draft{.trace = trace, .spans = spans, .scale = scale, .metrics = metrics, .scene = {},
                .order = order,
                .task_lanes = {}, .worker_lanes = {}, .channel_y = {}, .task_colors = color_slots(trace),
                .channel_colors = channel_slots(trace), .call_y = {}, .flights = {}, .hosts = detail::hosts_of(trace), .shared_lanes = {}, .footrooms = {}};
    TimelineScene& scene = draft.scene;
    draft.left = metrics.label_width;
    scene.width = metrics.label_width + scale.width() + metrics.right_margin;
    scene.label_width = metrics.label_width;
    scene.label_inset = metrics.label_inset;
    scene.ruler_height = metrics.ruler ? metrics.ruler_height : 0;
    scene.height = scene.ruler_height;

    std::vector<StepAxis::Stop> stops = axis.stops();
    for (StepAxis::Stop& stop : stops)
        stop.x += draft.left;
    scene.axis = StepAxis(std::move(stops));

    number_lanes(draft);
    draft.footrooms = detail::footrooms_of(draft);
    if (!metrics.loop_last)
        add_loop_lane(draft);
    add_task_lanes(draft);
    add_shared_lanes(draft);
    add_network_lane(draft);
    if (metrics.loop_last)
        add_loop_lane(draft);
    add_worker_lanes(draft);
    return draft;
}

} // namespace

std::vector<ColorSlot> color_slots(const Trace& trace)
{
    std::vector<ColorSlot> slots(trace.task_count());
    for (std::size_t i = 0; i < slots.size(); ++i)
        slots[i] = static_cast<ColorSlot>(i);
    return slots;
}

std::vector<ColorSlot> channel_slots(const Trace& trace)
{
    const std::vector<ColorSlot> tasks = color_slots(trace);
    std::vector<std::string_view> peers;
    std::vector<ColorSlot> slots(trace.channel_count(), -1);
    for (std::size_t i = 0; i < slots.size(); ++i) {
        const ChannelInfo& channel = trace.channel(ChannelId{static_cast<std::uint32_t>(i + 1)});
        auto peer = std::find(peers.begin(), peers.end(), channel.peer);
        if (peer == peers.end())
            peer = peers.insert(peers.end(), channel.peer);
        if (channel.task.value > 1)
            slots[i] = tasks[channel.task.value - 1];
        else if (channel.task)
            slots[i] = 1 + static_cast<ColorSlot>(peer - peers.begin());
    }
    // What one end of a connection sends of its own accord has the colour of who made the connection.
    const auto info = [&](std::size_t i) -> const ChannelInfo& { return trace.channel(ChannelId{static_cast<std::uint32_t>(i + 1)}); };
    std::map<std::string_view, ColorSlot> connected;
    for (std::size_t i = 0; i < slots.size(); ++i)
        if (info(i).label == "connect")
            connected.try_emplace(info(i).peer, slots[i]);
    for (std::size_t i = 0; i < slots.size(); ++i)
        if (const auto made = connected.find(info(i).peer); !info(i).task && made != connected.end())
            slots[i] = made->second;
    return slots;
}

double detail::text_width(const Draft& draft, std::string_view text)
{
    return static_cast<double>(char_count(text)) * draft.metrics.char_width;
}

double detail::Draft::x_at(TimePoint when) const
{
    std::size_t step = 0; // the first fact that does not come before it
    for (std::size_t high = trace.size(); step < high;) {
        const std::size_t middle = step + (high - step) / 2;
        if (trace.when(middle) < when)
            step = middle + 1;
        else
            high = middle;
    }
    const auto at = static_cast<double>(step);
    const double here = scene.axis.x(at);
    if (step == trace.size())
        return std::max(here, left + scale.x({when, at}));
    const TimePoint before = step == 0 ? TimePoint{} : trace.when(step - 1);
    const double gap = to_seconds(trace.when(step) - before);
    const double part = gap <= 0 ? 0 : std::clamp(to_seconds(when - before) / gap, 0.0, 1.0);
    return here + part * (scene.axis.x(at + 1) - here);
}

TimelineScene layout(const Trace& trace, const RunSpans& spans, const TimeScale& scale, const LayoutMetrics& metrics,
                     const LaneOrder* order)
{
    return layout(trace, spans, scale, metrics, step_axis(trace, spans, scale, metrics), order);
}

double layout_height(const Trace& trace, const RunSpans& spans, const TimeScale& scale, const LayoutMetrics& metrics,
                     const StepAxis& axis, const LaneOrder* order)
{
    return with_lanes(trace, spans, scale, metrics, axis, order).scene.height;
}

TimelineScene layout(const Trace& trace, const RunSpans& spans, const TimeScale& scale, const LayoutMetrics& metrics,
                     const StepAxis& axis, const LaneOrder* order)
{
    Draft draft = with_lanes(trace, spans, scale, metrics, axis, order);
    const TimelineScene& scene = draft.scene;
    find_cut(draft);
    draft.first_step = scene.axis.step_at(draft.left - 1);
    draft.last_step = std::min(draft.shown_steps, scene.axis.step_at(draft.right + 1));
    detail::add_frames(draft);
    detail::add_loop_words(draft);
    detail::add_bars(draft);
    detail::add_brackets(draft);
    detail::add_shared(draft);
    detail::add_network(draft);
    detail::add_arrivals(draft);
    detail::add_workers(draft);
    if (metrics.arrows)
        detail::add_arrows(draft);
    detail::add_marks(draft);
    detail::add_tails(draft);
    detail::add_densities(draft);
    detail::add_ticks(draft);
    return std::move(draft.scene);
}

} // namespace loopscope
