#include "ui/lesson_model.h"

#include "ui/style.h"

#include <algorithm>
#include <utility>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

QString text(const std::string& words)
{
    return QString::fromStdString(words);
}

} // namespace

LessonModel::LessonModel(const Store& store, QObject* parent)
    : QAbstractListModel(parent)
    , m_store(store)
    , m_lessons(store.lessons())
{
    for (std::size_t i = 0; i < m_lessons.size(); ++i) {
        if (i == 0 || m_lessons[i].chapter != m_lessons[i - 1].chapter)
            m_rows.push_back({i, true});
        m_rows.push_back({i, false, false, m_store.progress().is_solved(m_lessons[i].id)});
    }
    addRecordings();
    connect(&m_store, &Store::progressChanged, this, &LessonModel::tellSolved);
    connect(&m_store, &Store::recordingsChanged, this, [this] {
        beginResetModel();
        std::erase_if(m_rows, [](const Row& row) { return row.isRecording; });
        addRecordings();
        endResetModel();
    });
}

// One challenge is solved at a time: only its row looks different then.
void LessonModel::tellSolved()
{
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        Row& row = m_rows[i];
        if (row.isRecording || row.isChapter)
            continue;
        const bool solved = m_store.progress().is_solved(m_lessons[row.index].id);
        if (std::exchange(row.wasSolved, solved) == solved)
            continue;
        const QModelIndex changed = index(static_cast<int>(i));
        Q_EMIT dataChanged(changed, changed, {SolvedRole, Qt::AccessibleTextRole});
    }
}

void LessonModel::addRecordings()
{
    const std::size_t count = m_store.recordings().size();
    if (count > 0)
        m_rows.push_back({0, true, true});
    for (std::size_t i = 0; i < count; ++i)
        m_rows.push_back({i, false, true});
}

int LessonModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant LessonModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    return row.isRecording ? recordingData(row, role) : lessonData(row, role);
}

QVariant LessonModel::lessonData(const Row& row, int role) const
{
    const Lesson& lesson = m_lessons[row.index];
    switch (role) {
    case Qt::DisplayRole:
        return text(row.isChapter ? lesson.chapter_title : lesson.title);
    case Qt::ToolTipRole:
        return row.isChapter ? QVariant() : plainText(lesson.question);
    case Qt::AccessibleTextRole:
        return row.isChapter ? tr("Chapter %1: %2").arg(lesson.chapter).arg(text(lesson.chapter_title))
            : m_store.progress().is_solved(lesson.id)
            ? tr("Lesson %1: %2, solved").arg(lesson.number).arg(text(lesson.title))
            : tr("Lesson %1: %2").arg(lesson.number).arg(text(lesson.title));
    case IsChapterRole:
        return row.isChapter;
    case NumberRole:
        return row.isChapter ? lesson.chapter : lesson.number;
    case LessonIndexRole:
        return row.isChapter ? -1 : static_cast<int>(row.index);
    case RecordingIndexRole:
        return -1;
    case SolvedRole:
        return !row.isChapter && m_store.progress().is_solved(lesson.id);
    case SearchRole:
        return row.isChapter ? QString() : searchTextOf(lesson);
    default:
        return {};
    }
}

// The words of the field that it introduces are what a person knows who does not know its title.
QString LessonModel::searchTextOf(const Lesson& lesson) const
{
    QStringList words{QString::number(lesson.number), text(lesson.title), text(lesson.question), text(lesson.text),
                      text(lesson.id), text(lesson.chapter_title)};
    for (const Variant& variant : lesson.variants)
        words += text(variant.title);
    for (const Term& term : m_store.course().glossary)
        if (term.lesson == lesson.id)
            words += text(term.word) + u' ' + text(term.official);
    return words.join(u' ');
}

QVariant LessonModel::recordingData(const Row& row, int role) const
{
    const OpenRecording& recording = *m_store.recordings()[row.index];
    switch (role) {
    case Qt::DisplayRole:
        return row.isChapter ? tr("Recordings") : recording.title();
    case Qt::ToolTipRole:
        return row.isChapter ? QVariant() : recording.file;
    case Qt::AccessibleTextRole:
        return row.isChapter ? tr("Recordings") : tr("Recording %1").arg(recording.title());
    case IsChapterRole:
        return row.isChapter;
    case LessonIndexRole:
        return -1;
    case RecordingIndexRole:
        return row.isChapter ? -1 : static_cast<int>(row.index);
    case SolvedRole:
        return false;
    case SearchRole:
        return QStringList{recording.name(), text(recording.lesson.title), text(recording.lesson.id)}.join(u' ');
    default:
        return {};
    }
}

Qt::ItemFlags LessonModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return index.data(IsChapterRole).toBool() ? Qt::ItemIsEnabled
                                              : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

void LessonFilter::setSearch(const QString& search)
{
    m_words = search.split(u' ', Qt::SkipEmptyParts);
    invalidate();
    sort(m_words.isEmpty() ? -1 : 0);
}

bool LessonFilter::matchesTitle(const QModelIndex& lesson) const
{
    const QString title = lesson.data(Qt::DisplayRole).toString();
    return std::all_of(m_words.begin(), m_words.end(),
                       [&](const QString& word) { return title.contains(word, Qt::CaseInsensitive); });
}

std::array<int, 5> LessonFilter::rankOf(const QModelIndex& row) const
{
    const QAbstractItemModel& model = *sourceModel();
    const auto isChapter = [&](int at) { return model.index(at, 0).data(IsChapterRole).toBool(); };
    int chapter = row.row();
    while (chapter > 0 && !isChapter(chapter))
        --chapter;
    bool named = false; // whether one of its lessons is called so
    for (int next = chapter + 1; next < model.rowCount() && !isChapter(next); ++next)
        named = named || matchesTitle(model.index(next, 0));
    const bool isHead = chapter == row.row();
    return {named ? 0 : 1, chapter, isHead ? 0 : 1, isHead || matchesTitle(row) ? 0 : 1, row.row()};
}

bool LessonFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    return rankOf(left) < rankOf(right);
}

bool LessonFilter::matches(const QModelIndex& lesson) const
{
    const QString words = lesson.data(SearchRole).toString();
    return std::all_of(m_words.begin(), m_words.end(), [&](const QString& word) {
        return words.contains(word, Qt::CaseInsensitive);
    });
}

bool LessonFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const QAbstractItemModel& model = *sourceModel();
    if (!model.index(row, 0, parent).data(IsChapterRole).toBool())
        return matches(model.index(row, 0, parent));
    for (int next = row + 1; next < model.rowCount(parent); ++next) {
        const QModelIndex lesson = model.index(next, 0, parent);
        if (lesson.data(IsChapterRole).toBool())
            break;
        if (matches(lesson))
            return true;
    }
    return false;
}

} // namespace loopscope::ui
