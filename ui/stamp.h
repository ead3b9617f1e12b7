#pragma once

#include <QPointF>
#include <QRectF>

#include <array>
#include <cstdint>
#include <functional>

class QPainter;

namespace loopscope::ui {

/// What a stamp looks like, apart from where it stands: colours, sizes in quarters of a pixel, kinds.
/// The first number tells apart who stamps.
using StampLook = std::array<std::uint32_t, 8>;

/// A length as a part of a look.
[[nodiscard]] std::uint32_t quarters(double pixels);

/// Whether a painter paints pixels, neither turned nor stretched in one direction; else shapes, into a file.
[[nodiscard]] bool paintsPixels(const QPainter& painter);

/// Draws a shape that a picture has many of: where pixels are painted, as a small picture that is kept for
/// the next time; else (into an SVG, a PDF) and where it is too large to keep, as itself.
///
/// `paint` draws it with its anchor at the origin, within `bounds` around that, in units of the painter;
/// it must look the same for the same look, and its anchor lies on quarters of the device's pixels.
void drawStamp(QPainter& painter, const StampLook& look, QPointF anchor, const QRectF& bounds,
               const std::function<void(QPainter&)>& paint);

} // namespace loopscope::ui
