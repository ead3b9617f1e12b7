#pragma once

#include "ui/difference_model.h"

#include <QTableView>

#include <array>

namespace loopscope::ui {

/// The rows of a comparison: their names, and in columns of their own what each run came to and the change.
///
/// A slider changes nearly all cells at once, so the columns are measured once for all of them, not for
/// each; while the rows are the same ones a column becomes wider, and not narrower again.
class DifferenceTable final : public QTableView {
    Q_OBJECT

public:
    static constexpr int rowHeight = 22; ///< pixels

    explicit DifferenceTable(DifferenceModel* model, QWidget* parent = nullptr);

    /// Pixels of the row with the names of the columns.
    [[nodiscard]] int headHeight() const { return m_headHeight; }

Q_SIGNALS:
    void headHeightChanged();

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    /// Makes the columns of numbers as wide as what stands in them, or wider if they were.
    void fit();
    void fitAnew();
    /// Which is costly, and a slider does not change it.
    void measureHead();

    const DifferenceModel* m_model;
    std::array<int, DifferenceModel::Columns> m_heads = {}; // widths
    int m_headHeight = 0;
};

} // namespace loopscope::ui
