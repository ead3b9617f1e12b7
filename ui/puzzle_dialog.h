#pragma once

#include "core/lesson/course.h"

#include <QDialog>

class QLabel;
class QListWidget;

namespace loopscope::ui {

/// A chapter's puzzle: lines on the left, the program on the right; by mouse (drag, double click) or
/// by keys (Enter moves a line over, Alt+Up and Alt+Down within the program).
class PuzzleDialog final : public QDialog {
    Q_OBJECT

public:
    /// The puzzle and the beliefs must outlive the dialog.
    PuzzleDialog(const Puzzle& puzzle, std::span<const Belief> beliefs, QWidget* parent = nullptr);

    [[nodiscard]] bool isSolved() const { return m_solved; }
    [[nodiscard]] QListWidget& pool() { return *m_pool; }
    [[nodiscard]] QListWidget& program() { return *m_program; }

public Q_SLOTS:
    void check();

protected:
    void showEvent(QShowEvent* event) override;

private:
    void move(QListWidget* from, QListWidget* to);
    void shift(int by);

    const Puzzle& m_puzzle;
    std::span<const Belief> m_beliefs;
    QListWidget* m_pool;
    QListWidget* m_program;
    QLabel* m_verdict;
    bool m_solved = false;
};

} // namespace loopscope::ui
