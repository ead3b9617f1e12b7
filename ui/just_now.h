#pragma once

#include "ui/store.h"

#include <QFrame>

class QLabel;

namespace loopscope::ui {

class ChainBar;
class ElidedLabel;

/// What just happened and why, in a sentence, with the way to its cause and back; before the first step,
/// the question of the lesson.
class JustNow final : public QFrame {
    Q_OBJECT

public:
    explicit JustNow(const Store& store, QWidget* parent = nullptr);

    [[nodiscard]] ChainBar& chain() { return *m_chain; }

    /// Shows the headline, the sentence, and what the lesson says of the moment, but not the rest: a question
    /// needs the room.
    void setBrief(bool brief);

Q_SIGNALS:
    void seekRequested(std::size_t step);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    /// Long sentences make it higher, short ones never lower: what lies below must not jump.
    void grow();
    [[nodiscard]] int leastHeight() const;

    const Store& m_store;
    QLabel* m_section;
    ElidedLabel* m_headline;
    QLabel* m_sentence;
    QLabel* m_remark;
    QLabel* m_stopped; ///< by which breakpoint
    QLabel* m_context;
    ChainBar* m_chain;
    bool m_brief = false;
};

} // namespace loopscope::ui
