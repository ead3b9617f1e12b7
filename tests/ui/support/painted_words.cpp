#include "tests/ui/support/painted_words.h"

#include <QPaintDevice>
#include <QPaintEngine>
#include <QPainter>
#include <QWidget>

#include <cmath>

namespace loopscope::tests {
namespace {

/// Paints nothing, and writes down the words.
class Notes final : public QPaintEngine {
public:
    Notes()
        : QPaintEngine(AllFeatures)
    {
    }

    bool begin(QPaintDevice*) override { return true; }
    bool end() override { return true; }
    Type type() const override { return User; }
    void updateState(const QPaintEngineState&) override { }
    void drawPixmap(const QRectF&, const QPixmap&, const QRectF&) override { }
    void drawImage(const QRectF&, const QImage&, const QRectF&, Qt::ImageConversionFlags) override { }
    void drawTiledPixmap(const QRectF&, const QPixmap&, const QPointF&) override { }
    void drawPath(const QPainterPath&) override { }
    void drawPolygon(const QPointF*, int, PolygonDrawMode) override { }
    void drawTextItem(const QPointF& at, const QTextItem& item) override
    {
        const QTransform place = painter()->deviceTransform();
        const QRectF box = place.mapRect(QRectF(at.x(), at.y() - item.ascent(), item.width(), item.ascent() + item.descent()));
        const QRectF clip = painter()->hasClipping() ? place.mapRect(painter()->clipBoundingRect())
                                                     : QRectF(QPointF(), QSizeF(paintDevice()->width(), paintDevice()->height()));
        // One line comes in pieces where the script or the typeface changes.
        if (!words.empty() && std::abs(words.back().box.right() - box.left()) < 1.5
            && std::abs(words.back().box.bottom() - box.bottom()) < 6) {
            words.back().text += item.text();
            words.back().box |= box;
        } else if (!item.text().trimmed().isEmpty()) {
            words.push_back({item.text(), box, clip});
        }
    }

    std::vector<PaintedWords> words;
};

class Surface final : public QPaintDevice {
public:
    explicit Surface(QSize size)
        : m_size(size)
    {
    }

    QPaintEngine* paintEngine() const override { return &notes; }
    mutable Notes notes;

protected:
    int metric(PaintDeviceMetric metric) const override
    {
        switch (metric) {
        case PdmWidth:
            return m_size.width();
        case PdmHeight:
            return m_size.height();
        case PdmWidthMM:
            return static_cast<int>(std::lround(m_size.width() * 25.4 / 96));
        case PdmHeightMM:
            return static_cast<int>(std::lround(m_size.height() * 25.4 / 96));
        case PdmDepth:
            return 32;
        case PdmNumColors:
            return 1 << 24;
        case PdmDpiX:
        case PdmDpiY:
        case PdmPhysicalDpiX:
        case PdmPhysicalDpiY:
            return 96;
        case PdmDevicePixelRatio:
            return 1;
        default:
            return QPaintDevice::metric(metric);
        }
    }

private:
    QSize m_size;
};

} // namespace

std::vector<PaintedWords> paintedBy(QWidget& widget)
{
    Surface surface(widget.size());
    widget.render(&surface, {}, {}, QWidget::RenderFlags());
    return std::move(surface.notes.words);
}

std::vector<PaintedWords> paintedOn(QSize size, const std::function<void(QPainter&)>& paint)
{
    Surface surface(size);
    QPainter painter(&surface);
    paint(painter);
    painter.end();
    return std::move(surface.notes.words);
}

} // namespace loopscope::tests
