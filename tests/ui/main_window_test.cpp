#include "tests/support/catch.h"
#include "tests/ui/support/window.h"

#include "ui/code_pane.h"
#include "ui/compare_canvas.h"
#include "ui/compare_view.h"
#include "ui/controls.h"
#include "ui/events_view.h"
#include "ui/export_dialog.h"
#include "ui/keys_dialog.h"
#include "ui/lesson_list.h"
#include "ui/loop_view.h"
#include "ui/moment_list.h"
#include "ui/output_view.h"
#include "ui/parameters_view.h"
#include "ui/settings.h"
#include "ui/source_view.h"
#include "ui/transport_bar.h"

#include <QAccessible>
#include <QCheckBox>
#include <QFile>
#include <QImage>
#include <QLineEdit>
#include <QListView>
#include <QPointer>
#include <QPushButton>
#include <QScreen>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QToolButton>

using namespace loopscope;
using namespace loopscope::ui;
using loopscope::tests::Window;

namespace {

template <class T>
T* named(QWidget& parent, const char* name)
{
    const QList<T*> all = parent.findChildren<T*>();
    for (T* widget : all)
        if (widget->accessibleName() == QString::fromUtf8(name))
            return widget;
    return nullptr;
}

void click(QWidget* button)
{
    REQUIRE(button);
    QTest::mouseClick(button, Qt::LeftButton);
}

} // namespace

TEST_CASE("the arrow keys step, Home and End go to the ends", "[ui][window]")
{
    Window w;
    w.press(Qt::Key_Right);
    w.press(Qt::Key_Right);
    CHECK(w.store.step() == 2);
    w.press(Qt::Key_Left);
    CHECK(w.store.step() == 1);
    w.press(Qt::Key_End);
    CHECK(w.store.step() == w.store.lastStep());
    w.press(Qt::Key_Home);
    CHECK(w.store.step() == 0);
}

TEST_CASE("the transport's buttons do what the keys do", "[ui][window]")
{
    Window w;
    TransportBar& bar = w.window.transport();
    CHECK_FALSE(named<QToolButton>(bar, "Step back")->isEnabled());
    click(named<QToolButton>(bar, "Step forward"));
    CHECK(w.store.step() == 1);
    click(named<QToolButton>(bar, "Last event"));
    CHECK(w.store.step() == w.store.lastStep());
    CHECK_FALSE(named<QToolButton>(bar, "Step forward")->isEnabled());
    click(named<QToolButton>(bar, "Step back"));
    CHECK(w.store.step() == w.store.lastStep() - 1);
    click(named<QToolButton>(bar, "First event"));
    CHECK(w.store.step() == 0);
}

TEST_CASE("a step goes as far as chosen", "[ui][window]")
{
    Window w;
    QTest::keyClick(named<Dropdown>(w.window.transport(), "Step by"), Qt::Key_Down);
    CHECK(w.store.stepBy() == StepBy::Switch);
    w.press(Qt::Key_Right);
    CHECK(std::holds_alternative<TaskStepped>(w.store.trace()[w.store.step() - 1].fact));
}

TEST_CASE("Space plays to the end, and pauses at once", "[ui][window]")
{
    Window w;
    w.store.setSpeed(4);
    w.press(Qt::Key_Space);
    CHECK(w.store.isPlaying());
    REQUIRE(QTest::qWaitFor([&] { return w.store.step() >= 3; }, 5000));
    w.press(Qt::Key_Space);
    CHECK_FALSE(w.store.isPlaying());
    const std::size_t paused = w.store.step();
    QTest::qWait(250);
    CHECK(w.store.step() == paused);

    w.store.setSpeed(1000);
    w.press(Qt::Key_Space);
    CHECK(QTest::qWaitFor([&] { return !w.store.isPlaying(); }, 10000));
    CHECK(w.store.step() == w.store.lastStep());
    w.press(Qt::Key_Space); // at the end it begins again
    CHECK(w.store.step() == 0);
}

TEST_CASE("whoever takes the playhead by hand ends the playback", "[ui][window]")
{
    Window w;
    w.press(Qt::Key_Space);
    w.press(Qt::Key_Right);
    CHECK_FALSE(w.store.isPlaying());
    CHECK(w.store.step() == 1);
}

TEST_CASE("digits choose a variant, C compares, and a digit leads back", "[ui][window]")
{
    Window w;
    w.type("2");
    CHECK(w.store.variant().name == "together");
    w.type("9");
    CHECK(w.store.variant().name == "together");
    w.press(Qt::Key_C);
    CHECK(w.store.mode() == Mode::Compare);
    CHECK(w.window.comparison().isVisible());
    CHECK_FALSE(w.window.loop().isVisible());
    w.type("1");
    CHECK(w.store.mode() == Mode::Run);
    CHECK(w.window.timeline().isVisible());
    CHECK(w.store.variant().name == "one-by-one");
}

