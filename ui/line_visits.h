#pragma once

#include "core/trace/trace.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace loopscope::ui {

/// A stay at one line of the program, within one turn of a task.
struct LineVisit {
    std::size_t event = 0;  ///< index of the fact with which it began
    std::uint32_t line = 0; ///< of the C++ file
    TaskId task;            ///< none when a callback ran
    bool goesOn = false;    ///< the task had been parked here
    std::size_t turn = 0;   ///< index of the TaskStepped it belongs to, so that turns can be counted

    friend bool operator==(const LineVisit&, const LineVisit&) = default;
};

/// When a run was at which line of a file, as far as its facts tell: a line at which nothing was
/// recorded is never visited.
class LineVisits {
public:
    LineVisits() = default;
    LineVisits(const Trace& trace, std::string_view file);

    [[nodiscard]] const std::vector<LineVisit>& all() const { return m_visits; } ///< in order of event

    /// The next visit of a line that begins behind the first `step` facts, so that going there moves
    /// forwards; nothing when there is none.
    [[nodiscard]] std::optional<LineVisit> next(std::uint32_t line, std::size_t step) const;
    /// The last one that lies before, so that going there moves backwards.
    [[nodiscard]] std::optional<LineVisit> previous(std::uint32_t line, std::size_t step) const;
    /// The visit that begins with this fact.
    [[nodiscard]] std::optional<LineVisit> at(std::size_t event) const;

    /// Which tasks were there in how many of their turns, in the order in which they first came. Only
    /// visits that began within the first `step` facts count.
    struct Turns {
        TaskId task;
        std::size_t turns = 0;

        friend bool operator==(const Turns&, const Turns&) = default;
    };
    [[nodiscard]] std::vector<Turns> turns(std::uint32_t line, std::size_t step) const;

private:
    std::vector<LineVisit> m_visits;
};

} // namespace loopscope::ui
