#pragma once

#include "core/recording/fact_marks.h"

#include <cstdint>
#include <string_view>

namespace loopscope::recorded {

class TableReader;

/// Follows a trace as it is read, and says of each fact whether a loop can have written it there. What is
/// computed from a trace takes for granted that tasks are made before they run, that the ready queue is
/// taken from its front, that a lock is no queue, and so on: the loop keeps these promises, a file may
/// not.
class FactCheck {
public:
    /// Both outlive this.
    FactCheck(const Trace& trace, const TableReader& tables) : trace_(trace), tables_(tables) {}

    /// What is wrong with this as the next fact, as the end of a sentence; empty when nothing is. Requires
    /// that all rows it may name are in the trace.
    [[nodiscard]] std::string_view fault(const TraceEvent& event);

    /// Takes it over, once it is in the trace. Requires that nothing was wrong with it.
    void advance(const Fact& fact);

    /// Tasks that were made.
    [[nodiscard]] std::size_t tasks() const { return state_.tasks.size(); }

private:
    class Rules;

    const Trace& trace_;
    const TableReader& tables_;
    Snapshot state_;
    FactMarks marks_;
    std::uint64_t effort_ = 0; ///< what all facts together cost to follow
};

} // namespace loopscope::recorded
