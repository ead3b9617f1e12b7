#include "tests/support/catch.h"
#include "tests/ui/support/sharing_lesson.h"
#include "tests/ui/support/test_lessons.h"
#include "tests/ui/support/window.h"

#include "core/trace/explain.h"

#include "ui/event_filter.h"
#include "ui/events_view.h"
#include "ui/moment_list.h"
#include "ui/moment_models.h"
#include "ui/output_view.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTabWidget>
#include <QTest>

using namespace loopscope;
using namespace loopscope::ui;
using loopscope::tests::sharingLessons;
using loopscope::tests::testLessons;
using loopscope::tests::testSources;
using loopscope::tests::Window;

namespace {

constexpr auto strict = QAbstractItemModelTester::FailureReportingMode::Fatal;

} // namespace

TEST_CASE("events are filtered by kind, by task and by words", "[ui][events]")
{
    Store store(testLessons(), testSources);
    store.chooseVariant(1);
    store.setStep(store.lastStep());
    EventModel events(store);
    EventFilterModel filter;
    filter.setSourceModel(&events);
    const QAbstractItemModelTester tester(&filter, strict);
    CHECK(filter.rowCount() == events.rowCount());

    EventFilter timers;
    for (const FactGroup group : all_fact_groups)
        if (group != FactGroup::Timers)
            timers.hidden.insert(group);
    filter.setFilter(timers);
    CHECK(filter.rowCount() == 4); // two set, two fired
    for (int row = 0; row < filter.rowCount(); ++row)
        CHECK(group_of(store.trace()[filter.index(row, 0).data(StepRole).toULongLong() - 1].fact) == FactGroup::Timers);

    timers.task = TaskId{3};
    filter.setFilter(timers);
    CHECK(filter.rowCount() == 2);
    filter.setFilter({.hidden = {}, .task = {}, .text = QStringLiteral("JOB-2 prints")});
    CHECK(filter.rowCount() == 1);
    filter.setFilter({.hidden = {}, .task = {}, .text = QStringLiteral("nothing like that")});
    CHECK(filter.rowCount() == 0);
    filter.setFilter({});
    CHECK(filter.rowCount() == events.rowCount());
}

TEST_CASE("an event is called in the list as it is called when it has just happened", "[ui][events]")
{
    Store store(testLessons(), testSources);
    store.chooseVariant(1);
    store.setStep(store.lastStep());
    EventModel events(store);
    const QModelIndex last = events.index(events.rowCount() - 1, 0);
    CHECK(last.data(WhatRole).toString() == QStringLiteral("the loop is closed"));
    CHECK(last.data(EventNumberRole).toString() == QString::number(store.lastStep()));
    bool anyNamed = false;
    for (int row = 0; row < events.rowCount(); ++row) {
        const QModelIndex index = events.index(row, 0);
        const QString headline = QString::fromStdString(explain(store.trace(), static_cast<std::size_t>(row)).headline);
        const QString title = index.data(WhatRole).toString();
        const QString who = index.data(WhoRole).toString();
        INFO(headline.toStdString() << ", " << title.toStdString());
        CHECK((title == headline || who + u' ' + title == headline));
        CHECK_FALSE(title.startsWith(who + u' ')); // which stands beside it
        anyNamed = anyNamed || title != headline;
    }
    CHECK(anyNamed);
}

TEST_CASE("the event list says what it leaves out, and one click shows everything again", "[ui][events]")
{
    Window w;
    w.type("2");
    w.store.setStep(w.store.lastStep());
    EventsView& events = w.window.output().events();
    w.window.output().tabs().setCurrentWidget(&events);
    const int all = events.list().model()->rowCount();
    CHECK(events.state() == QStringLiteral("%1 events").arg(all));
    CHECK_FALSE(events.clear().isVisible());
    CHECK_FALSE(events.oneTask().isEnabled());

    QTest::keyClicks(&events.search(), QStringLiteral("prints"));
    CHECK(events.state() == QStringLiteral("2 of %1 · “prints”").arg(all));
    CHECK(events.clear().isVisible());
    w.store.select(TaskId{2});
    CHECK(events.oneTask().text() == QStringLiteral("Only job-1"));
    QTest::mouseClick(&events.oneTask(), Qt::LeftButton);
    CHECK(events.state() == QStringLiteral("1 of %1 · job-1 · “prints”").arg(all));
    w.store.select(TaskId{3}); // the filter stays with the task it was asked for
    CHECK(events.list().model()->rowCount() == 1);
    events.kinds().actions().front()->trigger();
    QTest::mouseClick(&events.clear(), Qt::LeftButton);
    CHECK(events.list().model()->rowCount() == all);
    CHECK(events.search().text().isEmpty());
    CHECK_FALSE(events.oneTask().isChecked());
    CHECK(events.kinds().actions().front()->isChecked());
    CHECK_FALSE(events.clear().isVisible());
}

TEST_CASE("an event that was seen stays in the list when the playhead goes back, and Return goes to it", "[ui][events]")
{
    Window w;
    w.store.setStep(12);
    w.store.setStep(3);
    EventsView& events = w.window.output().events();
    w.window.output().tabs().setCurrentWidget(&events);
    CHECK(events.list().model()->rowCount() == 12);
    events.list().setFocus();
    events.list().setCurrentIndex(events.list().model()->index(8, 0));
    QTest::keyClick(&events.list(), Qt::Key_Down);
    QTest::keyClick(&events.list(), Qt::Key_Return);
    CHECK(w.store.step() == 10);
}

TEST_CASE("a hundred thousand events are filtered within a moment", "[ui][events]")
{
    Store store(sharingLessons(), testSources);
    store.chooseVariant(1);
    store.setStep(store.lastStep());
    REQUIRE(store.trace().size() > 60'000);
    EventModel events(store);
    EventFilterModel filter;
    filter.setSourceModel(&events);
    QElapsedTimer timer;
    timer.start();
    filter.setFilter({.hidden = {FactGroup::Tasks}, .task = TaskId{1}, .text = {}});
    filter.setFilter({.hidden = {}, .task = {}, .text = QStringLiteral("yielded")});
    CHECK(filter.rowCount() == 20'000);
    CHECK(filter.index(19'999, 0).data(MoreRole).toString().startsWith(QStringLiteral("main calls sleep(0)")));
    CHECK(timer.elapsed() < 3000); // a debug build on a busy machine; a release build takes a few hundredths
}
