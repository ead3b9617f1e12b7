#include "ui/shared_tips.h"

#include "tests/ui/support/sharing_lesson.h"
#include "tests/ui/support/window.h"

#include <QHelpEvent>
#include <QToolTip>

#include <algorithm>

using namespace loopscope;
using namespace loopscope::ui;
using loopscope::tests::sharingLessons;
using loopscope::tests::Window;

namespace {

QPointF middle(const Box& box) { return {box.x + box.width / 2, box.y + box.height / 2}; }

/// The window over two locks and two tasks that end in each other's arms, run to its end.
struct Embrace : Window {
    Embrace()
        : Window(sharingLessons())
    {
        store.setStep(store.lastStep());
    }

    const TimelineScene& seen() { return lanes().seen(); }

    const Seat& seatOf(const std::string& task)
    {
        const auto found = std::find_if(seen().seats.begin(), seen().seats.end(), [&](const Seat& seat) { return seat.label == task; });
        REQUIRE(found != seen().seats.end());
        return *found;
    }

    QString tipAt(QPointF at)
    {
        const auto thing = sharedThingAt(store, seen(), at);
        return thing ? thing->tip : QString();
    }
};

} // namespace

TEST_CASE("what shows who has a lock says so in words, and since when", "[ui][tips]")
{
    Embrace w;
    const QString tip = w.tipAt(middle(w.seatOf("a").box));
    CHECK(tip.startsWith(QStringLiteral("a has a place of ")));
    CHECK(tip.contains(QStringLiteral("left")));
    CHECK(tip.endsWith(QStringLiteral("since 0.000 s")));
}

TEST_CASE("a click on a lock's place selects the task that has it, and goes to where it got it", "[ui][tips]")
{
    Embrace w;
    const Seat seat = w.seatOf("b");
    const QPointF at = middle(seat.box);
    QTest::mouseClick(w.lanes().viewport(), Qt::LeftButton, {},
                      QPoint(static_cast<int>(at.x()), static_cast<int>(w.lanes().toView(at.y()))));
    CHECK(w.store.selection() == seat.task);
    CHECK(w.store.step() == seat.begin + 1);
}

TEST_CASE("a wait that nothing can end says so", "[ui][tips]")
{
    Embrace w;
    REQUIRE(w.seen().tails.size() >= 2);
    const Tail& tail = w.seen().tails.back();
    const QString tip = w.tipAt(middle(tail.box));
    CHECK(tip.contains(QStringLiteral("nothing that is left can end this wait")));
    REQUIRE_FALSE(w.seen().wait_arrows.empty());
    const WaitArrow& arrow = w.seen().wait_arrows.front();
    CHECK(w.tipAt({arrow.x + arrow.bend / 2, (arrow.y1 + arrow.y2) / 2}).endsWith(QStringLiteral("for ever")));
}

TEST_CASE("nothing is told of what has not happened yet", "[ui][tips]")
{
    Embrace w;
    const QPointF at = middle(w.seatOf("b").box);
    w.store.setReached(0);
    w.store.setStep(1);
    CHECK(w.tipAt(at).isEmpty());
}

TEST_CASE("the pointer over a lock's place brings its tip up", "[ui][tips]")
{
    Embrace w;
    const QPointF at = middle(w.seatOf("a").box);
    const QPoint inView(static_cast<int>(at.x()), static_cast<int>(w.lanes().toView(at.y())));
    QHelpEvent help(QEvent::ToolTip, inView, w.lanes().viewport()->mapToGlobal(inView));
    QApplication::sendEvent(w.lanes().viewport(), &help);
    CHECK(QToolTip::text().startsWith(QStringLiteral("a has a place of ")));
    QToolTip::hideText();
}
