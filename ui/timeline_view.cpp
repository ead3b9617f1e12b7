#include "ui/timeline_view.h"

#include "core/base/format.h"
#include "core/trace/explain.h"

#include "ui/arrow_path.h"
#include "ui/lane_pins.h"
#include "ui/paint_marks.h"
#include "ui/paint_scene.h"
#include "ui/predictions.h"
#include "ui/paint_tools.h"
#include "ui/run_search.h"
#include "ui/seen_scene.h"
#include "ui/stretch_card.h"
#include "ui/style.h"
#include "ui/timeline_state.h"

#include <QEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>
#include <iterator>

// What the view shows. What the hand does there stands in timeline_view_hand.cpp.

namespace loopscope::ui {
namespace {

constexpr double smallestLane = 29;   // below this, lanes scroll instead
constexpr double largestLane = 58;
constexpr double textBelow = 23;      // above and below a bar, with a line of small text
constexpr double twoLines = 38;       // a lane lower than this has no room for its second line
constexpr double remembered = 0.28;   // opacity of what was shown once and lies ahead again
constexpr double mostFrozen = 0.6;    // of the height: below must stay room to scroll in

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

    const auto anew = [this] {
        m_runNumber = m_store.runNumber();
        orderLanes();
        layOut();
    };
    connect(&m_store, &Store::runChanged, this, anew);
    connect(&m_store.timeline(), &TimelineState::lanesChanged, this, anew);
    connect(&m_store, &Store::scaleChanged, this, &TimelineView::layOut);
    connect(&m_store, &Store::stepChanged, this, [this] {
        moveOverlay();
        refreshDescription();
        followPlayhead();
        revealActor();
    });
    connect(&m_store, &Store::glideChanged, this, &TimelineView::moveOverlay);
    connect(&m_store, &Store::selectionChanged, this, [this, anew] {
        refreshDescription();
        if (m_order.groups.empty())
            viewport()->update();
        else
            anew(); // what is selected is never folded
    });
    connect(&m_store.timeline(), &TimelineState::stretchChanged, this, [this] {
        refreshDescription();
        viewport()->update();
    });
    connect(&m_store, &Store::marksChanged, viewport(), qOverload<>(&QWidget::update));
    connect(&m_store, &Store::themeChanged, this, &TimelineView::layOut);
    connect(&m_store.predictions(), &Predictions::changed, viewport(), qOverload<>(&QWidget::update));
    anew();
}

double TimelineView::playheadX() const
{
    return m_scene.axis.x(m_store.position().step);
}

double TimelineView::reachedX() const
{
    return m_scene.axis.x(static_cast<double>(m_store.reached()));
}

void TimelineView::orderLanes()
{
    LaneChoices choices = m_store.timeline().lanes();
    choices.selected = m_store.selection();
    m_order = lane_order(m_store.trace(), choices);
}

void TimelineView::layOut()
{
    if (m_store.mode() != Mode::Run || m_runNumber != m_store.runNumber())
        return; // another run will be laid out when its signal is here
    LayoutMetrics metrics = with_room(timelineMetrics(), m_store.run().spans, viewport()->width());
    const std::size_t lanes = m_order.rows.size() + 2; // with the loop and the network
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
    m_scene = loopscope::layout(m_store.trace(), m_store.run().spans, m_scale, metrics, &m_order);
    const double excess = m_scene.height - viewport()->height();
    if (excess > 0 && lane > smallestLane) { // a lane with many requests is higher than the others
        setLane(std::max(smallestLane, std::floor(lane - excess / static_cast<double>(lanes))));
        m_scene = loopscope::layout(m_store.trace(), m_store.run().spans, m_scale, metrics, &m_order);
    }
    const int overflow = static_cast<int>(std::ceil(m_scene.height - viewport()->height()));
    verticalScrollBar()->setRange(0, std::max(0, overflow));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(static_cast<int>(metrics.lane_height / 2));
    m_backdrop = {};
    m_hover = {};
    m_playheadInView = isInView(playheadX());
    freezeLanes();
    moveOverlay();
    refreshDescription();
}

void TimelineView::freezeLanes()
{
    m_frozenBottom = m_scene.ruler_height;
    if (verticalScrollBar()->maximum() == 0)
        return;
    const std::size_t frozen = std::min(m_order.pinned + 1, m_scene.lanes.size());
    for (std::size_t lane = 0; lane < frozen; ++lane)
        if (m_scene.lanes[lane].box.bottom() - m_scene.ruler_height
            <= mostFrozen * (viewport()->height() - m_scene.ruler_height))
            m_frozenBottom = m_scene.lanes[lane].box.bottom();
}

void TimelineView::moveOverlay()
{
    if (m_store.mode() != Mode::Run)
        return;
    // What the whole run comes to is told when it has run.
    const bool over = m_store.step() == m_store.trace().size();
    tell_numbers(m_scene, m_store.trace(), m_store.run().spans, over ? std::nullopt : std::optional(m_store.step()));
    const double charWidth = timelineMetrics().char_width;
    m_seen = seenScene(m_scene, m_store.step(), playheadX(), charWidth);
    m_ahead = {};
    if (m_store.reached() > m_store.step())
        m_ahead = aheadScene(seenScene(m_scene, m_store.reached(), reachedX(), charWidth), m_store.step());
    // An arrow between a lane that scrolls and one that does not is drawn to where they are.
    m_crossing.clear();
    if (m_frozenBottom > m_scene.ruler_height) {
        const auto crosses = [this](const Arrow& arrow) {
            return (arrow.y1 < m_frozenBottom) != (arrow.y2 < m_frozenBottom);
        };
        std::copy_if(m_seen.arrows.begin(), m_seen.arrows.end(), std::back_inserter(m_crossing), crosses);
        std::erase_if(m_seen.arrows, crosses);
        std::erase_if(m_ahead.arrows, crosses);
    }
    viewport()->update();
}

QString TimelineView::stretchText() const
{
    const std::optional<Stretch>& stretch = m_store.timeline().stretch();
    return stretch ? tr("Marked: %1.").arg(stretchLines(m_store, *stretch).join(QStringLiteral(", "))) : QString();
}

void TimelineView::refreshDescription()
{
    if (m_store.mode() != Mode::Run)
        return;
    QStringList moment{tr("At %1, after event %2 of %3.")
                           .arg(QString::fromStdString(format_moment(m_store.position().when)))
                           .arg(m_store.step())
                           .arg(m_store.lastStep())};
    if (m_store.step() > 0)
        moment += QString::fromStdString(explain(m_store.trace(), m_store.step() - 1, m_store.snapshot(),
                                                 m_store.run().spans.causes)
                                             .sentence);
    if (m_store.selection())
        moment += tr("Selected: %1.").arg(QString::fromStdString(m_store.trace().display_name(m_store.selection())));
    moment += stretchText();
    moment.removeAll(QString());
    const QString text = moment.join(u' ');
    if (text != accessibleDescription())
        setAccessibleDescription(text); // which tells a screen reader
}

double TimelineView::toView(double sceneY) const
{
    return sceneY < m_frozenBottom ? sceneY : sceneY - verticalScrollBar()->value();
}

QPointF TimelineView::toScene(QPointF at) const
{
    return {at.x(), at.y() < m_frozenBottom ? at.y() : at.y() + verticalScrollBar()->value()};
}

QPixmap TimelineView::backdrop()
{
    const QSize size = viewport()->size() * devicePixelRatioF();
    if (m_backdrop.size() != size) {
        m_backdrop = QPixmap(size);
        m_backdrop.setDevicePixelRatio(devicePixelRatioF());
        m_backdrop.fill(themeOf(m_store).canvas);
        QPainter painter(&m_backdrop);
        const auto paint = [&](double top, double bottom, double scrolled) {
            painter.save();
            painter.setClipRect(QRectF(0, top, viewport()->width(), bottom - top));
            painter.translate(0, -scrolled);
            paintScene(painter, m_scene, themeOf(m_store),
                       {.background = true, .ruler = false, .labels = false, .lanes = false,
                        .exposed = QRectF(0, top + scrolled, viewport()->width(), bottom - top)});
            painter.restore();
        };
        paint(m_scene.ruler_height, m_frozenBottom, 0);
        paint(m_frozenBottom, viewport()->height(), verticalScrollBar()->value());
    }
    return m_backdrop;
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
    painter.drawPixmap(0, 0, backdrop());

    const double bottom = viewport()->height();
    const double right = viewport()->width();
    const double scrolled = verticalScrollBar()->value();
    if (m_frozenBottom > m_scene.ruler_height)
        paintRegion(painter, m_scene.ruler_height, m_frozenBottom, 0);
    paintRegion(painter, m_frozenBottom, bottom, scrolled);
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
               {.background = false, .ruler = true, .labels = false, .lanes = false, .exposed = {}});
}

