#include "ui/hint.h"

#include "tests/ui/support/window.h"

using namespace loopscope;
using namespace loopscope::ui;
using loopscope::tests::Window;

namespace {

struct HintWindow : Window {
    HintWindow() { store.chooseVariant(1); }
    Hint& hint() { return *window.findChild<Hint*>(); }
    QString said() { return hint().isVisible() ? hint().text() : QString(); }
};

} // namespace

TEST_CASE("a key that finds nothing further on says so", "[ui][hint]")
{
    HintWindow w;
    CHECK(w.said().isEmpty());
    w.press(Qt::Key_BracketLeft);
    CHECK(w.said() == QStringLiteral("Nothing before this moment led to it: here is where it begins."));
    w.press(Qt::Key_End);
    CHECK(w.said().isEmpty()); // it spoke of another moment
    w.press(Qt::Key_BracketRight);
    CHECK(w.said() == QStringLiteral("What happens here has no effect further on."));
    w.press(Qt::Key_Period);
    CHECK(w.said() == QStringLiteral("Nothing happens on the loop's lane after this moment."));
    w.store.select(TaskId{2});
    w.press(Qt::Key_Period);
    CHECK(w.said() == QStringLiteral("Nothing happens to job-1 after this moment."));
}

TEST_CASE("running on with no stop ahead says that the end was reached", "[ui][hint]")
{
    HintWindow w;
    LessonMarks marks;
    marks.toggle(Breakpoint::atTask("job-1"));
    w.store.setMarks(marks);
    w.press(Qt::Key_F5);
    CHECK(w.store.stoppedBy());
    CHECK(w.said().isEmpty());
    w.press(Qt::Key_End);
    w.press(Qt::Key_F5);
    CHECK(w.said() == QStringLiteral("No stop comes any more: this is the end of the run."));
}

TEST_CASE("a hint moves nothing, lies inside its room, and clicks go through it", "[ui][hint]")
{
    HintWindow w;
    for (const QSize size : {QSize(1440, 900), QSize(1100, 700)}) {
        w.window.resize(size);
        QTest::qWait(1);
        const QRect before = w.lanes().geometry();
        w.hint().say(QStringLiteral("There is nothing to stop at yet, and this sentence is long enough for two lines "
                                    "of the hint, so that it has to break somewhere."));
        CHECK(w.lanes().geometry() == before);
        CHECK(w.hint().parentWidget()->rect().contains(w.hint().geometry()));
        CHECK(w.hint().heightForWidth(w.hint().width()) <= w.hint().height());
        const QPoint middle = w.hint().geometry().center();
        CHECK(w.hint().parentWidget()->childAt(middle) != &w.hint());
        w.hint().forget();
    }
}
