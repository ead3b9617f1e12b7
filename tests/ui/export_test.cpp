#include "ui/export.h"

#include "core/asyncio.h"
#include "tests/support/catch.h"
#include "tests/support/timeline_stories.h"
#include "ui/paint_scene.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QPainter>
#include <QRegularExpression>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QThread>
#include <QXmlStreamReader>

using namespace loopscope;
using namespace loopscope::ui;
using namespace loopscope::tests;

namespace {

constexpr PictureFormat formats[] = {PictureFormat::Png, PictureFormat::Svg, PictureFormat::Pdf};

RunPicture run()
{
    RunPicture picture;
    picture.title = QStringLiteral("Three pages <at> once");
    picture.subtitle = QStringLiteral("gather");
    picture.trace = trace_of(together());
    return picture;
}

ComparisonPicture comparison()
{
    ComparisonPicture picture;
    picture.title = QStringLiteral("Three pages at once");
    picture.a = trace_of(one_by_one());
    picture.b = trace_of(together());
    picture.words.title_a = "One by one";
    picture.words.title_b = "Together";
    picture.words.total_a = "4.5 s";
    picture.words.total_b = "2.0 s";
    picture.words.seconds_a = 4.5;
    picture.words.seconds_b = 2.0;
    picture.words.verdict = "2.25× faster";
    picture.words.reason = "4.5 s is the sum; 2.0 s is the longest.";
    return picture;
}

/// The texts of an SVG, in the order of the file.
QStringList textsOf(const QByteArray& svg)
{
    QStringList texts;
    QXmlStreamReader reader(svg);
    while (!reader.atEnd())
        if (reader.readNext() == QXmlStreamReader::StartElement && reader.name() == QLatin1String("text"))
            texts += reader.readElementText();
    REQUIRE_FALSE(reader.hasError());
    return texts;
}

Coro<> listen()
{
    Streams streams = co_await open_connection("server", 80);
    const std::string all = co_await streams.reader.read();
    print(all);
    streams.writer.close();
}

Coro<> fails_at_length()
{
    co_await sleep(0.2);
    throw RuntimeError("asyncio.run() cannot be called from a running event loop, which this one is: "
                       "await it, or make a task of it, if you must do that");
}

Coro<> lets_it_fail()
{
    const Task<> failing = create_task(fails_at_length());
    co_await sleep(1.0);
}

std::string sentence(const Result<QString>& result) { return result ? "" : result.error().sentence; }

} // namespace

TEST_CASE("the same picture gives the same bytes in every format, whenever it is made", "[ui][export]")
{
    std::vector<QByteArray> first;
    for (const PictureFormat format : formats) {
        first.push_back(pictureBytes(run(), format));
        first.push_back(pictureBytes(comparison(), format));
    }
    QThread::msleep(1100); // a PDF's own clock counts seconds
    std::vector<QByteArray> second;
    for (const PictureFormat format : formats) {
        second.push_back(pictureBytes(run(), format));
        second.push_back(pictureBytes(comparison(), format));
    }
    for (std::size_t i = 0; i < first.size(); ++i) {
        CHECK_FALSE(first[i].isEmpty());
        CHECK((first[i] == second[i]));
    }
}

TEST_CASE("a PNG has the size that was asked for, times the scale factor", "[ui][export]")
{
    PictureOptions options;
    options.size = {800, 500};
    CHECK(QImage::fromData(pictureBytes(run(), PictureFormat::Png, options)).size() == QSize(800, 500));
    options.scaleFactor = 2;
    CHECK(QImage::fromData(pictureBytes(comparison(), PictureFormat::Png, options)).size() == QSize(1600, 1000));
}

TEST_CASE("without a height a picture is as tall as it needs to be", "[ui][export]")
{
    PictureOptions options;
    options.size = {1000, 0};
    const int few = QImage::fromData(pictureBytes(run(), PictureFormat::Png, options)).height();
    RunPicture many = run();
    many.trace = trace_of(crowd(20));
    const int more = QImage::fromData(pictureBytes(many, PictureFormat::Png, options)).height();
    CHECK(few == naturalHeight(run(), 1000));
    CHECK(more - few == 16 * 52); // two lanes for the loop and main, four more against twenty
}

