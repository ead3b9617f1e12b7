#pragma once

#include <QTableView>

namespace loopscope::ui {

class DifferenceModel;

/// The rows of a comparison: their names, and in columns of their own what each run came to and the change.
///
/// A slider changes nearly all cells at once, so the columns are measured once for all of them, not for
/// each; while the rows are the same ones a column becomes wider, and not narrower again.
class DifferenceTable final : public QTableView {
    Q_OBJECT

public:
    static constexpr int rowHeight = 22; ///< pixels

    explicit DifferenceTable(DifferenceModel* model, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    /// Makes the columns of numbers as wide as what stands in them, or wider if they were.
    void fit();
    void fitAnew();

    const DifferenceModel* m_model;
};

} // namespace loopscope::ui
