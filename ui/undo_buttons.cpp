#include "ui/undo_buttons.h"

#include "ui/controls.h"
#include "ui/drawn_icon.h"
#include "ui/store.h"
#include "ui/style.h"

#include <QHBoxLayout>
#include <QToolButton>
#include <QUndoStack>

namespace loopscope::ui {

using namespace Qt::StringLiterals;

UndoButtons::UndoButtons(const Store& store, const QUndoStack& changes, QWidget* parent)
    : QWidget(parent)
    , m_store(store)
    , m_changes(changes)
    , m_undo(makeGlyphButton(tr("Undo"), tr("Ctrl+Z"), this))
    , m_redo(makeGlyphButton(tr("Redo"), tr("Ctrl+Shift+Z"), this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    for (QToolButton* button : {m_undo, m_redo}) {
        setRole(button, "stepper");
        button->setIconSize({14, 14});
        row->addWidget(button);
    }
    connect(m_undo, &QToolButton::clicked, this, &UndoButtons::undoRequested);
    connect(m_redo, &QToolButton::clicked, this, &UndoButtons::redoRequested);
    connect(&m_changes, &QUndoStack::indexChanged, this, &UndoButtons::refresh);
    connect(&m_store, &Store::themeChanged, this, &UndoButtons::refreshTheme);
    refreshTheme();
    refresh();
}

void UndoButtons::refresh()
{
    const auto tell = [](QToolButton* button, bool can, const QString& does, const QString& key, const QString& nothing) {
        button->setEnabled(can);
        button->setToolTip(can ? u"%1  (%2)"_s.arg(does, key) : nothing);
    };
    tell(m_undo, m_changes.canUndo(), tr("Undo: %1").arg(m_changes.undoText()), tr("Ctrl+Z"),
         tr("No change of a value to take back  (Ctrl+Z)"));
    tell(m_redo, m_changes.canRedo(), tr("Redo: %1").arg(m_changes.redoText()), tr("Ctrl+Shift+Z"),
         tr("Nothing to do again  (Ctrl+Shift+Z)"));
}

void UndoButtons::refreshTheme()
{
    const Theme& look = themeOf(m_store);
    m_undo->setIcon(drawnIcon(drawUndo, look.text, look.textFaint));
    m_redo->setIcon(drawnIcon(drawRedo, look.text, look.textFaint));
}

} // namespace loopscope::ui
