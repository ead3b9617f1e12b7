#include "ui/paint_scene.h"

#include "tests/support/catch.h"
#include "tests/support/timeline_stories.h"

#include <QImage>
#include <QPainter>

#include <algorithm>
#include <cmath>

using namespace loopscope;
using namespace loopscope::ui;
using namespace loopscope::tests;

namespace {

constexpr ThemeName all[] = {ThemeName::Dark, ThemeName::Light, ThemeName::Print};

QImage painted(const TimelineScene& scene, ThemeName name, double factor = 1, const SceneOverlay* overlay = nullptr,
               const SceneParts& parts = {})
{
    QImage image(QSize(static_cast<int>(scene.width), static_cast<int>(scene.height)) * factor, QImage::Format_RGB32);
    image.setDevicePixelRatio(factor);
    image.fill(Qt::magenta);
    QPainter painter(&image);
    paintScene(painter, scene, theme(name), parts);
    if (overlay)
        paintOverlay(painter, scene, theme(name), *overlay);
    return image;
}

QColor at(const QImage& image, double x, double y)
{
    const double factor = image.devicePixelRatio();
    return image.pixelColor(static_cast<int>(x * factor), static_cast<int>(y * factor));
}

const Bar& widest(const TimelineScene& scene, SpanKind kind)
{
    const Bar* best = nullptr;
    for (const Bar& bar : scene.bars)
        if (bar.kind == kind && (!best || bar.box.width > best->box.width))
            best = &bar;
    REQUIRE(best != nullptr);
    return *best;
}

/// How many different colours a row through a box meets: a pattern has several.
int colours(const QImage& image, const Box& box, double y)
{
    QList<QRgb> seen;
    for (int x = static_cast<int>(box.x) + 3; x < static_cast<int>(box.right()) - 3; ++x)
        if (const QRgb pixel = image.pixel(x, static_cast<int>(y)); !seen.contains(pixel))
            seen.append(pixel);
    return static_cast<int>(seen.size());
}

} // namespace

TEST_CASE("a running block has the colour of its task in every theme", "[ui][paint]")
{
    const TimelineScene scene = scene_of(*trace_of(trouble()), 1000, 0.4);
    const Bar& bar = widest(scene, SpanKind::Computing);
    for (const ThemeName name : all)
        CHECK(at(painted(scene, name), bar.box.x + 8, bar.box.y + 6) == theme(name).task(bar.color));
}

TEST_CASE("a waiting line lies in the middle of the lane, and nothing above it", "[ui][paint]")
{
    const TimelineScene scene = scene_of(*trace_of(sleeper(1.0)), 1000);
    const Bar& bar = widest(scene, SpanKind::Waiting);
    for (const ThemeName name : all) {
        const QImage image = painted(scene, name);
        const double middle = bar.box.y + bar.box.height / 2;
        CHECK(at(image, bar.box.x + 30, middle - 0.5) == theme(name).task(bar.color));
        CHECK(at(image, bar.box.x + 31, middle - 8) != theme(name).task(bar.color));
    }
}

TEST_CASE("states that last have patterns, not colours alone", "[ui][paint]")
{
    const TimelineScene scene = scene_of(*trace_of(trouble()), 1000, 0.2);
    for (const ThemeName name : all) {
        const QImage image = painted(scene, name);
        const auto row = [&](SpanKind kind, double down = 4) {
            const Bar& bar = widest(scene, kind);
            return colours(image, bar.box, bar.box.y + down);
        };
        CHECK(row(SpanKind::Ready) > 1);
        CHECK(row(SpanKind::Blocking) > 1);
        CHECK(row(SpanKind::Selecting) > 1);
        const Box& computing = widest(scene, SpanKind::Computing).box;
        CHECK(at(image, computing.x + 8, computing.y + 4) != at(image, computing.x + 8, computing.y + 6)); // it is ruled …
        CHECK(row(SpanKind::Computing, 6) == 1); // … with its own colour between the rules
    }
}

TEST_CASE("each end is drawn in a shape of its own", "[ui][paint]")
{
    const TimelineScene scene = scene_of(*trace_of(trouble()), 1000);
    const auto middle_of = [&](Mark::Kind kind, const QImage& image) {
        const auto mark = std::find_if(scene.marks.begin(), scene.marks.end(), [&](const Mark& m) { return m.kind == kind; });
        REQUIRE(mark != scene.marks.end());
        return image.copy(static_cast<int>(mark->x - mark->radius), static_cast<int>(mark->y - mark->radius), 14, 14)
            .convertToFormat(QImage::Format_Grayscale8);
    };
    const QImage image = painted(scene, ThemeName::Print);
    CHECK(middle_of(Mark::Kind::Finished, image) != middle_of(Mark::Kind::Failed, image));
    CHECK(middle_of(Mark::Kind::Finished, image) != middle_of(Mark::Kind::Cancelled, image));
    CHECK(middle_of(Mark::Kind::Failed, image) != middle_of(Mark::Kind::Cancelled, image));
}