TEST_CASE("without a height the network has all the rows that it needs", "[ui][export]")
{
    for (int most = 1; most <= 8; ++most) {
        EventLoop loop;
        std::vector<Network::TimedPiece> pieces;
        for (int i = 1; i <= most; ++i)
            pieces.push_back({0.1 * i, "piece\n"});
        loop.network().set_pieces("server", 80, pieces);
        loop.run_until_complete(listen());
        RunPicture picture;
        picture.trace = loop.trace();
        PictureOptions options;
        options.size = {1000, 0};
        const QStringList texts = textsOf(pictureBytes(picture, PictureFormat::Svg, options));
        CHECK(texts.contains(QLatin1String("network")));
        CHECK(texts.filter(QLatin1String("did not fit")).isEmpty());
    }
}

TEST_CASE("an SVG is well formed, titled, and says its words as text", "[ui][export]")
{
    const QByteArray svg = pictureBytes(run(), PictureFormat::Svg);
    QSvgRenderer renderer(svg);
    CHECK(renderer.isValid());
    CHECK(svg.contains("<title>Three pages &lt;at&gt; once</title>"));
    CHECK(svg.contains("<desc>Timeline of one run: gather."));
    CHECK(svg.contains("monospace"));
    CHECK(svg.contains("sans-serif"));
    const QStringList texts = textsOf(svg);
    for (const char* word : {"event loop", "main", "fetch-2", "await gather(fetch-1, fetch-2, fetch-3)", "network", "0.0 s"})
        CHECK(texts.contains(QLatin1String(word)));
}

TEST_CASE("a picture of a whole run says what it came to, and one of its beginning does not", "[ui][export]")
{
    RunPicture picture = run();
    picture.total = QStringLiteral("2.01 s");
    picture.aside = QStringLiteral("loop idle 99 %");
    const QStringList whole = textsOf(pictureBytes(picture, PictureFormat::Svg));
    CHECK(whole.contains(picture.total));
    CHECK(whole.contains(picture.aside));
    picture.until = TimePoint{seconds(1.0)};
    CHECK_FALSE(textsOf(pictureBytes(picture, PictureFormat::Svg)).contains(picture.total));
}

TEST_CASE("a comparison says its verdict", "[ui][export]")
{
    const QStringList texts = textsOf(pictureBytes(comparison(), PictureFormat::Svg));
    for (const char* word : {"One by one", "4.5 s", "Together", "2.0 s"})
        CHECK(texts.contains(QLatin1String(word)));
    CHECK(texts.contains(QString::fromUtf8("2.25× faster")));
}

TEST_CASE("a moment of a comparison says which one it is, and hides what nobody has seen", "[ui][export]")
{
    ComparisonPicture picture = comparison();
    picture.until = TimePoint{seconds(1.2)};
    const QStringList unseen = textsOf(pictureBytes(picture, PictureFormat::Svg));
    CHECK(unseen.contains(QStringLiteral("t = 1.200 s")));
    CHECK(unseen.contains(QStringLiteral("not run yet")));
    CHECK_FALSE(unseen.contains(QString::fromUtf8("2.25× faster")));
    picture.seen = true;
    const QStringList seen = textsOf(pictureBytes(picture, PictureFormat::Svg));
    CHECK(seen.contains(QStringLiteral("t = 1.200 s")));
    CHECK_FALSE(seen.contains(QStringLiteral("not run yet")));
    CHECK(seen.contains(QString::fromUtf8("2.25× faster")));
}

