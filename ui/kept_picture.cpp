#include "ui/kept_picture.h"

#include <QPainter>
#include <QWidget>

#include <cmath>

namespace loopscope::ui {
namespace {

/// From the begin of the pixel in which the widget begins, in units of the widget.
QPointF offsetOf(const QWidget& widget)
{
    const double scale = widget.devicePixelRatioF();
    const QPointF corner = QPointF(widget.mapTo(widget.window(), QPoint())) * scale;
    return QPointF(corner.x() - std::floor(corner.x()), corner.y() - std::floor(corner.y())) / scale;
}

QSize sizeOf(const QWidget& widget)
{
    const QSizeF pixels = QSizeF(widget.size()) * widget.devicePixelRatioF();
    return QSize(static_cast<int>(std::ceil(pixels.width())) + 1, static_cast<int>(std::ceil(pixels.height())) + 1);
}

} // namespace

bool KeptPicture::isFor(const QWidget& widget) const
{
    return m_isPainted && m_pixmap.size() == sizeOf(widget) && m_pixmap.devicePixelRatio() == widget.devicePixelRatioF()
        && m_offset == offsetOf(widget);
}

void KeptPicture::paint(const QWidget& widget, const QColor& background, const std::function<void(QPainter&)>& paint)
{
    m_isPainted = true;
    m_offset = offsetOf(widget);
    if (m_pixmap.size() != sizeOf(widget))
        m_pixmap = QPixmap(sizeOf(widget));
    m_pixmap.setDevicePixelRatio(widget.devicePixelRatioF());
    m_pixmap.fill(background);
    QPainter painter(&m_pixmap);
    painter.translate(m_offset);
    paint(painter);
}

void KeptPicture::draw(QPainter& painter) const { painter.drawPixmap(-m_offset, m_pixmap); }

} // namespace loopscope::ui
