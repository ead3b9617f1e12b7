#pragma once

#include "core/trace/trace.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace loopscope::ui {

/// What a moment of a run is recognised by in another run of the same program: the kind of its
/// event, the task that the event is about, its line, and the how-manieth of these it is. The
/// moment itself is kept for runs that have no such event.
struct EventAnchor {
    std::string kind;       ///< as fact_name() has it; empty for the start, before all events
    std::string who;        ///< the task's display name; empty when it is about none
    std::uint32_t line = 0; ///< of the event's place; 0 when none is known
    std::size_t nth = 0;    ///< from 0
    TimePoint when;

    friend bool operator==(const EventAnchor&, const EventAnchor&) = default;
};

/// How well an anchor fits a run.
enum class Fit {
    Same,   ///< the run has this very event
    Moment, ///< it has not, but it was still going on at that time
    Lost,   ///< it was over before
};

struct AnchoredStep {
    std::size_t step = 0; ///< how many facts have happened there; the end when lost
    Fit fit = Fit::Same;

    friend bool operator==(const AnchoredStep&, const AnchoredStep&) = default;
};

/// The anchor of the moment after `step` facts. Requires step <= trace.size().
[[nodiscard]] EventAnchor anchorOf(const Trace& trace, std::size_t step);

[[nodiscard]] AnchoredStep stepOf(const Trace& trace, const EventAnchor& anchor);

/// The task with this display name; none when the run has none.
[[nodiscard]] TaskId taskNamed(const Trace& trace, const std::string& name);

} // namespace loopscope::ui
