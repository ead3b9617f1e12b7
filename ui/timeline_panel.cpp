#include "ui/timeline_panel.h"

#include "core/base/format.h"

#include "ui/controls.h"
#include "ui/overview_strip.h"
#include "ui/search_bar.h"
#include "ui/style.h"
#include "ui/timeline_view.h"
#include "ui/wait_grip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>
#include <utility>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int headHeight = 28;

QToolButton* makeButton(const QString& sign, const QString& name, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    setRole(button, "stepper");
    button->setText(sign);
    button->setAccessibleName(name);
    button->setToolTip(name);
    button->setFocusPolicy(Qt::TabFocus);
    setRole(button, "stepper");
    QSizePolicy policy = button->sizePolicy();
    policy.setRetainSizeWhenHidden(true); // nothing moves when it appears
    button->setSizePolicy(policy);
    button->hide();
    return button;
}

} // namespace

TimelinePanel::TimelinePanel(const Store& store, QWidget* parent)
    : QWidget(parent)
    , m_store(store)
    , m_left(new QWidget(this))
    , m_blend(new QSlider(Qt::Horizontal, m_left))
    , m_clock(new SteadyLabel(this))
    , m_events(new SteadyLabel(this))
    , m_view(new TimelineView(store, this))
    , m_grip(new WaitGrip(store, *m_view))
    , m_overview(new OverviewStrip(store, this))
    , m_search(new SearchBar(store, this))
    , m_back(makeButton(u"‹"_s, tr("What was shown before (Backspace)"), this))
    , m_forward(makeButton(u"›"_s, tr("Forward again (Alt+Right)"), this))
    , m_historyOf(&store.lesson(), store.variantIndex())
{
    setRole(this, "canvas");
    auto* heading = new QLabel(tr("Timeline"), m_left);
    setRole(heading, "heading");
    auto* time = new QLabel(tr("time"), m_left);
    auto* steps = new QLabel(tr("steps"), m_left);
    setRole(time, "muted");
    setRole(steps, "muted");
    setRole(m_blend, "blend");
    setRole(m_clock, "clock");
    setRole(m_events, "clock");
    m_events->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_blend->setRange(0, 100);
    m_blend->setFixedWidth(96);
    m_blend->setFocusPolicy(Qt::TabFocus); // whoever drags it goes on to step with the arrow keys
    m_blend->setAccessibleName(tr("Axis between time and steps"));
    m_blend->setToolTip(tr("What length means: time alone, steps alone, or a blend. At one instant many "
                           "steps can happen, which time alone draws on one spot."));
    m_clock->setAccessibleName(tr("Moment"));
    m_events->setAccessibleName(tr("Event"));

    auto* left = new QHBoxLayout(m_left);
    left->setContentsMargins(0, 0, 0, 0);
    left->setSpacing(8);
    left->addWidget(heading);
    left->addSpacing(12);
    left->addWidget(time);
    left->addWidget(m_blend);
    left->addWidget(steps);
    left->addSpacing(8);
    left->addWidget(m_back);
    left->addWidget(m_forward);
    left->addStretch(1);
    for (QWidget* either : {m_left, static_cast<QWidget*>(m_search)})
        either->setFixedHeight(headHeight); // nothing moves when one takes the other's place

    auto* head = new QHBoxLayout;
    head->setContentsMargins(16, 5, 18, 0);
    head->setSpacing(8);
    head->addWidget(m_left, 1);
    head->addWidget(m_search, 1);
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
    connect(m_view, &TimelineView::zoomRequested, this, &TimelinePanel::requestZoom);
    connect(m_view, &TimelineView::stretchRequested, this, &TimelinePanel::stretchRequested);
    connect(m_view, &TimelineView::pinRequested, this, &TimelinePanel::pinRequested);
    connect(m_view, &TimelineView::groupRequested, this, &TimelinePanel::groupRequested);
    connect(m_overview, &OverviewStrip::zoomRequested, this, &TimelinePanel::requestZoom);
    connect(m_back, &QToolButton::clicked, this, &TimelinePanel::zoomBack);
    connect(m_forward, &QToolButton::clicked, this, &TimelinePanel::zoomForward);
    connect(m_search, &SearchBar::hitsChanged, this, [this] {
        m_view->setHits(m_search->hits());
        m_left->setVisible(m_search->isHidden());
    });
    connect(&m_store, &Store::scaleChanged, this, &TimelinePanel::rememberZoom);
    connect(&m_store, &Store::runChanged, this, &TimelinePanel::rememberZoom);
    m_clockOfHistory.start();
    m_history.begin(m_store.zoom());

    for (auto signal : {&Store::runChanged, &Store::stepChanged, &Store::glideChanged, &Store::scaleChanged})
        connect(&m_store, signal, this, &TimelinePanel::refreshClock);
    refreshClock();
}

void TimelinePanel::requestZoom(Zoom zoom, ZoomBy by)
{
    m_asked = by;
    Q_EMIT zoomRequested(zoom);
    m_asked = ZoomBy::Jump;
}

void TimelinePanel::rememberZoom()
{
    if (m_store.mode() != Mode::Run)
        return;
    const std::pair run(&m_store.lesson(), m_store.variantIndex());
    if (std::exchange(m_historyOf, run) != run)
        m_history.begin(m_store.zoom());
    m_history.visit(m_store.zoom(), m_asked, m_clockOfHistory.elapsed());
    refreshHistory();
}

void TimelinePanel::zoomBack()
{
    if (m_history.canGoBack())
        Q_EMIT zoomRequested(m_history.back());
}

void TimelinePanel::zoomForward()
{
    if (m_history.canGoForward())
        Q_EMIT zoomRequested(m_history.forward());
}

void TimelinePanel::refreshHistory()
{
    const bool any = m_history.canGoBack() || m_history.canGoForward();
    m_back->setVisible(any);
    m_forward->setVisible(any);
    m_back->setEnabled(m_history.canGoBack());
    m_forward->setEnabled(m_history.canGoForward());
}

void TimelinePanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    Q_EMIT resized();
}

QRect TimelinePanel::overviewRow(const QWidget* in) const
{
    const int top = m_view->geometry().bottom() + 1;
    return {mapTo(in, QPoint(0, top)), QSize(width(), height() - top)};
}

void TimelinePanel::refreshClock()
{
    if (m_store.mode() != Mode::Run)
        return;
    const QSignalBlocker quiet(m_blend);
    m_blend->setValue(static_cast<int>(std::lround(m_store.blend() * 100)));
    const auto at = [](TimePoint when) { return tr("t = %1").arg(QString::fromStdString(format_moment(when))); };
    const auto event = [last = m_store.lastStep()](std::size_t step) { return tr("event %1 of %2").arg(step).arg(last); };
    m_clock->setSteadyText(at(m_store.position().when), {at(m_store.run().spans.end)});
    m_events->setSteadyText(event(m_store.step()), {event(m_store.lastStep())});
}

} // namespace loopscope::ui
