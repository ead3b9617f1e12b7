#pragma once

#include "ui/store.h"

#include <QAbstractListModel>

namespace loopscope::ui {

/// What a row that tells of a moment offers besides its text.
enum MomentRole {
    WhenRole = Qt::UserRole + 1, ///< "0.420"
    WhoRole,                     ///< the task's name; empty when it was the loop
    WhoColorRole,                ///< its colour slot
    WhatRole,                    ///< the text itself
    MoreRole,                    ///< what explains it; may be empty
    StepRole,                    ///< how many facts have happened after it
    TaskRole,                    ///< the task's number; 0 for none
};

/// The task that a fact is about; none when it is about the loop.
[[nodiscard]] TaskId taskOf(const Fact& fact);

/// A list of what has happened up to the step that is shown. Rows come and go at the end as the
/// playhead moves; what has not run yet is not in it.
class MomentModel : public QAbstractListModel {
    Q_OBJECT

public:
    explicit MomentModel(const Store& store, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : m_rows; }

protected:
    /// How many rows there are after so many facts.
    [[nodiscard]] virtual int rowsAt(std::size_t step) const = 0;
    /// Reads the run anew. To be called once by the constructors of the models.
    void begin();

    [[nodiscard]] QVariant who(TaskId task, int role) const;
    const Store& m_store;

private:
    void follow();

    int m_rows = 0;
};

/// What the program printed.
class OutputModel final : public MomentModel {
    Q_OBJECT

public:
    explicit OutputModel(const Store& store, QObject* parent = nullptr);
    QVariant data(const QModelIndex& index, int role) const override;

private:
    [[nodiscard]] int rowsAt(std::size_t step) const override;
};

/// Every fact of the trace.
class EventModel final : public MomentModel {
    Q_OBJECT

public:
    explicit EventModel(const Store& store, QObject* parent = nullptr);
    QVariant data(const QModelIndex& index, int role) const override;

private:
    [[nodiscard]] int rowsAt(std::size_t step) const override { return static_cast<int>(step); }
};

} // namespace loopscope::ui
