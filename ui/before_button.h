#pragma once

#include "ui/store.h"

#include <QWidget>

class QPushButton;

namespace loopscope::ui {

/// Below the parameters: keeps the run as it is, so that what a change makes of it can be compared
/// with it. Gone while a comparison with it is on screen.
class BeforeButton final : public QWidget {
    Q_OBJECT

public:
    explicit BeforeButton(const Store& store, QWidget* parent = nullptr);

    [[nodiscard]] QPushButton& button() { return *m_button; }

Q_SIGNALS:
    void keepRequested();

private:
    void refresh();

    const Store& m_store;
    QPushButton* m_button;
};

} // namespace loopscope::ui
