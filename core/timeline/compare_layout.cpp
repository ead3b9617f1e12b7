#include "core/timeline/compare_layout.h"

#include "core/timeline/crop.h"
#include "core/timeline/labels.h"
#include "core/timeline/layout_parts.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>

namespace loopscope {
namespace {

constexpr double card_padding = 20;
constexpr double word_width = 6.3;  ///< of the small typeface for words, on the safe side
constexpr double large_width = 11;  ///< of the large bold one

/// Heights of what is not a lane. When there is little room, air goes first and the notes next.
struct Air {
    double heading = 38;
    double note = 30;
    double gap = 14;
    double ruler = 30;
    double card = 52;

    [[nodiscard]] double height(const CompareWords& words) const
    {
        return 2 * heading + (words.note_a.empty() ? 0 : note) + (words.note_b.empty() ? 0 : note) + 2 * gap + ruler
            + (words.verdict.empty() ? 0 : gap + card);
    }
};
constexpr Air tight{.heading = 27, .note = 0, .gap = 6, .ruler = 22, .card = 42};
constexpr double comfortable_lane = 24;
constexpr double lowest_lane = 16;
constexpr double named_pitch = 12; ///< of requests in flight, from which on each has its name
constexpr double letter = 16;      ///< of a run, left of the verdict's bars

double words_width(const std::string& text, double each) { return static_cast<double>(detail::char_count(text)) * each; }

/// For each task of the second run, by id - 1, the one of the first that has its part there: that of
/// the same name; else, where a row of tasks has another name and as many members ("save-1" and
/// "save_or_skip-1"), that of the same place in the row.
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

/// The lanes of the second run, those that the first one has too in the order they have there.
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

/// Gives tasks, and requests, of the second run the colours that their part has in the first.
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

std::size_t lane_count(const Trace& trace, const RunSpans& spans)
{
    return 1 + trace.task_count() + (spans.network.empty() ? 0 : 1) + detail::worker_lane_count(spans);
}

/// The measures of both halves: small lanes, the loop below what it serves.
LayoutMetrics metrics_for(LayoutMetrics m, double lane_height, bool named)
{
    m.lane_height = lane_height;
    m.bar_height = std::round(lane_height * 0.6);
    m.channel_height = std::clamp(lane_height * 0.18, 3.0, 6.0);
    m.channel_gap = named ? named_pitch - m.channel_height : 2;
    m.mark_radius = std::min(7.0, lane_height * 0.21);
    m.pill_height = std::min(m.pill_height, lane_height - 4);
    m.ruler = false;
    m.loop_last = true;
    m.subtitles = false;
    m.arrows = false;
    m.notes = false;
    m.idle = false;
    m.frame_row = 0; // no room for their titles
    m.shared_lanes = 0;
    m.until.reset();
    m.cut_x.reset();
    return m;
}

/// What can be said while a run goes on: neither its total nor who is quicker.
CompareWords words_until(CompareWords words, bool a_goes_on, bool b_goes_on)
{
    if (a_goes_on) {
        words.total_a.clear();
        words.note_a.clear();
    }
    if (b_goes_on) {
        words.total_b.clear();
        words.note_b.clear();
    }
    if (a_goes_on || b_goes_on)
        words.verdict.clear();
    return words;
}

void place_verdict(CompareScene& scene, double axis_left)
{
    const CompareWords& words = scene.words;
    const Box& card = scene.verdict;
    const double text = words_width(words.verdict, large_width);
    scene.verdict_text = {card.x + card_padding, card.y, text, card.height};
    const double bars_left = std::max(axis_left + 10, scene.verdict_text.right() + card_padding);
    const double aside = words.aside.empty() ? 0 : words_width(words.aside, word_width) + card_padding;
    const double inner = card.right() - card_padding - bars_left;

    // Bars, reason and aside share the line. Where it is short, the aside goes first, then the bars' length: the
    // reason is what a comparison is made for.
    constexpr double shortest_bars = 70;
    const double wanted = words_width(words.reason, word_width) + 8;
    const bool has_aside = aside > 0 && inner - aside - letter - 14 - 2 * shortest_bars > std::min(wanted, 260.0);
    const double rest = inner - (has_aside ? aside : 0);
    const double reason = std::min(wanted, std::max(rest * 0.5, rest - letter - 14 - shortest_bars));
    const double longest = std::max(20.0, std::min(rest - reason - letter - 14, 500.0));
    const double most = std::max({words.seconds_a, words.seconds_b, 1e-9});
    const double height = 9;
    const double middle = card.y + card.height / 2;
    scene.bar_a = {bars_left + letter, middle - height - 3, std::max(2.0, longest * words.seconds_a / most), height};
    scene.bar_b = {bars_left + letter, middle + 3, std::max(2.0, longest * words.seconds_b / most), height};
    scene.reason_text = {bars_left + letter + longest + 14, card.y, std::max(0.0, rest - letter - longest - 14), card.height};
    if (has_aside)
        scene.aside_text = {card.right() - card_padding - aside, card.y, aside, card.height};
}

/// Both runs with lanes of this height; with names on requests in flight, where these get the room for it.
CompareScene laid_out(const Trace& a, const RunSpans& spans_a, const Trace& b, const RunSpans& spans_b, const CompareWords& words,
                      double width, const Air& air, double lane_height, const LayoutMetrics& metrics,
                      std::optional<TimePoint> until, AxisView view, bool named)
{
    CompareScene scene;
    scene.width = width;
    scene.margin = std::clamp(width / 37.5, 12.0, 32.0);
    scene.words = words;

    LayoutMetrics m = metrics_for(metrics, lane_height, named);
    // The halves are drawn inside the margins, the stripes of their lanes across the whole picture.
    m.label_inset = scene.margin;
    m.label_width = scene.margin + std::min(metrics.label_width, width * 0.25) + 16;
    m.right_margin = std::max(metrics.right_margin, scene.margin + 30);
    const TimePoint end = std::max(a.end_time(), b.end_time());
    const TimeScale scale = TimeScale(end, std::max(a.size(), b.size()), axis_width(width, m), 0)
                                .showing(view.low, view.high);
    const std::vector<TaskId> parts = parts_of(a, b);
    const RunSpans ordered_b = in_order_of(spans_a, parts, spans_b);
    SharedAxis axis = shared_axis(a, step_axis(a, spans_a, scale, m), b, step_axis(b, ordered_b, scale, m), scale, m.max_shift);

    double y = 0;
    const auto add_half = [&](CompareScene::Half& half, const Trace& trace, const RunSpans& spans, const StepAxis& steps) {
        half.heading = {scene.margin, y, width - 2 * scene.margin, air.heading};
        y += air.heading;
        half.top = y;
        LayoutMetrics cut = m;
        if (until && *until < trace.end_time())
            cut.until = position_at(trace, *until);
        if (until)
            cut.cut_x = m.label_width + axis.x(*until);
        half.timeline = layout(trace, spans, scale, cut, steps);
        y += half.timeline.height;
        if (!half.note.empty() && air.note > 0) {
            half.note_box = {m.label_width, y, width - scene.margin - m.label_width, air.note};
            y += air.note;
        }
    };
    scene.a.title = words.title_a;
    scene.a.total = words.total_a;
    scene.a.note = words.note_a;
    scene.b.title = words.title_b;
    scene.b.total = words.total_b;
    scene.b.note = words.note_b;
    scene.a.better = words.by_time && !words.total_a.empty() && words.seconds_a < words.seconds_b;
    scene.b.better = words.by_time && !words.total_b.empty() && words.seconds_b < words.seconds_a;

    add_half(scene.a, a, spans_a, axis.a);
    y += air.gap;
    scene.divider_y = y;
    y += air.gap / 2;
    add_half(scene.b, b, ordered_b, axis.b);
    match_colors(a, b, parts, scene.b.timeline);
    if (words.difference) {
        const auto mark = [&](CompareScene::Half& half, std::size_t step) {
            // Where the fact has happened: before it the two runs are the same.
            const double x = half.timeline.axis.x(static_cast<double>(step + 1));
            if (x >= m.label_width && x <= width - scene.margin)
                half.difference_x = x;
        };
        mark(scene.a, words.difference->first);
        mark(scene.b, words.difference->second);
    }

    for (SharedAxis::Moment& moment : axis.moments) {
        moment.start += m.label_width;
        moment.end += m.label_width;
    }
    if (scale.low() > 0 || scale.high() < 1)
        for (CompareScene::Half* half : {&scene.a, &scene.b})
            crop(half->timeline, m.label_width, width - scene.margin);
    axis.a = scene.a.timeline.axis;
    axis.b = scene.b.timeline.axis;
    scene.axis = std::move(axis);
    scene.scale = scale;

    // One ruler for both: the two halves were laid out on the same scale, so their ticks agree.
    scene.ticks = scene.b.timeline.ticks;
    scene.ruler_y = y;
    y += air.ruler;
    if (!words.verdict.empty()) {
        y += air.gap / 2;
        scene.verdict = {scene.margin, y, width - 2 * scene.margin, air.card};
        place_verdict(scene, m.label_width);
        y += air.card + air.gap / 2;
    }
    scene.height = y;
    return scene;
}

} // namespace

CompareScene compare_layout(const Trace& a, const RunSpans& spans_a, const Trace& b, const RunSpans& spans_b,
                            const CompareWords& all_words, double width, double height,
                            const LayoutMetrics& metrics, std::optional<TimePoint> until, AxisView view)
{
    const CompareWords words = words_until(all_words, until && *until < a.end_time(), until && *until < b.end_time());
    const auto lanes = static_cast<double>(lane_count(a, spans_a) + lane_count(b, spans_b));
    Air air;
    if (height > 0 && height - air.height(words) < comfortable_lane * lanes)
        air = tight;
    const auto with_lanes = [&](double lane_height, bool named) {
        return laid_out(a, spans_a, b, spans_b, words, width, air, lane_height, metrics, until, view, named);
    };
    double lane_height = height > 0 ? std::clamp(std::floor((height - air.height(words)) / lanes), lowest_lane, 52.0) : 34;
    CompareScene scene = with_lanes(lane_height, false);
    while (height > 0 && scene.height > height && lane_height > lowest_lane) // a lane with more in it than one row is
        scene = with_lanes(--lane_height, false);                           // higher than the others
    // Requests that fly together need some room each for their names: they get it where lanes that are a
    // little lower leave it, and in both runs or in neither.
    if (spans_a.network.empty() && spans_b.network.empty())
        return scene;
    const double allowed = height > 0 ? std::max(height, scene.height) : 0;
    for (double lane = lane_height; lane >= std::max(comfortable_lane, lane_height - 6); --lane) {
        CompareScene named = with_lanes(lane, true);
        if (allowed == 0 || named.height <= allowed)
            return named;
    }
    return scene;
}

} // namespace loopscope
