#include "tests/support/catch.h"
#include "tests/ui/support/window.h"

#include "ui/card_stack.h"
#include "ui/controls.h"
#include "ui/key_places.h"
#include "ui/keyboard.h"
#include "ui/keys.h"
#include "ui/keys_dialog.h"
#include "ui/main_window.h"
#include "ui/marks_buttons.h"
#include "ui/parameters_view.h"
#include "ui/store.h"
#include "ui/transport_bar.h"

#include <QAbstractItemView>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QTest>
#include <QToolButton>
#include <QToolTip>

using namespace loopscope;
using namespace loopscope::ui;
using loopscope::tests::Window;

namespace {

/// A press as a real keyboard makes it: with the number of the place.
void pressAt(Window& w, quint32 scanCode, int key, Qt::KeyboardModifiers modifiers = {})
{
    QKeyEvent event(QEvent::KeyPress, key, modifiers, scanCode, 0, 0);
    QApplication::sendEvent(&w.lanes(), &event);
}

/// X11 and Wayland number places by the kernel's code and 8.
constexpr quint32 placeOfW = 25;
constexpr quint32 placeOfA = 38;
constexpr quint32 placeOfS = 39;
constexpr quint32 placeOfD = 40;
constexpr quint32 placeOfG = 42;

double shown(const Store& store) { return store.zoom().high - store.zoom().low; }

} // namespace

TEST_CASE("keys that do the opposite are told apart where each has two", "[ui][keys]")
{
    const auto words = [](KeyId id) {
        for (const Shortcut& shortcut : shortcuts())
            if (shortcut.id == id)
                return shortcut.words.toStdString();
        return std::string();
    };
    CHECK(words(KeyId::ZoomIn) == "zoom in at the pointer");
    CHECK(words(KeyId::ZoomOut) == "zoom out at the pointer");
    CHECK(words(KeyId::ZoomBack) != words(KeyId::ZoomForward));
    CHECK(words(KeyId::Undo) != words(KeyId::Redo));
}

TEST_CASE("every key of the table does something, and no key means two things in one place", "[ui][keys]")
{
    Window w;
    const QList<Shortcut> all = shortcuts();
    for (const Shortcut& shortcut : all) {
        INFO(shortcut.words.toStdString());
        CHECK(w.window.keys().knows(shortcut.id));
        CHECK_FALSE(shortcut.chords.isEmpty());
        CHECK_FALSE(shortcut.words.isEmpty());
        for (const Shortcut& other : all) {
            if (&other == &shortcut)
                continue;
            CHECK(other.id != shortcut.id);
            if (other.where != shortcut.where && other.where != KeyContext::Anywhere
                && shortcut.where != KeyContext::Anywhere)
                continue;
            for (const KeyChord& chord : other.chords)
                for (const KeyChord& mine : shortcut.chords) {
                    INFO(capOf(mine).toStdString() << " of " << other.words.toStdString());
                    CHECK_FALSE((chord.key == mine.key && chord.modifiers == mine.modifiers));
                }
        }
    }
}

TEST_CASE("a press of each key of the table arrives at what it stands for", "[ui][keys]")
{
    for (const Shortcut& shortcut : shortcuts()) {
        if (shortcut.id == KeyId::Quit)
            continue;
        for (const KeyChord& chord : shortcut.chords) {
            INFO(capOf(chord).toStdString() << ": " << shortcut.words.toStdString());
            Window w;
            if (shortcut.where == KeyContext::Comparison)
                w.store.compare();
            std::vector<KeyId> done;
            QObject::connect(&w.window.keys(), &Keyboard::done, &w.window, [&](KeyId id) { done.push_back(id); });
            w.press(chord.key, chord.modifiers);
            CHECK(done == std::vector<KeyId>{shortcut.id});
        }
    }
}

TEST_CASE("the list shows every key of the table with what it does, and every gesture", "[ui][keys]")
{
    Window w;
    w.press(Qt::Key_Question);
    auto* dialog = w.window.findChild<KeysDialog*>();
    REQUIRE(dialog);
    QStringList texts;
    for (const QLabel* label : dialog->findChildren<QLabel*>())
        texts += label->text();
    for (const Shortcut& shortcut : shortcuts()) {
        INFO(shortcut.words.toStdString());
        CHECK(texts.contains(shortcut.words));
        for (const QString& cap : capsOf(shortcut))
            CHECK(texts.contains(cap));
    }
    for (const Gesture& gesture : gestures()) {
        INFO(gesture.hand.toStdString());
        CHECK(texts.contains(gesture.hand));
        CHECK(texts.contains(gesture.words));
    }
}

