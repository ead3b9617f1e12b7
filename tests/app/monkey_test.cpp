#include "tests/support/catch.h"
#include "tests/support/faults.h"

#include "app/application.h"
#include "lessons/catalog.h"

#include "ui/main_window.h"
#include "ui/store.h"
#include "ui/timeline_panel.h"
#include "ui/timeline_view.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QFileDialog>
#include <QMenu>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QWheelEvent>

#include <array>
#include <cmath>
#include <random>

// A person who knows nothing, has many hands and never tires. Whatever it does, the window must
// stand afterwards, and what it shows must be one moment of one run.

using namespace loopscope;
using namespace loopscope::ui;

namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr int inputsOfAllHands = 20000;
#else
constexpr int inputsOfAllHands = 4000; // the same hands, tired sooner: the sanitized build has them all
#endif
constexpr int hands = 8;

/// The keys that mean something somewhere, and some that do not. Not the one that quits.
constexpr std::array keys{
    Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down, Qt::Key_Home, Qt::Key_End, Qt::Key_Space, Qt::Key_Return,
    Qt::Key_Escape, Qt::Key_Tab, Qt::Key_Backtab, Qt::Key_Backspace, Qt::Key_Delete, Qt::Key_PageUp, Qt::Key_PageDown,
    Qt::Key_Plus, Qt::Key_Minus, Qt::Key_0, Qt::Key_1, Qt::Key_2, Qt::Key_3, Qt::Key_4, Qt::Key_9, Qt::Key_A,
    Qt::Key_B, Qt::Key_C, Qt::Key_D, Qt::Key_E, Qt::Key_F, Qt::Key_G, Qt::Key_I, Qt::Key_L, Qt::Key_M, Qt::Key_N,
    Qt::Key_O, Qt::Key_P, Qt::Key_R, Qt::Key_S, Qt::Key_T, Qt::Key_V, Qt::Key_W, Qt::Key_X, Qt::Key_Y, Qt::Key_Z,
    Qt::Key_Period, Qt::Key_Comma, Qt::Key_BracketLeft, Qt::Key_BracketRight, Qt::Key_Slash, Qt::Key_Question,
    Qt::Key_F1, Qt::Key_F3, Qt::Key_F5, Qt::Key_F8, Qt::Key_F9, Qt::Key_F10, Qt::Key_F11};

class Monkey {
public:
    explicit Monkey(unsigned seed)
        : m_random(seed)
        , m_store(lessons::course(), app::sourcesOf)
        , m_window(m_store)
    {
        m_store.setReduceMotion(seed % 2 == 0);
        m_window.resize(seed % 3 == 0 ? QSize(1100, 700) : QSize(1440, 900));
        m_window.show();
        m_window.activateWindow();
        // What opens a loop of its own would keep the monkey from going on: it answers those at once.
        QObject::connect(&m_answers, &QTimer::timeout, [this] { answer(); });
        m_answers.start(2);
    }

    /// One input, whatever comes to hand; says what it was.
    QString act()
    {
        QWidget* window = QApplication::activePopupWidget();
        if (!window)
            window = QApplication::activeModalWidget();
        if (!window)
            window = &m_window;
        const int choice = below(100);
        if (choice < 40)
            return press(*window);
        if (choice < 45 && window == &m_window)
            return resize();
        return touch(*window);
    }

    /// Throws away what became too much: a person closes a dialog at some time.
    void tidy()
    {
        while (QWidget* popup = QApplication::activePopupWidget())
            popup->close();
        for (QWidget* widget : QApplication::topLevelWidgets())
            if (auto* dialog = qobject_cast<QDialog*>(widget); dialog && dialog->isVisible())
                dialog->reject();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }

    /// What holds at each moment, whatever was done.
    void check() const
    {
        REQUIRE(tests::faults().isEmpty());
        REQUIRE(m_window.isVisible());
        REQUIRE(m_store.step() <= m_store.lastStep());
        REQUIRE(m_store.reached() <= m_store.trace().size());
        REQUIRE((m_store.glide() >= 0 && m_store.glide() < 1));
        const Zoom zoom = m_store.zoom();
        REQUIRE((0 <= zoom.low && zoom.low < zoom.high && zoom.high <= 1));
        REQUIRE((0 <= m_store.blend() && m_store.blend() <= 1));
        REQUIRE(m_store.lessonIndex() < m_store.lessons().size());
        REQUIRE(m_store.variantIndex() < m_store.lesson().variants.size());
        // The picture belongs to what is set.
        REQUIRE(m_store.run().run.lesson == m_store.lesson().id);
        REQUIRE(m_store.run().run.variant == m_store.variant().name);
        REQUIRE(m_store.run().run.values == m_store.values());
        for (const Parameter& parameter : m_store.lesson().parameters)
            REQUIRE(m_store.values().all().contains(parameter.name));
        // The moment is a moment of this run, and everything shows it.
        if (m_store.mode() == Mode::Run) {
            REQUIRE(m_store.snapshot().step == m_store.step());
            REQUIRE(m_store.reached() >= m_store.step());
            REQUIRE(std::isfinite(const_cast<MainWindow&>(m_window).timeline().view().playheadX()));
        } else {
            REQUIRE(m_store.comparison().a);
            REQUIRE(m_store.comparison().b);
        }
        REQUIRE(m_store.selection().value <= m_store.trace().task_count());
    }

private:
    int below(int end) { return std::uniform_int_distribution<int>(0, end - 1)(m_random); }

