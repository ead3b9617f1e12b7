#include "core/timeline/layout_groups.h"

#include <algorithm>
#include <cmath>

namespace loopscope::detail {
namespace {

constexpr double column_width = 2;

/// Adds up how long spans lie in each column.
class Columns {
public:
    Columns(double left, double right)
        : left_(left)
        , sums_(static_cast<std::size_t>(std::max(1.0, std::ceil((right - left) / column_width))))
        , jumps_(sums_.size() + 1)
    {
    }

    void add(double from, double to)
    {
        const auto count = static_cast<double>(sums_.size());
        from = std::clamp((from - left_) / column_width, 0.0, count);
        to = std::clamp((to - left_) / column_width, 0.0, count);
        if (to <= from)
            return;
        const auto first = std::min(static_cast<std::size_t>(from), sums_.size() - 1);
        const auto last = std::min(static_cast<std::size_t>(to), sums_.size() - 1);
        if (first == last) {
            sums_[first] += to - from;
            return;
        }
        sums_[first] += static_cast<double>(first + 1) - from;
        sums_[last] += to - static_cast<double>(last);
        jumps_[first + 1] += 1; // those between are full
        jumps_[last] -= 1;
    }

    [[nodiscard]] std::vector<double> totals() const
    {
        std::vector<double> all = sums_;
        double full = 0;
        for (std::size_t i = 0; i < all.size(); ++i) {
            full += jumps_[i];
            all[i] += full;
        }
        return all;
    }

private:
    double left_;
    std::vector<double> sums_;
    std::vector<double> jumps_; // how the number of spans that fill a column whole changes there
};

Density density_of(const Draft& draft, const LaneGroup& group, std::size_t lane)
{
    Columns waiting(draft.left, draft.right);
    Columns ready(draft.left, draft.right);
    Columns running(draft.left, draft.right);
    for (const TaskId task : group.tasks) {
        const std::vector<Span>& spans = draft.spans.tasks[task.value - 1].spans;
        auto span = std::lower_bound(spans.begin(), spans.end(), draft.first_step,
                                     [](const Span& s, std::size_t step) { return s.end < step; });
        for (; span != spans.end() && span->begin <= draft.last_step; ++span) {
            const double from = draft.x_after(span->begin);
            const double to = std::min(draft.x_after(span->end), draft.right);
            if (span->kind == SpanKind::Waiting)
                waiting.add(from, to);
            else if (span->kind == SpanKind::Ready)
                ready.add(from, to);
            else
                running.add(from, to);
        }
    }
    Density density{.lane = lane, .x = draft.left, .column = column_width, .columns = {}};
    const std::vector<double> waits = waiting.totals();
    const std::vector<double> queued = ready.totals();
    const std::vector<double> runs = running.totals();
    for (std::size_t i = 0; i < waits.size(); ++i) {
        density.columns.push_back({.waiting = waits[i], .ready = queued[i], .running = std::min(1.0, runs[i]),
                                   .step = draft.scene.axis.step_at(draft.left + static_cast<double>(i) * column_width)});
        density.most = std::max(density.most, waits[i] + queued[i]);
    }
    return density;
}

} // namespace

LaneRow group_lane(const LaneOrder& order, std::size_t group)
{
    const LaneGroup& folded = order.groups[group];
    LaneRow lane{.kind = LaneRow::Kind::Group, .task = {}, .title = folded.title,
                 .subtitle = "×" + std::to_string(folded.tasks.size()) + " tasks", .color = -1, .box = {}};
    lane.group = folded.key;
    lane.group_size = folded.tasks.size();
    lane.open = folded.open;
    return lane;
}

void add_densities(Draft& draft)
{
    if (!draft.order)
        return;
    for (std::size_t lane = 0; lane < draft.scene.lanes.size(); ++lane) {
        const LaneRow& row = draft.scene.lanes[lane];
        if (row.kind != LaneRow::Kind::Group)
            continue;
        const auto group = std::find_if(draft.order->groups.begin(), draft.order->groups.end(),
                                        [&](const LaneGroup& g) { return g.key == row.group; });
        if (group != draft.order->groups.end())
            draft.scene.densities.push_back(density_of(draft, *group, lane));
    }
}

} // namespace loopscope::detail
