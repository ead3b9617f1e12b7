#pragma once

#include "core/trace/spans.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace loopscope {

/// Which fact brought about which, for every fact of a run: a timer was set, so it fired; it fired, so
/// its callback ran; the callback ended the sleep, so the task woke; it woke, so it had its turn; in
/// that turn it printed.
class Origins {
public:
    Origins() = default;

    /// Goes through the trace once. Requires `causes` to be those of this trace's spans.
    Origins(const Trace& trace, const std::vector<Cause>& causes);

    /// The fact that brought this one about; nothing for what the loop does by itself. Always an
    /// earlier one. Requires index < size of the trace.
    [[nodiscard]] std::optional<std::size_t> of(std::size_t index) const;

    /// What a fact led to first: a fact that it caused, or, of a turn in which nothing was caused, the
    /// end of the turn. Always a later one. Requires index < size of the trace.
    [[nodiscard]] std::optional<std::size_t> led_to(std::size_t index) const;

private:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    void link(std::size_t from, std::size_t to);

    std::vector<std::size_t> from_;
    std::vector<std::size_t> to_;
};

} // namespace loopscope
