#include "tests/support/catch.h"
#include "tests/ui/support/sharing_lesson.h"
#include "tests/ui/support/test_lessons.h"
#include "tests/ui/support/window.h"

#include "ui/chain_bar.h"
#include "ui/findings.h"
#include "ui/just_now.h"
#include "ui/loop_view.h"
#include "ui/output_view.h"
#include "ui/statistics_view.h"
#include "ui/task_stats_model.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QTest>

using namespace loopscope;
using namespace loopscope::ui;
using loopscope::tests::sharingLessons;
using loopscope::tests::testLessons;
using loopscope::tests::testSources;
using loopscope::tests::Window;

namespace {

constexpr auto strict = QAbstractItemModelTester::FailureReportingMode::Fatal;

template <class F>
std::size_t firstStepWith(const Store& store)
{
    for (std::size_t i = 0; i < store.trace().size(); ++i)
        if (std::holds_alternative<F>(store.trace()[i].fact))
            return i + 1;
    FAIL("no such fact");
    return 0;
}

} // namespace

TEST_CASE("the statistics are those of the step, and at the end those of the run", "[ui][statistics]")
{
    Window w;
    w.type("2");
    StatisticsView& statistics = w.window.output().statistics();
    w.window.output().tabs().setCurrentWidget(&statistics);
    CHECK(statistics.stats().tasks == 0);
    w.store.setStep(stepsUntil(w.store.trace(), TimePoint{seconds(1.5)}));
    CHECK(statistics.stats().total == seconds(1.0)); // nothing has happened since
    CHECK(statistics.table().model()->rowCount() == 3);
    w.store.setStep(w.store.lastStep());
    CHECK(statistics.stats().total == w.store.run().stats.total);
    CHECK(statistics.stats().waiting == w.store.run().stats.waiting);
    CHECK(statistics.stats().switches == w.store.run().stats.switches);
}

TEST_CASE("times come before counts, in one order at every step", "[ui][statistics]")
{
    QStringList names;
    for (const Figure& figure : figuresOf(RunStats{}))
        names += figure.name;
    CHECK(names.join(QStringLiteral(", ")).toStdString()
          == "total, busy, idle, waiting, largest gap, switches, iterations, tasks, peak in flight");
}

TEST_CASE("the table of tasks is sorted by its numbers, and a click on a row selects the task", "[ui][statistics]")
{
    Window w;
    w.type("2");
    w.store.setStep(w.store.lastStep());
    StatisticsView& statistics = w.window.output().statistics();
    w.window.output().tabs().setCurrentWidget(&statistics);
    QTableView& table = statistics.table();
    const QAbstractItemModelTester tester(table.model(), strict);
    const auto names = [&] {
        QStringList all;
        for (int row = 0; row < table.model()->rowCount(); ++row)
            all += table.model()->index(row, 0).data().toString();
        return all;
    };
    CHECK(names() == QStringList{QStringLiteral("main"), QStringLiteral("job-1"), QStringLiteral("job-2")});
    table.sortByColumn(TaskStatsModel::Waiting, Qt::AscendingOrder);
    CHECK(names().front() == QStringLiteral("job-1"));
    w.store.setStep(2);
    w.store.setStep(w.store.lastStep());
    CHECK(names().front() == QStringLiteral("job-1"));
    Q_EMIT table.clicked(table.model()->index(0, 0));
    CHECK(w.store.selection() == TaskId{2});
}

TEST_CASE("a deadlock is worth knowing once it has happened, and leads to its event", "[ui][statistics]")
{
    Store store(sharingLessons(), testSources);
    Findings findings(store);
    QStringList sought;
    QObject::connect(&findings, &Findings::seekRequested, &store, &Store::setStep);
    const std::size_t stuck = firstStepWith<LoopStuck>(store);
    store.setStep(stuck - 1);
    CHECK(findings.shown().empty());
    store.setStep(stuck);
    REQUIRE(findings.shown().size() == 1);
    CHECK(findings.shown().front().circle == std::vector{TaskId{2}, TaskId{3}});
    store.setStep(store.lastStep());
    for (QLabel* label : findings.findChildren<QLabel*>())
        if (label->text().contains(QStringLiteral("href")))
            Q_EMIT label->linkActivated(QStringLiteral("0"));
    CHECK(store.step() == stuck);
}

