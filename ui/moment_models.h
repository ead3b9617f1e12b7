#pragma once

#include "core/trace/fact_groups.h"


#include "ui/store.h"

#include <QAbstractListModel>
#include <QStringList>

#include <set>
#include <vector>

namespace loopscope::ui {

/// What a row that tells of a moment offers besides its text.
enum MomentRole {
    WhenRole = Qt::UserRole + 1, ///< "0.420"
    WhoRole,                     ///< the task's name; empty when it was the loop
    WhoColorRole,                ///< its colour slot
    WhatRole,                    ///< the text itself
    MoreRole,                    ///< what explains it; may be empty
    StepRole,                    ///< how many facts have happened after it
    EventNumberRole,             ///< the event's number, where rows are events: "89"
    TaskRole,                    ///< the task's number; 0 for none
    IsErrorRole,                 ///< whether it is what a program that fails says last
};

/// The task that a fact is about; none when it is about the loop.
[[nodiscard]] inline TaskId taskOf(const Fact& fact)
{
    return subject_of(fact);
}

/// A list of what has happened. Rows come and go at the end as the playhead moves; what has not run yet
/// is not in it.
class MomentModel : public QAbstractListModel {
    Q_OBJECT

public:
    explicit MomentModel(const Store& store, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : m_rows; }

protected:
    /// How many rows there are after so many facts.
    [[nodiscard]] virtual int rowsAt(std::size_t step) const = 0;
    /// Drops what was kept about the run before.
    virtual void forget() {}
    /// Reads the run anew. To be called once by the constructors of the models.
    void begin();

    [[nodiscard]] QVariant who(TaskId task, int role) const;
    const Store& m_store;

private:
    void follow();

    int m_rows = 0;
};

/// What the program printed, and the exception that ends it.
class OutputModel final : public MomentModel {
    Q_OBJECT

public:
    explicit OutputModel(const Store& store, QObject* parent = nullptr);
    QVariant data(const QModelIndex& index, int role) const override;

private:
    [[nodiscard]] int rowsAt(std::size_t step) const override;
    [[nodiscard]] bool failsAt(std::size_t step) const;
    [[nodiscard]] QVariant failure(int role) const;
};

/// Every fact up to the furthest one that was seen: who goes back keeps what lies ahead in the list.
///
/// Sentences and names are made when they are asked for and kept for the run, so that a filter may look
/// at all rows again and again.
class EventModel final : public MomentModel {
    Q_OBJECT

public:
    explicit EventModel(const Store& store, QObject* parent = nullptr);
    QVariant data(const QModelIndex& index, int role) const override;

    /// Whether the fact of a row belongs to a group that is not hidden and, if there is a task, to its
    /// story: it names the task, is about something of it, or happened in its turn.
    [[nodiscard]] bool matches(int row, const std::set<FactGroup>& hidden, TaskId task) const;
    /// What a search looks at: who, what and, unless the run is very long, the sentence.
    [[nodiscard]] QString searchText(int row) const;

private:
    [[nodiscard]] int rowsAt(std::size_t) const override { return static_cast<int>(m_store.reached()); }
    void forget() override;
    [[nodiscard]] TaskId actorOf(std::size_t row) const;
    [[nodiscard]] QString whoOf(std::size_t row) const;
    /// A fact in words: what a row is called, as it is called where it has just happened, and its sentence.
    struct Told {
        QString title; ///< without the name that stands before it
        QString sentence;
    };
    [[nodiscard]] const Told& toldOf(std::size_t row) const;

    mutable std::vector<TaskId> m_actors;     // by row; who had the turn
    mutable QStringList m_names;              // by task
    mutable std::vector<Told> m_told; // by row; empty until asked for
};

} // namespace loopscope::ui