TEST_CASE("what lies ahead of a comparison's moment is paler, and what lies behind it is not", "[ui][export]")
{
    const auto painted = [](const ComparisonPicture& picture) {
        QImage image(1440, 600, QImage::Format_RGB32);
        QPainter painter(&image);
        paintPicture(painter, picture, theme(ThemeName::Light), image.size());
        return image;
    };
    const auto darkest = [](const QImage& image, int left, int right) {
        int value = 255;
        for (int x = left; x < right; ++x)
            for (int y = 100; y < 400; ++y)
                value = std::min(value, qGray(image.pixel(x, y)));
        return value;
    };
    ComparisonPicture picture = comparison();
    const QImage whole = painted(picture);
    picture.until = TimePoint{seconds(1.2)};
    picture.seen = true;
    const QImage moment = painted(picture);
    constexpr int before = 460; // the moment lies behind it, the end of the second run before the next
    CHECK(darkest(moment, 240, before) == darkest(whole, 240, before));
    CHECK(darkest(moment, 560, 1200) > darkest(whole, 560, 1200) + 40);
    CHECK(darkest(moment, 560, 1200) < 250);
}

TEST_CASE("a PDF has one page of the picture's size and an index that fits", "[ui][export]")
{
    PictureOptions options;
    options.size = {960, 480};
    const QByteArray pdf = pictureBytes(run(), PictureFormat::Pdf, options);
    CHECK(pdf.startsWith("%PDF-1."));
    const QRegularExpression page(QStringLiteral("/MediaBox \\[0 0 720(\\.0+)? 360(\\.0+)?\\]"));
    CHECK(page.match(QString::fromLatin1(pdf)).hasMatch());
    CHECK(pdf.contains("/CreationDate (D:20000101"));
    const qsizetype mark = pdf.lastIndexOf("startxref");
    REQUIRE(mark > 0);
    const qsizetype index = pdf.mid(mark + 10).trimmed().split('\n').front().toLongLong();
    CHECK(pdf.mid(index, 4) == "xref");
}

TEST_CASE("up to a moment the future is not in the file", "[ui][export]")
{
    RunPicture picture = run();
    CHECK(textsOf(pictureBytes(picture, PictureFormat::Svg)).contains(QStringLiteral("got b.org")));
    picture.until = TimePoint{seconds(1.2)};
    const QStringList texts = textsOf(pictureBytes(picture, PictureFormat::Svg));
    CHECK(texts.contains(QStringLiteral("got a.org")));
    CHECK_FALSE(texts.contains(QStringLiteral("got b.org")));
    CHECK(texts.contains(QStringLiteral("not run yet")));
    CHECK(texts.contains(QStringLiteral("2 in flight")));
}

TEST_CASE("a part of a run has what happens in it and nothing else, at every size", "[ui][export]")
{
    RunPicture picture = run();
    const auto at = [&](double when) { return position_at(*picture.trace, TimePoint{seconds(when)}); };
    for (const int width : {700, 1123, 1440, 2400}) {
        INFO(width);
        PictureOptions options;
        options.size = {width, 0};
        picture.part = std::pair(at(0.6), at(1.2));
        picture.view = viewOf(*picture.trace, picture.blend, TimePoint{seconds(0.6)}, TimePoint{seconds(1.2)});
        const QStringList texts = textsOf(pictureBytes(picture, PictureFormat::Svg, options));
        CHECK(texts.contains(QStringLiteral("got a.org"))); // at 1.0 s
        CHECK_FALSE(texts.contains(QStringLiteral("got b.org")));
        CHECK_FALSE(texts.contains(QStringLiteral("not run yet")));
    }
    const std::size_t answered = static_cast<std::size_t>(at(1.0).step);
    picture.part = std::pair(at(1.0), position_of(*picture.trace, picture.trace->size()));
    picture.view = viewOf(*picture.trace, picture.blend, TimePoint{seconds(1.0)}, picture.trace->end_time());
    REQUIRE(answered > 0);
    const QStringList rest = textsOf(pictureBytes(picture, PictureFormat::Svg));
    CHECK_FALSE(rest.contains(QStringLiteral("got a.org"))); // it was over before
    CHECK(rest.contains(QStringLiteral("got b.org")));
}

