#pragma once

#include <QSize>

class QDialog;
class QWidget;

namespace loopscope::ui {

/// The largest size of a window on the screen that `widget` is on: what is left of it beside a desktop's
/// own bars, without the frame and the title of the window.
[[nodiscard]] QSize roomOnScreen(const QWidget& widget);

/// Makes a dialog no larger than `room`. Where even its least size is larger, all of it but its lowest row,
/// where the buttons are, scrolls. Requires a dialog whose layout is complete, before it is shown.
void fitDialog(QDialog& dialog, QSize room);

/// The same with the room that there is for a dialog over this window.
void fitOver(const QWidget& window, QDialog& dialog);

} // namespace loopscope::ui
