#pragma once

#include "ui/store.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace loopscope::ui {

/// Stands in the place of a comparison that would answer a question which is open: the question comes
/// first. Who does not know, or shows it to others, says so and sees the comparison.
class CompareQuestion final : public QFrame {
    Q_OBJECT

public:
    explicit CompareQuestion(const Store& store, QWidget* parent = nullptr);

    /// Whether a question is open, so that the comparison has to wait.
    [[nodiscard]] bool isPut() const;
    void refresh();

Q_SIGNALS:
    void stageRequested(const Lesson& lesson, const Stage& stage, std::size_t step, bool fogged);
    void answered(const loopscope::Due& due, loopscope::Progress::Answer answer);

private:
    void put();
    void skip();

    const Store& m_store;
    QLabel* m_question;
    QLabel* m_why;
    QPushButton* m_answer;
    QPushButton* m_skip;
};

} // namespace loopscope::ui
