#pragma once

#include "ui/store.h"

#include <QString>

namespace loopscope::ui {

/// What a pointer that rests on a piece of the timeline is told.
[[nodiscard]] QString tipOf(const Store& store, const Bar& bar);
/// The cause, what it led to, and where a click leads.
[[nodiscard]] QString tipOf(const Store& store, const Arrow& arrow);
[[nodiscard]] QString tipOf(const LaneRow& lane, bool onPin, bool pinned);

} // namespace loopscope::ui
