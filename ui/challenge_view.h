#pragma once

#include "ui/store.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace loopscope::ui {

/// The lesson's challenge, and live whether the run on screen meets it, and why not yet.
class ChallengeView final : public QFrame {
    Q_OBJECT

public:
    explicit ChallengeView(const Store& store, QWidget* parent = nullptr);

Q_SIGNALS:
    /// Set everything as the challenge begins.
    void stageRequested(const Lesson& lesson, const Stage& stage, std::size_t step);

private:
    void refresh();

    const Store& m_store;
    QLabel* m_section;
    QLabel* m_task;
    QLabel* m_clauses;
    QLabel* m_hint;
    QPushButton* m_begin;
    QPushButton* m_showHint;
};

} // namespace loopscope::ui
