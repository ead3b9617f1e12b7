#pragma once

#include "core/base/where.h"

#include <string_view>

namespace loopscope {

/// Computes for `seconds`: holds the thread, and nobody else on it can run. In a loop's thread or in a
/// function that a worker runs.
void cpu(double seconds, Where at = Where::current());

/// Waits for `seconds` without giving up the thread, as time.sleep() or a synchronous request does.
/// Likewise.
void block(double seconds, Where at = Where::current());

/// Prints a text: a fact of the run, with its moment and its task or worker.
void print(std::string_view text, Where at = Where::current());

} // namespace loopscope
