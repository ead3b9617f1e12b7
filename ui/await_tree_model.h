#pragma once

#include "core/trace/await_tree.h"


#include "ui/store.h"

#include <QAbstractItemModel>

#include <memory>
#include <optional>
#include <vector>

namespace loopscope::ui {

enum AwaitRole {
    AwaitDetailRole = Qt::UserRole + 1, ///< "held by b"
    AwaitLineRole,      ///< "line 12", in the language that is shown; empty without one
    AwaitTaskRole,      ///< the task's number; 0 for the heading of those that have ended
    AwaitColorRole,     ///< its colour slot
    AwaitKindRole,      ///< AwaitNode::Kind
    AwaitStateRole,     ///< TaskState of a task; -1 for anything else
    AwaitCircleRole,    ///< whether it is part of a circle
    AwaitClosesRole,    ///< whether the circle comes back to where it began
    AwaitElsewhereRole, ///< whether it stands in full in another place
    AwaitPathRole,      ///< the same for the same thing below the same things, at any step
};

/// Who waits for whom at the step that is shown; see AwaitTrees. What stays from one step to the next
/// keeps its row and its index, so that a view folds and selects nothing anew.
///
/// It reads the store when it is told to, so that a hidden view costs nothing.
class AwaitTreeModel final : public QAbstractItemModel {
    Q_OBJECT

public:
    explicit AwaitTreeModel(const Store& store, QObject* parent = nullptr);
    ~AwaitTreeModel() override;

    void refresh();

    /// What each circle consists of, in words.
    [[nodiscard]] QStringList circles() const { return m_circles; }
    /// The row of a task where it stands in full; invalid when it has none.
    [[nodiscard]] QModelIndex indexOf(TaskId task) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& = {}) const override { return 1; }
    QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Node;

    [[nodiscard]] Node* nodeOf(const QModelIndex& index) const;
    void sync(Node& node, const QModelIndex& index, std::vector<AwaitNode> wanted);
    [[nodiscard]] QString lineOf(const AwaitNode& node) const;
    [[nodiscard]] QString told(const Node& node) const;

    const Store& m_store;
    std::shared_ptr<const Trace> m_trace; // of m_trees
    std::optional<AwaitTrees> m_trees;
    Language m_language = Language::Python;
    std::unique_ptr<Node> m_root;
    QStringList m_circles;
};

} // namespace loopscope::ui
