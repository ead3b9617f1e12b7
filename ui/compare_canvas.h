#pragma once

#include "core/timeline/compare_layout.h"

#include "ui/kept_picture.h"
#include "ui/store.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <utility>

namespace loopscope::ui {

struct Theme;

/// Two runs on one axis, one moment in both. Paints what the exporters write; the moment lies over
/// it and moves without the picture being made again, once it is kept.
class CompareCanvas final : public QWidget {
    Q_OBJECT

public:
    explicit CompareCanvas(const Store& store, QWidget* parent = nullptr);

    [[nodiscard]] const CompareScene& scene() const;
    /// Where the moment lies in the picture: one x for both halves.
    [[nodiscard]] double playheadX() const;
    /// The height beyond which lanes grow no more.
    [[nodiscard]] int tallest() const { return m_tallest; }

    /// Asks for the moment at this x.
    void seekTo(double x);
    /// Shows less of the axis, around the pointer or, when that is elsewhere, the playhead.
    void zoomAtPointer(double factor);
    void panBy(double partOfWidth);

    QSize sizeHint() const override { return {870, 560}; }

Q_SIGNALS:
    /// The user asked for this moment of the comparison, see Store::step().
    void seekRequested(std::size_t step);
    void zoomRequested(loopscope::ui::Zoom zoom);
    /// The height below which it is not whole, minimumHeight(), is another one, or tallest() is.
    void leastHeightChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    enum class Drag { None, Playhead, Pressed, Pan };

    void measure();
    void forgetScene();
    void zoomAt(double x, double factor);
    void show(const TimeScale& scale);
    [[nodiscard]] bool isOnRuler(QPointF at) const;
    /// All but the words of the lanes, between those pixels; from a picture of all, if it is to be kept.
    void paintShapes(QPainter& painter, KeptPicture& kept, const Theme& look, double from, double to, bool keeps);
    void paintWordsUntil(QPainter& painter, const CompareScene::Half& half, double x, const Theme& pale);
    [[nodiscard]] QRectF ahead(const CompareScene::Half& half, double x) const;
    static void paintWords(QPainter& painter, const TimelineScene& scene, const Theme& look);

    const Store& m_store;
    std::optional<ComparePlan> m_plan; // see measure()
    std::pair<std::shared_ptr<const RunData>, std::shared_ptr<const RunData>> m_planned; // which it is of
    mutable CompareScene m_scene; // see scene()
    mutable bool m_isLaidOut = false;
    int m_tallest = QWIDGETSIZE_MAX;
    KeptPicture m_picture; // empty when it has to be made anew
    KeptPicture m_palePicture; // likewise
    bool m_shownBefore = false; // the scene was painted once, and may be kept now
    Drag m_drag = Drag::None;
    QPointF m_pressedAt;
    double m_lastX = 0;
};

} // namespace loopscope::ui