    QString press(QWidget& window)
    {
        const Qt::Key key = keys[static_cast<std::size_t>(below(static_cast<int>(keys.size())))];
        Qt::KeyboardModifiers modifiers;
        if (below(6) == 0)
            modifiers |= Qt::ShiftModifier;
        if (below(8) == 0)
            modifiers |= Qt::ControlModifier;
        if (below(20) == 0)
            modifiers |= Qt::AltModifier;
        QWidget* to = QApplication::focusWidget();
        if (!to || to->window() != window.window())
            to = &window;
        QTest::keyClick(to, key, modifiers);
        return QStringLiteral("key %1 with %2").arg(key).arg(static_cast<int>(modifiers));
    }

    QString resize()
    {
        const QSize size(1100 + below(500), 700 + below(300));
        m_window.resize(size);
        return QStringLiteral("resize to %1 x %2").arg(size.width()).arg(size.height());
    }

    QString touch(QWidget& window)
    {
        QList<QWidget*> all;
        for (QWidget* widget : window.findChildren<QWidget*>())
            if (widget->isVisible() && widget->isEnabled() && !widget->size().isEmpty() && widget->window() == window.window())
                all += widget;
        QWidget* widget = all.isEmpty() ? &window : all[below(static_cast<int>(all.size()))];
        const QString who = QStringLiteral("%1 \"%2\"").arg(QString::fromLatin1(widget->metaObject()->className()),
                                                            widget->accessibleName());
        const QPoint at = pointIn(*widget);
        Qt::KeyboardModifiers modifiers;
        if (below(8) == 0)
            modifiers |= Qt::ShiftModifier;
        if (below(12) == 0)
            modifiers |= Qt::ControlModifier;
        switch (below(8)) {
        case 0:
        case 1:
        case 2:
        case 3:
            QTest::mouseClick(widget, below(10) == 0 ? Qt::RightButton : Qt::LeftButton, modifiers, at);
            return QStringLiteral("click on ") + who;
        case 4:
            QTest::mouseDClick(widget, Qt::LeftButton, modifiers, at);
            return QStringLiteral("double click on ") + who;
        case 5: {
            const QPoint turn(0, (below(2) ? 1 : -1) * 120 * (1 + below(4)));
            QWheelEvent event(at, widget->mapToGlobal(at), {}, turn, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
            QApplication::sendEvent(widget, &event);
            return QStringLiteral("wheel over ") + who;
        }
        default: {
            QPointer<QWidget> still(widget); // the press may take it away
            QTest::mousePress(widget, Qt::LeftButton, modifiers, at);
            for (int moves = 1 + below(4); moves > 0 && still; --moves)
                QTest::mouseMove(still, pointIn(*still) + QPoint(below(41) - 20, below(41) - 20));
            if (still)
                QTest::mouseRelease(still, Qt::LeftButton, modifiers, pointIn(*still));
            return QStringLiteral("drag over ") + who;
        }
        }
    }

    QPoint pointIn(const QWidget& widget) { return {below(widget.width()), below(widget.height())}; }

    void answer()
    {
        if (QWidget* popup = QApplication::activePopupWidget(); popup && below(4) == 0)
            popup->close();
        QWidget* modal = QApplication::activeModalWidget();
        if (auto* files = qobject_cast<QFileDialog*>(modal))
            files->reject();
        else if (auto* dialog = qobject_cast<QDialog*>(modal); dialog && below(40) == 0)
            dialog->reject();
    }

    std::mt19937 m_random;
    Store m_store;
    MainWindow m_window;
    QTimer m_answers;
};

void letLoose(unsigned seed)
{
    const QTemporaryDir folder; // what it exports lands here
    const QString before = QDir::currentPath();
    REQUIRE(QDir::setCurrent(folder.path()));
    {
        Monkey monkey(seed);
        for (int i = 0; i < inputsOfAllHands / hands; ++i) {
            const QString what = monkey.act();
            INFO("seed " << seed << ", input " << i << ": " << what.toStdString());
            QCoreApplication::processEvents();
            monkey.check();
            if (i % 50 == 49)
                monkey.tidy();
        }
        monkey.tidy();
    }
    QDir::setCurrent(before);
}

} // namespace

// A case for each hand, so that they run side by side.
TEST_CASE("a monkey at the window breaks nothing (1)", "[app][monkey]") { letLoose(1); }
TEST_CASE("a monkey at the window breaks nothing (2)", "[app][monkey]") { letLoose(2); }
TEST_CASE("a monkey at the window breaks nothing (3)", "[app][monkey]") { letLoose(3); }
TEST_CASE("a monkey at the window breaks nothing (4)", "[app][monkey]") { letLoose(4); }
TEST_CASE("a monkey at the window breaks nothing (5)", "[app][monkey]") { letLoose(5); }
TEST_CASE("a monkey at the window breaks nothing (6)", "[app][monkey]") { letLoose(6); }
TEST_CASE("a monkey at the window breaks nothing (7)", "[app][monkey]") { letLoose(7); }
TEST_CASE("a monkey at the window breaks nothing (8)", "[app][monkey]") { letLoose(8); }
