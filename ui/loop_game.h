#pragma once

#include "core/lesson/be_the_loop.h"
#include "core/trace/explain.h"

#include <QObject>
#include <QString>

#include <cstddef>
#include <map>
#include <vector>

namespace loopscope::ui {

class Store;

/// "Be the loop": the run stops at each switch, fogged from there on, and goes on with the pick that
/// the loop's rules allow. Part of the Store.
///
/// It begins at the moment on screen, or at the first step when that is the end. When it is left,
/// moment and fog are as they were before; another run, lesson or a comparison ends it, too.
class LoopGame final : public QObject {
    Q_OBJECT

public:
    explicit LoopGame(Store& store);

    [[nodiscard]] bool isOn() const { return m_on; }
    /// No switch is left.
    [[nodiscard]] bool isOver() const { return m_on && m_next == m_switches.size(); }
    /// What may be picked; empty when the game is off or over.
    [[nodiscard]] const std::vector<PickChoice>& choices() const { return m_choices; }
    /// What is next is for the person to say, as long as there is something to pick.
    [[nodiscard]] Outlook outlook() const { return m_on && !isOver() ? Outlook::LeftOut : Outlook::Told; }
    /// The sentence about the last pick: why it was right, or which rule forbids it.
    [[nodiscard]] const QString& verdict() const { return m_verdict; }
    [[nodiscard]] bool wasRight() const { return m_wasRight; }

    [[nodiscard]] std::size_t made() const { return m_next - m_first; }
    [[nodiscard]] std::size_t all() const { return m_switches.size() - m_first; }
    /// Of the picks made, those that were right at the first try.
    [[nodiscard]] std::size_t rightAtOnce() const;

    void start();
    void leave();
    /// A pick that no rule allows changes nothing but the verdict. Requires an index into choices().
    void pick(std::size_t index);
    /// Takes the last pick back. What was tried at first still counts.
    void undo();

Q_SIGNALS:
    void changed();

private:
    void go();
    void end();

    Store& m_store;
    bool m_on = false;
    std::vector<std::size_t> m_switches;
    std::size_t m_first = 0; ///< index of the switch at which the game began
    std::size_t m_next = 0;  ///< index of the switch that waits for a pick
    std::vector<PickChoice> m_choices;
    QString m_verdict;
    bool m_wasRight = false;
    std::map<std::size_t, bool> m_atOnce; ///< by index of the switch: whether the first try was right
    std::size_t m_stepBefore = 0;
    std::size_t m_reachedBefore = 0;
};

} // namespace loopscope::ui
