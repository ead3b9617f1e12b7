#include "ui/stamp.h"

#include <QCache>
#include <QImage>
#include <QPaintEngine>
#include <QPainter>

#include <cmath>

namespace loopscope::ui {
namespace {

constexpr qsizetype mostKept = qsizetype{24} << 20; // bytes of all; a busy lesson needs some two million
constexpr double largest = 48'000;                  // pixels of one: beyond it, painting is not what costs

struct Key {
    StampLook look;
    std::array<std::uint32_t, 3> place; // the scale, and the parts of a pixel
    friend bool operator==(const Key&, const Key&) = default;
};

std::size_t qHash(const Key& key, std::size_t seed = 0)
{
    return qHashRange(key.look.begin(), key.look.end(), qHashRange(key.place.begin(), key.place.end(), seed));
}

struct Stamp {
    QImage image;
    QPoint corner; // from the pixel of its anchor
};

QCache<Key, Stamp>& stamps()
{
    thread_local QCache<Key, Stamp> kept(mostKept);
    return kept;
}

bool isPlain(const QPainter& painter, const QTransform& toDevice)
{
    return painter.paintEngine() && painter.paintEngine()->type() == QPaintEngine::Raster
        && toDevice.type() <= QTransform::TxScale && toDevice.m11() > 0 && qFuzzyCompare(toDevice.m11(), toDevice.m22());
}

Stamp* made(const QRectF& bounds, double scale, QPointF part, const std::function<void(QPainter&)>& paint)
{
    const QRect pixels(QPoint(static_cast<int>(std::floor(bounds.left() * scale + part.x())),
                              static_cast<int>(std::floor(bounds.top() * scale + part.y()))),
                       QPoint(static_cast<int>(std::ceil(bounds.right() * scale + part.x())),
                              static_cast<int>(std::ceil(bounds.bottom() * scale + part.y()))));
    auto* stamp = new Stamp{QImage(pixels.size(), QImage::Format_ARGB32_Premultiplied), pixels.topLeft()};
    stamp->image.fill(Qt::transparent);
    QPainter painter(&stamp->image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(part - QPointF(pixels.topLeft()));
    painter.scale(scale, scale);
    paint(painter);
    return stamp;
}

} // namespace

std::uint32_t quarters(double pixels)
{
    return static_cast<std::uint32_t>(static_cast<std::int32_t>(std::lround(pixels * 4)));
}

bool paintsPixels(const QPainter& painter) { return isPlain(painter, painter.deviceTransform()); }

void drawStamp(QPainter& painter, const StampLook& look, QPointF anchor, const QRectF& bounds,
               const std::function<void(QPainter&)>& paint)
{
    const QTransform toDevice = painter.deviceTransform();
    const double scale = toDevice.m11();
    if (!isPlain(painter, toDevice) || bounds.width() * bounds.height() * scale * scale > largest) {
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.translate(anchor);
        paint(painter);
        painter.restore();
        return;
    }
    const QPointF on = toDevice.map(anchor);
    const QPointF near(std::round(on.x() * 4) / 4, std::round(on.y() * 4) / 4);
    const QPoint pixel(static_cast<int>(std::floor(near.x())), static_cast<int>(std::floor(near.y())));
    const QPointF part = near - QPointF(pixel);
    const Key key{look, {static_cast<std::uint32_t>(std::lround(scale * 4096)), quarters(part.x()), quarters(part.y())}};
    const Stamp* stamp = stamps().object(key);
    Stamp* fresh = nullptr;
    if (!stamp)
        stamp = fresh = made(bounds, scale, part, paint);
    const QPoint corner = pixel + stamp->corner;
    if (toDevice.type() <= QTransform::TxTranslate) {
        painter.drawImage(QPointF(corner) - QPointF(toDevice.dx(), toDevice.dy()), stamp->image);
    } else { // pixel by pixel, whatever the scale factor
        const QTransform before = painter.worldTransform();
        painter.setWorldTransform((before.inverted() * toDevice).inverted());
        painter.drawImage(corner, stamp->image);
        painter.setWorldTransform(before);
    }
    if (fresh)
        stamps().insert(key, fresh, fresh->image.sizeInBytes());
}

} // namespace loopscope::ui
