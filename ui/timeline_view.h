#pragma once

#include "core/timeline/scene.h"

#include "ui/store.h"

#include <QAbstractScrollArea>
#include <QPixmap>

namespace loopscope::ui {

/// The lanes of the run, the playhead over them, and what the hand does there.
///
/// It lays the run out when the run, the scale or its own size changes. Moving the playhead only
/// cuts that scene at another place: nothing is laid out, and the backdrop comes from a picture
/// made before. What is painted is what the exporters write, since both use paintScene().
class TimelineView final : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit TimelineView(const Store& store, QWidget* parent = nullptr);

    /// Where the playhead stands, in the viewport's coordinates.
    [[nodiscard]] double playheadX() const;
    [[nodiscard]] const TimelineScene& scene() const { return m_scene; }
    /// The scale of what is shown; x = 0 is the right edge of the label column.
    [[nodiscard]] const TimeScale& scale() const { return m_scale; }

    /// Zoom and pan by key: at the pointer where it is over the lanes, else at the playhead.
    void zoomAtPointer(double factor);
    void panBy(double partOfWidth);

    QSize sizeHint() const override { return {870, 424}; }
    QSize minimumSizeHint() const override { return {320, 170}; }

Q_SIGNALS:
    /// The user asked to see the run as it was after this many facts.
    void seekRequested(std::size_t step);
    void selectRequested(TaskId task);
    /// To select this event and go to it; `lane` is the task of the lane where it was clicked.
    void eventRequested(std::size_t event, TaskId lane);
    void zoomRequested(Zoom zoom);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    enum class Drag { None, Pressed, Pan, Playhead };

    void layOut();
    void moveOverlay();
    void refreshDescription();
    [[nodiscard]] double axisX(double x) const { return x - m_scene.label_width; }
    /// How many facts have happened left of an x of the viewport.
    [[nodiscard]] std::size_t stepAt(double x) const;
    /// The x up to which the run was shown once.
    [[nodiscard]] double reachedX() const;
    [[nodiscard]] QPointF toScene(QPointF at) const;
    [[nodiscard]] bool isOnRuler(QPointF at) const;
    void zoomAt(double x, double factor);
    void click(QPointF at);
    [[nodiscard]] QString tipAt(QPointF at) const;
    [[nodiscard]] QPixmap backdrop();

    const Store& m_store;
    TimeScale m_scale;
    TimelineScene m_scene; // of the whole run
    TimelineScene m_seen;  // of what has happened
    TimelineScene m_ahead; // of what was shown once and lies ahead again
    QPixmap m_backdrop;    // empty when it has to be made anew
    std::optional<Bar> m_hovered;

    Drag m_drag = Drag::None;
    QPointF m_pressedAt;
    double m_lastX = 0;
};

} // namespace loopscope::ui
