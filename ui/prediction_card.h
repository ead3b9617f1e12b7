#pragma once

#include "ui/predictions.h"
#include "ui/store.h"

#include <QFrame>

#include <optional>

class QLabel;
class QVBoxLayout;

namespace loopscope::ui {

class ChoiceGrid;

/// The question that is due, at its moment. What is chosen is locked: the card then says whether it
/// was right and why, names the belief behind a wrong answer, and leads to the event that refutes it,
/// and back. It is there only while it has something to ask or to say.
class PredictionCard final : public QFrame {
    Q_OBJECT

public:
    explicit PredictionCard(const Store& store, QWidget* parent = nullptr);

    /// What it asks or has asked; nothing while it is hidden.
    [[nodiscard]] const std::optional<OpenQuestion>& question() const { return m_question; }
    [[nodiscard]] bool isLocked() const { return m_locked.has_value(); }
    /// Less air between its lines, so that all answers are in view.
    void setDense(bool dense);
    /// Playback stopped for it: a right answer lets it go on.
    void holdPlayback();

Q_SIGNALS:
    void answered(const Due& due, Progress::Answer answer);
    /// Show this run at this step; `fogged`: what follows is not shown yet.
    void stageRequested(const Lesson& lesson, const Stage& stage, std::size_t step, bool fogged);
    void seekRequested(std::size_t step);
    void playRequested();
    /// It came, went, or shows something else.
    void shownChanged();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    /// Where the person was before a jump.
    struct Place {
        const Lesson* lesson = nullptr;
        Stage stage;
        std::size_t step = 0;
    };

    void follow();
    void put(const OpenQuestion& question);
    void choose(int index);
    void tell(int chosen);
    void next();
    void jump();
    void goBack();
    void clear();
    void putButtons();
    QLabel* add(const QString& rich, const char* role);

    const Store& m_store;
    QVBoxLayout* m_column;
    ChoiceGrid* m_choices = nullptr;
    QWidget* m_buttons = nullptr;
    std::optional<OpenQuestion> m_question;
    std::optional<Progress::Answer> m_locked;
    std::optional<Progress::Key> m_dueThen; ///< what was due behind the answered question
    std::optional<Place> m_back;
    bool m_dense = false;
    bool m_moving = false; ///< its own jumps
    bool m_held = false;   ///< playback waits for the answer
};

} // namespace loopscope::ui
