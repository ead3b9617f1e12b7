#include "ui/await_tree_view.h"

#include "ui/await_tree_model.h"
#include "ui/controls.h"
#include "ui/paint_tools.h"
#include "ui/style.h"

#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int rowHeight = 23;
constexpr int indent = 15;
constexpr int glyphWidth = 19;

bool isHeading(const QModelIndex& index)
{
    return index.data(AwaitTaskRole).toUInt() == 0;
}

/// What a thing is, as a shape: the state of a task, or the kind of what is awaited.
void paintGlyph(QPainter& painter, const Theme& look, const QModelIndex& index, const QRectF& cell)
{
    const QPointF c = cell.center();
    const QColor color = look.task(index.data(AwaitColorRole).toInt());
    const auto line = [&](QPointF a, QPointF b) { painter.drawLine(c + a, c + b); };
    painter.setPen(QPen(color, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    switch (static_cast<AwaitNode::Kind>(index.data(AwaitKindRole).toInt())) {
    case AwaitNode::Kind::Task:
        switch (static_cast<TaskState>(index.data(AwaitStateRole).toInt())) {
        case TaskState::Running:
            painter.setBrush(color);
            painter.drawRoundedRect(QRectF(c.x() - 5, c.y() - 5, 10, 10), 2.5, 2.5);
            break;
        case TaskState::Ready:
            painter.drawRoundedRect(QRectF(c.x() - 5, c.y() - 5, 10, 10), 2.5, 2.5);
            line({-3, 3}, {3, -3});
            break;
        case TaskState::Waiting:
            painter.drawRoundedRect(QRectF(c.x() - 5, c.y() - 5, 10, 10), 2.5, 2.5);
            break;
        case TaskState::Finished:
            line({-4, 0}, {-1, 3.5});
            line({-1, 3.5}, {4.5, -3.5});
            break;
        case TaskState::Failed:
            line({-3.5, -3.5}, {3.5, 3.5});
            line({-3.5, 3.5}, {3.5, -3.5});
            break;
        case TaskState::Cancelled:
            painter.drawEllipse(c, 4.5, 4.5);
            line({-3, 3}, {3, -3});
            break;
        }
        break;
    case AwaitNode::Kind::Coroutine: // a call that leads on inwards
        line({-3.5, -4.5}, {-3.5, 2.5});
        line({-3.5, 2.5}, {4, 2.5});
        line({1.5, 0}, {4, 2.5});
        line({1.5, 5}, {4, 2.5});
        break;
    case AwaitNode::Kind::Future:
        painter.setPen(QPen(color, 1.4, Qt::DotLine));
        painter.drawEllipse(c, 4.5, 4.5);
        break;
    case AwaitNode::Kind::Resource: // a lock
        painter.drawRoundedRect(QRectF(c.x() - 4.5, c.y() - 1, 9, 6.5), 1.5, 1.5);
        painter.drawArc(QRectF(c.x() - 3, c.y() - 6, 6, 9), 0, 180 * 16);
        break;
    case AwaitNode::Kind::Timer: // a clock
        painter.drawEllipse(c, 5, 5);
        line({0, 0}, {0, -3});
        line({0, 0}, {2.5, 0});
        break;
    case AwaitNode::Kind::Socket: // there and back
        line({-5, -2}, {4, -2});
        line({2, -4.5}, {4.5, -2});
        line({5, 2.5}, {-4, 2.5});
        line({-2, 5}, {-4.5, 2.5});
        break;
    case AwaitNode::Kind::Worker: // a second thread
        line({-3, -5}, {-3, 5});
        line({3, -5}, {3, 5});
        break;
    }
}

class NodeDelegate final : public QStyledItemDelegate {
public:
    NodeDelegate(const Store& store, QObject* parent)
        : QStyledItemDelegate(parent)
        , m_store(store)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {160, rowHeight}; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Theme& look = themeOf(m_store);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QRectF row = option.rect;
        const auto task = TaskId{index.data(AwaitTaskRole).toUInt()};
        const bool isTask = index.data(AwaitStateRole).toInt() >= 0;
        const bool over = index.data(AwaitStateRole).toInt() >= static_cast<int>(TaskState::Finished);
        const bool circle = index.data(AwaitCircleRole).toBool();
        if (isTask && task == m_store.selection())
            painter->fillRect(row, look.selected);
        else if (option.state & QStyle::State_MouseOver)
            painter->fillRect(row, look.hover);
        if (circle) {
            painter->fillRect(QRectF(row.left(), row.top(), 3, row.height()), look.error);
            QColor back = look.error;
            back.setAlphaF(0.12F);
            painter->fillRect(row, back);
        }
        if (option.state & QStyle::State_HasFocus) {
            painter->setPen(QPen(look.accent, 1));
            painter->setBrush(Qt::NoBrush);
            painter->drawRect(row.adjusted(0.5, 0.5, -0.5, -0.5));
        }
        QRectF words(row.left() + 6, row.top(), row.width() - 14, row.height());
        if (!isHeading(index)) {
            if (over)
                painter->setOpacity(0.6);
            paintGlyph(*painter, look, index, QRectF(words.left(), words.top(), glyphWidth - 5, words.height()));
            words.setLeft(words.left() + glyphWidth);
        }

        const QString line = index.data(AwaitLineRole).toString();
        const QFont codeType = codeFont(TextSize::Small);
        const double lineWidth = line.isEmpty() ? 0 : QFontMetricsF(codeType).horizontalAdvance(line) + 10;
        const QString sign = index.data(AwaitClosesRole).toBool() ? u"↻ "_s : index.data(AwaitElsewhereRole).toBool() ? u"↑ "_s : QString();
        const QFont titleType = isTask ? wordFont(TextSize::Normal, over ? QFont::Normal : QFont::DemiBold) : wordFont(TextSize::Normal);
        const QFontMetricsF titleSize(titleType);
        const double room = words.width() - lineWidth;
        const QString title = titleSize.elidedText(sign + index.data(Qt::DisplayRole).toString(), Qt::ElideRight, room);
        painter->setFont(titleType);
        painter->setPen(isHeading(index) || over ? look.textMuted : isTask ? look.textStrong : look.text);
        painter->drawText(words, Qt::AlignVCenter | Qt::AlignLeft, title);

        const double used = titleSize.horizontalAdvance(title) + 10;
        const QFont detailType = wordFont(TextSize::Small);
        if (room - used > 24) {
            painter->setFont(detailType);
            painter->setPen(circle ? look.text : look.textMuted);
            painter->drawText(words.adjusted(used, 0, -lineWidth, 0), Qt::AlignVCenter | Qt::AlignLeft,
                              QFontMetricsF(detailType).elidedText(index.data(AwaitDetailRole).toString(), Qt::ElideRight, room - used));
        }
        painter->setFont(codeType);
        painter->setPen(look.textMuted);
        painter->drawText(words, Qt::AlignVCenter | Qt::AlignRight, line);
        painter->restore();
    }

private:
    const Store& m_store;
};

/// A tree whose left, right, Home, End and Space belong to the playhead, as everywhere; with Shift,
/// left and right fold and unfold.
class Tree final : public QTreeView {
public:
    Tree(const Store& store, QWidget* parent)
        : QTreeView(parent)
        , m_store(store)
    {
    }

protected:
    void drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const override
    {
        if (model()->rowCount(index) == 0)
            return;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(themeOf(m_store).textMuted, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->translate(QRectF(rect.right() - indent + 1, rect.top(), indent, rect.height()).center());
        if (isExpanded(index))
            painter->rotate(90);
        painter->drawPolyline(QPolygonF({{-1.5, -3.5}, {2, 0}, {-1.5, 3.5}}));
        painter->restore();
    }

    void keyPressEvent(QKeyEvent* event) override
    {
        const bool folds = event->modifiers() == Qt::ShiftModifier;
        switch (event->key()) {
        case Qt::Key_Left:
        case Qt::Key_Right:
            if (!folds) {
                event->ignore();
                return;
            }
            setExpanded(currentIndex(), event->key() == Qt::Key_Right);
            return;
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_PageUp:
        case Qt::Key_PageDown:
            QTreeView::keyPressEvent(event);
            return;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (currentIndex().isValid())
                Q_EMIT activated(currentIndex());
            return;
        default:
            event->ignore();
        }
    }

    void paintEvent(QPaintEvent* event) override
    {
        QTreeView::paintEvent(event);
        if (model()->rowCount() > 0) {
            viewport()->setToolTip({});
            return;
        }
        QPainter painter(viewport());
        painter.setPen(themeOf(m_store).textFaint);
        const QString sentence = AwaitTreeView::tr("There are no tasks yet. Once there are, this shows who waits for whom: a "
                                                   "task, and below it what it waits for.");
        const bool broken = drawWhenEmpty(painter, viewport()->rect().adjusted(20, 10, -20, -4), sentence);
        viewport()->setToolTip(broken ? sentence : QString());
    }

private:
    const Store& m_store;
};

} // namespace

AwaitTreeView::AwaitTreeView(const Store& store, QWidget* parent)
    : QWidget(parent)
    , m_store(store)
    , m_model(new AwaitTreeModel(store, this))
    , m_circle(new ElidedLabel(this))
    , m_tree(new Tree(store, this))
{
    setAccessibleName(tr("Await tree"));
    m_circle->setAccessibleName(tr("Circles of waits"));
    setRole(m_circle, "alarm");
    m_circle->hide();
    m_tree->setModel(m_model);
    m_tree->setItemDelegate(new NodeDelegate(store, m_tree));
    m_tree->setAccessibleName(tr("Who waits for whom"));
    m_tree->setAccessibleDescription(tr("Return selects a task, Shift with left and right folds and unfolds"));
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setIndentation(indent);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setSelectionMode(QAbstractItemView::NoSelection);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tree->setFocusPolicy(Qt::TabFocus);
    m_tree->setMouseTracking(true);
    m_tree->setExpandsOnDoubleClick(false);
    m_tree->setAnimated(false);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 6, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_circle);
    column->addWidget(m_tree, 1);

    const auto go = [this](const QModelIndex& index) {
        if (isHeading(index))
            m_tree->setExpanded(index, !m_tree->isExpanded(index));
        else
            Q_EMIT selectRequested(TaskId{index.data(AwaitTaskRole).toUInt()});
    };
    connect(m_tree, &QTreeView::clicked, this, go);
    connect(m_tree, &QTreeView::activated, this, go);
    connect(m_tree, &QTreeView::collapsed, this, [this](const QModelIndex& index) { setFolded(index, true); });
    connect(m_tree, &QTreeView::expanded, this, [this](const QModelIndex& index) { setFolded(index, false); });
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &AwaitTreeView::unfold);

    const auto whenSeen = [this] {
        if (isVisible())
            refresh();
    };
    connect(&m_store, &Store::runChanged, this, [this, whenSeen] {
        m_folded.clear(); // another run has other tasks
        whenSeen();
    });
    connect(&m_store, &Store::stepChanged, this, whenSeen);
    connect(&m_store, &Store::languageChanged, this, whenSeen);
    connect(&m_store, &Store::selectionChanged, m_tree->viewport(), qOverload<>(&QWidget::update));
    connect(&m_store, &Store::themeChanged, m_tree->viewport(), qOverload<>(&QWidget::update));
}

