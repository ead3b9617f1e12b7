#pragma once

#include <QStringList>

namespace loopscope::tests {

/// What the guard of this executable's application had to say: exceptions that left an event handler. A run
/// of tests in which any is left over has failed; a test that expects some takes them away.
[[nodiscard]] QStringList& faults();

} // namespace loopscope::tests
