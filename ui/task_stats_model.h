#pragma once

#include "core/trace/stats.h"

#include "ui/store.h"

#include <QAbstractTableModel>

namespace loopscope::ui {

/// What each task did with its time, in numbers; those of stats_at().
class TaskStatsModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Busy, Ready, Waiting, Turns, ColumnCount };
    /// What rows are sorted by: a number, or the order in which the tasks were made.
    enum { SortRole = Qt::UserRole + 1, TaskRole };

    explicit TaskStatsModel(const Store& store, QObject* parent = nullptr);

    /// Tasks come and go at the end; what changes keeps its row.
    void show(std::vector<TaskStats> tasks);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : ColumnCount; }
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const Store& m_store;
    std::vector<TaskStats> m_tasks;
};

} // namespace loopscope::ui
