#pragma once

#include "ui/store.h"

#include <QAbstractListModel>

namespace loopscope::ui {

/// All breakpoints of the lesson, each with a box that switches it on and off. It changes nothing
/// itself: it asks for other marks.
class BreakpointModel final : public QAbstractListModel {
    Q_OBJECT

public:
    explicit BreakpointModel(const Store& store, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

    /// Asks to take a row away. Requires a row of this model.
    void remove(int row);

Q_SIGNALS:
    void marksRequested(const LessonMarks& marks);

private:
    void follow();

    const Store& m_store;
    int m_rows = 0;
};

/// All bookmarks of the lesson; the note of each can be edited.
class BookmarkModel final : public QAbstractListModel {
    Q_OBJECT

public:
    explicit BookmarkModel(const Store& store, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

    void remove(int row);

Q_SIGNALS:
    void marksRequested(const LessonMarks& marks);

private:
    void follow();

    const Store& m_store;
    int m_rows = 0;
};

} // namespace loopscope::ui
