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
/// printed. The sentence is always told in full, and the names of the output's pages stay. What asks at this
/// moment comes with all its answers in view: where there is no room for that, the sentence is left without
/// what stands around it, the output gives way, and then the column asks for more height, and scrolls.
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
    enum class Way { None, Brief, Dense };

    /// Begins anew with nobody giving way.
    void fit();
    /// They give way as far as it is needed now, and further than before if it must be.
    void tighten();
    void give(Way way);
    [[nodiscard]] int needed() const;
    /// What is to be seen whole; null when nothing is.
    [[nodiscard]] QWidget* asking() const;

    const Store& m_store;
    Parts m_parts;
    CardStack* m_cards;
    Way m_way = Way::None;
    int m_gamesNeed = 0; ///< the most that the game has needed: nothing moves back between two picks
    bool m_fitting = false;
};

} // namespace loopscope::ui
