#pragma once

#include "ui/store.h"

#include <QScrollArea>

#include <optional>

class QButtonGroup;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace loopscope::ui {

/// The questions that are due in this lesson, one at a time. An answer is locked before the run is
/// seen; a wrong one names the belief behind it and leads to the moment that refutes it.
class PredictView final : public QScrollArea {
    Q_OBJECT

public:
    explicit PredictView(const Store& store, QWidget* parent = nullptr);

    /// How many questions are due and not answered.
    [[nodiscard]] int open() const;
    /// The question on screen; nothing when none is due.
    [[nodiscard]] const std::optional<Asked>& asked() const { return m_asked; }

Q_SIGNALS:
    void answered(const Due& due, Progress::Answer answer);
    /// Show what the question is about: its variant and values, before the first step or at a moment.
    void stageRequested(const Lesson& lesson, const Stage& stage, std::size_t step);
    void puzzleRequested();
    /// Another number of questions is open.
    void openChanged(int open);

private:
    void takeNext();
    void put();
    void lock();
    void tell(Progress::Answer answer, const AskedOption* chosen);
    void showScore();
    void clear();
    [[nodiscard]] bool endsChapter() const;

    const Store& m_store;
    QWidget* m_page;
    QVBoxLayout* m_column;
    QButtonGroup* m_choices = nullptr;
    QPushButton* m_lock = nullptr;
    std::optional<Due> m_due;
    std::optional<Asked> m_asked;
    bool m_locked = false;
};

} // namespace loopscope::ui
