#include "ui/statistics_view.h"

#include "core/base/format.h"
#include "core/trace/stats_at.h"

#include "ui/controls.h"
#include "ui/findings.h"
#include "ui/style.h"
#include "ui/task_stats_model.h"
#include "ui/text_scroll.h"

#include <QCoreApplication>
#include <QGridLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope::ui {
namespace {

constexpr int tableRow = 22;
constexpr int mostRows = 12; ///< before the table scrolls by itself

QString duration(Duration span)
{
    return QString::fromStdString(format_duration(span));
}

QString share(Duration part, Duration whole)
{
    const double percent = whole.count() > 0 ? 100.0 * to_seconds(part) / to_seconds(whole) : 0;
    return StatisticsView::tr("%1 · %2 %").arg(duration(part)).arg(percent, 0, 'f', percent > 0 && percent < 10 ? 1 : 0);
}

/// A table whose left, right, Home, End and Space belong to the playhead, as everywhere.
class Table final : public QTableView {
public:
    using QTableView::QTableView;

protected:
    void keyPressEvent(QKeyEvent* event) override
    {
        switch (event->key()) {
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_PageUp:
        case Qt::Key_PageDown:
            QTableView::keyPressEvent(event);
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
};

} // namespace

std::vector<Figure> figuresOf(const RunStats& stats)
{
    const auto number = [](std::size_t count) { return QString::number(count); };
    return { // first what is measured in seconds, then what is counted
        {StatisticsView::tr("total"), duration(stats.total), StatisticsView::tr("From the start until now, or until main ended")},
        {StatisticsView::tr("busy"), share(stats.busy, stats.makespan),
         StatisticsView::tr("Somebody held the loop's thread: a task or a callback computed, or blocked it")},
        {StatisticsView::tr("idle"), share(stats.idle, stats.makespan),
         StatisticsView::tr("The loop slept in the selector, because nothing was ready")},
        {StatisticsView::tr("waiting"), duration(stats.waiting),
         StatisticsView::tr("How long tasks were suspended at an await, summed over all of them; waits overlap, so it may be longer than the run")},
        {StatisticsView::tr("largest gap"), duration(stats.largest_gap),
         StatisticsView::tr("The longest time for which one turn held the thread, so that nobody else could run")},
        {StatisticsView::tr("switches"), number(stats.switches), StatisticsView::tr("How often the loop gave a task its turn")},
        {StatisticsView::tr("iterations"), number(stats.iterations),
         StatisticsView::tr("How often the loop looked for what is ready and ran it")},
        {StatisticsView::tr("tasks"), number(stats.tasks), StatisticsView::tr("Tasks that were made so far")},
        {StatisticsView::tr("peak in flight"), number(stats.peak_in_flight),
         StatisticsView::tr("The most requests that were on their way at once")},
    };
}

StatisticsView::StatisticsView(const Store& store, QWidget* parent)
    : QWidget(parent)
    , m_store(store)
    , m_findings(new Findings(store, this))
    , m_when(new QLabel(this))
    , m_tasks(new TaskStatsModel(store, this))
    , m_sorted(new QSortFilterProxyModel(this))
    , m_table(new Table(this))
{
    setAccessibleName(tr("Statistics"));
    setRole(m_when, "section");
    m_sorted->setSourceModel(m_tasks);
    m_sorted->setSortRole(TaskStatsModel::SortRole);
    m_table->setModel(m_sorted);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(TaskStatsModel::Name, Qt::AscendingOrder);
    m_table->setAccessibleName(tr("Statistics by task"));
    m_table->setAccessibleDescription(tr("Return selects a task"));
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setFocusPolicy(Qt::TabFocus);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(tableRow);
    QHeaderView* header = m_table->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(TaskStatsModel::Name, QHeaderView::Stretch);
    header->setMinimumSectionSize(28);
    connect(header, &QHeaderView::sortIndicatorChanged, this, &StatisticsView::fitTable);
    header->setTextElideMode(Qt::ElideRight);
    header->setHighlightSections(false);
    header->setSectionsClickable(true);

    auto* scroll = new TextScroll(tr("Statistics in numbers"), this);
    auto* page = new QWidget(scroll);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(20, 10, 12, 10);
    column->setSpacing(8);
    column->addWidget(m_findings);
    column->addWidget(m_when);
    m_grid = new QGridLayout;
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(5);
    m_grid->setColumnStretch(1, 3);
    m_grid->setColumnStretch(3, 2);
    column->addLayout(m_grid);
    column->addWidget(m_table);
    column->addStretch(1);
    scroll->setWidget(page);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(scroll);

    const auto select = [this](const QModelIndex& index) {
        Q_EMIT selectRequested(TaskId{index.data(TaskStatsModel::TaskRole).toUInt()});
    };
    connect(m_table, &QTableView::clicked, this, select);
    connect(m_table, &QTableView::activated, this, select);
    connect(m_findings, &Findings::seekRequested, this, &StatisticsView::seekRequested);
    connect(m_findings, &Findings::selectRequested, this, &StatisticsView::selectRequested);
    connect(m_findings, &Findings::changed, this, &StatisticsView::findingsChanged);
    const auto whenSeen = [this] {
        if (isVisible())
            refresh();
    };
    connect(&m_store, &Store::runChanged, this, whenSeen);
    connect(&m_store, &Store::stepChanged, this, whenSeen);
    connect(&m_store, &Store::themeChanged, m_table->viewport(), qOverload<>(&QWidget::update));
    refresh();
}

void StatisticsView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

void StatisticsView::refresh()
{
    const std::size_t step = m_store.snapshot().step;
    m_stats = stats_at(m_store.trace(), m_store.run().spans, step);
    m_when->setText(step == m_store.trace().size() ? tr("THE WHOLE RUN")
                                                   : tr("UNTIL NOW, %1").arg(QString::fromStdString(format_moment(m_store.snapshot().now))));
    const std::vector<Figure> figures = figuresOf(m_stats);
    for (std::size_t i = 0; i < figures.size(); ++i) {
        const Figure& figure = figures[i];
        if (i == m_figures.size()) {
            m_figures.emplace_back(new QLabel(this), new QLabel(this));
            setRole(m_figures[i].first, "muted");
            setRole(m_figures[i].second, "clock");
            m_figures[i].first->setToolTip(figure.meaning);
            m_figures[i].second->setToolTip(figure.meaning);
        }
        m_figures[i].first->setText(figure.name);
        QLabel* value = m_figures[i].second;
        value->setText(figure.value);
        value->setAccessibleName(tr("%1: %2").arg(figure.name, figure.value));
        value->setAccessibleDescription(figure.meaning);
    }
    placeFigures();
    m_tasks->show(m_stats.per_task);
    fitTable();
}

// Times and counts beside each other, or below each other where there is no room for that. What there is room
// for must not hang on the numbers, or they would change places from step to step.
void StatisticsView::placeFigures()
{
    constexpr int around = 70; // margins, spacing and the scroll bar
    constexpr std::size_t times = 5;
    int names[2] = {};
    for (std::size_t i = 0; i < m_figures.size(); ++i)
        names[i < times ? 0 : 1] = std::max(names[i < times ? 0 : 1], m_figures[i].first->sizeHint().width());
    const QFontMetrics numbers(codeFont(TextSize::Small));
    const int values = numbers.horizontalAdvance(QStringLiteral("00.00 s · 100 %")) + numbers.horizontalAdvance(QStringLiteral("000"));
    const int beside = names[0] + names[1] + values + around <= width() ? 2 : 1;
    if (beside == m_beside)
        return;
    m_beside = beside;
    for (std::size_t i = 0; i < m_figures.size(); ++i) {
        const bool apart = beside == 2 && i >= times;
        const int row = static_cast<int>(apart ? i - times : i);
        m_grid->addWidget(m_figures[i].first, row, apart ? 2 : 0);
        m_grid->addWidget(m_figures[i].second, row, apart ? 3 : 1);
    }
    m_grid->setColumnStretch(3, beside == 2 ? 2 : 0);
}

void StatisticsView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (!m_figures.empty())
        placeFigures();
}

void StatisticsView::fitTable()
{
    // Qt would keep room for the arrow of sorting in every column, which leaves none for the names.
    constexpr int around = 13;
    constexpr int arrow = 16;
    const QFontMetrics headings(wordFont(TextSize::Small));
    const QFontMetrics numbers(codeFont(TextSize::Small));
    for (int column = TaskStatsModel::Busy; column < TaskStatsModel::ColumnCount; ++column) {
        int widest = headings.horizontalAdvance(m_tasks->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        for (int row = 0; row < m_tasks->rowCount(); ++row)
            widest = std::max(widest, numbers.horizontalAdvance(m_tasks->index(row, column).data().toString()));
        const bool sorts = m_table->horizontalHeader()->sortIndicatorSection() == column;
        m_table->setColumnWidth(column, widest + around + (sorts ? arrow : 0));
    }
    const int rows = std::min(m_tasks->rowCount(), mostRows);
    m_table->setVisible(rows > 0);
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height() + rows * tableRow + 4);
}

} // namespace loopscope::ui
