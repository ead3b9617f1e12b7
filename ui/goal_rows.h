#pragma once

#include "ui/store.h"

#include <QWidget>

#include <vector>

class QVBoxLayout;

namespace loopscope::ui {

class Paragraph;

/// One part of a goal: a sign, and in words what is wanted and what it is worth.
struct GoalRow {
    QString sign; ///< in front of the first line; empty for none
    QColor color; ///< of the sign
    QString rich;

    friend bool operator==(const GoalRow&, const GoalRow&) = default;
};

/// The parts of a goal below each other, what is too long for a line goes on below itself. While a slider
/// moves, only the rows whose words change are laid out again, and a row that once took two lines keeps
/// their room: else all below it would jump up and down under the hand.
class GoalRows final : public QWidget {
    Q_OBJECT

public:
    explicit GoalRows(QWidget* parent = nullptr);

    void setRows(std::vector<GoalRow> rows);
    /// Each row needs no more room than its words, until they need more: for another goal.
    void forgetRoom();

    /// As wide and as high as now: the layout's own hint would lay all words out at a width that nobody gives.
    QSize sizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void keepRoom();

    std::vector<GoalRow> m_rows;
    std::vector<Paragraph*> m_words; ///< as many, or more, of which the last are hidden
    QVBoxLayout* m_column;
};

} // namespace loopscope::ui
