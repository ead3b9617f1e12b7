#pragma once

#include "core/lesson/goal.h"
#include "core/trace/spans.h"
#include "core/trace/stats.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace loopscope {

/// What has been computed for the goals that one run is asked.
struct Measures::Parts {
    const Lesson* lesson;
    Run run;
    RunSpans spans;
    RunStats stats;
    std::vector<Note> notes;
    /// Runs of other variants with the same parameters; filled when they are asked for.
    mutable std::map<std::string, std::unique_ptr<Measures>, std::less<>> others = {};

    [[nodiscard]] const Trace& trace() const { return *run.trace; }
    /// Null when main was never made.
    [[nodiscard]] const TaskLane* main() const { return spans.tasks.empty() ? nullptr : &spans.tasks.front(); }
};

namespace detail {

/// The n-th item, counted from the end when n is negative; null when there are fewer.
template <class T>
const T* nth(const std::vector<T>& all, int n)
{
    const auto count = static_cast<long long>(all.size());
    const long long index = n > 0 ? n - 1 : count + n;
    return n != 0 && index >= 0 && index < count ? &all[static_cast<std::size_t>(index)] : nullptr;
}

// The measures themselves, without the language around them. A word that fits nothing in this run is
// a GoalProblem at `at`.

/// Nothing when there is no measure of this name.
[[nodiscard]] std::optional<GoalValue> measure(const Measures::Parts& run, std::string_view name);
/// Nothing when there is no such variable; Never before its first value.
[[nodiscard]] std::optional<GoalValue> watched_value(const Measures::Parts& run, std::string_view name,
                                                     std::optional<TimePoint> until = {});

[[nodiscard]] GoalValue::List prints_like(const Measures::Parts& run, std::string_view pattern);
/// The n-th, from the end when negative; Never when there are fewer.
[[nodiscard]] GoalValue nth_print(const Measures::Parts& run, std::string_view pattern, int n);
[[nodiscard]] GoalValue largest_gap(const Measures::Parts& run, const std::string& task, std::size_t at);
[[nodiscard]] GoalValue peak_of(const Measures::Parts& run, const std::string& name, std::size_t at);
[[nodiscard]] GoalValue state_of(const Measures::Parts& run, const std::string& task, TimePoint when, std::size_t at);
[[nodiscard]] double tasks_alive(const Measures::Parts& run, TimePoint when);
[[nodiscard]] GoalValue nth_resume(const Measures::Parts& run, const std::string& task, int n, std::size_t at);
[[nodiscard]] double passes_between(const Measures::Parts& run, TimePoint from, TimePoint to);
/// Moments of all facts of this name; if a task is named, of those that speak of it or, when they speak
/// of none, happened in its turn.
[[nodiscard]] std::vector<Moment> facts_named(const Measures::Parts& run, const std::string& name,
                                              const std::string& task, std::size_t at);

} // namespace detail
} // namespace loopscope
