#pragma once

#include "ui/store.h"

#include <QWidget>

class QGridLayout;
class QLabel;
class QSortFilterProxyModel;
class QTableView;

namespace loopscope::ui {

class Findings;
class TaskStatsModel;

/// One number of a run with what it means.
struct Figure {
    QString name;
    QString value;
    QString meaning;
};

[[nodiscard]] std::vector<Figure> figuresOf(const RunStats& stats);

/// The run in numbers, up to the step that is shown and no further: what is still to come would give
/// the answers away. Above them, what is worth knowing.
class StatisticsView final : public QWidget {
    Q_OBJECT

public:
    explicit StatisticsView(const Store& store, QWidget* parent = nullptr);

    /// What is shown, for the step that it was last shown at.
    [[nodiscard]] const RunStats& stats() const { return m_stats; }
    [[nodiscard]] Findings& findings() { return *m_findings; }
    [[nodiscard]] QTableView& table() { return *m_table; }

Q_SIGNALS:
    void seekRequested(std::size_t step);
    void selectRequested(TaskId task);
    /// Another number of things worth knowing.
    void findingsChanged(int count);

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    void placeFigures();
    void fitTable();

    const Store& m_store;
    RunStats m_stats;
    Findings* m_findings;
    QLabel* m_when;
    std::vector<std::pair<QLabel*, QLabel*>> m_figures; ///< name and value
    int m_beside = 0; ///< how many stand in one row
    QGridLayout* m_grid;
    TaskStatsModel* m_tasks;
    QSortFilterProxyModel* m_sorted;
    QTableView* m_table;
};

} // namespace loopscope::ui
