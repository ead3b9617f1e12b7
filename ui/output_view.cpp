#include "ui/output_view.h"

#include "ui/moment_models.h"
#include "ui/predict_view.h"
#include "ui/statistics_view.h"
#include "ui/style.h"

#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int rowHeight = 22;
constexpr int left = 20;
constexpr int whenWidth = 52;

/// Time, who, what: the columns of a log, in one line.
class MomentDelegate final : public QStyledItemDelegate {
public:
    MomentDelegate(const Store& store, QObject* parent)
        : QStyledItemDelegate(parent)
        , m_store(store)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {200, rowHeight}; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Theme& look = themeOf(m_store);
        painter->save();
        const QRectF row = option.rect;
        const std::size_t step = index.data(StepRole).toULongLong();
        if (step == m_store.step() && m_store.mode() == Mode::Run)
            painter->fillRect(row, look.selected);
        else if (option.state & QStyle::State_MouseOver)
            painter->fillRect(row, look.hover);
        if (m_store.selectedEvent() && step == *m_store.selectedEvent() + 1) {
            painter->setPen(QPen(look.accent, 1));
            painter->drawRect(row.adjusted(0.5, 0.5, -0.5, -0.5));
        }
        const auto task = TaskId{index.data(TaskRole).toUInt()};
        if (task && task == m_store.selection())
            painter->fillRect(QRectF(row.left(), row.top(), 3, row.height()), look.task(index.data(WhoColorRole).toInt()));

        const QFont font = codeFont(TextSize::Small);
        const QFontMetricsF metrics(font);
        painter->setFont(font);
        const double whoWidth = whoColumn(metrics, row.width());
        QRectF cell(row.left() + left, row.top(), whenWidth, row.height());
        painter->setPen(look.textFaint);
        painter->drawText(cell, Qt::AlignVCenter | Qt::AlignLeft, index.data(WhenRole).toString());
        cell = QRectF(cell.right(), row.top(), whoWidth, row.height());
        painter->setPen(task ? look.task(index.data(WhoColorRole).toInt()) : look.textMuted);
        painter->drawText(cell, Qt::AlignVCenter | Qt::AlignLeft,
                          metrics.elidedText(index.data(WhoRole).toString(), Qt::ElideRight, whoWidth - 8));
        cell = QRectF(cell.right(), row.top(), row.right() - cell.right() - 10, row.height());
        const QString what = index.data(WhatRole).toString();
        painter->setPen(look.textStrong);
        painter->drawText(cell, Qt::AlignVCenter | Qt::AlignLeft,
                          metrics.elidedText(what, Qt::ElideRight, cell.width()));
        const QString more = index.data(MoreRole).toString();
        const double used = metrics.horizontalAdvance(what) + 14;
        if (!more.isEmpty() && cell.width() - used > 130) {
            const QFont words = wordFont(TextSize::Small);
            painter->setFont(words);
            painter->setPen(look.textMuted);
            painter->drawText(cell.adjusted(used, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                              QFontMetricsF(words).elidedText(more, Qt::ElideRight, cell.width() - used));
        }
        painter->restore();
    }

private:
    [[nodiscard]] static double whoColumn(const QFontMetricsF& metrics, double rowWidth)
    {
        return std::min(metrics.horizontalAdvance(u'm') * 12 + 8, rowWidth * 0.3);
    }

    const Store& m_store;
};

/// A list whose left, right, Home, End and Space belong to the playhead, as everywhere.
class MomentList final : public QListView {
public:
    MomentList(const Store& store, const QString& whenEmpty, QWidget* parent)
        : QListView(parent)
        , m_store(store)
        , m_whenEmpty(whenEmpty)
    {
    }

protected:
    void paintEvent(QPaintEvent* event) override
    {
        QListView::paintEvent(event);
        if (model()->rowCount() > 0)
            return;
        QPainter painter(viewport());
        painter.setPen(themeOf(m_store).textFaint);
        painter.drawText(viewport()->rect().adjusted(left, 10, -left, -10), Qt::AlignTop | Qt::AlignLeft, m_whenEmpty);
    }

