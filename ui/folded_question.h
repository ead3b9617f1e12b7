#pragma once

#include <QWidget>

class QPushButton;

namespace loopscope::ui {

class ElidedLabel;

/// A question in one line, for whoever went on without an answer: what it asks, as far as there is room
/// for it, and the way back to it.
class FoldedQuestion final : public QWidget {
    Q_OBJECT

public:
    explicit FoldedQuestion(QWidget* parent = nullptr);

    void setQuestion(const QString& question);

Q_SIGNALS:
    void openRequested();

private:
    ElidedLabel* m_question;
    QPushButton* m_open;
};

} // namespace loopscope::ui
