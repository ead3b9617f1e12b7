#pragma once

#include <QSplitter>

namespace loopscope::ui {

class BeforeButton;
class CardStack;
class ChallengeView;
class LoopView;
class ParametersView;

/// The right column: the loop above, below it what a person can change and the challenge. The loop has what
/// nobody else needs, and keeps the places where something runs and is ready. What can be changed gets the
/// height that it needs as far as the loop can spare it, and is cut between two rows only; the goal of the
/// challenge is never cut, what else it has to say waits until it is asked for. Sliders stand beside their
/// labels where there is little room. Who drags the line between them has the last word.
class SideColumn final : public QSplitter {
    Q_OBJECT

public:
    struct Parts {
        LoopView* loop;
        ParametersView* parameters;
        BeforeButton* before;
        ChallengeView* challenge;
    };

    /// Takes all parts over.
    explicit SideColumn(const Parts& parts, QWidget* parent = nullptr);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    /// Shares the height out for another lesson or another height.
    void share();
    /// The same where only as much moves as must: what a hand is at stays where it is.
    void adjust();
    void share(int wanted, bool keepRows);
    [[nodiscard]] int challengeHeight() const;

    Parts m_parts;
    CardStack* m_challengeRoom;
    bool m_byHand = false;
    bool m_sharing = false;
};

} // namespace loopscope::ui
