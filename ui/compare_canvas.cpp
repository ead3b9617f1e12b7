#include "ui/compare_canvas.h"

#include "ui/paint_scene.h"
#include "ui/picture_texts.h"
#include "ui/seen_scene.h"
#include "ui/style.h"

#include <QCursor>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace loopscope::ui {
namespace {

constexpr double dragThreshold = 4;
constexpr double handleReach = 5;
constexpr double wheelZoom = 1.0016; // for each of the 120 units of one notch
constexpr double smallestRoom = 1;   // lanes as low as they go

} // namespace

CompareCanvas::CompareCanvas(const Store& store, QWidget* parent)
    : QWidget(parent)
    , m_store(store)
{
    setAccessibleName(tr("Both runs on one axis of time"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    connect(&m_store, &Store::runChanged, this, &CompareCanvas::layOut);
    connect(&m_store, &Store::scaleChanged, this, &CompareCanvas::layOut);
    connect(&m_store, &Store::themeChanged, this, &CompareCanvas::layOut);
    connect(&m_store, &Store::stepChanged, this, qOverload<>(&QWidget::update));
    connect(&m_store, &Store::glideChanged, this, qOverload<>(&QWidget::update));
    layOut();
}

void CompareCanvas::layOut()
{
    if (m_store.mode() != Mode::Compare)
        return;
    const ComparedRuns& runs = m_store.comparison();
    const AxisView view{m_store.zoom().low, m_store.zoom().high};
    const CompareWords words = comparisonWords(m_store);
    const double wide = std::max(1, width());
    constexpr double rooms[] = {smallestRoom, QWIDGETSIZE_MAX};
    const std::vector<double> heights = compare_heights(runs.a->trace(), runs.a->spans, runs.b->trace(), runs.b->spans, words,
                                                        wide, rooms, timelineMetrics(), view);
    const int least = static_cast<int>(std::ceil(heights.front()));
    const int tallest = static_cast<int>(std::ceil(heights.back()));
    const bool changes = least != minimumHeight() || tallest != m_tallest;
    m_tallest = tallest;
    setMinimumHeight(least);
    m_scene = compare_layout(runs.a->trace(), runs.a->spans, runs.b->trace(), runs.b->spans, words, wide, height(),
                             timelineMetrics(), {}, view);
    m_picture = {};
    m_palePicture = {};
    setAccessibleDescription(QString::fromStdString(m_scene.words.verdict + ". " + m_scene.words.reason));
    update();
    if (changes)
        Q_EMIT leastHeightChanged();
}

double CompareCanvas::playheadX() const
{
    // Before the first fact the moment is the same as behind the facts of time 0.
    if (m_store.step() == 0 && m_store.glide() == 0)
        return m_scene.axis.begin();
    return m_scene.axis.x(m_store.position().when);
}

void CompareCanvas::paintEvent(QPaintEvent*)
{
    if (m_store.mode() != Mode::Compare)
        return;
    const Theme& look = themeOf(m_store);
    const bool over = m_store.step() == m_store.lastStep();
    QPainter painter(this);
    painter.drawPixmap(0, 0, shapes(m_picture, look));
    for (const CompareScene::Half* half : {&m_scene.a, &m_scene.b}) {
        painter.save();
        painter.translate(0, half->top);
        over ? paintWords(painter, half->timeline, look) : paintMoment(painter, *half);
        painter.restore();
    }
}

// All but the words of the lanes, which stand where there is room on their side of the playhead.
const QPixmap& CompareCanvas::shapes(QPixmap& picture, const Theme& look)
{
    const QSize size = this->size() * devicePixelRatioF();
    if (picture.size() != size) {
        picture = QPixmap(size);
        picture.setDevicePixelRatio(devicePixelRatioF());
        picture.fill(look.canvas);
        QPainter painter(&picture);
        paintComparison(painter, m_scene, look, {.words = false});
    }
    return picture;
}

// What lies ahead of the moment is paler. When all is over, a playhead would only cover the ends.
void CompareCanvas::paintMoment(QPainter& painter, const CompareScene::Half& half)
{
    const Theme& look = themeOf(m_store);
    const double x = playheadX();
    const double from = std::clamp(x, half.timeline.label_width, static_cast<double>(width()));
    const Trace& trace = &half == &m_scene.a ? m_store.comparison().a->trace() : m_store.comparison().b->trace();
    const std::size_t steps = m_store.step() == 0 ? 0 : stepsUntil(trace, m_store.position().when);
    const Theme pale = paled(look, remembered);
    const QRectF rest(from, 0, width() - from, half.timeline.height);
    painter.save();
    painter.setClipRect(rest);
    painter.drawPixmap(QPointF(0, -half.top), shapes(m_palePicture, pale));
    paintWords(painter, aheadScene(half.timeline, steps, x), pale);
    painter.restore();
    const TimelineScene seen = seenScene(half.timeline, steps, x, timelineMetrics().char_width);
    paintWords(painter, seen, look);
    if (x < half.timeline.label_width - 1)
        return; // the moment is out of view
    SceneOverlay overlay;
    overlay.playhead = x;
    paintOverlay(painter, half.timeline, look, overlay);
    paintEndsOver(painter, seen, look, x);
}

void CompareCanvas::paintWords(QPainter& painter, const TimelineScene& scene, const Theme& look)
{
    paintScene(painter, scene, look, {.background = false, .ruler = false, .labels = false, .shapes = false, .exposed = {}});
}

void CompareCanvas::resizeEvent(QResizeEvent*)
{
    layOut();
}

bool CompareCanvas::isOnRuler(QPointF at) const
{
    return at.x() >= m_scene.a.timeline.label_width && at.y() >= m_scene.ruler_y && at.y() < m_scene.ruler_y + 24;
}

void CompareCanvas::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || m_store.mode() != Mode::Compare)
        return;
    m_pressedAt = event->position();
    m_lastX = m_pressedAt.x();
    if (m_lastX < m_scene.a.timeline.label_width)
        return;
    const bool nearPlayhead = m_store.step() < m_store.lastStep() && std::abs(m_lastX - playheadX()) <= handleReach;
    m_drag = nearPlayhead || isOnRuler(m_pressedAt) ? Drag::Playhead : Drag::Pressed;
    if (m_drag == Drag::Playhead && !nearPlayhead)
        seekTo(m_lastX);
}

