#include "ui/timeline_view.h"

#include "core/base/format.h"
#include "core/trace/explain.h"

#include "ui/paint_marks.h"
#include "ui/paint_scene.h"
#include "ui/predictions.h"
#include "ui/seen_scene.h"
#include "ui/style.h"

#include <QApplication>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace loopscope::ui {
namespace {

constexpr double smallestLane = 29;   // below this, lanes scroll instead
constexpr double largestLane = 58;
constexpr double textBelow = 23;      // above and below a bar, with a line of small text
constexpr double twoLines = 38;       // a lane lower than this has no room for its second line
constexpr double dragThreshold = 4;
constexpr double handleReach = 6;     // pixels beside the playhead that still grab it
constexpr double wheelZoom = 1.0015;  // per unit of the wheel's angle
constexpr double remembered = 0.28;   // opacity of what was shown once and lies ahead again

} // namespace

TimelineView::TimelineView(const Store& store, QWidget* parent)
    : QAbstractScrollArea(parent)
    , m_store(store)
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Timeline"));
    viewport()->setMouseTracking(true);
    viewport()->setAccessibleName(tr("Lanes of the timeline"));

    connect(&m_store, &Store::runChanged, this, &TimelineView::layOut);
    connect(&m_store, &Store::scaleChanged, this, &TimelineView::layOut);
    connect(&m_store, &Store::stepChanged, this, [this] {
        moveOverlay();
        refreshDescription();
    });
    connect(&m_store, &Store::glideChanged, this, &TimelineView::moveOverlay);
    connect(&m_store, &Store::selectionChanged, viewport(), qOverload<>(&QWidget::update));
    connect(&m_store, &Store::marksChanged, viewport(), qOverload<>(&QWidget::update));
    connect(&m_store, &Store::themeChanged, this, &TimelineView::layOut);
    connect(&m_store.predictions(), &Predictions::changed, viewport(), qOverload<>(&QWidget::update));
    layOut();
}

double TimelineView::playheadX() const
{
    return m_scene.axis.x(m_store.position().step);
}

double TimelineView::reachedX() const
{
    return m_scene.axis.x(static_cast<double>(m_store.reached()));
}

void TimelineView::layOut()
{
    if (m_store.mode() != Mode::Run)
        return;
    LayoutMetrics metrics = with_room(timelineMetrics(), m_store.run().spans, viewport()->width());
    const std::size_t lanes = m_store.run().spans.tasks.size() + 2; // with the loop and the network
    const double room = viewport()->height() - metrics.ruler_height - 2;
    const double fitting = room / static_cast<double>(lanes);
    const double lane = std::floor(std::clamp(fitting, smallestLane, largestLane));
    const double highestBar = metrics.bar_height;
    const auto setLane = [&](double height) {
        metrics.lane_height = height;
        metrics.subtitles = height >= twoLines;
        // Below a bar stays room for what was printed, as long as there is any.
        metrics.bar_height = std::min(highestBar, height >= 2 * textBelow - 2 ? height - textBelow : height * 0.56);
    };
    setLane(lane);
    m_scale = m_store.scale(axis_width(viewport()->width(), metrics));
    m_scene = loopscope::layout(m_store.trace(), m_store.run().spans, m_scale, metrics);
    const double excess = m_scene.height - viewport()->height();
    if (excess > 0 && lane > smallestLane) { // a lane with many requests is higher than the others
        setLane(std::max(smallestLane, std::floor(lane - excess / static_cast<double>(lanes))));
        m_scene = loopscope::layout(m_store.trace(), m_store.run().spans, m_scale, metrics);
    }
    const int overflow = static_cast<int>(std::ceil(m_scene.height - viewport()->height()));
    verticalScrollBar()->setRange(0, std::max(0, overflow));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(static_cast<int>(metrics.lane_height / 2));
    m_backdrop = {};
    m_hovered.reset();
    moveOverlay();
    refreshDescription();
}

void TimelineView::moveOverlay()
{
    if (m_store.mode() != Mode::Run)
        return;
    const double charWidth = timelineMetrics().char_width;
    m_seen = seenScene(m_scene, m_store.step(), playheadX(), charWidth);
    m_ahead = {};
    if (m_store.reached() > m_store.step())
        m_ahead = aheadScene(seenScene(m_scene, m_store.reached(), reachedX(), charWidth), m_store.step());
    viewport()->update();
}

