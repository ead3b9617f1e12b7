#pragma once

#include "ui/kept_picture.h"
#include "ui/store.h"
#include "ui/zoom_history.h"

#include <QWidget>

namespace loopscope::ui {

struct Theme;

/// The whole run in a strip, with how busy the thread was, and a frame around what the timeline shows.
/// The frame and its two ends can be dragged; a click beside it brings that part into view.
class OverviewStrip final : public QWidget {
    Q_OBJECT

public:
    explicit OverviewStrip(const Store& store, QWidget* parent = nullptr);

    /// The frame in the widget's coordinates.
    [[nodiscard]] QRectF frame() const;

    QSize sizeHint() const override { return {400, 36}; }
    QSize minimumSizeHint() const override { return {120, 36}; }

Q_SIGNALS:
    void zoomRequested(Zoom zoom, loopscope::ui::ZoomBy by);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

private:
    enum class Grip { None, Left, Right, Frame };

    [[nodiscard]] QRectF track() const;
    [[nodiscard]] double xOf(double u) const;
    [[nodiscard]] double uAt(double x) const;
    [[nodiscard]] Grip gripAt(QPointF at) const;
    void paintHandle(QPainter& painter, double x, const Theme& look) const;
    void paintPicture(QPainter& painter) const;

    const Store& m_store;
    Grip m_grip = Grip::None;
    double m_grabbedAt = 0; // u under the pointer when the frame was taken
    Zoom m_grabbedZoom;
    KeptPicture m_picture; // of the run; empty when it has to be made anew
    TimeScale m_whole; // of that picture
};

} // namespace loopscope::ui
