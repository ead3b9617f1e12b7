#include "ui/timeline_view.h"

#include "core/base/format.h"
#include "core/trace/explain.h"

#include "ui/predictions.h"
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

// What the view shows. How that is painted stands in timeline_view_paint.cpp, what the hand does there in
// timeline_view_hand.cpp.

namespace loopscope::ui {
namespace {

constexpr double smallestLane = 29;   // below this, lanes scroll instead
constexpr double largestLane = 58;
constexpr double textBelow = 23;      // above and below a bar, with a line of small text
constexpr double twoLines = 38;       // a lane lower than this has no room for its second line
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
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent); // a backdrop covers all of it
    viewport()->setAccessibleName(tr("Lanes of the timeline"));

    const auto anew = [this] {
        m_runNumber = m_store.runNumber();
        m_followed.reset();
        orderLanes();
        layOut();
    };
    connect(&m_store, &Store::runChanged, this, anew);
    connect(&m_store.timeline(), &TimelineState::lanesChanged, this, anew);
    connect(&m_store, &Store::scaleChanged, this, &TimelineView::layOut);
    connect(&m_store, &Store::stepChanged, this, [this] {
        moveOverlay();
        if (m_pointer && m_drag == Drag::None)
            hover(*m_pointer); // what lies there has grown, or is not there yet
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
    const Trace& trace = m_store.trace();
    const RunSpans& spans = m_store.run().spans;
    const StepAxis axis = step_axis(trace, spans, m_scale, metrics);
    const double excess = layout_height(trace, spans, m_scale, metrics, axis, &m_order) - viewport()->height();
    if (excess > 0 && lane > smallestLane) // a lane with many requests is higher than the others
        setLane(std::max(smallestLane, std::floor(lane - excess / static_cast<double>(lanes))));
    m_scene = loopscope::layout(trace, spans, m_scale, metrics, axis, &m_order);
    const int overflow = static_cast<int>(std::ceil(m_scene.height - viewport()->height()));
    verticalScrollBar()->setRange(0, std::max(0, overflow));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(static_cast<int>(metrics.lane_height / 2));
    forgetPictures();
    m_shownTo = 0;
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
    // An arrow between a lane that scrolls and one that does not is drawn to where they are.
    const auto crosses = [this](const Arrow& arrow) {
        return m_frozenBottom > m_scene.ruler_height && (arrow.y1 < m_frozenBottom) != (arrow.y2 < m_frozenBottom);
    };
    m_crossing.clear();
    std::copy_if(m_seen.arrows.begin(), m_seen.arrows.end(), std::back_inserter(m_crossing), crosses);
    std::erase_if(m_seen.arrows, crosses);
    m_ahead = {};
    if (m_store.reached() > m_store.step()) {
        if (m_shownTo != m_store.reached()) {
            m_shown = seenScene(m_scene, m_store.reached(), reachedX(), charWidth);
            std::erase_if(m_shown.arrows, crosses);
            m_shownTo = m_store.reached();
            m_shownFrom = {};
            m_shownBefore = false;
        }
        m_ahead = aheadScene(m_shown, m_store.step(), playheadX());
    }
    viewport()->update();
}

void TimelineView::forgetPictures()
{
    m_backdropIsOfNow = false;
    m_shownFrom = {};
    m_shownBefore = false;
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
        moment += QString::fromStdString(m_store.told().sentence);
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

void TimelineView::setHits(const std::vector<SearchHit>& hits)
{
    m_hits.clear();
    for (const SearchHit& hit : hits)
        m_hits.push_back(hit.step);
    viewport()->update();
}

void TimelineView::resizeEvent(QResizeEvent*)
{
    layOut();
}

void TimelineView::scrollContentsBy(int, int)
{
    forgetPictures();
    m_hover = {};
    viewport()->update();
}

void TimelineView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        forgetPictures();
    QAbstractScrollArea::changeEvent(event);
}

} // namespace loopscope::ui
