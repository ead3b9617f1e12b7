#pragma once

#include "ui/store.h"

#include <QWidget>

class QPushButton;

namespace loopscope::ui {

class BreakingRow;

/// Below the parameters: keeps the run as it is, so that what a change makes of it can be compared
/// with it, and forgets it again. Not live while it is the one that is kept.
class BeforeButton final : public QWidget {
    Q_OBJECT

public:
    explicit BeforeButton(const Store& store, QWidget* parent = nullptr);

    [[nodiscard]] QPushButton& button() { return *m_button; }

Q_SIGNALS:
    void keepRequested();
    void forgetRequested();
    /// It came or went, or has another height.
    void shownChanged();

private:
    void refresh();

    const Store& m_store;
    QPushButton* m_button;
    QPushButton* m_forget;
    BreakingRow* m_row;
};

} // namespace loopscope::ui
