#include "ui/paint_tools.h"

#include "ui/shaped_text.h"
#include "ui/stamp.h"

#include <QFontMetricsF>
#include <QImage>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <map>

namespace loopscope::ui {
namespace {

constexpr std::uint32_t stampsOfBoxes = 2;
constexpr std::uint32_t stampsOfEnds = 5;
constexpr double widestStamp = 220; // pixels

std::uint32_t exact(double length) { return std::bit_cast<std::uint32_t>(static_cast<float>(length)); }

/// As many strokes as make whole pixels together, to be laid side by side: empty where no few of them do.
const QImage& hatchTile(const QColor& color, double pitch, double width, double scale)
{
    constexpr int mostStrokes = 8;
    constexpr std::size_t mostTiles = 64;
    using Key = std::array<std::uint32_t, 4>;
    thread_local std::map<Key, QImage> tiles;
    const Key key{color.rgba(), exact(pitch), exact(width), exact(scale)};
    if (const auto found = tiles.find(key); found != tiles.end())
        return found->second;
    if (tiles.size() >= mostTiles)
        tiles.clear();
    QImage& tile = tiles[key];
    for (int strokes = 1; strokes <= mostStrokes && tile.isNull(); ++strokes) {
        const double side = strokes * pitch * scale;
        if (std::abs(side - std::round(side)) > 0.01)
            continue;
        const int pixels = static_cast<int>(std::lround(side));
        tile = QImage(pixels, pixels, QImage::Format_ARGB32_Premultiplied);
        tile.fill(Qt::transparent);
        QPainter painter(&tile);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.scale(scale, scale);
        painter.setPen(QPen(color, width, Qt::SolidLine, Qt::SquareCap));
        const double length = strokes * pitch;
        for (int i = -strokes; i <= strokes; ++i) // each rises to the right, and on beyond the edges
            painter.drawLine(QPointF(i * pitch - length, 2 * length), QPointF(i * pitch + 2 * length, -length));
    }
    return tile;
}

/// One dash and its gap, where both are whole pixels; else null.
const QImage* dashTile(const QColor& color, double dash, double gap, double scale, bool across)
{
    constexpr std::size_t mostTiles = 64;
    const double pixels = dash * scale;
    const double all = (dash + gap) * scale;
    if (std::abs(pixels - std::round(pixels)) > 0.01 || std::abs(all - std::round(all)) > 0.01)
        return nullptr;
    using Key = std::array<std::uint32_t, 4>;
    thread_local std::map<Key, QImage> tiles;
    const Key key{color.rgba(), exact(pixels), exact(all), across ? 1U : 0U};
    if (const auto found = tiles.find(key); found != tiles.end())
        return &found->second;
    if (tiles.size() >= mostTiles)
        tiles.clear();
    const int length = static_cast<int>(std::lround(all));
    QImage tile(across ? length : 1, across ? 1 : length, QImage::Format_ARGB32_Premultiplied);
    tile.fill(Qt::transparent);
    for (int i = 0; i < std::lround(pixels); ++i)
        tile.setPixelColor(across ? i : 0, across ? 0 : i, color);
    return &(tiles[key] = tile);
}

/// The same hatch as pixels, where it may be that.
bool fillHatched(QPainter& painter, const QRectF& rect, const QColor& color, double pitch, double width)
{
    if (!paintsPixels(painter))
        return false;
    const QTransform toDevice = painter.deviceTransform();
    const QImage& tile = hatchTile(color, pitch, width, toDevice.m11());
    if (tile.isNull())
        return false;
    QBrush brush(tile);
    brush.setTransform(QTransform::fromScale(1 / toDevice.m11(), 1 / toDevice.m22()));
    const Unsmoothed sharp(painter);
    painter.fillRect(crisp(painter, rect), brush);
    return true;
}

/// How a box looks, apart from its place and its size.
struct BoxLook {
    double radius = 0;
    QColor fill;
    QColor edge;
    double edgeWidth = 0;

