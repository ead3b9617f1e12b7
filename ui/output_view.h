#pragma once

#include "ui/store.h"

#include <QWidget>

class QTabWidget;

namespace loopscope::ui {

class AwaitTreeView;
class EventsView;
class MomentList;
class PredictView;
class StatisticsView;

/// What the program printed, what happened, who waits for whom, the run in numbers, and what the lesson
/// asks.
class OutputView final : public QWidget {
    Q_OBJECT

public:
    explicit OutputView(const Store& store, QWidget* parent = nullptr);

    [[nodiscard]] QTabWidget& tabs() { return *m_tabs; }
    [[nodiscard]] MomentList& output() { return *m_output; }
    [[nodiscard]] EventsView& events() { return *m_events; }
    [[nodiscard]] AwaitTreeView& awaits() { return *m_awaits; }
    [[nodiscard]] StatisticsView& statistics() { return *m_statistics; }
    [[nodiscard]] PredictView& questions() { return *m_questions; }

    /// What the page that is shown needs to tell anything, below the names of all.
    [[nodiscard]] int leastHeight() const;

Q_SIGNALS:
    /// Another page is shown, or it needs another height.
    void leastHeightChanged();

    void seekRequested(std::size_t step);
    void selectRequested(TaskId task);
    /// To select this event and go to it.
    void eventRequested(std::size_t event);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    /// Full names where they fit, short ones where not.
    void nameTabs();

    const Store& m_store;
    QTabWidget* m_tabs;
    MomentList* m_output;
    EventsView* m_events;
    AwaitTreeView* m_awaits;
    StatisticsView* m_statistics;
    PredictView* m_questions;
    int m_findings = 0; // worth knowing
};

} // namespace loopscope::ui
