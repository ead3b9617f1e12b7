#include "tests/ui/support/window.h"

#include "ui/wait_grip.h"

#include <cmath>

namespace loopscope::tests {
namespace {

using namespace ui;

struct GripWindow : Window {
    GripWindow()
    {
        store.chooseVariant(1); // both waits at once: 1.0 and 2.0
        store.setStep(store.lastStep());
        store.setBlend(0);
    }
    WaitGrip& grip() { return window.timeline().grip(); }

    // The end of the wait of this length on a task's lane.
    QPoint endOf(double length)
    {
        for (const Bar& bar : lanes().scene().bars)
            if (bar.kind == SpanKind::Waiting && bar.task && store.trace().display_name(bar.task) != "main"
                && std::abs(to_seconds(bar.to - bar.from) - length) < 1e-6)
                return {static_cast<int>(std::lround(bar.box.right())),
                        static_cast<int>(bar.box.y + bar.box.height / 2)};
        FAIL("there is no such wait");
        return {};
    }
    void hover(QPoint at)
    {
        QTest::mouseMove(lanes().viewport(), at + QPoint(30, 40));
        QTest::mouseMove(lanes().viewport(), at);
        QCoreApplication::processEvents();
        QMouseEvent move(QEvent::MouseMove, QPointF(at), lanes().viewport()->mapToGlobal(QPointF(at)), Qt::NoButton,
                         Qt::NoButton, Qt::NoModifier);
        QApplication::sendEvent(lanes().viewport(), &move);
    }
    // Takes hold of the grip, and moves so far from where it was taken.
    void drag(int by)
    {
        if (!grip().isDragging()) {
            const QPoint middle = grip().rect().center();
            takenAt = grip().mapToGlobal(QPointF(middle));
            QTest::mousePress(&grip(), Qt::LeftButton, {}, middle);
        }
        const QPointF to = takenAt + QPointF(by, 0);
        QMouseEvent move(QEvent::MouseMove, grip().mapFromGlobal(to), to, Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&grip(), &move);
    }
    void release() { QTest::mouseRelease(&grip(), Qt::LeftButton, {}, grip().rect().center()); }

    QPointF takenAt;
};

TEST_CASE("dragging the end of a wait sets its parameter, live, as one change", "[ui][grip]")
{
    GripWindow w;
    const QPoint end = w.endOf(1.0);
    w.hover(end);
    REQUIRE(w.grip().isVisible());
    CHECK(w.grip().cursor().shape() == Qt::SizeHorCursor);
    CHECK(w.grip().wait()->parameter->name == "a");
    const double perSecond = (w.endOf(2.0).x() - end.x()) / 1.0;

    w.drag(static_cast<int>(std::lround(perSecond * 0.52)));
    CHECK(w.store.values().number("a") == Approx(1.5)); // on the slider's steps
    CHECK(std::abs(w.endOf(1.5).x() - (end.x() + perSecond * 0.5)) <= 2); // the run follows, under the pointer
    CHECK(w.grip().accessibleDescription() == QStringLiteral("wait a: 1.5 s"));
    w.drag(static_cast<int>(std::lround(perSecond * 9)));
    CHECK(w.store.values().number("a") == Approx(5.0)); // within its range
    w.release();
    CHECK_FALSE(w.grip().isVisible());
    CHECK(w.store.run().stats.makespan == seconds(5));

    w.press(Qt::Key_Z, Qt::ControlModifier);
    CHECK(w.store.values().number("a") == Approx(1.0));
}

TEST_CASE("Escape takes a drag back, and nothing is left to undo", "[ui][grip]")
{
    GripWindow w;
    w.hover(w.endOf(2.0));
    REQUIRE(w.grip().isVisible());
    w.drag(-60);
    CHECK(w.store.values().number("b") < 2.0);
    const std::size_t step = w.store.step();
    w.press(Qt::Key_Left); // no other key does anything meanwhile
    w.press(Qt::Key_1);
    CHECK(w.store.step() == step);
    CHECK(w.store.variant().name == "together");
    CHECK(w.grip().isDragging());
    w.press(Qt::Key_Escape);
    CHECK(w.store.values().number("b") == Approx(2.0));
    CHECK_FALSE(w.grip().isDragging());
    CHECK_FALSE(w.window.undoStack().canUndo());
}

TEST_CASE("what has not ended yet, and what no parameter gives, has no grip", "[ui][grip]")
{
    GripWindow w;
    const QPoint end = w.endOf(2.0);
    w.store.setStep(w.store.lastStep() / 2);
    w.hover(end);
    CHECK_FALSE(w.grip().isVisible());
    w.store.setStep(w.store.lastStep());
    w.hover(end + QPoint(0, 200));
    CHECK_FALSE(w.grip().isVisible());
    for (const Bar& bar : w.lanes().scene().bars)
        if (bar.kind == SpanKind::Waiting && w.store.trace().display_name(bar.task) == "main") {
            w.hover({static_cast<int>(bar.box.right()), static_cast<int>(bar.box.y + bar.box.height / 2)});
            CHECK_FALSE(w.grip().isVisible());
        }
}

} // namespace
} // namespace loopscope::tests
