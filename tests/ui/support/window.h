#pragma once

#include "tests/support/catch.h"
#include "tests/ui/support/test_lessons.h"

#include "ui/main_window.h"
#include "ui/store.h"
#include "ui/timeline_panel.h"
#include "ui/timeline_view.h"

#include <QApplication>
#include <QTest>
#include <QWheelEvent>

namespace loopscope::tests {

/// A window over the test lessons, shown and ready for keys and mouse.
struct Window {
    explicit Window(std::span<const Lesson> lessons = testLessons())
        : store(lessons, testSources)
        , window(store)
    {
        store.setReduceMotion(true); // chips and playhead are at their places at once
        window.resize(1440, 900);
        window.show();
        window.activateWindow();
        QTest::qWait(1);
    }

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        if (!window.isActiveWindow()) { // a dialog was open: shortcuts need the active window
            window.activateWindow();
            REQUIRE(QTest::qWaitForWindowActive(&window));
        }
        QTest::keyClick(&window, key, modifiers);
    }
    void type(const char* text) { QTest::keyClicks(&window, QString::fromUtf8(text)); }

    ui::TimelineView& lanes() { return window.timeline().view(); }

    /// The x at which a moment of the run is drawn.
    double xOf(std::size_t step) { return lanes().scene().axis.x(static_cast<double>(step)); }

    void wheel(QPointF at, int angle, Qt::KeyboardModifiers modifiers)
    {
        QWidget* viewport = lanes().viewport();
        QWheelEvent event(at, viewport->mapToGlobal(at), {}, QPoint(0, angle), Qt::NoButton, modifiers,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(viewport, &event);
    }

    ui::Store store;
    ui::MainWindow window;
};

} // namespace loopscope::tests
