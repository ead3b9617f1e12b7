#include "ui/timeline_view.h"

#include "core/trace/explain.h"

#include "ui/arrow_path.h"
#include "ui/lane_pins.h"
#include "ui/loop_game.h"
#include "ui/paint_marks.h"
#include "ui/shared_tips.h"
#include "ui/timeline_state.h"
#include "ui/timeline_tips.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace loopscope::ui {
namespace {

constexpr double dragThreshold = 4;
constexpr double handleReach = 6;     // pixels beside the playhead, or an end of the marked part, that still grab it
constexpr double snapReach = 5;       // the marked part begins and ends at events that are so near
constexpr double arrowEnd = 10;       // so near to an arrow's ends what lies there is meant
constexpr double wheelZoom = 1.0015;  // per unit of the wheel's angle

} // namespace

std::size_t TimelineView::stepAt(double x) const
{
    return m_scene.axis.step_at(x);
}

RunPosition TimelineView::positionAt(double x) const
{
    const std::size_t before = stepAt(x);
    std::optional<std::size_t> near;
    double nearest = snapReach;
    for (const std::size_t step : {before, before + 1}) {
        // What has not run must not be felt either.
        if (step > m_store.reached())
            continue;
        const double off = std::abs(m_scene.axis.x(static_cast<double>(step)) - x);
        if (off <= nearest) {
            nearest = off;
            near = step;
        }
    }
    return near ? position_of(m_store.trace(), *near) : position_at_x(m_store.trace(), m_scene.axis, x);
}

bool TimelineView::isOnRuler(QPointF at) const
{
    return at.y() < m_scene.ruler_height && at.x() >= m_scene.label_width - handleReach;
}

std::optional<RunPosition> TimelineView::grabbedEnd(QPointF at) const
{
    const std::optional<Stretch>& stretch = m_store.timeline().stretch();
    if (!stretch || at.x() < m_scene.label_width)
        return std::nullopt;
    if (std::abs(xOf(stretch->to) - at.x()) <= handleReach)
        return stretch->from;
    if (std::abs(xOf(stretch->from) - at.x()) <= handleReach)
        return stretch->to;
    return std::nullopt;
}

const Arrow* TimelineView::arrowUnder(QPointF at) const
{
    if (at.x() < m_scene.label_width || at.y() < m_scene.ruler_height)
        return nullptr;
    const QPointF inScene = toScene(at);
    const Arrow* found = arrowAt(m_seen.arrows, inScene);
    if (const Arrow* arrow = followed()) {
        Arrow shown = *arrow;
        shown.y1 = toView(shown.y1);
        shown.y2 = toView(shown.y2);
        if (arrowAt({shown}, at))
            return arrow; // also where a bar lies: it is what a hand has just clicked
    }
    if (!found) {
        std::vector<Arrow> shown = m_crossing;
        for (Arrow& arrow : shown) {
            arrow.y1 = toView(arrow.y1);
            arrow.y2 = toView(arrow.y2);
        }
        if (const Arrow* crossing = arrowAt(shown, at))
            found = &m_crossing[static_cast<std::size_t>(crossing - shown.data())];
    }
    if (!found)
        return nullptr;
    const bool nearEnd = std::min(std::hypot(at.x() - found->x1, at.y() - toView(found->y1)),
                                  std::hypot(at.x() - found->x2, at.y() - toView(found->y2)))
        <= arrowEnd;
    return nearEnd && m_seen.bar_at(inScene.x(), inScene.y()) ? nullptr : found;
}

TimelineView::Hover TimelineView::under(QPointF at) const
{
    Hover here;
    if (at.y() < m_scene.ruler_height || m_store.mode() != Mode::Run)
        return here;
    const QPointF inScene = toScene(at);
    if (at.x() < m_scene.label_width) {
        if (const LaneRow* lane = m_scene.lane_at(inScene.y()))
            here.label = static_cast<std::size_t>(lane - m_scene.lanes.data());
    } else if (m_seen.mark_at(inScene.x(), inScene.y())) {
        return here;
    } else if (const Arrow* arrow = arrowUnder(at)) {
        here.arrow = *arrow;
    } else if (const Bar* bar = m_seen.bar_at(inScene.x(), inScene.y())) {
        here.bar = *bar;
    }
    return here;
}

