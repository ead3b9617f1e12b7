#pragma once

#include "core/trace/spans.h"

#include <vector>

namespace loopscope {

/// Why each task became ready, each time it did, in that order: part of spans_of().
///
/// A wake is traced back to the one fact that decided it. A future that a callback filled leads to
/// the timer, the socket or the ended future that had put the callback in the queue, so a gather
/// leads to the child that ended last; one that was cancelled by a request leads to the request;
/// any other leads to the task whose step filled it.
[[nodiscard]] std::vector<Cause> causes_of(const Trace& trace);

} // namespace loopscope
