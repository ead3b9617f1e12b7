#include "tests/support/catch.h"

#include "app/window_states.h"
#include "ui/keys.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QRegion>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTabBar>
#include <QTest>

#include <algorithm>
#include <functional>

// The window with a keyboard alone, and with a screen reader, in each of its states.

using namespace loopscope;
using namespace loopscope::app;

namespace {

constexpr QSize usual{1440, 900};
constexpr QSize smallest{1100, 700};

QString nameOf(QWidget& widget)
{
    const QAccessibleInterface* told = QAccessible::queryAccessibleInterface(&widget);
    return QString::fromLatin1(widget.metaObject()->className()).section(QStringLiteral("::"), -1)
        + (told ? u' ' + told->text(QAccessible::Name) : QString());
}

QStringList namesOf(const QList<QWidget*>& widgets)
{
    QStringList names;
    for (QWidget* widget : widgets)
        names += nameOf(*widget);
    return names;
}

std::string joined(const QStringList& words) { return words.join(QStringLiteral("\n")).toStdString(); }

QList<QWidget*> visibleIn(QWidget& window)
{
    QList<QWidget*> visible;
    for (QWidget* widget : window.findChildren<QWidget*>())
        if (widget->isVisible() && widget->window() == &window)
            visible += widget;
    return visible;
}

bool takesTab(const QWidget& widget)
{
    return widget.isEnabled() && (widget.focusPolicy() & Qt::TabFocus) && !widget.focusProxy();
}

/// The window and all that is open over it, in every state.
void inEachState(QSize size, const std::function<void(QWidget&)>& look)
{
    for (const WindowState& state : windowStates()) {
        StagedWindow staged(state, size);
        INFO(state.name);
        const QList<QWidget*> over = staged.windowsOver();
        if (over.isEmpty())
            look(staged.window());
        for (QWidget* window : over)
            look(*window);
    }
}

/// Where a key leads, from one widget to the next, until it comes round.
QList<QWidget*> walked(QWidget& window, Qt::Key key)
{
    window.activateWindow();
    REQUIRE(QTest::qWaitForWindowActive(&window));
    QList<QWidget*> way;
    for (int i = 0; i < 300; ++i) {
        QTest::keyClick(window.focusWidget() ? window.focusWidget() : &window, key);
        QWidget* now = window.focusWidget();
        if (!way.isEmpty() && now == way.back())
            continue; // a link within the words
        if (!now || way.contains(now))
            break;
        way += now;
    }
    return way;
}

} // namespace

TEST_CASE("a screen reader is told the name and the role of all that takes the focus", "[app][accessibility]")
{
    inEachState(usual, [](QWidget& window) {
        QStringList nameless;
        for (QWidget* widget : visibleIn(window)) {
            if (!takesTab(*widget))
                continue;
            QAccessibleInterface* told = QAccessible::queryAccessibleInterface(widget);
            REQUIRE(told);
            if (told->text(QAccessible::Name).trimmed().isEmpty() || told->role() == QAccessible::Client
                || told->role() == QAccessible::NoRole)
                nameless += nameOf(*widget) + QStringLiteral(", role %1").arg(told->role());
        }
        CHECK(joined(nameless) == "");
    });
}

TEST_CASE("Tab leads to each control, and Shift and Tab lead back", "[app][accessibility]")
{
    inEachState(smallest, [](QWidget& window) {
        QList<QWidget*> there = walked(window, Qt::Key_Tab);
        QStringList missed;
        for (QWidget* widget : visibleIn(window))
            if (takesTab(*widget) && !there.contains(widget))
                missed += nameOf(*widget);
        CHECK(joined(missed) == "");
        QList<QWidget*> back = walked(window, Qt::Key_Backtab);
        std::reverse(back.begin(), back.end());
        REQUIRE(!there.isEmpty());
        // Both go round: they are compared from the same place.
        const auto first = std::find(back.begin(), back.end(), there.front());
        REQUIRE(first != back.end());
        std::rotate(back.begin(), first, back.end());
        CHECK(joined(namesOf(back)) == joined(namesOf(there)));
    });
}

TEST_CASE("what can be pressed or scrolled can be reached without a mouse", "[app][accessibility]")
{
    inEachState(smallest, [](QWidget& window) {
        QStringList mouseOnly;
        for (QWidget* widget : visibleIn(window)) {
            if (!widget->isEnabled() || takesTab(*widget))
                continue;
            const auto* area = qobject_cast<QAbstractScrollArea*>(widget);
            const bool isPart = qobject_cast<QTabBar*>(widget->parentWidget()) || qobject_cast<QLineEdit*>(widget->parentWidget());
            const auto leadsInto = [&] { // what stands in it takes the focus, and is scrolled to then
                const QList<QWidget*> inside = widget->findChildren<QWidget*>();
                return std::any_of(inside.begin(), inside.end(),
                                   [](const QWidget* child) { return child->isVisible() && takesTab(*child); });
            };
            if ((qobject_cast<QAbstractButton*>(widget) && !isPart)
                || (area && area->verticalScrollBar()->maximum() > 0 && !leadsInto()))
                mouseOnly += nameOf(*widget);
        }
        CHECK(joined(mouseOnly) == "");
    });
}

/// Whether nothing of it is seen, as its children lie all over it: a container, which only says where they
/// stand. (Style lets a splitter follow the mouse for its handles.)
bool isCovered(const QWidget& widget)
{
    const bool paintsInViewport = qobject_cast<const QAbstractScrollArea*>(&widget) != nullptr;
    return !paintsInViewport && QRegion(widget.rect()).subtracted(widget.childrenRegion()).isEmpty();
}

TEST_CASE("what is drawn for the mouse alone says which keys do the same", "[app][accessibility]")
{
    QStringList caps;
    for (const ui::Shortcut& shortcut : ui::shortcuts())
        caps += ui::capsOf(shortcut);
    inEachState(usual, [&](QWidget& window) {
        QStringList silent;
        for (QWidget* widget : visibleIn(window)) {
            const bool ours = QString::fromLatin1(widget->metaObject()->className()).startsWith(QStringLiteral("loopscope::"));
            if (!ours || !widget->hasMouseTracking() || takesTab(*widget) || qobject_cast<QLabel*>(widget)) // words can be marked
                continue;
            if (isCovered(*widget))
                continue;
            const QStringList words = widget->toolTip().split(QRegularExpression(QStringLiteral("[\\s,;.()]+")));
            if (std::none_of(caps.begin(), caps.end(), [&](const QString& cap) { return words.contains(cap); }))
                silent += nameOf(*widget);
        }
        CHECK(joined(silent) == "");
    });
}
