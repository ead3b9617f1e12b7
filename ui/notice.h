#pragma once

#include "ui/store.h"

#include <QFrame>
#include <QTimer>

class QLabel;

namespace loopscope::ui {

/// The Store's notice: what was done, or what went wrong, told by a sign as well as by its colour. It
/// lies over the upper edge of its parent, so that nothing moves for it. What went well goes by itself
/// after a while; what went wrong stays until it is dismissed.
class Notice final : public QFrame {
    Q_OBJECT

public:
    Notice(const Store& store, QWidget* parent);

Q_SIGNALS:
    void dismissed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refresh();
    void place();

    const Store& m_store;
    QLabel* m_sign;
    QLabel* m_words;
    QTimer m_goes;
};

} // namespace loopscope::ui
