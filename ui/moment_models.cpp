#include "ui/moment_models.h"

#include "core/trace/explain.h"

#include "ui/loop_game.h"

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

MomentModel::MomentModel(const Store& store, QObject* parent)
    : QAbstractListModel(parent)
    , m_store(store)
{
    connect(&m_store, &Store::runChanged, this, [this] {
        beginResetModel();
        forget();
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
    const auto printed = std::count_if(notes.begin(), notes.end(), [step](const Note& note) { return note.step < step; });
    return static_cast<int>(printed) + (failsAt(step) ? 1 : 0);
}

// Python writes the exception that nobody caught where a person sees it: as the last line.
bool OutputModel::failsAt(std::size_t step) const
{
    return step == m_store.trace().size() && m_store.run().run.outcome.kind == Outcome::Kind::Exception;
}

QVariant OutputModel::failure(int role) const
{
    const Outcome& outcome = m_store.run().run.outcome;
    const QString words = text(outcome.message.empty() ? outcome.type : outcome.type + ": " + outcome.message);
    switch (role) {
    case WhenRole:
        return whenText(m_store.run().spans.end);
    case WhoRole:
        return u"stderr"_s;
    case Qt::ToolTipRole:
    case WhatRole:
        return words;
    case IsErrorRole:
        return true;
    case WhoColorRole:
        return -1;
    case TaskRole:
        return 0;
    case StepRole:
        return static_cast<qulonglong>(m_store.trace().size());
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return u"%1 s, stderr: %2"_s.arg(whenText(m_store.run().spans.end), words);
    default:
        return {};
    }
}

QVariant OutputModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const std::vector<Note>& notes = m_store.run().notes;
    if (static_cast<std::size_t>(index.row()) >= notes.size())
        return failure(role);
    const Note& note = notes[static_cast<std::size_t>(index.row())];
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
    connect(&m_store, &Store::languageChanged, this, [this] {
        m_told.clear(); // they name lines of the code that is shown
        if (rowCount() > 0)
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, 0));
    });
    connect(&m_store.game(), &LoopGame::changed, this, [this] { m_told.clear(); }); // they may say what is next
    forget();
    begin();
}

void EventModel::forget()
{
    m_actors.clear();
    m_names.clear();
    m_told.clear();
}

TaskId EventModel::actorOf(std::size_t row) const
{
    if (m_actors.empty())
        m_actors = actors_of(m_store.trace());
    return m_actors[row];
}

QString EventModel::whoOf(std::size_t row) const
{
    const Fact fact = m_store.trace()[row].fact;
    const WorkerId worker = std::visit(
        [](const auto& f) -> WorkerId {
            if constexpr (requires { { f.worker } -> std::convertible_to<WorkerId>; })
                return f.worker;
            else
                return {};
        },
        fact);
    if (worker)
        return text(m_store.trace().worker(worker).name);
    const TaskId subject = subject_of(fact);
    const TaskId task = subject ? subject : actorOf(row);
    if (!task)
        return tr("loop");
    if (m_names.isEmpty())
        for (std::uint32_t id = 1; id <= m_store.trace().task_count(); ++id)
            m_names += QString::fromStdString(m_store.trace().display_name(TaskId{id}));
    return m_names[static_cast<qsizetype>(task.value) - 1];
}

const EventModel::Told& EventModel::toldOf(std::size_t row) const
{
    const Trace& trace = m_store.trace();
    if (m_told.empty())
        m_told.resize(trace.size());
    Told& told = m_told[row];
    if (told.sentence.isEmpty()) {
        const Explanation words = explain(trace, row, m_store.run().replay.at(row + 1), m_store.run().spans.causes,
                                          m_store.code().lineNamer(trace, m_store.language()), m_store.game().outlook());
        told.title = QString::fromStdString(words.headline);
        if (const QString who = whoOf(row) + u' '; told.title.startsWith(who))
            told.title.remove(0, who.size());
        told.sentence = QString::fromStdString(words.sentence);
    }
    return told;
}

bool EventModel::matches(int row, const std::set<FactGroup>& hidden, TaskId task) const
{
    const auto at = static_cast<std::size_t>(row);
    const Fact fact = m_store.trace()[at].fact;
    if (!hidden.empty() && hidden.count(group_of(fact)) > 0)
        return false;
    return !task || actorOf(at) == task || concerns(m_store.trace(), fact, task);
}

QString EventModel::searchText(int row) const
{
    constexpr std::size_t mostSentences = 5000; // about a tenth of a second
    const auto at = static_cast<std::size_t>(row);
    const Fact fact = m_store.trace()[at].fact;
    QString words = whoOf(at) + u' ' + text(fact_name(fact));
    if (m_store.trace().size() <= mostSentences)
        words += u' ' + toldOf(at).title + u' ' + toldOf(at).sentence;
    else if (const auto* noted = std::get_if<Noted>(&fact))
        words += u' ' + text(noted->text);
    return words;
}

QVariant EventModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto row = static_cast<std::size_t>(index.row());
    const Trace& trace = m_store.trace();
    const TraceEvent event = trace[row];
    const auto task = [&] {
        const TaskId subject = subject_of(event.fact);
        return subject ? subject : actorOf(row);
    };
    switch (role) {
    case WhenRole:
        return whenText(event.when);
    case WhoRole:
        return whoOf(row);
    case WhoColorRole:
    case TaskRole:
        return who(task(), role);
    case WhatRole:
        return toldOf(row).title;
    case MoreRole:
    case Qt::ToolTipRole:
        return toldOf(row).sentence;
    case EventNumberRole:
        return QString::number(row + 1);
    case StepRole:
        return static_cast<qulonglong>(row + 1);
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return u"%1 s, %2: %3"_s.arg(whenText(event.when), whoOf(row), toldOf(row).title);
    default:
        return {};
    }
}

} // namespace loopscope::ui
