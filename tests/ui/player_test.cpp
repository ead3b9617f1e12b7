#include "ui/player.h"

#include "tests/support/catch.h"

#include <QElapsedTimer>
#include <QTest>

#include <memory>

using namespace loopscope::ui;
using namespace std::chrono_literals;

namespace {

/// A way of so many stops, each 30 ms from the one before.
struct Way {
    explicit Way(int length)
        : stops(length)
        , player([this] { return at < stops ? std::optional(30ms) : std::nullopt; })
    {
        QObject::connect(&player, &Player::arrived, &player, [this] { ++at; });
        QObject::connect(&player, &Player::glided, &player, [this](double part) {
            ++glides;
            inside = inside && part >= 0 && part < 1;
        });
    }

    int stops;
    int at = 0;
    int glides = 0;
    bool inside = true;
    Player player;
};

} // namespace

TEST_CASE("the player arrives at every stop and ends at the last", "[ui][player]")
{
    Way way(4);
    way.player.start();
    CHECK(way.player.isPlaying());
    CHECK(QTest::qWaitFor([&] { return !way.player.isPlaying(); }, 3000));
    CHECK(way.at == 4);
}

TEST_CASE("pausing is immediate", "[ui][player]")
{
    Way way(1000);
    way.player.start();
    REQUIRE(QTest::qWaitFor([&] { return way.at == 2; }, 3000));
    way.player.pause();
    CHECK_FALSE(way.player.isPlaying());
    const int glides = way.glides;
    QTest::qWait(120);
    CHECK(way.at == 2);
    CHECK(way.glides == glides);
}

TEST_CASE("starting again after a pause does not play twice at once", "[ui][player]")
{
    Way way(1000);
    way.player.setReduceMotion(true);
    for (int i = 0; i < 5; ++i) {
        way.player.start();
        way.player.pause();
    }
    way.player.start();
    QElapsedTimer clock;
    clock.start();
    QTest::qWait(300);
    way.player.pause();
    CHECK(way.at <= clock.elapsed() / 30 + 1);
}

TEST_CASE("speed multiplies, also in the middle of the way", "[ui][player]")
{
    Way slow(1);
    slow.player.setSpeed(0.001);
    slow.player.start();
    QTest::qWait(80);
    CHECK(slow.at == 0);
    slow.player.setSpeed(100);
    CHECK(QTest::qWaitFor([&] { return slow.at == 1; }, 1000));
}

TEST_CASE("the player glides, unless motion is to be reduced", "[ui][player]")
{
    Way moving(1);
    moving.player.setSpeed(0.1);
    moving.player.start();
    CHECK(QTest::qWaitFor([&] { return moving.glides > 2; }, 2000));
    CHECK(moving.inside);

    Way still(2);
    still.player.setReduceMotion(true);
    still.player.start();
    CHECK(QTest::qWaitFor([&] { return still.at == 2; }, 2000));
    CHECK(still.glides == 0);
}

TEST_CASE("a player may be destroyed while it plays", "[ui][player]")
{
    int asked = 0;
    auto player = std::make_unique<Player>([&asked] {
        ++asked;
        return std::optional(std::chrono::milliseconds(10));
    });
    player->start();
    QTest::qWait(40);
    player.reset();
    const int before = asked;
    QTest::qWait(60);
    CHECK(asked == before);
}
