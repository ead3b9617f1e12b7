#pragma once

#include "ui/compared_runs.h"

#include <QAbstractTableModel>
#include <QString>

#include <vector>

namespace loopscope::ui {

/// One thing that two runs may do differently, in words.
struct DifferenceRow {
    QString name;
    QString a;
    QString b;
    QString change; ///< "−1.5 s", "+2", "same", "only in B"
    TaskId taskA, taskB;
    QString words = {}; ///< all of it for a tooltip and a screen reader, where signs stand in the cells

    friend bool operator==(const DifferenceRow&, const DifferenceRow&) = default;
};

/// Both runs in numbers.
[[nodiscard]] std::vector<DifferenceRow> numberRows(const Comparison& numbers);
/// Both runs task by task: how long each lived, and how it ended when that was not by returning.
[[nodiscard]] std::vector<DifferenceRow> taskRows(const std::vector<TaskDifference>& tasks);

/// Rows of a comparison as a table: name, A, B, change.
class DifferenceModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, A, B, Change, Columns };

    DifferenceModel(const QString& what, const QString& hint, QObject* parent = nullptr);

    void set(std::vector<DifferenceRow> rows, const QString& titleA, const QString& titleB);
    [[nodiscard]] const DifferenceRow& row(int index) const { return m_rows[static_cast<std::size_t>(index)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    /// The same rows have other cells: behind the dataChanged() of each.
    void changed();

private:
    QString m_what;
    QString m_hint;
    QString m_titleA;
    QString m_titleB;
    std::vector<DifferenceRow> m_rows;
};

} // namespace loopscope::ui
