#include "ui/legend.h"
#include "ui/paint_scene.h"

#include "tests/support/catch.h"
#include "tests/support/timeline_stories.h"

#include <QImage>
#include <QPainter>
#include <QStringList>

using namespace loopscope;
using namespace loopscope::ui;
using namespace loopscope::tests;

namespace {

QStringList wordsOf(const TimelineScene& scene)
{
    const TimelineScene* scenes[] = {&scene};
    QStringList words;
    for (const LegendEntry& entry : legendEntries(scenes))
        words += entry.word;
    return words;
}

} // namespace

TEST_CASE("the legend names the signs that the picture has, and no others", "[ui][paint][legend]")
{
    const QStringList calm = wordsOf(scene_of(*trace_of(sleeper(1.0))));
    CHECK(calm.contains(QStringLiteral("waiting at an await")));
    CHECK(calm.contains(QStringLiteral("loop idle")));
    CHECK_FALSE(calm.contains(QStringLiteral("nobody else can run")));
    CHECK_FALSE(calm.contains(QStringLiteral("cancels")));

    const QStringList busy = wordsOf(scene_of(*trace_of(trouble())));
    for (const auto* word : {"computing", "blocking everybody", "nobody else can run", "failed", "cancelled", "makes a task", "a timer wakes",
                             "cancels"}) {
        CAPTURE(word);
        CHECK(busy.contains(QLatin1String(word)));
    }
}

TEST_CASE("a state of a pixel or two is none that a legend explains", "[ui][paint][legend]")
{
    TimelineScene scene;
    scene.lanes.push_back({});
    scene.bars.push_back({.kind = SpanKind::Ready, .box = {0, 0, 2, 10}, .color = 0, .task = {}, .from = {}, .to = {}, .channel = {},
                          .worker = {}, .call = {}, .label = {}, .label_box = {}});
    CHECK(wordsOf(scene).isEmpty());
    scene.bars.back().box.width = 20;
    CHECK(wordsOf(scene) == QStringList{QStringLiteral("ready: waits for its turn")});
}

TEST_CASE("the legend explains what a folded group is drawn with, and no sign that lies out of view", "[ui][paint][legend]")
{
    TimelineScene scene;
    scene.width = 400;
    scene.label_width = 100;
    scene.lanes.push_back({});
    scene.densities.push_back({.lane = 0, .x = 100, .column = 2, .most = 3, .columns = {{.waiting = 2, .ready = 1}}});
    CHECK(wordsOf(scene) == QStringList{QStringLiteral("a group: waiting, hatched ready, below it running")});
    scene.densities.clear();
    Mark done;
    done.kind = Mark::Kind::Finished;
    done.x = 60; // left of what is shown
    scene.marks.push_back(done);
    CHECK(wordsOf(scene).isEmpty());
    scene.marks.back().x = 200;
    CHECK(wordsOf(scene) == QStringList{QStringLiteral("done")});
    scene.cut_x = 150; // has not come yet
    CHECK(wordsOf(scene).isEmpty());
}

TEST_CASE("a sign with its words beside it needs none in the legend", "[ui][paint][legend]")
{
    TimelineScene scene;
    scene.frames.push_back({.kind = Frame::Kind::Timeout, .box = {0, 0, 80, 20}, .task = {}, .label = "timeout 1.0 s", .label_box = {2, 2, 60, 10}});
    CHECK(wordsOf(scene).isEmpty());
    scene.frames.back().label_box = {};
    CHECK(wordsOf(scene) == QStringList{QStringLiteral("timeout")});
}

TEST_CASE("samples have the colour that they have in the picture", "[ui][paint][legend]")
{
    const TimelineScene scene = scene_of(*trace_of(together()));
    const TimelineScene* scenes[] = {&scene};
    for (const LegendEntry& entry : legendEntries(scenes))
        if (const Bar* bar = std::get_if<Bar>(&entry.sample); bar && bar->kind == SpanKind::InFlight)
            CHECK(bar->color == 1);
}

TEST_CASE("a legend wraps into as many rows as it needs, and none is left out", "[ui][paint][legend]")
{
    QImage image(1200, 400, QImage::Format_RGB32);
    QPainter painter(&image);
    const TimelineScene scene = scene_of(*trace_of(trouble()));
    const TimelineScene* scenes[] = {&scene};
    const Theme& light = theme(ThemeName::Light);
    const QSizeF wide = paintLegend(painter, {0, 0}, 3000, scenes, light);
    const QSizeF narrow = paintLegend(painter, {0, 0}, 400, scenes, light);
    CHECK(wide.height() == 16);
    CHECK(narrow.height() > 3 * 16);
    CHECK(narrow.width() <= 400);
    CHECK(legendHeight(scenes, 400) == narrow.height());
}