    void keyPressEvent(QKeyEvent* event) override
    {
        switch (event->key()) {
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_PageUp:
        case Qt::Key_PageDown:
        case Qt::Key_Return:
        case Qt::Key_Enter:
            QListView::keyPressEvent(event);
            break;
        default:
            event->ignore();
        }
    }

private:
    const Store& m_store;
    QString m_whenEmpty;
};

} // namespace

OutputView::OutputView(const Store& store, QWidget* parent)
    : QWidget(parent)
    , m_store(store)
    , m_tabs(new QTabWidget(this))
    , m_output(makeList(new OutputModel(store, this), tr("Output"), tr("Nothing has been printed yet.")))
    , m_events(makeList(new EventModel(store, this), tr("Events"), tr("Nothing has happened yet.")))
    , m_statistics(new StatisticsView(store, this))
    , m_questions(new PredictView(store, this))
{
    m_tabs->addTab(m_output, tr("Output"));
    m_tabs->addTab(m_events, tr("Events"));
    m_tabs->addTab(m_statistics, tr("Statistics"));
    m_tabs->addTab(m_questions, QString());
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setFocusPolicy(Qt::TabFocus);
    m_tabs->tabBar()->setExpanding(false);
    m_tabs->tabBar()->setUsesScrollButtons(false); // four short words fit the narrowest column
    m_tabs->setAccessibleName(tr("Output, events, statistics and questions"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_tabs);

    const auto nameQuestions = [this] {
        const int open = m_questions->open();
        m_tabs->setTabText(m_tabs->indexOf(m_questions), open > 0 ? tr("Predict %1").arg(open) : tr("Predict"));
    };
    connect(m_questions, &PredictView::openChanged, this, nameQuestions);
    nameQuestions();
    if (m_questions->open() > 0)
        m_tabs->setCurrentWidget(m_questions);
    // A lesson that asks something asks it first; who is in another lesson's middle is left in peace.
    connect(&m_store, &Store::lessonChanged, this, [this] {
        if (m_questions->open() > 0)
            m_tabs->setCurrentWidget(m_questions);
        else if (m_tabs->currentWidget() == m_questions)
            m_tabs->setCurrentWidget(m_output);
    });
    connect(m_statistics, &StatisticsView::lastRequested, this, &OutputView::lastRequested);
    connect(&m_store, &Store::runChanged, this, &OutputView::followEnd);
    connect(&m_store, &Store::stepChanged, this, &OutputView::followEnd);
    connect(&m_store, &Store::selectionChanged, this, &OutputView::showSelected);
    for (auto signal : {&Store::selectionChanged, &Store::themeChanged}) {
        connect(&m_store, signal, m_output->viewport(), qOverload<>(&QWidget::update));
        connect(&m_store, signal, m_events->viewport(), qOverload<>(&QWidget::update));
    }
}

QListView* OutputView::makeList(MomentModel* model, const QString& name, const QString& whenEmpty)
{
    auto* list = new MomentList(m_store, whenEmpty, this);
    list->setModel(model);
    list->setItemDelegate(new MomentDelegate(m_store, list));
    list->setAccessibleName(name);
    list->setUniformItemSizes(true);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setSelectionMode(QAbstractItemView::NoSelection);
    list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    list->setFrameShape(QFrame::NoFrame);
    list->setMouseTracking(true);
    list->setFocusPolicy(Qt::TabFocus);
    const auto go = [this](const QModelIndex& index) {
        Q_EMIT eventRequested(index.data(StepRole).toULongLong() - 1);
    };
    connect(list, &QListView::clicked, this, go);
    connect(list, &QListView::activated, this, go);
    return list;
}

void OutputView::followEnd()
{
    for (QListView* list : {m_output, m_events}) {
        list->scrollToBottom();
        list->viewport()->update();
    }
}

void OutputView::showSelected()
{
    if (!m_store.selectedEvent())
        return;
    const auto step = static_cast<qulonglong>(*m_store.selectedEvent() + 1);
    for (QListView* list : {m_output, m_events}) {
        const QModelIndexList rows = list->model()->match(list->model()->index(0, 0), StepRole, step, 1, Qt::MatchExactly);
        if (!rows.isEmpty())
            list->scrollTo(rows.front());
    }
}

} // namespace loopscope::ui