TEST_CASE("a comparison is walked from moment to moment, by key and by mouse", "[ui][window]")
{
    Window w;
    w.press(Qt::Key_C);
    CompareCanvas& canvas = w.window.comparison().canvas();
    w.press(Qt::Key_Home);
    w.press(Qt::Key_Right);
    w.press(Qt::Key_Right);
    CHECK(to_seconds(w.store.position().when) == 1.0);
    const CompareScene::Half& b = canvas.scene().b;
    QTest::mouseClick(&canvas, Qt::LeftButton, {},
                      QPoint(static_cast<int>(b.timeline.axis.x(1e9)), static_cast<int>(b.top + 5)));
    CHECK(to_seconds(w.store.position().when) >= 2.0);
    QTest::keyClick(&w.window.comparison().second(), Qt::Key_Up);
    CHECK(w.store.comparedVariants().second == 0);
}

TEST_CASE("a slider runs the scenario anew at every move, and one undo takes the drag back", "[ui][window]")
{
    Window w;
    auto* slider = named<QSlider>(w.window.parameters(), "wait a");
    REQUIRE(slider);
    QSignalSpy runs(&w.store, &Store::runChanged);
    const int y = slider->height() / 2;
    const auto x = [&](double part) { return static_cast<int>(6 + part * (slider->width() - 12)); };
    const double start = (1.0 - 0.1) / 4.9;
    QTest::mousePress(slider, Qt::LeftButton, {}, QPoint(x(start), y));
    for (const double part : {0.4, 0.6, 0.8})
        QTest::mouseMove(slider, QPoint(x(part), y));
    QTest::mouseRelease(slider, Qt::LeftButton, {}, QPoint(x(0.8), y));
    CHECK(runs.count() >= 3);
    const double moved = w.store.values().number("a");
    CHECK(moved > 3.0);
    CHECK(to_seconds(w.store.run().stats.total) == Approx(moved + 2.0));

    w.press(Qt::Key_Z, Qt::ControlModifier);
    CHECK(w.store.values() == initial_values(w.store.lesson()));
    CHECK(to_seconds(w.store.run().stats.total) == 3.0);
    w.press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    CHECK(w.store.values().number("a") == moved);
    click(named<QPushButton>(w.window.parameters(), "Reset all values"));
    CHECK(w.store.values() == initial_values(w.store.lesson()));
}

TEST_CASE("arrow keys belong to a slider that has the focus", "[ui][window]")
{
    Window w;
    auto* slider = named<QSlider>(w.window.parameters(), "wait b");
    slider->setFocus();
    QTest::keyClick(slider, Qt::Key_Right);
    CHECK(w.store.values().number("b") == Approx(2.1));
    CHECK(w.store.step() == 0);
}

TEST_CASE("whoever hears a slider hears its number, and sets it", "[ui][window]")
{
    Window w;
    auto* slider = named<QSlider>(w.window.parameters(), "wait b");
    QAccessibleInterface* heard = QAccessible::queryAccessibleInterface(slider);
    REQUIRE(heard);
    CHECK(heard->role() == QAccessible::Slider);
    CHECK(heard->text(QAccessible::Name) == QStringLiteral("wait b"));
    QAccessibleValueInterface* value = heard->valueInterface();
    REQUIRE(value);
    CHECK(value->currentValue().toDouble() == 2.0);
    CHECK(value->minimumValue().toDouble() == 0.1);
    CHECK(value->maximumValue().toDouble() == 5.0);
    CHECK(value->minimumStepSize().toDouble() == 0.1);
    value->setCurrentValue(3.3);
    CHECK(w.store.values().number("b") == 3.3);
    CHECK(heard->text(QAccessible::Value) == QStringLiteral("3.3"));
}

TEST_CASE("steppers count, choices choose, and what does not matter is not shown", "[ui][window]")
{
    Window w;
    ParametersView& view = w.window.parameters();
    click(named<QToolButton>(view, "More: count"));
    CHECK(w.store.values().number("count") == 3);
    click(named<QToolButton>(view, "Less: count"));
    click(named<QToolButton>(view, "Less: count"));
    CHECK(w.store.values().number("count") == 1);
    CHECK_FALSE(named<QToolButton>(view, "Less: count")->isEnabled());

    CHECK_FALSE(named<QSlider>(view, "extra")->isVisible());
    click(named<QPushButton>(view, "more"));
    CHECK(w.store.values().word("mode") == "more");
    CHECK(named<QSlider>(view, "extra")->isVisible());
}

