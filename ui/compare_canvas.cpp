#include "ui/compare_canvas.h"

#include "ui/paint_scene.h"
#include "ui/picture_texts.h"
#include "ui/seen_scene.h"
#include "ui/style.h"

#include <QCursor>
#include <QMouseEvent>
#include <QPainter>
#include <QResizeEvent>
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
    connect(&m_store, &Store::runChanged, this, &CompareCanvas::measure);
    connect(&m_store, &Store::scaleChanged, this, &CompareCanvas::measure);
    connect(&m_store, &Store::themeChanged, this, &CompareCanvas::measure);
    connect(&m_store, &Store::stepChanged, this, qOverload<>(&QWidget::update));
    connect(&m_store, &Store::glideChanged, this, qOverload<>(&QWidget::update));
    measure();
}

// How high it has to be is asked for at once; where all of it stands, when it is painted: a slider's frame
// would else lay both runs out as often as the room for them changes.
void CompareCanvas::measure()
{
    if (m_store.mode() != Mode::Compare) {
        m_plan.reset();
        m_planned = {};
        return;
    }
    // Nobody paints below what covers all of it. But what is opaque is scrolled by copying pixels, and parts of one
    // cannot be copied.
    setAttribute(Qt::WA_OpaquePaintEvent, devicePixelRatioF() == std::round(devicePixelRatioF()));
    const ComparedRuns& runs = m_store.comparison();
    const CompareWords words = comparisonWords(m_store);
    m_planned = {runs.a, runs.b};
    m_plan.emplace(runs.a->trace(), runs.a->spans, runs.b->trace(), runs.b->spans, words, std::max(1, width()), timelineMetrics(),
                   std::nullopt, AxisView{m_store.zoom().low, m_store.zoom().high});
    const int least = static_cast<int>(std::ceil(m_plan->height_for(smallestRoom)));
    const int tallest = static_cast<int>(std::ceil(m_plan->height_for(QWIDGETSIZE_MAX)));
    const bool changes = least != minimumHeight() || tallest != m_tallest;
    m_tallest = tallest;
    setMinimumHeight(least);
    forgetScene();
    setAccessibleDescription(QString::fromStdString(words.verdict + ". " + words.reason));
    if (changes)
        Q_EMIT leastHeightChanged();
}

void CompareCanvas::forgetScene()
{
    m_isLaidOut = false;
    m_shownBefore = false;
    m_picture.forget();
    m_palePicture.forget();
    update();
}

const CompareScene& CompareCanvas::scene() const
{
    if (m_isLaidOut || !m_plan || m_store.mode() != Mode::Compare)
        return m_scene;
    m_scene = m_plan->scene(height());
    m_isLaidOut = true;
    return m_scene;
}

double CompareCanvas::playheadX() const
{
    // Before the first fact the moment is the same as behind the facts of time 0.
    if (m_store.step() == 0 && m_store.glide() == 0)
        return scene().axis.begin();
    return scene().axis.x(m_store.position().when);
}

// What lies ahead of the moment is paler. When all is over, a playhead would only cover the ends.
void CompareCanvas::paintEvent(QPaintEvent*)
{
    const Theme& look = themeOf(m_store);
    QPainter painter(this);
    if (m_store.mode() != Mode::Compare) {
        painter.fillRect(rect(), look.canvas);
        return;
    }
    const bool over = m_store.step() == m_store.lastStep();
    const double x = over ? width() : playheadX();
    // Of the two pictures one is made in a frame, first that of what lies ahead.
    const bool keeps = m_shownBefore && (over || !m_palePicture.isEmpty() || !m_picture.isEmpty());
    if (!keeps)
        painter.fillRect(rect(), look.canvas);
    paintShapes(painter, m_picture, look, 0, x, keeps);
    if (over) {
        for (const CompareScene::Half* half : {&scene().a, &scene().b}) {
            painter.save();
            painter.translate(0, half->top);
            paintWords(painter, half->timeline, look);
            painter.restore();
        }
    } else {
        const Theme pale = paled(look, remembered);
        painter.save();
        painter.setClipRegion(QRegion(ahead(scene().a, x).toRect()) + QRegion(ahead(scene().b, x).toRect()));
        paintShapes(painter, m_palePicture, pale, x, width(), m_shownBefore);
        painter.restore();
        for (const CompareScene::Half* half : {&scene().a, &scene().b})
            paintWordsUntil(painter, *half, x, pale);
    }
    m_shownBefore = true;
}