void TimelineView::hover(QPointF at)
{
    m_pointer = at;
    Hover here = under(at);
    const auto sameBar = [](const std::optional<Bar>& a, const std::optional<Bar>& b) {
        return a.has_value() == b.has_value() && (!a || a->box == b->box);
    };
    const auto sameArrow = [](const std::optional<Arrow>& a, const std::optional<Arrow>& b) {
        return a.has_value() == b.has_value() && (!a || (a->from_step == b->from_step && a->to_step == b->to_step));
    };
    if (!sameBar(here.bar, m_hover.bar) || !sameArrow(here.arrow, m_hover.arrow) || here.label != m_hover.label) {
        m_hover = std::move(here);
        viewport()->update();
    }
    const bool onAxis = at.x() >= m_scene.label_width;
    const bool grabs = onAxis && (std::abs(at.x() - playheadX()) <= handleReach || grabbedEnd(at));
    viewport()->setCursor(grabs                             ? Qt::SplitHCursor
                              : isOnRuler(at)               ? Qt::IBeamCursor
                              : m_hover.arrow               ? Qt::PointingHandCursor
                              : m_hover.label && clickLabel(at, true) ? Qt::PointingHandCursor
                                                            : Qt::ArrowCursor);
}

void TimelineView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || m_store.mode() != Mode::Run)
        return;
    m_pressedAt = event->position();
    m_lastAt = m_pressedAt;
    if (const PlacedBookmark* mark = rulerMarkAt(m_scene, m_store.bookmarks(), m_pressedAt)) {
        Q_EMIT seekRequested(mark->step);
        return;
    }
    const bool onAxis = m_pressedAt.x() >= m_scene.label_width - handleReach;
    const bool marks = event->modifiers() & Qt::ShiftModifier;
    if (onAxis && !marks && std::abs(m_pressedAt.x() - playheadX()) <= handleReach) {
        m_drag = Drag::Playhead;
    } else if (const std::optional<RunPosition> other = grabbedEnd(m_pressedAt); other && !marks) {
        m_drag = Drag::Mark;
        m_anchor = *other;
    } else if (onAxis && (marks || isOnRuler(m_pressedAt))) {
        m_drag = Drag::MarkPressed;
        m_anchor = positionAt(m_pressedAt.x());
    } else {
        m_drag = Drag::Pressed;
    }
}

void TimelineView::mouseMoveEvent(QMouseEvent* event)
{
    const QPointF at = event->position();
    const QPointF moved = at - m_pressedAt;
    switch (m_drag) {
    case Drag::Playhead:
        Q_EMIT seekRequested(stepAt(at.x()));
        return;
    case Drag::MarkPressed:
        if (std::abs(moved.x()) < dragThreshold)
            return;
        m_drag = Drag::Mark;
        [[fallthrough]];
    case Drag::Mark:
        Q_EMIT stretchRequested(stretch_between(
            m_anchor, positionAt(std::clamp(at.x(), m_scene.label_width, static_cast<double>(viewport()->width())))));
        return;
    case Drag::Pressed:
        if (std::hypot(moved.x(), moved.y()) < dragThreshold)
            return;
        m_drag = Drag::Pan;
        viewport()->setCursor(Qt::ClosedHandCursor);
        [[fallthrough]];
    case Drag::Pan: {
        const QPointF by = m_lastAt - at;
        m_lastAt = at;
        verticalScrollBar()->setValue(verticalScrollBar()->value() + static_cast<int>(std::lround(by.y())));
        const TimeScale panned = m_scale.panned(by.x());
        Q_EMIT zoomRequested({panned.low(), panned.high()}, ZoomBy::Drag);
        return;
    }
    case Drag::None:
        hover(at);
        return;
    }
}

void TimelineView::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const Drag drag = std::exchange(m_drag, Drag::None);
    const bool moved = (event->position() - m_pressedAt).manhattanLength() >= dragThreshold;
    const Arrow* arrow = drag == Drag::Playhead && !moved ? followed() : nullptr;
    if (arrow && arrowUnder(event->position()) == arrow) // the playhead stands at its cause, and may lie over it
        clickArrow(*arrow);
    else if (drag == Drag::Pressed)
        click(event->position());
    else if (drag == Drag::MarkPressed && isOnRuler(event->position()))
        Q_EMIT seekRequested(stepAt(event->position().x()));
    else if (drag == Drag::MarkPressed)
        click(event->position());
    viewport()->unsetCursor();
}

