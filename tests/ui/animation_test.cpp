#include "ui/animation.h"
#include "ui/palette.h"

#include "tests/support/catch.h"
#include "tests/support/timeline_stories.h"

#include <QBuffer>
#include <QImageReader>

#include <webp/demux.h>

using namespace loopscope;
using namespace loopscope::ui;
using namespace loopscope::tests;

namespace {

RunPicture run()
{
    RunPicture picture;
    picture.title = QStringLiteral("Three pages");
    picture.trace = trace_of(together());
    return picture;
}

/// A few pictures of a run, for the sake of speed.
std::vector<AnimationFrame> fewFrames()
{
    const auto at = [](double when) { return position_at(*run().trace, TimePoint{seconds(when)}); };
    return {{at(0.0), std::chrono::milliseconds(300)},
            {at(0.7), std::chrono::milliseconds(500)},
            {at(1.2), std::chrono::milliseconds(40)},
            {at(9.0), std::chrono::milliseconds(2000)}};
}

QByteArray made(AnimationFormat format)
{
    PictureOptions options;
    options.size = {480, 300};
    AnimationMaker maker(run(), fewFrames(), format, options);
    while (!maker.isDone())
        maker.makeNext();
    return maker.bytes();
}

QImage still(std::size_t frame)
{
    const RunPicture picture = pictureAt(run(), fewFrames()[frame]);
    PictureOptions options;
    options.size = {480, 300};
    return QImage::fromData(pictureBytes(picture, PictureFormat::Png, options)).convertToFormat(QImage::Format_RGB32);
}

} // namespace

TEST_CASE("two runs are played on one clock, with a verdict when both are over", "[ui][animation]")
{
    const auto a = trace_of(together());
    const std::vector<AnimationFrame> all = framesOf(*a, *a, TimePoint{}, a->end_time());
    CHECK(all.front().at.when == TimePoint{});
    CHECK(all.back().at.when == a->end_time());
    for (std::size_t i = 1; i < all.size(); ++i)
        REQUIRE(all[i].at.when >= all[i - 1].at.when);
    const TimePoint early{seconds(0.2)};
    const TimePoint late{seconds(0.4)};
    const std::vector<AnimationFrame> part = framesOf(*a, *a, early, late, 2);
    CHECK(part.front().at.when == early);
    CHECK(part.back().at.when == late);
    CHECK(lengthOf(part) < lengthOf(all));
}

TEST_CASE("an animation plays at the window's pace, and glides where time passes", "[ui][animation]")
{
    const auto trace = trace_of(together());
    const std::vector<AnimationFrame> frames = framesOf(*trace, {.from = 0, .to = trace->size()});
    double reached = -1;
    std::chrono::milliseconds paced{0};
    for (const AnimationFrame& frame : frames) {
        CHECK(frame.at.step >= reached);
        CHECK(frame.lasts.count() > 0);
        reached = frame.at.step;
    }
    for (std::size_t step = 0; step < trace->size(); ++step)
        paced += paceOf(position_of(*trace, step + 1).when - position_of(*trace, step).when, true);
    CHECK(frames.back().at.step == static_cast<double>(trace->size()));
    // Each picture is rounded to a millisecond; the last one stands for two seconds.
    CHECK(std::abs((lengthOf(frames) - paced).count() - 2000) <= static_cast<long>(frames.size()));

    const std::vector<AnimationFrame> quick = framesOf(*trace, {.from = 0, .to = trace->size(), .speed = 4});
    CHECK(lengthOf(quick) < lengthOf(frames) / 2);
    const std::vector<AnimationFrame> part = framesOf(*trace, {.from = 5, .to = 9});
    CHECK(part.front().at.step == 5);
    CHECK(part.back().at.step == 9);
}

TEST_CASE("a GIF can be read again: pictures, delays, colours, for ever", "[ui][animation]")
{
    const QByteArray bytes = made(AnimationFormat::Gif);
    QBuffer buffer;
    buffer.setData(bytes);
    QImageReader reader(&buffer, "gif");
    REQUIRE(reader.canRead());
    CHECK(reader.loopCount() == -1);
    std::vector<int> delays;
    std::vector<QImage> images;
    for (QImage image = reader.read(); !image.isNull(); image = reader.read()) {
        images.push_back(image.convertToFormat(QImage::Format_RGB32));
        delays.push_back(reader.nextImageDelay());
    }
    REQUIRE(images.size() == 4);
    CHECK(delays == std::vector<int>{300, 500, 40, 2000});
    for (std::size_t i = 0; i < images.size(); ++i) {
        CHECK(images[i].size() == QSize(480, 300));
        CHECK(images[i].pixel(2, 2) == still(i).pixel(2, 2));
        CHECK(images[i].pixel(470, 150) == still(i).pixel(470, 150));
    }
    CHECK((made(AnimationFormat::Gif) == bytes));
}

TEST_CASE("a WebP can be read again, to the single pixel", "[ui][animation]")
{
    const QByteArray bytes = made(AnimationFormat::WebP);
    const WebPData data{reinterpret_cast<const std::uint8_t*>(bytes.constData()), static_cast<std::size_t>(bytes.size())};
    WebPAnimDecoder* decoder = WebPAnimDecoderNew(&data, nullptr);
    REQUIRE(decoder);
    WebPAnimInfo info;
    REQUIRE(WebPAnimDecoderGetInfo(decoder, &info));
    CHECK(info.frame_count == 4);
    CHECK(info.loop_count == 0);
    std::vector<int> ends;
    for (std::size_t i = 0; WebPAnimDecoderHasMoreFrames(decoder); ++i) {
        std::uint8_t* pixels = nullptr;
        int end = 0;
        REQUIRE(WebPAnimDecoderGetNext(decoder, &pixels, &end));
        ends.push_back(end);
        const QImage image(pixels, 480, 300, QImage::Format_RGBA8888);
        CHECK(image.convertToFormat(QImage::Format_RGB32) == still(i));
    }
    WebPAnimDecoderDelete(decoder);
    CHECK(ends == std::vector<int>{300, 800, 840, 2840});
    CHECK((made(AnimationFormat::WebP) == bytes));
}

TEST_CASE("a palette keeps what is seen most, and comes near to the rest", "[ui][animation]")
{
    QImage image(64, 64, QImage::Format_RGB32);
    for (int y = 0; y < 64; ++y)
        for (int x = 0; x < 64; ++x)
            image.setPixel(x, y, qRgb(x * 4, y * 4, (x + y) * 2));
    QImage flat(64, 64, QImage::Format_RGB32);
    flat.fill(qRgb(12, 34, 56));
    const Palette palette({image, flat});
    CHECK(palette.colors().size() <= 256);
    CHECK(palette.colors()[palette.nearest(qRgb(12, 34, 56))] == qRgb(12, 34, 56));
    int worst = 0;
    for (int y = 0; y < 64; ++y)
        for (int x = 0; x < 64; ++x) {
            const QRgb near = palette.colors()[palette.nearest(image.pixel(x, y))];
            worst = std::max({worst, std::abs(qRed(near) - x * 4), std::abs(qGreen(near) - y * 4)});
        }
    CHECK(worst < 32);
}