TEST_CASE("what was seen before the moment is pale in a picture, and fogged from there on", "[ui][export]")
{
    RunPicture picture = run();
    picture.at = position_at(*picture.trace, TimePoint{seconds(0.5)});
    const QStringList unseen = textsOf(pictureBytes(picture, PictureFormat::Svg));
    CHECK_FALSE(unseen.contains(QStringLiteral("got a.org")));
    picture.seen = position_at(*picture.trace, TimePoint{seconds(1.2)});
    const QStringList seen = textsOf(pictureBytes(picture, PictureFormat::Svg));
    CHECK(seen.contains(QStringLiteral("got a.org")));
    CHECK_FALSE(seen.contains(QStringLiteral("got b.org")));
    CHECK(seen.contains(QStringLiteral("not run yet")));
    picture.seen = position_of(*picture.trace, picture.trace->size());
    const QStringList all = textsOf(pictureBytes(picture, PictureFormat::Svg));
    CHECK(all.contains(QStringLiteral("got b.org")));
    CHECK_FALSE(all.contains(QStringLiteral("not run yet")));
}

TEST_CASE("the ruler of a moment does not tell how long the run takes while that is asked", "[ui][export]")
{
    RunPicture picture = run();
    picture.at = position_at(*picture.trace, TimePoint{seconds(1.2)});
    CHECK(textsOf(pictureBytes(picture, PictureFormat::Svg)).contains(QStringLiteral("2.0 s")));
    picture.rulerEnds = true;
    const QStringList asked = textsOf(pictureBytes(picture, PictureFormat::Svg));
    CHECK(asked.contains(QStringLiteral("1.0 s")));
    CHECK_FALSE(asked.contains(QStringLiteral("2.0 s")));
}

TEST_CASE("a picture of a moment says which one it is", "[ui][export]")
{
    RunPicture picture = run();
    const int whole = naturalHeight(picture, 1440);
    picture.at = position_at(*picture.trace, TimePoint{seconds(1.0)});
    picture.moment = QStringLiteral("t = 1.000 s");
    picture.event = QStringLiteral("event 40 of 89");
    picture.told = QStringLiteral("The loop calls the reader of a.org.");
    const QStringList texts = textsOf(pictureBytes(picture, PictureFormat::Svg));
    for (const QString& words : {picture.moment, picture.event, picture.told})
        CHECK(texts.contains(words));
    CHECK(naturalHeight(picture, 1440) > whole);
}

TEST_CASE("no line of code in a picture is cut, and none is left out while there is height", "[ui][export]")
{
    RunPicture picture = run();
    CodePicture code;
    code.title = QStringLiteral("story.py");
    for (std::uint32_t i = 1; i <= 24; ++i) {
        code.lines += QStringLiteral("    results%1 = await asyncio.gather(first(%1), second(%1), third(%1), fourth(%1), last%1)").arg(i);
        code.numbers.push_back(i);
    }
    picture.code = code;
    const QString all = textsOf(pictureBytes(picture, PictureFormat::Svg)).join(QString());
    CHECK_FALSE(all.contains(QStringLiteral("…")));
    for (int i = 1; i <= 24; ++i)
        CHECK(all.contains(QStringLiteral("last%1").arg(i)));
}

TEST_CASE("an error that is too long for its line has two", "[ui][export]")
{
    RunPicture picture;
    picture.trace = trace_of(lets_it_fail());
    PictureOptions options;
    options.size = {1000, 0};
    const QStringList texts = textsOf(pictureBytes(picture, PictureFormat::Svg, options));
    const bool told = std::any_of(texts.begin(), texts.end(), [](const QString& text) { return text.endsWith(QStringLiteral("that")); });
    CHECK(told);
}

TEST_CASE("a moment after the end shows all", "[ui][export]")
{
    RunPicture picture = run();
    const QByteArray all = pictureBytes(picture, PictureFormat::Svg);
    picture.until = TimePoint{seconds(9.0)};
    CHECK((pictureBytes(picture, PictureFormat::Svg) == all));
}

