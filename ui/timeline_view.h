#pragma once

#include "core/timeline/lanes.h"
#include "core/timeline/scene.h"
#include "core/timeline/stretch.h"

#include "ui/kept_picture.h"
#include "ui/store.h"
#include "ui/zoom_history.h"

#include <QAbstractScrollArea>

#include <functional>

namespace loopscope::ui {

struct SearchHit;

/// The lanes of the run, the playhead over them, and what the hand does there.
///
/// It lays the run out when the run, the scale or its own size changes. Moving the playhead only
/// cuts that scene at another place: nothing is laid out, and the backdrop comes from a picture
/// made before. What is painted is what the exporters write, since both use paintScene().
///
/// The loop's lane and those that are pinned stay on top while the others scroll.
class TimelineView final : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit TimelineView(const Store& store, QWidget* parent = nullptr);

    /// Where the playhead stands, in the viewport's coordinates.
    [[nodiscard]] double playheadX() const;
    [[nodiscard]] const TimelineScene& scene() const { return m_scene; }
    /// What of it has happened.
    [[nodiscard]] const TimelineScene& seen() const { return m_seen; }
    [[nodiscard]] const LaneOrder& order() const { return m_order; }
    /// The scale of what is shown; x = 0 is the right edge of the label column.
    [[nodiscard]] const TimeScale& scale() const { return m_scale; }
    /// A height of the scene in the viewport, wherever its lane is scrolled to; and back.
    [[nodiscard]] double toView(double sceneY) const;
    [[nodiscard]] QPointF toScene(QPointF at) const;
    /// The y in the viewport below which lanes scroll.
    [[nodiscard]] double frozenBottom() const { return m_frozenBottom; }
    /// The card over the marked part; empty when nothing is marked or in view.
    [[nodiscard]] QRectF cardRect() const { return m_card; }

    /// Zoom and pan by key: at the pointer where it is over the lanes, else at the playhead.
    void zoomAtPointer(double factor);
    void panBy(double partOfWidth);
    /// Shows the marked part, or else the life of the selected task, or else the moment from near.
    void focusSelection();
    /// Marks what the selected task, or else the loop, did at the selected event, or last; takes that mark
    /// away where it stands. False where there is nothing to mark and nothing was marked.
    bool markSpan();
    /// Pins the selected task's lane, or the one under the pointer; or takes the pin out.
    void pinLane();
    /// Brings the playhead and the selected task's lane into view.
    void reveal();
    void setHits(const std::vector<SearchHit>& hits);

    QSize sizeHint() const override { return {870, 424}; }
    QSize minimumSizeHint() const override { return {320, 170}; }

Q_SIGNALS:
    /// The user asked to see the run as it was after this many facts.
    void seekRequested(std::size_t step);
    void selectRequested(TaskId task);
    /// To select this event and go to it; `lane` is the task of the lane where it was clicked.
    void eventRequested(std::size_t event, TaskId lane);
    void zoomRequested(Zoom zoom, loopscope::ui::ZoomBy by);
    void stretchRequested(const std::optional<loopscope::Stretch>& stretch);
    void pinRequested(TaskId task);
    void groupRequested(const std::string& key);

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
    void scrollContentsBy(int dx, int dy) override;

private:
    enum class Drag { None, Pressed, Pan, Playhead, MarkPressed, Mark };

    /// What lies under the pointer.
    struct Hover {
        std::optional<Bar> bar;
        std::optional<Arrow> arrow;
        std::optional<std::size_t> label; // of which lane
    };

    void orderLanes();
    void layOut();
    void freezeLanes();
    void moveOverlay();
    void refreshDescription();
    void followPlayhead();
    void revealActor();
    void revealLane(TaskId task);
    [[nodiscard]] bool isInView(double x) const;
    [[nodiscard]] QString stretchText() const;

    void paintRuler(QPainter& painter);
    void paintLanes(QPainter& painter, const QRectF& view);
    void paintCrossing(QPainter& painter);
    void paintPins(QPainter& painter);
    void paintStretch(QPainter& painter);
    void paintHits(QPainter& painter);
    void paintTitles(QPainter& painter, double top, double bottom, double scrolled);
    void paintMemory(QPainter& painter);
    void eachRegion(QPainter& painter, const std::function<void(const QRectF& view)>& paint) const;
    [[nodiscard]] const KeptPicture& backdrop();
    void forgetPictures();

    [[nodiscard]] double axisX(double x) const { return x - m_scene.label_width; }
    /// How many facts have happened left of an x of the viewport.
    [[nodiscard]] std::size_t stepAt(double x) const;
    /// The position at an x, on an event where one is near.
    [[nodiscard]] RunPosition positionAt(double x) const;
    [[nodiscard]] double xOf(RunPosition position) const { return m_scene.axis.x(position.step); }
    /// The x up to which the run was shown once.
    [[nodiscard]] double reachedX() const;
    [[nodiscard]] bool isOnRuler(QPointF at) const;
    /// The other end of the marked part whose end is under the pointer.
    [[nodiscard]] std::optional<RunPosition> grabbedEnd(QPointF at) const;
    [[nodiscard]] bool isStrong(const Arrow& arrow) const;
    [[nodiscard]] const Arrow* arrowUnder(QPointF at) const;
    [[nodiscard]] Hover under(QPointF at) const;
    void hover(QPointF at);
    void zoomAt(double x, double factor, ZoomBy by);
    void showStretch(const Stretch& stretch);
    void click(QPointF at);
    bool clickLabel(QPointF at, bool onlyAsk);
    void clickArrow(const Arrow& arrow);
    /// The arrow that led to the moment on screen, if one did: its effect may lie ahead again.
    [[nodiscard]] const Arrow* followed() const;
    [[nodiscard]] QString tipAt(QPointF at) const;

    const Store& m_store;
    TimeScale m_scale;
    std::size_t m_runNumber = 0; // of the run that is laid out
    LaneOrder m_order;
    TimelineScene m_scene; // of the whole run
    TimelineScene m_seen;  // of what has happened
    TimelineScene m_shown; // of what was shown once, ...
    std::size_t m_shownTo = 0;
    TimelineScene m_ahead; // ... and the part of it that lies ahead again
    std::vector<Arrow> m_crossing; // of m_seen: those between a lane that scrolls and one that does not
    // Painted anew when they are not of now; their memory stays, which to get costs more than to paint in it.
    KeptPicture m_backdrop;
    bool m_backdropIsOfNow = false;
    KeptPicture m_shownPicture; // the shapes of m_shown upon it, from here on
    std::optional<double> m_shownFrom;
    bool m_shownBefore = false; // it was painted as it is now, and not kept
    double m_frozenBottom = 0;
    Hover m_hover;
    std::optional<std::pair<std::size_t, std::size_t>> m_followed; // the steps of its arrow's cause and effect
    std::optional<QPointF> m_pointer; // over the lanes
    QRectF m_card;
    std::vector<std::size_t> m_hits;
    bool m_playheadInView = true;

    Drag m_drag = Drag::None;
    QPointF m_pressedAt;
    QPointF m_lastAt;
    RunPosition m_anchor; // of the part that is being marked
};

} // namespace loopscope::ui
