#include "ui/timeline_view.h"

#include "core/trace/subject.h"

#include "ui/timeline_state.h"

#include <QCursor>
#include <QScrollBar>

#include <algorithm>
#include <cmath>
#include <utility>

// Which part of the run the view asks to show.

namespace loopscope::ui {

void TimelineView::zoomAt(double x, double factor, ZoomBy by)
{
    const TimeScale zoomed = m_scale.zoomed(factor, std::clamp(axisX(x), 0.0, m_scale.width()));
    Q_EMIT zoomRequested({zoomed.low(), zoomed.high()}, by);
}

void TimelineView::zoomAtPointer(double factor)
{
    const QPointF pointer = viewport()->mapFromGlobal(QCursor::pos());
    zoomAt(viewport()->rect().contains(pointer.toPoint()) ? pointer.x() : playheadX(), factor, ZoomBy::Key);
}

void TimelineView::panBy(double partOfWidth)
{
    const TimeScale panned = m_scale.panned(partOfWidth * m_scale.width());
    Q_EMIT zoomRequested({panned.low(), panned.high()}, ZoomBy::Key);
}

void TimelineView::showStretch(const Stretch& stretch)
{
    const double from = m_scale.u(stretch.from);
    const double to = m_scale.u(stretch.to);
    const double margin = std::max((to - from) * 0.08, 0.002);
    const TimeScale shown = m_scale.showing(std::max(0.0, from - margin), std::min(1.0, to + margin));
    Q_EMIT zoomRequested({shown.low(), shown.high()}, ZoomBy::Jump);
}

void TimelineView::focusSelection()
{
    const Trace& trace = m_store.trace();
    if (const std::optional<Stretch>& stretch = m_store.timeline().stretch()) {
        showStretch(*stretch);
        return;
    }
    const std::size_t known = m_store.reached();
    if (const TaskId task = m_store.selection()) {
        const TaskLane& lane = m_store.run().spans.tasks[task.value - 1];
        const std::size_t end = lane.end.kind == LaneEnd::Kind::Open ? trace.size() : lane.end.step + 1;
        // How long it lives is told by what has run only.
        showStretch(stretch_between(position_of(trace, std::min(lane.created, known)),
                                    position_of(trace, std::min(end, known))));
        revealLane(task); // and not the playhead, which may be long past it
        return;
    }
    constexpr double near = 0.1; // of the run, on both sides of the moment
    const double here = m_scale.u(m_store.position());
    Q_EMIT zoomRequested({std::max(0.0, here - near), std::min(1.0, here + near)}, ZoomBy::Jump);
}

bool TimelineView::markSpan()
{
    const RunSpans& spans = m_store.run().spans;
    const TaskId task = m_store.selection();
    const std::vector<Span>& lane = task ? spans.tasks[task.value - 1].spans : spans.loop;
    // The one that has just ended, or goes on; a click on a bar goes to its end.
    const auto at = [&lane](std::size_t step) {
        return std::find_if(lane.begin(), lane.end(),
                            [step](const Span& span) { return span.begin < step && span.end + 1 >= step; });
    };
    const std::optional<std::size_t>& event = m_store.selected().event; // the playhead may be elsewhere
    auto found = event ? at(*event + 1) : lane.end();
    if (found == lane.end())
        found = at(m_store.step());
    if (found == lane.end()) {
        const bool wasMarked = m_store.timeline().stretch().has_value();
        Q_EMIT stretchRequested(std::nullopt);
        return wasMarked;
    }
    std::optional<Stretch> marked = stretch_of(*found, m_store.trace());
    if (marked->to.step > static_cast<double>(m_store.reached())) // what goes on is known so far only
        marked->to = position_of(m_store.trace(), m_store.reached());
    if (marked == m_store.timeline().stretch())
        marked.reset();
    Q_EMIT stretchRequested(marked);
    return true;
}

void TimelineView::pinLane()
{
    TaskId task = m_store.selection();
    if (!task && m_hover.label && *m_hover.label < m_scene.lanes.size())
        task = m_scene.lanes[*m_hover.label].task;
    if (!task && m_hover.bar)
        task = m_hover.bar->task;
    if (task)
        Q_EMIT pinRequested(task);
}

void TimelineView::reveal()
{
    const double x = playheadX();
    const double left = m_scene.label_width;
    if (!isInView(x)) {
        const TimeScale panned = m_scale.panned(x - left - m_scale.width() * 0.4);
        Q_EMIT zoomRequested({panned.low(), panned.high()}, ZoomBy::Follow);
    }
    if (m_store.selection())
        revealLane(m_store.selection());
}

// Scrolls no further than it must for a lane to be whole, and for the first one below those that stay.
void TimelineView::revealLane(TaskId task)
{
    const auto lane = std::find_if(m_scene.lanes.begin(), m_scene.lanes.end(), [task](const LaneRow& row) { return row.task == task; });
    if (lane == m_scene.lanes.end() || lane->box.y < m_frozenBottom)
        return;
    QScrollBar* bar = verticalScrollBar();
    const double top = lane->box.y - m_frozenBottom;
    const double bottom = lane->box.bottom() - viewport()->height();
    if (bar->value() > top)
        bar->setValue(static_cast<int>(top));
    else if (bar->value() < bottom) {
        double edge = top;
        for (const LaneRow& row : m_scene.lanes)
            if (const double its = row.box.y - m_frozenBottom; its >= bottom)
                edge = std::min(edge, its);
        bar->setValue(static_cast<int>(std::ceil(edge)));
    }
}

// What the sentence speaks of is in view: the lane of the task that the last event is about. While the run
// is played lanes stay where they are, and so they do under a hand that drags.
void TimelineView::revealActor()
{
    if (m_store.mode() != Mode::Run || m_store.step() == 0 || m_store.isPlaying() || m_drag != Drag::None)
        return;
    if (const TaskId task = subject_of(m_store.trace()[m_store.step() - 1].fact))
        revealLane(task);
}

// The scale stays while the run is played, but what is played is not lost sight of: when the playhead
// runs out of the view, the view goes on by most of its width. Who looks elsewhere while it is played is
// left alone.
void TimelineView::followPlayhead()
{
    if (m_store.mode() != Mode::Run)
        return;
    const double left = m_scene.label_width;
    const bool wasInView = std::exchange(m_playheadInView, isInView(playheadX()));
    if (m_playheadInView || m_drag != Drag::None || (!wasInView && m_store.isPlaying()))
        return;
    const double target = playheadX() > left ? 0.15 : 0.85; // of the width: more room where it goes
    const TimeScale panned = m_scale.panned(playheadX() - left - m_scale.width() * target);
    Q_EMIT zoomRequested({panned.low(), panned.high()}, ZoomBy::Follow);
}

// The blocks of the last moment may be drawn a little beyond the axis.
bool TimelineView::isInView(double x) const
{
    return x >= m_scene.label_width - 1 && x <= viewport()->width();
}

} // namespace loopscope::ui
