#include "ui/player.h"

#include <QElapsedTimer>
#include <QPointer>

#include <QCoroTimer>

#include <algorithm>

namespace loopscope::ui {
namespace {

constexpr std::chrono::milliseconds frame{16};

} // namespace

Player::Player(WayToNext wayToNext, QObject* parent)
    : QObject(parent)
    , m_wayToNext(std::move(wayToNext))
{
}

void Player::start(double part)
{
    if (m_playing)
        return;
    m_playing = true;
    Q_EMIT playingChanged(true);
    [[maybe_unused]] const QCoro::Task<> inTheBackground = play(part);
}

void Player::pause()
{
    ++m_turn;
    if (!m_playing)
        return;
    m_playing = false;
    Q_EMIT playingChanged(false);
}

QCoro::Task<> Player::play(double part)
{
    const QPointer<Player> alive = this;
    const int turn = ++m_turn;
    QElapsedTimer clock;
    clock.start();
    for (;;) {
        const std::optional<std::chrono::milliseconds> way = m_wayToNext();
        if (!way) {
            pause();
            co_return;
        }
        co_await QCoro::sleepFor(frame); // the window may close, or the user pause, while we wait
        if (!alive || turn != m_turn)
            co_return;

        // The speed is read every frame, so that a change of it needs no restart.
        const double passed = static_cast<double>(clock.restart()) * m_speed;
        part += passed / std::max(1.0, static_cast<double>(way->count()));
        if (part >= 1) {
            part = 0;
            Q_EMIT arrived();
        } else if (!m_reduceMotion) {
            Q_EMIT glided(part);
        }
        if (!alive || turn != m_turn)
            co_return;
    }
}

} // namespace loopscope::ui
