#pragma once

#include "core/timeline/lanes.h"
#include "core/timeline/stretch.h"

#include <QObject>

#include <optional>

namespace loopscope::ui {

/// What a person set up on the timeline of the run that is shown, beside its zoom: the part that is
/// marked, the lanes that are pinned, and the groups that are open. The store owns one.
class TimelineState final : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// The part of the run that is marked and measured.
    [[nodiscard]] const std::optional<Stretch>& stretch() const { return m_stretch; }
    /// Pins and open groups; the selection is not in it.
    [[nodiscard]] const LaneChoices& lanes() const { return m_lanes; }
    [[nodiscard]] bool isPinned(TaskId task) const;

    void setStretch(const std::optional<Stretch>& stretch);
    void togglePin(TaskId task);
    void toggleGroup(const std::string& key);

    /// Another variant or lesson: nothing is marked, pinned or open. Says nothing: the run changes too.
    void reset();
    /// The same run with other values: what was measured no longer holds. Says nothing.
    void forgetStretch() { m_stretch.reset(); }

Q_SIGNALS:
    void stretchChanged();
    void lanesChanged();

private:
    std::optional<Stretch> m_stretch;
    LaneChoices m_lanes;
};

} // namespace loopscope::ui
