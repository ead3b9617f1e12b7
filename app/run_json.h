#pragma once

#include "core/lesson/comparison.h"
#include "core/lesson/lesson.h"
#include "core/lesson/run.h"

#include <nlohmann/json.hpp>

#include <span>

namespace loopscope::app {

/// Keeps the order in which fields are written: a person reads it too.
using Json = nlohmann::ordered_json;

/// {"lessons": [{id, title, …, variants, parameters}]}
[[nodiscard]] Json jsonOf(std::span<const Lesson> lessons);

/// `lesson, variant, parameters, outcome, total, log, switches, stats`. Times are seconds; log,
/// switches and outcome are as asyncio itself would tell them: tasks go by their own names
/// ("Task-1" is main), and a switch is one step of a task.
[[nodiscard]] Json jsonOf(const Lesson& lesson, const Run& run);

/// `lesson, parameters, a, b, ratio, first_difference, verdict, reason`; the ratio is null when B
/// takes no time.
[[nodiscard]] Json jsonOf(const Lesson& lesson, const Run& a, const Run& b, const Comparison& comparison);

} // namespace loopscope::app