TEST_CASE("lanes that do not fit are counted, not hidden", "[ui][export]")
{
    RunPicture picture = run();
    picture.trace = trace_of(crowd(20)); // more would fold into one lane
    PictureOptions options;
    options.size = {800, 300};
    const QStringList texts = textsOf(pictureBytes(picture, PictureFormat::Svg, options));
    const auto lanes = texts.filter(QRegularExpression(QStringLiteral("^sleeper-\\d+$"))).size();
    const auto missing = texts.filter(QStringLiteral("did not fit"));
    REQUIRE(missing.size() == 1);
    CHECK(missing[0].toStdString() == std::to_string(20 - lanes) + " more lanes did not fit: a taller picture shows them");
}

TEST_CASE("very many tasks share a lane, in a picture as in the window", "[ui][export]")
{
    RunPicture picture = run();
    picture.trace = trace_of(crowd(60));
    const QStringList texts = textsOf(pictureBytes(picture, PictureFormat::Svg));
    CHECK(texts.contains(QStringLiteral("sleeper-*")));
    CHECK(naturalHeight(picture, 800) < 500);
}

TEST_CASE("every theme and many sizes can be drawn", "[ui][export]")
{
    for (const ThemeName name : {ThemeName::Dark, ThemeName::Light, ThemeName::Print})
        for (const QSize size : {QSize(320, 200), QSize(640, 400), QSize(1440, 900)}) {
            PictureOptions options{.theme = name, .size = size};
            const QImage one = QImage::fromData(pictureBytes(run(), PictureFormat::Png, options));
            const QImage two = QImage::fromData(pictureBytes(comparison(), PictureFormat::Png, options));
            CHECK(one.pixelColor(1, 1) == theme(name).canvas);
            CHECK(two.pixelColor(1, 1) == theme(name).canvas);
            CHECK(one != two);
        }
}

TEST_CASE("a picture is written under the name it was given", "[ui][export]")
{
    QTemporaryDir folder;
    for (const char* name : {"a.png", "b.SVG", "c.pdf"}) {
        const QString path = folder.filePath(QLatin1String(name));
        const Result<QString> written = exportPicture(path, run());
        REQUIRE(written);
        CHECK(*written == path);
        QFile file(path);
        REQUIRE(file.open(QIODevice::ReadOnly));
        CHECK((file.readAll() == pictureBytes(run(), *pictureFormatOf(path))));
    }
}

TEST_CASE("what hinders a file is said in a sentence", "[ui][export]")
{
    QTemporaryDir folder;
    const QString nowhere = folder.filePath(QStringLiteral("missing/a.svg"));
    CHECK(sentence(exportPicture(nowhere, run()))
          == "Could not write \"" + nowhere.toStdString() + "\": the folder does not exist.");
    CHECK(sentence(exportPicture(QStringLiteral("a.gif"), run()))
          == "Could not write \"a.gif\": its name must end in .png, .svg or .pdf, or for an animation in .gif or .webp.");
    const QString taken = folder.filePath(QStringLiteral("taken.png"));
    REQUIRE(QDir(folder.path()).mkdir(QStringLiteral("taken.png")));
    CHECK(sentence(exportPicture(taken, comparison()))
          == "Could not write \"" + taken.toStdString() + "\": there is a folder of this name.");
    PictureOptions options;
    options.size = {10, 10};
    CHECK(sentence(exportPicture(folder.filePath(QStringLiteral("b.png")), run(), options))
          == "A picture of 10x10 cannot be drawn: the smallest is 320x200, the largest 16384x16384.");
}

TEST_CASE("a failed export leaves the old file as it was", "[ui][export]")
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.svg"));
    REQUIRE(exportPicture(path, run()));
    PictureOptions options;
    options.size = {1, 1};
    CHECK_FALSE(exportPicture(path, run(), options));
    QFile file(path);
    REQUIRE(file.open(QIODevice::ReadOnly));
    CHECK((file.readAll() == pictureBytes(run(), PictureFormat::Svg)));
}
