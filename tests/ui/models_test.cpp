#include "tests/support/catch.h"
#include "tests/ui/support/test_lessons.h"

#include "ui/lesson_model.h"
#include "ui/moment_models.h"
#include "ui/style.h"
#include "ui/unbroken.h"

#include <QAbstractItemModelTester>

#include <array>

using namespace loopscope;
using namespace loopscope::ui;
using loopscope::tests::testLessons;
using loopscope::tests::testSources;

namespace {

constexpr auto strict = QAbstractItemModelTester::FailureReportingMode::Fatal;

QStringList texts(const QAbstractItemModel& model, int role = Qt::DisplayRole)
{
    QStringList all;
    for (int row = 0; row < model.rowCount(); ++row)
        all += model.index(row, 0).data(role).toString();
    return all;
}

} // namespace

TEST_CASE("the output holds what was printed up to the step, by whom and when", "[ui][models]")
{
    Store store(testLessons(), testSources);
    store.chooseVariant(1);
    OutputModel output(store);
    const QAbstractItemModelTester tester(&output, strict);
    CHECK(output.rowCount() == 0);
    store.setStep(store.lastStep());
    CHECK(texts(output, WhatRole) == QStringList{QStringLiteral("a done"), QStringLiteral("b done")});
    CHECK(texts(output, WhenRole) == QStringList{QStringLiteral("1.000"), QStringLiteral("2.000")});
    CHECK(texts(output, WhoRole) == QStringList{QStringLiteral("job-1"), QStringLiteral("job-2")});
    store.setStep(stepsUntil(store.trace(), TimePoint{seconds(1.5)}));
    CHECK(output.rowCount() == 1);
}

TEST_CASE("the events are the facts up to the furthest step that was seen", "[ui][models]")
{
    Store store(testLessons(), testSources);
    EventModel events(store);
    const QAbstractItemModelTester tester(&events, strict);
    store.setStep(5);
    CHECK(events.rowCount() == 5);
    CHECK(events.index(4, 0).data(StepRole).toULongLong() == 5);
    store.setStep(2); // what lies ahead was seen, and stays
    CHECK(events.rowCount() == 5);
    store.chooseVariant(1);
    CHECK(events.rowCount() == 0);
    for (std::size_t step = 0; step <= store.lastStep(); ++step)
        store.setStep(step);
    CHECK(events.rowCount() == static_cast<int>(store.trace().size()));
    for (int row = 0; row < events.rowCount(); ++row)
        CHECK_FALSE(events.index(row, 0).data(MoreRole).toString().isEmpty());
}

TEST_CASE("lessons stand below their chapters", "[ui][models]")
{
    const Store store(testLessons(), testSources);
    LessonModel model(store);
    const QAbstractItemModelTester tester(&model, strict);
    CHECK(texts(model) == QStringList{QStringLiteral("Waiting"), QStringLiteral("Two waits"),
                                      QStringLiteral("The network"), QStringLiteral("One page")});
    CHECK_FALSE(model.flags(model.index(0, 0)) & Qt::ItemIsSelectable);
    CHECK(model.index(3, 0).data(LessonIndexRole).toInt() == 1);
}

TEST_CASE("a search keeps the lessons with all its words, and their chapters", "[ui][models]")
{
    const Store store(testLessons(), testSources);
    LessonModel model(store);
    LessonFilter filter;
    filter.setSourceModel(&model);
    const QAbstractItemModelTester tester(&filter, strict);
    filter.setSearch(QStringLiteral("PAGE who"));
    CHECK(texts(filter) == QStringList{QStringLiteral("The network"), QStringLiteral("One page")});
    filter.setSearch(QStringLiteral("no such words"));
    CHECK(filter.rowCount() == 0);
    filter.setSearch({});
    CHECK(filter.rowCount() == 4);
}

TEST_CASE("a search shows first what has its words in the title", "[ui][models]")
{
    std::vector<Lesson> lessons(2, testLessons()[0]);
    lessons[0].number = 1;
    lessons[0].chapter = 1;
    lessons[0].chapter_title = "First";
    lessons[0].title = "Tea";
    lessons[0].text = "A lock is not needed.";
    lessons[1].number = 2;
    lessons[1].chapter = 2;
    lessons[1].chapter_title = "Second";
    lessons[1].title = "The lock";
    const Store store(lessons, testSources);
    LessonModel model(store);
    LessonFilter filter;
    filter.setSourceModel(&model);
    const QAbstractItemModelTester tester(&filter, strict);
    filter.setSearch(QStringLiteral("lock"));
    CHECK(texts(filter)
          == QStringList{QStringLiteral("Second"), QStringLiteral("The lock"), QStringLiteral("First"), QStringLiteral("Tea")});
    filter.setSearch({});
    CHECK(texts(filter).front() == QStringLiteral("First"));
}

TEST_CASE("a lesson is found by the words of the field that it introduces", "[ui][models]")
{
    const std::array terms{Term{"deadlock", "Everybody waits for somebody else.", "requests", "asyncio.Lock"}};
    const Store store(Course{.lessons = testLessons(), .beliefs = {}, .glossary = terms, .puzzles = {}}, testSources);
    LessonModel model(store);
    LessonFilter filter;
    filter.setSourceModel(&model);
    filter.setSearch(QStringLiteral("Deadlock"));
    CHECK(texts(filter) == QStringList{QStringLiteral("The network"), QStringLiteral("One page")});
}

TEST_CASE("no number is parted from its unit", "[ui][models]")
{
    const QString space(QChar(0x00A0));
    CHECK(unbroken(QStringLiteral("after 2.0 s, 99 % idle")) == QStringLiteral("after 2.0") + space + QStringLiteral("s, 99") + space + QStringLiteral("% idle"));
    CHECK(unbroken(QStringLiteral("7.7 / s")) == QStringLiteral("7.7") + space + u'/' + space + u's');
    CHECK(unbroken(QStringLiteral("printed 3 times in 50 ms"))
          == QStringLiteral("printed 3") + space + QStringLiteral("times in 50") + space + QStringLiteral("ms"));
    CHECK(unbroken(QStringLiteral("main and 3 sleepers at line 2 say so")) == QStringLiteral("main and 3 sleepers at line 2 say so"));
    CHECK(richText("It takes 2.0 s.").contains(QStringLiteral("2.0") + space + u's'));
}
