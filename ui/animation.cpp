#include "ui/animation.h"

#include "ui/compared_runs.h"
#include "ui/picture_texts.h"
#include "ui/store.h"

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

/// The pictures of `steps` ways from one position to the next.
template <class PositionOf, class IsStop>
std::vector<AnimationFrame> played(std::size_t steps, PositionOf positionOf, IsStop isStop, double speed, int framesPerSecond)
{
    using std::chrono::milliseconds;
    const double frame = 1000.0 / framesPerSecond;
    std::vector<AnimationFrame> frames;
    double owed = 0; // glances are shorter than a picture: their time is not lost
    for (std::size_t step = 0; step < steps; ++step) {
        const RunPosition here = positionOf(step);
        const RunPosition next = positionOf(step + 1);
        const Duration passing = next.when - here.when;
        const double way = static_cast<double>(paceOf(passing, isStop(step)).count()) / speed;
        if (passing == Duration::zero()) { // nothing glides: one picture stands
            owed += way;
            if (owed >= frame || step + 1 == steps) {
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
    frames.push_back({positionOf(steps), lastStands});
    return frames;
}

} // namespace

RunPicture pictureAt(RunPicture picture, const AnimationFrame& frame)
{
    picture.at = frame.at;
    picture.steadyLegend = true;
    tellMoment(picture, frame.at);
    return picture;
}

ComparisonPicture pictureAt(ComparisonPicture picture, const AnimationFrame& frame)
{
    const bool over = frame.at.when >= std::max(picture.a->end_time(), picture.b->end_time());
    picture.until = over ? std::nullopt : std::optional(frame.at.when);
    picture.steadyLegend = true;
    return picture;
}

std::vector<AnimationFrame> framesOf(const Trace& trace, const Playback& playback)
{
    const std::size_t last = std::min(playback.to, trace.size());
    const std::size_t first = std::min(playback.from, last);
    return played(
        last - first, [&](std::size_t i) { return position_of(trace, first + i); },
        [&](std::size_t i) { return isStop(trace, first + i, playback.by); }, playback.speed, playback.framesPerSecond);
}

std::vector<AnimationFrame> framesOf(const Trace& a, const Trace& b, TimePoint from, TimePoint to, double speed,
                                     int framesPerSecond)
{
    std::vector<TimePoint> stops{from};
    for (const TimePoint when : momentsOf(a, b))
        if (when > from && when <= to)
            stops.push_back(when);
    if (stops.back() < to)
        stops.push_back(to);
    return played(
        stops.size() - 1, [&](std::size_t i) { return RunPosition{stops[i], 0}; }, [](std::size_t) { return true; }, speed,
        framesPerSecond);
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

AnimationMaker::AnimationMaker(std::variant<RunPicture, ComparisonPicture> picture, std::vector<AnimationFrame> frames, AnimationFormat format,
                               const PictureOptions& options)
    : m_picture(std::move(picture))
    , m_frames(std::move(frames))
    , m_options(options)
    , m_size(options.size)
{
    if (m_size.height() == 0)
        m_size.setHeight(std::visit([this](const auto& whole) { return naturalHeight(whole, m_size.width()); }, m_picture));
    const QSize pixels = (QSizeF(m_size) * options.scaleFactor).toSize();
    if (format == AnimationFormat::Gif)
        m_encoder = makeGifEncoder(pixels, {imageOf(m_frames.size() / 2), imageOf(m_frames.size() - 1)});
    else
        m_encoder = makeWebPEncoder(pixels);
}

AnimationMaker::~AnimationMaker() = default;

QImage AnimationMaker::imageOf(std::size_t frame) const
{
    QImage image((QSizeF(m_size) * m_options.scaleFactor).toSize(), QImage::Format_RGB32);
    if (image.isNull())
        return image;
    image.setDevicePixelRatio(m_options.scaleFactor);
    image.fill(theme(m_options.theme).canvas);
    QPainter painter(&image);
    std::visit([&](const auto& whole) { paintPicture(painter, pictureAt(whole, m_frames[frame]), theme(m_options.theme), m_size); },
               m_picture);
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
