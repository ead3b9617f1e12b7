#pragma once

#include "ui/store.h"

#include <QWidget>

class QListView;
class QTabWidget;

namespace loopscope::ui {

class EventModel;
class OutputModel;
class PredictView;
class StatisticsView;

/// What the program printed, what happened, the run in numbers, and what the lesson asks.
class OutputView final : public QWidget {
    Q_OBJECT

public:
    explicit OutputView(const Store& store, QWidget* parent = nullptr);

    [[nodiscard]] QTabWidget& tabs() { return *m_tabs; }
    [[nodiscard]] QListView& output() { return *m_output; }
    [[nodiscard]] PredictView& questions() { return *m_questions; }
    [[nodiscard]] QListView& events() { return *m_events; }

Q_SIGNALS:
    void seekRequested(std::size_t step);
    void selectRequested(TaskId task);
    /// To select this event and go to it.
    void eventRequested(std::size_t event);
    void lastRequested();

private:
    [[nodiscard]] QListView* makeList(class MomentModel* model, const QString& name, const QString& whenEmpty);
    void followEnd();
    void showSelected();

    const Store& m_store;
    QTabWidget* m_tabs;
    QListView* m_output;
    QListView* m_events;
    StatisticsView* m_statistics;
    PredictView* m_questions;
};

} // namespace loopscope::ui
