#pragma once

#include <QImage>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace loopscope::ui {

/// At most 256 colours that stand for those of some pictures: the ones that are seen most stay as
/// they are, the others come as near as they can.
class Palette {
public:
    explicit Palette(const std::vector<QImage>& samples);

    [[nodiscard]] const std::vector<QRgb>& colors() const { return m_colors; }
    /// The place of the nearest colour.
    [[nodiscard]] std::uint8_t nearest(QRgb color) const;

private:
    std::vector<QRgb> m_colors;
    std::size_t m_exact = 0; ///< so many of them are a picture's own
    mutable std::vector<std::int16_t> m_known; // by 15 bits of the colour; -1 is not yet known
};

} // namespace loopscope::ui
