#include "ui/animation.h"
#include "ui/palette.h"

#include <QImage>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include <gif_lib.h>

namespace loopscope::ui {
namespace {

int append(GifFileType* gif, const GifByteType* bytes, int count)
{
    static_cast<QByteArray*>(gif->UserData)->append(reinterpret_cast<const char*>(bytes), count);
    return count;
}

/// Writes of each picture only the rectangle that changed.
class GifEncoder final : public AnimationEncoder {
public:
    GifEncoder(QSize size, const std::vector<QImage>& samples)
        : m_size(size)
        , m_palette(samples)
    {
        int error = 0;
        m_gif = EGifOpen(&m_bytes, append, &error);
        if (m_gif)
            m_good = begin();
    }

    ~GifEncoder() override { close(); }

    bool add(const QImage& picture, std::chrono::milliseconds lasts) override
    {
        if (!m_good)
            return false;
        std::vector<GifByteType> indexed = indexedOf(picture);
        // A picture is shown when the next one is known: one that changes nothing makes it stand longer.
        if (!m_pending.empty() && indexed == m_pending) {
            m_lasts += lasts;
            return true;
        }
        m_good = flush();
        m_pending = std::move(indexed);
        m_lasts = lasts;
        return m_good;
    }

    QByteArray finish() override
    {
        m_good = m_good && flush();
        const bool closed = close();
        return m_good && closed ? m_bytes : QByteArray();
    }

private:
    bool begin()
    {
        // The number of colours has to be a power of two.
        std::vector<GifColorType> colors(256);
        for (std::size_t i = 0; i < m_palette.colors().size(); ++i) {
            const QRgb color = m_palette.colors()[i];
            colors[i] = {static_cast<GifByteType>(qRed(color)), static_cast<GifByteType>(qGreen(color)),
                         static_cast<GifByteType>(qBlue(color))};
        }
        ColorMapObject* map = GifMakeMapObject(256, colors.data());
        if (!map)
            return false;
        EGifSetGifVersion(m_gif, true);
        const bool described = EGifPutScreenDesc(m_gif, m_size.width(), m_size.height(), 8, 0, map) == GIF_OK;
        GifFreeMapObject(map);
        const GifByteType forEver[] = {1, 0, 0};
        return described && EGifPutExtensionLeader(m_gif, APPLICATION_EXT_FUNC_CODE) == GIF_OK
            && EGifPutExtensionBlock(m_gif, 11, "NETSCAPE2.0") == GIF_OK
            && EGifPutExtensionBlock(m_gif, 3, forEver) == GIF_OK && EGifPutExtensionTrailer(m_gif) == GIF_OK;
    }

    [[nodiscard]] std::vector<GifByteType> indexedOf(const QImage& picture) const
    {
        const QImage pixels = picture.convertToFormat(QImage::Format_RGB32);
        std::vector<GifByteType> indexed(static_cast<std::size_t>(m_size.width()) * static_cast<std::size_t>(m_size.height()));
        std::size_t at = 0;
        QRgb last = 0;
        GifByteType place = m_palette.nearest(0);
        for (int y = 0; y < m_size.height(); ++y) {
            const QRgb* line = reinterpret_cast<const QRgb*>(pixels.constScanLine(y));
            for (int x = 0; x < m_size.width(); ++x) {
                if (line[x] != last) {
                    last = line[x];
                    place = m_palette.nearest(last);
                }
                indexed[at++] = place;
            }
        }
        return indexed;
    }

    [[nodiscard]] QRect changed() const
    {
        if (m_shown.empty())
            return {QPoint(0, 0), m_size};
        QRect all;
        const auto width = static_cast<std::size_t>(m_size.width());
        for (int y = 0; y < m_size.height(); ++y) {
            const auto from = static_cast<std::ptrdiff_t>(static_cast<std::size_t>(y) * width);
            const auto to = from + static_cast<std::ptrdiff_t>(width);
            const auto first = std::mismatch(m_pending.begin() + from, m_pending.begin() + to, m_shown.begin() + from).first;
            if (first == m_pending.begin() + to)
                continue;
            auto last = m_pending.begin() + to;
            while (*std::prev(last) == m_shown[static_cast<std::size_t>(std::prev(last) - m_pending.begin())])
                --last;
            const int left = static_cast<int>(first - m_pending.begin() - from);
            all |= QRect(left, y, static_cast<int>(last - first), 1);
        }
        return all.isEmpty() ? QRect(0, 0, 1, 1) : all;
    }

    bool flush()
    {
        if (m_pending.empty())
            return true;
        // Hundredths of a second, of which viewers take fewer than two for ten.
        const auto now = m_written + m_lasts;
        const int delay = std::max(2, static_cast<int>((now.count() + 5) / 10 - (m_written.count() + 5) / 10));
        m_written = now;
        GraphicsControlBlock control{.DisposalMode = DISPOSE_DO_NOT, .UserInputFlag = false, .DelayTime = delay,
                                     .TransparentColor = NO_TRANSPARENT_COLOR};
        GifByteType extension[4];
        EGifGCBToExtension(&control, extension);
        const QRect rect = changed();
        if (EGifPutExtension(m_gif, GRAPHICS_EXT_FUNC_CODE, 4, extension) != GIF_OK
            || EGifPutImageDesc(m_gif, rect.x(), rect.y(), rect.width(), rect.height(), false, nullptr) != GIF_OK)
            return false;
        for (int y = rect.top(); y <= rect.bottom(); ++y) {
            GifByteType* line = m_pending.data()
                + static_cast<std::size_t>(y) * static_cast<std::size_t>(m_size.width()) + static_cast<std::size_t>(rect.x());
            if (EGifPutLine(m_gif, line, rect.width()) != GIF_OK)
                return false;
        }
        m_shown = std::exchange(m_pending, {});
        return true;
    }

    bool close()
    {
        int error = 0;
        return !m_gif || EGifCloseFile(std::exchange(m_gif, nullptr), &error) == GIF_OK;
    }

    QSize m_size;
    Palette m_palette;
    QByteArray m_bytes;
    GifFileType* m_gif = nullptr;
    bool m_good = false;
    std::vector<GifByteType> m_shown;
    std::vector<GifByteType> m_pending;
    std::chrono::milliseconds m_lasts{0};
    std::chrono::milliseconds m_written{0};
};

} // namespace

std::unique_ptr<AnimationEncoder> makeGifEncoder(QSize size, const std::vector<QImage>& samples)
{
    return std::make_unique<GifEncoder>(size, samples);
}

} // namespace loopscope::ui
