#include "ui/zoom_history.h"

#include <cstddef>
#include <iterator>

namespace loopscope::ui {
namespace {

constexpr qint64 oneGesture = 900;    // milliseconds: moves closer than this are one
constexpr std::size_t remembered = 64;

} // namespace

void ZoomHistory::begin(Zoom zoom)
{
    m_zooms = {zoom};
    m_at = 0;
    m_last = ZoomBy::Jump;
}

void ZoomHistory::visit(Zoom zoom, ZoomBy by, qint64 now)
{
    if (zoom == current())
        return;
    const bool goesOn = by == ZoomBy::Follow
        || (by != ZoomBy::Jump && by == m_last && now - m_lastAt < oneGesture);
    if (by != ZoomBy::Follow) {
        m_last = by;
        m_lastAt = now;
    }
    if (goesOn) {
        m_zooms[m_at] = zoom;
        return;
    }
    m_zooms.resize(m_at + 1);
    m_zooms.push_back(zoom);
    if (m_zooms.size() > remembered)
        m_zooms.erase(m_zooms.begin());
    m_at = m_zooms.size() - 1;
}

Zoom ZoomHistory::back()
{
    m_last = ZoomBy::Jump; // what comes next is no part of what was before
    return m_zooms[--m_at];
}

Zoom ZoomHistory::forward()
{
    m_last = ZoomBy::Jump;
    return m_zooms[++m_at];
}

} // namespace loopscope::ui
