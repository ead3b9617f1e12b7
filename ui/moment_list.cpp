#include "ui/moment_list.h"

#include "ui/moment_models.h"
#include "ui/paint_tools.h"
#include "ui/shaped_text.h"
#include "ui/style.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>
#include <cmath>

namespace loopscope::ui {
namespace {

constexpr int rowHeight = 22;
constexpr int left = 20;
constexpr int whenWidth = 52;
constexpr int afterWhat = 10;
constexpr int afterWho = 10;
constexpr std::size_t mostNames = 100; ///< of as many tasks the names are measured
constexpr int numberGap = 8; ///< between an event's number and its time

/// Time, who, what: the columns of a log, in one line.
class MomentDelegate final : public QStyledItemDelegate {
public:
    MomentDelegate(const Store& store, MomentList* list)
        : QStyledItemDelegate(list)
        , m_store(store)
        , m_list(list)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override
    {
        if (!m_list->wraps())
            return {200, rowHeight};
        const QFont font = codeFont(TextSize::Small);
        const double row = m_list->viewport()->width();
        const double room = row - left - whenWidth - m_list->whoColumn(row) - afterWhat;
        const QString what = index.data(WhatRole).toString();
        if (widthOf(what, font) <= room)
            return {200, rowHeight};
        const QFontMetricsF metrics(font);
        const double lines = metrics.boundingRect(QRectF(0, 0, room, 10'000), wrapping(metrics, what, room), what).height();
        return {200, static_cast<int>(std::ceil(lines)) + rowHeight - static_cast<int>(metrics.height())};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Theme& look = themeOf(m_store);
        painter->save();
        const QRectF row = option.rect;
        const QRectF firstLine(row.left(), row.top(), row.width(), rowHeight);
        const std::size_t step = index.data(StepRole).toULongLong();
        const bool isNow = step == m_store.step() && m_store.mode() == Mode::Run;
        const bool isHovered = option.state & QStyle::State_MouseOver;
        if (isNow || isHovered)
            painter->fillRect(row, isNow ? look.selected : look.hover);
        if ((option.state & QStyle::State_HasFocus) || (m_store.selectedEvent() && step == *m_store.selectedEvent() + 1)) {
            painter->setPen(look.accent);
            painter->drawRect(row.adjusted(0.5, 0.5, -1.5, -0.5));
        }
        if (step > m_store.step()) // seen before, and ahead again
            painter->setOpacity(0.5);
        const auto task = TaskId{index.data(TaskRole).toUInt()};
        if (task && task == m_store.selection())
            painter->fillRect(QRectF(row.left(), row.top(), 3, row.height()), look.task(index.data(WhoColorRole).toInt()));

        const QFont font = codeFont(TextSize::Small);
        const QFontMetricsF metrics(font);
        painter->setFont(font);
        const double whoWidth = m_list->whoColumn(row.width());
        const double begin = left + numberColumn(metrics, index);
        painter->setPen(isNow || isHovered ? look.textMuted : look.textFaint);
        drawLine(*painter, QRectF(row.left(), row.top(), begin - numberGap, firstLine.height()), Qt::AlignVCenter | Qt::AlignRight,
                 index.data(EventNumberRole).toString(), font);
        QRectF cell(row.left() + begin, row.top(), whenWidth, firstLine.height());
        drawLine(*painter, cell, Qt::AlignVCenter | Qt::AlignLeft, index.data(WhenRole).toString(), font);
        cell = QRectF(cell.right(), row.top(), whoWidth, firstLine.height());
        painter->setPen(task ? look.task(index.data(WhoColorRole).toInt()) : look.textMuted);
        drawLine(*painter, cell, Qt::AlignVCenter | Qt::AlignLeft,
                 elidedText(index.data(WhoRole).toString(), font, Qt::ElideRight, whoWidth - 8), font);
        cell = QRectF(cell.right(), row.top(), row.right() - cell.right() - afterWhat, firstLine.height());
        const QString what = index.data(WhatRole).toString();
        painter->setPen(index.data(IsErrorRole).toBool() ? look.error : look.textStrong);
        if (m_list->wraps() && row.height() > rowHeight)
            painter->drawText(QRectF(cell.left(), row.top() + (rowHeight - metrics.height()) / 2, cell.width(), row.height()),
                              wrapping(metrics, what, cell.width()), what);
        else
            drawLine(*painter, cell, Qt::AlignVCenter | Qt::AlignLeft, elidedText(what, font, Qt::ElideRight, cell.width()), font);
        const QString more = index.data(MoreRole).toString();
        const double used = widthOf(what, font) + 14;
        if (!more.isEmpty() && cell.width() - used > 130) {
            const QFont words = wordFont(TextSize::Small);
            painter->setPen(look.textMuted);
            drawLine(*painter, cell.adjusted(used, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                     elidedText(more, words, Qt::ElideRight, cell.width() - used), words);
        }
        painter->restore();
    }

private:
    /// What a number of the last event takes beyond the margin.
    [[nodiscard]] double numberColumn(const QFontMetricsF& metrics, const QModelIndex& index) const
    {
        if (index.data(EventNumberRole).toString().isEmpty() || m_store.mode() != Mode::Run)
            return 0;
        const auto digits = static_cast<double>(QString::number(m_store.lastStep()).size());
        return std::max(0.0, 6 + digits * metrics.horizontalAdvance(u'0') + numberGap - left);
    }

    /// Broken between words, or anywhere when one of them is too long for a line.
    [[nodiscard]] static int wrapping(const QFontMetricsF& metrics, const QString& text, double width)
    {
        const QStringList words = text.split(u' ');
        const bool fit = std::all_of(words.begin(), words.end(), [&](const QString& word) { return metrics.horizontalAdvance(word) <= width; });
        return Qt::AlignLeft | Qt::AlignTop | (fit ? Qt::TextWordWrap : Qt::TextWrapAnywhere);
    }

    const Store& m_store;
    const MomentList* m_list;
};

} // namespace

MomentList::MomentList(const Store& store, const QString& name, QWidget* parent)
    : QListView(parent)
    , m_store(store)
{
    setItemDelegate(new MomentDelegate(m_store, this));
    setAccessibleName(name);
    setUniformItemSizes(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSelectionMode(QAbstractItemView::NoSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
    const auto go = [this](const QModelIndex& index) {
        Q_EMIT eventRequested(index.data(StepRole).toULongLong() - 1);
    };
    connect(this, &QListView::clicked, this, go);
    for (auto signal : {&Store::selectionChanged, &Store::themeChanged})
        connect(&m_store, signal, viewport(), qOverload<>(&QWidget::update));
    connect(&m_store, &Store::selectionChanged, this, &MomentList::showSelected);
    connect(this, &QListView::activated, this, go);
}

// Its model hears of another run before it does: rows of a run that is gone tell nothing.
void MomentList::setModel(QAbstractItemModel* model)
{
    QListView::setModel(model);
    for (auto signal : {&Store::runChanged, &Store::stepChanged}) {
        disconnect(&m_store, signal, this, &MomentList::follow);
        connect(&m_store, signal, this, &MomentList::follow);
    }
}

void MomentList::setWraps()
{
    m_wraps = true;
    setUniformItemSizes(false);
    setResizeMode(QListView::Adjust);
}

double MomentList::whoColumn(double rowWidth) const
{
    if (m_whoOf != m_store.runNumber()) {
        m_whoOf = m_store.runNumber();
        const QFont font = codeFont(TextSize::Small);
        const Trace& trace = m_store.trace();
        m_who = widthOf(QStringLiteral("stderr"), font); // whose rows there are at least, beside the loop's
        for (std::uint32_t task = 1; task <= std::min<std::size_t>(trace.task_count(), mostNames); ++task)
            m_who = std::max(m_who, widthOf(QString::fromStdString(trace.display_name(TaskId{task})), font));
    }
    return std::min(m_who + afterWho, rowWidth * 0.36);
}

void MomentList::setWhenEmpty(const QString& words)
{
    m_whenEmpty = words;
    viewport()->update();
}

int MomentList::lastRowUpTo(std::size_t step) const
{
    int low = 0; // rows stand in the order of their steps
    int high = model() ? model()->rowCount() : 0;
    while (low < high) {
        const int middle = (low + high) / 2;
        if (model()->index(middle, 0).data(StepRole).toULongLong() <= step)
            low = middle + 1;
        else
            high = middle;
    }
    return low - 1;
}

void MomentList::follow()
{
    m_isBehind = !isVisible();
    if (m_isBehind)
        return; // in a tab that nobody sees: as soon as it is shown
    executeDelayedItemsLayout(); // else it comes behind this frame, and asks for a second one
    viewport()->update();
    if (const int row = lastRowUpTo(m_store.step()); row >= 0)
        scrollTo(model()->index(row, 0));
    else
        scrollToTop();
}

void MomentList::showSelected()
{
    if (!m_store.selectedEvent())
        return;
    const std::size_t step = *m_store.selectedEvent() + 1;
    const int row = lastRowUpTo(step);
    if (row >= 0 && model()->index(row, 0).data(StepRole).toULongLong() == step)
        scrollTo(model()->index(row, 0));
}

void MomentList::showEvent(QShowEvent* event)
{
    QListView::showEvent(event);
    if (!m_isBehind)
        return;
    follow();
    showSelected();
}

void MomentList::paintEvent(QPaintEvent* event)
{
    QListView::paintEvent(event);
    if (!model() || model()->rowCount() > 0) {
        viewport()->setToolTip({});
        return;
    }
    QPainter painter(viewport());
    painter.setPen(themeOf(m_store).textFaint);
    // Half a line tells nothing: where a list is lower than one, the sentence is only told on hover.
    const int spare = viewport()->height() - QFontMetrics(wordFont(TextSize::Normal)).height();
    const int above = std::clamp(spare / 2, 0, 10);
    const int below = std::clamp(spare - above, 0, 4);
    const bool broken = spare < 0
        || drawWhenEmpty(painter, viewport()->rect().adjusted(left, above, -left, -below), m_whenEmpty);
    viewport()->setToolTip(broken ? m_whenEmpty : QString());
}

void MomentList::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        QListView::keyPressEvent(event);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (currentIndex().isValid())
            Q_EMIT activated(currentIndex());
        break;
    default:
        event->ignore();
    }
}

} // namespace loopscope::ui
