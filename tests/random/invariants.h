#pragma once

#include "core/lesson/run.h"
#include "core/trace/trace.h"

#include <memory>
#include <string>
#include <vector>

namespace loopscope::tests::random_programs {

/// What is wrong with the record of a run, whatever its program was; empty when nothing is. Checked
/// is that time never goes back; that one task runs at a time, and only one that stood first in the
/// ready queue; that the facts of each task come in an order that has a meaning; that at the end each
/// task has ended, or is named by the outcome.
[[nodiscard]] std::vector<std::string> faults_in(const Trace& trace, const Outcome& outcome);

/// Whether every Replay of the trace gives the states of the plain fold.
[[nodiscard]] std::vector<std::string> faults_of_replay(const std::shared_ptr<const Trace>& trace);

/// Each fact of a trace in words, with its moment and its place.
[[nodiscard]] std::vector<std::string> told_facts(const Trace& trace);

} // namespace loopscope::tests::random_programs
