#pragma once

#include "ui/store.h"

#include <QWidget>

class QLabel;
class QSlider;

namespace loopscope::ui {

class OverviewStrip;
class TimelineView;
class WaitGrip;

/// The timeline with its heading, the slider between time and steps, the clock, and the overview.
class TimelinePanel final : public QWidget {
    Q_OBJECT

public:
    explicit TimelinePanel(const Store& store, QWidget* parent = nullptr);

    [[nodiscard]] TimelineView& view() { return *m_view; }
    [[nodiscard]] OverviewStrip& overview() { return *m_overview; }
    [[nodiscard]] WaitGrip& grip() { return *m_grip; }

Q_SIGNALS:
    void seekRequested(std::size_t step);
    void selectRequested(TaskId task);
    void eventRequested(std::size_t event, TaskId lane);
    void zoomRequested(Zoom zoom);
    void blendRequested(double blend);

private:
    void refreshClock();

    const Store& m_store;
    QSlider* m_blend;
    QLabel* m_clock;
    QLabel* m_events;
    TimelineView* m_view;
    WaitGrip* m_grip;
    OverviewStrip* m_overview;
};

} // namespace loopscope::ui