TEST_CASE("a place is known by its scan code, and has none where the platform tells none", "[ui][keys]")
{
    CHECK(keyAtPlace(placeOfW, ScanCodes::Xkb) == Qt::Key_W);
    CHECK(keyAtPlace(placeOfA, ScanCodes::Xkb) == Qt::Key_A);
    CHECK(keyAtPlace(17, ScanCodes::Set1) == Qt::Key_W);
    CHECK(keyAtPlace(61, ScanCodes::Xkb) == Qt::Key_Slash);
    CHECK(keyAtPlace(11, ScanCodes::Xkb) == Qt::Key_2);
    CHECK(keyAtPlace(0, ScanCodes::Xkb) == 0);
    CHECK(keyAtPlace(9, ScanCodes::Xkb) == 0); // Escape
    CHECK(keyAtPlace(placeOfW, ScanCodes::Unknown) == 0);
}

TEST_CASE("zoom and pan lie at the place of W, A, S and D, whatever is printed there", "[ui][keys]")
{
    Window w;
    pressAt(w, placeOfW, Qt::Key_Z); // AZERTY
    CHECK(shown(w.store) == Approx(0.8));
    pressAt(w, placeOfW, Qt::Key_Comma); // Dvorak
    CHECK(shown(w.store) == Approx(0.64));
    pressAt(w, placeOfW, 0x0426); // Cyrillic
    CHECK(shown(w.store) == Approx(0.512));
    pressAt(w, placeOfS, Qt::Key_S);
    CHECK(shown(w.store) == Approx(0.64));
    w.store.setZoom({0.4, 0.6});
    pressAt(w, placeOfA, Qt::Key_Q); // AZERTY
    CHECK(w.store.zoom().low < 0.4);
    w.store.setZoom({0.4, 0.6});
    pressAt(w, placeOfD, Qt::Key_S); // Colemak: the place counts before the letter
    CHECK(w.store.zoom().low > 0.4);
    CHECK(shown(w.store) == Approx(0.2));
}

TEST_CASE("where no place is known the letter counts, and keys that write nothing have no place", "[ui][keys]")
{
    Window w;
    pressAt(w, 0, Qt::Key_W);
    CHECK(shown(w.store) == Approx(0.8));
    pressAt(w, placeOfW, Qt::Key_Right); // a number that belongs to another way of counting
    CHECK(shown(w.store) == Approx(0.8));
    CHECK(w.store.step() == 1);
}

TEST_CASE("keys without Latin letters mean what an American keyboard has there", "[ui][keys]")
{
    Window w;
    std::vector<KeyId> done;
    QObject::connect(&w.window.keys(), &Keyboard::done, &w.window, [&](KeyId id) { done.push_back(id); });
    pressAt(w, placeOfG, 0x041f); // П
    CHECK(done == std::vector<KeyId>{KeyId::Glossary});
}

TEST_CASE("Shift does not matter for signs, and a letter with Shift is another key", "[ui][keys]")
{
    Window w;
    w.press(Qt::Key_2, Qt::ShiftModifier); // AZERTY writes digits with Shift
    CHECK(w.store.variant().name == "together");
    w.press(Qt::Key_W, Qt::ShiftModifier);
    CHECK(w.store.zoom() == Zoom{});
}

TEST_CASE("a key that is held down repeats what may be repeated only", "[ui][keys]")
{
    Window w;
    const auto hold = [&](Qt::Key key) {
        QKeyEvent event(QEvent::KeyPress, key, {}, {}, true);
        QApplication::sendEvent(&w.lanes(), &event);
    };
    hold(Qt::Key_Right);
    hold(Qt::Key_Right);
    CHECK(w.store.step() == 2);
    hold(Qt::Key_Space);
    CHECK_FALSE(w.store.isPlaying());
}

TEST_CASE("a fault of a key becomes a sentence in the window", "[ui][keys]")
{
    QWidget window;
    Keyboard keys(window);
    QString said;
    QObject::connect(&keys, &Keyboard::failed, &window, [&](const QString& why) { said = why; });
    keys.on(KeyId::Glossary, [] { throw std::runtime_error("no glossary"); });
    QKeyEvent event(QEvent::KeyPress, Qt::Key_G, {});
    CHECK(keys.press(event));
    CHECK(said == QStringLiteral("no glossary"));
}

TEST_CASE("arrows step through the run also when a button or a card has the focus", "[ui][keys]")
{
    Window w;
    w.store.setStep(5);
    QToolButton* button = w.window.findChild<MarksButtons*>()->findChild<QToolButton*>();
    REQUIRE(button != nullptr);
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Left);
    CHECK(w.store.step() == 4);
    QTest::keyClick(button, Qt::Key_Right);
    QTest::keyClick(button, Qt::Key_Right);
    CHECK(w.store.step() == 6);
    // A page that scrolls takes no arrow that what stands on it leaves.
    QWidget* page = w.window.findChild<CardStack*>()->widget();
    page->setFocusPolicy(Qt::StrongFocus);
    page->setFocus();
    QTest::keyClick(page, Qt::Key_Left);
    CHECK(w.store.step() == 5);
}

