#include "ui/palette.h"

#include <algorithm>
#include <limits>
#include <unordered_map>

namespace loopscope::ui {
namespace {

constexpr std::size_t most = 256;
constexpr std::size_t kept = 96; // of the commonest colours: surfaces, bars and lines stay exactly what they are

struct Counted {
    QRgb color = 0;
    std::uint64_t count = 0;
};

int channel(QRgb color, int which) { return which == 0 ? qRed(color) : which == 1 ? qGreen(color) : qBlue(color); }

/// A stretch of the colours, and how far they are apart.
struct Group {
    std::size_t first = 0;
    std::size_t last = 0;
    int widest = 0; ///< the channel in which they differ most
    double weight = 0;
};

Group grouped(const std::vector<Counted>& colors, std::size_t first, std::size_t last)
{
    Group group{.first = first, .last = last};
    int width = -1;
    double count = 0;
    for (std::size_t i = first; i < last; ++i)
        count += static_cast<double>(colors[i].count);
    for (int which = 0; which < 3; ++which) {
        int low = 255;
        int high = 0;
        for (std::size_t i = first; i < last; ++i) {
            low = std::min(low, channel(colors[i].color, which));
            high = std::max(high, channel(colors[i].color, which));
        }
        if (high - low > width) {
            width = high - low;
            group.widest = which;
        }
    }
    group.weight = last - first < 2 ? 0 : width * std::max(1.0, count);
    return group;
}

QRgb meanOf(const std::vector<Counted>& colors, const Group& group)
{
    std::uint64_t sums[3] = {};
    std::uint64_t count = 0;
    for (std::size_t i = group.first; i < group.last; ++i) {
        for (int which = 0; which < 3; ++which)
            sums[which] += static_cast<std::uint64_t>(channel(colors[i].color, which)) * colors[i].count;
        count += colors[i].count;
    }
    const auto mean = [&](int which) { return static_cast<int>((sums[which] + count / 2) / count); };
    return qRgb(mean(0), mean(1), mean(2));
}

std::vector<Counted> countedIn(const std::vector<QImage>& samples)
{
    std::unordered_map<QRgb, std::uint64_t> counts;
    for (const QImage& sample : samples) {
        const QImage pixels = sample.convertToFormat(QImage::Format_RGB32);
        for (int y = 0; y < pixels.height(); ++y) {
            const QRgb* line = reinterpret_cast<const QRgb*>(pixels.constScanLine(y));
            for (int x = 0; x < pixels.width(); ++x)
                ++counts[line[x]];
        }
    }
    std::vector<Counted> colors;
    for (const auto& [color, count] : counts)
        colors.push_back({color, count});
    // By the colour where counts are equal, so that the same pictures give the same palette.
    std::sort(colors.begin(), colors.end(), [](const Counted& a, const Counted& b) {
        return a.count != b.count ? a.count > b.count : a.color < b.color;
    });
    return colors;
}

} // namespace

Palette::Palette(const std::vector<QImage>& samples)
    : m_known(32768, std::int16_t{-1})
{
    std::vector<Counted> colors = countedIn(samples);
    m_exact = colors.size() <= most ? colors.size() : kept;
    for (std::size_t i = 0; i < m_exact; ++i)
        m_colors.push_back(colors[i].color | 0xff000000U);
    colors.erase(colors.begin(), colors.begin() + static_cast<std::ptrdiff_t>(m_exact));
    if (colors.empty()) {
        if (m_colors.empty())
            m_colors.push_back(qRgb(0, 0, 0));
        return;
    }
    // Median cut of the rest, mostly the soft edges of text.
    std::vector<Group> groups{grouped(colors, 0, colors.size())};
    while (groups.size() < most - m_exact) {
        const auto widest = std::max_element(groups.begin(), groups.end(),
                                             [](const Group& a, const Group& b) { return a.weight < b.weight; });
        if (widest->weight <= 0)
            break;
        const Group cut = *widest;
        std::sort(colors.begin() + static_cast<std::ptrdiff_t>(cut.first), colors.begin() + static_cast<std::ptrdiff_t>(cut.last),
                  [&](const Counted& a, const Counted& b) {
                      const int x = channel(a.color, cut.widest);
                      const int y = channel(b.color, cut.widest);
                      return x != y ? x < y : a.color < b.color;
                  });
        const std::size_t middle = cut.first + (cut.last - cut.first) / 2;
        *widest = grouped(colors, cut.first, middle);
        groups.push_back(grouped(colors, middle, cut.last));
    }
    for (const Group& group : groups)
        m_colors.push_back(meanOf(colors, group));
}

std::uint8_t Palette::nearest(QRgb color) const
{
    const auto end = m_colors.begin() + static_cast<std::ptrdiff_t>(m_exact);
    const auto exact = std::find(m_colors.begin(), end, color | 0xff000000U);
    if (exact != end)
        return static_cast<std::uint8_t>(exact - m_colors.begin());
    const std::size_t key = static_cast<std::size_t>((qRed(color) >> 3) << 10 | (qGreen(color) >> 3) << 5 | qBlue(color) >> 3);
    if (m_known[key] >= 0)
        return static_cast<std::uint8_t>(m_known[key]);
    int best = 0;
    int least = std::numeric_limits<int>::max();
    for (std::size_t i = 0; i < m_colors.size(); ++i) {
        const int red = qRed(color) - qRed(m_colors[i]);
        const int green = qGreen(color) - qGreen(m_colors[i]);
        const int blue = qBlue(color) - qBlue(m_colors[i]);
        const int distance = 2 * red * red + 4 * green * green + 3 * blue * blue;
        if (distance < least) {
            least = distance;
            best = static_cast<int>(i);
        }
    }
    m_known[key] = static_cast<std::int16_t>(best);
    return static_cast<std::uint8_t>(best);
}

} // namespace loopscope::ui
