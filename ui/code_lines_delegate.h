#pragma once

#include <QStyledItemDelegate>

namespace loopscope::ui {

/// Lines of code in a list: what is too long for its line goes on below, further in than it began.
class CodeLinesDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// Where each line of such code begins, in characters, and what stands there; `most` fit beside each other.
[[nodiscard]] QList<std::pair<qsizetype, QString>> hangingLines(const QString& code, qsizetype most);

} // namespace loopscope::ui