    void paint(QPainter& painter, const QRectF& rect) const
    {
        const double inset = edge.isValid() ? edgeWidth / 2 : 0; // the edge lies inside the rectangle
        painter.setPen(edge.isValid() ? QPen(edge, edgeWidth) : QPen(Qt::NoPen));
        painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
        const QRectF inner = rect.adjusted(inset, inset, -inset, -inset);
        if (radius < 0.75)
            painter.drawRect(inner);
        else
            painter.drawRoundedRect(inner, radius, radius);
    }
};

/// A box that lies on the pixels and is longer than its round ends: these are stamps, and what is between them
/// is filled. Nothing is smoothed anew for a length that comes for the first time, as it does with each value
/// that a slider passes. Whether it was such a box.
bool paintInPieces(QPainter& painter, const QRectF& rect, const BoxLook& look)
{
    if (!paintsPixels(painter) || crisp(painter, rect) != rect)
        return false;
    constexpr int shortest = 12; // pixels between the ends; else a stamp of all is quicker
    const double scale = painter.deviceTransform().m11();
    const double edge = look.edge.isValid() ? look.edgeWidth : 0;
    const double end = (std::ceil((look.radius + edge) * scale) + 1) / scale;
    if (rect.width() < 2 * end + shortest / scale || rect.height() < 2 * edge + 2 / scale)
        return false;
    for (const bool atRight : {false, true}) {
        const StampLook stamp{stampsOfEnds + (atRight ? 1U : 0U), exact(rect.height()), exact(look.radius),
                              look.fill.isValid() ? look.fill.rgba() : 0, look.edge.isValid() ? look.edge.rgba() : 0, exact(edge)};
        const QRectF part(atRight ? -end : 0, 0, end, rect.height());
        drawStamp(painter, stamp, atRight ? rect.topRight() : rect.topLeft(), part, [&](QPainter& onto) {
            onto.setClipRect(part, Qt::IntersectClip); // what is pale would be darker where two parts lie over each other
            const double width = 2 * end + shortest;
            look.paint(onto, {atRight ? -width : 0, 0, width, rect.height()});
        });
    }
    const Unsmoothed sharp(painter);
    const QRectF between = rect.adjusted(end, 0, -end, 0);
    const double whole = std::floor(edge * scale + 1e-6) / scale;
    const double part = edge * scale - whole * scale; // of the next pixel, which is smoothed
    if (look.fill.isValid())
        painter.fillRect(between.adjusted(0, whole, 0, -whole), look.fill);
    const auto along = [&](double inside, double width, const QColor& color) {
        painter.fillRect(QRectF(between.left(), between.top() + inside, between.width(), width), color);
        painter.fillRect(QRectF(between.left(), between.bottom() - inside - width, between.width(), width), color);
    };
    if (whole > 0)
        along(0, whole, look.edge);
    if (part > 0.01)
        along(whole, 1 / scale, faded(look.edge, part));
    return true;
}

} // namespace

QColor faded(QColor color, double opacity)
{
    color.setAlphaF(static_cast<float>(color.alphaF() * opacity));
    return color;
}

QRectF crisp(const QPainter& painter, const QRectF& rect)
{
    const QTransform& to = painter.deviceTransform();
    if (to.type() > QTransform::TxScale || to.m11() <= 0 || to.m22() <= 0)
        return rect;
    // What lies between two pixels goes to the same one wherever the painter begins: a hair decides, not the
    // last digit of a sum.
    constexpr double hair = 1e-6;
    const auto pixel = [](double at) { return std::floor(at + 0.5 + hair); };
    const auto snap = [&](double a, double b, double scale, double offset) {
        const double low = pixel(a * scale + offset);
        const double high = std::max(low + 1, pixel(b * scale + offset));
        return std::pair{(low - offset) / scale, (high - offset) / scale};
    };
    const auto [left, right] = snap(rect.left(), rect.right(), to.m11(), to.dx());
    const auto [top, bottom] = snap(rect.top(), rect.bottom(), to.m22(), to.dy());
    return {QPointF(left, top), QPointF(right, bottom)};
}

Unsmoothed::Unsmoothed(QPainter& painter)
{
    if (!painter.testRenderHint(QPainter::Antialiasing) || !paintsPixels(painter))
        return;
    m_painter = &painter;
    m_painter->setRenderHint(QPainter::Antialiasing, false);
}

Unsmoothed::~Unsmoothed()
{
    if (m_painter)
        m_painter->setRenderHint(QPainter::Antialiasing);
}

void fillCrisp(QPainter& painter, const QRectF& rect, const QColor& color)
{
    const Unsmoothed sharp(painter);
    painter.fillRect(crisp(painter, rect), color);
}

void verticalLine(QPainter& painter, double x, double top, double bottom, const QColor& color, double width)
{
    fillCrisp(painter, {x - width / 2, top, width, bottom - top}, color);
}

void horizontalLine(QPainter& painter, double y, double left, double right, const QColor& color, double width)
{
    fillCrisp(painter, {left, y - width / 2, right - left, width}, color);
}

void fillDashes(QPainter& painter, const QRectF& line, const QColor& color, double dash, double gap)
{
    const QRectF rect = crisp(painter, line);
    const bool across = rect.width() >= rect.height();
    const Unsmoothed sharp(painter);
    if (const QImage* tile = paintsPixels(painter) ? dashTile(color, dash, gap, painter.deviceTransform().m11(), across) : nullptr) {
        const double scale = painter.deviceTransform().m11();
        QBrush brush(*tile);
        brush.setTransform(QTransform::fromTranslate(rect.left(), rect.top()).scale(1 / scale, 1 / scale));
        painter.fillRect(rect, brush);
        return;
    }
    const double from = across ? line.left() : line.top();
    const double to = across ? line.right() : line.bottom();
    for (double at = from; at < to; at += dash + gap) {
        const double length = std::min(dash, to - at);
        fillCrisp(painter, across ? QRectF(at, line.top(), length, line.height()) : QRectF(line.left(), at, line.width(), length), color);
    }
}

void hatch(QPainter& painter, const QRectF& rect, const QColor& color, double pitch, double width)
{
    if (fillHatched(painter, rect, color, pitch, width))
        return;
    const bool wasSmooth = painter.testRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, width, Qt::SolidLine, Qt::FlatCap));
    const double height = rect.height();
    // The strokes hang on the picture, not on the rectangle, so that neighbours fit together.
    const double first = std::ceil((rect.left() - height) / pitch) * pitch;
    for (double foot = first; foot < rect.right(); foot += pitch) {
        const double left = std::max(rect.left(), foot);
        const double right = std::min(rect.right(), foot + height);
        if (right - left < 0.5)
            continue;
        painter.drawLine(QPointF(left, rect.bottom() - (left - foot)), QPointF(right, rect.bottom() - (right - foot)));
    }
    painter.setRenderHint(QPainter::Antialiasing, wasSmooth);
}

