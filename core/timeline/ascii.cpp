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
    case Mark::Kind::NeverAwaited:
    case Mark::Kind::LeftBehind:
    case Mark::Kind::Refused:
    case Mark::Kind::Due:
    case Mark::Kind::SlowTurn:
    case Mark::Kind::Arrived:
    case Mark::Kind::Remark: break;
    }
    return ' ';
}

/// The arrow between two values as ASCII has it.
std::string plain(std::string words)
{
    constexpr std::string_view arrow = "→";
    constexpr std::string_view dots = "…";
    for (std::size_t at; (at = words.find(arrow)) != std::string::npos;)
        words.replace(at, arrow.size(), ">");
    for (std::size_t at; (at = words.find(dots)) != std::string::npos;)
        words.replace(at, dots.size(), "..");
    return words;
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

    const auto write = [&](std::string& row, double x, const std::string& words) {
        const std::size_t at = column(x);
        if (at + words.size() <= row.size())
            row.replace(at, words.size(), words);
    };
    for (const Level& level : scene.levels) {
        std::string& row = rows[level.lane];
        const std::size_t to = column(std::max(level.box.x, level.box.right() - 1e-6));
        const bool value = level.kind == Level::Kind::Value;
        if (level.kind == Level::Kind::Waiting)
            continue;
        const char sign = value ? '_' : level.count > 9 ? '+' : static_cast<char>('0' + level.count);
        for (std::size_t i = column(level.box.x); i <= to; ++i)
            row[i] = sign;
    }
    for (const Level& level : scene.levels)
        if (level.kind == Level::Kind::Value && level.label_box.width > 0)
            write(rows[level.lane], level.box.x, plain(level.label));
    for (const Seat& seat : scene.seats) // how many places are taken
        for (std::size_t i = column(seat.box.x); i <= column(std::max(seat.box.x, seat.box.right() - 1e-6)); ++i) {
            char& place = rows[seat.lane][i];
            place = place == ' ' ? '1' : place < '9' ? static_cast<char>(place + 1) : '+';
        }
    for (const Tail& tail : scene.tails) {
        std::string& row = rows[tail.lane];
        for (std::size_t i = column(tail.box.x) + 1; i <= column(tail.box.right()); ++i)
            put(row[i], i % 2 == 0 ? '-' : ' ');
        write(row, tail.box.right() - axis / columns * 8, "for ever");
    }

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
