#include "ui/loop_game.h"

#include "ui/store.h"

#include <algorithm>
#include <iterator>

namespace loopscope::ui {

LoopGame::LoopGame(Store& store)
    : QObject(&store)
    , m_store(store)
{
    // Another run has other switches, and no moment to go back to.
    connect(&m_store, &Store::runChanged, this, [this] {
        if (m_on)
            end();
    });
}

std::size_t LoopGame::rightAtOnce() const
{
    std::size_t right = 0;
    for (const auto& [index, atOnce] : m_atOnce)
        right += index < m_next && atOnce ? 1 : 0;
    return right;
}

void LoopGame::start()
{
    if (m_on || m_store.mode() != Mode::Run)
        return;
    m_switches = switches_of(m_store.trace());
    if (m_switches.empty())
        return;
    m_stepBefore = m_store.step();
    m_reachedBefore = m_store.reached();
    const auto from = std::lower_bound(m_switches.begin(), m_switches.end(), m_store.step());
    m_first = from == m_switches.end() ? 0 : static_cast<std::size_t>(std::distance(m_switches.begin(), from));
    m_next = m_first;
    m_atOnce.clear();
    m_verdict.clear();
    m_on = true;
    go();
}

void LoopGame::leave()
{
    if (!m_on)
        return;
    m_store.setBound(std::nullopt);
    const std::size_t step = m_stepBefore;
    const std::size_t reached = m_reachedBefore;
    end();
    m_store.setStep(step);
    m_store.setReached(reached);
}

void LoopGame::pick(std::size_t index)
{
    if (index >= m_choices.size())
        return;
    m_store.setStep(m_switches[m_next]); // who looked back comes to the front
    const PickVerdict verdict = judge_pick(m_store.snapshot(), m_store.trace(), m_choices[index].pick);
    m_atOnce.emplace(m_next, verdict.right);
    m_verdict = QString::fromStdString(verdict.rule);
    m_wasRight = verdict.right;
    if (verdict.right) {
        ++m_next;
        go();
    } else {
        Q_EMIT changed();
    }
}

void LoopGame::undo()
{
    if (!m_on || m_next == m_first)
        return;
    --m_next;
    m_verdict.clear();
    go();
}

// The run goes on to the next switch, or to its end, and is fogged behind it.
void LoopGame::go()
{
    const std::size_t step = m_next < m_switches.size() ? m_switches[m_next] : m_store.trace().size();
    m_store.setBound(step);
    m_store.setStep(step);
    m_store.setReached(step);
    m_choices = m_next < m_switches.size() ? picks_at(m_store.snapshot(), m_store.trace()) : std::vector<PickChoice>{};
    if (!m_choices.empty()) // tasks mostly begin in the order of their numbers: no place is to be right by habit
        std::rotate(m_choices.begin(), m_choices.begin() + static_cast<std::ptrdiff_t>(m_next % m_choices.size()), m_choices.end());
    Q_EMIT changed();
}

void LoopGame::end()
{
    m_on = false;
    m_choices.clear();
    m_switches.clear();
    m_next = m_first = 0;
    m_verdict.clear();
    Q_EMIT changed();
}

} // namespace loopscope::ui
