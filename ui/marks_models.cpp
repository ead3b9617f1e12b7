#include "ui/marks_models.h"

#include "ui/marks_text.h"

namespace loopscope::ui {

BreakpointModel::BreakpointModel(const Store& store, QObject* parent)
    : QAbstractListModel(parent)
    , m_store(store)
{
    connect(&m_store, &Store::marksChanged, this, &BreakpointModel::follow);
    connect(&m_store, &Store::runChanged, this, &BreakpointModel::follow);
    connect(&m_store, &Store::languageChanged, this, &BreakpointModel::follow);
    follow();
}

void BreakpointModel::follow()
{
    const auto rows = static_cast<int>(m_store.marks().breakpoints.size());
    if (rows == m_rows) { // a switch of one keeps its row, and the focus on it
        if (rows > 0)
            Q_EMIT dataChanged(index(0, 0), index(rows - 1, 0));
        return;
    }
    beginResetModel();
    m_rows = rows;
    endResetModel();
}

int BreakpointModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

QVariant BreakpointModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Breakpoint& breakpoint = m_store.marks().breakpoints[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::CheckStateRole:
        return static_cast<int>(breakpoint.on ? Qt::Checked : Qt::Unchecked);
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return breakpointText(breakpoint, m_store.code(), m_store.language());
    default:
        return {};
    }
}

Qt::ItemFlags BreakpointModel::flags(const QModelIndex& index) const
{
    return QAbstractListModel::flags(index) | (index.isValid() ? Qt::ItemIsUserCheckable : Qt::NoItemFlags);
}

bool BreakpointModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::CheckStateRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    LessonMarks marks = m_store.marks();
    marks.breakpoints[static_cast<std::size_t>(index.row())].on = value.toInt() == Qt::Checked;
    Q_EMIT marksRequested(marks);
    return true;
}

void BreakpointModel::remove(int row)
{
    LessonMarks marks = m_store.marks();
    marks.breakpoints.erase(marks.breakpoints.begin() + row);
    Q_EMIT marksRequested(marks);
}

BookmarkModel::BookmarkModel(const Store& store, QObject* parent)
    : QAbstractListModel(parent)
    , m_store(store)
{
    connect(&m_store, &Store::marksChanged, this, &BookmarkModel::follow);
    connect(&m_store, &Store::runChanged, this, &BookmarkModel::follow);
    follow();
}

void BookmarkModel::follow()
{
    const auto rows = static_cast<int>(m_store.marks().bookmarks.size());
    if (rows == m_rows) {
        if (rows > 0)
            Q_EMIT dataChanged(index(0, 0), index(rows - 1, 0));
        return;
    }
    beginResetModel();
    m_rows = rows;
    endResetModel();
}

int BookmarkModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

QVariant BookmarkModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto row = static_cast<std::size_t>(index.row());
    switch (role) {
    case Qt::EditRole:
        return m_store.marks().bookmarks[row].note;
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return bookmarkText(m_store, row);
    default:
        return {};
    }
}

Qt::ItemFlags BookmarkModel::flags(const QModelIndex& index) const
{
    return QAbstractListModel::flags(index) | (index.isValid() ? Qt::ItemIsEditable : Qt::NoItemFlags);
}

bool BookmarkModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::EditRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    LessonMarks marks = m_store.marks();
    marks.bookmarks[static_cast<std::size_t>(index.row())].note = value.toString().trimmed();
    Q_EMIT marksRequested(marks);
    return true;
}

void BookmarkModel::remove(int row)
{
    LessonMarks marks = m_store.marks();
    marks.bookmarks.erase(marks.bookmarks.begin() + row);
    Q_EMIT marksRequested(marks);
}

} // namespace loopscope::ui
