#include "ui/overview_strip.h"

#include "core/timeline/busy_profile.h"
#include "core/timeline/stretch.h"

#include "ui/paint_tools.h"
#include "ui/style.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <utility>

namespace loopscope::ui {
namespace {

constexpr double gripReach = 6;
constexpr double narrowest = 0.01; // of the run: a frame that can still be taken

} // namespace

OverviewStrip::OverviewStrip(const Store& store, QWidget* parent)
    : QWidget(parent)
    , m_store(store)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setMouseTracking(true);
    setAccessibleName(tr("Overview of the whole run"));
    setToolTip(tr("The whole run. The hill shows how busy the thread was. Drag the frame or its ends; double click shows all (0). W and S zoom, A and D pan."));
    for (auto signal : {&Store::runChanged, &Store::stepChanged, &Store::glideChanged, &Store::scaleChanged,
                        &Store::themeChanged})
        connect(&m_store, signal, this, qOverload<>(&QWidget::update));
    const auto anew = [this] { m_picture.forget(); };
    connect(&m_store, &Store::runChanged, this, anew);
    connect(&m_store, &Store::themeChanged, this, anew);
    connect(&m_store, &Store::scaleChanged, this, [this] {
        const TimeScale whole = m_store.scale(1).showing(0, 1);
        if (std::exchange(m_whole, whole) != whole) // also when the axis is let go after a drag
            m_picture.forget();
    });
}

QRectF OverviewStrip::track() const
{
    return QRectF(rect()).adjusted(1, 2, -1, -2);
}

double OverviewStrip::xOf(double u) const
{
    const QRectF inside = track().adjusted(4, 0, -4, 0);
    return inside.left() + u * inside.width();
}

double OverviewStrip::uAt(double x) const
{
    const QRectF inside = track().adjusted(4, 0, -4, 0);
    return std::clamp((x - inside.left()) / std::max(1.0, inside.width()), 0.0, 1.0);
}

QRectF OverviewStrip::frame() const
{
    const double left = xOf(m_store.zoom().low) - 4;
    const double right = xOf(m_store.zoom().high) + 4;
    return {left, track().top(), right - left, track().height()};
}

void OverviewStrip::paintEvent(QPaintEvent*)
{
    const Theme& look = themeOf(m_store);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF strip = track().adjusted(0.5, 0.5, -0.5, -0.5);
    roundedBox(painter, track(), 6, look.panel, look.line, 1, Alike::Often);
    if (m_store.mode() != Mode::Run)
        return;

    const TimeScale whole = m_store.scale(1).showing(0, 1);
    const double seenTo = xOf(std::clamp(whole.u(m_store.position()), 0.0, 1.0));
    const double reachedTo
        = std::max(seenTo, xOf(std::clamp(whole.u(position_of(m_store.trace(), m_store.reached())), 0.0, 1.0)));
    if (!m_picture.isFor(*this))
        m_picture.paint(*this, Qt::transparent, [this](QPainter& onto) { paintPicture(onto); });
    const auto paintRun = [&](double from, double to, double opacity) {
        if (to <= from)
            return;
        painter.save();
        painter.setClipRect(QRectF(from, strip.top(), to - from, strip.height()));
        painter.setOpacity(opacity);
        m_picture.draw(painter);
        painter.restore();
    };
    paintRun(strip.left(), seenTo, 1.0);
    paintRun(seenTo, reachedTo, 0.35);

    if (m_store.zoom() != Zoom{}) { // what lies outside the frame steps back
        QPainterPath outside;
        outside.addRoundedRect(strip, 6, 6);
        QPainterPath inside;
        inside.addRoundedRect(frame(), 6, 6);
        QColor shade = look.canvas;
        shade.setAlphaF(0.6F);
        painter.fillPath(outside.subtracted(inside), shade);
    }
    painter.setPen(QPen(look.playhead, 1.4));
    painter.drawLine(QPointF(seenTo, strip.top() + 1), QPointF(seenTo, strip.bottom() - 1));
    roundedBox(painter, frame().adjusted(-0.1, -0.1, 0.1, 0.1), 6, {}, look.playhead, 1.2,
               m_store.zoom() == Zoom{} ? Alike::Often : Alike::Seldom);
    paintHandle(painter, frame().left(), look);
    paintHandle(painter, frame().right(), look);
}

// Something to take hold of, on the frame's edge.
void OverviewStrip::paintHandle(QPainter& painter, double x, const Theme& look) const
{
    const double middle = track().center().y();
    QRectF handle(x - 4, middle - 9, 8, 18);
    handle.moveLeft(std::clamp(handle.left(), 0.0, width() - handle.width()));
    painter.setPen(Qt::NoPen);
    painter.setBrush(look.playhead);
    painter.drawRoundedRect(handle, 3, 3);
    for (const double off : {-1.5, 1.5})
        painter.fillRect(QRectF(handle.center().x() + off - 0.5, middle - 4, 1, 8), look.onPlayhead);
}