void TimelineView::click(QPointF at)
{
    if (clickLabel(at, false))
        return;
    const QPointF inScene = toScene(at);
    if (const Mark* mark = m_seen.mark_at(inScene.x(), inScene.y())) {
        Q_EMIT eventRequested(mark->step, mark->task);
        return;
    }
    if (const Arrow* arrow = arrowUnder(at)) {
        clickArrow(*arrow);
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
    if (!lane)
        if (const auto shared = sharedThingAt(m_store, m_seen, inScene); shared && !shared->isFrame) {
            Q_EMIT eventRequested(shared->event, shared->task);
            return;
        }
    Q_EMIT selectRequested(lane ? lane->task : TaskId{});
}

// What a click on a lane's title does beside selecting it; whether there is such a thing.
bool TimelineView::clickLabel(QPointF at, bool onlyAsk)
{
    const QPointF inScene = toScene(at);
    const LaneRow* lane = at.y() >= m_scene.ruler_height ? m_scene.lane_at(inScene.y()) : nullptr;
    if (!lane)
        return false;
    if (lane->kind == LaneRow::Kind::Group) {
        if (!onlyAsk)
            Q_EMIT groupRequested(std::string(lane->group)); // a copy: the lanes are laid out anew
        return true;
    }
    if (!pinRect(m_scene, *lane).contains(inScene))
        return false;
    if (!onlyAsk)
        Q_EMIT pinRequested(lane->task);
    return true;
}

void TimelineView::clickArrow(const Arrow& arrow)
{
    const Arrow clicked = arrow; // going there lays the lanes out anew
    if (m_store.step() == clicked.from_step + 1) {
        Q_EMIT selectRequested(clicked.to_task);
        Q_EMIT seekRequested(clicked.to_step + 1);
    } else {
        Q_EMIT selectRequested(clicked.from_task ? clicked.from_task : clicked.to_task);
        Q_EMIT seekRequested(clicked.from_step + 1);
    }
    m_followed = {clicked.from_step, clicked.to_step};
    viewport()->update();
}

const Arrow* TimelineView::followed() const
{
    if (!m_followed || m_store.mode() != Mode::Run
        || (m_store.step() != m_followed->first + 1 && m_store.step() != m_followed->second + 1))
        return nullptr;
    const auto found = std::find_if(m_scene.arrows.begin(), m_scene.arrows.end(), [this](const Arrow& arrow) {
        return std::pair{arrow.from_step, arrow.to_step} == *m_followed;
    });
    return found == m_scene.arrows.end() ? nullptr : &*found;
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent* event)
{
    const QPointF at = event->position();
    if (event->button() != Qt::LeftButton || m_store.mode() != Mode::Run || isOnRuler(at))
        return;
    const QPointF inScene = toScene(at);
    const LaneRow* lane = at.x() < m_scene.label_width ? m_scene.lane_at(inScene.y()) : nullptr;
    if (clickLabel(at, true))
        return; // the two clicks have done it
    if (lane && lane->task) {
        focusSelection(); // the first click selected it
        return;
    }
    if (const Arrow* arrow = arrowUnder(at)) {
        showStretch(stretch_between(position_of(m_store.trace(), arrow->from_step + 1),
                                    position_of(m_store.trace(), arrow->to_step + 1)));
        return;
    }
    const Bar* bar = m_seen.bar_at(inScene.x(), inScene.y());
    if (!bar) {
        Q_EMIT zoomRequested({}, ZoomBy::Jump);
        return;
    }
    const double margin = bar->box.width * 0.1 + 4;
    Q_EMIT zoomRequested({std::max(0.0, m_scale.u_at(axisX(bar->box.x - margin))),
                          std::min(1.0, m_scale.u_at(axisX(bar->box.right() + margin)))},
                         ZoomBy::Jump);
}

void TimelineView::wheelEvent(QWheelEvent* event)
{
    const QPoint angle = event->angleDelta();
    if (event->modifiers() & Qt::ControlModifier) {
        zoomAt(event->position().x(), std::pow(wheelZoom, angle.y()), ZoomBy::Wheel);
    } else if (event->modifiers() & Qt::ShiftModifier || std::abs(angle.x()) > std::abs(angle.y())) {
        const int delta = angle.x() != 0 ? angle.x() : angle.y(); // Alt and Shift turn the wheel's axis
        const TimeScale panned = m_scale.panned(-delta * 0.5);
        Q_EMIT zoomRequested({panned.low(), panned.high()}, ZoomBy::Wheel);
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
    if (event->type() == QEvent::Leave) {
        m_hover = {};
        m_pointer.reset();
        viewport()->update();
    }
    return QAbstractScrollArea::viewportEvent(event);
}

QString TimelineView::tipAt(QPointF at) const
{
    if (m_store.mode() != Mode::Run)
        return {};
    if (const PlacedBookmark* mark = rulerMarkAt(m_scene, m_store.bookmarks(), at))
        return noteText(*mark);
    if (at.y() < m_scene.ruler_height)
        return {};
    const QPointF inScene = toScene(at);
    if (const Mark* mark = m_seen.mark_at(inScene.x(), inScene.y()))
        return QString::fromStdString(explain(m_store.trace(), mark->step, m_store.game().outlook()).sentence);
    const Hover here = under(at);
    if (here.arrow)
        return tipOf(m_store, *here.arrow);
    if (here.bar)
        return tipOf(m_store, *here.bar);
    const LaneRow* lane = m_scene.lane_at(inScene.y());
    if (lane && (here.label || lane->kind == LaneRow::Kind::Group))
        return tipOf(*lane, pinRect(m_scene, *lane).contains(inScene), m_store.timeline().isPinned(lane->task));
    if (const auto shared = sharedThingAt(m_store, m_seen, inScene))
        return shared->tip;
    return {};
}

} // namespace loopscope::ui
