#pragma once

#include "ui/store.h"

#include <QDialog>

namespace loopscope::ui {

/// All keys and gestures of the window, and the few settings that have no place of their own.
class KeysDialog final : public QDialog {
    Q_OBJECT

public:
    explicit KeysDialog(const Store& store, QWidget* parent = nullptr);

Q_SIGNALS:
    void reduceMotionRequested(bool reduce);
};

} // namespace loopscope::ui
