#include "tests/support/faults.h"
#include "tests/ui/support/window.h"

#include <QMouseEvent>
#include <QPainter>

#include <stdexcept>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
#endif

using namespace loopscope;
using namespace loopscope::tests;
using namespace loopscope::ui;

namespace {

/// A view with a fault in whatever it is asked to do.
class Faulty final : public QWidget {
public:
    using QWidget::QWidget;

    bool paints = false;
    int asked = 0;

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.fillRect(rect(), Qt::red);
        ++asked;
        if (!paints)
            throw std::runtime_error("no colours left");
    }
    void mousePressEvent(QMouseEvent*) override { throw 7; }
};

#if defined(__SANITIZE_ADDRESS__)
using NoLeakCheck = __lsan::ScopedDisabler;
#else
struct NoLeakCheck {
    ~NoLeakCheck() {} // a mere scope
};
#endif

/// What was said since, taken away: these tests expect it.
QStringList takeFaults()
{
    for (int turn = 0; turn < 4; ++turn)
        QCoreApplication::processEvents();
    return std::exchange(faults(), {});
}

} // namespace

TEST_CASE("a view that fails while it is painted says so in a sentence, and the rest of the window goes on", "[ui][fault]")
{
    Window w;
    Faulty view(&w.window);
    view.setAccessibleName(QStringLiteral("Colours"));
    view.setGeometry(900, 200, 100, 100);
    view.show();
    CHECK(QTest::qWaitFor([&] { return view.asked > 0; }));
    const QStringList said = takeFaults();
    REQUIRE_FALSE(said.isEmpty());
    CHECK(said.first().contains(QStringLiteral("Colours")));
    CHECK(said.first().contains(QStringLiteral("no colours left")));

    w.press(Qt::Key_Right);
    CHECK(w.store.step() == 1);
    view.paints = true;
    const QImage picture = w.window.grab().toImage();
    CHECK(picture.pixelColor(950, 250) == QColor(Qt::red));
    CHECK(takeFaults().isEmpty());
}

TEST_CASE("a click that throws what is no exception of the library is told as well", "[ui][fault]")
{
    QWidget window;
    Faulty view(&window);
    view.paints = true;
    window.show();
    {
        // Qt's own frames are built without exceptions: what they had allocated for the event is lost.
        const NoLeakCheck whatQtLoses;
        QTest::mouseClick(&view, Qt::LeftButton);
    }
    const QStringList said = takeFaults();
    REQUIRE(said.size() == 1);
    CHECK(said.first().contains(QStringLiteral("no reason was given")));
}
