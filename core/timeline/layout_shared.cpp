#include "core/base/format.h"
#include "core/timeline/labels.h"
#include "core/timeline/layout_parts.h"

#include <algorithm>
#include <cmath>

namespace loopscope::detail {
namespace {

constexpr std::uint32_t most_seats = 8; ///< more are an area with a number
constexpr double seat_pitch = 15;
constexpr double waiting_row = 15;
constexpr double words_height = 12;
constexpr double same_pixel = 0.75;     ///< changes closer than this are one

/// The places that are drawn one by one; 0 for an area.
std::uint32_t seats_of(const Trace& trace, const ResourceLine& line)
{
    const ResourceInfo& info = trace.resource(line.resource);
    std::uint32_t seats = info.kind == ResourceKind::Lock ? 1 : info.capacity;
    for (const ResourceLine::Seat& seat : line.seats)
        seats = std::max(seats, seat.number + 1);
    return seats <= most_seats ? seats : 0;
}

bool is_gate(ResourceKind kind) { return kind == ResourceKind::Lock || kind == ResourceKind::Semaphore; }

/// What stays where it is from one change to the next.
struct Flat {
    std::size_t begin = 0, end = 0;
    double x0 = 0, x1 = 0;
    bool begins = true, open = false;
};

/// The stretch between two changes as far as it is in view; nothing when none of it is.
std::optional<Flat> flat(const Draft& draft, std::size_t begin, std::size_t end, double last_x)
{
    if (begin >= draft.shown_steps)
        return std::nullopt;
    Flat stretch{.begin = begin, .end = end, .x0 = draft.x_after(begin)};
    stretch.open = draft.scene.cut_x && end >= draft.shown_steps;
    stretch.x1 = stretch.open ? draft.right : end >= draft.trace.size() ? last_x : draft.x_after(end);
    if (stretch.x1 < draft.left || stretch.x0 > draft.right)
        return std::nullopt;
    stretch.begins = stretch.x0 >= draft.left - 0.5;
    stretch.x0 = std::max(stretch.x0, draft.left);
    stretch.x1 = std::clamp(stretch.x1, stretch.x0, std::max(stretch.x0, draft.right));
    return stretch;
}

/// Where that ends which the run leaves as it is: in one that is stuck, it stays so for ever.
double last_x_of(const Draft& draft)
{
    return draft.spans.shared.stuck && !draft.scene.cut_x ? draft.scene.width - 10 : draft.end_x();
}

// ---- values ----

/// "70 → 50"; of many only the last, which alone is still so.
std::string chain(const std::vector<std::string>& before, const std::string& last)
{
    constexpr std::size_t few = 2;
    std::string words;
    if (before.size() <= few)
        for (const std::string& text : before)
            words += text + " → ";
    return words + last;
}

/// Writes values on their lines, centred; those before that had no room stand before it. What the run ends
/// with is written behind its end where its line is too short.
void label_values(const Draft& draft, std::vector<Level>& levels)
{
    constexpr double padding = 5;
    const auto width_with = [&](const std::string& words) { return text_width(draft, words) + 2 * padding; };
    const auto put_at = [&](Level& level, const std::string& words, double x) {
        level.label = words;
        level.label_box = {x, level.box.y - words_height / 2, width_with(words), words_height};
        return true;
    };
    const auto put_on = [&](Level& level, const std::string& words) {
        const double width = width_with(words);
        return width <= level.box.width && put_at(level, words, level.box.x + (level.box.width - width) / 2);
    };
    const auto put_behind = [&](Level& level, const std::string& words) {
        const double x = level.box.right() + 4;
        return !level.open && x + width_with(words) <= draft.right - draft.metrics.word_margin && put_at(level, words, x);
    };
    // Left of its line, where no other one runs at this height.
    const auto put_before = [&](std::size_t i, const std::string& words, double right) {
        const double width = width_with(words);
        const auto end = levels.begin() + static_cast<std::ptrdiff_t>(i);
        const bool taken = std::any_of(levels.begin(), end, [&](const Level& other) {
            return other.box.right() > right - width && other.box.x < right
                && std::abs(other.box.y - levels[i].box.y) < words_height + 2;
        });
        return !taken && right - width >= draft.left && put_at(levels[i], words, right - width);
    };
    std::vector<std::string> missed;
    std::size_t first_missed = 0;
    for (std::size_t i = 0; i < levels.size(); ++i) {
        const std::string own = levels[i].label;
        const std::string all = chain(missed, own);
        const bool last = i + 1 == levels.size();
        const double right = levels[missed.empty() ? i : first_missed].box.x - 5;
        // A value that was there only for a moment is what a reader must not miss.
        if (put_on(levels[i], all) || (last && (put_behind(levels[i], all) || put_before(i, all, right)))
            || put_on(levels[i], own)) {
            missed.clear();
            continue;
        }
        if (missed.empty())
            first_missed = i;
        missed.push_back(own);
    }
}

void add_values(Draft& draft, const ValueLine& line, std::size_t lane)
{
    const LaneRow& row = draft.scene.lanes[lane];
    const double top = row.box.y + std::min(10.0, row.box.height * 0.3);
    const double bottom = row.box.bottom() - std::min(10.0, row.box.height * 0.3);
    double low = 0;
    double high = 0;
    bool numbers = true;
    for (const ValueLine::Step& step : line.steps) {
        numbers = numbers && step.number;
        const double value = step.number.value_or(0);
        low = &step == line.steps.data() ? value : std::min(low, value);
        high = &step == line.steps.data() ? value : std::max(high, value);
    }
    const auto y_of = [&](const ValueLine::Step& step) {
        if (!numbers || high <= low)
            return (top + bottom) / 2;
        return bottom - (step.number.value_or(0) - low) / (high - low) * (bottom - top);
    };
    const double last_x = last_x_of(draft);
    std::vector<Level> levels;
    for (std::size_t i = 0; i < line.steps.size(); ++i) {
        const ValueLine::Step& step = line.steps[i];
        const std::size_t end = i + 1 < line.steps.size() ? line.steps[i + 1].step : draft.trace.size();
        const std::optional<Flat> at = flat(draft, step.step, end, last_x);
        if (!at)
            continue;
        if (!levels.empty() && at->x0 - levels.back().box.x < same_pixel && levels.size() > 1) {
            Level& same = levels.back(); // the last of those that share a pixel
            same.box = {same.box.x, y_of(step), at->x1 - same.box.x, 0};
            same.label = step.text;
            same.end = end;
            same.open = at->open;
            continue;
        }
        levels.push_back({.kind = Level::Kind::Value, .box = {at->x0, y_of(step), at->x1 - at->x0, 0},
                          .from_y = i > 0 ? y_of(line.steps[i - 1]) : y_of(step), .begins = at->begins && i > 0,
                          .color = draft.color_of(step.by), .task = step.by, .begin = at->begin, .end = at->end,
                          .lane = lane, .open = at->open, .label = std::string(step.text), .label_box = {}});
    }
    label_values(draft, levels);
    draft.scene.levels.insert(draft.scene.levels.end(), std::make_move_iterator(levels.begin()),
                              std::make_move_iterator(levels.end()));
}

// ---- numbers of things ----

struct Area {
    Level::Kind kind = Level::Kind::Count;
    double top = 0, base = 0;
    double most = 1; ///< the number that reaches the top
    bool same_height = false; ///< it is there or not, and only a number says how many
};

void put_number(const Draft& draft, Level& level, const Area& area)
{
    const std::string few = std::to_string(level.count);
    const bool waits = area.kind == Level::Kind::Waiting;
    const std::string many = waits ? few + (level.count == 1 ? " waits" : " wait") : few;
    if (level.count == 0)
        return;
    for (const std::string& words : {many, few}) {
        const double width = text_width(draft, words) + (waits ? 6 : 2);
        if (width > level.box.width)
            continue;
        level.label = words;
        const double x = level.box.x + (level.box.width - width) / 2;
        if (waits)
            level.label_box = {x, level.box.y + (level.box.height - words_height) / 2, width, words_height};
        else if (level.box.height >= words_height + 2)
            level.label_box = {x, level.box.y + 1.5, width, words_height};
        else
            level.label_box = {x, level.box.y - words_height - 0.5, width, words_height};
        return;
    }
}

void add_area(Draft& draft, const ResourceLine& line, std::size_t lane, const Area& area)
{
    const auto number = [&](const ResourceLine::Step& step) {
        return area.kind == Level::Kind::Waiting ? step.waiting : step.level;
    };
    const auto y_of = [&](std::uint32_t count) {
        if (area.same_height)
            return count == 0 ? area.base : area.top;
        return area.base - static_cast<double>(count) / area.most * (area.base - area.top);
    };
    std::vector<Level> levels;
    double y = area.base;
    for (std::size_t i = 0; i < line.steps.size();) {
        const std::uint32_t count = number(line.steps[i]);
        std::size_t next = i + 1;
        while (next < line.steps.size() && number(line.steps[next]) == count)
            ++next;
        const std::size_t end = next < line.steps.size() ? line.steps[next].step : draft.trace.size();
        const std::optional<Flat> at = flat(draft, line.steps[i].step, end, last_x_of(draft));
        const double top = y_of(count);
        if (at && !levels.empty() && at->x0 - levels.back().box.x < same_pixel) {
            Level& same = levels.back(); // the most of those that share a pixel
            if (static_cast<int>(count) > same.count)
                same.count = static_cast<int>(count);
            same.box = {same.box.x, y_of(static_cast<std::uint32_t>(same.count)), at->x1 - same.box.x, 0};
            same.box.height = area.base - same.box.y;
            same.end = at->end;
            same.open = at->open;
            if (same.box.width >= 2 && static_cast<int>(count) != same.count) {
                same.count = static_cast<int>(count); // what lasts wins
                same.box.y = top;
                same.box.height = area.base - top;
            }
        } else if (at) {
            levels.push_back({.kind = area.kind, .box = {at->x0, top, at->x1 - at->x0, area.base - top}, .from_y = y,
                              .begins = at->begins && i > 0, .task = {}, .begin = at->begin, .end = at->end, .lane = lane,
                              .open = at->open, .count = static_cast<int>(count), .label = {}, .label_box = {}});
        }
        y = top;
        i = next;
    }
    for (Level& level : levels) {
        put_number(draft, level, area);
        draft.scene.levels.push_back(std::move(level));
    }
}

void add_limit(Draft& draft, std::size_t lane, double y, std::string words)
{
    Limit limit{.y = y, .left = draft.left, .right = std::min(draft.end_x(), draft.right), .lane = lane,
                .label = std::move(words), .label_box = {}};
    const double width = text_width(draft, limit.label);
    if (!limit.label.empty() && limit.right + 4 + width <= draft.scene.width - 4)
        limit.label_box = {limit.right + 4, y - words_height / 2, width, words_height};
    draft.scene.limits.push_back(std::move(limit));
}

void add_numbers(Draft& draft, const ResourceLine& line, std::size_t lane)
{
    const ResourceInfo& info = draft.trace.resource(line.resource);
    const LaneRow& row = draft.scene.lanes[lane];
    const double most = std::max({1U, line.peak, info.capacity <= 2 * line.peak + 2 ? info.capacity : 0U});
    const Area area{.kind = Level::Kind::Count, .top = row.box.y + std::min(14.0, row.box.height * 0.3),
                    .base = row.box.bottom() - 4, .most = most};
    if (info.capacity > 0 && static_cast<double>(info.capacity) <= most)
        add_limit(draft, lane,
                  area.base - static_cast<double>(info.capacity) / most * (area.base - area.top),
                  std::to_string(info.capacity));
    add_area(draft, line, lane, area);
}

// ---- places ----

void add_gate(Draft& draft, const ResourceLine& line, std::size_t lane)
{
    const LaneRow& row = draft.scene.lanes[lane];
    const std::uint32_t seats = seats_of(draft.trace, line);
    const bool has_waiting = line.most_waiting > 0 && row.box.height >= 26;
    const double bottom = row.box.bottom() - 4 - (has_waiting ? waiting_row : 0);
    const double top = row.box.y + 4;
    const double pitch = (bottom - top) / seats;
    const double height = std::min(pitch - 2, 13.0);
    const double last_x = last_x_of(draft);
    const auto middle = [&](std::uint32_t number) { return top + pitch * (number + 0.5); };
    for (std::uint32_t number = 0; number < seats; ++number)
        add_limit(draft, lane, middle(number), {});
    for (const ResourceLine::Seat& held : line.seats) {
        const std::optional<Flat> at = flat(draft, held.begin, held.end, last_x);
        if (!at)
            continue;
        Seat seat{.box = {at->x0, middle(held.number) - height / 2, std::max(1.0, at->x1 - at->x0), height},
                  .color = draft.color_of(held.task), .task = held.task, .begin = at->begin, .end = at->end,
                  .lane = lane, .open = at->open, .label = held.task ? draft.trace.display_name(held.task) : std::string(),
                  .label_box = {}};
        const double width = text_width(draft, seat.label) + 6;
        if (height >= words_height - 1 && width <= seat.box.width)
            seat.label_box = {seat.box.x + (seat.box.width - width) / 2, seat.box.y, width, height};
        draft.scene.seats.push_back(std::move(seat));
    }
    if (has_waiting)
        add_area(draft, line, lane,
                 {.kind = Level::Kind::Waiting, .top = bottom + 1, .base = row.box.bottom() - 3,
                  .same_height = true});
}

std::string subtitle_of(const ResourceInfo& info)
{
    switch (info.kind) {
    case ResourceKind::Lock: return "lock";
    case ResourceKind::Semaphore: return format_count(info.capacity, "place");
    case ResourceKind::Queue: return info.capacity == 0 ? "no limit" : "room for " + std::to_string(info.capacity);
    case ResourceKind::Barrier: return "opens at " + std::to_string(info.capacity);
    case ResourceKind::Event:
    case ResourceKind::Condition: break;
    }
    return {};
}

} // namespace

std::vector<SharedLane> shared_lanes_of(const Trace& trace, const RunSpans& spans, const LayoutMetrics& metrics)
{
    std::vector<SharedLane> lanes;
    const SharedSpans& shared = spans.shared;
    for (std::size_t i = 0; i < shared.values.size(); ++i)
        if (shared.values[i].steps.size() > 1)
            lanes.push_back({.kind = LaneRow::Kind::Value, .index = i});
    // Locks that nobody ever waits for protect nothing that is seen; beside one that somebody waits for they
    // are half of the story.
    const bool contended = std::any_of(shared.resources.begin(), shared.resources.end(), [&](const ResourceLine& line) {
        return line.most_waiting > 0 && trace.resource(line.resource).kind == ResourceKind::Lock;
    });
    for (std::size_t i = 0; i < shared.resources.size(); ++i) {
        const ResourceLine& line = shared.resources[i];
        if (line.steps.size() < 2)
            continue;
        const ResourceKind kind = trace.resource(line.resource).kind;
        if (trace.resource(line.resource).label == "as_completed")
            continue; // how asyncio hands ended tasks over: no queue of the program
        const bool matters = kind == ResourceKind::Lock ? contended
                                                        : kind == ResourceKind::Semaphore || kind == ResourceKind::Queue
                || kind == ResourceKind::Barrier;
        if (matters)
            lanes.push_back({.kind = is_gate(kind) && seats_of(trace, line) > 0 ? LaneRow::Kind::Gate : LaneRow::Kind::Queue,
                             .index = i});
    }
    if (lanes.size() > metrics.shared_lanes)
        lanes.resize(metrics.shared_lanes);
    return lanes;
}

std::pair<LaneRow, double> shared_lane(const Trace& trace, const RunSpans& spans, const SharedLane& shared,
                                       const LayoutMetrics& metrics)
{
    LaneRow lane{.kind = shared.kind, .task = {}, .title = {}, .subtitle = {}, .box = {}};
    if (shared.kind == LaneRow::Kind::Value) {
        lane.title = std::string(trace.watch(spans.shared.values[shared.index].watch).label);
        lane.subtitle = "watched";
        return {std::move(lane), metrics.lane_height};
    }
    const ResourceLine& line = spans.shared.resources[shared.index];
    lane.title = trace.display_name(line.resource);
    lane.subtitle = subtitle_of(trace.resource(line.resource));
    if (!lane.subtitle.empty() && lane.title.starts_with(lane.subtitle)) // "lock A"
        lane.subtitle = "one at a time";
    double height = metrics.lane_height;
    if (shared.kind == LaneRow::Kind::Gate)
        height = std::clamp(8 + seat_pitch * seats_of(trace, line) + (line.most_waiting > 0 ? waiting_row : 0),
                            metrics.lane_height, 2 * metrics.lane_height);
    return {std::move(lane), height};
}

void add_shared(Draft& draft)
{
    for (const SharedLane& shared : draft.shared_lanes) {
        if (shared.kind == LaneRow::Kind::Value)
            add_values(draft, draft.spans.shared.values[shared.index], shared.lane);
        else if (shared.kind == LaneRow::Kind::Gate)
            add_gate(draft, draft.spans.shared.resources[shared.index], shared.lane);
        else
            add_numbers(draft, draft.spans.shared.resources[shared.index], shared.lane);
    }
}

} // namespace loopscope::detail
