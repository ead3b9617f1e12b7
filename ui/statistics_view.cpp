#include "ui/statistics_view.h"

#include "core/base/format.h"

#include "ui/controls.h"
#include "ui/style.h"

#include <QCoreApplication>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace loopscope::ui {
namespace {

QString duration(Duration span)
{
    return QString::fromStdString(format_duration(span));
}

QString share(Duration part, Duration whole)
{
    const double percent = whole.count() > 0 ? 100.0 * to_seconds(part) / to_seconds(whole) : 0;
    return StatisticsView::tr("%1 · %2 %").arg(duration(part)).arg(percent, 0, 'f', percent > 0 && percent < 10 ? 1 : 0);
}

} // namespace

std::vector<Figure> figuresOf(const RunStats& stats)
{
    const auto number = [](std::size_t count) { return QString::number(count); };
    return {
        {StatisticsView::tr("total"), duration(stats.total), StatisticsView::tr("until main ended")},
        {StatisticsView::tr("busy"), share(stats.busy, stats.makespan), StatisticsView::tr("thread held")},
        {StatisticsView::tr("idle"), share(stats.idle, stats.makespan), StatisticsView::tr("loop asleep")},
        {StatisticsView::tr("waiting"), duration(stats.waiting), StatisticsView::tr("sum of all tasks")},
        {StatisticsView::tr("largest gap"), duration(stats.largest_gap), StatisticsView::tr("others kept out")},
        {StatisticsView::tr("switches"), number(stats.switches), StatisticsView::tr("turns of tasks")},
        {StatisticsView::tr("iterations"), number(stats.iterations), StatisticsView::tr("passes of the loop")},
        {StatisticsView::tr("tasks"), number(stats.tasks), StatisticsView::tr("created")},
        {StatisticsView::tr("peak in flight"), number(stats.peak_in_flight), StatisticsView::tr("requests at once")},
    };
}

StatisticsView::StatisticsView(const Store& store, QWidget* parent)
    : QWidget(parent)
    , m_store(store)
    , m_pages(new QStackedLayout(this))
{
    setAccessibleName(tr("Statistics"));
    auto* notYet = new QWidget(this);
    auto* words = new QLabel(tr("The numbers belong to the whole run.\nThey appear when you have seen its end."), notYet);
    words->setAlignment(Qt::AlignCenter);
    setRole(words, "muted");
    auto* jump = new QPushButton(tr("Go to the end"), notYet);
    jump->setFocusPolicy(Qt::TabFocus);
    auto* middle = new QVBoxLayout(notYet);
    middle->addStretch(1);
    middle->addWidget(words);
    middle->addWidget(jump, 0, Qt::AlignHCenter);
    middle->addStretch(2);
    connect(jump, &QPushButton::clicked, this, &StatisticsView::lastRequested);

    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* table = new QWidget(scroll);
    m_grid = new QGridLayout(table);
    m_grid->setContentsMargins(22, 12, 14, 12);
    m_grid->setHorizontalSpacing(16);
    m_grid->setVerticalSpacing(7);
    m_grid->setColumnStretch(2, 1);
    scroll->setWidget(table);

    m_pages->addWidget(notYet);
    m_pages->addWidget(scroll);
    connect(&m_store, &Store::runChanged, this, &StatisticsView::refresh);
    connect(&m_store, &Store::stepChanged, this, [this] {
        if (showsFigures() != (m_store.reached() >= m_store.trace().size()))
            refresh();
    });
    refresh();
}

bool StatisticsView::showsFigures() const
{
    return m_pages->currentIndex() == 1;
}

void StatisticsView::refresh()
{
    m_pages->setCurrentIndex(m_store.reached() >= m_store.trace().size() ? 1 : 0);
    const std::vector<Figure> figures = figuresOf(m_store.run().stats);
    for (int row = 0; row < static_cast<int>(figures.size()); ++row) {
        const Figure& figure = figures[static_cast<std::size_t>(row)];
        if (!m_grid->itemAtPosition(row, 0)) {
            for (int column = 0; column < 3; ++column) {
                QLabel* label = column == 2 ? new ElidedLabel(this) : new QLabel(this);
                setRole(label, column == 0 ? "muted" : column == 1 ? "clock" : "small");
                m_grid->addWidget(label, row, column);
            }
            m_grid->setRowStretch(row, 0);
            m_grid->setRowStretch(row + 1, 1);
        }
        const auto set = [&](int column, const QString& text) {
            static_cast<QLabel*>(m_grid->itemAtPosition(row, column)->widget())->setText(text);
        };
        set(0, figure.name);
        set(1, figure.value);
        static_cast<ElidedLabel*>(m_grid->itemAtPosition(row, 2)->widget())->setFullText(figure.meaning);
    }
}

} // namespace loopscope::ui
