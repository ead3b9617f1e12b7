#include "ui/glossary_dialog.h"

#include "ui/style.h"

#include <QHeaderView>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

enum Column { Word, Meaning, LessonName, Official, ColumnCount };

constexpr int padX = 6; // as wide as that of the headings
constexpr int padY = 8;
constexpr int wordWidth = 120;
constexpr int lessonWidth = 160;
constexpr int officialWidth = 150;

/// A cell whose text begins at the top, with air and a thin line between rows: what is read is the column
/// of meanings.
class CellDelegate final : public QStyledItemDelegate {
public:
    CellDelegate(const Store& store, QTableWidget* table)
        : QStyledItemDelegate(table)
        , m_store(store)
        , m_table(table)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override
    {
        const QRect room(0, 0, m_table->columnWidth(index.column()) - 2 * padX, 10'000);
        const QRect words = QFontMetrics(fontOf(index.column())).boundingRect(room, flags, index.data().toString());
        return {words.width() + 2 * padX, words.height() + 2 * padY};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Theme& look = themeOf(m_store);
        painter->save();
        if (option.state & QStyle::State_Selected)
            painter->fillRect(option.rect, look.selected);
        painter->setPen(look.line);
        painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
        painter->setFont(fontOf(index.column()));
        painter->setPen(index.column() == Word         ? look.textStrong
                        : index.column() == LessonName ? look.accent
                        : index.column() == Official   ? look.textMuted
                                                       : look.text);
        painter->drawText(option.rect.adjusted(padX, padY, -padX, -padY), flags, index.data().toString());
        painter->restore();
    }

private:
    static constexpr int flags = Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap;

    static QFont fontOf(int column)
    {
        return column == Official ? codeFont(TextSize::Small)
                                  : wordFont(TextSize::Normal, column == Word ? QFont::DemiBold : QFont::Normal);
    }

    const Store& m_store;
    QTableWidget* m_table;
};

} // namespace

GlossaryDialog::GlossaryDialog(const Store& store, QWidget* parent)
    : QDialog(parent)
    , m_store(store)
    , m_search(new QLineEdit(this))
    , m_table(new QTableWidget(this))
{
    setWindowTitle(tr("Glossary"));
    resize(990, 580); // so that meanings keep half of it
    m_search->setPlaceholderText(tr("Search words"));
    m_search->setAccessibleName(tr("Search words"));
    m_search->setClearButtonEnabled(true);

    const auto terms = m_store.course().glossary;
    m_table->setAccessibleName(tr("Words"));
    m_table->setColumnCount(ColumnCount);
    m_table->setHorizontalHeaderLabels({tr("Word"), tr("Means"), tr("Lesson"), tr("In Python's documentation")});
    m_table->setRowCount(static_cast<int>(terms.size()));
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false); // Tab leaves it, as it leaves every list
    m_table->setShowGrid(false);
    m_table->setWordWrap(true);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->setItemDelegate(new CellDelegate(m_store, m_table));
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel); // a row is several lines high
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->ensurePolished(); // its type comes from the style sheet
    for (const auto& [section, width] : {std::pair(Word, wordWidth), std::pair(LessonName, lessonWidth), std::pair(Official, officialWidth)}) {
        m_table->horizontalHeader()->setSectionResizeMode(section, QHeaderView::Fixed);
        // A heading may be longer than what stands below it.
        m_table->horizontalHeader()->resizeSection(section, std::max(width, m_table->horizontalHeader()->sectionSizeHint(section)));
    }
    m_table->horizontalHeader()->setSectionResizeMode(Meaning, QHeaderView::Stretch);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const Term& term = terms[static_cast<std::size_t>(row)];
        QString lesson;
        int index = -1;
        for (std::size_t i = 0; i < m_store.lessons().size(); ++i)
            if (m_store.lessons()[i].id == term.lesson) {
                index = static_cast<int>(i);
                lesson = u"%1. %2"_s.arg(m_store.lessons()[i].number)
                             .arg(QString::fromStdString(m_store.lessons()[i].title));
            }
        const QString cells[] = {QString::fromStdString(term.word),
                                 plainText(term.meaning), lesson,
                                 QString::fromStdString(term.official)};
        for (int column = 0; column < ColumnCount; ++column) {
            auto* item = new QTableWidgetItem(cells[column]);
            item->setData(Qt::UserRole, index);
            m_table->setItem(row, column, item);
        }
    }
    if (m_table->rowCount() > 0)
        m_table->selectRow(0);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(18, 16, 18, 16);
    column->setSpacing(10);
    column->addWidget(m_search);
    column->addWidget(m_table, 1);
    auto* close = new QPushButton(tr("Close"), this);
    close->setAutoDefault(false); // Enter opens the lesson of the word
    column->addWidget(close, 0, Qt::AlignRight);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);

    connect(m_search, &QLineEdit::textChanged, this, &GlossaryDialog::filter);
    const auto open = [this](const QTableWidgetItem* item) {
        const int index = item->data(Qt::UserRole).toInt();
        if (index < 0)
            return;
        Q_EMIT lessonRequested(static_cast<std::size_t>(index));
        accept();
    };
    connect(m_table, &QTableWidget::itemActivated, this, open);
    connect(m_table, &QTableWidget::itemClicked, this, [open](const QTableWidgetItem* item) {
        if (item->column() == LessonName) // it looks like a link
            open(item);
    });
}

void GlossaryDialog::filter(const QString& words)
{
    for (int row = 0; row < m_table->rowCount(); ++row) {
        bool found = words.trimmed().isEmpty();
        for (int column = 0; column < ColumnCount; ++column)
            found = found || m_table->item(row, column)->text().contains(words.trimmed(), Qt::CaseInsensitive);
        m_table->setRowHidden(row, !found);
    }
}

} // namespace loopscope::ui
