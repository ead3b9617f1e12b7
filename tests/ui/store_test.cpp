#include "ui/store.h"

#include "tests/support/catch.h"
#include "tests/ui/support/test_lessons.h"

#include <QSignalSpy>

using namespace loopscope;
using namespace loopscope::ui;
using loopscope::tests::testLessons;
using loopscope::tests::testSources;

namespace {

Values with(const Store& store, std::string_view name, double value)
{
    Values values = store.values();
    values.set(name, value);
    return values;
}

} // namespace

TEST_CASE("a store opens its first lesson at the start of its run", "[ui][store]")
{
    const Store store(testLessons(), testSources);
    CHECK(store.lesson().id == "waits");
    CHECK(store.variant().name == "one-by-one");
    CHECK(store.step() == 0);
    CHECK(store.reached() == 0);
    CHECK(to_seconds(store.run().stats.total) == 3.0);
}

TEST_CASE("the snapshot follows the step, both ways", "[ui][store]")
{
    Store store(testLessons(), testSources);
    store.setStep(7);
    const Snapshot there = store.snapshot();
    store.setStep(store.lastStep());
    store.setStep(7);
    CHECK(store.snapshot() == there);
    CHECK(store.snapshot().step == 7);
    CHECK(store.reached() == store.lastStep());
}

TEST_CASE("a step beyond the end is the end", "[ui][store]")
{
    Store store(testLessons(), testSources);
    store.setStep(1'000'000);
    CHECK(store.step() == store.trace().size());
    store.stepForward();
    CHECK(store.step() == store.trace().size());
}

TEST_CASE("new values run the scenario anew and keep the moment", "[ui][store]")
{
    Store store(testLessons(), testSources);
    store.setStep(stepsUntil(store.trace(), TimePoint{seconds(1.0)}));
    QSignalSpy runs(&store, &Store::runChanged);
    store.setValues(with(store, "b", 4.0));
    CHECK(runs.count() == 1);
    CHECK(to_seconds(store.run().stats.total) == 5.0);
    CHECK(to_seconds(store.position().when) == 1.0);
    CHECK(store.run().run.values == store.values());
}

TEST_CASE("new values at the end show the new end", "[ui][store]")
{
    Store store(testLessons(), testSources);
    store.setStep(store.lastStep());
    store.setValues(with(store, "a", 0.3));
    CHECK(store.step() == store.trace().size());
    CHECK(to_seconds(store.position().when) == 2.3);
}

TEST_CASE("who tries out values sees the whole run from then on", "[ui][store]")
{
    Store store(testLessons(), testSources);
    store.setValues(with(store, "a", 0.5));
    CHECK(store.step() == 0);
    CHECK(store.reached() == store.trace().size());
}

TEST_CASE("another variant begins at its start, unknown again", "[ui][store]")
{
    Store store(testLessons(), testSources);
    store.setStep(store.lastStep());
    store.chooseVariant(1);
    CHECK(store.variant().name == "together");
    CHECK(store.step() == 0);
    CHECK(store.reached() == 0);
    CHECK(to_seconds(store.run().stats.total) == 2.0);
}

TEST_CASE("a comparison has one axis of time and goes from moment to moment of both", "[ui][store]")
{
    Store store(testLessons(), testSources);
    store.compare();
    REQUIRE(store.mode() == Mode::Compare);
    std::vector<double> moments;
    for (const TimePoint moment : store.comparison().moments)
        moments.push_back(to_seconds(moment));
    CHECK(moments == std::vector<double>{0.0, 1.0, 2.0, 3.0});
    CHECK(store.step() == store.lastStep());
    CHECK(store.scale(100).blend() == 0.0);
    CHECK(to_seconds(store.scale(100).end()) == 3.0);
    store.stepBack();
    CHECK(to_seconds(store.position().when) == 2.0);
    CHECK(store.comparison().numbers.ratio == Approx(1.5));
}

TEST_CASE("a comparison follows new values too", "[ui][store]")
{
    Store store(testLessons(), testSources);
    store.compare();
    store.setValues(with(store, "a", 2.0));
    CHECK(to_seconds(store.comparison().a->stats.total) == 4.0);
    CHECK(to_seconds(store.comparison().b->stats.total) == 2.0);
    CHECK(store.step() == store.lastStep());
}

TEST_CASE("the playhead glides between two steps without arriving", "[ui][store]")
{
    Store store(testLessons(), testSources);
    std::size_t asleep = 0; // the step before time passes
    while (store.trace().when(asleep) == TimePoint{})
        ++asleep;
    store.setStep(asleep);
    store.setGlide(0.5);
    CHECK(to_seconds(store.position().when) == 0.5);
    CHECK(store.snapshot().step == asleep);
    store.stepBack();
    CHECK(store.step() == asleep);
    CHECK(to_seconds(store.position().when) == 0.0);
}

TEST_CASE("another lesson brings its own values, variants and texts", "[ui][store]")
{
    Store store(testLessons(), testSources);
    QSignalSpy lessons(&store, &Store::lessonChanged);
    store.openLesson(1);
    CHECK(lessons.count() == 1);
    CHECK(store.lesson().id == "requests");
    CHECK(store.values() == initial_values(testLessons()[1]));
    CHECK(store.mode() == Mode::Run);
}

TEST_CASE("a scenario that cannot be started becomes a sentence and an empty run", "[ui][store]")
{
    std::vector<Lesson> lessons(testLessons().begin(), testLessons().end());
    lessons[0].variants[1].start = [](EventLoop&, const Values&) -> Coro<void> {
        throw std::runtime_error("no stage");
    };
    Store store(lessons, testSources);
    store.chooseVariant(1);
    CHECK(store.notice().contains(QStringLiteral("Together")));
    CHECK(store.notice().contains(QStringLiteral("no stage")));
    CHECK(store.noticeIsError());
    CHECK(store.trace().task_count() == 0);
    store.chooseVariant(0);
    CHECK(store.notice().isEmpty());
}
