#pragma once

#include "ui/store.h"

#include <QSet>
#include <QTreeView>
#include <QWidget>

namespace loopscope::ui {

class AwaitTreeModel;
class ElidedLabel;

/// Who waits for whom, as a tree that stays as it is from step to step: what a person folds stays
/// folded, what has ended is folded from the start. A circle is told in words above it.
class AwaitTreeView final : public QWidget {
    Q_OBJECT

public:
    explicit AwaitTreeView(const Store& store, QWidget* parent = nullptr);

    [[nodiscard]] QTreeView& tree() { return *m_tree; }
    [[nodiscard]] AwaitTreeModel& model() { return *m_model; }
    /// What is told of circles; empty when there is none.
    [[nodiscard]] const QString& circleWords() const { return m_circleWords; }

    /// Whatever is told, what stands above this pane keeps its room.
    QSize minimumSizeHint() const override { return {120, 60}; }

Q_SIGNALS:
    void selectRequested(TaskId task);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void refresh();
    void unfold(const QModelIndex& parent, int first, int last);
    void setFolded(const QModelIndex& index, bool folded);

    const Store& m_store;
    AwaitTreeModel* m_model;
    ElidedLabel* m_circle;
    QString m_circleWords;
    QTreeView* m_tree;
    QSet<QString> m_folded;    // by AwaitPathRole
    bool m_refreshing = false; // what folds then is not the person's doing
};

} // namespace loopscope::ui