TEST_CASE("Ctrl+T changes the theme of the whole window", "[ui][window]")
{
    Window w;
    const auto brightness = [&] { return w.window.grab().toImage().pixelColor(5, 300).lightness(); };
    const int dark = brightness();
    w.press(Qt::Key_T, Qt::ControlModifier);
    CHECK_FALSE(w.store.isDark());
    CHECK(dark < 80);
    CHECK(brightness() > 200);
    click(named<QToolButton>(w.window.transport(), "Dark or light"));
    CHECK(brightness() == dark);
}

TEST_CASE("code, loop, output and timeline show the same moment", "[ui][window]")
{
    Window w;
    w.type("2");
    w.store.setStep(stepsUntil(w.store.trace(), TimePoint{seconds(1.5)}));
    CodePane& pane = w.window.source().pane();
    QStringList parked;
    for (std::size_t row = 0; row < pane.badges().size(); ++row)
        for (const CodePane::Badge& badge : pane.badges()[row])
            parked += QStringLiteral("%1: %2").arg(badge.name, QString::fromStdString(pane.lines()[row].text).trimmed());
    parked.sort();
    CHECK(parked == QStringList{QStringLiteral("job-2: await asyncio.sleep(seconds)"), QStringLiteral("main: await second")});
    CHECK(w.window.output().output().model()->rowCount() == 1);
    CHECK(w.window.output().events().list().model()->rowCount() == static_cast<int>(w.store.step()));
    CHECK(w.lanes().accessibleDescription().contains(QStringLiteral("event %1").arg(w.store.step())));
}

TEST_CASE("a chip of the loop and a badge of the code select their task", "[ui][window]")
{
    Window w;
    w.type("2");
    w.store.setStep(stepsUntil(w.store.trace(), TimePoint{seconds(0.5)}));
    LoopView& loop = w.window.loop();
    QTest::mouseClick(loop.viewport(), Qt::LeftButton, {}, loop.chipRect(QStringLiteral("t3")).center().toPoint());
    CHECK(w.store.selection() == TaskId{3});
    w.press(Qt::Key_Escape);
    CHECK_FALSE(w.store.selection());
}

TEST_CASE("a click on an event goes there", "[ui][window]")
{
    Window w;
    w.store.setStep(12);
    OutputView& output = w.window.output();
    output.tabs().setCurrentIndex(1);
    QListView& events = output.events().list();
    const QModelIndex fourth = events.model()->index(3, 0);
    events.scrollTo(fourth);
    QTest::mouseClick(events.viewport(), Qt::LeftButton, {}, events.visualRect(fourth).center());
    CHECK(w.store.step() == 4);
}

TEST_CASE("lessons are found by search and opened by Enter or a click", "[ui][window]")
{
    Window w;
    w.press(Qt::Key_L, Qt::ControlModifier);
    LessonList& lessons = w.window.lessons();
    QTest::keyClicks(&lessons.search(), QStringLiteral("page"));
    CHECK(lessons.list().model()->rowCount() == 2);
    QTest::keyClick(&lessons.search(), Qt::Key_Return);
    CHECK(w.store.lesson().id == "requests");
    lessons.search().clear();
    const QModelIndex first = lessons.list().model()->index(1, 0);
    QTest::mouseClick(lessons.list().viewport(), Qt::LeftButton, {}, lessons.list().visualRect(first).center());
    CHECK(w.store.lesson().id == "waits");
    w.press(Qt::Key_Right); // the keys move the playhead again
    CHECK(w.store.step() == 1);
}

TEST_CASE("the export dialog writes the picture and says so", "[ui][window][export]")
{
    Window w;
    const QTemporaryDir folder;
    w.store.setStep(5);
    for (const char* ending : {"png", "svg", "pdf"}) {
        w.press(Qt::Key_E, Qt::ControlModifier);
        const QPointer<ExportDialog> dialog = w.window.findChild<ExportDialog*>();
        REQUIRE(dialog);
        const QString file = folder.filePath(QStringLiteral("picture.") + QString::fromLatin1(ending));
        auto* name = named<QLineEdit>(*dialog, "File name");
        name->clear();
        QTest::keyClicks(name, file);
        QTest::keyClick(name, Qt::Key_Return);
        CHECK(QFile::exists(file));
        CHECK(w.store.notice().contains(file));
        CHECK_FALSE(w.store.noticeIsError());
        REQUIRE(QTest::qWaitFor([&] { return !dialog; }, 1000));
    }
    CHECK(QImage(folder.filePath(QStringLiteral("picture.png"))).width() == 1440);
}

