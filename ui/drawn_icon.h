#pragma once

#include <QColor>
#include <QIcon>

class QPainter;

namespace loopscope::ui {

/// Draws a picture of 16 × 16 in one colour; antialiased, with no pen and that colour as brush.
using IconDrawing = void (*)(QPainter& painter, const QColor& color);

/// An icon that is drawn at the size asked for, so that it is sharp at any scale factor. The second
/// colour is for a button that cannot be pressed.
[[nodiscard]] QIcon drawnIcon(IconDrawing draw, const QColor& color, const QColor& disabled);

// Pictures for buttons.
void drawStops(QPainter& painter, const QColor& color);
void drawFlag(QPainter& painter, const QColor& color);
void drawUndo(QPainter& painter, const QColor& color);
void drawRedo(QPainter& painter, const QColor& color);
void drawSave(QPainter& painter, const QColor& color);

} // namespace loopscope::ui
