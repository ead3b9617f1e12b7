#pragma once

#include "ui/store.h"

#include <QListView>
#include <QPersistentModelIndex>
#include <QStyledItemDelegate>

namespace loopscope::ui {

/// Draws a row of the list of lessons: a chapter's title, a lesson with how far it is done, or a
/// recording with a cross that closes it.
class LessonDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    static constexpr int chapterHeight = 30;
    static constexpr int lessonHeight = 28;

    LessonDelegate(const Store& store, QListView* list);

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

    /// Where the cross of a recording's row stands.
    [[nodiscard]] static QRect crossIn(const QRect& row);

private:
    void paintChapter(QPainter& painter, const QRectF& row, const QModelIndex& index) const;
    void paintLesson(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    void paintSign(QPainter& painter, QPointF at, const QModelIndex& index, bool open) const;
    [[nodiscard]] bool isOpen(const QModelIndex& index) const;

    const Store& m_store;
    QListView* m_list;
};

/// Up and down walk through the lessons, Enter opens one, Delete closes a recording; the other keys
/// belong to the window.
class LessonListView final : public QListView {
    Q_OBJECT

public:
    using QListView::QListView;

Q_SIGNALS:
    /// The recording of this row is not wanted any more.
    void closeRequested(const QModelIndex& index);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    /// The recording whose cross is at this point; an index that is not valid when there is none.
    [[nodiscard]] QModelIndex crossAt(const QPoint& point) const;

    QPersistentModelIndex m_pressed; ///< whose cross was pressed
};

} // namespace loopscope::ui
