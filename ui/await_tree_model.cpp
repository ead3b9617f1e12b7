#include "ui/await_tree_model.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

QString text(const std::string& words) { return QString::fromStdString(words); }

bool isSame(const AwaitNode& a, const AwaitNode& b)
{
    return a.kind == b.kind && a.id == b.id && a.task == b.task;
}

} // namespace

/// A row. It stays as long as its thing stays where it is.
struct AwaitTreeModel::Node {
    AwaitNode content; ///< without children: they have rows of their own
    Node* parent = nullptr;
    std::vector<std::unique_ptr<Node>> children;

    [[nodiscard]] int row() const
    {
        const auto here = std::find_if(parent->children.begin(), parent->children.end(),
                                       [this](const auto& child) { return child.get() == this; });
        return static_cast<int>(here - parent->children.begin());
    }
};

AwaitTreeModel::AwaitTreeModel(const Store& store, QObject* parent)
    : QAbstractItemModel(parent)
    , m_store(store)
    , m_root(std::make_unique<Node>())
{
}

AwaitTreeModel::~AwaitTreeModel() = default;

void AwaitTreeModel::refresh()
{
    if (m_trace != m_store.run().replay.shared_trace()) {
        beginResetModel();
        m_root = std::make_unique<Node>();
        m_trace = m_store.run().replay.shared_trace();
        m_trees.emplace(*m_trace);
        endResetModel();
    }
    const bool translated = std::exchange(m_language, m_store.language()) != m_store.language();
    AwaitTree tree = m_trees->at(m_store.snapshot());
    m_circles.clear();
    for (const std::string& circle : tree.circles)
        m_circles += text(circle);
    std::vector<AwaitNode> roots = std::move(tree.pending);
    if (!tree.over.empty()) {
        AwaitNode heading{.kind = AwaitNode::Kind::Future, .id = 0, .title = tr("ended").toStdString(),
                          .detail = (tree.over.size() == 1 ? tr("1 task") : tr("%1 tasks").arg(tree.over.size())).toStdString(),
                          .place = PlaceId::None, .task = {}, .state = {}, .children = std::move(tree.over)};
        roots.push_back(std::move(heading));
    }
    sync(*m_root, {}, std::move(roots));
    if (translated) // only the numbers of lines differ
        for (int row = 0; row < rowCount(); ++row) {
            const std::function<void(const QModelIndex&)> tell = [&](const QModelIndex& at) {
                Q_EMIT dataChanged(at, at);
                for (int child = 0; child < rowCount(at); ++child)
                    tell(index(child, 0, at));
            };
            tell(index(row, 0));
        }
}

void AwaitTreeModel::sync(Node& node, const QModelIndex& at, std::vector<AwaitNode> wanted)
{
    for (int row = static_cast<int>(node.children.size()); row-- > 0;) {
        const AwaitNode& content = node.children[static_cast<std::size_t>(row)]->content;
        if (std::any_of(wanted.begin(), wanted.end(), [&](const AwaitNode& w) { return isSame(w, content); }))
            continue;
        beginRemoveRows(at, row, row);
        node.children.erase(node.children.begin() + row);
        endRemoveRows();
    }
    for (std::size_t row = 0; row < wanted.size(); ++row) {
        std::vector<AwaitNode> below = std::exchange(wanted[row].children, {});
        const auto here = node.children.begin() + static_cast<std::ptrdiff_t>(row);
        const auto found = std::find_if(here, node.children.end(),
                                        [&](const auto& child) { return isSame(child->content, wanted[row]); });
        const int to = static_cast<int>(row);
        if (found == node.children.end()) {
            beginInsertRows(at, to, to);
            auto fresh = std::make_unique<Node>();
            fresh->content = wanted[row];
            fresh->parent = &node;
            node.children.insert(here, std::move(fresh));
            endInsertRows();
        } else if (found != here) {
            const int from = static_cast<int>(found - node.children.begin());
            beginMoveRows(at, from, from, at, to);
            std::rotate(here, found, found + 1);
            endMoveRows();
        }
        Node& child = *node.children[row];
        const QModelIndex childAt = index(to, 0, at);
        if (child.content != wanted[row]) {
            child.content = wanted[row];
            Q_EMIT dataChanged(childAt, childAt);
        }
        sync(child, childAt, std::move(below));
    }
}

AwaitTreeModel::Node* AwaitTreeModel::nodeOf(const QModelIndex& index) const
{
    return index.isValid() ? static_cast<Node*>(index.internalPointer()) : m_root.get();
}

QModelIndex AwaitTreeModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, nodeOf(parent)->children[static_cast<std::size_t>(row)].get());
}

QModelIndex AwaitTreeModel::parent(const QModelIndex& child) const
{
    if (!child.isValid())
        return {};
    Node* above = nodeOf(child)->parent;
    return above == m_root.get() ? QModelIndex() : createIndex(above->row(), 0, above);
}

int AwaitTreeModel::rowCount(const QModelIndex& parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(nodeOf(parent)->children.size());
}

QModelIndex AwaitTreeModel::indexOf(TaskId task) const
{
    const std::function<QModelIndex(const QModelIndex&)> find = [&](const QModelIndex& below) -> QModelIndex {
        for (int row = 0; row < rowCount(below); ++row) {
            const QModelIndex at = index(row, 0, below);
            const AwaitNode& content = nodeOf(at)->content;
            if (content.kind == AwaitNode::Kind::Task && content.task == task && !content.elsewhere)
                return at;
            if (const QModelIndex deeper = find(at); deeper.isValid())
                return deeper;
        }
        return {};
    };
    return task ? find({}) : QModelIndex();
}

QString AwaitTreeModel::lineOf(const AwaitNode& node) const
{
    if (node.place == PlaceId::None || !is_program_line(*m_trace, node.place))
        return {};
    if (const auto row = m_store.code().row(*m_trace, node.place, m_language))
        return tr("line %1").arg(m_store.code().lineNumber(*row, m_language));
    return {};
}

QString AwaitTreeModel::told(const Node& node) const
{
    QStringList words{text(node.content.title)};
    if (!node.content.detail.empty())
        words += text(node.content.detail);
    if (const QString line = lineOf(node.content); !line.isEmpty())
        words += line;
    if (node.content.closes_circle)
        words += tr("here the circle closes");
    else if (node.content.in_circle)
        words += tr("in a circle");
    else if (node.content.elsewhere)
        words += tr("told elsewhere in the tree");
    return words.join(u", "_s);
}

QVariant AwaitTreeModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Node& node = *nodeOf(index);
    const AwaitNode& content = node.content;
    switch (role) {
    case Qt::DisplayRole:
        return text(content.title);
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return told(node);
    case AwaitDetailRole:
        return text(content.detail);
    case AwaitLineRole:
        return lineOf(content);
    case AwaitTaskRole:
        return content.task.value;
    case AwaitColorRole:
        return content.task ? m_store.run().colors[content.task.value - 1] : -1;
    case AwaitKindRole:
        return static_cast<int>(content.kind);
    case AwaitStateRole:
        return content.state ? static_cast<int>(*content.state) : -1;
    case AwaitCircleRole:
        return content.in_circle;
    case AwaitClosesRole:
        return content.closes_circle;
    case AwaitElsewhereRole:
        return content.elsewhere;
    case AwaitPathRole: {
        QString path;
        for (const Node* at = &node; at->parent; at = at->parent)
            path += u"/%1:%2:%3"_s.arg(static_cast<int>(at->content.kind)).arg(at->content.id).arg(at->content.task.value);
        return path;
    }
    default:
        return {};
    }
}

} // namespace loopscope::ui
