#include "tests/ui/support/window.h"

#include "ui/export_dialog.h"
#include "ui/fit_to_screen.h"
#include "ui/keys_dialog.h"

#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>

using namespace loopscope;
using namespace loopscope::ui;
using namespace loopscope::tests;

// What 1440 by 900 pixels leave at a scale factor of 2, without bars and titles.
namespace {

constexpr QSize small(704, 402);

/// Whether nothing of it is cut off.
bool isInView(const QWidget& widget)
{
    return widget.isVisible() && widget.visibleRegion().boundingRect() == widget.rect();
}

} // namespace

TEST_CASE("the window is no larger than its screen", "[ui][screen]")
{
    Store store(testLessons(), testSources);
    const MainWindow window(store); // which would be larger than the screen of a test
    const QSize room = roomOnScreen(window);
    CHECK(window.minimumWidth() <= room.width());
    CHECK(window.minimumHeight() <= room.height());
    CHECK(window.width() <= room.width());
    CHECK(window.height() <= room.height());
}

TEST_CASE("a window that is smaller than what it holds scrolls to what Tab comes to", "[ui][screen]")
{
    Window w;
    w.window.setMinimumSize(0, 0);
    w.window.resize(small);
    QTest::qWait(10);
    REQUIRE(w.window.size() == small);
    auto* page = qobject_cast<QScrollArea*>(w.window.centralWidget());
    REQUIRE(page);
    CHECK(page->horizontalScrollBar()->maximum() > 0);
    CHECK(page->verticalScrollBar()->maximum() > 0);
    int moved = 0;
    QWidget* first = w.window.focusWidget();
    for (int i = 0; i < 80; ++i) {
        QTest::keyClick(w.window.focusWidget(), Qt::Key_Tab);
        QWidget* focus = w.window.focusWidget();
        REQUIRE(focus);
        if (focus == first)
            break;
        const QRect inPage(focus->mapTo(page->viewport(), QPoint()), focus->size());
        INFO(focus->metaObject()->className() << ' ' << focus->accessibleName().toStdString());
        CHECK(page->viewport()->rect().intersects(inPage));
        ++moved;
    }
    CHECK(moved > 10);
    w.window.resize(1440, 900);
    QTest::qWait(10);
    CHECK(page->horizontalScrollBar()->maximum() == 0);
    CHECK(page->verticalScrollBar()->maximum() == 0);
}

TEST_CASE("a dialog that is larger than the screen scrolls, and its buttons stay in view", "[ui][screen]")
{
    Window w;
    ExportDialog dialog(exportSubjectOf(w.store, {800, 400}), {}, &w.window);
    fitDialog(dialog, small);
    dialog.show();
    QTest::qWait(10);
    CHECK(dialog.width() <= small.width());
    CHECK(dialog.height() <= small.height());
    for (QPushButton* button : dialog.findChildren<QPushButton*>())
        if (button->isDefault())
            CHECK(isInView(*button));
    // The last field comes into view with the focus.
    auto* scroll = dialog.findChild<QScrollArea*>();
    REQUIRE(scroll);
    CHECK(scroll->verticalScrollBar()->maximum() > 0);
    QStringList order;
    for (int i = 0; i < 20; ++i) {
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : &dialog, Qt::Key_Tab);
        REQUIRE(dialog.focusWidget());
        const QWidget& focus = *dialog.focusWidget();
        order += focus.accessibleName();
        INFO(focus.metaObject()->className() << ' ' << focus.accessibleName().toStdString() << ' ' << focus.width() << " by " << focus.height());
        CHECK(focus.visibleRegion().contains(focus.rect().center())); // of a field, the cursor comes into view
    }
    CHECK(order.indexOf(QStringLiteral("Caption")) == order.indexOf(QStringLiteral("Title")) + 1); // as it was
}

TEST_CASE("a dialog that fits is as it was", "[ui][screen]")
{
    Window w;
    ExportDialog dialog(exportSubjectOf(w.store, {800, 400}), {}, &w.window);
    fitDialog(dialog, {1400, 850});
    CHECK(dialog.findChild<QScrollArea*>() == nullptr);
    KeysDialog keys(w.store, &w.window);
    fitDialog(keys, small);
    CHECK(keys.width() <= small.width());
    CHECK(keys.height() <= small.height());
}
