#pragma once

#include <QCheckBox>

namespace loopscope::ui {

/// A box with a tick in it when it is checked: a filled square alone says that by its colour only.
class TickBox final : public QCheckBox {
    Q_OBJECT

public:
    using QCheckBox::QCheckBox;

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace loopscope::ui