void TimelineView::refreshDescription()
{
    if (m_store.mode() != Mode::Run)
        return;
    QString moment = tr("At %1, after event %2 of %3.")
                         .arg(QString::fromStdString(format_moment(m_store.position().when)))
                         .arg(m_store.step())
                         .arg(m_store.lastStep());
    if (m_store.step() > 0)
        moment += u' ' + QString::fromStdString(explain(m_store.trace(), m_store.step() - 1).sentence);
    setAccessibleDescription(moment);
}

std::size_t TimelineView::stepAt(double x) const
{
    return m_scene.axis.step_at(x);
}

QPointF TimelineView::toScene(QPointF at) const
{
    return {at.x(), at.y() + verticalScrollBar()->value()};
}

bool TimelineView::isOnRuler(QPointF at) const
{
    return at.y() < m_scene.ruler_height && at.x() >= m_scene.label_width - handleReach;
}

QPixmap TimelineView::backdrop()
{
    const QSize size = viewport()->size() * devicePixelRatioF();
    if (m_backdrop.size() != size) {
        m_backdrop = QPixmap(size);
        m_backdrop.setDevicePixelRatio(devicePixelRatioF());
        m_backdrop.fill(themeOf(m_store).canvas);
        QPainter painter(&m_backdrop);
        painter.translate(0, -verticalScrollBar()->value());
        paintScene(painter, m_scene, themeOf(m_store),
                   {.background = true, .ruler = false, .labels = false, .lanes = false, .exposed = {}});
    }
    return m_backdrop;
}

void TimelineView::paintEvent(QPaintEvent*)
{
    const Theme& look = themeOf(m_store);
    QPainter painter(viewport());
    if (m_store.mode() != Mode::Run) {
        painter.fillRect(viewport()->rect(), look.canvas);
        return;
    }
    painter.drawPixmap(0, 0, backdrop());

    const int scrolled = verticalScrollBar()->value();
    const double left = m_scene.label_width;
    const double right = viewport()->width();
    const double top = m_scene.ruler_height;
    const double bottom = viewport()->height();
    const double playhead = playheadX();
    const double reached = std::max(playhead, reachedX());
    const SceneParts lanesOnly{.background = false, .ruler = false, .labels = false, .lanes = true, .exposed = {}};

    painter.save();
    painter.setClipRect(QRectF(left, top, right - left, bottom - top));
    painter.translate(0, -scrolled);
    const QRectF view(left, top + scrolled, right - left, bottom - top);

    SceneOverlay overlay;
    overlay.selected = m_store.selection();
    if (m_store.step() > 0)
        overlay.moment = m_store.step() - 1;
    if (m_store.reached() < m_store.lastStep()) {
        overlay.fogFrom = reached;
        if (right - reached > 140)
            overlay.fogText = m_store.step() == 0 ? tr("not run yet: press Space to play, → to step")
                                                  : tr("not run yet");
    }
    overlay.hovered = m_hovered ? &*m_hovered : nullptr;

    if (reached > playhead) { // shown once: a pale memory of it helps to find the way back
        painter.save();
        painter.setClipRect(QRectF(playhead, view.top(), reached - playhead, view.height()),
                            Qt::IntersectClip);
        painter.setOpacity(remembered);
        paintScene(painter, m_ahead, look, lanesOnly);
        painter.restore();
    }
    paintScene(painter, m_seen, look, lanesOnly);
    paintOverlay(painter, m_seen, look, overlay);
    if (const auto event = m_store.selectedEvent(); event && *event < m_store.reached())
        paintSelectedEvent(painter, m_scene, look, *event, m_store.selection());
    painter.restore();

    // The labels scroll with the lanes; the ruler stays.
    painter.save();
    painter.setClipRect(QRectF(0, top, right, bottom - top));
    painter.translate(0, -scrolled);
    paintScene(painter, m_scene, look,
               {.background = false, .ruler = false, .labels = true, .lanes = false, .exposed = {}});
    painter.restore();
    TimelineScene ruler;
    ruler.width = m_scene.width;
    ruler.ruler_height = m_scene.ruler_height;
    ruler.label_width = m_scene.label_width;
    for (const Tick& tick : m_scene.ticks) // how long it takes may be what a prediction asks
        if (tick.x <= reached || !m_store.predictions().wouldSpoil())
            ruler.ticks.push_back(tick);
    paintScene(painter, ruler, look,
               {.background = false, .ruler = true, .labels = false, .lanes = false, .exposed = {}});
    paintRulerMarks(painter, m_scene, look, m_store.bookmarks());

    if (playhead >= left - 1 && playhead <= right) {
        SceneOverlay present;
        present.playhead = playhead;
        painter.setClipRect(viewport()->rect());
        paintOverlay(painter, m_scene, look, present);
    }
}