void AwaitTreeView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

void AwaitTreeView::refresh()
{
    m_refreshing = true;
    m_model->refresh();
    m_refreshing = false;
    const QStringList circles = m_model->circles();
    QStringList told;
    for (const QString& circle : circles)
        told += tr("%1. None of them can go on by itself.").arg(circle);
    m_circleWords = told.join(u' ');
    m_circle->setFullText(tr("↻ Circle: %1").arg(m_circleWords));
    m_circle->setAccessibleDescription(m_circleWords);
    m_circle->setVisible(!circles.isEmpty());
}

void AwaitTreeView::unfold(const QModelIndex& parent, int first, int last)
{
    for (int row = first; row <= last; ++row) {
        const QModelIndex index = m_model->index(row, 0, parent);
        const QString path = index.data(AwaitPathRole).toString();
        const bool folded = isHeading(index) ? !m_folded.contains(path) : m_folded.contains(path); // ended ones the other way
        m_tree->setExpanded(index, !folded);
    }
    // The first row below an open one opens it only now that it is there.
    if (parent.isValid() && !isHeading(parent))
        m_tree->setExpanded(parent, !m_folded.contains(parent.data(AwaitPathRole).toString()));
}

void AwaitTreeView::setFolded(const QModelIndex& index, bool folded)
{
    if (m_refreshing)
        return;
    const QString path = index.data(AwaitPathRole).toString();
    if (folded != isHeading(index))
        m_folded.insert(path);
    else
        m_folded.remove(path);
}

} // namespace loopscope::ui
