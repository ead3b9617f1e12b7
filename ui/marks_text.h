#pragma once

#include "ui/code_places.h"
#include "ui/store.h"
#include "ui/lesson_marks.h"

namespace loopscope::ui {

/// A breakpoint as a list shows it: "line 31: await sleep(1.0)", "when fetch-1 runs", "at each
/// timer fired". Lines are those of the language that is shown.
[[nodiscard]] QString breakpointText(const Breakpoint& breakpoint, const CodePlaces& code, Language language);

/// Why the run stands where a breakpoint stopped it, in a sentence; empty when none did.
[[nodiscard]] QString stoppedText(const Store& store, const CodePlaces& code);

/// A bookmark as a list shows it: its time, its note or what happened there, and how it fits.
[[nodiscard]] QString bookmarkText(const Store& store, std::size_t index);

} // namespace loopscope::ui