void TimelineView::resizeEvent(QResizeEvent*)
{
    layOut();
}

void TimelineView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || m_store.mode() != Mode::Run)
        return;
    m_pressedAt = event->position();
    m_lastX = event->position().x();
    if (const PlacedBookmark* mark = rulerMarkAt(m_scene, m_store.bookmarks(), m_pressedAt)) {
        Q_EMIT seekRequested(mark->step);
        return;
    }
    const bool nearPlayhead = std::abs(m_pressedAt.x() - playheadX()) <= handleReach;
    if (isOnRuler(m_pressedAt) || (nearPlayhead && m_pressedAt.x() >= m_scene.label_width)) {
        m_drag = Drag::Playhead;
        if (!nearPlayhead)
            Q_EMIT seekRequested(stepAt(m_pressedAt.x()));
    } else {
        m_drag = Drag::Pressed;
    }
}

void TimelineView::mouseMoveEvent(QMouseEvent* event)
{
    const QPointF at = event->position();
    switch (m_drag) {
    case Drag::Playhead:
        Q_EMIT seekRequested(stepAt(at.x()));
        return;
    case Drag::Pressed:
        if (std::abs(at.x() - m_pressedAt.x()) < dragThreshold)
            return;
        m_drag = Drag::Pan;
        viewport()->setCursor(Qt::ClosedHandCursor);
        [[fallthrough]];
    case Drag::Pan: {
        const TimeScale panned = m_scale.panned(m_lastX - at.x());
        m_lastX = at.x();
        Q_EMIT zoomRequested({panned.low(), panned.high()});
        return;
    }
    case Drag::None:
        break;
    }

    const bool grabs = isOnRuler(at) || std::abs(at.x() - playheadX()) <= handleReach;
    viewport()->setCursor(grabs && at.x() >= m_scene.label_width ? Qt::SplitHCursor : Qt::ArrowCursor);
    const QPointF inScene = toScene(at);
    const Bar* bar = at.y() >= m_scene.ruler_height ? m_seen.bar_at(inScene.x(), inScene.y()) : nullptr;
    const bool same = bar ? m_hovered && m_hovered->box == bar->box : !m_hovered;
    if (!same) {
        m_hovered = bar ? std::optional(*bar) : std::nullopt;
        viewport()->update();
    }
}

void TimelineView::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    if (m_drag == Drag::Pressed)
        click(event->position());
    m_drag = Drag::None;
    viewport()->unsetCursor();
}

void TimelineView::click(QPointF at)
{
    const QPointF inScene = toScene(at);
    if (const Mark* mark = m_seen.mark_at(inScene.x(), inScene.y())) {
        Q_EMIT eventRequested(mark->step, mark->task);
        return;
    }
    if (const Bar* bar = m_seen.bar_at(inScene.x(), inScene.y())) {
        // What still goes on ends in the fog; a click on it must not tell how.
        if (bar->end < std::max(m_store.step(), m_store.reached()))
            Q_EMIT eventRequested(bar->step, bar->task);
        else
            Q_EMIT selectRequested(bar->task);
        return;
    }
    const LaneRow* lane = at.x() < m_scene.label_width ? m_scene.lane_at(inScene.y()) : nullptr;
    Q_EMIT selectRequested(lane ? lane->task : TaskId{});
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || isOnRuler(event->position()))
        return;
    const QPointF inScene = toScene(event->position());
    const Bar* bar = m_seen.bar_at(inScene.x(), inScene.y());
    if (!bar) {
        Q_EMIT zoomRequested({});
        return;
    }
    const double margin = bar->box.width * 0.1 + 4;
    Q_EMIT zoomRequested({std::max(0.0, m_scale.u_at(axisX(bar->box.x - margin))),
                          std::min(1.0, m_scale.u_at(axisX(bar->box.right() + margin)))});
}

