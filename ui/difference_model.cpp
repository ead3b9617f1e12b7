#include "ui/difference_model.h"

#include "core/base/format.h"

#include "ui/theme.h"

#include <utility>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

QString textOf(Duration span) { return QString::fromStdString(format_duration(span)); }

QString changeOf(Duration a, Duration b)
{
    if (a == b)
        return DifferenceModel::tr("same");
    return b > a ? u'+' + textOf(b - a) : QChar(0x2212) + textOf(a - b);
}

QString changeOf(std::size_t a, std::size_t b)
{
    if (a == b)
        return DifferenceModel::tr("same");
    return b > a ? u"+%1"_s.arg(b - a) : u"\u2212%1"_s.arg(a - b);
}

QString lifeOf(const std::optional<TaskLife>& life)
{
    if (!life)
        return u"–"_s;
    const QString takes = textOf(life->takes);
    switch (life->end) {
    case LaneEnd::Kind::Finished:
        break;
    case LaneEnd::Kind::Open:
        return takes + u" …"_s;
    case LaneEnd::Kind::Failed:
        return u"✗ "_s + takes;
    case LaneEnd::Kind::Cancelled:
        return u"⊘ "_s + takes;
    }
    return takes;
}

QString toldOf(const std::optional<TaskLife>& life)
{
    if (!life)
        return DifferenceModel::tr("not there");
    const QString takes = textOf(life->takes);
    switch (life->end) {
    case LaneEnd::Kind::Finished:
        break;
    case LaneEnd::Kind::Open:
        return DifferenceModel::tr("%1 and not over").arg(takes);
    case LaneEnd::Kind::Failed:
        return DifferenceModel::tr("failed after %1").arg(takes);
    case LaneEnd::Kind::Cancelled:
        return DifferenceModel::tr("cancelled after %1").arg(takes);
    }
    return takes;
}

} // namespace

std::vector<DifferenceRow> numberRows(const Comparison& numbers)
{
    const RunStats& a = numbers.a;
    const RunStats& b = numbers.b;
    const auto time = [](const QString& name, Duration first, Duration second) {
        return DifferenceRow{name, textOf(first), textOf(second), changeOf(first, second), {}, {}};
    };
    const auto count = [](const QString& name, std::size_t first, std::size_t second) {
        return DifferenceRow{name, QString::number(first), QString::number(second), changeOf(first, second), {}, {}};
    };
    std::vector rows{time(DifferenceModel::tr("total"), a.total, b.total),
                     time(DifferenceModel::tr("busy"), a.busy, b.busy),
                     time(DifferenceModel::tr("idle"), a.idle, b.idle),
                     time(DifferenceModel::tr("waiting"), a.waiting, b.waiting),
                     count(DifferenceModel::tr("switches"), a.switches, b.switches),
                     count(DifferenceModel::tr("tasks"), a.tasks, b.tasks)};
    if (a.peak_in_flight > 0 || b.peak_in_flight > 0) // beside "up to 2 waiting at once" a nought would puzzle
        rows.push_back(count(DifferenceModel::tr("peak in flight"), a.peak_in_flight, b.peak_in_flight));
    return rows;
}

std::vector<DifferenceRow> taskRows(const std::vector<TaskDifference>& tasks)
{
    std::vector<DifferenceRow> rows;
    for (const TaskDifference& task : tasks) {
        DifferenceRow row{QString::fromStdString(task.name), lifeOf(task.a), lifeOf(task.b), {}, {}, {}};
        if (task.a)
            row.taskA = task.a->task;
        if (task.b)
            row.taskB = task.b->task;
        if (!task.a)
            row.change = DifferenceModel::tr("only in B");
        else if (!task.b)
            row.change = DifferenceModel::tr("only in A");
        else
            row.change = changeOf(task.a->takes, task.b->takes);
        row.words = DifferenceModel::tr("%1: %2 in A, %3 in B, %4").arg(row.name, toldOf(task.a), toldOf(task.b), row.change);
        rows.push_back(std::move(row));
    }
    return rows;
}

DifferenceModel::DifferenceModel(const QString& what, const QString& hint, QObject* parent)
    : QAbstractTableModel(parent)
    , m_what(what)
    , m_hint(hint)
{
}

void DifferenceModel::set(std::vector<DifferenceRow> rows, const QString& titleA, const QString& titleB)
{
    // While a slider moves, the same tasks have other numbers: the table keeps its place then.
    const bool sameRows = std::equal(rows.begin(), rows.end(), m_rows.begin(), m_rows.end(),
                                     [](const DifferenceRow& a, const DifferenceRow& b) { return a.name == b.name; });
    const bool sameTitles = titleA == m_titleA && titleB == m_titleB;
    if (!sameRows)
        beginResetModel();
    const std::vector<DifferenceRow> before = std::exchange(m_rows, std::move(rows));
    m_titleA = titleA;
    m_titleB = titleB;
    if (!sameRows) {
        endResetModel();
        return;
    }
    for (int row = 0; row < rowCount(); ++row) // each row that is told is painted
        if (before[static_cast<std::size_t>(row)] != m_rows[static_cast<std::size_t>(row)])
            Q_EMIT dataChanged(index(row, 0), index(row, Columns - 1));
    if (!sameTitles)
        Q_EMIT headerDataChanged(Qt::Horizontal, A, B);
    if (before != m_rows)
        Q_EMIT changed();
}

int DifferenceModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int DifferenceModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant DifferenceModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const DifferenceRow& row = m_rows[static_cast<std::size_t>(index.row())];
    const QString* texts[] = {&row.name, &row.a, &row.b, &row.change};
    switch (role) {
    case Qt::DisplayRole:
        return *texts[index.column()];
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return !row.words.isEmpty() ? row.words : tr("%1: %2 in A, %3 in B, %4").arg(row.name, row.a, row.b, row.change);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter | (index.column() == Name ? Qt::AlignLeft : Qt::AlignRight)));
    case Qt::FontRole:
        return index.column() == Name ? QVariant() : QVariant(codeFont(TextSize::Small));
    default:
        return {};
    }
}

QVariant DifferenceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter | (section == Name ? Qt::AlignLeft : Qt::AlignRight)));
    if (role == Qt::ToolTipRole)
        return section == Name ? m_hint : section == A ? m_titleA : section == B ? m_titleB : tr("change");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return m_what;
    case A:
        return u"A"_s;
    case B:
        return u"B"_s;
    default:
        return tr("change");
    }
}

} // namespace loopscope::ui
