#include "core/timeline/ascii.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <vector>

namespace loopscope {
namespace {

char letter(SpanKind kind)
{
    switch (kind) {
    case SpanKind::Ready: return ':';
    case SpanKind::Running: return '#';
    case SpanKind::Computing: return '=';
    case SpanKind::Blocking: return 'B';
    case SpanKind::Waiting: return '-';
    case SpanKind::Selecting: return '.';
    case SpanKind::InFlight: return '~';
    case SpanKind::StartingUp: return 's';
    case SpanKind::WaitingForGil: return 'w';
    case SpanKind::Queued: return 'q';
    case SpanKind::Sending: return '>';
    }
    return '?';
}

/// Of two that want the same character, the one a reader must not miss.
int weight(char c)
{
    constexpr std::string_view order = " .-~qs>w:#=B*x!";
    return static_cast<int>(order.find(c));
}

char letter(Mark::Kind kind)
{
    switch (kind) {
    case Mark::Kind::Finished: return '*';
    case Mark::Kind::Failed: return '!';
    case Mark::Kind::Cancelled: return 'x';
    case Mark::Kind::Note:
    case Mark::Kind::CancelRequest:
    case Mark::Kind::Error:
    case Mark::Kind::NeverAwaited: break;
    }
    return ' ';
}

std::string trimmed(std::string line)
{
    line.erase(line.find_last_not_of(' ') + 1);
    return line;
}

} // namespace

std::string ascii(const TimelineScene& scene, int columns)
{
    assert(columns > 0);
    const double axis = std::max(1.0, scene.width - scene.label_width);
    const auto last = static_cast<double>(columns - 1);
    const auto column = [&](double x) {
        return static_cast<std::size_t>(std::clamp(std::floor((x - scene.label_width) / axis * columns), 0.0, last));
    };
    const auto put = [](char& place, char c) {
        if (weight(c) > weight(place))
            place = c;
    };

    std::vector<std::string> rows(scene.lanes.size(), std::string(static_cast<std::size_t>(columns), ' '));
    for (const Bar& bar : scene.bars) {
        // The end belongs to the next bar, unless nothing would be left.
        const std::size_t from = column(bar.box.x);
        const std::size_t to = std::max(from, column(std::max(bar.box.x, bar.box.right() - 1e-6)));
        for (std::size_t i = from; i <= to; ++i)
            put(rows[bar.lane][i], letter(bar.kind));
    }
    for (const Mark& mark : scene.marks)
        put(rows[mark.lane][column(mark.x)], letter(mark.kind));

    std::size_t names = 0;
    for (const LaneRow& lane : scene.lanes)
        names = std::max(names, lane.title.size());
    std::string text;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::string name = scene.lanes[i].title;
        name.resize(names, ' ');
        text += trimmed(name + " |" + rows[i]) + '\n';
    }

    std::string ruler(static_cast<std::size_t>(columns) + 12, ' ');
    std::size_t free = 0; // labels that would run into one another are left out
    for (const Tick& tick : scene.ticks) {
        const std::size_t at = column(tick.x);
        if (at < free)
            continue;
        ruler.replace(at, tick.text.size(), tick.text);
        free = at + tick.text.size() + 1;
    }
    return text + trimmed(std::string(names, ' ') + "  " + ruler) + '\n';
}

} // namespace loopscope
