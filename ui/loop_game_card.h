#pragma once

#include "ui/loop_game.h"
#include "ui/store.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace loopscope::ui {

class ChoiceGrid;

/// "Be the loop": what could run next, to be picked by mouse or by number; what came of the last
/// pick, and the score. It is there only while the game is on.
class LoopGameCard final : public QFrame {
    Q_OBJECT

public:
    explicit LoopGameCard(const Store& store, QWidget* parent = nullptr);

    [[nodiscard]] ChoiceGrid& choices() { return *m_choices; }
    /// Less air between its lines, so that all choices are in view.
    void setDense(bool dense);

Q_SIGNALS:
    void pickRequested(std::size_t index);
    void undoRequested();
    void leaveRequested();
    void againRequested();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void refresh();

    const Store& m_store;
    QLabel* m_score;
    QLabel* m_verdict;
    QLabel* m_question;
    ChoiceGrid* m_choices;
    QPushButton* m_undo;
    QPushButton* m_again;
    QPushButton* m_leave;
    std::vector<PickChoice> m_shown;
};

} // namespace loopscope::ui
