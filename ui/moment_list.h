#pragma once

#include "ui/store.h"

#include <QListView>

namespace loopscope::ui {

/// Moments of a run below each other, as a log: time, who, what. The row of the step that is shown is
/// marked and kept in sight, and so is a selected event; rows behind it are faint. Left, right, Home, End and Space belong to the
/// playhead, as everywhere.
class MomentList final : public QListView {
    Q_OBJECT

public:
    /// `name` is what a screen reader calls it. Its model offers the MomentRoles, by rising StepRole.
    MomentList(const Store& store, const QString& name, QWidget* parent = nullptr);

    /// What is written where there is no row.
    void setWhenEmpty(const QString& words);

    /// What is too long for its line goes on below, instead of ending in "…".
    void setWraps();
    [[nodiscard]] bool wraps() const { return m_wraps; }

    void setModel(QAbstractItemModel* model) override;

    /// Pixels for the names of the run's tasks, in rows of that width: the longest, or a good third.
    [[nodiscard]] double whoColumn(double rowWidth) const;

Q_SIGNALS:
    /// To select this event and go to it.
    void eventRequested(std::size_t event);

protected:
    void showEvent(QShowEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void follow();
    void showSelected();
    /// The last row of a step up to this one; -1 when there is none.
    [[nodiscard]] int lastRowUpTo(std::size_t step) const;

    const Store& m_store;
    QString m_whenEmpty;
    bool m_wraps = false;
    bool m_isBehind = true; // the run or its moment changed while the list was hidden
    mutable std::size_t m_whoOf = 0; // the run whose longest name is so long:
    mutable double m_who = 0;
};

} // namespace loopscope::ui
