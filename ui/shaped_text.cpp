#include "ui/shaped_text.h"

#include <QCache>
#include <QCoreApplication>
#include <QFontMetricsF>
#include <QHashFunctions>
#include <QPaintEngine>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <vector>

namespace loopscope::ui {
namespace {

constexpr std::size_t mostFonts = 500; // pictures in all sizes have many, one after another
constexpr qsizetype most = 4000; // texts, about a megabyte; a window in use holds some hundred

struct TextKey {
    QString text;
    std::size_t font = 0; // its number
    friend bool operator==(const TextKey&, const TextKey&) = default;
};

std::size_t qHash(const TextKey& key, std::size_t seed = 0) { return qHashMulti(seed, key.text, key.font); }

/// A text in a room, which is all that is to be known about it for one way to fit it in.
struct RoomKey {
    TextKey of;
    int mode = 0;
    qint64 width = 0; // quarters of a pixel
    friend bool operator==(const RoomKey&, const RoomKey&) = default;
};

std::size_t qHash(const RoomKey& key, std::size_t seed = 0) { return qHashMulti(seed, key.of, key.mode, key.width); }

// A font is costly to compare, and a window has a dozen.
class Fonts {
public:
    /// count() for one that is not known.
    [[nodiscard]] std::size_t numberOf(const QFont& font) const
    {
        for (std::size_t i = 0; i < m_known.size(); ++i)
            if (m_known[i].isCopyOf(font))
                return i;
        return static_cast<std::size_t>(std::distance(m_known.begin(), std::find(m_known.begin(), m_known.end(), font)));
    }
    void add(const QFont& font) { m_known.push_back(font); }
    [[nodiscard]] std::size_t count() const { return m_known.size(); }
    void clear() { m_known.clear(); }

private:
    std::vector<QFont> m_known;
};

struct Shelf {
    // What was not asked for longest goes first: to lose all at once would be a frame of a dozen milliseconds.
    QCache<TextKey, ShapedText> shaped{most};
    QCache<TextKey, double> widths{most};
    QCache<RoomKey, QString> elided{most};
    QCache<RoomKey, int> heights{most};
    Fonts fonts;

    TextKey keyOf(const QString& text, const QFont& font)
    {
        std::size_t number = fonts.numberOf(font);
        if (number == fonts.count()) {
            if (number >= mostFonts) {
                clear(); // all of it: texts go by the numbers of their fonts
                number = 0;
            }
            fonts.add(font);
        }
        return {text, number};
    }

    void clear()
    {
        fonts.clear();
        shaped.clear();
        widths.clear();
        elided.clear();
        heights.clear();
    }

    static Shelf& ofThisThread()
    {
        // Fonts must not outlive the application.
        [[maybe_unused]] static const bool cleared = (qAddPostRoutine([] { Shelf::ofThisThread().clear(); }), true);
        thread_local Shelf shelf;
        return shelf;
    }
};

/// What the store has for the key; else what is made of it, which the store keeps.
template <typename Key, typename Value, typename Make>
const Value& kept(QCache<Key, Value>& shelf, const Key& key, const Make& make)
{
    if (const Value* known = shelf.object(key))
        return *known;
    auto* made = new Value(make());
    shelf.insert(key, made);
    return *made;
}

} // namespace

ShapedText::ShapedText(const QString& text, const QFont& font)
    : m_text(text)
    , m_font(font)
{
    QTextLayout layout(text, font);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    if (line.isValid()) {
        line.setNumColumns(static_cast<int>(text.size()));
        line.setPosition({0, 0});
        m_ascent = line.ascent();
    }
    layout.endLayout();
    m_runs = layout.glyphRuns();
    m_width = widthOf(text, font);
}

void ShapedText::draw(QPainter& painter, QPointF baseline) const
{
    if (!painter.paintEngine() || painter.paintEngine()->type() != QPaintEngine::Raster) {
        painter.setFont(m_font);
        painter.drawText(baseline, m_text);
        return;
    }
    for (const QGlyphRun& run : m_runs)
        painter.drawGlyphRun(baseline - QPointF(0, m_ascent), run);
}

const ShapedText& shapedText(const QString& text, const QFont& font)
{
    Shelf& shelf = Shelf::ofThisThread();
    return kept(shelf.shaped, shelf.keyOf(text, font), [&] { return ShapedText(text, font); });
}

double widthOf(const QString& text, const QFont& font)
{
    Shelf& shelf = Shelf::ofThisThread();
    return kept(shelf.widths, shelf.keyOf(text, font), [&] { return QFontMetricsF(font).horizontalAdvance(text); });
}

int wrappedHeight(const QString& text, const QFont& font, int width)
{
    Shelf& shelf = Shelf::ofThisThread();
    return kept(shelf.heights, RoomKey{shelf.keyOf(text, font), Qt::TextWordWrap, qint64{width} * 4}, [&] {
        return QFontMetrics(font).boundingRect(QRect(0, 0, width, 100'000), Qt::TextWordWrap, text).height();
    });
}

QString elidedText(const QString& text, const QFont& font, Qt::TextElideMode mode, double width)
{
    if (widthOf(text, font) <= width)
        return text;
    Shelf& shelf = Shelf::ofThisThread();
    const RoomKey key{shelf.keyOf(text, font), static_cast<int>(mode), static_cast<qint64>(std::floor(width * 4))};
    return kept(shelf.elided, key,
                [&] { return QFontMetricsF(font).elidedText(text, mode, static_cast<double>(key.width) / 4); });
}

void drawLine(QPainter& painter, const QRectF& rect, Qt::Alignment alignment, const QString& text, const QFont& font)
{
    const ShapedText shaped = shapedText(text, font);
    const QFontMetricsF metrics(font);
    double x = rect.left();
    if (alignment & Qt::AlignRight)
        x = rect.right() - shaped.width();
    else if (alignment & Qt::AlignHCenter)
        x = rect.center().x() - shaped.width() / 2;
    double top = rect.top();
    if (alignment & Qt::AlignVCenter)
        top = rect.center().y() - metrics.height() / 2;
    else if (alignment & Qt::AlignBottom)
        top = rect.bottom() - metrics.height();
    shaped.draw(painter, {x, std::round(top + metrics.ascent())});
}

} // namespace loopscope::ui
