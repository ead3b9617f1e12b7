#pragma once

#include "core/base/result.h"
#include "core/timeline/time_scale.h"

#include "ui/export.h"
#include "ui/stepping.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <cstddef>
#include <memory>
#include <variant>
#include <vector>

class QImage;

namespace loopscope::ui {

/// A run as it is played: which steps, how they go by, and how many pictures a second.
struct Playback {
    std::size_t from = 0; ///< how many facts have happened at the start …
    std::size_t to = 0;   ///< … and at the end; at least `from`
    StepBy by = StepBy::Event;
    double speed = 1;     ///< as in the window
    int framesPerSecond = 20;
};

/// One picture of an animation.
struct AnimationFrame {
    RunPosition at; ///< of two runs, only the moment counts
    std::chrono::milliseconds lasts{0};
};

/// The pictures of a playback: at the pace of the window, gliding where time passes; the last one
/// stands a while before it all begins anew. Requires steps of this trace.
[[nodiscard]] std::vector<AnimationFrame> framesOf(const Trace& trace, const Playback& playback);
/// The pictures of two runs that are played together, on one clock: what happens up to `from` stands in the
/// first one. Requires from <= to.
[[nodiscard]] std::vector<AnimationFrame> framesOf(const Trace& a, const Trace& b, TimePoint from, TimePoint to,
                                                   double speed = 1, int framesPerSecond = 20);
/// A picture as it stands at a frame.
[[nodiscard]] RunPicture pictureAt(RunPicture picture, const AnimationFrame& frame);
[[nodiscard]] ComparisonPicture pictureAt(ComparisonPicture picture, const AnimationFrame& frame);

[[nodiscard]] std::chrono::milliseconds lengthOf(const std::vector<AnimationFrame>& frames);

enum class AnimationFormat { Gif, WebP };

/// By the ending of a file name: nothing when it is no animation's.
[[nodiscard]] std::optional<AnimationFormat> animationFormatOf(const QString& fileName);

/// Turns pictures of one size into the bytes of an animation that runs for ever.
class AnimationEncoder {
public:
    virtual ~AnimationEncoder() = default;
    /// False when there is not enough memory.
    [[nodiscard]] virtual bool add(const QImage& picture, std::chrono::milliseconds lasts) = 0;
    /// Empty when there is not enough memory. Nothing may be added afterwards.
    [[nodiscard]] virtual QByteArray finish() = 0;
};

/// A GIF has 256 colours: `samples` are the pictures from which they are chosen.
[[nodiscard]] std::unique_ptr<AnimationEncoder> makeGifEncoder(QSize size, const std::vector<QImage>& samples);
[[nodiscard]] std::unique_ptr<AnimationEncoder> makeWebPEncoder(QSize size);

/// Makes an animation one picture at a time, so that whoever asks for it can show how far it is, and
/// stop. The same animation has the same bytes on the same machine. Requires a QGuiApplication.
class AnimationMaker {
public:
    /// Requires at least one frame, and a size within the bounds of a picture; a height of 0 means as
    /// tall as the picture needs to be.
    AnimationMaker(std::variant<RunPicture, ComparisonPicture> picture, std::vector<AnimationFrame> frames, AnimationFormat format,
                   const PictureOptions& options);
    ~AnimationMaker();

    [[nodiscard]] std::size_t done() const { return m_done; }
    [[nodiscard]] std::size_t count() const { return m_frames.size(); }
    [[nodiscard]] bool isDone() const { return m_failed || m_done == m_frames.size(); }
    [[nodiscard]] QSize size() const { return m_size; }
    /// Makes the next picture. Requires !isDone().
    void makeNext();
    /// The file's bytes, once isDone(); empty when there was not enough memory.
    [[nodiscard]] QByteArray bytes();

private:
    [[nodiscard]] QImage imageOf(std::size_t frame) const;

    std::variant<RunPicture, ComparisonPicture> m_picture;
    std::vector<AnimationFrame> m_frames;
    PictureOptions m_options;
    QSize m_size;
    std::unique_ptr<AnimationEncoder> m_encoder;
    std::size_t m_done = 0;
    bool m_failed = false;
};

} // namespace loopscope::ui
