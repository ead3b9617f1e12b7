#include "ui/task_stats_model.h"

#include "core/base/format.h"

#include "ui/style.h"

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

} // namespace

TaskStatsModel::TaskStatsModel(const Store& store, QObject* parent)
    : QAbstractTableModel(parent)
    , m_store(store)
{
}

void TaskStatsModel::show(std::vector<TaskStats> tasks)
{
    const int before = rowCount();
    const int now = static_cast<int>(tasks.size());
    if (now < before) {
        beginRemoveRows({}, now, before - 1);
        m_tasks = std::move(tasks);
        endRemoveRows();
    } else if (now > before) {
        beginInsertRows({}, before, now - 1);
        m_tasks = std::move(tasks);
        endInsertRows();
    } else {
        m_tasks = std::move(tasks);
    }
    if (now > 0)
        Q_EMIT dataChanged(index(0, 0), index(now - 1, ColumnCount - 1));
}

int TaskStatsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_tasks.size());
}

QVariant TaskStatsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const TaskStats& task = m_tasks[static_cast<std::size_t>(index.row())];
    const auto duration = [&](Duration span) -> QVariant {
        if (role == SortRole)
            return static_cast<qlonglong>(span.count());
        return QString::fromStdString(format_duration(span));
    };
    switch (role) {
    case Qt::DisplayRole:
    case SortRole:
        switch (index.column()) {
        case Name:
            return role == SortRole ? QVariant(task.task.value) : QString::fromStdString(m_store.trace().display_name(task.task));
        case Busy:
            return duration(task.busy);
        case Ready:
            return duration(task.ready);
        case Waiting:
            return duration(task.waiting);
        case Turns:
            return static_cast<qulonglong>(task.steps);
        default:
            return {};
        }
    case Qt::ToolTipRole: // the column of names gives way to the numbers
        return index.column() == Name ? QString::fromStdString(m_store.trace().display_name(task.task)) : QVariant();
    case TaskRole:
        return task.task.value;
    case Qt::ForegroundRole:
        if (index.column() == Name)
            return themeOf(m_store).task(m_store.run().colors[task.task.value - 1]);
        return {};
    case Qt::FontRole:
        return index.column() == Name ? wordFont(TextSize::Small, QFont::DemiBold) : codeFont(TextSize::Small);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment(index.column() == Name ? Qt::AlignLeft | Qt::AlignVCenter
                                                                        : Qt::AlignRight | Qt::AlignVCenter));
    default:
        return {};
    }
}

QVariant TaskStatsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(section == Name ? Qt::AlignLeft | Qt::AlignVCenter
                                                                 : Qt::AlignRight | Qt::AlignVCenter));
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const bool hint = role == Qt::ToolTipRole;
    switch (section) {
    case Name:
        return hint ? tr("The tasks so far, in the order in which they were made") : tr("task");
    case Busy:
        return hint ? tr("How long it held the thread") : tr("ran");
    case Ready:
        return hint ? tr("How long it stood in the ready queue and waited for its turn") : tr("ready");
    case Waiting:
        return hint ? tr("How long it was suspended at an await") : tr("waited");
    case Turns:
        return hint ? tr("How often the loop gave it a turn") : tr("turns");
    default:
        return {};
    }
}

} // namespace loopscope::ui