// How busy the thread was, and before it one thin line a task: strong where it has the thread, pale
// where it waits. It is painted when the run changes, not when the playhead moves.
void OverviewStrip::paintPicture(QPainter& painter) const // which smooths nothing: all lies on whole pixels
{
    const Theme& look = themeOf(m_store);
    const RunData& run = m_store.run();
    const TimeScale whole = m_store.scale(1).showing(0, 1);
    const QRectF strip = track();
    const auto columns = static_cast<std::size_t>(std::max(1.0, xOf(1) - xOf(0)));
    const std::vector<double> busy = busy_profile(run.spans, whole, columns);
    const double scale = devicePixelRatioF(); // a widget looks for its screen each time
    QColor hill = look.loopColor;
    hill.setAlphaF(0.45F);
    const auto heightAt = [&](std::size_t column) { // in whole pixels of the device, so that many columns are alike
        const double height = std::max(1.0, busy[column] * (strip.height() - 4) * 0.5);
        return std::round(height * scale) / scale;
    };
    for (std::size_t from = 0, to = 1; from < columns; from = to, ++to) {
        if (busy[from] <= 0)
            continue;
        const double height = heightAt(from);
        while (to < columns && busy[to] > 0 && heightAt(to) == height)
            ++to;
        fillCrisp(painter, {xOf(0) + static_cast<double>(from), strip.bottom() - 1 - height, static_cast<double>(to - from), height}, hill);
    }

    const std::size_t lanes = std::max<std::size_t>(1, run.spans.tasks.size());
    const double pitch = std::min(6.0, (strip.height() - 10) / static_cast<double>(lanes));
    const double top = strip.center().y() - pitch * static_cast<double>(lanes - 1) / 2;
    for (std::size_t lane = 0; lane < run.spans.tasks.size(); ++lane) {
        const TaskLane& task = run.spans.tasks[lane];
        const double y = top + pitch * static_cast<double>(lane);
        QColor color = look.task(run.colors[task.task.value - 1]);
        double done = 0; // pixels of this line
        bool held = false;
        for (const Span& span : task.spans) {
            const Stretch covered = stretch_of(span, run.trace());
            const double x0 = xOf(whole.u(covered.from));
            const double x1 = xOf(whole.u(covered.to));
            const bool holds = span.kind == SpanKind::Running || span.kind == SpanKind::Computing
                || span.kind == SpanKind::Blocking;
            if (x1 < done && holds <= held)
                continue; // of a thousand short ones, most lie on the pixel of the one before
            done = x0 + std::max(1.5, x1 - x0);
            held = holds;
            color.setAlphaF(holds ? 1.0F : 0.55F);
            const double height = std::max(0.5, std::min(pitch - 1, holds ? 4.0 : 2.0));
            fillCrisp(painter, QRectF(x0, y - height / 2, done - x0, height), color);
        }
    }
}

OverviewStrip::Grip OverviewStrip::gripAt(QPointF at) const
{
    const QRectF taken = frame();
    if (std::abs(at.x() - taken.left()) <= gripReach)
        return Grip::Left;
    if (std::abs(at.x() - taken.right()) <= gripReach)
        return Grip::Right;
    return taken.contains(QPointF(at.x(), taken.center().y())) ? Grip::Frame : Grip::None;
}

void OverviewStrip::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_grip = gripAt(event->position());
    if (m_grip == Grip::None) { // bring what was pressed into view, and go on as if the frame was taken
        const double width = m_store.zoom().high - m_store.zoom().low;
        const double low = std::clamp(uAt(event->position().x()) - width / 2, 0.0, 1.0 - width);
        Q_EMIT zoomRequested({low, low + width}, ZoomBy::Jump);
        m_grip = Grip::Frame;
    }
    m_grabbedAt = uAt(event->position().x());
    m_grabbedZoom = m_store.zoom();
}

void OverviewStrip::mouseMoveEvent(QMouseEvent* event)
{
    const double u = uAt(event->position().x());
    const Zoom taken = m_grabbedZoom;
    switch (m_grip) {
    case Grip::None: {
        const Grip under = gripAt(event->position());
        setCursor(under == Grip::Frame      ? Qt::OpenHandCursor
                      : under == Grip::None ? Qt::PointingHandCursor
                                            : Qt::SizeHorCursor);
        return;
    }
    case Grip::Left:
        Q_EMIT zoomRequested({std::min(u, taken.high - narrowest), taken.high}, ZoomBy::Drag);
        return;
    case Grip::Right:
        Q_EMIT zoomRequested({taken.low, std::max(u, taken.low + narrowest)}, ZoomBy::Drag);
        return;
    case Grip::Frame: {
        const double width = taken.high - taken.low;
        const double low = std::clamp(taken.low + u - m_grabbedAt, 0.0, 1.0 - width);
        Q_EMIT zoomRequested({low, low + width}, ZoomBy::Drag);
        return;
    }
    }
}

void OverviewStrip::mouseReleaseEvent(QMouseEvent*)
{
    m_grip = Grip::None;
}

void OverviewStrip::mouseDoubleClickEvent(QMouseEvent*)
{
    m_grip = Grip::None;
    Q_EMIT zoomRequested({}, ZoomBy::Jump);
}

} // namespace loopscope::ui
