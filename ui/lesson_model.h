#pragma once

#include "ui/store.h"

#include <QAbstractListModel>
#include <QSortFilterProxyModel>

#include <array>
#include <span>
#include <variant>
#include <vector>

namespace loopscope::ui {

enum LessonRole {
    IsChapterRole = Qt::UserRole + 1,
    NumberRole,      ///< of the chapter or lesson
    LessonIndexRole, ///< place in the catalog; -1 for what is no lesson
    RecordingIndexRole, ///< place among the open recordings; -1 for what is none
    SolvedRole,      ///< its challenge was solved
    SearchRole,      ///< all the words that a search looks at
};

/// The syllabus as a list: each chapter's title, then its lessons; behind them, under a title of their
/// own, the recordings that are open. Lessons of one chapter stand together in the catalog.
class LessonModel final : public QAbstractListModel {
    Q_OBJECT

public:
    explicit LessonModel(const Store& store, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    struct Row {
        std::size_t index = 0; ///< the lesson or recording; for a chapter, its first
        bool isChapter = false;
        bool isRecording = false;
        bool wasSolved = false; ///< as it was told last
    };

    void tellSolved();
    void addRecordings();
    [[nodiscard]] QVariant lessonData(const Row& row, int role) const;
    [[nodiscard]] QString searchTextOf(const Lesson& lesson) const;
    [[nodiscard]] QVariant recordingData(const Row& row, int role) const;

    const Store& m_store;
    std::span<const Lesson> m_lessons;
    std::vector<Row> m_rows;
};

/// Keeps the lessons that have all words of a search, and the chapters in which some are left. Those that
/// have them in their title come first, chapters as well as lessons in them.
class LessonFilter final : public QSortFilterProxyModel {
    Q_OBJECT

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setSearch(const QString& search);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    [[nodiscard]] bool matches(const QModelIndex& lesson) const;
    [[nodiscard]] bool matchesTitle(const QModelIndex& lesson) const;
    /// What it is sorted by: chapter before chapter, and each before its lessons.
    [[nodiscard]] std::array<int, 5> rankOf(const QModelIndex& row) const;

    QStringList m_words;
};

} // namespace loopscope::ui
