#pragma once

#include "core/lesson/run.h"

#include <string>
#include <vector>

namespace loopscope {

// The proofs that a lesson is sound. Each gives a sentence for every fault that it finds, and nothing
// for a lesson that may be shown.

/// Each run ends as it is meant to, within `most_facts`, and is the same twice; for every variant with
/// every setting of settings_of().
[[nodiscard]] std::vector<std::string> faults_in_runs(const Lesson& lesson);

/// Predictions, in each round: exactly one option is right, it is decided at a moment that comes, and
/// every wrong option names a belief. The challenge does not hold as it begins, and does as it passes.
/// Every remark has its moment.
[[nodiscard]] std::vector<std::string> faults_in_exercises(const Lesson& lesson);

/// The record of a lesson's run stays below this, so that a learner can walk through it.
inline constexpr std::size_t most_facts = 2500;

/// How a run ended, in the words of Variant::ends: "result", "deadlock", an exception's name.
[[nodiscard]] std::string end_of(const Outcome& outcome);

} // namespace loopscope
