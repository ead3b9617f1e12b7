#pragma once

#include <QColor>
#include <QPixmap>
#include <QPointF>

#include <functional>

class QPainter;
class QWidget;

namespace loopscope::ui {

/// What a widget painted once and shows again. Its pixels are the window's own: where a scale factor lets
/// the widget begin between two of them, a hairline of the picture still lies where it would be painted.
class KeptPicture {
public:
    /// Whether it is a picture for the widget as large and in the place as it is now.
    [[nodiscard]] bool isFor(const QWidget& widget) const;
    /// Its memory stays for the next one: to get it anew at each move of a slider costs as much as to paint.
    void forget() { m_isPainted = false; }
    [[nodiscard]] bool isEmpty() const { return !m_isPainted; }

    /// Makes it anew, in the widget's coordinates, upon the background; which had better hide all, since
    /// that is drawn in a third of the time.
    void paint(const QWidget& widget, const QColor& background, const std::function<void(QPainter&)>& paint);
    /// Draws all of it, in the widget's coordinates.
    void draw(QPainter& painter) const;

private:
    QPixmap m_pixmap;
    bool m_isPainted = false;
    QPointF m_offset; // where the widget begins in it: less than a pixel of the device
};

} // namespace loopscope::ui