namespace {

template <class T>
T* named(const QWidget& in, const char* name)
{
    for (T* widget : in.findChildren<T*>())
        if (widget->accessibleName() == QString::fromUtf8(name))
            return widget;
    return nullptr;
}

/// As a hand does it; the keys that follow go to whatever has the focus then.
void drag(QWidget& slider, double from, double to)
{
    const auto at = [&](double part) { return QPoint(static_cast<int>(part * slider.width()), slider.height() / 2); };
    QTest::mousePress(&slider, Qt::LeftButton, {}, at(from));
    QTest::mouseMove(&slider, at(to));
    QTest::mouseRelease(&slider, Qt::LeftButton, {}, at(to));
}

void pressWhereFocusIs(Window& w, Qt::Key key)
{
    REQUIRE(w.window.focusWidget());
    QTest::keyClick(w.window.focusWidget(), key);
}

} // namespace

TEST_CASE("whoever used a slider with the mouse goes on to step with the keys", "[ui][keys][focus]")
{
    Window w;
    w.store.setStep(5);
    drag(*named<QSlider>(w.window.timeline(), "Axis between time and steps"), 0.05, 0.6);
    const double blend = w.store.blend();
    CHECK(blend > 0.1);
    pressWhereFocusIs(w, Qt::Key_Left);
    CHECK(w.store.step() == 4);
    pressWhereFocusIs(w, Qt::Key_End);
    CHECK(w.store.step() == w.store.lastStep());
    pressWhereFocusIs(w, Qt::Key_Home);
    CHECK(w.store.step() == 0);
    CHECK(w.store.blend() == blend);

    drag(*named<QSlider>(w.window.parameters(), "wait a"), 0.2, 0.8);
    const Values values = w.store.values();
    CHECK(values.number("a") > 2);
    pressWhereFocusIs(w, Qt::Key_Right);
    CHECK(w.store.step() == 1);
    CHECK(w.store.values() == values);
}

TEST_CASE("whoever chose something with the mouse goes on to step with the keys", "[ui][keys][focus]")
{
    Window w;
    w.store.setStep(5);
    QPushButton* more = named<QPushButton>(w.window.parameters(), "more");
    REQUIRE(more);
    QTest::mouseClick(more, Qt::LeftButton);
    REQUIRE(w.store.values().word("mode") == "more");
    const std::size_t step = w.store.step();
    REQUIRE(step > 1);
    pressWhereFocusIs(w, Qt::Key_Left);
    CHECK(w.store.values().word("mode") == "more");
    CHECK(w.store.step() == step - 1);
    // Whoever came by Tab chooses with them.
    more->setFocus(Qt::TabFocusReason);
    pressWhereFocusIs(w, Qt::Key_Left);
    CHECK(w.store.step() == step - 1);
}

TEST_CASE("a list box that was opened with the mouse and left takes no key", "[ui][keys][focus]")
{
    Window w;
    w.window.resize(1000, 700);
    QTest::qWait(10);
    Dropdown* variants = named<Dropdown>(w.window.transport(), "Variant");
    REQUIRE(variants);
    REQUIRE(variants->isVisible());
    for (Dropdown* box : {variants, named<Dropdown>(w.window.transport(), "Speed of playback")}) {
        w.store.setStep(3);
        QTest::mouseClick(box, Qt::LeftButton);
        REQUIRE(box->view()->isVisible());
        QTest::keyClick(box->view(), Qt::Key_Escape);
        REQUIRE(QTest::qWaitFor([&] { return !box->view()->isVisible(); }, 1000));
        w.window.activateWindow();
        REQUIRE(QTest::qWaitForWindowActive(&w.window));
        pressWhereFocusIs(w, Qt::Key_End);
        CHECK(w.store.mode() == Mode::Run);
        CHECK(w.store.step() == w.store.lastStep());
        pressWhereFocusIs(w, Qt::Key_Home);
        CHECK(w.store.step() == 0);
        pressWhereFocusIs(w, Qt::Key_T);
        CHECK(w.store.stepBy() == StepBy::Task);
        pressWhereFocusIs(w, Qt::Key_T);
        CHECK(w.store.variantIndex() == 0);
        CHECK(w.store.speed() == 1);
    }
}

TEST_CASE("a key that does something takes the tip away that told of what lay there before", "[ui][keys]")
{
    Window w;
    QToolTip::showText(w.lanes().mapToGlobal(QPoint(200, 80)), QStringLiteral("ready: waits for its turn"), w.lanes().viewport());
    REQUIRE(QToolTip::isVisible());
    w.press(Qt::Key_W);
    CHECK(QTest::qWaitFor([] { return !QToolTip::isVisible(); }, 2000));
}
