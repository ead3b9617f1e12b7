#pragma once

#include "ui/predictions.h"
#include "ui/store.h"

#include <QFrame>

#include <optional>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace loopscope::ui {

class ChoiceGrid;
class FoldedQuestion;

/// The question that is due, whole at the moment at which it is put; for whoever goes on without an answer
/// it folds to a line that opens it again. What is chosen is locked: the card then says whether it was right
/// and why, names the belief behind a wrong answer, and leads to the event that refutes it, and back; away
/// from the moment at which it was answered, it says only that much. It is there only while it has something
/// to ask or to say.
class PredictionCard final : public QFrame {
    Q_OBJECT

public:
    explicit PredictionCard(const Store& store, QWidget* parent = nullptr);

    /// What it asks or has asked; nothing while it is hidden.
    [[nodiscard]] const std::optional<OpenQuestion>& question() const { return m_question; }
    [[nodiscard]] bool isLocked() const { return m_locked.has_value(); }
    /// Whether it is a line that only names its question.
    [[nodiscard]] bool isFolded() const { return m_folded; }
    /// Whether it is a verdict away from its moment.
    [[nodiscard]] bool isShort() const { return m_short; }
    /// Shows a folded question whole at this moment, too, and takes the keys.
    void unfold();
    /// Answers, if it asks now and is shown whole: false where the number is another's.
    bool chooseByNumber(std::size_t number);
    /// Less air between its lines, so that all answers are in view.
    void setDense(bool dense);
    /// Playback stopped for it, so it is shown whole: a right answer lets it go on.
    void holdPlayback();

Q_SIGNALS:
    /// It had the focus and goes.
    void focusGivenUp();
    void answered(const Due& due, Progress::Answer answer);
    /// Show this run at this step; `fogged`: what follows is not shown yet.
    void stageRequested(const Lesson& lesson, const Stage& stage, std::size_t step, bool fogged);
    void seekRequested(std::size_t step);
    void playRequested();
    /// It came, went, or shows something else.
    void shownChanged();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    /// Where the person was before a jump.
    struct Place {
        const Lesson* lesson = nullptr;
        Stage stage;
        std::size_t step = 0;
    };

    void follow();
    /// Folds or opens itself for the moment that is shown.
    void suitMoment();
    void setForm(bool folded, bool brief);
    void put(const OpenQuestion& question);
    void choose(int index);
    void tell(int chosen);
    void next();
    void jump();
    void goBack();
    void clear();
    void putButtons();
    void nameNext();
    QLabel* add(const QString& rich, const char* role);

    const Store& m_store;
    QVBoxLayout* m_column;
    ChoiceGrid* m_choices = nullptr;
    QWidget* m_buttons = nullptr;
    QPushButton* m_next = nullptr;     ///< of these, the one that goes on
    FoldedQuestion* m_line = nullptr;  ///< what is left of a folded question
    QList<QWidget*> m_onlyWhole;       ///< what a verdict leaves out away from its moment
    std::size_t m_openedAt = 0;        ///< the step at which the question came up, was opened or answered
    std::optional<OpenQuestion> m_question;
    std::optional<OpenQuestion> m_kept; // which the hidden card still puts
    std::optional<Progress::Answer> m_locked;
    std::optional<Progress::Key> m_dueThen; ///< what was due behind the answered question
    std::optional<Place> m_back;
    bool m_dense = false;
    bool m_folded = false;
    bool m_short = false;
    bool m_moving = false; ///< its own jumps
    bool m_held = false;   ///< playback waits for the answer
};

} // namespace loopscope::ui
