#include "ui/output_view.h"

#include "ui/await_tree_view.h"
#include "ui/events_view.h"
#include "ui/findings.h"
#include "ui/moment_list.h"
#include "ui/moment_models.h"
#include "ui/predict_view.h"
#include "ui/shaped_text.h"
#include "ui/statistics_view.h"
#include "ui/style.h"

#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope::ui {

OutputView::OutputView(const Store& store, QWidget* parent)
    : QWidget(parent)
    , m_store(store)
    , m_tabs(new QTabWidget(this))
    , m_output(new MomentList(store, tr("Output"), this))
    , m_events(new EventsView(store, this))
    , m_awaits(new AwaitTreeView(store, this))
    , m_statistics(new StatisticsView(store, this))
    , m_questions(new PredictView(store, this))
{
    m_output->setWraps(); // it is what the program says, not about it
    m_output->setModel(new OutputModel(store, this));
    m_output->setWhenEmpty(tr("Nothing has been printed yet."));
    for (QWidget* page : {static_cast<QWidget*>(m_output), static_cast<QWidget*>(m_events), static_cast<QWidget*>(m_awaits),
                          static_cast<QWidget*>(m_statistics), static_cast<QWidget*>(m_questions)})
        m_tabs->addTab(page, QString());
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setFocusPolicy(Qt::TabFocus);
    m_tabs->tabBar()->setExpanding(false);
    m_tabs->tabBar()->setUsesScrollButtons(false); // their short names fit the narrowest column,
    m_tabs->tabBar()->setElideMode(Qt::ElideRight); // or end in "…" and are told on hover
    m_tabs->setAccessibleName(tr("Output, events, await tree, statistics and questions"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_tabs);

    connect(m_tabs, &QTabWidget::currentChanged, this, &OutputView::leastHeightChanged);
    connect(m_events, &EventsView::leastHeightChanged, this, &OutputView::leastHeightChanged);
    connect(m_questions, &PredictView::openChanged, this, &OutputView::nameTabs);
    connect(m_statistics, &StatisticsView::findingsChanged, this, [this](int count) {
        m_findings = count;
        nameTabs();
    });
    m_findings = static_cast<int>(m_statistics->findings().shown().size());
    nameTabs();
    connect(m_output, &MomentList::eventRequested, this, &OutputView::eventRequested);
    connect(m_events, &EventsView::eventRequested, this, &OutputView::eventRequested);
    connect(m_awaits, &AwaitTreeView::selectRequested, this, &OutputView::selectRequested);
    connect(m_statistics, &StatisticsView::seekRequested, this, &OutputView::seekRequested);
    connect(m_statistics, &StatisticsView::selectRequested, this, &OutputView::selectRequested);
}

int OutputView::leastHeight() const
{
    constexpr int twoLines = 50;
    const int page = m_tabs->currentWidget() == m_events ? m_events->leastHeight() : 0;
    return m_tabs->tabBar()->sizeHint().height() + std::max(page, twoLines);
}

void OutputView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    nameTabs();
}

void OutputView::nameTabs()
{
    const int open = m_questions->open();
    const QString findings = m_findings > 0 ? tr(" ▲%1").arg(m_findings) : QString();
    const QString questions = open > 0 ? tr("Predict %1").arg(open) : tr("Predict");
    const QStringList full{tr("Output"), tr("Events"), tr("Await tree"), tr("Statistics") + findings, questions};
    const QStringList brief{tr("Output"), tr("Events"), tr("Awaits"), tr("Stats") + findings, questions};
    constexpr int aroundAll = 14;
    constexpr int around = 15; // of each name
    const QFont font = wordFont(TextSize::Normal);
    const auto needed = [&](const QStringList& names) {
        double all = aroundAll;
        for (const QString& name : names)
            all += widthOf(name, font) + around;
        return all;
    };
    const QStringList& names = needed(full) <= width() ? full : brief;
    for (int tab = 0; tab < m_tabs->count(); ++tab) {
        if (m_tabs->tabText(tab) != names[tab]) // a bar measures all its names anew for each that it is given
            m_tabs->setTabText(tab, names[tab]);
        m_tabs->setTabToolTip(tab, tab == 3 && m_findings > 0 ? tr("Statistics, and %1 worth knowing").arg(m_findings) : full[tab]);
        m_tabs->tabBar()->setAccessibleTabName(tab, full[tab]);
    }
}

} // namespace loopscope::ui
