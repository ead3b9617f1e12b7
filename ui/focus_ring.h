#pragma once

#include "ui/store.h"

#include <QWidget>

namespace loopscope::ui {

/// A line around a list, a table or a picture that has the focus, for whoever came to it by Tab; a hand that
/// clicks knows where it is.
class FocusRing final : public QWidget {
    Q_OBJECT

public:
    /// A child of the area.
    FocusRing(const Store& store, QWidget& area);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    const Store& m_store;
    QWidget& m_area;
    bool m_byTab = false; ///< how the focus came
};

} // namespace loopscope::ui
