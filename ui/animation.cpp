#include "ui/animation.h"

#include <QFileInfo>
#include <QImage>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace loopscope::ui {
namespace {

constexpr std::chrono::milliseconds lastStands{2000};

RunPosition between(RunPosition a, RunPosition b, double part)
{
    return {a.when + seconds(to_seconds(b.when - a.when) * part), a.step + (b.step - a.step) * part};
}

} // namespace

std::vector<AnimationFrame> framesOf(const Trace& trace, const Playback& playback)
{
    using std::chrono::milliseconds;
    const double frame = 1000.0 / playback.framesPerSecond;
    std::vector<AnimationFrame> frames;
    const std::size_t last = std::min(playback.to, trace.size());
    double owed = 0; // glances are shorter than a picture: their time is not lost
    for (std::size_t step = std::min(playback.from, last); step < last; ++step) {
        const RunPosition here = position_of(trace, step);
        const RunPosition next = position_of(trace, step + 1);
        const Duration passing = next.when - here.when;
        const double way = static_cast<double>(paceOf(passing, isStop(trace, step, playback.by)).count()) / playback.speed;
        if (passing == Duration::zero()) { // nothing glides: one picture stands
            owed += way;
            if (owed >= frame || step + 1 == last) {
                frames.push_back({here, milliseconds(std::lround(owed))});
                owed = 0;
            }
            continue;
        }
        const int count = std::max(1, static_cast<int>(std::lround((way + owed) / frame)));
        for (int i = 0; i < count; ++i)
            frames.push_back({between(here, next, static_cast<double>(i) / count),
                              milliseconds(std::lround((way + owed) / count))});
        owed = 0;
    }
    frames.push_back({position_of(trace, last), lastStands});
    return frames;
}

std::chrono::milliseconds lengthOf(const std::vector<AnimationFrame>& frames)
{
    std::chrono::milliseconds all{0};
    for (const AnimationFrame& frame : frames)
        all += frame.lasts;
    return all;
}

std::optional<AnimationFormat> animationFormatOf(const QString& fileName)
{
    const QString ending = QFileInfo(fileName).suffix().toLower();
    if (ending == QLatin1String("gif"))
        return AnimationFormat::Gif;
    if (ending == QLatin1String("webp"))
        return AnimationFormat::WebP;
    return std::nullopt;
}

AnimationMaker::AnimationMaker(RunPicture picture, std::vector<AnimationFrame> frames, AnimationFormat format,
                               const PictureOptions& options)
    : m_picture(std::move(picture))
    , m_frames(std::move(frames))
    , m_options(options)
    , m_size(options.size)
{
    if (m_size.height() == 0)
        m_size.setHeight(naturalHeight(m_picture, m_size.width()));
    const QSize pixels = (QSizeF(m_size) * options.scaleFactor).toSize();
    if (format == AnimationFormat::Gif)
        m_encoder = makeGifEncoder(pixels, {imageOf(m_frames.size() / 2), imageOf(m_frames.size() - 1)});
    else
        m_encoder = makeWebPEncoder(pixels);
}

AnimationMaker::~AnimationMaker() = default;

QImage AnimationMaker::imageOf(std::size_t frame) const
{
    RunPicture picture = m_picture;
    picture.at = m_frames[frame].at;
    QImage image((QSizeF(m_size) * m_options.scaleFactor).toSize(), QImage::Format_RGB32);
    if (image.isNull())
        return image;
    image.setDevicePixelRatio(m_options.scaleFactor);
    image.fill(theme(m_options.theme).canvas);
    QPainter painter(&image);
    paintPicture(painter, picture, theme(m_options.theme), m_size);
    return image;
}

void AnimationMaker::makeNext()
{
    const QImage image = imageOf(m_done);
    m_failed = image.isNull() || !m_encoder->add(image, m_frames[m_done].lasts);
    ++m_done;
}

QByteArray AnimationMaker::bytes()
{
    return m_failed ? QByteArray() : m_encoder->finish();
}

} // namespace loopscope::ui
