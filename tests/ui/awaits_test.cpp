#include "tests/support/catch.h"
#include "tests/ui/support/sharing_lesson.h"
#include "tests/ui/support/test_lessons.h"
#include "tests/ui/support/window.h"

#include "ui/await_tree_model.h"
#include "ui/await_tree_view.h"
#include "ui/output_view.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QTabWidget>
#include <QTest>
#include <QTreeView>

using namespace loopscope;
using namespace loopscope::ui;
using loopscope::tests::sharingLessons;
using loopscope::tests::testLessons;
using loopscope::tests::testSources;
using loopscope::tests::Window;

namespace {

constexpr auto strict = QAbstractItemModelTester::FailureReportingMode::Fatal;

void add(QStringList& lines, const QAbstractItemModel& model, const QModelIndex& parent, int depth)
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        lines += QString(depth, QLatin1Char('>')) + index.data().toString();
        add(lines, model, index, depth + 1);
    }
}

QStringList linesOf(const QAbstractItemModel& model)
{
    QStringList lines;
    add(lines, model, {}, 0);
    return lines;
}

} // namespace

TEST_CASE("the await tree follows every step forwards and back, and is then what it is from the start", "[ui][awaits]")
{
    for (const auto lessons : {testLessons(), sharingLessons().subspan(0, 1)}) {
        Store store(lessons, testSources);
        AwaitTreeModel model(store);
        const QAbstractItemModelTester tester(&model, strict);
        std::vector<QStringList> forwards;
        for (std::size_t step = 0; step <= store.lastStep(); ++step) {
            store.setStep(step);
            model.refresh();
            forwards.push_back(linesOf(model));
        }
        for (std::size_t step = store.lastStep(); step-- > 0;) {
            store.setStep(step);
            model.refresh();
            CHECK(linesOf(model) == forwards[step]);
        }
    }
}

TEST_CASE("what stays in the await tree keeps its row, so that nothing folds from step to step", "[ui][awaits]")
{
    Store store(testLessons(), testSources);
    store.chooseVariant(1);
    AwaitTreeModel model(store);
    store.setStep(stepsUntil(store.trace(), TimePoint{seconds(0.5)}));
    model.refresh();
    const QPersistentModelIndex second = model.indexOf(TaskId{3});
    REQUIRE(second.isValid());
    CHECK(second.data().toString() == QStringLiteral("job-2"));
    store.setStep(stepsUntil(store.trace(), TimePoint{seconds(0.5)}) + 1);
    model.refresh();
    CHECK(second.isValid());
    CHECK(second == model.indexOf(TaskId{3}));
}

TEST_CASE("a click on a task of the await tree selects it; what a person folds stays folded", "[ui][awaits]")
{
    Window w;
    w.type("2");
    w.store.setStep(stepsUntil(w.store.trace(), TimePoint{seconds(0.5)}));
    AwaitTreeView& awaits = w.window.output().awaits();
    w.window.output().tabs().setCurrentWidget(&awaits);
    QTreeView& tree = awaits.tree();
    const QModelIndex job = awaits.model().indexOf(TaskId{2});
    REQUIRE(job.isValid());
    CHECK(tree.isExpanded(job));
    tree.scrollTo(job);
    QTest::mouseClick(tree.viewport(), Qt::LeftButton, {}, tree.visualRect(job).center());
    CHECK(w.store.selection() == TaskId{2});

    tree.setFocus();
    tree.setCurrentIndex(job);
    QTest::keyClick(&tree, Qt::Key_Left, Qt::ShiftModifier);
    CHECK_FALSE(tree.isExpanded(awaits.model().indexOf(TaskId{2})));
    const std::size_t step = w.store.step();
    QTest::keyClick(&tree, Qt::Key_Left); // the playhead's
    CHECK(w.store.step() == step - 1);
    QTest::keyClick(&tree, Qt::Key_Right);
    REQUIRE(w.store.step() == step);
    CHECK_FALSE(tree.isExpanded(awaits.model().indexOf(TaskId{2})));
    w.store.setStep(w.store.lastStep());
    const QModelIndex ended = awaits.model().index(awaits.model().rowCount() - 1, 0);
    CHECK(ended.data().toString() == QStringLiteral("ended"));
    CHECK_FALSE(tree.isExpanded(ended));
}

TEST_CASE("a deadlock is marked all the way round and told in words", "[ui][awaits]")
{
    Store store(sharingLessons(), testSources);
    AwaitTreeView awaits(store);
    awaits.resize(340, 300);
    awaits.show();
    CHECK(awaits.circleWords().isEmpty());
    store.setStep(store.lastStep());
    std::size_t stuck = 0;
    while (!std::holds_alternative<LoopStuck>(store.trace()[stuck].fact))
        ++stuck;
    store.setStep(stuck + 1);
    CHECK(awaits.circleWords().contains(QStringLiteral("a waits for the lock right, which b holds, and b waits for the lock left, which a holds")));
    const QModelIndex a = awaits.model().indexOf(TaskId{2});
    CHECK(a.data(AwaitCircleRole).toBool());
    CHECK(a.data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("in a circle")));
    CHECK_FALSE(awaits.model().indexOf(TaskId{1}).data(AwaitCircleRole).toBool());
}
