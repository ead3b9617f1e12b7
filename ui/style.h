#pragma once

#include "ui/store.h"
#include "ui/theme.h"

#include <QIcon>
#include <QPalette>
#include <QString>

#include <string>

class QWidget;

namespace loopscope::ui {

/// The theme that the window shows.
[[nodiscard]] const Theme& themeOf(const Store& store);

/// The look of all standard widgets. Widgets tell their part with the dynamic property "role".
[[nodiscard]] QString styleSheetFor(const Theme& theme);
[[nodiscard]] QPalette paletteFor(const Theme& theme);

/// Plain text for a label that shows rich text: words in backticks stand in the typeface for code,
/// and lines have air between them.
[[nodiscard]] QString richText(const std::string& text);
/// The same without any mark-up: what is code in it looks like the rest.
[[nodiscard]] QString plainText(const std::string& text);

/// Sets the property that the style sheet looks at. Requires a widget that is not yet shown.
void setRole(QWidget* widget, const char* role);

enum class Glyph { First, Back, Play, Pause, Forward, Last, Theme, Search, Reset, Down };

/// A picture for a button, drawn rather than loaded, so that it is sharp at any scale factor. The
/// second colour is for a button that cannot be pressed.
[[nodiscard]] QIcon glyphIcon(Glyph glyph, const QColor& color, const QColor& disabled);

} // namespace loopscope::ui