void CompareCanvas::mouseMoveEvent(QMouseEvent* event)
{
    const QPointF at = event->position();
    switch (m_drag) {
    case Drag::Playhead:
        seekTo(at.x());
        return;
    case Drag::Pressed:
        if (std::abs(at.x() - m_pressedAt.x()) < dragThreshold)
            return;
        m_drag = Drag::Pan;
        setCursor(Qt::ClosedHandCursor);
        [[fallthrough]];
    case Drag::Pan:
        show(m_scene.scale.panned(m_lastX - at.x()));
        m_lastX = at.x();
        return;
    case Drag::None:
        break;
    }
    const bool grabs = m_store.mode() == Mode::Compare && at.x() >= m_scene.a.timeline.label_width
        && (isOnRuler(at) || (m_store.step() < m_store.lastStep() && std::abs(at.x() - playheadX()) <= handleReach));
    setCursor(grabs ? Qt::SplitHCursor : Qt::ArrowCursor);
}

void CompareCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    if (m_drag == Drag::Pressed)
        seekTo(event->position().x());
    m_drag = Drag::None;
    unsetCursor();
}

void CompareCanvas::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && !isOnRuler(event->position()))
        Q_EMIT zoomRequested({});
}

void CompareCanvas::wheelEvent(QWheelEvent* event)
{
    const QPoint angle = event->angleDelta();
    if (m_store.mode() == Mode::Compare && event->modifiers() & Qt::ControlModifier) {
        zoomAt(event->position().x(), std::pow(wheelZoom, angle.y()));
        event->accept();
    } else if (m_store.mode() == Mode::Compare
               && (event->modifiers() & Qt::ShiftModifier || std::abs(angle.x()) > std::abs(angle.y()))) {
        const int delta = angle.x() != 0 ? angle.x() : angle.y(); // Alt and Shift turn the wheel's axis
        show(m_scene.scale.panned(-delta * 0.5));
        event->accept();
    } else {
        event->ignore(); // whoever holds the canvas scrolls it
    }
}

void CompareCanvas::seekTo(double x)
{
    Q_EMIT seekRequested(m_scene.axis.moments_until(x));
}

void CompareCanvas::zoomAt(double x, double factor)
{
    const double inAxis = std::clamp(x - m_scene.a.timeline.label_width, 0.0, m_scene.scale.width());
    show(m_scene.scale.zoomed(factor, inAxis));
}

void CompareCanvas::show(const TimeScale& scale)
{
    Q_EMIT zoomRequested({scale.low(), scale.high()});
}

void CompareCanvas::zoomAtPointer(double factor)
{
    const QPoint pointer = mapFromGlobal(QCursor::pos());
    zoomAt(rect().contains(pointer) ? pointer.x() : playheadX(), factor);
}

void CompareCanvas::panBy(double partOfWidth)
{
    show(m_scene.scale.panned(partOfWidth * m_scene.scale.width()));
}

} // namespace loopscope::ui
