#pragma once

#include "ui/store.h"

#include <QWidget>

namespace loopscope::ui {

class CardStack;
class JustNow;
class LessonFoot;
class LoopGameCard;
class OutputView;
class PredictionCard;

/// What tells and asks, above each other: the sentence, the question that is due, the game, and what was
/// printed. A question comes with all its answers in view: where there is no room for that, the sentence
/// becomes brief, the output gives way, and then the column asks for more height.
class TellingColumn final : public QWidget {
    Q_OBJECT

public:
    struct Parts {
        JustNow* justNow;
        PredictionCard* prediction;
        LoopGameCard* game;
        LessonFoot* foot;
        OutputView* output;
    };

    /// Takes all parts over.
    TellingColumn(const Store& store, const Parts& parts, QWidget* parent = nullptr);

Q_SIGNALS:
    /// It needs this height for what it asks; 0 when it asks nothing.
    void heightWanted(int height);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    /// How much the others give way to a question.
    enum class Way { None, Brief, Dense, All };

    /// Begins anew with nobody giving way.
    void fit();
    /// They give way as far as it is needed now, and further than before if it must be.
    void tighten();
    void give(Way way);
    [[nodiscard]] int needed() const;

    const Store& m_store;
    Parts m_parts;
    CardStack* m_cards;
    Way m_way = Way::None;
    bool m_fitting = false;
};

} // namespace loopscope::ui
