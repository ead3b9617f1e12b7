#pragma once

#include "ui/store.h"

#include <QFrame>
#include <QTimer>

#include <functional>

class QLabel;

namespace loopscope::ui {

/// The Store's notice: what was done, or what went wrong, told by a sign as well as by its colour. It lies
/// over a row of its parent, all of it, so that nothing moves for it and no word beside it is half covered.
/// What went well goes by itself after a while; what went wrong stays until it is dismissed.
class Notice final : public QFrame {
    Q_OBJECT

public:
    /// The row, in the parent's coordinates; what does not fit there reaches further up.
    using Row = std::function<QRect()>;

    Notice(const Store& store, Row row, QWidget* parent);
    /// The row is another one, or elsewhere.
    void place();

Q_SIGNALS:
    void dismissed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refresh();

    const Store& m_store;
    Row m_row;
    QLabel* m_sign;
    QLabel* m_words;
    QTimer m_goes;
};

} // namespace loopscope::ui
