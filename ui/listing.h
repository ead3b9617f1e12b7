#pragma once

#include <QStringList>

namespace loopscope::ui {

/// "a", "a and b", "a, b and c", in the language of the window.
[[nodiscard]] QString listed(const QStringList& words);

} // namespace loopscope::ui
