#include "ui/stamp.h"

#include "ui/paint_tools.h"

#include "tests/support/catch.h"

#include <QBuffer>
#include <QImage>
#include <QPainter>
#include <QPdfWriter>

#include <algorithm>
#include <cmath>

using namespace loopscope;
using namespace loopscope::ui;

namespace {

/// A stamp of its own for each number, which counts how often it is drawn.
struct Counted {
    std::uint32_t number;
    int drawn = 0;

    void onto(QPainter& painter, QPointF anchor)
    {
        drawStamp(painter, {99, number}, anchor, {-4, -4, 8, 8}, [this](QPainter& at) {
            ++drawn;
            at.fillRect(QRectF(-2, -2, 4, 4), Qt::red);
        });
    }
};

Arrow wakeUp(double x, double y1, double y2)
{
    Arrow arrow;
    arrow.kind = Cause::Kind::Io;
    arrow.x1 = arrow.x2 = x;
    arrow.y1 = y1;
    arrow.y2 = y2;
    return arrow;
}

QImage blank(double factor)
{
    QImage image(QSize(200, 160) * factor, QImage::Format_RGB32);
    image.setDevicePixelRatio(factor);
    image.fill(Qt::white);
    return image;
}

} // namespace

TEST_CASE("a stamp is drawn once for all places that lie alike on the pixels")
{
    QImage image = blank(1);
    QPainter painter(&image);
    Counted shape{__LINE__};
    shape.onto(painter, {20, 20});
    shape.onto(painter, {60, 20});
    painter.translate(0, 30);
    shape.onto(painter, {60.05, 20});
    CHECK(shape.drawn == 1);
    shape.onto(painter, {60.5, 20});
    CHECK(shape.drawn == 2);
    painter.end();
    CHECK(image.pixelColor(20, 20) == QColor(Qt::red));
    CHECK(image.pixelColor(60, 50) == QColor(Qt::red));
    CHECK(image.pixelColor(22, 20) == QColor(Qt::white));
}

TEST_CASE("a stamp lies where the shape itself would, at any scale factor")
{
    for (const double factor : {1.0, 1.25, 1.5, 2.0}) {
        INFO(factor);
        const Arrow arrow = wakeUp(100, 120, 20);
        QImage stamped = blank(factor);
        QPainter first(&stamped);
        paintArrow(first, arrow, theme(ThemeName::Light), true, 1);
        first.end();
        // A turn that is none keeps the painter from stamping.
        QImage shape = blank(factor);
        QPainter second(&shape);
        second.setRenderHint(QPainter::Antialiasing);
        second.setTransform(QTransform(1, 1e-9, 0, 1, 0, 0), true);
        paintArrow(second, arrow, theme(ThemeName::Light), true, 1);
        second.end();
        int differ = 0;
        for (int y = 0; y < stamped.height(); ++y)
            for (int x = 0; x < stamped.width(); ++x)
                differ += std::abs(qGray(stamped.pixel(x, y)) - qGray(shape.pixel(x, y))) > 70;
        CHECK(differ < 12); // pixels at its edges
        CHECK(stamped.pixelColor(static_cast<int>(100 * factor), static_cast<int>(120 * factor)) != QColor(Qt::white));
    }
}

TEST_CASE("a box in pieces looks as the whole box does, at any scale factor")
{
    struct Kind {
        const char* name;
        double radius;
        QColor fill;
        QColor edge;
        double edgeWidth;
    };
    const Kind kinds[] = {{"filled", 3, QColor(40, 90, 200), {}, 1},
                          {"an edge around nothing", 3, {}, QColor(200, 60, 20), 1.5},
                          {"both", 9, QColor(220, 230, 255), QColor(20, 20, 90), 1.2},
                          {"pale", 4, QColor(40, 90, 200, 90), {}, 1},
                          {"square", 0, QColor(240, 240, 240), QColor(90, 90, 90), 1}};
    for (const double factor : {1.0, 1.25, 1.5, 2.0}) {
        for (const Kind& kind : kinds) {
            INFO(kind.name << " at " << factor);
            const QRectF box(16, 20, 140, 24); // on whole pixels at all factors
            QImage pieces = blank(factor);
            QPainter first(&pieces);
            first.setRenderHint(QPainter::Antialiasing);
            roundedBox(first, box, kind.radius, kind.fill, kind.edge, kind.edgeWidth);
            first.end();
            QImage whole = blank(factor);
            QPainter second(&whole);
            second.setRenderHint(QPainter::Antialiasing);
            second.setTransform(QTransform(1, 1e-9, 0, 1, 0, 0), true);
            roundedBox(second, box, kind.radius, kind.fill, kind.edge, kind.edgeWidth);
            second.end();
            int differ = 0;
            for (int y = 0; y < whole.height(); ++y)
                for (int x = 0; x < whole.width(); ++x)
                    differ += std::abs(qGray(pieces.pixel(x, y)) - qGray(whole.pixel(x, y))) > 12; // more than rounding
            CHECK(differ <= (kind.radius > 0 ? 0 : 4)); // Qt cuts square corners, or does not
            CHECK(pieces.pixelColor(pieces.rect().center()) == whole.pixelColor(whole.rect().center()));
        }
    }
}

TEST_CASE("dashes laid side by side are the same dashes")
{
    for (const double factor : {1.0, 1.25, 2.0}) {
        for (const QRectF& line : {QRectF(8, 12, 100, 2), QRectF(12, 8, 2, 100)}) {
            INFO((line.width() > 2 ? "across" : "down") << " at " << factor);
            QImage tiled = blank(factor);
            QPainter painter(&tiled);
            fillDashes(painter, line, Qt::black, 7, 4);
            painter.end();
            QImage single = blank(factor);
            QPainter each(&single);
            for (double at = 0; at < 100; at += 11) {
                const double length = std::min(7.0, 100 - at);
                fillCrisp(each, line.width() > 2 ? QRectF(8 + at, 12, length, 2) : QRectF(12, 8 + at, 2, length), Qt::black);
            }
            each.end();
            CHECK(tiled == single);
        }
    }
}

TEST_CASE("into a file with shapes a stamp goes as a shape")
{
    QBuffer file;
    file.open(QIODevice::WriteOnly);
    Counted shape{__LINE__};
    {
        QPdfWriter writer(&file);
        QPainter painter(&writer);
        shape.onto(painter, {20, 20});
        shape.onto(painter, {60, 20});
    }
    CHECK(shape.drawn == 2);
    CHECK(!file.data().contains("/Subtype /Image"));
}
