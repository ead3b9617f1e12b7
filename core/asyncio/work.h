#pragma once

#include "core/base/where.h"

#include <string_view>

namespace loopscope {

/// Computes for `seconds`: holds the thread, and nobody else can run. Requires a running loop.
void cpu(double seconds, Where at = Where::current());

/// Waits for `seconds` without giving up the thread, as time.sleep() or a synchronous request does.
/// Requires a running loop.
void block(double seconds, Where at = Where::current());

/// Prints a text: a fact of the run, with its moment and its task.
void print(std::string_view text, Where at = Where::current());

} // namespace loopscope
