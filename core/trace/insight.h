#pragma once

#include "core/trace/trace.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace loopscope {

/// Something that a run shows about its program without having been asked: in one true sentence,
/// and never as a guess.
struct Insight {
    enum class Kind : std::uint8_t {
        NeverAwaited,   ///< a coroutine was made and dropped, so nothing of it ran
        NeverRetrieved, ///< a failure that nobody took notice of
        CutOff,         ///< a task that the end of the program stopped, or that it left behind
        SlowTurn,       ///< one turn held the loop for long
        Deadlock,       ///< nothing can ever go on
    };
    enum class Severity : std::uint8_t { Hint, Warning, Error };

    Kind kind = Kind::SlowTurn;
    Severity severity = Severity::Hint;
    std::string sentence;
    std::size_t step = 0; ///< index of the fact that shows it
    std::size_t known = 0; ///< index of the fact with which it is certain; `step` or a later one
    TaskId task = {};     ///< whom it is about, if it is about a task
    /// Of a deadlock: each waits for the next, and the last for the first. Empty without a circle.
    std::vector<TaskId> circle = {};

    friend bool operator==(const Insight&, const Insight&) = default;
};

/// How long a turn may hold the loop before it is worth a word: that of asyncio's debug mode.
inline constexpr Duration slow_turn = std::chrono::milliseconds(100);

/// All insights of a run, by step. A run that was stopped at a limit is judged only by what had
/// happened till then: nothing is said of tasks and failures that had still time.
[[nodiscard]] std::vector<Insight> insights_of(const Trace& trace, Duration slow = slow_turn);

} // namespace loopscope
