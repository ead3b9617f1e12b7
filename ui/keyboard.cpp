#include "ui/keyboard.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QScrollArea>
#include <QToolTip>
#include <QWidget>

#include <exception>
#include <utility>

namespace loopscope::ui {
namespace {

/// Such chords work in every field; Qt finds them before the widget with the focus sees the key.
bool isGlobal(const KeyChord& chord)
{
    return chord.modifiers & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier);
}

} // namespace

Keyboard::Keyboard(QWidget& window)
    : QObject(&window)
    , m_window(window)
    , m_shortcuts(shortcuts())
{
    qApp->installEventFilter(this);
    for (const Shortcut& shortcut : std::as_const(m_shortcuts))
        for (qsizetype i = 0; i < shortcut.chords.size(); ++i) {
            const KeyChord& chord = shortcut.chords[i];
            if (!isGlobal(chord))
                continue;
            auto* action = new QAction(shortcut.words, this);
            action->setShortcut(QKeyCombination(chord.modifiers, chord.key));
            action->setAutoRepeat(shortcut.repeats);
            m_window.addAction(action);
            connect(action, &QAction::triggered, this, [this, id = shortcut.id, i] {
                for (const Shortcut& row : std::as_const(m_shortcuts))
                    if (row.id == id && (row.where == KeyContext::Anywhere || row.where == m_context))
                        lead(row, i);
            });
        }
}

// A button that is pressed once in a while takes the focus, and Qt lets arrows walk from button to button; a page
// around a card takes those that the card leaves, to scroll sideways, which no page here does. To whoever steps
// through a run with them, they would be dead from then on. Buttons of which one is chosen keep them.
bool Keyboard::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress)
        return false;
    const auto* widget = qobject_cast<QWidget*>(watched);
    if (!widget || widget->window() != &m_window)
        return false;
    const auto& key = *static_cast<QKeyEvent*>(event);
    const bool sideways = key.key() == Qt::Key_Left || key.key() == Qt::Key_Right;
    const bool enters = key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter;
    auto* button = qobject_cast<QAbstractButton*>(watched);
    if (button && enters && (key.modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier) { // in a window that is no dialog, Qt knows Space only
        if (!key.isAutoRepeat())
            button->click();
        return true;
    }
    const bool isAlone = button && !button->group() && !button->autoExclusive();
    return (isAlone || qobject_cast<const QScrollArea*>(widget)) && sideways && press(key);
}

void Keyboard::on(KeyId id, std::function<void()> what)
{
    onCounted(id, [what = std::move(what)](std::size_t) { what(); });
}

void Keyboard::onCounted(KeyId id, std::function<void(std::size_t)> what)
{
    Q_ASSERT(!m_deeds.contains(id));
    m_deeds[id] = std::move(what);
}

bool Keyboard::press(const QKeyEvent& event)
{
    const PressedShortcut pressed = shortcutOf(event, m_shortcuts, m_context);
    if (!pressed.shortcut || isGlobal(pressed.shortcut->chords[pressed.chord]))
        return false;
    if (!event.isAutoRepeat() || pressed.shortcut->repeats)
        lead(*pressed.shortcut, pressed.chord);
    return true;
}

void Keyboard::lead(const Shortcut& shortcut, qsizetype chord)
{
    const auto deed = m_deeds.find(shortcut.id);
    if (deed == m_deeds.end())
        return;
    QToolTip::hideText(); // it speaks of what lay under the pointer before
    try {
        deed->second(static_cast<std::size_t>(chord));
    } catch (const std::exception& error) { // must not cross Qt's event handling
        Q_EMIT failed(QString::fromUtf8(error.what()));
    }
    Q_EMIT done(shortcut.id);
}

} // namespace loopscope::ui
