#pragma once

#include <QWidget>

class QToolButton;
class QUndoStack;

namespace loopscope::ui {

class Store;

/// Undo and redo of changed values, where the values are. Each says what it would take back or do
/// again.
class UndoButtons final : public QWidget {
    Q_OBJECT

public:
    /// Both must outlive the buttons.
    UndoButtons(const Store& store, const QUndoStack& changes, QWidget* parent = nullptr);

Q_SIGNALS:
    void undoRequested();
    void redoRequested();

private:
    void refresh();
    void refreshTheme();

    const Store& m_store;
    const QUndoStack& m_changes;
    QToolButton* m_undo;
    QToolButton* m_redo;
};

} // namespace loopscope::ui
