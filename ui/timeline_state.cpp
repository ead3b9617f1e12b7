#include "ui/timeline_state.h"

#include <algorithm>

namespace loopscope::ui {
namespace {

/// Takes it out where it is in, else adds it as the last.
template <class T>
void toggle(std::vector<T>& all, const T& one)
{
    if (std::erase(all, one) == 0)
        all.push_back(one);
}

} // namespace

bool TimelineState::isPinned(TaskId task) const
{
    return std::find(m_lanes.pinned.begin(), m_lanes.pinned.end(), task) != m_lanes.pinned.end();
}

void TimelineState::setStretch(const std::optional<Stretch>& stretch)
{
    if (stretch == m_stretch)
        return;
    m_stretch = stretch;
    Q_EMIT stretchChanged();
}

void TimelineState::togglePin(TaskId task)
{
    toggle(m_lanes.pinned, task);
    Q_EMIT lanesChanged();
}

void TimelineState::toggleGroup(const std::string& key)
{
    toggle(m_lanes.opened, key);
    Q_EMIT lanesChanged();
}

void TimelineState::reset()
{
    m_stretch.reset();
    m_lanes = {};
}

} // namespace loopscope::ui
