#include "tests/support/catch.h"

#include "app/application.h"
#include "lessons/catalog.h"

#include "ui/code_pane.h"
#include "ui/event_anchor.h"
#include "ui/lesson_list.h"
#include "ui/lesson_model.h"
#include "ui/main_window.h"
#include "ui/source_view.h"
#include "ui/stepping.h"
#include "ui/store.h"

#include <QLineEdit>
#include <QListView>
#include <QScrollBar>
#include <QTest>

#include <algorithm>

// What must hold in every lesson for a person who walks through it.

using namespace loopscope;
using namespace loopscope::ui;

namespace {

template <class Visit>
void forEachVariant(Store& store, Visit visit)
{
    for (std::size_t lesson = 0; lesson < store.lessons().size(); ++lesson) {
        store.openLesson(lesson);
        for (std::size_t variant = 0; variant < store.lesson().variants.size(); ++variant) {
            store.chooseVariant(variant);
            INFO(store.lesson().id << " " << store.variant().name);
            visit();
        }
    }
}

/// The whole course in a window of this size, and its list.
struct ListOfLessons {
    explicit ListOfLessons(QSize size)
    {
        window.resize(size);
        window.show();
        QTest::qWait(1);
    }

    Store store{lessons::course(), app::sourcesOf};
    MainWindow window{store};
    LessonList& lessons = *window.findChild<LessonList*>();
};

} // namespace

TEST_CASE("in every lesson, back is the inverse of forward whatever one steps by", "[app][walk]")
{
    Store store(lessons::course(), app::sourcesOf);
    forEachVariant(store, [&] {
        const Trace& trace = store.trace();
        const auto walk = [&](StepBy by, TaskId followed) {
            for (std::size_t step = 0; step < trace.size();) {
                const std::size_t next = nextStop(trace, step, by, followed);
                REQUIRE(next > step);
                REQUIRE(previousStop(trace, next, by, followed) == step);
                step = next;
            }
        };
        for (const StepBy by : {StepBy::Event, StepBy::Switch, StepBy::Iteration})
            walk(by, {});
        for (std::uint32_t id = 1; id <= std::min<std::size_t>(trace.task_count(), 12); ++id)
            walk(StepBy::Task, TaskId{id});
    });
}

TEST_CASE("in every lesson, each line that ran is reached in both directions, and stops there", "[app][walk]")
{
    Store store(lessons::course(), app::sourcesOf);
    forEachVariant(store, [&] {
        const LineVisits& visits = store.lineVisits();
        CHECK_FALSE(visits.all().empty());
        std::size_t last = 0;
        for (const LineVisit& visit : visits.all()) {
            REQUIRE(visit.event >= last); // one moment each, in order
            last = visit.event;
            REQUIRE(visits.next(visit.line, visit.event) == visit);
            REQUIRE(visits.previous(visit.line, visit.event + 2) == visit);
            REQUIRE(visits.at(visit.event) == visit);
            const auto hit = breakpointAt({.breakpoints = {Breakpoint::atLine(visit.line)}, .bookmarks = {}},
                                          store.trace(), visits, visit.event);
            REQUIRE(hit == 0u);
        }
    });
}

TEST_CASE("in every lesson, code fits its pane at both sizes and badges keep off it", "[app][walk]")
{
    Store store(lessons::course(), app::sourcesOf);
    MainWindow window(store);
    CodePane& pane = window.source().pane();
    for (const QSize size : {QSize(1440, 900), QSize(1100, 700)}) {
        window.resize(size);
        window.show();
        QTest::qWait(1);
        forEachVariant(store, [&] {
            for (const Language language : {Language::Python, Language::Cpp}) {
                store.setLanguage(language);
                for (std::size_t row = 0; row < pane.lines().size(); ++row) {
                    INFO(pane.lines()[row].text);
                    const auto& pieces = pane.codeLayout().lines[row].pieces;
                    CHECK(pieces.size() <= (size.width() == 1440 ? 1u : 3u));
                    CHECK(pane.codeEnd(row) <= pane.viewport()->width());
                }
                CHECK(pane.horizontalScrollBar()->maximum() == 0);
                for (std::size_t step = 1; step <= store.lastStep(); step += 1 + store.lastStep() / 12) {
                    store.setStep(step);
                    for (std::size_t row = 0; row < pane.lines().size(); ++row) {
                        REQUIRE(pane.badges()[row].empty() == pane.badgeRects(row).empty());
                        for (const QRectF& badge : pane.badgeRects(row))
                            REQUIRE(badge.left() >= pane.codeEnd(row));
                    }
                }
            }
        });
    }
}

