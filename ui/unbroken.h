#pragma once

#include <QString>

namespace loopscope::ui {

/// The same words, in which no number is parted from its unit where a line ends: "7.7 / s" stays whole.
[[nodiscard]] QString unbroken(QString words);

} // namespace loopscope::ui
