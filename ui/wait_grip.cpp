#include "ui/wait_grip.h"

#include "core/base/format.h"

#include "ui/style.h"
#include "ui/timeline_view.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace loopscope::ui {
namespace {

constexpr int gripWidth = 11;
constexpr int gripHeight = 24;
constexpr double reach = 8;        // pixels beside a wait's end at which the grip comes
constexpr double playheadRoom = 7; // beside the playhead that stays the playhead's
constexpr double mostTime = 0.985; // an axis of steps alone has no length for time

} // namespace

WaitGrip::WaitGrip(const Store& store, TimelineView& lanes)
    : QWidget(lanes.viewport())
    , m_store(store)
    , m_lanes(lanes)
{
    setAccessibleName(tr("End of a wait"));
    setCursor(Qt::SizeHorCursor);
    setFocusPolicy(Qt::NoFocus);
    resize(gripWidth, gripHeight);
    hide();
    m_lanes.viewport()->installEventFilter(this);
    connect(&m_store, &Store::runChanged, this, [this] {
        m_givenOf = nullptr;
        if (!m_drag) {
            m_wait.reset();
            hide();
        } else if (m_drag->variant != &m_store.variant() || m_store.mode() != Mode::Run) {
            stop(); // what was taken hold of is gone
        }
    });
    for (auto signal : {&Store::stepChanged, &Store::scaleChanged, &Store::glideChanged})
        connect(&m_store, signal, this, [this] {
            if (!m_drag)
                hide();
        });
}

const std::vector<GivenWait>& WaitGrip::given()
{
    if (m_givenOf != &m_store.run()) { // found out once for a run, and only when somebody points at it
        m_given = given_waits(m_store.lesson(), m_store.run().run);
        m_givenOf = &m_store.run();
    }
    return m_given;
}

double WaitGrip::secondsPerPixel() const
{
    const TimeScale& scale = m_lanes.scale();
    const double perSecond = scale.x({TimePoint{seconds(1)}, 0}) - scale.x({TimePoint{}, 0});
    return perSecond > 0 ? 1 / perSecond : 0;
}

bool WaitGrip::eventFilter(QObject* watched, QEvent* event)
{
    if (m_drag && (event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress)) {
        // Of all keys, and wherever the focus is: nothing else must change under a hand that drags.
        if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape)
            takeBack();
        event->accept();
        return true;
    }
    if (watched != m_lanes.viewport())
        return false;
    if (event->type() == QEvent::MouseMove && !m_drag) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        if (mouse->buttons() == Qt::NoButton)
            look(mouse->position());
    } else if (event->type() == QEvent::Leave && !m_drag && !underMouse()) {
        hide();
    }
    return QWidget::eventFilter(watched, event);
}

void WaitGrip::look(QPointF at)
{
    hide();
    m_wait.reset();
    if (m_store.mode() != Mode::Run || m_store.blend() > mostTime || m_store.isPlaying())
        return;
    const TimelineScene& scene = m_lanes.scene();
    if (at.y() < scene.ruler_height || at.x() < scene.label_width || std::abs(at.x() - m_lanes.playheadX()) < playheadRoom)
        return;
    const double y = m_lanes.toScene(at).y();
    for (const Bar& bar : scene.bars) {
        // What has not ended yet must not tell where it will.
        if (bar.end >= m_store.step() || bar.folded > 1 || y < bar.box.y - 2 || y > bar.box.y + bar.box.height + 2
            || std::abs(at.x() - bar.box.right()) > reach)
            continue;
        const auto& waits = given();
        const auto found = std::find_if(waits.begin(), waits.end(), [&](const GivenWait& wait) {
            return wait.kind == bar.kind && wait.begin == bar.begin && wait.end == bar.end;
        });
        if (found == waits.end())
            continue;
        m_wait = *found;
        place(bar.box.right(), m_lanes.toView(bar.box.y + bar.box.height / 2));
        show();
        raise();
        tell();
        return;
    }
}

void WaitGrip::place(double x, double middle)
{
    move(static_cast<int>(std::lround(x)) - gripWidth / 2, static_cast<int>(std::lround(middle)) - gripHeight / 2);
}

void WaitGrip::tell()
{
    const Parameter& parameter = *(m_drag ? m_drag->wait.parameter : m_wait->parameter);
    const QString name = QString::fromStdString(parameter.label.empty() ? parameter.name : parameter.label);
    const QString value = QString::fromStdString(format_number(m_store.values().number(parameter.name)));
    const QString text = parameter.unit.empty() ? tr("%1: %2").arg(name, value)
                                                : tr("%1: %2 %3").arg(name, value, QString::fromStdString(parameter.unit));
    setAccessibleDescription(text);
    setToolTip(text + tr("\nDrag to change it"));
    // Above the bar, so that its end stays in view; at once, or nobody would learn of it.
    const QString shown = m_drag ? text : tr("%1. Drag to change it").arg(text);
    QToolTip::showText(mapToGlobal(QPoint(gripWidth, -58)), shown, this);
}

void WaitGrip::paintEvent(QPaintEvent*)
{
    const Theme& look = themeOf(m_store);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_drag ? look.onAccent : look.accent, 1));
    painter.setBrush(m_drag ? look.accent : look.raised);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1.5, 2.5, -1.5, -2.5), 3.5, 3.5);
    const double middle = width() / 2.0;
    for (const double x : {middle - 1.5, middle + 1.5})
        painter.drawLine(QPointF(x, 8), QPointF(x, height() - 8));
}

void WaitGrip::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_wait)
        return;
    const double perPixel = secondsPerPixel();
    if (perPixel <= 0)
        return;
    ++m_gesture;
    m_drag = Drag{.wait = *m_wait,
                  .variant = &m_store.variant(),
                  .before = m_store.values(),
                  .pressedAt = mapToParent(event->position()).x(),
                  .perPixel = perPixel};
    Q_EMIT holdRequested(true);
    qApp->installEventFilter(this); // Escape takes the drag back
    update();
    tell();
}

void WaitGrip::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_drag)
        return;
    const double by = (mapToParent(event->position()).x() - m_drag->pressedAt) * m_drag->perPixel;
    const GivenWait& wait = m_drag->wait;
    const std::string& name = wait.parameter->name;
    const double before = m_drag->before.number(name);
    const double value = wait.value_for(wait.length + by, before);
    const double moved = (value - before) * wait.per_unit / m_drag->perPixel;
    Values values = m_drag->before;
    values.set(name, value);
    if (!(values == m_store.values())) {
        Q_EMIT valuesRequested(values, QString::fromStdString(name), m_gesture);
        tell();
    }
    // The grip stays at the end of its wait, which goes from step to step.
    move(static_cast<int>(std::lround(m_drag->pressedAt + moved)) - gripWidth / 2, y());
}

void WaitGrip::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && m_drag)
        stop();
}

void WaitGrip::takeBack()
{
    const Drag drag = *m_drag;
    if (!(drag.before == m_store.values()))
        Q_EMIT valuesRequested(drag.before, QString::fromStdString(drag.wait.parameter->name), m_gesture);
    stop();
}

void WaitGrip::hideEvent(QHideEvent*)
{
    if (m_drag)
        stop();
}

void WaitGrip::leaveEvent(QEvent*)
{
    if (!m_drag)
        hide();
}

void WaitGrip::stop()
{
    qApp->removeEventFilter(this);
    QToolTip::hideText();
    m_drag.reset();
    m_wait.reset();
    hide();
    Q_EMIT holdRequested(false);
}

} // namespace loopscope::ui
