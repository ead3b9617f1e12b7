#pragma once

#include <QObject>

#include <QCoroTask>

#include <chrono>
#include <functional>
#include <optional>

namespace loopscope::ui {

/// Playback: goes from stop to stop at a pace that a learner can follow.
///
/// It knows neither runs nor facts. It asks how long the way to the next stop is, glides along it,
/// and says when it has arrived; whoever listens moves the playhead. It is itself a coroutine, so
/// the program uses what it teaches.
class Player final : public QObject {
    Q_OBJECT

public:
    /// How long the way from here to the next stop takes at 1×; nothing at the end.
    using WayToNext = std::function<std::optional<std::chrono::milliseconds>()>;

    explicit Player(WayToNext wayToNext, QObject* parent = nullptr);

    [[nodiscard]] bool isPlaying() const { return m_playing; }

    /// 2 plays twice as fast. Takes effect at once, also in the middle of a way. Requires > 0.
    void setSpeed(double speed) { m_speed = speed; }

    /// Without motion the playhead goes from stop to stop, at the same pace.
    void setReduceMotion(bool reduce) { m_reduceMotion = reduce; }

    /// Goes on from where the listener is, `part` of the way to the next stop being behind already;
    /// a second call while it plays changes nothing. Requires 0 <= part < 1.
    void start(double part = 0);
    /// Stops at once: nothing is emitted afterwards but playingChanged.
    void pause();

Q_SIGNALS:
    /// This part of the way to the next stop lies behind; 0 <= part < 1.
    void glided(double part);
    /// The next stop is reached.
    void arrived();
    void playingChanged(bool playing);

private:
    QCoro::Task<> play(double part);

    WayToNext m_wayToNext;
    double m_speed = 1.0;
    bool m_reduceMotion = false;
    bool m_playing = false;
    int m_turn = 0; // of the play() in charge; pause() and a newer one end the others
};

} // namespace loopscope::ui
