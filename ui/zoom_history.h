#pragma once

#include "ui/store.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace loopscope::ui {

/// By what the timeline came to show another part of the run.
enum class ZoomBy {
    Jump,  ///< at once: a place of its own to come back to
    Wheel, ///< a move among many: those that follow each other closely are one
    Key,
    Drag,
    Follow, ///< nobody asked: what is shown follows the playhead
};

/// The parts of the run that were shown one after the other, with a way back and forward.
class ZoomHistory {
public:
    /// Another run: there is no way back to the one before.
    void begin(Zoom zoom);

    /// `now` in milliseconds, from any origin. What was gone back over is forgotten.
    void visit(Zoom zoom, ZoomBy by, qint64 now);

    [[nodiscard]] bool canGoBack() const { return m_at > 0; }
    [[nodiscard]] bool canGoForward() const { return m_at + 1 < m_zooms.size(); }
    [[nodiscard]] Zoom current() const { return m_zooms[m_at]; }

    /// Requires canGoBack(), canGoForward().
    Zoom back();
    Zoom forward();

private:
    std::vector<Zoom> m_zooms{Zoom{}};
    std::size_t m_at = 0;
    ZoomBy m_last = ZoomBy::Jump;
    qint64 m_lastAt = 0;
};

} // namespace loopscope::ui
