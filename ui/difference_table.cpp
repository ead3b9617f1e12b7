#include "ui/difference_table.h"

#include "ui/shaped_text.h"

#include <QEvent>
#include <QHeaderView>
#include <QPainter>
#include <QStyle>
#include <QStyledItemDelegate>

#include <algorithm>
#include <cmath>
#include <utility>

namespace loopscope::ui {
namespace {

constexpr int narrowest = 58; ///< of a column: numbers stand apart
constexpr int beside = 3;     ///< pixels on each side of the words of a cell
constexpr int between = 8;    ///< more of them between what stands in two columns

QFont fontOf(const QModelIndex& cell, const QFont& otherwise)
{
    const QVariant font = cell.data(Qt::FontRole);
    return font.isValid() ? font.value<QFont>() : otherwise;
}

/// Words and nothing else, with the glyphs of the last time.
class Words final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const QRect room = option.rect.adjusted(beside, 0, -beside, 0);
        const QFont font = fontOf(index, option.font);
        const auto told = index.data(Qt::TextAlignmentRole).value<Qt::Alignment>();
        const bool atRight = QStyle::visualAlignment(option.direction, told) & Qt::AlignRight;
        painter->setPen(option.palette.color(QPalette::Text));
        drawLine(*painter, room, Qt::AlignVCenter | (atRight ? Qt::AlignRight : Qt::AlignLeft),
                 elidedText(index.data().toString(), font, Qt::ElideRight, room.width()), font);
    }
};

} // namespace

DifferenceTable::DifferenceTable(DifferenceModel* model, QWidget* parent)
    : QTableView(parent)
    , m_model(model)
{
    setModel(model);
    setItemDelegate(new Words(this));
    setShowGrid(false);
    setSelectionMode(QAbstractItemView::NoSelection);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(rowHeight);
    verticalHeader()->setMinimumSectionSize(rowHeight);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setSectionResizeMode(DifferenceModel::Name, QHeaderView::Stretch);
    horizontalHeader()->setMinimumSectionSize(narrowest);
    horizontalHeader()->setTextElideMode(Qt::ElideRight);
    horizontalHeader()->setHighlightSections(false);
    connect(model, &DifferenceModel::modelReset, this, &DifferenceTable::fitAnew);
    connect(model, &DifferenceModel::headerDataChanged, this, &DifferenceTable::measureHead);
    connect(model, &DifferenceModel::changed, this, &DifferenceTable::fit);
    fitAnew();
}

void DifferenceTable::fit()
{
    for (int column = DifferenceModel::A; column < DifferenceModel::Columns; ++column) {
        double words = 0;
        for (int row = 0; row < m_model->rowCount(); ++row) {
            const QModelIndex cell = m_model->index(row, column);
            words = std::max(words, widthOf(cell.data().toString(), fontOf(cell, font())));
        }
        const int needed = std::max(m_heads[static_cast<std::size_t>(column)], static_cast<int>(std::ceil(words)) + 2 * beside + between);
        if (needed > columnWidth(column))
            setColumnWidth(column, needed);
    }
}

void DifferenceTable::fitAnew()
{
    for (int column = DifferenceModel::A; column < DifferenceModel::Columns; ++column)
        setColumnWidth(column, narrowest);
    measureHead();
    fit();
}

void DifferenceTable::measureHead()
{
    for (int column = 0; column < DifferenceModel::Columns; ++column)
        m_heads[static_cast<std::size_t>(column)] = horizontalHeader()->sectionSizeHint(column);
    if (const int height = horizontalHeader()->sizeHint().height(); std::exchange(m_headHeight, height) != height)
        Q_EMIT headHeightChanged();
}

void DifferenceTable::showEvent(QShowEvent* event)
{
    QTableView::showEvent(event);
    measureHead(); // now it has its type
    fit();
}

void DifferenceTable::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange)
        fitAnew();
}

} // namespace loopscope::ui
