#pragma once

#include "core/recording/recording.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace loopscope::tests {


/// Computes all that is ever computed from a run: states, spans, numbers, lanes, sentences, trees and
/// findings, at every step. It checks nothing: that it comes back is what is asked. Of a long run it
/// looks at fewer steps.
void look_at_everything(const Recording& recording);

/// Whether two runs have the same facts and pass through the same states.
[[nodiscard]] bool same_run(const Trace& a, const Trace& b);

/// The text with something wrong in it, chosen by the number: bytes, numbers, words or lines that are
/// changed, left out, doubled or exchanged, or an end that is missing.
[[nodiscard]] std::string damaged(std::string_view text, std::uint32_t number);

} // namespace loopscope::tests