// The lanes between two heights of the viewport, with their labels.
void TimelineView::paintRegion(QPainter& painter, double top, double bottom, double scrolled)
{
    const double left = m_scene.label_width;
    const double right = viewport()->width();
    painter.save();
    painter.setClipRect(QRectF(left, top, right - left, bottom - top));
    painter.translate(0, -scrolled);
    paintLanes(painter, QRectF(left, top + scrolled, right - left, bottom - top));
    painter.restore();

    painter.save();
    painter.setClipRect(QRectF(0, top, right, bottom - top));
    painter.translate(0, -scrolled);
    paintScene(painter, m_scene, themeOf(m_store),
               {.background = false, .ruler = false, .labels = true, .lanes = false,
                .exposed = QRectF(0, top + scrolled, right, bottom - top)});
    painter.restore();
}

void TimelineView::paintLanes(QPainter& painter, const QRectF& view)
{
    const Theme& look = themeOf(m_store);
    const double playhead = playheadX();
    const double reached = std::max(playhead, reachedX());
    const SceneParts lanesOnly{.background = false, .ruler = false, .labels = false, .lanes = true, .exposed = view,
                               .calmArrows = static_cast<bool>(m_store.selection())};
    SceneOverlay overlay;
    overlay.selected = m_store.selection();
    if (m_store.step() > 0)
        overlay.moment = m_store.step() - 1;
    if (m_store.reached() < m_store.lastStep()) {
        overlay.fogFrom = reached;
        if (view.right() - reached > 140)
            overlay.fogText = m_store.step() == 0 ? tr("not run yet: press Space to play, → to step")
                                                  : tr("not run yet");
    }
    overlay.hovered = m_hover.bar ? &*m_hover.bar : nullptr;

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
    m_card = stretchCardRect(stretchLines(m_store, *stretch), xOf(stretch->from), xOf(stretch->to),
                             QRectF(left, m_scene.ruler_height + m_covered, right - left, viewport()->height()));
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

void TimelineView::setHits(const std::vector<SearchHit>& hits)
{
    m_hits.clear();
    for (const SearchHit& hit : hits)
        m_hits.push_back(hit.step);
    viewport()->update();
}

void TimelineView::setCovered(double height)
{
    m_covered = height;
    viewport()->update();
}

void TimelineView::resizeEvent(QResizeEvent*)
{
    layOut();
}

void TimelineView::scrollContentsBy(int, int)
{
    m_backdrop = {};
    m_hover = {};
    viewport()->update();
}

void TimelineView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        m_backdrop = {};
    QAbstractScrollArea::changeEvent(event);
}

} // namespace loopscope::ui
