#include "ui/animation.h"

#include <QImage>

#include <webp/encode.h>
#include <webp/mux.h>

namespace loopscope::ui {
namespace {

/// Without loss: flat colours and text stay sharp, and what does not change costs nothing.
class WebPEncoder final : public AnimationEncoder {
public:
    explicit WebPEncoder(QSize size)
    {
        WebPAnimEncoderOptions options;
        if (!WebPAnimEncoderOptionsInit(&options) || !WebPConfigInit(&m_config) || !WebPConfigLosslessPreset(&m_config, 4))
            return;
        options.anim_params.loop_count = 0; // for ever
        m_encoder.reset(WebPAnimEncoderNew(size.width(), size.height(), &options));
    }

    bool add(const QImage& picture, std::chrono::milliseconds lasts) override
    {
        WebPPicture frame;
        if (!m_encoder || !WebPPictureInit(&frame))
            return false;
        const QImage pixels = picture.convertToFormat(QImage::Format_RGBA8888);
        frame.use_argb = 1;
        frame.width = pixels.width();
        frame.height = pixels.height();
        const bool added = WebPPictureImportRGBA(&frame, pixels.constBits(), static_cast<int>(pixels.bytesPerLine()))
            && WebPAnimEncoderAdd(m_encoder.get(), &frame, m_now, &m_config);
        WebPPictureFree(&frame);
        m_now += static_cast<int>(lasts.count());
        return added;
    }

    QByteArray finish() override
    {
        WebPData data;
        WebPDataInit(&data);
        QByteArray bytes;
        if (m_encoder && WebPAnimEncoderAdd(m_encoder.get(), nullptr, m_now, nullptr)
            && WebPAnimEncoderAssemble(m_encoder.get(), &data))
            bytes = QByteArray(reinterpret_cast<const char*>(data.bytes), static_cast<qsizetype>(data.size));
        WebPDataClear(&data);
        return bytes;
    }

private:
    struct Delete {
        void operator()(WebPAnimEncoder* encoder) const { WebPAnimEncoderDelete(encoder); }
    };
    WebPConfig m_config{};
    std::unique_ptr<WebPAnimEncoder, Delete> m_encoder;
    int m_now = 0; // milliseconds
};

} // namespace

std::unique_ptr<AnimationEncoder> makeWebPEncoder(QSize size)
{
    return std::make_unique<WebPEncoder>(size);
}

} // namespace loopscope::ui