TEST_CASE("what is on screen is what painting all of it anew would give", "[app][walk]")
{
    Store store(lessons::course(), app::sourcesOf);
    store.setReduceMotion(true);
    MainWindow window(store);
    window.resize(1440, 900);
    window.show();
    const auto check = [&](const char* after) {
        for (int turn = 0; turn < 4; ++turn)
            QCoreApplication::processEvents();
        const QImage shown = window.screen()->grabWindow(window.winId()).toImage().convertToFormat(QImage::Format_RGB32);
        const QImage anew = window.grab().toImage().convertToFormat(QImage::Format_RGB32);
        REQUIRE(shown.size() == anew.size());
        QRect differs;
        for (int y = 0; y < anew.height(); ++y)
            for (int x = 0; x < anew.width(); ++x)
                if (shown.pixel(x, y) != anew.pixel(x, y))
                    differs |= QRect(x, y, 1, 1);
        INFO(store.lesson().id << "." << store.variant().name << " " << after << ": " << differs.x() << ", " << differs.y() << " "
                               << differs.width() << " by " << differs.height());
        CHECK(differs.isEmpty());
    };
    for (std::size_t lesson = 0; lesson < store.lessons().size(); ++lesson) {
        store.openLesson(lesson);
        check("open");
        for (const Language language : {Language::Cpp, Language::Python}) {
            store.setLanguage(language);
            for (std::size_t variant = 0; variant < store.lesson().variants.size(); ++variant) {
                store.chooseVariant(variant);
                store.setStep(store.lastStep() / 3);
                store.setStep(store.lastStep() / 2);
                check("in the middle");
                store.stepForward();
                check("a step on");
            }
        }
        Values values = store.values();
        for (const Parameter& parameter : store.lesson().parameters)
            if (const auto* range = std::get_if<NumberRange>(&parameter.range))
                values.set(parameter.name, range->high);
        store.setValues(values);
        check("with other values");
        store.setStep(store.step() / 2);
        check("back");
        if (store.lesson().variants.size() < 2)
            continue;
        store.compare();
        store.setStep(store.lastStep() / 2);
        check("compared");
        store.setValues(initial_values(store.lesson()));
        check("compared, with the first values");
    }
}

TEST_CASE("a comparison is about the run on screen, and gives its place and its zoom back", "[app][walk]")
{
    Store store(lessons::course(), app::sourcesOf);
    MainWindow window(store);
    window.show();
    std::size_t lesson = 0; // one whose comparison leaves a variant out
    while (store.lesson().variants.size() < 3)
        store.openLesson(++lesson);
    std::size_t other = 0;
    while (other == store.comparedSides().first.variant || other == store.comparedSides().second.variant)
        ++other;
    store.chooseVariant(other);
    store.setStep(2);
    store.setZoom({0.25, 0.75});
    QTest::keyClick(&window, Qt::Key_C);
    REQUIRE(store.mode() == Mode::Compare);
    CHECK(store.comparedVariants().second == other);
    CHECK(store.zoom() == Zoom{});
    store.compareVariants((other + 1) % 3, (other + 2) % 3); // and then about others
    QTest::keyClick(&window, Qt::Key_Escape);
    CHECK(store.mode() == Mode::Run);
    CHECK(store.variantIndex() == other);
    CHECK(store.step() == 2);
    CHECK(store.zoom() == Zoom{0.25, 0.75});
}

TEST_CASE("rows of lessons never lie on each other, whatever the list was last searched for", "[app][walk]")
{
    ListOfLessons w({1440, 900});
    const QListView& list = w.lessons.list();
    const auto check = [&] {
        for (int turn = 0; turn < 4; ++turn)
            QCoreApplication::processEvents();
        for (int row = 1; row < list.model()->rowCount(); ++row) {
            const QModelIndex index = list.model()->index(row, 0);
            INFO(index.data().toString().toStdString());
            CHECK(list.visualRect(index).top() == list.visualRect(index.siblingAtRow(row - 1)).bottom() + 1);
            CHECK(list.visualRect(index).height() == list.sizeHintForIndex(index).height());
        }
    };
    check();
    for (const QString& search : {QStringLiteral("three pages"), QString()}) {
        w.lessons.search().setText(search);
        check();
    }
    for (const int width : {1100, 1700, 1440}) {
        w.window.resize(width, 900);
        check();
    }
    w.lessons.search().setText(QStringLiteral("three pages"));
    w.store.openLesson(2); // which the search hides
    CHECK(w.lessons.search().text().isEmpty());
}

TEST_CASE("whichever lesson is open, its row is in view in the list", "[app][walk]")
{
    ListOfLessons w({1100, 700});
    const QListView& list = w.lessons.list();
    Store& store = w.store;
    for (std::size_t lesson = 0; lesson < store.lessons().size(); ++lesson) {
        store.openLesson(lesson);
        QCoreApplication::processEvents();
        INFO(store.lesson().id);
        CHECK(list.currentIndex().data(LessonIndexRole).toInt() == static_cast<int>(lesson));
        CHECK(list.viewport()->rect().contains(list.visualRect(list.currentIndex())));
    }
}
