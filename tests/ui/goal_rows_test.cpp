#include "ui/goal_rows.h"

#include "tests/support/catch.h"

#include <QLayout>

using namespace loopscope::ui;

namespace {

std::vector<GoalRow> rows(const QString& first)
{
    return {{QStringLiteral("✓"), Qt::green, first}, {QStringLiteral("○"), Qt::gray, QStringLiteral("done within 2 s")}};
}

const QString shortWords = QStringLiteral("done");
const QString longWords = QStringLiteral("printed at least six times — at first three times, in this run eleven times");

int heightOf(const GoalRows& goal) { return goal.layout()->totalHeightForWidth(goal.width()); }

} // namespace

TEST_CASE("a part of a goal that took two lines keeps their room, so that nothing jumps while a slider moves", "[ui]")
{
    GoalRows goal;
    goal.resize(200, 100);
    goal.setRows(rows(shortWords));
    const int low = heightOf(goal);
    goal.setRows(rows(longWords));
    const int high = heightOf(goal);
    REQUIRE(high > low);
    goal.setRows(rows(shortWords));
    CHECK(heightOf(goal) == high);
}

TEST_CASE("the room of a goal's parts is given back to another goal and at another width", "[ui]")
{
    GoalRows goal;
    goal.resize(200, 100);
    goal.show();
    goal.setRows(rows(shortWords));
    const int low = heightOf(goal);

    goal.setRows(rows(longWords));
    goal.setRows(rows(shortWords));
    goal.forgetRoom();
    CHECK(heightOf(goal) == low);

    goal.setRows(rows(longWords));
    goal.setRows(rows(shortWords));
    REQUIRE(heightOf(goal) > low);
    goal.resize(800, 100);
    CHECK(heightOf(goal) == low);

    goal.resize(200, 100);
    goal.setRows(rows(longWords));
    auto three = rows(shortWords);
    three.push_back(three.back());
    goal.setRows(three);
    goal.setRows(rows(shortWords));
    CHECK(heightOf(goal) == low);
}

TEST_CASE("a sentence in the place of a goal leaves no room behind", "[ui]")
{
    GoalRows goal;
    goal.resize(200, 100);
    goal.setRows({{{}, Qt::gray, longWords}});
    goal.setRows({{QStringLiteral("✓"), Qt::green, shortWords}});
    const int once = heightOf(goal);
    GoalRows fresh;
    fresh.resize(200, 100);
    fresh.setRows({{QStringLiteral("✓"), Qt::green, shortWords}});
    CHECK(once == heightOf(fresh));
}
