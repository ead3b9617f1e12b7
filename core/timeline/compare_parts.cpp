#include "core/timeline/compare_parts.h"

#include "core/timeline/labels.h"
#include "core/timeline/layout.h"

#include <algorithm>
#include <string>
#include <unordered_map>

namespace loopscope::detail {

std::vector<TaskId> parts_of(const Trace& a, const Trace& b)
{
    const auto id = [](std::size_t index) { return TaskId{static_cast<std::uint32_t>(index + 1)}; };
    std::vector<TaskId> parts(b.task_count());
    std::vector<bool> taken(a.task_count());
    std::unordered_map<std::string, std::size_t> by_name;
    for (std::size_t i = 0; i < a.task_count(); ++i)
        by_name.emplace(a.display_name(id(i)), i);
    for (std::size_t i = 0; i < b.task_count(); ++i) {
        const auto same = by_name.find(b.display_name(id(i)));
        if (same == by_name.end() || taken[same->second])
            continue;
        taken[same->second] = true;
        parts[i] = id(same->second);
    }
    using Row = std::pair<std::string, std::vector<std::size_t>>; // of a stem, the tasks in order of creation
    const auto rows_of = [&](const Trace& trace, const auto& is_free) {
        std::vector<Row> rows;
        for (std::size_t i = 0; i < trace.task_count(); ++i) {
            const std::string stem = stem_of(trace.display_name(id(i)));
            if (!is_free(i) || stem.find('*') == std::string::npos)
                continue;
            const auto known = std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.first == stem; });
            (known == rows.end() ? rows.emplace_back(stem, std::vector<std::size_t>{}) : *known).second.push_back(i);
        }
        return rows;
    };
    std::vector<Row> of_a = rows_of(a, [&](std::size_t i) { return !taken[i]; });
    for (const Row& row : rows_of(b, [&](std::size_t i) { return !parts[i]; })) {
        const auto like = std::find_if(of_a.begin(), of_a.end(),
                                       [&](const Row& other) { return other.second.size() == row.second.size(); });
        if (like == of_a.end())
            continue;
        for (std::size_t k = 0; k < row.second.size(); ++k)
            parts[row.second[k]] = id(like->second[k]);
        of_a.erase(like);
    }
    return parts;
}

RunSpans in_order_of(const RunSpans& spans_a, const std::vector<TaskId>& parts, RunSpans spans_b)
{
    std::vector<TaskLane> ordered;
    ordered.reserve(spans_b.tasks.size());
    std::vector<bool> taken(spans_b.tasks.size());
    std::unordered_map<std::uint32_t, std::size_t> place; // of who has a task's part, in spans_b.tasks
    for (std::size_t i = 0; i < spans_b.tasks.size(); ++i)
        place.emplace(parts[spans_b.tasks[i].task.value - 1].value, i);
    for (const TaskLane& lane : spans_a.tasks) {
        const auto same = place.find(lane.task.value);
        if (same == place.end())
            continue;
        taken[same->second] = true;
        ordered.push_back(spans_b.tasks[same->second]);
    }
    for (std::size_t i = 0; i < spans_b.tasks.size(); ++i)
        if (!taken[i])
            ordered.push_back(spans_b.tasks[i]);
    spans_b.tasks = std::move(ordered);
    return spans_b;
}

void match_colors(const Trace& a, const Trace& b, const std::vector<TaskId>& parts, TimelineScene& scene)
{
    std::vector<ColorSlot> slots = color_slots(b);
    const std::vector<ColorSlot> slots_a = color_slots(a);
    // Who is new has a colour that nobody has there.
    ColorSlot unused = slots_a.empty() ? 0 : 1 + *std::max_element(slots_a.begin(), slots_a.end());
    for (std::size_t i = 0; i < parts.size(); ++i)
        slots[i] = parts[i] ? slots_a[parts[i].value - 1] : unused++;
    const auto match = [&](TaskId task, ColorSlot& color) {
        if (task && color >= 0)
            color = slots[task.value - 1];
    };
    for (LaneRow& lane : scene.lanes)
        match(lane.task, lane.color);
    for (Bar& bar : scene.bars)
        if (bar.kind != SpanKind::InFlight || bar.task.value > 1)
            match(bar.task, bar.color);
    for (Mark& mark : scene.marks)
        match(mark.task, mark.color);
    for (Arrow& arrow : scene.arrows)
        match(arrow.from_task, arrow.color);
    for (Frame& frame : scene.frames)
        match(frame.task, frame.color);
    for (Tail& tail : scene.tails)
        match(tail.task, tail.color);
    for (WaitArrow& arrow : scene.wait_arrows)
        match(arrow.from, arrow.color);
}

} // namespace loopscope::detail
