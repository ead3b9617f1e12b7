#include "ui/glossary_dialog.h"

#include "ui/style.h"

#include <QHeaderView>
#include <QLineEdit>
#include <QTableWidget>
#include <QVBoxLayout>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

enum Column { Word, Meaning, LessonName, Official, ColumnCount };

} // namespace

GlossaryDialog::GlossaryDialog(const Store& store, QWidget* parent)
    : QDialog(parent)
    , m_store(store)
    , m_search(new QLineEdit(this))
    , m_table(new QTableWidget(this))
{
    setWindowTitle(tr("Glossary"));
    resize(860, 560);
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
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
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
                                 QString::fromStdString(term.meaning).remove(u'`'), lesson,
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

    connect(m_search, &QLineEdit::textChanged, this, &GlossaryDialog::filter);
    connect(m_table, &QTableWidget::itemActivated, this, [this](const QTableWidgetItem* item) {
        const int index = item->data(Qt::UserRole).toInt();
        if (index < 0)
            return;
        Q_EMIT lessonRequested(static_cast<std::size_t>(index));
        accept();
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
