#pragma once

#include "ui/store.h"

#include <QWidget>

class QLayout;
class QLineEdit;
class QMenu;
class QPushButton;
class QToolButton;

namespace loopscope::ui {

class ElidedLabel;
class EventFilterModel;
class EventModel;
class MomentList;
struct EventFilter;

/// Every event up to the furthest that was seen, and what a person wants to see of them: some kinds, one
/// task's, those with some words. While something is left out, it says what, how much, and offers to
/// clear it.
class EventsView final : public QWidget {
    Q_OBJECT

public:
    explicit EventsView(const Store& store, QWidget* parent = nullptr);

    [[nodiscard]] MomentList& list() { return *m_list; }
    [[nodiscard]] QLineEdit& search() { return *m_search; }
    [[nodiscard]] QMenu& kinds() { return *m_menu; }
    [[nodiscard]] QPushButton& oneTask() { return *m_oneTask; }
    [[nodiscard]] QPushButton& clear() { return *m_clear; }
    /// "58 of 212 events · timers"; or "212 events".
    [[nodiscard]] QString state() const;

    /// Of what says which events are shown, and one of them.
    [[nodiscard]] int leastHeight() const;

Q_SIGNALS:
    void leastHeightChanged();
    /// To select this event and go to it.
    void eventRequested(std::size_t event);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void setFilter(const EventFilter& filter);
    void openAll();
    void refreshState();
    void showState();
    void refreshTask();

    const Store& m_store;
    EventModel* m_events;
    EventFilterModel* m_filter;
    MomentList* m_list;
    QLineEdit* m_search;
    QToolButton* m_kinds;
    QMenu* m_menu;
    QPushButton* m_oneTask;
    QLayout* m_bar;
    QWidget* m_stateRow;
    ElidedLabel* m_state;
    QString m_told;
    QPushButton* m_clear;
};

} // namespace loopscope::ui