TEST_CASE("a chip leads from a wake to its cause, and back", "[ui][just-now]")
{
    Window w;
    w.store.setStep(w.store.lastStep());
    const std::size_t woken = firstStepWith<TaskWoken>(w.store);
    const std::size_t fired = firstStepWith<TimerFired>(w.store);
    w.store.setStep(woken);
    ChainBar& chain = w.window.findChild<JustNow*>()->chain();
    REQUIRE(chain.cause().isVisible());
    CHECK(chain.cause().text().contains(QStringLiteral("timer fired")));
    CHECK(chain.consequence().accessibleName() == QStringLiteral("Led to: main · task stepped"));
    CHECK_FALSE(chain.back().isVisible());
    QTest::mouseClick(&chain.cause(), Qt::LeftButton);
    CHECK(w.store.step() == fired);
    REQUIRE(chain.back().isVisible());
    QTest::mouseClick(&chain.back(), Qt::LeftButton);
    CHECK(w.store.step() == woken);
    CHECK_FALSE(chain.back().isVisible());
    QTest::mouseClick(&chain.cause(), Qt::LeftButton);
    w.press(Qt::Key_Right); // whoever goes on does not want back
    CHECK_FALSE(chain.back().isVisible());
}

TEST_CASE("what an event led to is not told before it was seen", "[ui][just-now]")
{
    Window w;
    const std::size_t woken = firstStepWith<TaskWoken>(w.store);
    w.store.setStep(woken);
    ChainBar& chain = w.window.findChild<JustNow*>()->chain();
    CHECK(chain.cause().isVisible());
    CHECK_FALSE(chain.consequence().isVisible());
}

TEST_CASE("the chips of the loop are reached and told by keyboard", "[ui][loop]")
{
    Window w;
    w.type("2");
    w.store.setStep(stepsUntil(w.store.trace(), TimePoint{seconds(0.5)}));
    LoopView& loop = w.window.loop();
    loop.setFocus();
    QTest::keyClick(&loop, Qt::Key_Down);
    CHECK(loop.currentChip() == QStringLiteral("t2"));
    CHECK(loop.accessibleDescription().startsWith(QStringLiteral("job-1, timers, 1 of 2, due 1.000 s")));
    QTest::keyClick(&loop, Qt::Key_Down);
    QTest::keyClick(&loop, Qt::Key_Return);
    CHECK(w.store.selection() == TaskId{3});
    const std::size_t step = w.store.step();
    QTest::keyClick(&loop, Qt::Key_Left);
    CHECK(w.store.step() == step - 1);
}

TEST_CASE("a callback in the ready queue is called by whom it is for", "[ui][loop]")
{
    Store store(testLessons(), testSources);
    store.chooseVariant(1);
    LoopView loop(store);
    store.setStep(firstStepWith<TimerFired>(store));
    bool found = false;
    for (const LoopPlace& place : loop.places())
        for (const LoopChip& chip : place.chips)
            if (chip.detail == QStringLiteral("sleep is over")) {
                CHECK(place.title == QStringLiteral("READY QUEUE"));
                CHECK(chip.title == QStringLiteral("job-1"));
                found = true;
            }
    CHECK(found);
}

TEST_CASE("a task that waits for a lock stands in a place of its own", "[ui][loop]")
{
    Store store(sharingLessons(), testSources);
    LoopView loop(store);
    store.setStep(firstStepWith<LoopStuck>(store));
    std::vector<QString> titles;
    for (const LoopPlace& place : loop.places())
        if (place.title == QStringLiteral("LOCKS AND QUEUES"))
            for (const LoopChip& chip : place.chips)
                titles.push_back(chip.title);
    CHECK(titles == std::vector<QString>{QStringLiteral("b"), QStringLiteral("a")}); // lock by lock
}
