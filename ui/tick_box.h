#pragma once

#include <QCheckBox>
#include <QStyledItemDelegate>

namespace loopscope::ui {

/// A box with a tick in it when it is checked: a filled square alone says that by its colour only.
class TickBox final : public QCheckBox {
    Q_OBJECT

public:
    using QCheckBox::QCheckBox;

protected:
    void paintEvent(QPaintEvent* event) override;
};

/// A list whose rows can be checked has the same box; its current row is told by its ground alone.
class TickDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace loopscope::ui
