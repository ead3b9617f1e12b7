#include "core/timeline/compare_layout.h"

#include "core/timeline/compare_parts.h"
#include "core/timeline/crop.h"
#include "core/timeline/labels.h"
#include "core/timeline/layout_parts.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

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

/// What does not depend on how high the lanes are.
struct Sides {
    const Trace& a;
    const RunSpans& spans_a;
    const Trace& b;
    std::vector<TaskId> parts; ///< of the second run's tasks in the first
    RunSpans spans_b;          ///< in the order of the first run
    double margin = 0;
    LayoutMetrics metrics;
    TimeScale scale;
    SharedAxis axis;
    std::optional<TimePoint> until;

    [[nodiscard]] LayoutMetrics metrics_of(const Trace& trace, double lane_height, bool named) const
    {
        LayoutMetrics m = metrics_for(metrics, lane_height, named);
        if (until && *until < trace.end_time())
            m.until = position_at(trace, *until);
        if (until)
            m.cut_x = m.label_width + axis.x(*until);
        return m;
    }
};

Sides sides_of(const Trace& a, const RunSpans& spans_a, const Trace& b, const RunSpans& spans_b, double width,
               const LayoutMetrics& metrics, std::optional<TimePoint> until, AxisView view)
{
    Sides sides{.a = a, .spans_a = spans_a, .b = b, .parts = detail::parts_of(a, b), .spans_b = {}, .metrics = metrics,
                .scale = TimeScale(TimePoint{}, 1, 1, 0), .axis = {}, .until = until};
    sides.spans_b = detail::in_order_of(spans_a, sides.parts, spans_b);
    sides.margin = std::clamp(width / 37.5, 12.0, 32.0);
    // The halves are drawn inside the margins, the stripes of their lanes across the whole picture.
    LayoutMetrics& m = sides.metrics;
    m.label_inset = sides.margin;
    m.label_width = sides.margin + std::min(metrics.label_width, width * 0.25) + 16;
    m.right_margin = std::max(metrics.right_margin, sides.margin + 30);
    const TimePoint end = std::max(a.end_time(), b.end_time());
    sides.scale = TimeScale(end, std::max(a.size(), b.size()), axis_width(width, m), 0).showing(view.low, view.high);
    const LayoutMetrics any = metrics_for(m, comfortable_lane, false);
    sides.axis = shared_axis(a, step_axis(a, spans_a, sides.scale, any), b, step_axis(b, sides.spans_b, sides.scale, any),
                             sides.scale, any.max_shift);
    return sides;
}

/// How high the lanes are, what lies between them, and whether requests in flight have their names.
struct Heights {
    Air air;
    double lane = 0;
    bool named = false;
    double all = 0; ///< of the scene
};

double note_height(const Air& air, const std::string& note) { return note.empty() ? 0 : air.note; }

double height_with(const Sides& sides, const CompareWords& words, const Air& air, double lane, bool named)
{
    const auto half = [&](const Trace& trace, const RunSpans& spans, const StepAxis& axis) {
        return layout_height(trace, spans, sides.scale, sides.metrics_of(trace, lane, named), axis);
    };
    return 2 * air.heading + half(sides.a, sides.spans_a, sides.axis.a) + note_height(air, words.note_a) + 1.5 * air.gap
        + half(sides.b, sides.spans_b, sides.axis.b) + note_height(air, words.note_b) + air.ruler
        + (words.verdict.empty() ? 0 : air.gap + air.card);
}

/// Lanes are as high as there is room for; a height of 0 leaves it to them.
Heights heights_in(double height, const Sides& sides, const CompareWords& words)
{
    const auto lanes = static_cast<double>(lane_count(sides.a, sides.spans_a) + lane_count(sides.b, sides.spans_b));
    Heights all;
    if (height > 0 && height - all.air.height(words) < comfortable_lane * lanes)
        all.air = tight;
    const auto with = [&](double lane, bool named) { return height_with(sides, words, all.air, lane, named); };
    all.lane = height > 0 ? std::clamp(std::floor((height - all.air.height(words)) / lanes), lowest_lane, 52.0) : 34;
    all.all = with(all.lane, false);
    while (height > 0 && all.all > height && all.lane > lowest_lane) // a lane with more in it than one row is
        all.all = with(--all.lane, false);                           // higher than the others
    // Requests that fly together need some room each for their names: they get it where lanes that are a
    // little lower leave it, and in both runs or in neither.
    if (sides.spans_a.network.empty() && sides.spans_b.network.empty())
        return all;
    const double allowed = height > 0 ? std::max(height, all.all) : 0;
    for (double lane = all.lane; lane >= std::max(comfortable_lane, all.lane - 6); --lane)
        if (const double named = with(lane, true); allowed == 0 || named <= allowed)
            return {.air = all.air, .lane = lane, .named = true, .all = named};
    return all;
}

CompareScene laid_out(const Sides& sides, const CompareWords& words, double width, const Heights& heights)
{
    CompareScene scene;
    scene.width = width;
    scene.margin = sides.margin;
    scene.words = words;
    const Air& air = heights.air;
    const LayoutMetrics& m = sides.metrics;
    const TimeScale& scale = sides.scale;
    SharedAxis axis = sides.axis;

    double y = 0;
    const auto add_half = [&](CompareScene::Half& half, const Trace& trace, const RunSpans& spans, const StepAxis& steps) {
        half.heading = {scene.margin, y, width - 2 * scene.margin, air.heading};
        y += air.heading;
        half.top = y;
        half.timeline = layout(trace, spans, scale, sides.metrics_of(trace, heights.lane, heights.named), steps);
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
    scene.a.better = words.a_is_better();
    scene.b.better = words.b_is_better();

    add_half(scene.a, sides.a, sides.spans_a, axis.a);
    y += air.gap;
    scene.divider_y = y;
    y += air.gap / 2;
    add_half(scene.b, sides.b, sides.spans_b, axis.b);
    detail::match_colors(sides.a, sides.b, sides.parts, scene.b.timeline);
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

struct ComparePlan::Parts {
    Sides sides;
    CompareWords words;
    double width = 0;
};

ComparePlan::ComparePlan(const Trace& a, const RunSpans& spans_a, const Trace& b, const RunSpans& spans_b,
                         const CompareWords& words, double width, const LayoutMetrics& metrics, std::optional<TimePoint> until,
                         AxisView view)
    : parts_(new Parts{sides_of(a, spans_a, b, spans_b, width, metrics, until, view),
                       words_until(words, until && *until < a.end_time(), until && *until < b.end_time()), width})
{
}

ComparePlan::~ComparePlan() = default;
ComparePlan::ComparePlan(ComparePlan&&) noexcept = default;
ComparePlan& ComparePlan::operator=(ComparePlan&&) noexcept = default;

double ComparePlan::height_for(double height) const { return heights_in(height, parts_->sides, parts_->words).all; }

CompareScene ComparePlan::scene(double height) const
{
    return laid_out(parts_->sides, parts_->words, parts_->width, heights_in(height, parts_->sides, parts_->words));
}

CompareScene compare_layout(const Trace& a, const RunSpans& spans_a, const Trace& b, const RunSpans& spans_b,
                            const CompareWords& words, double width, double height, const LayoutMetrics& metrics,
                            std::optional<TimePoint> until, AxisView view)
{
    return ComparePlan(a, spans_a, b, spans_b, words, width, metrics, until, view).scene(height);
}

} // namespace loopscope
