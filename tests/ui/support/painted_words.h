#pragma once

#include <QRectF>
#include <QString>

#include <functional>
#include <vector>

class QPainter;
class QWidget;

namespace loopscope::tests {

/// One line of text as somebody painted it: where it stands, and what of that place may be painted on.
struct PaintedWords {
    QString text;
    QRectF box;
    QRectF clip;
};

/// What a widget itself paints, without its children; in its own coordinates.
[[nodiscard]] std::vector<PaintedWords> paintedBy(QWidget& widget);

/// What a function paints on a surface of this size.
[[nodiscard]] std::vector<PaintedWords> paintedOn(QSize size, const std::function<void(QPainter&)>& paint);

} // namespace loopscope::tests
