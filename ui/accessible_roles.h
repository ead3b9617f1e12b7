#pragma once

namespace loopscope::ui {

/// Tells screen readers what the widgets are that this program draws itself; Qt knows only its own.
/// May be called again.
void installAccessibleRoles();

} // namespace loopscope::ui
