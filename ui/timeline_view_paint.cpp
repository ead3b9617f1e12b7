#include "ui/timeline_view.h"

#include "ui/arrow_path.h"
#include "ui/lane_pins.h"
#include "ui/paint_marks.h"
#include "ui/paint_scene.h"
#include "ui/paint_tools.h"
#include "ui/predictions.h"
#include "ui/run_search.h"
#include "ui/stretch_card.h"
#include "ui/style.h"
#include "ui/timeline_state.h"

#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>
#include <utility>

// How the view is painted. From below: the backdrop, which only a layout changes; what was shown once and lies
// ahead again; what has happened; the fog; the titles of the lanes; the playhead and what a hand marked.

namespace loopscope::ui {
// The lanes that stay, and those that scroll, each in its own coordinates.
void TimelineView::eachRegion(QPainter& painter, const std::function<void(const QRectF& view)>& paint) const
{
    const double left = m_scene.label_width;
    const double right = viewport()->width();
    const auto region = [&](double top, double bottom, double scrolled) {
        painter.save();
        painter.setClipRect(QRectF(left, top, right - left, bottom - top), Qt::IntersectClip);
        painter.translate(0, -scrolled);
        paint(QRectF(left, top + scrolled, right - left, bottom - top));
        painter.restore();
    };
    if (m_frozenBottom > m_scene.ruler_height)
        region(m_scene.ruler_height, m_frozenBottom, 0);
    region(m_frozenBottom, viewport()->height(), verticalScrollBar()->value());
}

const KeptPicture& TimelineView::backdrop()
{
    if (m_backdropIsOfNow && m_backdrop.isFor(*viewport())) // which may be another one without a resize
        return m_backdrop;
    m_backdropIsOfNow = true;
    m_backdrop.paint(*viewport(), themeOf(m_store).canvas, [this](QPainter& painter) {
        const auto paint = [&](double top, double bottom, double scrolled) {
            painter.save();
            painter.setClipRect(QRectF(0, top, viewport()->width(), bottom - top));
            painter.translate(0, -scrolled);
            paintScene(painter, m_scene, themeOf(m_store),
                       {.background = true, .ruler = false, .labels = false, .shapes = false, .words = false,
                        .exposed = QRectF(0, top + scrolled, viewport()->width(), bottom - top)});
            painter.restore();
        };
        paint(m_scene.ruler_height, m_frozenBottom, 0);
        paint(m_frozenBottom, viewport()->height(), verticalScrollBar()->value());
    });
    return m_backdrop;
}

// What was shown once and lies ahead again: a pale memory of it helps to find the way back. Its shapes stay while
// the playhead moves; its words are those of bars that lie ahead as a whole.
void TimelineView::paintMemory(QPainter& painter)
{
    if (m_store.reached() <= m_store.step())
        return; // what was shown is of another run
    const double left = std::max(playheadX(), m_scene.label_width);
    const bool whole = m_store.reached() == m_store.lastStep(); // then the marks of the last ends are whole, too
    const double right = whole ? viewport()->width() : std::min(reachedX(), static_cast<double>(viewport()->width()));
    if (left >= right)
        return;
    const Theme pale = paled(themeOf(m_store), remembered);
    const auto shapesFrom = [&](QPainter& onto, double from) {
        eachRegion(onto, [&](const QRectF& view) {
            paintScene(onto, m_shown, pale,
                       {.background = false, .ruler = false, .labels = false, .words = false,
                        .exposed = QRectF(from, view.top(), right - from, view.height())});
        });
    };
    // While a slider moves each picture is shown once, so the first one is not kept.
    const bool once = !m_shownFrom && !std::exchange(m_shownBefore, true);
    if (!once && (!m_shownFrom || left < *m_shownFrom || !m_shownPicture.isFor(*viewport()))) {
        // Somebody who goes back by steps needs a little more each time; who follows a slider, what there is.
        const double from = m_shownFrom ? m_scene.label_width : left;
        m_shownFrom = from;
        m_shownPicture.paint(*viewport(), themeOf(m_store).canvas, [&](QPainter& shapes) {
            backdrop().draw(shapes);
            shapesFrom(shapes, from);
        });
    }
    painter.save();
    painter.setClipRect(QRectF(left, m_scene.ruler_height, right - left, viewport()->height()));
    if (once)
        shapesFrom(painter, left);
    else
        m_shownPicture.draw(painter);
    eachRegion(painter, [&](const QRectF& view) {
        paintScene(painter, m_ahead, pale,
                   {.background = false, .ruler = false, .labels = false, .shapes = false,
                    .exposed = QRectF(left, view.top(), right - left, view.height())});
    });
    painter.restore();
}

bool TimelineView::isStrong(const Arrow& arrow) const
{
    const TaskId selected = m_store.selection();
    const bool ofTask = selected && (arrow.to_task == selected || arrow.from_task == selected);
    return ofTask || (m_store.step() > 0 && arrow.to_step == m_store.step() - 1);
}

void TimelineView::paintEvent(QPaintEvent*)
{
    const Theme& look = themeOf(m_store);
    QPainter painter(viewport());
    if (m_store.mode() != Mode::Run || m_runNumber != m_store.runNumber()) {
        painter.fillRect(viewport()->rect(), look.canvas);
        return;
    }
    backdrop().draw(painter);

    paintMemory(painter);
    eachRegion(painter, [&](const QRectF& view) { paintLanes(painter, view); });
    const double bottom = viewport()->height();
    const double right = viewport()->width();
    const double scrolled = verticalScrollBar()->value();
    if (m_frozenBottom > m_scene.ruler_height)
        paintTitles(painter, m_scene.ruler_height, m_frozenBottom, 0);
    paintTitles(painter, m_frozenBottom, bottom, scrolled);
    if (scrolled > 0)
        painter.fillRect(QRectF(0, m_frozenBottom - 1, right, 2), look.lineStrong);
    paintCrossing(painter);
    paintPins(painter);
    paintRuler(painter);
    paintHits(painter);
    paintStretch(painter);
    paintRulerMarks(painter, m_scene, look, m_store.bookmarks());

    const double playhead = playheadX();
    if (playhead >= m_scene.label_width - 1 && playhead <= right) {
        SceneOverlay present;
        present.playhead = playhead;
        paintOverlay(painter, m_scene, look, present);
        eachRegion(painter, [&](const QRectF&) { paintEndsOver(painter, m_seen, look, playhead); });
    }
    if (!m_card.isEmpty()) // over the playhead: it is to be read
        paintStretchCard(painter, look, stretchLines(m_store, *m_store.timeline().stretch()), m_card);
}

// How long the run takes may be what a prediction asks: then no tick ahead tells it.
void TimelineView::paintRuler(QPainter& painter)
{
    TimelineScene ruler;
    ruler.width = m_scene.width;
    ruler.ruler_height = m_scene.ruler_height;
    ruler.label_width = m_scene.label_width;
    const double reached = std::max(playheadX(), reachedX());
    const bool hides = m_store.predictions().wouldSpoil();
    for (const Tick& tick : m_scene.ticks)
        if (!hides || tick.x <= reached)
            ruler.ticks.push_back(tick);
    paintScene(painter, ruler, themeOf(m_store),
               {.background = false, .ruler = true, .labels = false, .shapes = false, .words = false, .exposed = {}});
}

// The titles of the lanes between two heights of the viewport.
void TimelineView::paintTitles(QPainter& painter, double top, double bottom, double scrolled)
{
    const double right = viewport()->width();
    painter.save();
    painter.setClipRect(QRectF(0, top, right, bottom - top));
    painter.translate(0, -scrolled);
    paintScene(painter, m_scene, themeOf(m_store),
               {.background = false, .ruler = false, .labels = true, .shapes = false, .words = false,
                .exposed = QRectF(0, top + scrolled, right, bottom - top)});
    painter.restore();
}

void TimelineView::paintLanes(QPainter& painter, const QRectF& view)
{
    const Theme& look = themeOf(m_store);
    const double reached = std::max(playheadX(), reachedX());
    SceneParts parts{.background = false, .ruler = false, .labels = false, .exposed = view};
    parts.selected = m_store.selection();
    if (m_store.step() > 0)
        parts.moment = m_store.step() - 1;
    paintScene(painter, m_seen, look, parts);

    SceneOverlay overlay;
    overlay.selected = m_store.selection();
    overlay.hidesTicks = m_store.predictions().wouldSpoil();
    if (m_store.reached() < m_store.lastStep()) {
        overlay.fogFrom = reached;
        if (view.right() - reached > 140 && view.bottom() > m_frozenBottom)
            overlay.fogText = m_store.step() == 0 ? tr("not run yet: press Space to play, → to step")
                                                  : tr("not run yet");
        overlay.view = view;
    }
    overlay.hovered = m_hover.bar ? &*m_hover.bar : nullptr;
    paintOverlay(painter, m_seen, look, overlay);
    if (const auto event = m_store.selectedEvent(); event && *event < m_store.reached())
        paintSelectedEvent(painter, m_scene, look, *event, m_store.selection());
}

void TimelineView::paintCrossing(QPainter& painter)
{
    const Theme& look = themeOf(m_store);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(QRectF(m_scene.label_width, m_scene.ruler_height, viewport()->width(), viewport()->height()));
    const auto placed = [this](Arrow arrow) {
        arrow.y1 = toView(arrow.y1);
        arrow.y2 = toView(arrow.y2);
        return arrow;
    };
    for (const Arrow& arrow : m_crossing) {
        const Arrow shown = placed(arrow);
        if (std::max(shown.y1, shown.y2) > m_frozenBottom) // else its lane is scrolled away
            paintArrow(painter, shown, look, isStrong(arrow), isStrong(arrow) ? 1 : 0.3);
    }
    if (m_hover.arrow)
        paintArrow(painter, placed(*m_hover.arrow), look, true, 1);
    else if (const Arrow* arrow = followed())
        paintArrow(painter, placed(*arrow), look, true, 1);
    painter.restore();
}

void TimelineView::paintPins(QPainter& painter)
{
    const Theme& look = themeOf(m_store);
    for (std::size_t i = 0; i < m_scene.lanes.size(); ++i) {
        const LaneRow& lane = m_scene.lanes[i];
        const bool pinned = m_store.timeline().isPinned(lane.task);
        QRectF rect = pinRect(m_scene, lane);
        if (rect.isEmpty() || !(pinned || m_hover.label == i))
            continue;
        rect.moveTop(toView(lane.box.y) + (lane.box.height - rect.height()) / 2);
        const bool scrolls = lane.box.y >= m_frozenBottom;
        if (!scrolls || rect.top() >= m_frozenBottom)
            paintPin(painter, rect, look, i % 2 == 0 ? look.canvasAlt : look.canvas, pinned);
    }
}

void TimelineView::paintStretch(QPainter& painter)
{
    m_card = {};
    const std::optional<Stretch>& stretch = m_store.timeline().stretch();
    if (!stretch)
        return;
    const double left = m_scene.label_width;
    const double right = viewport()->width();
    const double from = std::clamp(xOf(stretch->from), left, right);
    const double to = std::clamp(xOf(stretch->to), left, right);
    if (to <= left || from >= right)
        return;
    const Theme& look = themeOf(m_store);
    painter.save();
    painter.setClipRect(QRectF(left, 0, right - left, viewport()->height()));
    painter.fillRect(QRectF(from, m_scene.ruler_height, to - from, viewport()->height()), faded(look.accent, 0.12));
    painter.fillRect(QRectF(from, 0, to - from, m_scene.ruler_height), faded(look.accent, 0.25));
    verticalLine(painter, from, 0, viewport()->height(), look.accent);
    verticalLine(painter, to, 0, viewport()->height(), look.accent);
    painter.restore();
    std::vector<QRectF> words; // that it would hide, now and when more of the run is shown
    for (const TimelineScene* scene : {&m_scene, &m_seen}) {
        for (const Bar& bar : scene->bars)
            words.push_back(rectOf(bar.label_box));
        for (const Mark& mark : scene->marks)
            words.push_back(rectOf(mark.label_box));
    }
    for (QRectF& word : words)
        word.moveTop(toView(word.top()));
    const double top = m_scene.ruler_height;
    m_card = stretchCardRect(stretchLines(m_store, *stretch), xOf(stretch->from), xOf(stretch->to),
                             QRectF(left, top, right - left, viewport()->height() - top), words);
}

void TimelineView::paintHits(QPainter& painter)
{
    const Theme& look = themeOf(m_store);
    double last = -10;
    for (const std::size_t step : m_hits) {
        const double x = m_scene.axis.x(static_cast<double>(step));
        if (x < m_scene.label_width || x > viewport()->width() || x - last < 2)
            continue;
        last = x;
        painter.fillRect(QRectF(std::round(x) - 1, m_scene.ruler_height - 6, 2, 6), look.accent);
    }
}

} // namespace loopscope::ui