TEST_CASE("edges are sharp at any scale factor", "[ui][paint]")
{
    const TimelineScene scene = scene_of(*trace_of(trouble()), 1000, 0.4);
    const Bar& bar = widest(scene, SpanKind::Computing);
    const Theme& dark = theme(ThemeName::Dark);
    for (const double factor : {1.0, 1.25, 1.5, 2.0}) {
        const QImage image = painted(scene, ThemeName::Dark, factor);
        const int y = static_cast<int>((bar.box.y + bar.box.height / 2 + 9) * factor);
        // Around the left edge each pixel is either the block or what is left of it.
        const int edge = static_cast<int>(std::lround(bar.box.x * factor));
        INFO(factor);
        CHECK(image.pixelColor(edge, y) == dark.task(bar.color));
        CHECK(image.pixelColor(edge + 1, y) == dark.task(bar.color));
    }
}

TEST_CASE("fog hides all that comes later but not the time lines", "[ui][paint]")
{
    const TimelineScene scene = scene_of(*trace_of(together()), 1000);
    SceneOverlay overlay;
    overlay.fogFrom = 400;
    const QImage image = painted(scene, ThemeName::Dark, 1, &overlay);
    const Theme& dark = theme(ThemeName::Dark);
    QList<QRgb> seen;
    for (int x = 402; x < image.width(); ++x)
        for (int y = static_cast<int>(scene.ruler_height) + 1; y < image.height(); ++y)
            if (!seen.contains(image.pixel(x, y)))
                seen.append(image.pixel(x, y));
    CHECK(seen.size() == 2);
    CHECK(seen.contains(dark.fog.rgb()));
    CHECK(seen.contains(dark.grid.rgb()));
}

TEST_CASE("the playhead stands on its x and repaints nothing else", "[ui][paint]")
{
    const TimelineScene scene = scene_of(*trace_of(together()), 1000);
    SceneOverlay overlay;
    overlay.playhead = 500;
    const QImage with = painted(scene, ThemeName::Light, 1, &overlay);
    const QImage without = painted(scene, ThemeName::Light);
    CHECK(at(with, 500, scene.height - 10) == theme(ThemeName::Light).playhead);
    int changed = 0;
    for (int x = 0; x < with.width(); ++x)
        changed += with.pixel(x, with.height() - 10) != without.pixel(x, with.height() - 10) ? 1 : 0;
    CHECK(changed == 2);
}

TEST_CASE("a part of a scene is drawn as it is in the whole", "[ui][paint]")
{
    const TimelineScene scene = scene_of(*trace_of(together()), 1000);
    SceneParts parts;
    parts.exposed = QRectF(300, 60, 200, 120);
    const QImage whole = painted(scene, ThemeName::Dark);
    const QImage part = painted(scene, ThemeName::Dark, 1, nullptr, parts);
    CHECK(part.copy(300, 60, 200, 120) == whole.copy(300, 60, 200, 120));
}

namespace {

Coro<void> in_a_group()
{
    TaskGroup group;
    const auto block = [&]() -> Coro<void> {
        group.create_task(sleeper(1.0));
        co_return;
    };
    co_await async_with(group, block());
    co_await sleep(1.0);
}

Coro<void> fills_a_queue()
{
    Queue<int> queue;
    co_await queue.put(1);
    co_await sleep(1.0);
    co_await queue.put(2);
    co_await sleep(1.0);
}

} // namespace

TEST_CASE("a task group's frame has the colour of its owner, and none where it ended", "[ui][paint]")
{
    const TimelineScene scene = scene_of(*trace_of(in_a_group()), 1000);
    const auto frame = std::find_if(scene.frames.begin(), scene.frames.end(),
                                    [](const Frame& f) { return f.kind == Frame::Kind::TaskGroup; });
    REQUIRE(frame != scene.frames.end());
    for (const ThemeName name : all) {
        const QImage image = painted(scene, name);
        const double edge = std::round(frame->box.bottom()) - 0.5;
        CHECK(at(image, frame->box.x + 100, edge) == theme(name).task(frame->color));
        CHECK(at(image, frame->box.right() + 100, edge) != theme(name).task(frame->color));
    }
}

TEST_CASE("a queue's length is an area that grows, in every theme", "[ui][paint]")
{
    const TimelineScene scene = scene_of(*trace_of(fills_a_queue()), 1000);
    REQUIRE(scene.levels.size() >= 2);
    const Level& one = scene.levels[scene.levels.size() - 2];
    const Level& two = scene.levels.back();
    for (const ThemeName name : all) {
        const QImage image = painted(scene, name);
        const double low = one.box.bottom() - 4;
        const double high = (one.box.y + two.box.y) / 2; // filled for two, not for one
        CHECK(at(image, one.box.x + 10, low) != at(image, one.box.x + 10, high));
        CHECK(at(image, two.box.x + 10, low) == at(image, two.box.x + 10, high));
    }
}
