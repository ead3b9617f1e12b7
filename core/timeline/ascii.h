#pragma once

#include "core/timeline/scene.h"

#include <string>

namespace loopscope {

/// A scene as text, one line a lane, for tests and the terminal. `columns` is the width of the
/// axis in characters; requires columns > 0.
///
/// In a lane: `#` runs, `=` computes, `B` blocks, `-` waits, `:` ready, `.` idle or nothing to
/// do, `~` a request in flight; at its end `*` finished, `!` failed, `x` cancelled. A running block
/// narrower than a character still gets one. On the lane of a value its texts stand where they begin, on
/// those of queues, locks and semaphores the number of things and of places taken. What waits for ever
/// goes on beyond the last moment and says so.
[[nodiscard]] std::string ascii(const TimelineScene& scene, int columns = 72);

} // namespace loopscope
