#pragma once

#include <QtGlobal>

namespace loopscope::ui {

/// What a platform's scan codes count.
enum class ScanCodes {
    Unknown,
    Xkb, ///< X11 and Wayland: the kernel's number of the key, and 8
    Set1 ///< Windows
};

/// What QKeyEvent::nativeScanCode() is on the platform that the program runs on. Requires a
/// QGuiApplication.
[[nodiscard]] ScanCodes scanCodesHere();

/// The key that stands at this place of an American keyboard, as a Qt::Key; 0 where none is known.
/// A place has the same number whatever letter is printed on it.
[[nodiscard]] int keyAtPlace(quint32 scanCode, ScanCodes codes);

} // namespace loopscope::ui
