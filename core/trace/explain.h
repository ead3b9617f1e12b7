#pragma once

#include "core/trace/trace.h"

#include <cstddef>
#include <string>

namespace loopscope {

/// What a fact is called in a list: "task woken", "timer fired".
[[nodiscard]] std::string_view fact_name(const Fact& fact);

/// A fact in plain words: what happened, to whom, why, and what follows. "The timer of sleep 1.0 s
/// is due, so fetch-1 joins the ready queue behind main." Requires index < trace.size().
struct Explanation {
    std::string headline; ///< "I/O ready → task wakes"
    std::string sentence;
    std::string context;  ///< who is still suspended; may be empty
};
[[nodiscard]] Explanation explain(const Trace& trace, std::size_t index);

} // namespace loopscope
