#include "core/lesson/run.h"
#include "core/timeline/layout.h"
#include "lessons/catalog.h"
#include "tests/support/catch.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

// What holds for the picture of every variant of every lesson, as `sheet` draws it.

namespace loopscope::tests {
namespace {

constexpr double width = 1440;
constexpr double lane = 52;
constexpr double char_width = 6.6; // of the code typeface that comes with the program

struct Words {
    std::string text;
    Box box;
};

LayoutMetrics metrics_of(const Trace& trace, const RunSpans& spans, double blend)
{
    const LayoutMetrics metrics = with_room(picture_metrics(lane, width, char_width), spans, width);
    return with_last_words(metrics, trace, spans, width, blend);
}

TimelineScene picture_of(const Trace& trace, std::optional<RunPosition> until = {})
{
    const RunSpans spans = spans_of(trace);
    const double blend = fitting_blend(trace, spans);
    LayoutMetrics metrics = metrics_of(trace, spans, blend);
    metrics.until = until;
    const LaneOrder order = lane_order(trace);
    return layout(trace, spans, TimeScale(trace.end_time(), trace.size(), axis_width(width, metrics), blend), metrics, &order);
}

void for_every_picture(const std::function<void(const TimelineScene&)>& check)
{
    for (const Lesson& lesson : lessons::catalog())
        for (const Variant& variant : lesson.variants) {
            INFO(lesson.id << "." << variant.name);
            check(picture_of(*run(lesson, variant, initial_values(lesson)).trace));
        }
}

std::vector<Words> words_in(const TimelineScene& scene)
{
    std::vector<Words> words;
    const auto add = [&](const auto& pieces) {
        for (const auto& piece : pieces)
            if (piece.label_box.width > 0)
                words.push_back({piece.label, piece.label_box});
    };
    add(scene.bars);
    add(scene.marks);
    add(scene.frames);
    add(scene.flags);
    add(scene.edges);
    add(scene.passes);
    add(scene.levels);
    add(scene.seats);
    add(scene.limits);
    add(scene.tails);
    add(scene.wait_arrows);
    return words;
}

bool overlap(const Box& a, const Box& b)
{
    constexpr double touch = 1;
    return a.x < b.right() - touch && b.x < a.right() - touch && a.y < b.bottom() - touch && b.y < a.bottom() - touch;
}

} // namespace

TEST_CASE("no words of a lesson's picture lie on others", "[lessons][pictures]")
{
    for_every_picture([](const TimelineScene& scene) {
        const std::vector<Words> words = words_in(scene);
        for (std::size_t i = 0; i < words.size(); ++i)
            for (std::size_t j = i + 1; j < words.size(); ++j) {
                INFO("\"" << words[i].text << "\" and \"" << words[j].text << "\" at " << words[i].box.x << ", " << words[i].box.y);
                CHECK_FALSE(overlap(words[i].box, words[j].box));
            }
    });
}

TEST_CASE("no words of a lesson's picture leave it, and all are inside its lanes", "[lessons][pictures]")
{
    for_every_picture([](const TimelineScene& scene) {
        for (const Words& words : words_in(scene)) {
            INFO(words.text);
            CHECK(words.box.x >= scene.label_width - 0.5);
            CHECK(words.box.right() <= scene.width - 4);
            CHECK(words.box.y >= scene.ruler_height);
            CHECK(words.box.bottom() <= scene.height);
        }
    });
}

TEST_CASE("the present moment of a lesson's picture cuts no words of deadlines", "[lessons][pictures]")
{
    for (const Lesson& lesson : lessons::catalog())
        for (const Variant& variant : lesson.variants) {
            INFO(lesson.id << "." << variant.name);
            const std::shared_ptr<const Trace> trace = run(lesson, variant, initial_values(lesson)).trace;
            for (std::size_t step = trace->size() / 8; step < trace->size(); step += 1 + trace->size() / 8) {
                const TimelineScene scene = picture_of(*trace, position_of(*trace, step));
                for (const Flag& flag : scene.flags) {
                    INFO(flag.label << " at event " << step);
                    CHECK(flag.label_box.right() <= *scene.cut_x + 0.5);
                }
            }
        }
}

TEST_CASE("what is printed in a lesson's picture stands on no edge of a frame", "[lessons][pictures]")
{
    for_every_picture([](const TimelineScene& scene) {
        for (const Mark& mark : scene.marks)
            for (const Frame& frame : scene.frames) {
                if (mark.kind != Mark::Kind::Note || mark.label_box.width <= 0)
                    continue;
                const Box& box = mark.label_box;
                const bool beside = box.x >= frame.box.right() || box.right() <= frame.box.x;
                INFO(mark.label << " and " << frame.label);
                CHECK((beside || frame.box.bottom() >= box.bottom() || frame.box.bottom() <= box.y + 1));
            }
    });
}

TEST_CASE("no line of a deadline or of the loop's end goes through a word of a lesson's picture", "[lessons][pictures]")
{
    for_every_picture([](const TimelineScene& scene) {
        const auto strikes = [](double x, double top, double bottom, const Box& box) {
            return x > box.x + 1 && x < box.right() - 1 && bottom > box.y + 1 && top < box.bottom() - 1;
        };
        for (const Words& words : words_in(scene)) {
            INFO(words.text);
            for (const Flag& flag : scene.flags)
                if (flag.bottom > flag.top && flag.expired)
                    CHECK_FALSE(strikes(flag.x, flag.top, flag.top + 13, words.box));
        }
        for (const Mark& mark : scene.marks) {
            INFO(mark.label);
            for (const Edge& edge : scene.edges) // what failed right before it has no other place
                if (mark.kind != Mark::Kind::Failed)
                    CHECK_FALSE(strikes(edge.x, edge.top, edge.bottom, mark.label_box));
        }
    });
}

TEST_CASE("no two lanes of tasks have the thread at once in a lesson's picture", "[lessons][pictures]")
{
    for_every_picture([](const TimelineScene& scene) {
        std::vector<Bar> turns;
        for (const Bar& bar : scene.bars)
            if (scene.lanes[bar.lane].kind == LaneRow::Kind::Task && bar.folded == 1
                && (bar.kind == SpanKind::Running || bar.kind == SpanKind::Computing || bar.kind == SpanKind::Blocking))
                turns.push_back(bar);
        std::sort(turns.begin(), turns.end(), [](const Bar& a, const Bar& b) { return a.begin < b.begin; });
        for (std::size_t i = 1; i < turns.size(); ++i) {
            INFO(scene.lanes[turns[i - 1].lane].title << " and " << scene.lanes[turns[i].lane].title);
            CHECK(turns[i - 1].end <= turns[i].begin);
        }
    });
}

TEST_CASE("sleeps in a lesson's picture have whole numbers or none", "[lessons][pictures]")
{
    for_every_picture([](const TimelineScene& scene) {
        for (const Bar& bar : scene.bars) {
            const std::size_t dots = bar.label.find("…");
            if (bar.label_box.width <= 0 || dots == std::string::npos || dots == 0)
                continue;
            INFO(bar.label);
            const char before = bar.label[dots - 1];
            CHECK_FALSE(((before >= '0' && before <= '9') || before == '.'));
        }
    });
}

} // namespace loopscope::tests
