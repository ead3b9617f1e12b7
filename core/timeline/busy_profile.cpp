#include "core/timeline/busy_profile.h"

#include <algorithm>

namespace loopscope {

std::vector<double> busy_profile(const RunSpans& spans, const TimeScale& whole, std::size_t columns)
{
    std::vector<double> busy(columns, 0.0);
    const auto count = static_cast<double>(columns);
    for (const Span& turn : spans.loop) {
        if (turn.kind == SpanKind::Selecting)
            continue;
        const auto at = [&](TimePoint when, std::size_t fact) {
            const double step = static_cast<double>(std::min(fact + 1, spans.facts));
            return std::clamp(whole.u({when, step}), 0.0, 1.0) * count;
        };
        const double from = at(turn.from, turn.begin);
        const double to = at(turn.to, turn.end);
        for (auto column = static_cast<std::size_t>(from); column < columns && static_cast<double>(column) < to; ++column) {
            const auto left = static_cast<double>(column);
            busy[column] += std::min(to, left + 1) - std::max(from, left);
        }
    }
    for (double& part : busy)
        part = std::min(1.0, part);
    return busy;
}

} // namespace loopscope