/// The lanes of one run right of the moment, in the picture.
QRectF CompareCanvas::ahead(const CompareScene::Half& half, double x) const
{
    const double from = std::clamp(x, half.timeline.label_width, static_cast<double>(width()));
    return {from, half.top, width() - from, half.timeline.height};
}

// Words stand where there is room on their side of the playhead, so they are no part of what is kept. And while
// a slider moves, each picture is shown once: the first one is not kept either.
void CompareCanvas::paintShapes(QPainter& painter, KeptPicture& kept, const Theme& look, double from, double to, bool keeps)
{
    if (!keeps) {
        paintComparison(painter, scene(), look, {.words = false, .from = from, .to = to});
        return;
    }
    if (!kept.isFor(*this))
        kept.paint(*this, look.canvas, [&](QPainter& whole) { paintComparison(whole, scene(), look, {.words = false}); });
    kept.draw(painter);
}

void CompareCanvas::paintWordsUntil(QPainter& painter, const CompareScene::Half& half, double x, const Theme& pale)
{
    const Theme& look = themeOf(m_store);
    const Trace& trace = &half == &scene().a ? m_store.comparison().a->trace() : m_store.comparison().b->trace();
    const std::size_t steps = m_store.step() == 0 ? 0 : stepsUntil(trace, m_store.position().when);
    painter.save();
    painter.setClipRect(ahead(half, x));
    painter.translate(0, half.top);
    paintWords(painter, aheadScene(half.timeline, steps, x), pale);
    painter.restore();
    painter.save();
    painter.translate(0, half.top);
    const TimelineScene seen = seenScene(half.timeline, steps, x, timelineMetrics().char_width);
    paintWords(painter, seen, look);
    if (x >= half.timeline.label_width - 1) { // else the moment is out of view
        SceneOverlay overlay;
        overlay.playhead = x;
        paintOverlay(painter, half.timeline, look, overlay);
        paintEndsOver(painter, seen, look, x);
    }
    painter.restore();
}

void CompareCanvas::paintWords(QPainter& painter, const TimelineScene& scene, const Theme& look)
{
    paintScene(painter, scene, look, {.background = false, .ruler = false, .labels = false, .shapes = false, .exposed = {}});
}

void CompareCanvas::resizeEvent(QResizeEvent* event)
{
    if (event->size().width() != event->oldSize().width())
        measure();
    else
        forgetScene();
}

bool CompareCanvas::isOnRuler(QPointF at) const
{
    return at.x() >= scene().a.timeline.label_width && at.y() >= scene().ruler_y && at.y() < scene().ruler_y + 24;
}

void CompareCanvas::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || m_store.mode() != Mode::Compare)
        return;
    m_pressedAt = event->position();
    m_lastX = m_pressedAt.x();
    if (m_lastX < scene().a.timeline.label_width)
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
        show(scene().scale.panned(m_lastX - at.x()));
        m_lastX = at.x();
        return;
    case Drag::None:
        break;
    }
    const bool grabs = m_store.mode() == Mode::Compare && at.x() >= scene().a.timeline.label_width
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
        show(scene().scale.panned(-delta * 0.5));
        event->accept();
    } else {
        event->ignore(); // whoever holds the canvas scrolls it
    }
}

void CompareCanvas::seekTo(double x)
{
    Q_EMIT seekRequested(scene().axis.moments_until(x));
}

void CompareCanvas::zoomAt(double x, double factor)
{
    const double inAxis = std::clamp(x - scene().a.timeline.label_width, 0.0, scene().scale.width());
    show(scene().scale.zoomed(factor, inAxis));
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
    show(scene().scale.panned(partOfWidth * scene().scale.width()));
}

} // namespace loopscope::ui