void roundedBox(QPainter& painter, const QRectF& rect, double radius, const QColor& fill, const QColor& edge, double edgeWidth,
                Alike alike)
{
    const bool hasEdge = edge.isValid();
    // The edge lies inside the rectangle.
    const double inset = hasEdge ? edgeWidth / 2 : 0;
    const double r = std::min({radius, rect.width() / 2 - inset, rect.height() / 2 - inset});
    if (r < 0.75 && !hasEdge && crisp(painter, rect) == rect) {
        fillCrisp(painter, rect, fill);
        return;
    }
    const BoxLook box{r, fill, edge, edgeWidth};
    if (paintInPieces(painter, rect, box))
        return;
    const auto paint = [&](QPainter& onto) { box.paint(onto, {{0, 0}, rect.size()}); };
    if (rect.width() > widestStamp && alike == Alike::Seldom) {
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.translate(rect.topLeft());
        paint(painter);
        painter.restore();
        return;
    }
    const StampLook look{stampsOfBoxes, exact(rect.width()), exact(rect.height()), exact(r),
                         fill.isValid() ? fill.rgba() : 0, hasEdge ? edge.rgba() : 0, exact(edgeWidth)};
    drawStamp(painter, look, rect.topLeft(), QRectF(QPointF(-1, -1), rect.size() + QSizeF(2, 2)), paint);
}

void drawWords(QPainter& painter, const QRectF& rect, Qt::Alignment alignment, const QString& text, const QFont& font,
               const QColor& color)
{
    if (text.isEmpty() || rect.width() <= 0)
        return;
    const QFontMetricsF metrics(font);
    const QString shown = elidedText(text, font, Qt::ElideRight, rect.width() + 0.5);
    if (shown == QStringLiteral("…") && text.size() > 1)
        return;
    double x = rect.left();
    const ShapedText shaped = shapedText(shown, font);
    const double width = shaped.width();
    if (alignment & Qt::AlignRight)
        x = rect.right() - width;
    else if (alignment & Qt::AlignHCenter)
        x = rect.left() + (rect.width() - width) / 2;
    // Capitals rather than the whole line are centred: that is what the eye sees as the middle.
    double baseline = rect.top() + metrics.ascent();
    if (alignment & Qt::AlignVCenter)
        baseline = rect.center().y() + metrics.capHeight() / 2;
    else if (alignment & Qt::AlignBottom)
        baseline = rect.bottom() - metrics.descent();
    painter.setPen(color);
    shaped.draw(painter, QPointF(x, baseline));
}

bool drawWhenEmpty(QPainter& painter, const QRect& room, const QString& sentence)
{
    constexpr int flags = Qt::AlignTop | Qt::AlignLeft | Qt::TextWordWrap;
    const QFont font = wordFont(TextSize::Normal);
    const bool fits = wrappedHeight(sentence, font, room.width()) <= room.height();
    if (fits && widthOf(sentence, font) > room.width()) {
        painter.setFont(font);
        painter.drawText(room, flags, sentence);
    } else {
        drawLine(painter, room, Qt::AlignTop | Qt::AlignLeft, elidedText(sentence, font, Qt::ElideRight, room.width()), font);
    }
    return !fits;
}

void paintPlatedWords(QPainter& painter, const Box& box, const std::string& words, const QColor& color, const QColor& behind)
{
    if (box.width <= 0)
        return;
    roundedBox(painter, rectOf(box).adjusted(-2, 0, 2, 0), 2, faded(behind, 0.9));
    const QStringList lines = textOf(words).split(u'\n');
    const double height = box.height / static_cast<double>(lines.size());
    for (qsizetype i = 0; i < lines.size(); ++i)
        drawWords(painter, {box.x, box.y + static_cast<double>(i) * height, box.width + 6, height}, Qt::AlignLeft | Qt::AlignVCenter,
                  lines[i], codeFont(TextSize::Small), color);
}

} // namespace loopscope::ui
