#pragma once

#include "core/base/clock.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace loopscope {

/// Where a program that never ends, allocates without bound or recurses is stopped. What it recorded
/// until then stays viewable.
struct Limits {
    std::size_t facts = 2'000'000;                  ///< of the record
    Duration time = std::chrono::hours(24 * 365);   ///< virtual
    std::size_t memory = std::size_t{128} << 20;    ///< bytes in coroutines, futures and handles
    std::uint64_t calls_in_a_turn = 10'000'000;     ///< awaits and calls to the loop within one turn
};

/// Thrown at a program's next call to the loop once a limit is met. Not a std::exception: a handler
/// for ordinary errors must not swallow it.
class LimitReached {
public:
    explicit LimitReached(std::string why) : why_(std::move(why)) {}
    /// "gave up after 2 000 000 events"
    [[nodiscard]] const std::string& why() const { return why_; }

private:
    std::string why_;
};

} // namespace loopscope
