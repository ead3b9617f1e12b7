#pragma once

#include "core/timeline/stretch.h"

#include "ui/store.h"
#include "ui/zoom_history.h"

#include <QElapsedTimer>
#include <QWidget>

class QSlider;
class QToolButton;

namespace loopscope::ui {

class OverviewStrip;
class SearchBar;
class SteadyLabel;
class TimelineView;
class WaitGrip;

/// The timeline with its heading, the slider between time and steps, the clock, and the overview; the way
/// back and forward through what was shown; and the search, which takes the place of the heading while it is
/// open, so that it covers no lane.
class TimelinePanel final : public QWidget {
    Q_OBJECT

public:
    explicit TimelinePanel(const Store& store, QWidget* parent = nullptr);

    [[nodiscard]] TimelineView& view() { return *m_view; }
    [[nodiscard]] OverviewStrip& overview() { return *m_overview; }
    [[nodiscard]] WaitGrip& grip() { return *m_grip; }
    [[nodiscard]] SearchBar& search() { return *m_search; }

    /// What was shown before, if there is a way back; and forward again.
    void zoomBack();
    void zoomForward();

    /// Where the overview is, to both edges.
    [[nodiscard]] QRect overviewRow(const QWidget* in) const;

Q_SIGNALS:
    void seekRequested(std::size_t step);
    void selectRequested(TaskId task);
    void eventRequested(std::size_t event, TaskId lane);
    void zoomRequested(Zoom zoom);
    void blendRequested(double blend);
    void stretchRequested(const std::optional<loopscope::Stretch>& stretch);
    void pinRequested(TaskId task);
    void groupRequested(const std::string& key);
    void resized();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void refreshClock();
    void refreshHistory();
    void requestZoom(Zoom zoom, ZoomBy by);
    void rememberZoom();

    const Store& m_store;
    QWidget* m_left; ///< the heading and what belongs to the axis
    QSlider* m_blend;
    SteadyLabel* m_clock;
    SteadyLabel* m_events;
    TimelineView* m_view;
    WaitGrip* m_grip;
    OverviewStrip* m_overview;
    SearchBar* m_search;
    QToolButton* m_back;
    QToolButton* m_forward;

    ZoomHistory m_history;
    QElapsedTimer m_clockOfHistory;
    ZoomBy m_asked = ZoomBy::Jump; // how the zoom came about that the store will tell of next
    std::pair<const Lesson*, std::size_t> m_historyOf; // lesson and variant
};

} // namespace loopscope::ui
