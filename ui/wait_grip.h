#pragma once

#include "core/lesson/wait_lengths.h"

#include "ui/store.h"

#include <QWidget>

#include <memory>
#include <optional>

namespace loopscope::ui {

class TimelineView;

/// The grip at the end of a wait whose length a parameter gives: it comes where the pointer is near
/// such an end, and dragging it sets the parameter, step by step, while the run follows. Escape takes
/// the drag back. Lies on the timeline and needs nothing from it but its scene.
class WaitGrip final : public QWidget {
    Q_OBJECT

public:
    WaitGrip(const Store& store, TimelineView& lanes);

    /// The wait at whose end the grip lies; nothing while it is hidden.
    [[nodiscard]] const std::optional<GivenWait>& wait() const { return m_wait; }
    [[nodiscard]] bool isDragging() const { return m_drag.has_value(); }

Q_SIGNALS:
    /// The user wants these values. `gesture` is the same for all moves of one drag.
    void valuesRequested(const Values& values, const QString& parameter, int gesture);
    /// Whether the axis is to keep its length.
    void holdRequested(bool hold);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    struct Drag {
        GivenWait wait;
        const Variant* variant = nullptr;
        Values before;
        double pressedAt = 0;  ///< x in the window of the lanes
        double perPixel = 0;   ///< seconds
    };

    void look(QPointF at);
    void place(double x, double middle);
    void stop();
    /// Ends the drag with the values of before.
    void takeBack();
    void tell();
    [[nodiscard]] double secondsPerPixel() const;
    [[nodiscard]] const std::vector<GivenWait>& given();

    const Store& m_store;
    TimelineView& m_lanes;
    std::optional<GivenWait> m_wait;
    std::optional<Drag> m_drag;
    std::vector<GivenWait> m_given;
    const RunData* m_givenOf = nullptr; ///< the run that they belong to
    int m_gesture = 1 << 20; ///< apart from those of the sliders
};

} // namespace loopscope::ui