void TimelineView::wheelEvent(QWheelEvent* event)
{
    const QPoint angle = event->angleDelta();
    if (event->modifiers() & Qt::ControlModifier) {
        zoomAt(event->position().x(), std::pow(wheelZoom, angle.y()));
    } else if (event->modifiers() & Qt::ShiftModifier || std::abs(angle.x()) > std::abs(angle.y())) {
        const int delta = angle.x() != 0 ? angle.x() : angle.y(); // Alt and Shift turn the wheel's axis
        const TimeScale panned = m_scale.panned(-delta * 0.5);
        Q_EMIT zoomRequested({panned.low(), panned.high()});
    } else {
        QScrollBar* bar = verticalScrollBar();
        bar->setValue(bar->value() - angle.y() * bar->singleStep() / 60);
    }
    event->accept();
}

void TimelineView::keyPressEvent(QKeyEvent* event)
{
    event->ignore(); // the window's keys mean more here than those of a scroll area
}

bool TimelineView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString tip = tipAt(help->pos());
        if (tip.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), tip, viewport());
        return true;
    }
    if (event->type() == QEvent::Leave && m_hovered) {
        m_hovered.reset();
        viewport()->update();
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void TimelineView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        m_backdrop = {};
    QAbstractScrollArea::changeEvent(event);
}

QString TimelineView::tipAt(QPointF at) const
{
    const QPointF inScene = toScene(at);
    if (m_store.mode() != Mode::Run)
        return {};
    if (const PlacedBookmark* mark = rulerMarkAt(m_scene, m_store.bookmarks(), at))
        return noteText(*mark);
    if (at.y() < m_scene.ruler_height)
        return {};
    const Trace& trace = m_store.trace();
    if (const Mark* mark = m_seen.mark_at(inScene.x(), inScene.y()))
        return QString::fromStdString(explain(trace, mark->step).sentence);
    const Bar* bar = m_seen.bar_at(inScene.x(), inScene.y());
    if (!bar)
        return {};
    if (bar->folded > 1)
        return tr("%n step(s), too short to draw apart: zoom in", nullptr, bar->folded);

    QString what;
    switch (bar->kind) {
    case SpanKind::Ready:
        what = tr("ready: waits for its turn");
        break;
    case SpanKind::Running:
        what = tr("running");
        break;
    case SpanKind::Computing:
        what = tr("computing: holds the thread");
        break;
    case SpanKind::Blocking:
        what = tr("blocking: holds the thread and only waits");
        break;
    case SpanKind::Waiting:
        what = tr("suspended");
        break;
    case SpanKind::Selecting:
        what = tr("asleep in the selector: nothing to do");
        break;
    case SpanKind::InFlight:
        what = tr("request on its way");
        break;
    case SpanKind::StartingUp:
        what = tr("the process starts up");
        break;
    case SpanKind::WaitingForGil:
        what = tr("waits for the interpreter");
        break;
    case SpanKind::Queued:
        what = tr("queued: waits for a free worker");
        break;
    case SpanKind::Sending:
        what = tr("arguments on their way to a process");
        break;
    }
    QString who = bar->task ? QString::fromStdString(trace.display_name(bar->task)) + tr(": ") : QString();
    QString tip = who + what;
    if (!bar->label.empty())
        tip += u'\n' + QString::fromStdString(bar->label);
    const QString from = QString::fromStdString(format_moment(bar->from));
    if (bar->end < std::max(m_store.step(), m_store.reached()))
        tip += tr("\n%1 – %2").arg(from, QString::fromStdString(format_moment(bar->to)));
    else
        tip += tr("\nsince %1").arg(from);
    return tip;
}

void TimelineView::zoomAt(double x, double factor)
{
    const TimeScale zoomed = m_scale.zoomed(factor, std::clamp(axisX(x), 0.0, m_scale.width()));
    Q_EMIT zoomRequested({zoomed.low(), zoomed.high()});
}

void TimelineView::zoomAtPointer(double factor)
{
    const QPointF pointer = viewport()->mapFromGlobal(QCursor::pos());
    zoomAt(viewport()->rect().contains(pointer.toPoint()) ? pointer.x() : playheadX(), factor);
}

void TimelineView::panBy(double partOfWidth)
{
    const TimeScale panned = m_scale.panned(partOfWidth * m_scale.width());
    Q_EMIT zoomRequested({panned.low(), panned.high()});
}

} // namespace loopscope::ui
