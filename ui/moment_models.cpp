#include "ui/moment_models.h"

#include "core/trace/explain.h"

#include <algorithm>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

QString whenText(TimePoint when)
{
    return QString::number(to_seconds(when), 'f', 3);
}

QString text(std::string_view view)
{
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

} // namespace

TaskId taskOf(const Fact& fact)
{
    return std::visit(
        [](const auto& happened) -> TaskId {
            if constexpr (requires { happened.task; })
                return happened.task;
            else
                return {};
        },
        fact);
}

MomentModel::MomentModel(const Store& store, QObject* parent)
    : QAbstractListModel(parent)
    , m_store(store)
{
    connect(&m_store, &Store::runChanged, this, [this] {
        beginResetModel();
        m_rows = rowsAt(m_store.snapshot().step);
        endResetModel();
    });
    connect(&m_store, &Store::stepChanged, this, &MomentModel::follow);
}

void MomentModel::begin()
{
    m_rows = rowsAt(m_store.snapshot().step);
}

void MomentModel::follow()
{
    const int rows = rowsAt(m_store.snapshot().step);
    if (rows > m_rows) {
        beginInsertRows({}, m_rows, rows - 1);
        m_rows = rows;
        endInsertRows();
    } else if (rows < m_rows) {
        beginRemoveRows({}, rows, m_rows - 1);
        m_rows = rows;
        endRemoveRows();
    }
}

QVariant MomentModel::who(TaskId task, int role) const
{
    if (role == WhoRole)
        return task ? QString::fromStdString(m_store.trace().display_name(task)) : tr("loop");
    if (role == WhoColorRole)
        return task ? m_store.run().colors[task.value - 1] : -1;
    return task.value;
}

OutputModel::OutputModel(const Store& store, QObject* parent)
    : MomentModel(store, parent)
{
    begin();
}

int OutputModel::rowsAt(std::size_t step) const
{
    const std::vector<Note>& notes = m_store.run().notes;
    return static_cast<int>(std::count_if(notes.begin(), notes.end(),
                                          [step](const Note& note) { return note.step < step; }));
}

QVariant OutputModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Note& note = m_store.run().notes[static_cast<std::size_t>(index.row())];
    switch (role) {
    case WhenRole:
        return whenText(note.when);
    case WhoRole:
    case WhoColorRole:
    case TaskRole:
        return who(note.task, role);
    case Qt::ToolTipRole:
    case WhatRole:
        return text(note.text);
    case MoreRole:
        return QString();
    case StepRole:
        return static_cast<qulonglong>(note.step + 1);
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return u"%1 s, %2: %3"_s.arg(whenText(note.when), who(note.task, WhoRole).toString(), text(note.text));
    default:
        return {};
    }
}

EventModel::EventModel(const Store& store, QObject* parent)
    : MomentModel(store, parent)
{
    begin();
}

QVariant EventModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto row = static_cast<std::size_t>(index.row());
    const Trace& trace = m_store.trace();
    const TraceEvent event = trace[row];
    switch (role) {
    case WhenRole:
        return whenText(event.when);
    case WhoRole:
    case WhoColorRole:
    case TaskRole:
        return who(taskOf(event.fact), role);
    case WhatRole:
        return text(fact_name(event.fact));
    case MoreRole:
    case Qt::ToolTipRole:
        return QString::fromStdString(explain(trace, row).sentence);
    case StepRole:
        return static_cast<qulonglong>(row + 1);
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return u"%1 s, %2: %3"_s.arg(whenText(event.when), who(taskOf(event.fact), WhoRole).toString(),
                                     text(fact_name(event.fact)));
    default:
        return {};
    }
}

} // namespace loopscope::ui
