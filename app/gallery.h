#pragma once

#include "core/base/result.h"

#include <string>

namespace loopscope::app {

/// Photographs every state of the window, dark and light, at 1440 × 900 and 1100 × 700, and a few
/// exports in the print theme, into a folder with a page that shows them. `only`, when not empty, is a
/// part of the names of the states to make. Needs no display. Gives the sentence that says what was
/// written.
[[nodiscard]] Result<std::string> writeGallery(const std::string& folder, const std::string& only);

} // namespace loopscope::app
