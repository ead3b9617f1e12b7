#include "ui/timeline_panel.h"

#include "core/base/format.h"

#include "ui/overview_strip.h"
#include "ui/style.h"
#include "ui/timeline_view.h"
#include "ui/wait_grip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSlider>
#include <QVBoxLayout>

#include <cmath>

namespace loopscope::ui {

TimelinePanel::TimelinePanel(const Store& store, QWidget* parent)
    : QWidget(parent)
    , m_store(store)
    , m_blend(new QSlider(Qt::Horizontal, this))
    , m_clock(new QLabel(this))
    , m_events(new QLabel(this))
    , m_view(new TimelineView(store, this))
    , m_grip(new WaitGrip(store, *m_view))
    , m_overview(new OverviewStrip(store, this))
{
    setRole(this, "canvas");
    auto* heading = new QLabel(tr("Timeline"), this);
    setRole(heading, "heading");
    auto* time = new QLabel(tr("time"), this);
    auto* steps = new QLabel(tr("steps"), this);
    setRole(time, "muted");
    setRole(steps, "muted");
    setRole(m_blend, "blend");
    setRole(m_clock, "clock");
    setRole(m_events, "clock");
    m_blend->setRange(0, 100);
    m_blend->setFixedWidth(96);
    m_blend->setAccessibleName(tr("Axis between time and steps"));
    m_blend->setToolTip(tr("What length means: time alone, steps alone, or a blend. At one instant many "
                           "steps can happen, which time alone draws on one spot."));
    m_clock->setAccessibleName(tr("Moment"));
    m_events->setAccessibleName(tr("Event"));

    auto* head = new QHBoxLayout;
    head->setContentsMargins(16, 8, 18, 0);
    head->setSpacing(8);
    head->addWidget(heading);
    head->addSpacing(12);
    head->addWidget(time);
    head->addWidget(m_blend);
    head->addWidget(steps);
    head->addStretch(1);
    head->addWidget(m_clock);
    head->addSpacing(10);
    head->addWidget(m_events);

    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(16, 6, 14, 12);
    foot->addWidget(m_overview);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addLayout(head);
    column->addWidget(m_view, 1);
    column->addLayout(foot);

    connect(m_blend, &QSlider::valueChanged, this, [this](int value) { Q_EMIT blendRequested(value / 100.0); });
    connect(m_view, &TimelineView::seekRequested, this, &TimelinePanel::seekRequested);
    connect(m_view, &TimelineView::selectRequested, this, &TimelinePanel::selectRequested);
    connect(m_view, &TimelineView::eventRequested, this, &TimelinePanel::eventRequested);
    connect(m_view, &TimelineView::zoomRequested, this, &TimelinePanel::zoomRequested);
    connect(m_overview, &OverviewStrip::zoomRequested, this, &TimelinePanel::zoomRequested);

    for (auto signal : {&Store::runChanged, &Store::stepChanged, &Store::glideChanged, &Store::scaleChanged})
        connect(&m_store, signal, this, &TimelinePanel::refreshClock);
    refreshClock();
}

void TimelinePanel::refreshClock()
{
    if (m_store.mode() != Mode::Run)
        return;
    const QSignalBlocker quiet(m_blend);
    m_blend->setValue(static_cast<int>(std::lround(m_store.blend() * 100)));
    m_clock->setText(tr("t = %1").arg(QString::fromStdString(format_moment(m_store.position().when))));
    m_events->setText(tr("event %1 of %2").arg(m_store.step()).arg(m_store.lastStep()));
}

} // namespace loopscope::ui
