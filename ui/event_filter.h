#pragma once

#include "core/trace/fact_groups.h"

#include <QSortFilterProxyModel>
#include <QStringList>

#include <set>

namespace loopscope::ui {

class EventModel;

/// Which events a person wants to see.
struct EventFilter {
    std::set<FactGroup> hidden; ///< groups that are left out
    TaskId task;                ///< only this task's story; none for everybody's
    QString text;               ///< words that must all occur

    /// Whether it lets everything through.
    [[nodiscard]] bool isOpen() const { return hidden.empty() && !task && text.trimmed().isEmpty(); }

    friend bool operator==(const EventFilter&, const EventFilter&) = default;
};

/// What a group of facts is called: "locks and queues".
[[nodiscard]] QString nameOf(FactGroup group);

/// "timers and I/O · fetch-1 · “page”": what an event filter lets through; empty when that is everything.
[[nodiscard]] QString told(const EventFilter& filter, const QString& taskName);

/// The events that pass a filter. Requires an EventModel as its source.
class EventFilterModel final : public QSortFilterProxyModel {
    Q_OBJECT

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    [[nodiscard]] const EventFilter& filter() const { return m_filter; }
    void setFilter(const EventFilter& filter);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    EventFilter m_filter;
    QStringList m_words;
};

} // namespace loopscope::ui
