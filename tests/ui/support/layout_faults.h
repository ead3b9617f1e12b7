#pragma once

#include "tests/ui/support/other_language.h"

#include <QStringList>

class QWidget;

namespace loopscope::tests {

/// What is wrong with how things lie in a window: words that are cut, or lie over others; a widget that
/// is smaller than its words, reaches out of what holds it, or covers its neighbour. A sentence each.
///
/// Words that end in "…" are no fault where all of them are told on hover.
[[nodiscard]] QStringList layoutFaults(QWidget& window, const Language& language);

} // namespace loopscope::tests
