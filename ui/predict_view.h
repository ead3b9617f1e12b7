#pragma once

#include "ui/store.h"

#include <QScrollArea>

class QLabel;
class QVBoxLayout;

namespace loopscope::ui {

/// This lesson's questions and how they were answered, the score of all lessons, the chapter's puzzle,
/// and the way to begin anew. The questions themselves come on cards, each at its moment.
class PredictView final : public QScrollArea {
    Q_OBJECT

public:
    explicit PredictView(const Store& store, QWidget* parent = nullptr);

    /// How many questions are due and not answered.
    [[nodiscard]] int open() const;

Q_SIGNALS:
    /// Show this run at this step; `fogged`: what follows is not shown yet.
    void stageRequested(const Lesson& lesson, const Stage& stage, std::size_t step, bool fogged);
    void puzzleRequested();
    /// The person wants all answers and solved challenges forgotten, and has confirmed it.
    void startOverRequested();
    /// Another number of questions is open.
    void openChanged(int open);

private:
    void refresh();
    void addQuestion(const Prediction& prediction);
    void addPuzzle();
    void confirmStartOver();
    QLabel* add(const QString& rich, const char* role);
    QLabel* addMarked(const QString& mark, const char* markRole, const QString& rich);
    void addBeside(QWidget* widget);
    [[nodiscard]] bool endsChapter() const;

    const Store& m_store;
    QWidget* m_page;
    QVBoxLayout* m_column;
};

} // namespace loopscope::ui