TEST_CASE("an export that fails is a sentence in the dialog, which stays open", "[ui][window][export]")
{
    Window w;
    w.press(Qt::Key_C);
    w.window.openExport();
    auto* dialog = w.window.findChild<ExportDialog*>();
    dialog->setFileName(QStringLiteral("/no/such/folder/picture.svg"));
    dialog->save();
    CHECK(dialog->isVisible());
    CHECK(dialog->message().contains(QStringLiteral("picture.svg")));
    CHECK(dialog->writtenFile().isEmpty());

    dialog->setFileName(QStringLiteral("picture.bmp"));
    CHECK(dialog->message().contains(QStringLiteral("PNG"), Qt::CaseInsensitive));
    for (QPushButton* button : dialog->findChildren<QPushButton*>())
        if (button->isDefault())
            CHECK_FALSE(button->isEnabled());
}

TEST_CASE("? lists the keys, and motion can be reduced there", "[ui][window]")
{
    Window w;
    w.store.setReduceMotion(false);
    w.press(Qt::Key_Question);
    auto* dialog = w.window.findChild<KeysDialog*>();
    REQUIRE(dialog);
    auto* motion = dialog->findChild<QCheckBox*>();
    QTest::mouseClick(motion, Qt::LeftButton, {}, QPoint(8, motion->height() / 2));
    CHECK(w.store.reducesMotion());
}

TEST_CASE("an error stands in the window until it is dismissed", "[ui][window]")
{
    Window w;
    w.store.reportError(QStringLiteral("That did not work."));
    const auto dismiss = [&] {
        for (QPushButton* button : w.window.findChildren<QPushButton*>())
            if (button->text() == QStringLiteral("Dismiss"))
                return button;
        return static_cast<QPushButton*>(nullptr);
    };
    CHECK(dismiss()->isVisible());
    click(dismiss());
    CHECK(w.store.notice().isEmpty());
    CHECK_FALSE(dismiss()->isVisible());
}

TEST_CASE("what was chosen is remembered for the next start", "[ui][window]")
{
    const QTemporaryDir folder;
    QSettings settings(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    {
        Window w;
        w.type("2");
        w.store.setDark(false);
        w.store.setSpeed(2);
        w.store.setBlend(0.75);
        w.store.setLanguage(Language::Cpp);
        Values values = w.store.values();
        values.set("a", 1.4);
        w.store.setValues(values);
        w.store.setStep(9);
        w.store.setReached(9);
        w.store.setStep(5);
        w.store.setZoom({0.25, 0.75});
        w.window.resize(1200, 800);
        saveChoices(settings, w.store);
        saveShape(settings, w.window, w.window.splitters());
    }
    Window w;
    restoreChoices(settings, w.store);
    CHECK(restoreShape(settings, w.window, w.window.splitters()));
    CHECK(w.store.variant().name == "together");
    CHECK_FALSE(w.store.isDark());
    CHECK(w.store.speed() == 2);
    CHECK(w.store.blend() == 0.75);
    CHECK(w.store.language() == Language::Cpp);
    CHECK(w.store.values().number("a") == 1.4);
    CHECK(w.store.step() == 5);
    CHECK(w.store.reached() == 9);
    CHECK(w.store.zoom() == Zoom{0.25, 0.75});
    // Newer versions of Qt fit a remembered window to the screen, and the offscreen one is small.
    const int room = w.window.screen()->availableGeometry().width();
    INFO(w.window.width() << " on " << room);
    CHECK((w.window.width() == 1200 || (room < 1200 && w.window.width() <= room && w.window.width() >= w.window.minimumWidth())));
}

TEST_CASE("every control has a name, and none is cut at 1100 by 700", "[ui][window]")
{
    Window w;
    w.window.resize(1100, 700);
    QTest::qWait(10);
    CHECK(w.window.width() == 1100);
    CHECK(w.window.height() == 700);
    for (QWidget* widget : w.window.findChildren<QWidget*>()) {
        const bool control = qobject_cast<QAbstractButton*>(widget) || qobject_cast<QAbstractSlider*>(widget)
            || qobject_cast<QComboBox*>(widget) || qobject_cast<QLineEdit*>(widget)
            || qobject_cast<QAbstractItemView*>(widget);
        if (!control || !widget->isVisible() || qobject_cast<QScrollBar*>(widget)
            || widget->objectName().startsWith(QStringLiteral("qt_")))
            continue;
        const auto* button = qobject_cast<QAbstractButton*>(widget);
        INFO(widget->metaObject()->className() << ' ' << (button ? button->text().toStdString() : std::string()));
        const bool ofTabs = qobject_cast<QTabBar*>(widget->parentWidget()) || qobject_cast<QLineEdit*>(widget->parentWidget());
        CHECK((ofTabs || !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty())));
        const bool ofTransport = w.window.transport().isAncestorOf(widget);
        if (ofTransport)
            CHECK(widget->width() >= widget->minimumSizeHint().width());
    }
}
