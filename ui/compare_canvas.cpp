#include "ui/compare_canvas.h"

#include "ui/paint_scene.h"
#include "ui/picture_texts.h"
#include "ui/style.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace loopscope::ui {

CompareCanvas::CompareCanvas(const Store& store, QWidget* parent)
    : QWidget(parent)
    , m_store(store)
{
    setAccessibleName(tr("Both runs on one axis of time"));
    setFocusPolicy(Qt::StrongFocus);
    connect(&m_store, &Store::runChanged, this, &CompareCanvas::layOut);
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
    const CompareWords words = wordsOf(m_store.lesson(), runs.a->run, runs.b->run, runs.numbers);
    const auto layOutIn = [&](double room) {
        return compare_layout(runs.a->trace(), runs.a->spans, runs.b->trace(), runs.b->spans, words,
                              std::max(1, width()), room, timelineMetrics());
    };
    // Lanes grow only so far; what room is left then is better left below the numbers.
    setMaximumHeight(static_cast<int>(std::ceil(layOutIn(QWIDGETSIZE_MAX).height)));
    m_scene = layOutIn(height());
    m_picture = {};
    setAccessibleDescription(QString::fromStdString(words.verdict + ". " + words.reason));
    update();
}

double CompareCanvas::xOf(const CompareScene::Half& half, const Trace& trace, TimePoint moment) const
{
    const StepAxis& axis = half.timeline.axis;
    if (m_store.step() == 0 && moment == TimePoint{})
        return axis.x(0);
    // Between two facts time passes evenly.
    const std::size_t steps = stepsUntil(trace, moment);
    const double here = axis.x(static_cast<double>(steps));
    if (steps == 0 || steps >= trace.size())
        return here;
    const double gone = to_seconds(moment - trace.when(steps - 1));
    const double gap = to_seconds(trace.when(steps) - trace.when(steps - 1));
    return gap <= 0 ? here : here + (axis.x(static_cast<double>(steps) + 1) - here) * std::clamp(gone / gap, 0.0, 1.0);
}

std::pair<double, double> CompareCanvas::playheadX() const
{
    const TimePoint moment = m_store.position().when;
    const ComparedRuns& runs = m_store.comparison();
    return {xOf(m_scene.a, runs.a->trace(), moment), xOf(m_scene.b, runs.b->trace(), moment)};
}

void CompareCanvas::paintEvent(QPaintEvent*)
{
    if (m_store.mode() != Mode::Compare)
        return;
    const Theme& look = themeOf(m_store);
    const QSize size = this->size() * devicePixelRatioF();
    if (m_picture.size() != size) {
        m_picture = QPixmap(size);
        m_picture.setDevicePixelRatio(devicePixelRatioF());
        m_picture.fill(look.canvas);
        QPainter painter(&m_picture);
        paintComparison(painter, m_scene, look);
    }
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_picture);
    if (m_store.step() == m_store.lastStep())
        return; // all of it is over: a playhead would only cover the ends

    QColor veil = look.canvas;
    veil.setAlphaF(0.78F);
    const auto [a, b] = playheadX();
    for (const auto& [half, x] : {std::pair(&m_scene.a, a), std::pair(&m_scene.b, b)}) {
        painter.fillRect(QRectF(x, half->top, width() - x, half->timeline.height), veil);
        SceneOverlay overlay;
        overlay.playhead = x;
        painter.save();
        painter.translate(0, half->top);
        paintOverlay(painter, half->timeline, look, overlay);
        painter.restore();
    }
}

void CompareCanvas::resizeEvent(QResizeEvent*)
{
    layOut();
}

void CompareCanvas::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        seekTo(event->position());
}

void CompareCanvas::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons() & Qt::LeftButton)
        seekTo(event->position());
}

void CompareCanvas::seekTo(QPointF at)
{
    if (m_store.mode() != Mode::Compare || at.x() < m_scene.a.timeline.label_width)
        return;
    const bool inB = at.y() >= m_scene.divider_y;
    const CompareScene::Half& half = inB ? m_scene.b : m_scene.a;
    const ComparedRuns& runs = m_store.comparison();
    const Trace& trace = inB ? runs.b->trace() : runs.a->trace();
    // The nearest moment at which something happens, by where that half draws it.
    std::size_t best = 0;
    double nearest = std::abs(half.timeline.axis.x(0) - at.x());
    for (std::size_t i = 0; i < runs.moments.size(); ++i) {
        const double away = std::abs(xOf(half, trace, runs.moments[i]) - at.x());
        if (away <= nearest) {
            nearest = away;
            best = i + 1;
        }
    }
    Q_EMIT seekRequested(best);
}

} // namespace loopscope::ui
