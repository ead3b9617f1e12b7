#pragma once

#include "ui/store.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace loopscope::ui {

/// A quiet line below the cards: how the predictions went, the next one that waits elsewhere, and the
/// way into "Be the loop".
class LessonFoot final : public QWidget {
    Q_OBJECT

public:
    explicit LessonFoot(const Store& store, QWidget* parent = nullptr);

Q_SIGNALS:
    /// Put this question: show its run before the moment at which it is asked.
    void stageRequested(const Lesson& lesson, const Stage& stage, std::size_t step, bool fogged);
    void gameRequested();

private:
    void refresh();

    const Store& m_store;
    QLabel* m_score;
    QPushButton* m_ask;
    QPushButton* m_play;
};

} // namespace loopscope::ui
