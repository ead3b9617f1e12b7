#pragma once

#include "ui/goal_rows.h"
#include "ui/store.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace loopscope::ui {

/// The lesson's challenge, and live whether the run on screen meets it, and why not yet: each part of
/// the goal in short words, with what it was worth as the challenge begins and what it is worth now.
/// While a prediction about this run is open, the numbers wait for its answer.
class ChallengeView final : public QFrame {
    Q_OBJECT

public:
    explicit ChallengeView(const Store& store, QWidget* parent = nullptr);

    /// What is to take home from a solved challenge waits for whoever asks for it: there is little room.
    void setBrief(bool brief);

    /// As wide and as high as now: the layout's own hint would lay all words out at a width that nobody gives.
    QSize sizeHint() const override;

Q_SIGNALS:
    /// Set everything as the challenge begins.
    void stageRequested(const Lesson& lesson, const Stage& stage, std::size_t step);
    void lessonRequested(std::size_t index);
    /// Its words need another height, or it came or went.
    void heightChanged();

protected:
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void keepHeight();
    void refresh();
    void showTakeaway();
    /// What the parts of the goal are worth as the challenge begins; made once for a lesson.
    void measureBegin();
    [[nodiscard]] std::vector<GoalRow> clauseRows(bool spoils) const;
    [[nodiscard]] static QString openText(std::size_t questions);

    const Store& m_store;
    QLabel* m_section;
    QLabel* m_task;
    GoalRows* m_clauses;
    QLabel* m_hint;
    QLabel* m_takeaway;
    QPushButton* m_begin;
    QPushButton* m_showHint;
    QPushButton* m_next;
    QPushButton* m_more;
    bool m_solved = false;
    bool m_brief = false;
    bool m_askedForMore = false;
    std::vector<Clause> m_atBegin;
    std::optional<Stage> m_beginning; // which those are of
    const Lesson* m_beginningOf = nullptr;
};

} // namespace loopscope::ui
